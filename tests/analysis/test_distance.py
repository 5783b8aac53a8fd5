"""The edit distance between two words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablesearch.analysis.distance import are_near, edit_distance


@pytest.mark.parametrize(
    ("a", "b", "edits"),
    [
        ("", "", 0),
        ("reform", "reform", 0),
        ("", "abc", 3),
        ("reform", "reforms", 1),
        ("masimov", "massimov", 1),
        ("nazarbayev", "nazarbaev", 1),
        ("reform", "rephorm", 2),
        ("reform", "refrom", 1),
        ("ab", "ba", 1),
        ("ca", "abc", 3),  # 2 if a character might be edited twice
        ("kitten", "sitting", 3),
        ("élysée", "elysee", 2),
        ("москва", "москвы", 1),
        ("abcd", "badc", 2),
    ],
)
def test_edits_are_insertions_deletions_replacements_and_swaps(a, b, edits):
    assert edit_distance(a, b, 9) == edit_distance(b, a, 9) == edits


@pytest.mark.parametrize(("limit", "edits"), [(0, 1), (1, 2), (2, 3), (3, 3), (4, 3)])
def test_beyond_the_limit_it_is_one_more_than_the_limit(limit, edits):
    assert edit_distance("kitten", "sitting", limit) == edits


def naive(a: str, b: str) -> int:
    """Follow the definition: the fewest edits at the ends of the two words, and those before them."""
    if not a or not b:
        return len(a) + len(b)
    ways = [naive(a[:-1], b) + 1, naive(a, b[:-1]) + 1, naive(a[:-1], b[:-1]) + (a[-1] != b[-1])]
    if len(a) > 1 and len(b) > 1 and a[-2:] == b[:-3:-1]:
        ways.append(naive(a[:-2], b[:-2]) + 1)
    return min(ways)


@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.integers(0, 7))
def test_it_is_the_fewest_edits_that_the_definition_allows(a, b, limit):
    assert edit_distance(a, b, limit) == min(naive(a, b), limit + 1)


@given(st.text("abcdé", max_size=9), st.text("abcdé", max_size=9), st.integers(0, 3))
def test_words_are_near_if_few_edits_lie_between_them(a, b, limit):
    assert are_near(a, b, limit) == (edit_distance(a, b, 99) <= limit)


def test_long_words_are_compared():
    """Longer than the bits of a machine word, and with letters that share a bit."""
    assert edit_distance("ab" * 100, "ba" * 100, 9) == 2
    assert edit_distance("x" * 300, "x" * 299 + "y", 2) == 1
    assert are_near("Aa\u0101", "Aa\u0141", 1)
