"""Writes paragraphs and cables to tantivy."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from ..contract import Writer
from ..documents import BETWEEN, BREAK, GAP, TEXTS, Columns, Document
from ..scoring import ORDINAL_BITS, tie_key
from .compile import cables_query
from .index import WritableIndex
from .places import stored_place
from .schema import COUNTED_FACETS, SCHEMA, facts_of, presence_facts
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
        if not paragraphs:
            return []
        facts, shared = _shared_by(paragraphs)
        begun = dumps(shared)[:-1]  # of each row: all its fields but the paragraph's own
        return [b"%b,%b" % (begun, dumps(_own(paragraph, facts))[1:]) for paragraph in paragraphs]

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


def _shared_by(paragraphs: Sequence[Document]) -> tuple[list[str], Fields]:
    """Return the facts and the fields that all paragraphs of a cable share."""
    first = paragraphs[0]
    facts, fields = _facts_and_fields(first.whole)
    fields["cable"] = tie_key(first.cable, 0) >> ORDINAL_BITS
    fields["paragraphs"] = len(paragraphs)
    if first.date is not None:
        fields["date"] = first.date
    return facts, fields


def _own(document: Document, facts: Iterable[str]) -> Fields:
    """Return the fields of a paragraph alone, as tantivy reads them from JSON, with bytes in base 64.

    Args:
        facts: those that all paragraphs of its cable share.
    """
    own_facts, fields = _facts_and_fields(document.own)
    presence = presence_facts((*document.own.terms, *document.whole.terms))
    fields["facts"] = " ".join((presence, *facts, *own_facts))
    fields["tie_key"] = tie_key(document.cable, document.ordinal)
    fields["length"] = document.length
    if place := stored_place(document.cable, document.ordinal):
        fields["place"] = b64encode(place).decode()
    return fields


def _facts_and_fields(columns: Columns) -> tuple[list[str], Fields]:
    facts: list[str] = []
    fields: Fields = {}
    for column, terms in columns.terms.items():
        if column in TEXTS:
            fields[column] = _with_gaps(terms) if BREAK in terms else terms
        else:
            facts.append(facts_of(column, terms))
    for field, values in columns.facets.items():
        if field in COUNTED_FACETS:
            fields[COUNTED_FACETS[field]] = values
    return facts, fields


def _with_gaps(terms: str) -> list[object]:
    """Return the values that terms are separated into, with a gap between each two."""
    values = terms.split(BETWEEN)
    parted: list[object] = [_GAP] * (2 * len(values) - 1)
    parted[::2] = values
    return parted
