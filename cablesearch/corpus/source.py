"""What a reader reads: a named stream of bytes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import PurePosixPath
from typing import Any

from ..errors import UnreadableError
from .encoding import decode, decode_any, file_name

SNIFF_BYTES = 1 << 16  # from the start of a stream, to tell its format; a browser's copy has its cable late
MAX_TEXT_BYTES = 32 << 20  # of a text that is read whole: a hundred times the longest cable


class Allowance:
    """How much what is packed in a file may expand to, over all members and all levels of packing.

    Args:
        size: in bytes.
    """

    def __init__(self, size: int) -> None:
        self._left = size

    def spend(self, size: int) -> None:
        """Take so much of it.

        Raises:
            UnreadableError: it is spent.
        """
        self._left -= size
        self.check()

    def check(self) -> None:
        """Raise an UnreadableError if it is spent."""
        if self._left < 0:
            raise UnreadableError("with all that is packed in it, it expands to far more than cables do")


@dataclass(frozen=True)
class Source:
    """A file, or a member of an archive, open to be read once.

    Attributes:
        name: as in reports: the file's path, a member's name after `!`.
        file: its own file name, without folders and a compression's suffix.
        stream: its bytes, with a buffer of `SNIFF_BYTES`.
        allowance: how much all that is packed in the file that it comes from may still expand to.
        front_matter: read what an edition prints before its documents, too.
        whole: if several processes share the archive that it is in, this one reads all of it.
    """

    name: str
    file: str
    stream: BufferedReader[Any]
    allowance: Allowance
    front_matter: bool = False
    whole: bool = False

    @cached_property
    def start(self) -> bytes:
        """The first `SNIFF_BYTES`, which stay in the stream."""
        return self.stream.peek(SNIFF_BYTES)[:SNIFF_BYTES]

    @cached_property
    def opening(self) -> str:
        """The first bytes, decoded as if they were text."""
        return decode_any(self.start)

    @property
    def stem(self) -> str:
        """The file name without its suffix, as text."""
        return file_name(PurePosixPath(self.file).stem)

    def inner(self, name: str, file: str, content: RawIOBase | BytesIO, *, whole: bool = False) -> Source:
        """Return what is packed in it or attached to it: it has the same options, and the same allowance."""
        stream = BufferedReader(content, SNIFF_BYTES)
        return Source(name, file, stream, self.allowance, self.front_matter, whole)

    def text(self) -> str:
        """Read all of it as text.

        Raises:
            UnreadableError: it is too large for a text of cables, or not text.
        """
        data = self.stream.read(SNIFF_BYTES)
        if len(data) == SNIFF_BYTES:  # room for the longest text is only asked for where there is more
            data += self.stream.read(MAX_TEXT_BYTES + 1 - SNIFF_BYTES)
        if len(data) > MAX_TEXT_BYTES:
            raise UnreadableError(
                f"a text of more than {MAX_TEXT_BYTES >> 20} MB: no cable is that long, split it"
            )
        return decode(data)
