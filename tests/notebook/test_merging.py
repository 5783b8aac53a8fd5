"""Notebooks are merged without loss, in any order."""

from __future__ import annotations

import json
import tempfile
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cablesearch.errors import NotebookError
from cablesearch.notebook.notebook import Notebook

IDS = ("07ASTANA48", "07ASTANA48#6", "08OSTREL7#1")
CHANGES = st.one_of(
    st.tuples(st.just("note"), st.sampled_from(IDS), st.sampled_from(["", "one", "two"])),
    st.tuples(st.just("star"), st.sampled_from(IDS), st.booleans()),
    st.tuples(st.sampled_from(["label", "unlabel"]), st.sampled_from(IDS), st.sampled_from(["a", "b"])),
    st.tuples(st.just("add"), st.sampled_from(IDS), st.integers(1, 3)),
    st.tuples(st.just("drop"), st.sampled_from(IDS), st.none()),
    st.tuples(st.just("save"), st.sampled_from(["q", "r"]), st.sampled_from(["", "salt", "fish"])),
)


def change(notebook: Notebook, what: str, name: str, value: object) -> None:
    match what, value:
        case "star", bool(starred):
            notebook.star(name, starred=starred)
        case "add", int(at):
            notebook.add("dossier", name, at=at)
        case "drop", _:
            notebook.drop("dossier", name)
        case (("note" | "label" | "unlabel" | "save"), str(text)):
            getattr(notebook, what)(name, text)


def state(notebook: Notebook) -> str:
    return json.dumps(notebook.dump(), sort_keys=True)


@settings(max_examples=25)
@given(st.lists(st.lists(CHANGES, max_size=6), min_size=3, max_size=3), st.data())
def test_any_order_of_merges_gives_one_state(changes: list[list[tuple]], data: st.DataObject) -> None:
    """Three people start from one notebook, and each changes it; some exchange theirs in between."""
    with tempfile.TemporaryDirectory() as folder:
        people = [Notebook(Path(folder, name), author=name) for name in ("ann", "bob", "eve")]
        people[0].note(IDS[0], "from the beginning")
        for other in people[1:]:
            other.read(people[0].file)
        for notebook, theirs in zip(people, changes, strict=True):
            for each in theirs:
                change(notebook, *each)
        if data.draw(st.booleans()):
            people[1].read(people[2].file)
            change(people[1], *data.draw(CHANGES))
        ends = set()
        for n, order in enumerate(permutations(people)):
            with Notebook(Path(folder, f"merged-{n}"), author="sum") as merged:
                for notebook in (*order, order[0]):  # one of them twice
                    merged.read(notebook.file)
                ends.add(state(merged))
        assert len(ends) == 1
        everything = json.loads(ends.pop())["texts"]
        for notebook in people:
            assert all(text in everything for text in json.loads(state(notebook))["texts"])
            notebook.close()


def two(tmp_path: Path) -> tuple[Notebook, Notebook]:
    return Notebook(tmp_path / "ann", author="ann"), Notebook(tmp_path / "bob", author="bob")


def test_both_texts_are_kept_where_both_changed_a_note(tmp_path: Path) -> None:
    ann, bob = two(tmp_path)
    ann.note("07ASTANA48", "as it was")
    bob.read(ann.file)
    ann.note("07ASTANA48", "what Ann thinks")
    bob.note("07ASTANA48", "what Bob thinks")
    assert ann.read(bob.file).disputed == ("07ASTANA48",)
    assert bob.read(ann.file).disputed == ("07ASTANA48",)
    for notebook in (ann, bob):
        note = notebook.get("07ASTANA48")
        assert [each.text for each in note.texts] == ["what Ann thinks", "what Bob thinks"]
        assert note.text == "[ann] what Ann thinks\n\n[bob] what Bob thinks"
        assert notebook.ids("noted", "disputed") == {"07ASTANA48"}
    bob.note("07ASTANA48", "what both think")
    assert ann.read(bob.file).disputed == ()
    assert ann.get("07ASTANA48").text == "what both think"


def test_only_one_changed_a_note_so_there_is_no_dispute(tmp_path: Path) -> None:
    ann, bob = two(tmp_path)
    ann.note("07ASTANA48", "as it was")
    bob.read(ann.file)
    bob.note("07ASTANA48", "better")
    bob.note("07ASTANA48", "best")
    merged = ann.read(bob.file)
    assert (merged.texts, merged.disputed) == (2, ())
    assert ann.get("07ASTANA48").text == "best"


def test_the_later_mark_counts_even_if_a_clock_goes_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bob = two(tmp_path)
    ann.label("07ASTANA48", "reform")
    bob.read(ann.file)
    monkeypatch.setattr("time.time_ns", lambda: 5)  # Bob's clock is decades behind
    bob.unlabel("07ASTANA48", "reform")
    ann.read(bob.file)
    assert ann.get("07ASTANA48").labels == ()


def test_of_a_question_that_both_saved_the_later_is_asked_and_both_are_kept(tmp_path: Path) -> None:
    ann, bob = two(tmp_path)
    ann.save("catch", "herring")
    bob.save("catch", "cod")
    assert ann.read(bob.file).disputed == ("catch",)
    assert ann.questions() == {"catch": "cod"}
    assert [each["text"] for each in ann.dump()["texts"]].count("herring") == 1


def filled(tmp_path: Path) -> Notebook:
    notebook = Notebook(tmp_path / "ann", author="ann")
    notebook.note("07ASTANA48#6", "compare ref B\n\n> as they say  \n## no heading")
    notebook.note("08OSTREL7", "=1+1")
    notebook.label("07ASTANA48#6", "reform", "human rights")
    notebook.star("08OSTREL7")
    notebook.add("dossier", "08OSTREL7", "07ASTANA48#6")
    return notebook


def plain(notebook: Notebook) -> list[object]:
    return [
        (note.id, [each.text for each in note.texts], note.starred, note.labels, note.lists)
        for note in notebook.notes()
    ]


@pytest.mark.parametrize("format", ["json", "markdown", "csv"])
def test_what_is_exported_can_be_read_again_and_again(tmp_path: Path, format: str) -> None:
    from cablesearch import export

    notebook = filled(tmp_path)
    file = tmp_path / f"notes.{format}"
    if format == "json":
        file.write_text(json.dumps(notebook.dump()), "utf-8")
    else:
        export.save(format, [notebook.notes()], file)
    other = Notebook(tmp_path / "bob", author="bob")
    assert other.read(file).disputed == ()
    assert plain(other) == plain(notebook)
    again = other.read(file)
    assert (again.texts, again.marks, again.disputed) == (0, 0, ())
    notebook.note("08OSTREL7", "better")  # the file has an earlier version, which is known
    assert (notebook.read(file).texts, notebook.get("08OSTREL7").text) == (0, "better")


@pytest.mark.parametrize("format", ["markdown", "csv"])
def test_a_text_of_a_file_stands_beside_the_one_that_is_there(tmp_path: Path, format: str) -> None:
    from cablesearch import export

    notebook = filled(tmp_path)
    file = tmp_path / f"notes.{format}"
    export.save(format, [notebook.notes()], file)
    file.write_text(file.read_text("utf-8").replace("compare", "do not compare"), "utf-8")
    assert notebook.read(file).disputed == ("07ASTANA48#6",)
    texts = [each.text.split()[0] for each in notebook.get("07ASTANA48#6").texts]
    assert texts == ["compare", "do"]
    export.save(format, [notebook.notes()], file)
    assert notebook.read(file).texts == 0


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", '{"notebook": 1}', "no notebook as JSON"),
        ("a.json", '{"notebook": 2, "texts": [], "marks": []}', "a later cablesearch"),
        ("a.json", '{"notebook": 1, "texts": [{"kind": "x"}], "marks": []}', "no notebook as JSON"),
        ("a.json", "{" * 99_999, "no notebook as JSON"),
        ("a.csv", "name,text\na,b\n", "no column id"),
        ("a.csv", "id,labels\n07ASTANA48,a*\n", "is no name"),
        ("a.md", "# Notes\n", "has no notes"),
        ("a.md", b"## 07ASTANA48\n\xff", "not in UTF-8"),
    ],
)
def test_a_file_that_is_no_notebook_is_refused_whole(
    tmp_path: Path, name: str, text: str | bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    notebook = Notebook(tmp_path / "notebook")
    with pytest.raises(NotebookError, match=message):
        notebook.read(tmp_path / name)
    assert notebook.notes() == []


def test_a_row_that_no_notebook_writes_is_refused(tmp_path: Path) -> None:
    data = filled(tmp_path).dump()
    for name, value in (
        ("stamp", 2**63),
        ("stamp", "1"),
        ("target", "07 ASTANA 48"),
        ("value", "x"),
        ("name", 5),
    ):
        wrong = json.loads(json.dumps(data))
        wrong["marks"][0][name] = value
        (tmp_path / "wrong.json").write_text(json.dumps(wrong))
        with pytest.raises(NotebookError, match="no notebook as JSON"):
            Notebook(tmp_path / "other").read(tmp_path / "wrong.json")


def test_tables_as_people_make_them(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id;note;labels\n07 ASTANA 48 # 6;see B;reform, trade\n;;\n", "utf-8-sig")
    notebook = Notebook(tmp_path / "notebook")
    notebook.read(tmp_path / "a.csv")
    assert plain(notebook) == [("07ASTANA48#6", ["see B"], False, ("reform", "trade"), ())]


@pytest.mark.parametrize(
    "text",
    [
        "=SUM(1)",
        "points:\n+ one\n= two;=x\n- three\ttab\t=y",
        "a\n- CALL(1)\n  @b",
        "\u2212 5\n\u200b=6",
    ],
)
@pytest.mark.parametrize("format", ["markdown", "csv"])
def test_a_text_that_looks_like_formulas_comes_back_as_it_was(tmp_path: Path, format: str, text: str) -> None:
    from cablesearch import export

    notebook, other = Notebook(tmp_path / "a", author="ann"), Notebook(tmp_path / "b", author="bob")
    notebook.note("07ASTANA48", text)
    export.save(format, [notebook.notes()], tmp_path / f"notes.{format}")
    assert notebook.read(tmp_path / f"notes.{format}").texts == 0
    other.read(tmp_path / f"notes.{format}")
    assert other.get("07ASTANA48").text == text


@pytest.mark.parametrize("text", ["he said\n'- b", "'=5' is written so"])
def test_an_apostrophe_of_ones_own_makes_no_other_text(tmp_path: Path, text: str) -> None:
    from cablesearch import export

    notebook = Notebook(tmp_path / "a", author="ann")
    notebook.note("07ASTANA48", text)
    export.save("csv", [notebook.notes()], tmp_path / "notes.csv")
    assert notebook.read(tmp_path / "notes.csv").texts == 0
