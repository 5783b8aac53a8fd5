"""Abbreviations that a drafter gives a name."""

import pytest

from cablesearch.people.abbreviation import given, uses
from cablesearch.people.names import Found


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
    """All of a name's first letters, or those of its beginning, particles and parts with hyphens too."""
    raw = [*name.split(), mark]
    assert given(raw, [Found(0, len(raw) - 1, name)]) == {short: name}


@pytest.mark.parametrize("mark", ["(PDP)", "(protect)", "(K)", "said"])
def test_other_words_in_parentheses_are_none(mark):
    """A party, a request or a letter after a name abbreviates something else."""
    raw = ["Karim", "Masimov", mark]
    assert given(raw, [Found(0, 2, "Karim Masimov")]) == {}


def test_each_use_is_found():
    """An abbreviation is a name wherever it stands alone."""
    raw = ["Kim", "Jong-il", "(KJI)", "met", "KJI's", "son", "KJIX"]
    taken = [Found(0, 2, "Kim Jong-il")]
    assert uses(raw, ["KJI"], taken) == [Found(2, 3, "KJI"), Found(4, 5, "KJI")]
