"""Tar archives, read as streams in little memory.

Python's own `tarfile` holds every header that it has read, and an extended one may be gigabytes long.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, NamedTuple

from ..errors import UnreadableError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_HEADER_BYTES = 1 << 20  # of an extended header: it has a name, perhaps lists of who may read the file

_BLOCK = 512  # bytes, of which everything in a tar is a multiple
_READ_BYTES = 1 << 16  # read at once from what is skipped
# Where a sparse file's header, and those that continue it, say whether another one follows.
_CONTINUED, _CONTINUED_AGAIN = 482, 504
_GNU_SPARSE = "GNU.sparse."  # begins a sparse file's keys in an extended header
_SPARSE = "a sparse file: unpack the archive first"


class Member(NamedTuple):
    """A file in a tar.

    Attributes:
        content: to be read before the next member is taken.
        refused: why it is not read, None where it is.
        size: in bytes.
    """

    name: str
    content: io.RawIOBase
    refused: str | None
    size: int


def members(stream: IO[bytes]) -> Iterator[Member]:
    """Yield the regular files of an archive.

    Raises:
        UnreadableError: an extended header is too long.
        tarfile.TarError: the archive is damaged. So do EOFError and ValueError.
    """
    extended: dict[str, str] = {}  # what extended headers say of the next member
    while (block := _read(stream, _BLOCK)).strip(b"\0"):
        info = tarfile.TarInfo.frombuf(_whole(block, _BLOCK), "utf-8", "surrogateescape")
        if info.type in (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE):
            extended |= _pax_records(_header(stream, info.size))
        elif info.type == tarfile.GNUTYPE_LONGNAME:
            extended["path"] = _text(_header(stream, info.size).partition(b"\0")[0])
        elif info.type in (tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK):
            _skip(stream, _padded(info.size))
        else:
            more = info.type == tarfile.GNUTYPE_SPARSE and block[_CONTINUED]
            while more:
                more = _whole(_read(stream, _BLOCK), _BLOCK)[_CONTINUED_AGAIN]
            sparse = info.type == tarfile.GNUTYPE_SPARSE or _GNU_SPARSE in extended
            name, size = extended.get("path") or info.name, int(extended.get("size", info.size))
            extended = {}
            if not info.isreg() and info.type in tarfile.SUPPORTED_TYPES:
                continue  # a folder, a link or a device, without content
            content = _Content(stream, size)
            if info.isreg():
                yield Member(name, content, _SPARSE if sparse else None, size)
            _skip(stream, content.left + _padded(size) - size)


class _Content(io.RawIOBase):
    """The content of a member.

    Attributes:
        left: bytes that have not been read.
    """

    def __init__(self, stream: IO[bytes], size: int) -> None:
        if size < 0:
            raise ValueError("a size below zero")
        self._stream = stream
        self.left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self._stream.read(min(len(view), self.left))
        if not data and self.left and view:
            raise EOFError("its end is missing")
        view[: len(data)] = data
        self.left -= len(data)
        return len(data)


def _header(stream: IO[bytes], size: int) -> bytes:
    """Read the content of an extended header."""
    if size < 0:
        raise ValueError("a size below zero")
    if size > MAX_HEADER_BYTES:
        raise UnreadableError(f"a header of more than {MAX_HEADER_BYTES >> 20} MB: unpack the archive first")
    return _whole(_read(stream, _padded(size)), _padded(size))[:size]


def _pax_records(header: bytes) -> dict[str, str]:
    """Return what is used of an extended header: the path, the size, and whether the file is sparse.

    Its records are `LENGTH KEY=VALUE` and a line end (POSIX pax).
    """
    records: dict[str, str] = {}
    at = 0
    while at < len(header):
        printed, blank, _ = header[at : at + 20].partition(b" ")
        length = int(printed)
        if not blank or not len(printed) < length <= len(header) - at:
            raise ValueError("an extended header of another length")
        key, _, value = header[at + len(printed) + 1 : at + length].partition(b"=")
        if key in (b"path", b"size"):
            records[key.decode()] = _text(value.removesuffix(b"\n"))
        elif key.startswith(_GNU_SPARSE.encode()):
            records[_GNU_SPARSE] = ""
        at += length
    return records


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _padded(size: int) -> int:
    return -(-size // _BLOCK) * _BLOCK


def _whole(data: bytes, size: int) -> bytes:
    if len(data) < size:
        raise EOFError("its end is missing")
    return data


def _read(stream: IO[bytes], size: int) -> bytes:
    """Read as many bytes, fewer only at the end."""
    pieces = []
    while size > 0 and (data := stream.read(size)):
        pieces.append(data)
        size -= len(data)
    return b"".join(pieces)


def _skip(stream: IO[bytes], size: int) -> None:
    while size > 0:
        size -= len(_whole(stream.read(min(size, _READ_BYTES)), 1))
