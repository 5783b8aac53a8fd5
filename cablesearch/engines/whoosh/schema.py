"""The Whoosh schema, and opening a Whoosh index.

A Whoosh document is a cable, with the terms of all its paragraphs.
"""

from __future__ import annotations

import pickle
import struct
import zlib
from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from whoosh import columns, fields, formats
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import FileIndex
from whoosh.index import IndexError as WhooshIndexError
from whoosh.reading import CorruptIndexError, IndexReader, TermNotFound

from ...errors import BrokenIndexError
from ..documents import BREAK, COLUMNS, GAP, POSITIONED
from ..storage import as_broken_index

Posting: TypeAlias = tuple[bytes, int, float, bytes]  # of a document: term, frequency, weight, value

UNDATED = -(2**63)
MEASURES = len(COLUMNS) + 1  # numbers kept for each paragraph: its length in each column, its date

DAMAGE = (OSError, EOFError, struct.error, zlib.error, pickle.UnpicklingError, CorruptIndexError)
# Including what else unpickling and decoding raise on bytes that are not what they should be.
UNREADABLE = (
    *(*DAMAGE, WhooshIndexError, ValueError, LookupError),
    *(TypeError, AttributeError, ImportError, AssertionError),
)


class Terms(fields.FieldType):
    """A column: for each paragraph of a cable, its terms separated by spaces.

    A posting is a cable. Its value lists the paragraphs that hold the term, each with the term's positions if
    the column is positioned: `0,5,17 3,2`.
    """

    def __init__(self, positioned: bool) -> None:
        self.format = formats.Format()
        self.positioned = positioned

    def index(self, value: Sequence[str], **options: object) -> Generator[Posting, None, None]:
        postings = defaultdict(list)
        for ordinal, terms in enumerate(value):
            places = defaultdict(list)
            place = 0
            for term in terms.split():
                places[term].append(place)
                place += GAP if term == BREAK else 1
            for term, at in places.items():
                numbers = [ordinal, *at] if self.positioned else [ordinal]
                postings[term].append(",".join(map(str, numbers)))
        for term, paragraphs in postings.items():
            yield term.encode(), 1, 1.0, " ".join(paragraphs).encode()


def make_schema() -> fields.Schema:
    return fields.Schema(
        **{column: Terms(column in POSITIONED) for column in COLUMNS},
        cable=fields.ID(sortable=True),
        measures=fields.COLUMN(columns.VarBytesColumn()),
        facets=fields.COLUMN(columns.VarBytesColumn()),
        stored=fields.COLUMN(columns.VarBytesColumn()),
    )


class Files(FileStorage):
    """A folder of Whoosh's files; `abandon` closes those that Whoosh leaves open when it fails."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))  # type: ignore[no-untyped-call]
        self._opened: list[StructFile] = []

    def open_file(self, name: str, *options: object, **more: object) -> StructFile:
        file: StructFile = super().open_file(name, *options, **more)  # type: ignore[no-untyped-call]
        self._opened.append(file)
        return file

    def abandon(self) -> None:
        """Close all files that are open."""
        for file in self._opened:
            if not file.is_closed:
                file.close()


@contextmanager
def open_index(folder: Path) -> Iterator[FileIndex]:
    """Open an existing index.

    Raises:
        BrokenIndexError: there is none, or it is damaged.
    """
    files = Files(folder)
    try:
        with as_broken_index(folder, *UNREADABLE):
            yield FileIndex(files)
    except BrokenIndexError:
        files.abandon()
        raise


def postings(reader: IndexReader, column: str, term: str | bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the numbers in Whoosh of the cables that hold a term, each with the value of its posting."""
    try:
        matcher = reader.postings(column, term)
    except TermNotFound:
        return
    while matcher.is_active():
        yield matcher.id(), matcher.value()
        matcher.next()
