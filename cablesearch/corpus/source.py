"""What a reader reads: a stream of bytes with a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from io import BufferedReader
from pathlib import PurePosixPath
from typing import Any

from ..errors import UnreadableError
from .encoding import decode, file_name, glimpse

SNIFFED = 1 << 16  # bytes from its start that tell what a stream holds; a browser's copy has its cable late
LARGEST = 32 << 20  # bytes of a text that is read whole: a hundred times the longest cable


@dataclass(frozen=True)
class Source:
    """A file, or a member of an archive, open to be read once.

    Attributes:
        name: what it is reported by: the file's path, a member's name after `!`.
        file: its own file name, without folders and a compression's suffix.
        stream: its bytes, buffered by `SNIFFED`.
    """

    name: str
    file: str
    stream: BufferedReader[Any]

    @cached_property
    def start(self) -> bytes:
        """The first bytes, left in the stream."""
        return self.stream.peek(SNIFFED)[:SNIFFED]

    @cached_property
    def opening(self) -> str:
        """The first bytes as text, if they are."""
        return glimpse(self.start)

    @property
    def stem(self) -> str:
        """The file name without its suffix, as text."""
        return file_name(PurePosixPath(self.file).stem)

    def text(self) -> str:
        """Give all of it as text.

        Raises:
            UnreadableError: it is too large for a text of cables, or none.
        """
        data = self.stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise UnreadableError(f"a text of more than {LARGEST >> 20} MB: no cable is that long, split it")
        return decode(data)
