"""The command that shows what is new."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

TEXT = "SUBJECT: {0}\n\n1. (C) The price of {0} is high.\n"


@pytest.fixture
def desk(tmp_path, monkeypatch, cablesearch):
    """A function that adds a cable to the index in this folder, whose notebook has a question."""
    monkeypatch.setenv("CABLESEARCH_INDEX", "own")
    (tmp_path / "corpus").mkdir()

    def add(id, what):
        Path("corpus", f"{id}.txt").write_text(TEXT.format(what))
        cablesearch("index", "corpus", "--workers", "0")

    add("07TEZGARA5", "salt")
    cablesearch("save", "salt", "salt")
    return add


def test_what_is_new_is_shown_once(desk, cablesearch):
    first = cablesearch("new")
    assert first == (1, "looked at for the first time: salt\nnothing is new\n", "")
    desk("08TEZGARA6", "salt")
    desk("08TEZGARA7", "fish")
    assert cablesearch("new", "--keep").out == (
        "salt: 1 paragraph\n  08TEZGARA6#1  new  salt\n    The price of salt is high.\n\n"
    )
    found = cablesearch("new", "salt")
    assert (found.status, found.err) == (0, "")
    assert cablesearch("new") == (1, "nothing is new\n", "")


def test_what_is_new_for_programs(desk, cablesearch):
    cablesearch("new")
    desk("08TEZGARA6", "salt")
    answer = json.loads(cablesearch("new", "--keep", "--format", "json").out)
    assert answer["questions"][0]["passages"][0]["what"] == "new"
    assert (
        cablesearch("new", "--keep", "--format", "csv")
        .out.splitlines()[1]
        .startswith("salt,new,08TEZGARA6#1,")
    )
    assert "<id>urn:x-cablesearch:08TEZGARA6%231</id>" in cablesearch("new", "--keep", "--format", "atom").out
    assert "Subject: cablesearch: 1 paragraph: salt\n" in cablesearch("new", "--format", "mail").out


def test_without_questions_nothing_can_be_new(cablesearch):
    assert cablesearch("new").err == "cablesearch: no questions are saved yet: cablesearch save NAME WORDS\n"


def test_a_question_that_fails_is_named(desk, cablesearch):
    cablesearch("save", "other", "query:salt")
    cablesearch("save", "salt", "--delete")
    done = cablesearch("new")
    assert done.status == 3
    assert done.err.startswith("cablesearch: query:other: no question is saved as 'salt'")
    assert cablesearch("new", "unknown").status == 2
