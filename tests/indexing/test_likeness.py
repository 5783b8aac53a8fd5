"""Cables with one id: which are the same cable, and what tells different ones apart."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

import pytest

from cablesearch.indexing.likeness import group_by_cable, is_same, likeness, suffixes
from cablesearch.model.cable import Cable
from cablesearch.model.calendar import Month

DAY = date(1976, 11, 27)
HERRING = (
    "the minister told us that the herring quota for next year will be cut by half because of the weather"
)
WHEAT = (
    "a ship with wheat from duluth has arrived and its captain asks for papers that nobody here can give him"
)
PHRASES = [HERRING, WHEAT, "the court heard three of the accused on monday and let two of them go home again"]


@dataclass(frozen=True)
class Entry:
    likeness: bytes
    partial: bool = False


def entry(text="", subject=None, created=None, locator=None, *, partial=False):
    return Entry(likeness(Cable("76KELVO290", created, subject=subject), locator, text.split(". ")), partial)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (entry(HERRING), entry(HERRING)),
        (entry(HERRING), entry(HERRING + " and the wind", "HERRING")),  # a fuller text
        (entry(HERRING), entry(HERRING.replace("minister", "xxxxx").replace("herring", "xxxx"))),
        (entry("dues rise", "DUES", DAY), entry("dues fall", "DUES", DAY)),  # too short to tell
        (entry(HERRING, "HERRING", DAY), entry("", "HERRING", DAY)),  # one is without text
        (entry(HERRING, "HERRING", DAY), entry(HERRING, "HERR1NG", date(1976, 11, 28))),
        (entry(HERRING, "(C) HERRING: A CUT", DAY), entry(HERRING + " up", "(c) Herring - a cut", DAY)),
        (entry(HERRING, "HERRING", DAY), entry(WHEAT, "HERRING", DAY, partial=True)),  # begins elsewhere
        (entry(HERRING, "HERRING", DAY, "a.tel"), entry(HERRING + " up", "n/a", None, "a.\ntel")),
        (entry(HERRING, locator="a.tel"), entry(HERRING, locator="b.tel")),  # published twice
        (entry("", "HERRING", Month(1976, 11, 1)), entry("", "HERRING", DAY)),
    ],
)
def test_these_are_the_same_cable(one, other):
    assert is_same(one, other)
    assert is_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (entry(HERRING), entry(WHEAT)),
        (entry(HERRING, "FISH", DAY), entry(WHEAT, "FISH", DAY)),
        (entry(HERRING, "FISH 1"), entry(HERRING.replace("half", "third"), "FISH 2")),
        (entry(HERRING, None, DAY), entry(HERRING.replace("half", "third"), None, date(1976, 12, 1))),
        (entry("", "FISH"), entry("", "WHEAT")),
        (entry("fish", "FISH"), entry("", "WHEAT")),
        (entry("", "FISH", DAY, "a.tel"), entry("", "FISH", DAY, "b.tel")),
        (entry(HERRING, "FISH", DAY, "a.tel"), entry(HERRING + " up", "FISH", DAY, "b.tel")),
        (entry(HERRING, "FISH", DAY), entry(WHEAT, "WHEAT", DAY, partial=True)),
    ],
)
def test_these_are_different_cables(one, other):
    assert not is_same(one, other)
    assert not is_same(other, one)


@pytest.mark.parametrize("seed", range(5))
def test_groups_and_suffixes_do_not_depend_on_the_order(seed):
    entries = [entry(f"{word} {text}") for text in PHRASES for word in ("today", "yesterday", "soon")]
    shuffled = random.Random(seed).sample(entries, len(entries))
    expected = {frozenset(entries[start : start + 3]) for start in (0, 3, 6)}
    groups = group_by_cable(shuffled)
    assert {frozenset(group) for group in groups} == expected
    by_group = dict(zip(map(frozenset, groups), suffixes(groups), strict=True))
    again = group_by_cable(entries)
    assert dict(zip(map(frozenset, again), suffixes(again), strict=True)) == by_group


def test_a_text_between_two_joins_them():
    words = [f"w{number}" for number in range(60)]
    first, between, last = (entry(" ".join(words[start : start + 24])) for start in (0, 6, 12))
    assert not is_same(first, last)
    assert group_by_cable([first, last, between]) == [[first, last, between]]


def test_one_cable_has_no_suffix():
    assert suffixes([[entry(HERRING), entry(HERRING + " up")]]) == [""]


@pytest.mark.parametrize(
    ("one", "same"),
    [
        (entry(HERRING, "FISH", DAY, "a.tel"), entry(HERRING + " up", "FISH", None, "a.tel")),
        (entry(HERRING, "FISH", DAY, "a.tel"), entry("a" + HERRING, "FISH", DAY)),
    ],
)
def test_a_suffix_stays_when_others_come(one, same):
    others = [[entry(text, locator=str(number))] for number, text in enumerate(PHRASES[1:])]
    suffix, *_ = suffixes([[one], others[0]])
    assert suffixes([[one], *others])[0] == suffix
    assert suffixes([*others, [same, one]])[-1] == suffix


def test_many_suffixes_are_distinct():
    groups = [[entry(locator=f"{number}.tel")] for number in range(2_000)]
    found = suffixes(groups)
    assert len(set(found)) == 2_000
    assert all(suffix.startswith("-") and suffix[1:].isalnum() for suffix in found)
