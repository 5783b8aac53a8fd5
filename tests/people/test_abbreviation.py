"""Abbreviations that a drafter gives a name."""

import pytest

from cablesearch.people.abbreviation import find_abbreviations, find_uses
from cablesearch.people.names import NameSpan


@pytest.mark.parametrize(
    ("name", "mark", "short"),
    [
        ("Abdullah bin Zayed", "(AbZ)", "AbZ"),
        ("Abdullah bin Zayed Al Nahyan", "(AbZ),", "AbZ"),
        ("Kim Jong-il", "(KJI).", "KJI"),
        ("Ahmed Wali Karzai", '("AWK")', "AWK"),
    ],
)
def test_first_letters_in_parentheses_are_an_abbreviation(name, mark, short):
    """All initials of a name, or those of its beginning, of particles and hyphenated parts too."""
    raw = [*name.split(), mark]
    assert find_abbreviations(raw, [NameSpan(0, len(raw) - 1, name)]) == {short: name}


@pytest.mark.parametrize("mark", ["(PDP)", "(protect)", "(K)", "said"])
def test_other_words_in_parentheses_are_no_abbreviations(mark):
    """A party, a request or a letter after a name does not abbreviate it."""
    raw = ["Karim", "Masimov", mark]
    assert find_abbreviations(raw, [NameSpan(0, 2, "Karim Masimov")]) == {}


def test_each_use_is_found():
    """An abbreviation is found as a word by itself, outside the names found already."""
    raw = ["Kim", "Jong-il", "(KJI)", "met", "KJI's", "son", "KJIX"]
    taken = [NameSpan(0, 2, "Kim Jong-il")]
    assert find_uses(raw, ["KJI"], taken) == [NameSpan(2, 3, "KJI"), NameSpan(4, 5, "KJI")]
