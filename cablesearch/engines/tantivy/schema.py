"""The tantivy schema: what tantivy keeps of a paragraph.

`place` is the cable's id and the paragraph's ordinal (`places`); `tie_key`, by which ties are sorted, begins
with the number in `cable`. Everything that needs neither order nor scores shares one field, `facts`: the
terms of keyword columns, which columns have terms.
"""

from __future__ import annotations

from functools import lru_cache

from tantivy import Schema, SchemaBuilder

from ...query.fields import FACETS
from ..documents import CACHED_VALUES, COLUMNS, POSITIONED, SCORED, TEXTS
from .index import trimmed

_TEXTS = frozenset(TEXTS)  # the columns that are tantivy fields; the others are facts

HAS, LACKS = "has", "lacks"  # kinds of facts that are not columns
# Columns that usually have terms: the fact is that one lacks them.
USUAL = frozenset(
    (
        *("words", "text", "subject", "origin", "classification", "marking", "tag", "id"),
        *("country", "station", "format", "collection", "from", "to"),
    )
)

# Columns of which nobody asks whether a paragraph has terms in them.
UNASKED = frozenset(("sounds", "who", "named", "joined", "references"))

# The tantivy fields by which facets are counted.
COUNTED_FACETS = {field: f"facet_{field}" for field in FACETS}

SPACE = "\x1e"  # replaces a space in a fact


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
    builder.add_integer_field("length", fast=True)
    return trimmed(builder.build(), SCORED)


SCHEMA = _schema()


_KINDS = (HAS, LACKS, *COLUMNS)
_SIGNS = {
    kind: chr(ord("A") + place) for place, kind in enumerate(_KINDS)
}  # one letter, because there are many facts


def fact(kind: str, value: str) -> str:
    """Return a fact as one term without spaces."""
    return _SIGNS[kind] + value.replace(" ", SPACE)


def facts_of(column: str, terms: str) -> str:
    """Return the facts that the terms of a column are, separated by spaces as these are."""
    sign = _SIGNS[column]
    return sign + f" {sign}".join(terms.split())


@lru_cache(CACHED_VALUES)
def presence_facts(columns: tuple[str, ...]) -> str:
    """Return the facts that say which columns have terms, as far as that is unusual."""
    has = (fact(HAS, column) for column in columns if column not in USUAL | UNASKED)
    return " ".join((*has, *(fact(LACKS, column) for column in USUAL.difference(columns))))


def field_of(column: str, term: str) -> tuple[str, str]:
    """Return the tantivy field in which a term of a column is indexed, and the term as it is there."""
    return (column, term) if column in _TEXTS else ("facts", fact(column, term))
