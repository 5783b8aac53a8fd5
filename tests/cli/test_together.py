"""`--index A --index B` asks both as one."""

from __future__ import annotations

import json
import os

import pytest

TEXT = """P {day}1231Z JAN 07
FM AMEMBASSY TEZGARA
TO SECSTATE WASHDC

C O N F I D E N T I A L TEZGARA {number:06}

TAGS: PGOV
SUBJECT: {subject}
REF: 07 TEZGARA 5

1. (C) {text}
"""
SALT = "The price of salt is high in the market, says Foreign Minister Maren Dole."
ROADS = "Roads are built by nobody since the spring, and the bridge has fallen into the river."


@pytest.fixture(autouse=True)
def two(tmp_path, monkeypatch, cablesearch):
    """The folder with two indexes, a and b, of a cable each, and c with another cable of the id."""
    monkeypatch.chdir(tmp_path)
    for name, number, day, subject, text in (
        ("a", 5, "08", "SALT", SALT),
        ("b", 6, "08", "MORE SALT", SALT),
        ("c", 5, "21", "ROADS", ROADS),
    ):
        file = tmp_path / f"of-{name}" / f"07TEZGARA{number}.txt"
        file.parent.mkdir()
        file.write_text(TEXT.format(day=day, number=number, subject=subject, text=text))
        assert cablesearch("index", file.parent, "--index", name, "--workers", "0").status == 0
    return tmp_path


BOTH = ("--index", "a", "--index", "b")


def test_a_search(cablesearch):
    found = json.loads(cablesearch("salt market", *BOTH, "--format", "json").out)
    assert found["total"] == 2
    assert sorted(hit["id"] for hit in found["hits"]) == ["07TEZGARA5#1", "07TEZGARA6#1"]
    assert cablesearch("salt", "--count", *BOTH).out == "2 paragraphs in 2 cables\n"


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (["show", "07TEZGARA6"], "07TEZGARA5  in the index"),
        (["cited", "07TEZGARA5"], "07TEZGARA6"),
        (["thread", "07TEZGARA5"], "07TEZGARA6"),
        (["facets", "salt"], "2 paragraphs"),
        (["timeline", "salt"], "2 paragraphs"),
        (["trend", "salt"], "salt"),
        (["people"], "2  Maren Dole"),
        (["explain", "salt"], "in the text of 2 paragraphs"),
        (["info"], "a, b"),
        (["export", "salt", "--format", "csv"], "07TEZGARA6"),
        (["batch", "questions.txt"], "2"),
        (["note", "07TEZGARA6#1", "a note"], "a note"),
        (["list", "mine", "07TEZGARA5", "07TEZGARA6"], "07TEZGARA6"),
        (["origin:?"], "Embassy Tezgara"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_every_command_that_reads_an_index(cablesearch, two, command, shown):
    (two / "questions.txt").write_text("salt\n")
    found = cablesearch(*command, *BOTH)
    assert (found.status, found.err) == (0, "")
    assert shown in found.out


def test_new_and_saved_questions(cablesearch, two):
    assert cablesearch("save", "salt", "salt", *BOTH).status == 0
    assert cablesearch("query:salt", "--count", *BOTH).out == "2 paragraphs in 2 cables\n"
    assert "first time" in cablesearch("new", *BOTH).out
    (two / "of-b" / "07TEZGARA7.txt").write_text(
        TEXT.format(day="08", number=7, subject="SALT", text="More salt.")
    )
    assert cablesearch("index", "--index", "b", "--workers", "0").status == 0
    assert "07TEZGARA7#1  new" in cablesearch("new", *BOTH).out


def test_show_says_that_there_are_two(cablesearch):
    found = cablesearch("show", "07TEZGARA5", "--index", "a", "--index", "c")
    assert found.err.startswith("cablesearch: 2 cables have the id 07TEZGARA5: 07TEZGARA5-")
    assert "SALT" in found.out
    assert "ROADS" in found.out


def test_the_environment_names_several(cablesearch, monkeypatch):
    monkeypatch.setenv("CABLESEARCH_INDEX", os.pathsep.join("ab"))
    assert cablesearch("salt", "--count").out == "2 paragraphs in 2 cables\n"


@pytest.mark.parametrize("command", ["index", "reindex", "check"])
def test_one_is_built_and_checked_at_a_time(cablesearch, command):
    found = cablesearch(command, *BOTH)
    assert (found.status, found.out) == (2, "")
    assert found.err == "cablesearch: this works on one index at a time: --index a alone\n"


def test_a_missing_one_is_not_built(cablesearch, two):
    (two / "corpus").mkdir()
    for command in (["salt"], ["serve", "--port", "0"], ["info"]):
        found = cablesearch(*command, "--index", "a", "--index", "d")
        assert (found.status, found.out) == (2, "")
        assert found.err.startswith("cablesearch: no index yet in ./d: ")
    assert not (two / "d").exists()


def test_other_engines_are_named_with_the_remedy(cablesearch):
    cablesearch("reindex", "--index", "b", "--engine", "tantivy", "--workers", "0")
    found = cablesearch("salt", *BOTH)
    assert found.status == 2
    remedy = found.err.strip().rpartition(", cablesearch ")[2].split()
    assert cablesearch(*remedy, "--workers", "0").status == 0
    assert cablesearch("salt", "--count", *BOTH).out == "2 paragraphs in 2 cables\n"
