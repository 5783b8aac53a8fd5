"""Operations on whole trees."""

from __future__ import annotations

from typing import get_args

import pytest

from cablesearch.query import tree
from cablesearch.query.tree import (
    EVERYTHING,
    All,
    Any,
    Boost,
    Everything,
    Filter,
    Fuzzy,
    Has,
    Not,
    Nothing,
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
    Words,
    adjacent_words,
    all_of,
    any_of,
    is_ranked,
    leaves,
    map_tree,
    relax,
    word_runs,
)

A, B, C = (Term("text", letter) for letter in "abc")
FILTER = Filter(Term("origin", "astana"))


@pytest.mark.parametrize(
    ("parts", "tree"),
    [
        ([], Nothing()),
        ([A], A),
        ([A, A], A),
        ([A, B, A], All((A, B))),
        ([A, All((B, C))], All((A, B, C))),
        ([A, All(())], All((A, All(())))),
        ([A, Words((B, C))], All((A, Words((B, C))))),
        ([EVERYTHING, A], A),
        ([EVERYTHING, EVERYTHING], EVERYTHING),
    ],
)
def test_all_of_asks_for_each_part_once(parts, tree):
    assert all_of(parts) == tree


@pytest.mark.parametrize(
    ("parts", "tree"),
    [([], Nothing()), ([A, A], A), ([A, B], Any((A, B))), ([A, Any((B, C))], Any((A, Any((B, C)))))],
)
def test_any_of_asks_for_at_least_one(parts, tree):
    assert any_of(parts) == tree


NESTED = All((Words((A, B)), Not(Boost(A, 2.0)), FILTER, Any((Filter(A, 3.0), Boost(C, 2.0)))))


def test_leaves_leave_out_what_is_excluded():
    assert [*leaves(NESTED)] == [A, B, Term("origin", "astana"), A, C]
    assert [*leaves(NESTED, scoring=True)] == [A, B, C]


def test_map_tree_says_whether_a_node_scores():
    seen = []
    assert map_tree(NESTED, lambda node, scores: seen.append((node, scores)) or node) is NESTED
    assert [scores for node, scores in seen if node == A] == [True, False, False]
    mapped = map_tree(NESTED, lambda node, scores: B if node == A and scores else node)
    assert mapped == All((Words((B, B)), *NESTED.parts[1:]))


@pytest.mark.parametrize(
    ("tree", "relaxed"),
    [
        (Words((A, B)), Any((A, B))),
        (All((Words((A, B)), FILTER)), All((Any((A, B)), FILTER))),
        (Any((Words((A, B)), C)), Any((Any((A, B)), C))),
    ],
)
def test_bare_words_are_relaxed(tree, relaxed):
    assert relax(tree) == relaxed


@pytest.mark.parametrize("tree", [A, All((A, B)), Not(Words((A, B))), Filter(Words((A, B)))])
def test_a_tree_without_bare_words_that_score_is_not_relaxed(tree):
    assert relax(tree) is tree


@pytest.mark.parametrize(
    ("tree", "ranked"),
    [
        (A, True),
        (FILTER, False),
        (Filter(A, 100.0), True),
        (Not(A), False),
        (All((FILTER, Not(A))), False),
        (Any((FILTER, A)), True),
        (Boost(FILTER, 2.0), False),
    ],
)
def test_a_tree_is_ranked_if_a_part_scores(tree, ranked):
    assert is_ranked(tree) == ranked


def test_runs_of_words_are_as_typed():
    widened = Words((Any((A, Phrase("text", ("x", "y")))), B, Prefix("words", "c")))
    assert [*word_runs(All((widened, FILTER, Not(Words((B, C))))))] == [[A, B]]
    assert adjacent_words(widened) == Any((Phrase("text", ("a", "b")), Phrase("text", ("b", "a"))))
    assert adjacent_words(A) is None


@pytest.mark.parametrize(
    ("leaf", "fits", "others"),
    [
        (Prefix("words", "re"), ["re", "reform"], ["r", "are"]),
        (Wildcard("words", "r?f*"), ["ref", "rofl"], ["rf", "aref"]),
        (Wildcard("words", "[ab]c"), ["[ab]c"], ["ac", "bc"]),
        (Fuzzy("words", "reform"), ["reform", "refrom", "refor", "reforms"], ["refromm", "form"]),
        (Fuzzy("words", "reform", 2), ["refromm", "form"], ["for", "conform"]),
    ],
)
def test_a_leaf_matches_terms(leaf, fits, others):
    matches = leaf.matcher()
    assert [*filter(matches, [*fits, *others])] == fits


def test_every_node_can_be_a_key():
    nodes = [A, Has("date"), Range(0, None), Everything(), Nothing(), NESTED, Fuzzy("words", "abc")]
    assert len(dict.fromkeys([*nodes, *nodes])) == len(nodes)


def test_every_kind_of_leaf_is_known_as_one() -> None:
    parts = (All, Any, Not, Filter, Boost)
    assert {*get_args(tree.Tree)}.difference(parts) == {*get_args(tree.Leaf)}
    assert all(issubclass(kind, tree._Leaf) for kind in get_args(tree.Leaf))
    assert not any(issubclass(kind, tree._Leaf) for kind in parts)
