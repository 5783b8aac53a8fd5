"""The list of formats that are read, and how the reader of a source is found: by its content, then its name.

A new format is a module with a `NAME`, `sniff` and `read` (or `read_shard`), and its place in `READERS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from ..errors import UnreadableError
from . import foia, json, mail, nara, page, pasted, plain, sheet, table, tei
from .encoding import check_text
from .record import Failure, Record
from .refused import check_text_format
from .source import Source


class Reader(Protocol):
    """A format.

    Attributes:
        NAME: as a report names it, of one cable (`Cablegate page`).
    """

    NAME: str

    def sniff(self, start: str, file: str) -> bool:
        """Whether a source is in this format.

        Args:
            start: its first bytes as text (`Source.opening`).
            file: its own file name.
        """

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Yield every cable of a source.

        Raises:
            UnreadableError: the rest of it cannot be read.
        """


class ShardReader(Protocol):
    """A format of many cables in a file, so that several processes can share the file."""

    NAME: str

    def sniff(self, start: str, file: str) -> bool:
        """As of a `Reader`."""

    def read_shard(self, source: Source, in_shard: Iterator[bool]) -> Iterator[Record | Failure | Source]:
        """Yield the cables of a source that are in the shard, as `Reader.read`; the others cost little.

        A source is a file attached to the cable before it.

        Args:
            in_shard: for each cable in order, whether it is in the shard.
        """


# In the order in which they are tried: the first one that knows a source reads it.
READERS: tuple[Reader | ShardReader, ...] = (json, page, tei, table, sheet, pasted, nara, mail, foia, plain)

_OTHER_FILES = re.compile(r".*\.(?:md|rst|toml|ya?ml|ini|cfg|py|js|css|log)", re.IGNORECASE)


def find_reader(source: Source) -> Reader | ShardReader:
    """Return the reader for a source.

    Raises:
        UnreadableError: there is none.
    """
    if not source.start:
        raise UnreadableError("empty")
    readers = READERS if not _OTHER_FILES.fullmatch(source.file) else ()
    reader = next((reader for reader in readers if reader.sniff(source.opening, source.file)), None)
    if reader in (None, sheet, plain):  # which would take it for a table or a cable
        check_text_format(source.opening)
    if not reader:
        check_text(source.opening)
        raise UnreadableError("not a format that is read")
    return reader
