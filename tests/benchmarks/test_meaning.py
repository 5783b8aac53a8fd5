"""The questions by meaning, and how they are counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.meaning import questions
from benchmarks.meaning.questions import FILES, fused, interval, is_right
from cablesearch import Index

HITS = [("a/d1", "a/d1#p2"), ("a/d2", "a/d2#1"), ("a/d3", "a/d3#1")]


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_60_questions_each_with_what_answers_it(name: str) -> None:
    lines = (Path(questions.__file__).with_name(name)).read_text("utf-8").splitlines()
    assert len(lines) == len({line.split("\t")[1] for line in lines}) == 60
    assert all(id.startswith("frus19") for line in lines for id in line.split("\t")[0].split())
    assert all(line.split("\t")[0] for line in lines)


def test_a_document_or_a_paragraph_answers_if_it_is_among_the_first() -> None:
    assert is_right(HITS, {"a/d2"})
    assert is_right(HITS, {"a/d1#p2"})
    assert not is_right(HITS, {"a/d1#p1", "a/d4"})
    assert not is_right([("a/d9", "a/d9#1")] * 5 + HITS, {"a/d2"})


def test_the_interval_holds_the_share() -> None:
    assert interval([True] * 10) == (1.0, 1.0)
    low, high = interval([True] * 30 + [False] * 30)
    assert 0.35 < low < 0.5 < high < 0.65


def test_fusion_adds_reciprocal_ranks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "by_words", lambda index, question: [HITS[0], HITS[1]])
    monkeypatch.setattr(questions, "by_meaning", lambda index, question: [HITS[2], HITS[1]])
    index = Index.__new__(Index)
    assert fused(1)(index, "")[0] == HITS[1]
    assert fused(9)(index, "") == [HITS[1], HITS[2], HITS[0]]
    assert fused(0.1)(index, "") == [HITS[1], HITS[0], HITS[2]]
