"""Files to raw records: every format that cables come in, alone, in folders, in archives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BufferedReader, FileIO
from itertools import repeat
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from ..errors import UnreadableError
from .archives import allowance, find_unpacker
from .readers import find_reader
from .record import Failure, Record, as_failure
from .refused import check_format
from .source import SNIFF_BYTES, Source
from .walk import files

__all__ = ["Failure", "Record", "files", "read"]

MAX_DEPTH = 3  # levels of packing: a zip of .tar.gz has three


def read(
    path: Path,
    shard: tuple[int, int] = (0, 1),
    report_position: Callable[[tuple[int, int]], None] | None = None,
    *,
    start: int = 0,
    report_skipped: Callable[[], None] | None = None,
    front_matter: bool = False,
) -> Iterator[Record | Failure]:
    """Yield every cable of a file as it is read, and a failure with its reason for what cannot be read.

    Args:
        shard: `(k, n)`: read only every n-th of an archive's files, a table's rows, a mailbox's messages and
            a volume's documents, from the k-th, counted from 0, so that n processes share a file. Each names
            what is wrong with the file as a whole.
        report_position: called before each cable with the position in the file, in bytes, and with the number
            of what it stands in: the archive's file, the row, the message or the document, counted from 0.
        start: of these, the first that is read.
        report_skipped: called for each before it.
        front_matter: read what editions print before their documents, too, each section as a cable.
    """
    places = _Places(*shard, start, report_skipped)
    try:
        status = path.stat()
        if not (S_ISREG(status.st_mode) or S_ISDIR(status.st_mode)):  # reading it might never end, or begin
            reason = "a pipe, a device or a socket: save what comes from it as a file"
            yield Failure(str(path), reason)
            return
        with BufferedReader(FileIO(path), SNIFF_BYTES) as stream:
            source = Source(str(path), path.name, stream, allowance(status.st_size), front_matter)
            for item in _read_source(source, 0, places):
                if report_position:
                    report_position((stream.tell(), places.last))
                yield item
    except OSError as error:
        yield Failure(str(path), _reason(error))


class _Places(Iterator[bool]):
    """Says of each file of an archive, row, message or document in turn whether it is to be read.

    Attributes:
        last: the number of the last one that was asked for; -1 before the first.
    """

    def __init__(self, k: int, n: int, start: int, report_skipped: Callable[[], None] | None) -> None:
        self._k, self._n, self._start = k, n, start
        self._report_skipped = report_skipped
        self.last = -1

    def __next__(self) -> bool:
        self.last += 1
        if self.last < self._start:
            if self._report_skipped:
                self._report_skipped()
            return False
        return self.last % self._n == self._k


def _read_source(source: Source, depth: int, in_shard: Iterator[bool]) -> Iterator[Record | Failure]:
    """Yield the cables of a source; of an archive, those of its members, to `MAX_DEPTH`.

    Args:
        in_shard: for each cable to come, or file of one, whether it is in the shard.
    """
    try:
        check_format(source)
        if depth > MAX_DEPTH:
            raise UnreadableError(f"attached to e-mail more than {MAX_DEPTH} times over: save it by itself")
        unpack = find_unpacker(source)
        if not unpack:
            yield from _read_cables(source, depth, in_shard)
            return
        if depth == MAX_DEPTH:
            raise UnreadableError(f"packed more than {MAX_DEPTH} times over: unpack it first")
        for member in unpack(source, in_shard):
            if isinstance(member, Failure):
                yield member
            else:
                yield from _read_source(member, depth + 1, repeat(True) if member.whole else in_shard)
    except OSError as error:
        yield Failure(source.name, _reason(error))
    except Exception as error:  # one file never stops a build
        yield as_failure(source.name, error)


def _read_cables(source: Source, depth: int, in_shard: Iterator[bool]) -> Iterator[Record | Failure]:
    """Yield the cables of a source that is not packed, and of the files attached to them."""
    if source.start.startswith(b"%PDF-"):
        yield from _read_pdf(source, depth, in_shard)
        return
    reader = find_reader(source)
    if hasattr(reader, "read_shard"):
        for item in reader.read_shard(source, in_shard):
            if isinstance(item, Source):
                yield from _read_source(item, depth + 1, repeat(True))
            else:
                yield item
    elif next(in_shard):
        yield from reader.read(source)


def _read_pdf(source: Source, depth: int, in_shard: Iterator[bool]) -> Iterator[Record | Failure]:
    """Yield the cables in the text of a PDF, in whatever format that is."""
    from . import pdf  # with what it is made of, for documents alone

    for text in pdf.unpack(source):
        for item in (text,) if isinstance(text, Failure) else _read_cables(text, depth, in_shard):
            yield item if isinstance(item, Failure) else replace(item, format=f"{item.format} (PDF)")


def _reason(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):  # the walk yields a folder only where it cannot be opened
        return "a folder that cannot be opened"
    return (error.strerror or str(error)).lower()
