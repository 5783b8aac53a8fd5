"""A tantivy index in a folder, for reading and for writing; tantivy's errors are turned into ours."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from tantivy import DocAddress, Index, IndexWriter, Order, Query, Schema
from tantivy import Document as Row

from ...errors import LockedError
from ..deadline import check_deadline
from ..temporary import temporary_folder
from .views import META, Rows, Segments

MAX_ARENAS = 2
_M_ARENA_MAX = -8  # in glibc's malloc.h

Hit: TypeAlias = tuple[float, DocAddress]  # the score, or the value that is sorted by, and the row's address


def trimmed(schema: Schema, scored: Container[str] = ()) -> Schema:
    """Return a schema without what tantivy's builder adds unasked.

    A text column is counted, not searched, so it needs no postings; a field that is not scored needs no
    lengths, which take a byte a row. The builder cannot say so, a pickled schema can.
    """
    reduced = schema.__reduce__()
    assert isinstance(reduced, tuple)
    rebuild, (described,) = reduced
    for field in described["inner"]:
        options = field["options"]
        if indexing := options.get("indexing"):
            indexing["fieldnorms"] = field["name"] in scored
            if options["fast"]:
                del options["indexing"]
    trimmed = rebuild(described)
    assert isinstance(trimmed, Schema)
    return trimmed


def open_index(schema: Schema, folder: Path) -> Index:
    """Open an existing index."""
    if not Index.exists(str(folder)):
        raise FileNotFoundError("there is none")
    return Index(schema, str(folder))


def _is_ours(folder: Path) -> bool:
    """Whether this user owns a folder and may write to it; not so on a disk that is only read."""
    own = folder.stat().st_uid == os.geteuid()
    return own and os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


@contextmanager
def _lockable(folder: Path) -> Iterator[Path]:
    """Yield a folder from which to open an index: tantivy makes a lock in it, which only the owner should.

    Others open the index through links in a folder that they may write to. It can go when the index is open.
    """
    if os.name != "posix" or _is_ours(folder):
        yield folder
        return
    with temporary_folder() as links:
        for file in folder.iterdir():
            if not file.name.endswith(".lock"):
                (links / file.name).symlink_to(file.absolute())
        yield links


class IndexReader:
    """One state of an index."""

    def __init__(self, schema: Schema, folder: Path) -> None:
        self._schema = schema
        with _lockable(folder) as lockable:
            index = open_index(schema, lockable)
            index.config_reader("manual")
            while True:
                meta = (folder / META).read_bytes()
                self._searcher = index.searcher()
                if meta == (folder / META).read_bytes():  # nobody has written in between
                    break
                index.reload()
        self.segments = Segments.read(folder, meta)
        self._size = self._searcher.num_docs
        # Whether no row is deleted, so that the list of terms counts those that are there.
        self.is_whole = self._size == sum(part.size for part in self.segments.parts)

    def view(self, rows: Rows) -> IndexReader:
        """Return the same state of the index with only some of its rows; scores are as before.

        Raises:
            OSError: its files are gone: a later build has taken its place.
        """
        return IndexReader.linked(self._schema, self.segments.keeping(rows))

    @classmethod
    def linked(cls, schema: Schema, segments: Segments) -> IndexReader:
        """Return an index of some segments, which stay where they are.

        Raises:
            OSError: their files are gone.
        """
        with temporary_folder() as folder:
            segments.link(folder)
            reader = cls(schema, folder)
        reader.segments = segments
        return reader

    def search(
        self,
        query: Query,
        limit: int,
        *,
        offset: int = 0,
        order_by: str | None = None,
        order: Order = Order.Asc,
    ) -> tuple[int, list[Hit]]:
        """Return how many rows match, and some of them: the best, or the first by the values of a field."""
        check_deadline()
        found = self._searcher.search(query, limit, offset=offset, order_by_field=order_by, order=order)
        return found.count, found.hits  # type: ignore[attr-defined]  # missing in tantivy's stubs

    def best(self, query: Query, limit: int) -> list[Hit]:
        """Return the best rows without counting all matches, which is faster."""
        check_deadline()
        return self._searcher.search(query, limit, count=False).hits

    def aggregate(self, query: Query, wanted: Mapping[str, object]) -> dict[str, Any]:
        """Return tantivy's aggregations over the matching rows, by their names in `wanted`."""
        check_deadline()
        return self._searcher.aggregate(query, dict(wanted))

    def integers(self, field: str, addresses: list[DocAddress]) -> list[int]:
        """Return the value of a fast integer field in each of some rows."""
        return self._searcher.fast_field_values(field, addresses)  # type: ignore[return-value]

    def stored(self, field: str, addresses: Iterable[DocAddress]) -> list[bytes]:
        """Return the stored bytes of a field in each of some rows."""
        row = self._searcher.doc
        return [row(address).get_first(field) or b"" for address in addresses]

    def terms(self, field: str, prefix: str, among: Query | None = None) -> list[tuple[str, int]]:
        """Return the terms with a prefix, and how many rows (of those that match `among`) hold each."""
        check_deadline()
        return self._searcher.terms_with_prefix(field, prefix, among)

    def holders(self, field: str, term: str) -> int:
        """Count the rows that hold a term."""
        return self._searcher.doc_freq(field, term)

    def __len__(self) -> int:
        return self._size


@cache
def _limit_arenas() -> None:
    """Let the threads of this process share the memory that they have freed.

    glibc gives new threads arenas of their own. A writer has new ones for each build, so that what one build
    has freed was not there for the next: a process that builds often grew by megabytes each time.
    """
    if sys.platform == "linux":
        import ctypes

        if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):  # other C libraries have none
            mallopt(_M_ARENA_MAX, MAX_ARENAS)


class WritableIndex:
    """An index for writing. tantivy's writer, and its lock, exist from the first change until the commit.

    Args:
        heap: bytes for all threads together; a thread that has used up its share writes a segment.
    """

    def __init__(self, schema: Schema, folder: Path, *, fresh: bool, heap: int, threads: int) -> None:
        _limit_arenas()
        self._folder = folder
        self._heap, self._threads = heap, threads
        self._writer: IndexWriter | None = None
        if fresh:
            folder.mkdir(parents=True, exist_ok=True)
            with self._writing():
                self._index = Index(schema, str(folder), reuse=False)
        else:
            self._index = open_index(schema, folder)

    def begin(self) -> IndexWriter:
        """Return tantivy's writer, opened on first use.

        Raises:
            LockedError: another process is writing.
        """
        if self._writer is None:
            try:
                self._writer = self._index.writer(self._heap, self._threads)
            except ValueError as error:
                if "LockBusy" not in str(error):
                    raise
                raise LockedError("another build is writing this index: wait for it") from error
        return self._writer

    def add(self, rows: Iterable[Row]) -> None:
        with self._writing():
            for row in rows:
                self.begin().add_document(row)

    def add_json(self, rows: Iterable[bytes]) -> None:
        with self._writing():
            for row in rows:
                self.begin().add_json(row.decode())

    def delete(self, query: Query) -> None:
        """Delete the rows that match."""
        self.begin().delete_documents_by_query(query)

    def commit(self) -> None:
        if self._writer is not None:
            with self._writing():
                self._writer.commit()
                self._writer.wait_merging_threads()
        self._writer = None

    def discard(self) -> None:
        if self._writer is not None:
            with suppress(ValueError):  # its threads may have died, which is why we are here
                self._writer.rollback()
                self._writer.wait_merging_threads()
        self._writer = None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Turn the errors with which tantivy says that it cannot write its files into an OSError.

        Of errors in its threads tantivy says only that they died. If the disk has less space than they hold
        in memory, it is taken to be full.
        """
        try:
            yield
        except ValueError as error:
            code = re.search(r"os error (\d+)", str(error))
            if not code and "index writer was killed" not in str(error):
                raise
            full = shutil.disk_usage(self._folder).free < self._heap
            number = int(code[1]) if code else errno.ENOSPC if full else errno.EIO
            raise OSError(number, os.strerror(number), str(self._folder)) from error
