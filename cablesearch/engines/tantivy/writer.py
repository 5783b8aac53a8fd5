"""Writes paragraphs and cables to tantivy."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from ..contract import Writer
from ..documents import BETWEEN, BREAK, CACHED_VALUES, GAP, TEXTS, Columns, Document
from ..scoring import ORDINAL_BITS, tie_key
from .compile import cables_query
from .index import WritableIndex
from .places import stored_place
from .schema import COUNTED_FACETS, SCHEMA, fact, presence_facts
from .store import CableWriter

# 800 MB give few segments; reranking searches in each of them.
HEAP, THREADS = 800_000_000, 1

Fields: TypeAlias = "dict[str, object]"

# What separates two values: one token, so that it counts as one term, which takes so many places. As a list,
# which is read in less time: where its text begins and ends, its place, its text, its places.
_GAP = {"text": BREAK, "tokens": [(0, 1, 0, BREAK, GAP)]}


class TantivyWriter(Writer):
    def __init__(self, folder: Path, *, fresh: bool) -> None:
        self._paragraphs = WritableIndex(SCHEMA, folder, fresh=fresh, heap=HEAP, threads=THREADS)
        self._cables = CableWriter(folder, fresh=fresh)

    @staticmethod
    def rows(documents: Iterable[Document]) -> Sequence[bytes]:
        from orjson import dumps

        paragraphs = list(documents)
        whole = _facts_and_fields(paragraphs[0].whole) if paragraphs else ([], {})
        return [dumps(_row(paragraph, len(paragraphs), *whole)) for paragraph in paragraphs]

    def put(self, id: str, packed: bytes, rows: Sequence[bytes]) -> None:
        self._paragraphs.begin()
        self._cables.put(id, packed)
        self._paragraphs.add_json(rows)

    def remove(self, ids: Iterable[str]) -> None:
        gone = list(ids)
        self._cables.remove(gone)
        if gone:
            self._paragraphs.delete(cables_query(gone))

    def commit(self) -> None:
        self._cables.commit()
        self._paragraphs.commit()

    def discard(self) -> None:
        self._cables.discard()
        self._paragraphs.discard()


def _row(document: Document, paragraphs: int, facts: list[str], fields: Fields) -> dict[str, object]:
    """Return a paragraph as an object that tantivy reads from JSON, with bytes in base 64.

    Args:
        paragraphs: how many its cable has.
        facts: the facts that all of them share.
        fields: the fields that all of them share.
    """
    own_facts, own_fields = _facts_and_fields(document.own)
    key = tie_key(document.cable, document.ordinal)
    row: dict[str, object] = {
        "facts": " ".join(
            (
                presence_facts((*document.own.terms, *document.whole.terms)),
                *facts,
                *own_facts,
            )
        ),
        "tie_key": key,
        "cable": key >> ORDINAL_BITS,
        "paragraphs": paragraphs,
        "length": document.length,
        **fields,
        **own_fields,
    }
    if document.date is not None:
        row["date"] = document.date
    if place := stored_place(document.cable, document.ordinal):
        row["place"] = b64encode(place).decode()
    return row


def _facts_and_fields(columns: Columns) -> tuple[list[str], Fields]:
    facts: list[str] = []
    fields: Fields = {}
    for column, terms in columns.terms.items():
        if column in TEXTS:
            fields[column] = _with_gaps(terms) if BREAK in terms else terms
        else:
            facts.append(_term_facts(column, terms))
    for field, values in columns.facets.items():
        if field in COUNTED_FACETS:
            fields[COUNTED_FACETS[field]] = values
    return facts, fields


def _with_gaps(terms: str) -> list[object]:
    """Return the values that terms are separated into, with a gap between each two."""
    values: list[object] = []
    for value in terms.split(BETWEEN):
        values += (value, _GAP)
    return values[:-1]


@lru_cache(CACHED_VALUES)
def _term_facts(column: str, terms: str) -> str:
    return " ".join(fact(column, term) for term in terms.split())
