"""Counts by value."""

from __future__ import annotations

from datetime import date

from cablesearch.query.tree import All, Everything, Not, Nothing, Term
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


def test_some_values_are_counted_without_the_others(index):
    reader = index(*CABLES)
    both = ["Bulat Abilov", "Karim Masimov"]
    assert reader.counts_of(Everything(), "person", both) == {"Karim Masimov": 2, "Bulat Abilov": 1}
    assert reader.counts_of(Term("text", "again"), "person", ["Karim Masimov", "Nobody"]) == {
        "Karim Masimov": 1
    }
    assert reader.counts_of(Everything(), "tag", ["OVIP (CLINTON, HILLARY)"]) == {
        "OVIP (CLINTON, HILLARY)": 3
    }
    for nobody in (["Nobody"], ["Masimov.*"], []):
        assert reader.counts_of(Everything(), "person", nobody) == {}


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
