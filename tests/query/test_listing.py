"""Questions for the values of a field."""

from __future__ import annotations

import pytest

from cablesearch.errors import QueryError
from cablesearch.query.listing import split_listing
from cablesearch.query.query import parse


@pytest.mark.parametrize(
    ("query", "rest", "fields"),
    [
        ("origin:?", "", ("origin",)),
        ("reform  origin:? Tag:?", "reform", ("origin", "tag")),
        ("origin:? reform origin:?", "reform", ("origin",)),
        ("reform  origin:Astana", "reform  origin:Astana", ()),
        ('"ask origin:? there"', '"ask origin:? there"', ()),
        ("origin:?stana", "origin:?stana", ()),
        ("why?", "why?", ()),
    ],
)
def test_the_fields_that_are_asked_for(query: str, rest: str, fields: tuple[str, ...]) -> None:
    assert split_listing(query) == (rest, fields)


@pytest.mark.parametrize(
    ("query", "message"),
    [("reform text:?", "values of text are not listed"), ("orgin:?", "did you mean origin")],
)
def test_other_fields_are_refused(query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        split_listing(query)


def test_elsewhere_such_a_question_is_refused() -> None:
    with pytest.raises(QueryError, match="cablesearch 'origin:\\?'"):
        parse("origin:?")
