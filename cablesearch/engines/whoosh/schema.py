"""The Whoosh schema, and opening a Whoosh index.

A Whoosh document is a cable, with the terms of all its paragraphs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeAlias

from whoosh import columns, fields, formats
from whoosh.reading import IndexReader, MultiReader, TermNotFound

from ..contract import Member
from ..documents import BREAK, COLUMNS, GAP, POSITIONED
from .files import Files, SafeIndex

Posting: TypeAlias = tuple[bytes, int, float, bytes]  # of a document: term, frequency, weight, value

COLUMNS_FILE = "columns"  # lists them; what Whoosh writes of its schema, a pickle, is not read
UNDATED = -(2**63)
MEASURES = len(COLUMNS) + 2  # numbers kept for each paragraph: its length in each column, in words, its date


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


def create_index(folder: Path) -> SafeIndex:
    """Create a new, empty index."""
    folder.mkdir(parents=True, exist_ok=True)
    schema = make_schema()
    (folder / COLUMNS_FILE).write_text(_column_list(schema), "utf-8")
    with _files(folder) as files:
        index: SafeIndex = SafeIndex.create(files, schema)
    return index


def _column_list(schema: fields.Schema) -> str:
    return " ".join(schema.names())


@contextmanager
def open_index(folder: Path) -> Iterator[SafeIndex]:
    """Open an existing index."""
    schema = make_schema()
    with _files(folder) as files:
        if (folder / COLUMNS_FILE).read_text("utf-8") != _column_list(schema):
            raise ValueError("other columns")
        yield SafeIndex(files, schema)


@contextmanager
def open_together(members: Sequence[Member]) -> Iterator[IndexReader]:
    """Open existing indexes for reading, as one."""
    with ExitStack() as stack:
        readers = []
        for member in members:
            readers.append(stack.enter_context(open_index(member.folder)).reader())
            if member.without:
                _leave_out(readers[-1], member.without)
        leaves = [leaf for reader in readers for leaf, _ in segments(reader)]
        yield MultiReader(leaves) if len(readers) > 1 and leaves else readers[0]


def _leave_out(reader: IndexReader, ids: frozenset[str]) -> None:
    """Have a reader take some cables for deleted; nothing is written."""
    for leaf, _ in segments(reader):
        if segment := leaf.segment():
            for number, id in enumerate(leaf.column_reader("cable")):
                if id in ids:
                    segment.delete_document(number)


def segments(reader: IndexReader) -> list[tuple[IndexReader, int]]:
    """Return the readers of the segments, each with the number of its first cable."""
    return reader.leaf_readers() if reader.doc_count_all() else []


@contextmanager
def _files(folder: Path) -> Iterator[Files]:
    files = Files(folder)
    try:
        yield files
    except BaseException:
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
