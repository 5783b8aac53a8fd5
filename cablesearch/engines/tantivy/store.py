"""The store of whole cables, a tantivy index of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from pathlib import Path

from orjson import JSONDecodeError, loads
from tantivy import Document as Row
from tantivy import Query, Schema, SchemaBuilder

from ...model.cable import Cable
from ..contract import Member
from ..storage import restore, unpack
from .compression import SAMPLE_BYTES, CableCompressor
from .index import IndexReader, WritableIndex, trimmed

FOLDER = "cables"  # inside the folder of the paragraphs
DICTIONARY = "dictionary"  # a file beside tantivy's own
HEAP, THREADS = 50_000_000, 1  # bytes


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("stored", stored=True)
    return trimmed(builder.build())


SCHEMA = _schema()


class CableWriter:
    """Stores whole cables; the first ones wait until there are enough to make a dictionary from."""

    def __init__(self, folder: Path, *, fresh: bool) -> None:
        self._index = WritableIndex(SCHEMA, folder / FOLDER, fresh=fresh, heap=HEAP, threads=THREADS)
        self._compressor = CableCompressor(folder / FOLDER / DICTIONARY)
        self._waiting: list[tuple[bytes, Row]] = []
        self._room = SAMPLE_BYTES  # bytes left until the waiting cables are written

    def put(self, id: str, packed: bytes) -> None:
        row = Row()
        row.add_text("id", id)
        self._waiting.append((packed, row))
        self._room -= len(packed)
        if self._room <= 0:
            self._flush()

    def _flush(self) -> None:
        self._compressor.learn([packed for packed, _ in self._waiting])
        for packed, row in self._waiting:
            row.add_bytes("stored", self._compressor.compress(packed))
        self._index.add(row for _, row in self._waiting)
        self._waiting.clear()
        self._room = 0

    def remove(self, ids: Iterable[str]) -> None:
        if self._waiting:
            self._flush()
        for id in ids:
            self._index.delete(Query.term_query(SCHEMA, "id", id, "basic"))

    def commit(self) -> None:
        if self._waiting:
            self._flush()
        self._index.commit()

    def discard(self) -> None:
        self._waiting.clear()
        self._index.discard()


class CableReader:
    """Reads whole cables.

    Args:
        without: the ids of those that are left out.
    """

    def __init__(self, folder: Path, without: frozenset[str] = frozenset()) -> None:
        self._compressor = CableCompressor(folder / FOLDER / DICTIONARY)
        self._index = IndexReader(SCHEMA, folder / FOLDER)
        self._without = without

    def __len__(self) -> int:
        return len(self._index) - len(self._without)

    def __iter__(self) -> Iterator[str]:
        """Yield the ids of all cables, sorted."""
        ids = (id for id, _ in self._index.terms("id", "", Query.all_query()))
        return iter(sorted(id for id in ids if id not in self._without))

    def cable(self, id: str) -> Cable | None:
        if id in self._without:
            return None
        hits = self._index.best(Query.term_query(SCHEMA, "id", id, "basic"), 1)
        if not hits:
            return None
        [stored] = self._index.stored("stored", [hits[0][1]])
        packed = self._compressor.decompress(stored)
        try:
            return restore(loads(packed))  # in two thirds of the time
        except JSONDecodeError:  # half a character
            return unpack(packed)


class CablesTogether:
    """Reads the cables of several indexes."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._readers = [CableReader(member.folder, member.without) for member in members]

    def __len__(self) -> int:
        return sum(map(len, self._readers))

    def __iter__(self) -> Iterator[str]:
        """Yield the ids of all cables, sorted."""
        return merge(*self._readers)

    def cable(self, id: str) -> Cable | None:
        found = (reader.cable(id) for reader in self._readers)
        return next((cable for cable in found if cable), None)
