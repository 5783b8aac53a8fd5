"""Files to raw records: every format that cables come in, alone, in folders, packed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BufferedReader, FileIO
from itertools import cycle
from pathlib import Path
from typing import cast

from ..errors import UnreadableError
from .archives import unpacker
from .readers import SHARED, Reader, reader
from .record import Failure, Record
from .source import SNIFFED, Source
from .walk import files

__all__ = ["Failure", "Record", "files", "read"]

DEEPEST = 3  # levels of packing: a zip of .tar.gz has three


def read(
    path: Path, share: tuple[int, int] = (0, 1), at: Callable[[int], None] | None = None
) -> Iterator[Record | Failure]:
    """Give every cable of one file, streaming; what cannot be read is named, with its reason.

    Args:
        share: `(k, n)`: only every n-th of an archive's files, a table's rows and a volume's documents,
            from the k-th, so that n readers share a file. Each names what is wrong with the file as a whole.
        at: told, before each cable, at which byte of the file the reading is.
    """
    k, n = share
    try:
        with BufferedReader(FileIO(path), SNIFFED) as stream:
            source = Source(str(path), path.name, stream)
            for item in _cables(source, 0, cycle(turn == k for turn in range(n))):
                if at:
                    at(stream.tell())
                yield item
    except OSError as error:
        yield Failure(str(path), _reason(error))


def _cables(source: Source, depth: int, turns: Iterator[bool]) -> Iterator[Record | Failure]:
    try:
        unpack = unpacker(source)
        if not unpack:
            known = reader(source)
            if known in SHARED:
                yield from known.read(source, turns)
            elif next(turns):
                yield from cast(Reader, known).read(source)
            return
        if depth == DEEPEST:
            raise UnreadableError(f"packed more than {DEEPEST} times over: unpack it first")
        for member in unpack(source):
            if isinstance(member, Failure):
                yield member
            else:
                yield from _cables(member, depth + 1, turns)
    except UnreadableError as error:
        yield Failure(source.name, str(error))
    except OSError as error:
        yield Failure(source.name, _reason(error))


def _reason(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):  # the walk gives a folder only where it cannot be opened
        return "a folder that cannot be opened"
    return (error.strerror or str(error)).lower()
