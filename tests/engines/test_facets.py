"""Counts by value."""

from __future__ import annotations

from datetime import date

import pytest

from cablesearch.people.registry import who_term
from cablesearch.query.tree import All, Any, Everything, Fuzzy, Not, Nothing, Prefix, Term
from tests.engines.model import cable

CABLES = (
    cable(
        "07ASTANA48",
        "reform",
        "reform again",
        "nothing",
        created=date(2007, 1, 8),
        origin="Embassy Astana",
        level="SECRET",
        caveats=("NOFORN", "EXDIS", "NOFORN"),
        markings=["S//NF", "C", "C"],
        tags=("PGOV", "OVIP (CLINTON, HILLARY)"),
        people=[["Karim Masimov"], ["Karim Masimov", "Bulat Abilov"], []],
    ),
    cable("06HAMBURG3", "reform", created=date(2006, 5, 1), origin="Consulate Hamburg", level="CONFIDENTIAL"),
    cable("STATE1", "reform", level="Secret"),
    cable("08SILENT1", origin="Embassy Astana", created=date(2008, 1, 1)),
)


def test_values_are_counted_as_shown_most_frequent_first(index):
    facets = index(*CABLES).facets(Everything(), ["origin", "classification", "year"])
    assert facets == {
        "origin": {"Embassy Astana": 3, "Consulate Hamburg": 1},
        "classification": {"SECRET": 3, "CONFIDENTIAL": 1, "Secret": 1},
        "year": {"2007": 3, "2006": 1},
    }
    assert list(facets["origin"]) == ["Embassy Astana", "Consulate Hamburg"]
    assert list(facets["classification"]) == ["SECRET", "CONFIDENTIAL", "Secret"]


def test_only_matching_paragraphs_are_counted_once_for_each_value(index):
    facets = index(*CABLES).facets(Term("text", "reform"), ["person", "marking", "caveat", "tag"])
    assert facets == {
        "person": {"Karim Masimov": 2, "Bulat Abilov": 1},
        "marking": {"C": 1, "S//NF": 1},
        "caveat": {"EXDIS": 2, "NOFORN": 2},
        "tag": {"OVIP": 2, "OVIP (CLINTON, HILLARY)": 2, "CLINTON, HILLARY": 2, "PGOV": 2},
    }
    assert list(facets["marking"]) == ["C", "S//NF"]


NAMES = ("Ada Quillen", 'A. "Bo" Quillen', "a\\b", "c:d", "(Ada)", "Ada* OR", "Ölan\u00a0Åby", "-AND", "a\\")


@pytest.mark.parametrize(
    "tree", [Term("text", "reform"), Prefix("text", "ref"), Not(Fuzzy("text", "some", 1))]
)
def test_who_is_named_in_what_matches_is_counted_at_once(index, tree):
    named = [[*NAMES[:place], NAMES[0]] for place in range(len(NAMES) + 1)]
    reader = index(
        cable("07X1", *["reform"] * len(named), people=named), cable("07X2", "some", people=[NAMES])
    )
    terms = [[who_term(name)] for name in NAMES]
    lists = [*terms, [], terms[1] + terms[3], ["Nobody"], ["Ada"], [*terms[2], "Nobody"]]
    counted = reader.counts_among(tree, "who", lists)
    assert counted == [
        reader.count(All((tree, Any(tuple(Term("who", term) for term in some))))) for some in lists
    ]
    assert counted[:2] == [len(NAMES) + 1, len(NAMES) - 1]
    assert reader.counts_among(tree, "who", []) == []


def test_many_trees_are_counted_at_once(index):
    reader = index(*CABLES)
    trees = [
        Term("text", "reform"),
        Nothing(),
        Everything(),
        Term("text", "reform"),
        Term("origin", "astana"),
    ]
    assert reader.counts(trees) == list(map(reader.count, trees))
    assert reader.counts([]) == []


def test_nothing_is_counted_without_matches(index):
    reader = index(*CABLES)
    for tree in (Nothing(), All((Term("text", "reform"), Not(Everything())))):
        assert reader.facets(tree, ["origin", "year"]) == {"origin": {}, "year": {}}


def test_the_whole_index_is_counted_not_a_page(index):
    cables = [cable(f"07X{n}", *["word"] * 4, origin=f"Embassy {n % 3}") for n in range(300)]
    facets = index(*cables).facets(Term("text", "word"), ["origin", "kind"])
    assert facets == {"origin": {"Embassy 0": 400, "Embassy 1": 400, "Embassy 2": 400}, "kind": {}}
