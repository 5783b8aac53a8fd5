"""Clauses are added to a query text and taken out of it, and the query still means what it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablesearch import QueryError, open_index
from cablesearch.web.narrowing import (
    clauses,
    exclude,
    include,
    included,
    remove,
    replace,
    without_clause,
    without_field,
)


@pytest.mark.parametrize(
    ("query", "field", "value", "narrowed"),
    [
        ("salt", "kind", "comment", 'salt kind:"comment"'),
        ("*", "kind", "comment", 'kind:"comment"'),
        ("", "origin", "Mission Ostrel", 'origin:"Mission Ostrel"'),
        ('salt kind:"action"', "kind", "comment", 'salt kind:("action" OR "comment")'),
        (
            'kind:("action" OR "comment") salt',
            "kind",
            "summary",
            'salt kind:("action" OR "comment" OR "summary")',
        ),
        ('salt kind:"comment"', "kind", "comment", 'salt kind:"comment"'),
        ('salt NOT kind:"action"', "kind", "comment", 'salt NOT kind:"action" kind:"comment"'),
        ("salt", "date", "2007", "salt date:2007"),
        ("salt date:2006", "date", "2007", "salt date:2006,2007"),
        ("salt date:2006-01..2006-03", "date", "2007", "salt date:2007"),
        ("salt", "tag", 'OVIP "X"', 'salt tag:"OVIP  X "'),
    ],
)
def test_a_value_is_included(query: str, field: str, value: str, narrowed: str) -> None:
    assert include(query, field, value) == narrowed


@pytest.mark.parametrize(
    ("query", "without"),
    [
        ('salt kind:"comment"', "salt"),
        ('salt NOT kind:"comment" fish', "salt fish"),
        ('salt kind:("action" OR "comment")', 'salt kind:"action"'),
        ("salt kind:comment", "salt"),
        ("salt", "salt"),
        ('salt AND kind:"comment"', 'salt AND kind:"comment"'),
        ('(salt kind:"comment")', '(salt kind:"comment")'),
        ('"kind:comment"', '"kind:comment"'),
    ],
)
def test_a_value_is_taken_out(query: str, without: str) -> None:
    assert remove(query, "kind", "comment") == without


def test_a_value_is_excluded_instead_of_included() -> None:
    assert (
        exclude('salt kind:("action" OR "comment")', "kind", "comment")
        == 'salt kind:"action" NOT kind:"comment"'
    )
    assert exclude("salt", "date", "2007") == "salt NOT date:2007"


def test_a_period_replaces_another_one() -> None:
    assert replace("salt date:2006,2007 fish", "date", "2007-01") == "salt fish date:2007-01"
    assert without_field("salt date:>=2007 fish", "date") == "salt fish"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('a origin:"X Y" NOT tag:PGOV', [("origin", ("X Y",), False), ("tag", ("PGOV",), True)]),
        ('origin:("X" OR "Y Z")', [("origin", ("X", "Y Z"), False)]),
        ("origin:X,Y", [("origin", ("X", "Y"), False)]),
        ("ORIGIN:X", [("origin", ("X",), False)]),
        ("a OR origin:X", []),
        ("origin:X OR a", []),
        ("NOT origin:X AND a", []),
        ("origin:X w/5 a", []),
        ("a -origin:X", []),
        ('origin:"X', []),
        ("origin:X)", []),
        ("“origin:X”", []),
        ("origin:“X Y”", [("origin", ("X Y",), False)]),
        ("", []),
    ],
)
def test_clauses_that_stand_alone_are_found(
    query: str, found: list[tuple[str, tuple[str, ...], bool]]
) -> None:
    assert [(one.field, one.values, one.excluded) for one in clauses(query)] == found


def test_a_clause_is_taken_out_where_it_stands() -> None:
    query = 'a NOT origin:"X" b origin:"Y"'
    assert [without_clause(query, one) for one in clauses(query)] == ['a b origin:"Y"', 'a NOT origin:"X" b']
    assert included(query, "origin") == ("Y",)


QUERIES = (
    "salt", "salt fish", "salt OR fish", "salt AND fish", "price NOT fish", '"price of salt"', "NOT fish",
    "(salt OR fish) reform", "+salt fish", "salt NEAR/9 price", "sal*", "fish kind:comment", "07TEZGARA5",
    "*",
)  # fmt: skip
VALUES = {"origin": "Embassy Tezgara", "classification": "CONFIDENTIAL", "marking": "S/NF", "kind": "comment"}


@pytest.mark.parametrize("field", VALUES)
@pytest.mark.parametrize("query", QUERIES)
def test_a_narrowed_query_finds_what_a_filter_finds(index: Path, query: str, field: str) -> None:
    """Whatever the query is, and however its operators bind."""
    value = VALUES[field]
    with open_index(index) as cables:
        every = cables.count(query)
        kept = cables.count(query, {field: value})
        assert cables.count(include(query, field, value)) == kept
        if field not in query:
            assert cables.count(exclude(query, field, value)) == every - kept


def test_clauses_in_any_text_are_found_without_an_error(index: Path) -> None:
    """In linear time, and what is taken out leaves a query that can be read if it was one before."""
    with open_index(index) as cables:
        for query in ('a:"b" ' * 500, "((((" * 500, '"' * 999, "NOT " * 900, 'origin:("a" OR ' * 200):
            for one in clauses(query):
                without_clause(query, one)
        for query in QUERIES:
            for one in clauses(query):
                try:
                    cables.count(without_clause(query, one) or "*")
                except QueryError as error:
                    raise AssertionError(query) from error
