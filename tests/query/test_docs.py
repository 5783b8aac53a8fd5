"""docs/query-language.md agrees with the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cablesearch.errors import QueryError
from cablesearch.query import clauses, grammar
from cablesearch.query.fields import FIELDS
from cablesearch.query.query import MAX_QUERY_CHARS, parse

DOCUMENT = (Path(__file__).parents[2] / "docs" / "query-language.md").read_text("utf-8")
ROWS = re.findall(r"^\| (`.+?) \|", DOCUMENT, re.MULTILINE)


def test_the_table_of_fields_is_the_declaration() -> None:
    rows = [f"| `{field.name}` | {field.help} | `{field.example}` |" for field in FIELDS]
    assert "\n".join(["| field | finds | for example |", "|---|---|---|", *rows, ""]) in DOCUMENT


@pytest.mark.parametrize("query", [query for row in ROWS for query in re.findall(r"`(.+?)`", row)])
def test_every_query_in_the_tables_is_valid(query: str) -> None:
    assert parse(query if query not in {field.name for field in FIELDS} else f"{query}:*").describe()


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_example_of_a_field_is_valid(field: object) -> None:
    assert parse(field.example).describe()  # type: ignore[attr-defined]


def test_the_limits_are_those_of_the_code() -> None:
    query = f"{MAX_QUERY_CHARS:,} characters, {grammar.MAX_VALUES} words and values"
    phrase = f"a phrase of {clauses.MAX_PHRASE_WORDS} words, {grammar.MAX_DEPTH} parentheses"
    assert f"{query}, {phrase}" in DOCUMENT


def test_queries_documented_as_refused_are_refused() -> None:
    for query in ("date:07-01-08", "date:6-7-2007", 'date:"winter 2007"', "Re:visit"):
        with pytest.raises(QueryError):
            parse(query)
