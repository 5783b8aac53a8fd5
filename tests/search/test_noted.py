"""Queries that ask a notebook, on both local engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cablesearch import Index, Notebook, QueryError, open_index, rebuild_index, update_index

TEXT = (
    "FM EMBASSY TEZGARA\nSUBJECT: {}\n\n1. (C) Reform of the salt works is near.\n\n2. (C) {}\n\n3. (C) Fish."
)
CABLES = {"07TEZGARA5": ("SALT", "Salt is dear."), "08TEZGARA6": ("FISH", "Reform of fishing.")}


def write(folder: Path, cables: dict[str, tuple[str, str]] = CABLES) -> Path:
    folder.mkdir(exist_ok=True)
    for id, values in cables.items():
        (folder / f"{id}.txt").write_text(TEXT.format(*values))
    return folder


@pytest.fixture(params=["whoosh", "tantivy"])
def index(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Index]:
    """Return a function that opens an index with the notebook beside it."""
    monkeypatch.setattr("cablesearch.engines.tantivy.views.MANY", 1)
    rebuild_index(tmp_path / "index", write(tmp_path / "corpus"), engine=request.param, workers=0)
    return lambda: open_index(tmp_path / "index", notebook=True)


@pytest.fixture
def notebook(tmp_path: Path) -> Notebook:
    return Notebook.beside(tmp_path / "index")


def ids(index: Index, query: str) -> list[str]:
    return sorted(hit.paragraph.id for hit in index.search(query, limit=99))


def test_labels_lists_and_notes_are_fields_of_a_query(index: Callable[[], Index], notebook: Notebook) -> None:
    notebook.label("07TEZGARA5", "reform")
    notebook.label("08TEZGARA6#2", "reform", "human rights")
    notebook.note("08TEZGARA6#3", "see there")
    notebook.add("dossier", "08TEZGARA6#3")
    with index() as cables:
        assert ids(cables, "reform label:reform") == ["07TEZGARA5#1", "08TEZGARA6#2"]
        assert ids(cables, 'label:"human rights"') == ["08TEZGARA6#2"]
        assert ids(cables, "reform NOT label:reform") == ["08TEZGARA6#1"]
        assert ids(cables, "label:human_rights OR list:dossier") == ["08TEZGARA6#2", "08TEZGARA6#3"]
        assert ids(cables, "noted:note") == ["08TEZGARA6#3"]
        assert len(ids(cables, "noted:yes")) == 5
        assert ids(cables, "noted:no") == ["08TEZGARA6#1"]
        assert ids(cables, "label:nothing") == []
        assert ids(cables, "salt dear label:reform")[0] == "07TEZGARA5#1"  # the rest is relaxed as ever
        assert cables.search("salt dear label:reform").relaxed
        assert cables.count("*", {"label": ["reform"]}) == 4
        assert cables.timeline("label:reform").total == 4
        assert cables.facets("label:reform", "classification").total == 4


def test_a_change_is_seen_by_an_index_that_is_open(index: Callable[[], Index], notebook: Notebook) -> None:
    with index() as cables:
        assert ids(cables, "label:reform") == []
        notebook.label("07TEZGARA5#1", "reform")
        assert ids(cables, "label:reform") == ["07TEZGARA5#1"]
        notebook.unlabel("07TEZGARA5#1", "reform")
        assert ids(cables, "label:reform") == []


def test_paragraphs_are_counted_by_label_list_and_note(
    index: Callable[[], Index], notebook: Notebook
) -> None:
    notebook.label("07TEZGARA5", "reform")
    notebook.label("07TEZGARA5#1", "salt")
    notebook.add("dossier", "07TEZGARA5#1", "08TEZGARA6#2")
    with index() as cables:
        facets = cables.facets("reform", ["label", "list", "noted", "marking"])
        assert facets["label"] == {"reform": 1, "salt": 1}
        assert facets["list"] == {"dossier": 2}
        assert facets["noted"] == {"yes": 2, "no": 1}
        assert facets["marking"] == {"C": 3}
        listed = cables.values("label:?")
        assert listed
        assert listed["label"] == {"reform": 3, "salt": 1}


def test_scores_are_those_without_the_label(index: Callable[[], Index], notebook: Notebook) -> None:
    notebook.label("08TEZGARA6", "fish")
    with index() as cables:
        plain = {hit.paragraph.id: hit.score for hit in cables.search("reform fishing")}
        for hit in cables.search("reform fishing label:fish"):
            assert hit.score == pytest.approx(plain[hit.paragraph.id], rel=1e-5)


def test_a_notebook_that_was_only_asked_is_one_file(
    index: Callable[[], Index], notebook: Notebook, tmp_path: Path
) -> None:
    notebook.label("07TEZGARA5", "reform")
    notebook.close()
    with index() as cables:
        assert cables.count("label:reform") == 3
    assert [file.name for file in tmp_path.glob("notebook*")] == ["notebook.sqlite"]


def test_without_a_notebook_its_fields_are_refused(index: Callable[[], Index], tmp_path: Path) -> None:
    index().close()
    with open_index(tmp_path / "index") as cables, pytest.raises(QueryError, match="none is open here"):
        cables.count("label:reform")


def test_a_saved_question_stands_in_others(index: Callable[[], Index], notebook: Notebook) -> None:
    notebook.save("Catch", "fish OR fishing")
    notebook.save("both", "reform query:catch")
    with index() as cables:
        assert ids(cables, "query:both") == ids(cables, "reform (fish OR fishing)") == [
            "08TEZGARA6#1", "08TEZGARA6#2"
        ]  # fmt: skip
        assert ids(cables, "salt NOT query:both")[0] == "07TEZGARA5#1"
        direct, saved = (cables.search(query).hits for query in ("reform (fish OR fishing)", "query:both"))
        assert [hit.score for hit in direct] == [hit.score for hit in saved]
        with pytest.raises(QueryError, match="did you mean query:catch"):
            cables.count("query:cach")


def test_a_question_that_is_part_of_itself_is_refused(index: Callable[[], Index], notebook: Notebook) -> None:
    notebook.save("a", "salt query:b")
    notebook.save("b", "NOT query:c")
    notebook.save("c", "query:a")
    with index() as cables:
        with pytest.raises(QueryError, match="query:a asks for query:b asks for query:c asks for query:a"):
            cables.count("query:a")
        with pytest.raises(QueryError, match=r"query:b asks for .* query:b"):
            cables.count("fish query:b")


def test_questions_cannot_grow_without_bound(index: Callable[[], Index], notebook: Notebook) -> None:
    notebook.save("q0", "a b c d e f g h")
    for n in range(1, 20):
        notebook.save(f"q{n}", f"query:q{n - 1} OR (query:q{n - 1} {n})")
    with index() as cables, pytest.raises(QueryError, match="more than 1,000 words"):
        cables.count("query:q19")


def test_notes_stay_through_a_rebuild_and_say_what_was_changed(
    index: Callable[[], Index], notebook: Notebook, tmp_path: Path
) -> None:
    with index() as cables:
        for id in ("07TEZGARA5#1", "07TEZGARA5#2", "07TEZGARA5", "08TEZGARA6#3"):
            target, digest = cables.target(id)
            notebook.label(target, "kept", digest=digest)
    (tmp_path / "corpus" / "08TEZGARA6.txt").unlink()
    write(tmp_path / "corpus", {"07TEZGARA5": ("SALT", "Salt is not dear.")})
    update_index(tmp_path / "index", workers=0)
    with index() as cables:
        standing = {note.id: note.standing for note in cables.compare_notes(notebook.notes())}
        assert standing == {
            "07TEZGARA5": "changed", "07TEZGARA5#1": None, "07TEZGARA5#2": "changed", "08TEZGARA6#3": "gone"
        }  # fmt: skip
        assert ids(cables, "label:kept") == ["07TEZGARA5#1", "07TEZGARA5#2", "07TEZGARA5#3"]
        notebook.label("07TEZGARA5#2", "kept", digest=cables.target("07TEZGARA5#2")[1])
        [note] = cables.compare_notes([notebook.get("07TEZGARA5#2")])
        assert note.standing is None


def test_a_paragraph_that_has_another_number_is_found_by_its_text(
    index: Callable[[], Index], notebook: Notebook
) -> None:
    with index() as cables:
        _, digest = cables.target("07TEZGARA5#2")
        notebook.note("07TEZGARA5#p7", "as it was cut before", digest=digest)
        assert ids(cables, "noted:yes") == ["07TEZGARA5#2"]
        [note] = cables.compare_notes(notebook.notes())
        assert note.standing == "moved to 07TEZGARA5#2"


def test_a_cable_that_is_filed_under_another_id_keeps_its_notes(notebook: Notebook, tmp_path: Path) -> None:
    from cablesearch.engines import engine
    from cablesearch.engines.documents import documents
    from tests.conftest import CABLE

    notebook.label("07ECTION5#1", "kept", digest="")
    filed = replace(CABLE, other_ids=("07ECTION5",))
    for name in ("whoosh", "tantivy"):
        folder = tmp_path / name
        with engine(name).write(folder, fresh=True) as writer:
            writer.add(filed, documents(filed))
        with Index(folder, engine(name).read(folder), notebook=notebook) as cables:
            assert ids(cables, "label:kept") == ["07TEZGARA5#1"]


@pytest.mark.parametrize(
    ("id", "message"),
    [
        ("99TEZGARA1", "is not in the index"),
        ("07TEZGARA5#9", "has no paragraph 9"),
        ("", "is not in the index"),
    ],
)
def test_what_the_index_has_not_is_no_target(index: Callable[[], Index], id: str, message: str) -> None:
    with index() as cables, pytest.raises(QueryError, match=message):
        cables.target(id)
