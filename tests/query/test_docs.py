"""docs/query-language.md tells what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cablesearch.errors import QueryError
from cablesearch.query import MAX_QUERY_CHARS, clauses, grammar, parse
from cablesearch.query.fields import FIELDS

DOCUMENT = (Path(__file__).parents[2] / "docs" / "query-language.md").read_text("utf-8")
ROWS = re.findall(r"^\| (`.+?) \|", DOCUMENT, re.MULTILINE)


def test_the_table_of_fields_is_the_declaration() -> None:
    rows = [f"| `{field.name}` | {field.help} | `{field.example}` |" for field in FIELDS]
    assert "\n".join(["| field | finds | for example |", "|---|---|---|", *rows, ""]) in DOCUMENT


@pytest.mark.parametrize("query", [query for row in ROWS for query in re.findall(r"`(.+?)`", row)])
def test_every_query_in_the_tables_can_be_asked(query: str) -> None:
    assert parse(query if query not in {field.name for field in FIELDS} else f"{query}:*").describe()


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_example_of_a_field_can_be_asked(field: object) -> None:
    assert parse(field.example).describe()  # type: ignore[attr-defined]


def test_the_bounds_are_those_of_the_code() -> None:
    most = f"{MAX_QUERY_CHARS:,} characters, {grammar.MAX_VALUES} words and values"
    phrase = f"a phrase of {clauses.MAX_PHRASE_WORDS} words, {grammar.MAX_DEPTH} parentheses"
    assert f"{most}, {phrase}" in DOCUMENT


def test_what_is_refused_is_refused() -> None:
    for query in ("date:07-01-08", "Re:visit"):
        with pytest.raises(QueryError):
            parse(query)
