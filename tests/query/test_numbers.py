"""Intervals of whole numbers."""

from __future__ import annotations

import pytest

from cablesearch.errors import QueryError
from cablesearch.query.query import parse
from cablesearch.query.tree import Between, Filter


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("5", 5, 6),
        ("=5", 5, 6),
        (">=5", 5, None),
        (">5", 6, None),
        ("<=5", None, 6),
        ("<5", None, 5),
        ("5..10", 5, 11),
        ("5..", 5, None),
        ("..10", None, 11),
        ("0", 0, 1),
        ("*", 1, None),
        ("9" * 30, 10**9, 10**9 + 1),
    ],
)
@pytest.mark.parametrize("name", ["length", "cited"])
def test_a_number_or_an_interval(name: str, typed: str, start: int | None, end: int | None) -> None:
    assert parse(f"{name}:{typed}").tree == Filter(Between(name, start, end))


@pytest.mark.parametrize("typed", ["five", "5..x", "10..5", "..", ">", "-5", "5-10", "<0", "5~1", "?"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(QueryError, match="length"):
        parse(f"length:{typed}")


@pytest.mark.parametrize(
    ("query", "described"),
    [
        ("length:>=1000", "length: 1,000 or more words"),
        ("length:5", "length: 5 words"),
        ("cited:..3", "cited: 0 to 3 other cables cite it"),
    ],
)
def test_numbers_in_plain_words(query: str, described: str) -> None:
    assert parse(query).describe()[1] == f"  {described}"
