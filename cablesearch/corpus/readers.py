"""The formats that are read, and which of them a source is in: told by its content, then by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from ..errors import UnreadableError
from . import nara, page, pasted, plain, table, tei
from .encoding import check
from .record import Failure, Record
from .source import Source


class Reader(Protocol):
    """A format."""

    def knows(self, start: str, file: str) -> bool:
        """Whether a source is in this format, by its start and its file name."""

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Give every cable of a source.

        Raises:
            UnreadableError: nothing more can be read of it.
        """


class Sharer(Protocol):
    """A format of many cables in a file, which several readers can share."""

    def knows(self, start: str, file: str) -> bool:
        """As a reader does."""

    def read(self, source: Source, turns: Iterator[bool]) -> Iterator[Record | Failure]:
        """Give the cables whose turn it is, as a reader does; the others cost little."""


# The first that knows a source reads it.
READERS: tuple[Reader | Sharer, ...] = (page, tei, table, pasted, nara, plain)
SHARED: tuple[Sharer, ...] = (tei, table)

# Formats that cables may come in, but not as text that can be read here.
_FOREIGN = {
    b"%PDF": "a PDF",
    b"{\\rtf": "a rich text document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"II*\x00": "an image",
    b"MM\x00*": "an image",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a rar archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"SQLite format 3": "a database",
}
_NO_CABLE = re.compile(r".*\.(?:md|rst|jsonl?|toml|ya?ml|ini|cfg|py|js|css|log)", re.IGNORECASE)


def reader(source: Source) -> Reader | Sharer:
    """Give the reader for a source.

    Raises:
        UnreadableError: there is none.
    """
    if not source.start:
        raise UnreadableError("empty")
    for magic, format in _FOREIGN.items():
        if source.start.startswith(magic):
            remedy = "pack it as .zip or .tar.gz" if "archive" in format else "save its text as .txt"
            raise UnreadableError(f"{format}, not a format that is read: {remedy}")
    for candidate in READERS if not _NO_CABLE.fullmatch(source.file) else ():
        if candidate.knows(source.opening, source.file):
            return candidate
    check(source.opening)
    raise UnreadableError("not a format that is read")
