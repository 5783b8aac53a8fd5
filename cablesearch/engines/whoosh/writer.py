"""Writes cables to Whoosh."""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import chain

from whoosh.codec.base import Segment
from whoosh.index import FileIndex, LockError
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from ...errors import LockedError
from ..contract import Writer
from ..documents import COLUMNS, Document
from .schema import UNDATED, postings

HEAP_MB = 256  # in which Whoosh collects postings


class WhooshWriter(Writer):
    def __init__(self, index: FileIndex) -> None:
        self._index = index
        self._open: SegmentWriter | None = None  # until its commit
        self._added: dict[str, int] = {}

    @property
    def _writer(self) -> SegmentWriter:
        if self._open is None:
            try:
                writer = self._index.writer(limitmb=HEAP_MB)
            except LockError as error:
                raise LockedError("another build is writing this index: wait for it") from error
            assert isinstance(writer, SegmentWriter)
            self._open = writer
        return self._open

    def put(self, id: str, packed: bytes, rows: Sequence[Document]) -> None:
        terms = [paragraph.terms for paragraph in rows]
        measures = chain.from_iterable(map(_measures, rows))
        self._added[id] = self._writer.doc_count()
        self._writer.add_document(
            **{column: [of_one.get(column, "") for of_one in terms] for column in COLUMNS},
            cable=id,
            measures=zlib.compress(array("q", measures).tobytes()),
            facets=json.dumps([p.facets for p in rows]).encode(),
            stored=zlib.compress(packed, 1),
        )

    def remove(self, ids: Iterable[str]) -> None:
        with closing(self._writer.reader()) as reader:
            for id in ids:
                for number, _ in postings(reader, "cable", id):
                    self._writer.delete_document(number)
                if id in self._added:
                    self._writer.get_segment().delete_document(self._added.pop(id))

    def commit(self) -> None:
        if self._open is not None:
            self._open.commit(mergetype=_merge_smaller)
        self._open, self._added = None, {}

    def discard(self) -> None:
        if self._open is not None:
            self._open.cancel()
        self._open, self._added = None, {}


def _measures(paragraph: Document) -> list[int]:
    terms = paragraph.terms
    counts = [len(terms.get(column, "").split()) for column in COLUMNS]
    return [*counts, paragraph.length, UNDATED if paragraph.date is None else paragraph.date]


def _merge_smaller(writer: SegmentWriter, segments: list[Segment]) -> list[Segment]:
    """Merge the segments that hold no more than what is written after them, so that there are few."""
    kept, written = [], writer.doc_count()
    for segment in sorted(segments, key=_live_count):
        if _live_count(segment) > written:
            kept.append(segment)
            continue
        written += _live_count(segment)
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return kept


def _live_count(segment: Segment) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())
