"""The comparison with CoreNLP, without CoreNLP."""

import json

import pytest

from benchmarks.people.peers import Pair, interval, read_people, total
from benchmarks.people.score import Score


def test_people_are_read_from_what_corenlp_writes(tmp_path):
    """Each form once; other kinds of names and pronouns are none."""
    mentions = [("Olga Balan", "PERSON"), ("Astana", "CITY"), ("He", "PERSON"), ("Olga Balan", "PERSON")]
    sentences = [{"entitymentions": [{"text": text, "ner": kind} for text, kind in mentions]}, {}]
    path = tmp_path / "1.json"
    path.write_text(json.dumps({"sentences": sentences}))
    assert [person.name for person in read_people(path)] == ["Olga Balan"]


def test_scores_are_added():
    assert total([Score(3, 1, 0), Score(2, 0, 4)]) == Score(5, 1, 4)


@pytest.mark.parametrize(
    ("ours", "theirs", "low", "high"),
    [(Score(9, 1, 0), Score(9, 1, 0), 0, 0), (Score(10, 0, 0), Score(5, 5, 0), 1 / 3, 1 / 3)],
)
def test_cables_that_are_all_alike_leave_no_doubt(ours, theirs, low, high):
    assert interval([Pair(ours, theirs)] * 5) == pytest.approx((low, high))


def test_cables_that_differ_make_an_interval_around_the_difference():
    better, worse = Pair(Score(9, 1, 0), Score(5, 5, 0)), Pair(Score(5, 5, 0), Score(9, 1, 0))
    low, high = interval([better, worse] * 10)
    assert low < 0 < high
