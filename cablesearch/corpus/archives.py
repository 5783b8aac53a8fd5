"""Archives and compressed files, read as streams: nothing is written to disk, and expansion has bounds.

A member that leads out of the archive, is encrypted or damaged is named, and the rest goes on; what
follows the damage in a compressed tar is out of reach.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, NamedTuple

from ..errors import UnreadableError
from .record import Failure
from .source import SNIFFED, Source
from .walk import skipped

FREE = 16 << 20  # bytes that anything may expand to
RATIO = 200  # how many times its packed size beyond that: pages of one site, packed together, reach 30
LARGEST_HELD = 64 << 20  # bytes of a zip within an archive: it is read from its end, so it is held in memory

# What the libraries raise on damaged input; the RuntimeError is zipfile's, of an encrypted member.
_DAMAGE = (
    EOFError,
    ValueError,
    RuntimeError,
    struct.error,
    tarfile.TarError,
    zipfile.BadZipFile,
    lzma.LZMAError,
    zlib.error,
)

Unpacker = Callable[[Source], Iterator[Source | Failure]]


def unpacker(source: Source) -> Unpacker | None:
    """Give what unpacks a source, None where it is not packed."""
    for magic, unpack in _UNPACKERS.items():
        if source.start.startswith(magic):
            return unpack
    return _tar if _is_tar(source.start) else None


class _Member(NamedTuple):
    """A file in an archive: its name, a way to open it, its packed size, and why it is not read, if so."""

    name: str
    open: Callable[[], IO[bytes] | None]
    packed: Callable[[], int] | None
    refused: str | None


def _zip(source: Source) -> Iterator[Source | Failure]:
    try:
        archive = zipfile.ZipFile(source.stream if source.stream.seekable() else _held(source))
    except _DAMAGE as error:
        raise _damaged(error) from error
    with archive:
        files = [info for info in archive.infolist() if not info.is_dir()]
        if files and files[0].filename in ("[Content_Types].xml", "mimetype"):
            raise UnreadableError("an office document, not a format that is read: save its text as .txt")
        if sum(info.compress_size for info in files) > archive.start_dir:
            raise UnreadableError("members that overlap: a zip bomb")
        yield from _sources(source, (_zipped(archive, info) for info in files))


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> _Member:
    refused = "encrypted: unpack it with its password first" if info.flag_bits & 1 else None
    return _Member(info.filename, lambda: archive.open(info), lambda: info.compress_size, refused)


def _held(source: Source) -> io.BytesIO:
    data = source.stream.read(LARGEST_HELD + 1)
    if len(data) > LARGEST_HELD:
        raise UnreadableError(f"a zip of over {LARGEST_HELD >> 20} MB in an archive: unpack it first")
    return io.BytesIO(data)


def _tar(source: Source) -> Iterator[Source | Failure]:
    try:
        with tarfile.open(fileobj=source.stream, mode="r|") as archive:
            yield from _sources(source, (_tarred(archive, info) for info in archive if info.isreg()))
    except _DAMAGE as error:
        raise _damaged(error) from error


def _tarred(archive: tarfile.TarFile, info: tarfile.TarInfo) -> _Member:
    refused = "a sparse file: unpack the archive first" if info.issparse() else None
    return _Member(info.name, lambda: archive.extractfile(info), None, refused)


def _sources(source: Source, members: Iterable[_Member]) -> Iterator[Source | Failure]:
    """Give the members that are to be read, each to be read before the next one is asked for."""
    for member in members:
        name = f"{source.name}!{member.name}"
        if _leads_out(member.name):
            yield Failure(name, "an unsafe name: it leads out of the archive")
        elif any(skipped(part) for part in member.name.split("/") if part != "."):
            continue
        elif member.refused:
            yield Failure(name, member.refused)
        else:
            try:
                stream = member.open()
            except _DAMAGE as error:
                yield Failure(name, str(_damaged(error)))
                continue
            assert stream is not None  # only a tar's folders and devices have no stream
            with stream:
                yield Source(name, member.name.split("/")[-1], _buffered(stream, member.packed))


def _leads_out(name: str) -> bool:
    return bool(re.match(r"[/\\]|[A-Za-z]:", name)) or ".." in re.split(r"[/\\]", name)


def _compressed(opener: Callable[[IO[bytes]], Any]) -> Unpacker:
    """Give the unpacker of a compression of one file, which keeps its name but for the suffix."""

    def unpack(source: Source) -> Iterator[Source | Failure]:
        with opener(source.stream) as stream:
            file = re.sub(r"\.(?:gz|bz2|xz|lzma)$", "", source.file, flags=re.IGNORECASE)
            yield Source(source.name, file, _buffered(stream, source.stream.tell))

    return unpack


class _Expanded(io.RawIOBase):
    """What a packed stream expands to.

    Raises:
        UnreadableError: from a read, where the stream is damaged or expands beyond its bounds.
    """

    def __init__(self, stream: IO[bytes], packed: Callable[[], int] | None) -> None:
        """Read a stream that came of `packed()` bytes, so far or in all; None where it was not packed."""
        self._stream = stream
        self._packed = packed
        self._read = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._read

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, but for the stream's end."""
        filled = 0
        while filled < len(buffer) and (data := self._next(len(buffer) - filled)):
            buffer[filled : filled + len(data)] = data
            filled += len(data)
        self._read += filled
        if self._packed and self._read > FREE + RATIO * self._packed():
            raise UnreadableError(f"it expands to more than {RATIO} times its packed size: no cables do")
        return filled

    def _next(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except _DAMAGE as error:
            raise _damaged(error) from error
        except OSError as error:
            if error.errno is None:  # gzip's and bz2's way to say the same
                raise _damaged(error) from error
            raise


def _buffered(stream: IO[bytes], packed: Callable[[], int] | None) -> io.BufferedReader:
    return io.BufferedReader(_Expanded(stream, packed), SNIFFED)


def _damaged(error: Exception) -> UnreadableError:
    return UnreadableError(f"damaged or cut off ({error})")


def _is_tar(start: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(start[:512], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


_UNPACKERS: dict[bytes, Unpacker] = {
    b"PK\x03\x04": _zip,
    b"PK\x05\x06": _zip,  # an empty one
    b"\x1f\x8b": _compressed(lambda stream: gzip.GzipFile(fileobj=stream)),
    b"BZh": _compressed(bz2.BZ2File),
    b"\xfd7zXZ\x00": _compressed(lzma.LZMAFile),
}
