"""What tantivy keeps of a paragraph.

Its `place` is its cable's id and its ordinal; `tie_key`, by which equal ones are sorted, begins with the
number of its `cable`. What has neither order nor score is one column, `facts`: the terms of keywords, which
columns have terms, the facets as they are shown, the cable's id.
"""

from __future__ import annotations

from functools import lru_cache

from tantivy import Schema, SchemaBuilder

from ...query.fields import FACETS
from ..documents import CACHED_VALUES, COLUMNS, POSITIONED

TEXTS = (*sorted(POSITIONED), "words")  # the columns that are fields of tantivy's; the others are facts

CABLE, FACET, HAS, LACKS = "cable", "facet_", "has", "lacks"  # the facts that are not of a column
USUAL = frozenset(("words", "text", "subject", "origin", "classification", "marking", "tag", "id"))

# Facets of no more values than tantivy counts in one pass, some 65,000, and the fields of tantivy's for them;
# the others are counted value by value.
COUNTED_FACETS = {field: FACET + field for field in FACETS if field != "person"}

SPACE = "\x1e"  # in facts, for a space


def _schema() -> Schema:
    builder = SchemaBuilder()
    for column in TEXTS:
        kept = "position" if column in POSITIONED else "basic"
        builder.add_text_field(column, tokenizer_name="whitespace", index_option=kept)
    builder.add_text_field("facts", tokenizer_name="whitespace", index_option="basic")
    builder.add_bytes_field("place", stored=True)
    for field in COUNTED_FACETS.values():
        builder.add_text_field(field, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("cable", indexed=True)
    builder.add_integer_field("tie_key", fast=True)
    builder.add_integer_field("paragraphs", fast=True)
    builder.add_integer_field("date", fast=True)
    return builder.build()


SCHEMA = _schema()


_KINDS = (CABLE, HAS, LACKS, *COLUMNS, *(FACET + field for field in FACETS if field not in COUNTED_FACETS))
_SIGNS = {kind: chr(ord("A") + place) for place, kind in enumerate(_KINDS)}  # short: facts are many


def fact(kind: str, value: str) -> str:
    """Return a fact as one term, in which there is no space."""
    return _SIGNS[kind] + value.replace(" ", SPACE)


@lru_cache(CACHED_VALUES)
def presence(columns: tuple[str, ...]) -> str:
    """Return the facts that say which columns have terms: those that are unusual."""
    has = (fact(HAS, column) for column in columns if column not in USUAL)
    return " ".join((*has, *(fact(LACKS, column) for column in USUAL.difference(columns))))


def field_of(column: str, term: str) -> tuple[str, str]:
    """Return where a term of a column is in tantivy: its field, and what it is there."""
    return (column, term) if column in TEXTS else ("facts", fact(column, term))
