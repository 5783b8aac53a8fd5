"""An index of tantivy's in a folder: how it is opened, written and ended."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tantivy import Document as Row
from tantivy import Index, Schema

from ...errors import LockedError
from ..contract import damage


def opened(schema: Schema, folder: Path) -> Index:
    """Open an index that is there.

    Raises:
        BrokenIndexError: it is not, or is damaged.
    """
    with damage(folder, ValueError, OSError):
        if not Index.exists(str(folder)):
            raise ValueError("there is none")
        return Index(schema, str(folder))


class Table:
    """An index that is written. tantivy's writer, and its lock, are there from the first change to the end.

    Args:
        heap: bytes for all threads; a thread that has filled its share writes a segment.
    """

    def __init__(self, schema: Schema, folder: Path, *, fresh: bool, heap: int, threads: int) -> None:
        self._folder = folder
        self._heap, self._threads = heap, threads
        self._writer: Any = None
        if fresh:
            folder.mkdir(parents=True, exist_ok=True)
            with self._to_disk():
                self._index = Index(schema, str(folder), reuse=False)
        else:
            self._index = opened(schema, folder)

    def begin(self) -> Any:
        """Give tantivy's writer.

        Raises:
            LockedError: another process has it.
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
        with self._to_disk():
            for row in rows:
                self.begin().add_document(row)

    def add_json(self, rows: Iterable[bytes]) -> None:
        with self._to_disk():
            for row in rows:
                self.begin().add_json(row.decode())

    def delete(self, field: str, term: str | int) -> None:
        """Take out the rows that have a term."""
        self.begin().delete_documents_by_term(field, term)

    def commit(self) -> None:
        if self._writer is not None:
            with self._to_disk():
                self._writer.commit()
                self._writer.wait_merging_threads()
        self._writer = None

    def discard(self) -> None:
        if self._writer is not None:
            with suppress(ValueError):  # its threads may have ended, that is why
                self._writer.rollback()
                self._writer.wait_merging_threads()
        self._writer = None

    @contextmanager
    def _to_disk(self) -> Iterator[None]:
        """Make an OSError of what tantivy says when its files cannot be written.

        Of what happens in its threads it says no more than that; a disk with less room than they hold is
        full.
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
