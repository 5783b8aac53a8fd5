"""Whole cables, in a tantivy index of their own: as they are stored, and how well each answers a query."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from tantivy import Document as Row
from tantivy import Occur, Query, Schema, SchemaBuilder

from ..cable import Cable
from .base import damage, unpack
from .shrinking import SAMPLE, Shrinker
from .table import Table, opened, some

FOLDER = "cables"  # below the paragraphs'
DICTIONARY = "dictionary"  # the file beside tantivy's
HEAP, THREADS = 150_000_000, 1  # few segments: each cable of the best is looked up in all of them


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("number", indexed=True, fast=True)
    builder.add_text_field("whole", tokenizer_name="whitespace", index_option="freq")
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


SCHEMA = _schema()


def number_of(id: str) -> int:
    """Give the number by which paragraphs know their cable; of a million cables hardly two share one."""
    return int.from_bytes(blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


class CableWriter:
    """Takes whole cables; the first ones wait until it is known what they have in common."""

    def __init__(self, folder: Path, *, fresh: bool) -> None:
        self._table = Table(SCHEMA, folder / FOLDER, fresh=fresh, heap=HEAP, threads=THREADS)
        self._shrinker = Shrinker(folder / FOLDER / DICTIONARY)
        self._waiting: list[tuple[bytes, Row]] = []
        self._room = SAMPLE  # bytes that may still wait

    def put(self, id: str, packed: bytes, terms: str) -> None:
        row = Row()
        row.add_text("id", id)
        row.add_integer("number", number_of(id))
        row.add_text("whole", terms)
        self._waiting.append((packed, row))
        self._room -= len(packed)
        if self._room <= 0:
            self._give()

    def _give(self) -> None:
        self._shrinker.learn([packed for packed, _ in self._waiting])
        for packed, row in self._waiting:
            row.add_bytes("stored", self._shrinker.shrink(packed))
        self._table.add(row for _, row in self._waiting)
        self._waiting.clear()
        self._room = 0

    def remove(self, ids: Iterable[str]) -> None:
        if self._waiting:
            self._give()
        for id in ids:
            self._table.delete("id", id)

    def commit(self) -> None:
        if self._waiting:
            self._give()
        self._table.commit()

    def discard(self) -> None:
        self._waiting.clear()
        self._table.discard()


class CableReader:
    """Gives cables, and scores them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shrinker = Shrinker(folder / FOLDER / DICTIONARY)
        index = opened(SCHEMA, folder / FOLDER)
        with damage(folder, ValueError):
            index.config_reader("manual")
            self._searcher: Any = index.searcher()

    def _search(self, query: Query, limit: int, **options: bool) -> Any:
        with damage(self._folder, ValueError):
            return self._searcher.search(query, limit, **options)

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def __iter__(self) -> Iterator[str]:
        """Give the ids, sorted."""
        return iter(sorted(id for id, _ in self._searcher.terms_with_prefix("id", "", Query.all_query())))

    def cable(self, id: str) -> Cable | None:
        hits = self._search(Query.term_query(SCHEMA, "id", id, "basic"), 1).hits
        if not hits:
            return None
        with damage(self._folder, ValueError):
            return unpack(self._shrinker.restore(bytes(self._searcher.doc(hits[0][1]).get_first("stored"))))

    def scores(self, numbers: Collection[int], terms: Iterable[str]) -> dict[int, float]:
        """Give what some cables, by their numbers, score for terms."""
        among = some(SCHEMA, "number", numbers)
        asked = [(Occur.Should, Query.term_query(SCHEMA, "whole", term, "freq")) for term in terms]
        hits = self._search(
            Query.boolean_query([(Occur.Must, among), *asked]), max(len(numbers), 1), count=False
        ).hits
        found = self._searcher.fast_field_values("number", [address for _, address in hits])
        return {number: score for number, (score, _) in zip(found, hits, strict=True)}
