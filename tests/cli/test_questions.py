"""Saved questions, many questions at once, and what was asked."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def notebook(tmp_path, monkeypatch):
    file = tmp_path / "notes.sqlite"
    monkeypatch.setenv("CABLESEARCH_NOTEBOOK", str(file))
    return file


def test_a_question_is_saved_asked_and_deleted(cablesearch):
    assert cablesearch("save", "Dear things", "salt", "OR", "fish") == (0, "", "")
    cablesearch("save", "both", 'query:"dear things" commission')
    assert (
        cablesearch("save").out == 'both         query:"dear things" commission\ndear things  salt OR fish\n'
    )
    assert cablesearch("save", "both", "--format", "csv").out == (
        'name,query\nboth,"query:""dear things"" commission"\n'
    )
    assert cablesearch("query:both", "--count").out == cablesearch("(salt OR fish) commission", "--count").out
    assert cablesearch("save", "both", "--delete") == (0, "", "")
    assert cablesearch("query:both").status == 2
    assert cablesearch("save", "both").status == 1
    assert cablesearch("save", "both", "--delete").status == 2


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("orign:x", "did you mean origin?"),
        ("salt query:b", "query:b asks for"),
        ("query:c", "no question is saved"),
    ],
)
def test_what_cannot_be_asked_is_not_saved(cablesearch, query, message):
    cablesearch("save", "b", "salt")
    refused = cablesearch("save", "b", query)
    assert refused.status == 2
    assert message in refused.err
    assert cablesearch("save", "b").out == "b  salt\n"


def test_a_circle_that_two_questions_would_make_is_refused(cablesearch):
    cablesearch("save", "a", "salt")
    cablesearch("save", "b", "fish query:a")
    refused = cablesearch("save", "a", "salt query:b")
    assert refused.err.startswith("cablesearch: query:a asks for query:b asks for query:a:")
    assert cablesearch("query:b", "--count").status in (0, 1)


def test_a_batch_in_text_and_csv(cablesearch):
    Path("q.csv").write_text("name,query\nA,salt\nB,orign:x\n")
    done = cablesearch("batch", "q.csv")
    assert done.status == 3
    assert done.out.splitlines() == [
        "paragraphs    cables",
        "         5         3  A: salt",
        "         -         -  B: orign:x",
        "1 question not understood",
    ]
    assert done.err.startswith("cablesearch: q.csv, line 3: no field 'orign'")
    table = cablesearch("batch", "q.csv", "--format", "csv")
    assert table.out.splitlines()[:2] == ["line,name,query,paragraphs,cables,error", "2,A,salt,5,3,"]
    assert (
        json.loads(cablesearch("batch", "q.csv", "--format", "json").out)["questions"][0]["paragraphs"] == 5
    )


def test_the_hits_of_a_batch(cablesearch):
    Path("q.txt").write_text("salt\nfish\n")
    done = cablesearch("batch", "q.txt", "--hits", "--limit", "1")
    assert done.status == 0
    assert [line.partition(",")[0] for line in done.out.splitlines()] == ["question", "salt", "fish"]
    assert cablesearch("batch", "q.txt", "--hits", "--format", "markdown").out.startswith("## ")


def test_a_file_of_questions_that_cannot_be_read(cablesearch):
    Path("q.txt").write_bytes(b"salt \xff")
    assert cablesearch("batch", "q.txt").err == "cablesearch: q.txt is not in UTF-8: save it so\n"
    assert cablesearch("batch", "nowhere").status == 2


def test_nothing_is_remembered_unless_it_is_wanted(cablesearch, notebook, monkeypatch):
    cablesearch("salt")
    assert not notebook.exists()
    assert cablesearch("history").status == 1
    monkeypatch.setenv("CABLESEARCH_HISTORY", "1")
    cablesearch("salt", "--origin", "Embassy Tezgara", "--origin", "Ostrel")
    cablesearch("nothing at all")
    queries = [line.partition("  ")[2] for line in cablesearch("history").out.splitlines()]
    assert queries == ['salt origin:("Embassy Tezgara" OR Ostrel)', "nothing at all"]
    assert cablesearch(queries[0], "--count").out == cablesearch(
        "salt", "--origin", "Embassy Tezgara", "--origin", "Ostrel", "--count"
    ).out  # fmt: skip


def test_what_is_cleared_is_nowhere_in_the_file(cablesearch, notebook, monkeypatch):
    monkeypatch.setenv("CABLESEARCH_HISTORY", "1")
    cablesearch("secretword")
    cablesearch("note", "07TEZGARA5", "kept")
    assert cablesearch("history", "--clear") == (0, "", "")
    for file in notebook.parent.glob("notes.sqlite*"):
        assert b"secretword" not in file.read_bytes()
    assert cablesearch("history").status == 1
    assert "kept" in cablesearch("notes").out


def test_standard_input_is_read_as_a_file_is(cablesearch, monkeypatch):
    given = io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbfsalt\r\nfish\r\n"), "ascii", "surrogateescape")
    monkeypatch.setattr("sys.stdin", given)
    lines = cablesearch("batch", "-").out.splitlines()
    assert [line.split()[-1] for line in lines[1:]] == ["salt", "fish"]
    given = io.TextIOWrapper(io.BytesIO(b"salt \xff"), "utf-8", "surrogateescape")
    monkeypatch.setattr("sys.stdin", given)
    refused = cablesearch("batch", "-")
    assert (refused.status, refused.err) == (2, "cablesearch: standard input is not in UTF-8: save it so\n")


def test_a_word_of_a_saved_question_may_begin_with_a_dash(cablesearch):
    assert cablesearch("save", "q", "salt", "-fish") == (0, "", "")
    assert cablesearch("save", "r", "--", "-fish", "salt") == (0, "", "")
    assert cablesearch("save").out == "q  salt -fish\nr  -fish salt\n"
    assert "no such option: --fish" in cablesearch("save", "q", "--fish").err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["", "salt"], "a question needs a name"),
        (["a", "b", "--delete"], "--delete takes one name"),
    ],
)
def test_what_would_be_left_out_is_refused(cablesearch, arguments, message):
    cablesearch("save", "a", "salt")
    refused = cablesearch("save", *arguments)
    assert refused.status == 2
    assert message in refused.err
    assert cablesearch("save").out == "a  salt\n"


def test_where_no_question_is_saved_it_says_so(cablesearch):
    assert cablesearch("save").err == "cablesearch: no question is saved yet: cablesearch save NAME WORDS\n"
    assert cablesearch("save", "a").err.startswith("cablesearch: no question is saved as 'a':")


def test_what_is_counted_is_remembered_too(cablesearch, monkeypatch):
    monkeypatch.setenv("CABLESEARCH_HISTORY", "1")
    cablesearch("salt", "--count")
    cablesearch("orign:x", "--count")
    assert [line.partition("  ")[2] for line in cablesearch("history").out.splitlines()] == ["salt"]


@pytest.mark.parametrize("options", [[], ["--count"]])
def test_an_answer_that_cannot_be_remembered_is_shown(cablesearch, notebook, monkeypatch, options):
    expected = cablesearch("salt", *options)
    notebook.mkdir()
    monkeypatch.setenv("CABLESEARCH_HISTORY", "1")
    shown = cablesearch("salt", *options)
    assert (shown.status, shown.out) == (expected.status, expected.out)
    assert "name another notebook" in shown.err
