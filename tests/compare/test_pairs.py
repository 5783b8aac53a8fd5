"""Of two releases that differ by known edits, exactly these are found."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from cablesearch.compare.difference import compare
from tests.compare.pairs import Pair, found

BACK = {
    "removed": "inserted",
    "inserted": "removed",
    "redacted": "restored",
    "split": "merged",
    "merged": "split",
}


@pytest.mark.parametrize("seed", range(200))
def test_every_edit_is_found_and_none_invented(seed: int) -> None:
    pair = Pair(random.Random(seed))
    old, new = pair.cables()
    difference = compare(old, new)
    assert sorted(found(difference)) == sorted(pair.expected)
    assert bool(difference) == bool(pair.expected)


@pytest.mark.parametrize("seed", range(200))
def test_the_other_way_round_the_reverse_is_found(seed: int) -> None:
    pair = Pair(random.Random(seed))
    old, new = pair.cables()
    expected = [
        (BACK.get(what, what), ">".join(reversed(where.split(">"))), after, before)
        for what, where, before, after in pair.expected
    ]
    assert sorted(found(compare(new, old))) == sorted(expected)


@pytest.mark.parametrize("seed", range(50))
def test_how_it_is_printed_is_no_difference(seed: int) -> None:
    chance = random.Random(seed)
    cable, _ = Pair(chance).cables()

    def reprinted(text: str) -> str:
        words = (f"{word[:2]}-{word[2:]}" if chance.random() < 0.1 else word for word in text.split(" "))
        printed = "".join(word + chance.choice([" ", "\n", "  ", " -- ", ", ", "” "]) for word in words)
        return printed.upper() if chance.random() < 0.5 else printed

    paragraphs = tuple(replace(p, text=reprinted(p.text)) for p in cable.paragraphs)
    difference = compare(cable, replace(cable, paragraphs=paragraphs))
    assert not difference
    assert not difference.changes


def test_the_pairs_have_edits_of_every_kind() -> None:
    kinds = {what for seed in range(200) for what, *_ in Pair(random.Random(seed)).expected}
    assert kinds == {
        "replaced", "removed", "inserted", "redacted", "split", "merged", "moved",
        "marking", "number", "classification", "created", "to",
    }  # fmt: skip
