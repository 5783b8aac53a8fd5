"""Whole cables as they are stored, in a tantivy index of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tantivy import Document as Row
from tantivy import Query, Schema, SchemaBuilder

from ...model.cable import Cable
from ..contract import damage, unpack
from .compression import SAMPLE, Shrinker
from .index import Table, opened

FOLDER = "cables"  # below the paragraphs'
DICTIONARY = "dictionary"  # the file beside tantivy's
HEAP, THREADS = 50_000_000, 1


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


SCHEMA = _schema()


class CableWriter:
    """Takes whole cables; the first ones wait until it is known what they have in common."""

    def __init__(self, folder: Path, *, fresh: bool) -> None:
        self._table = Table(SCHEMA, folder / FOLDER, fresh=fresh, heap=HEAP, threads=THREADS)
        self._shrinker = Shrinker(folder / FOLDER / DICTIONARY)
        self._waiting: list[tuple[bytes, Row]] = []
        self._room = SAMPLE  # bytes that may still wait

    def put(self, id: str, packed: bytes) -> None:
        row = Row()
        row.add_text("id", id)
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
    """Gives cables."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shrinker = Shrinker(folder / FOLDER / DICTIONARY)
        index = opened(SCHEMA, folder / FOLDER)
        with damage(folder, ValueError):
            index.config_reader("manual")
            self._searcher: Any = index.searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def __iter__(self) -> Iterator[str]:
        """Give the ids, sorted."""
        return iter(sorted(id for id, _ in self._searcher.terms_with_prefix("id", "", Query.all_query())))

    def cable(self, id: str) -> Cable | None:
        with damage(self._folder, ValueError):
            hits = self._searcher.search(Query.term_query(SCHEMA, "id", id, "basic"), 1, count=False).hits
            if not hits:
                return None
            return unpack(self._shrinker.restore(bytes(self._searcher.doc(hits[0][1]).get_first("stored"))))
