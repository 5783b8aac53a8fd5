"""Archives and compressed files, read as streams: nothing is written to disk, and expansion is bounded.

A member that is encrypted, damaged or has an unsafe name gives a failure, and the others are read; only what
follows the damage in a compressed tar is lost.
"""

from __future__ import annotations

import bz2
import io
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import IO, TYPE_CHECKING, BinaryIO, NamedTuple

from ..errors import UnreadableError
from . import tar
from .record import Failure
from .refused import check_members
from .source import SNIFF_BYTES, Allowance, Source
from .walk import is_skipped

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from . import sevenzip

MAX_FREE_BYTES = 16 << 20  # that anything may expand to
MAX_RATIO = 200  # expanded to packed size beyond that: pages of one site, packed together, reach 30
MAX_FREE_MEMBERS = 2  # that may expand to so much, of all in a file, level by level
MAX_WHOLE_BYTES = 1 << 20  # of a member that one of several processes reads alone, and the others skip
MAX_HELD_BYTES = 64 << 20  # of a zip within an archive: a zip is read from its end, so it is held in memory

# What the libraries raise on damaged input; the RuntimeError is zipfile's for an encrypted member.
_DAMAGE_ERRORS = (
    EOFError,
    ValueError,
    RuntimeError,
    struct.error,
    tarfile.TarError,
    zipfile.BadZipFile,
    lzma.LZMAError,
    zlib.error,
)

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP = 16 + zlib.MAX_WBITS  # says to zlib that a member has gzip's header and checksum

_Stream = IO[bytes] | io.BufferedIOBase | io.RawIOBase
# Its second argument says, for each cable to come or file of one, whether it is in the shard.
Unpacker = Callable[[Source, Iterator[bool]], Iterator[Source | Failure]]


def find_unpacker(source: Source) -> Unpacker | None:
    """Return the function that unpacks a source, None where it is not packed."""
    if magic := _MAGIC.match(source.start):
        return _UNPACKERS[magic[0]]
    return _unpack_tar if _is_tar(source.start) else None


class _Member(NamedTuple):
    """A file in an archive.

    Attributes:
        open: opens it.
        packed: returns its packed size in bytes; None where it is not packed by itself.
        refused: why it is not read, None where it is.
        size: in bytes, as the archive says; None where it cannot be skipped.
    """

    name: str
    open: Callable[[], _Stream]
    packed: Callable[[], int] | None
    refused: str | None
    size: int | None = None


def _unpack_zip(source: Source, in_shard: Iterator[bool]) -> Iterator[Source | Failure]:
    try:
        archive = zipfile.ZipFile(source.stream if source.stream.seekable() else _hold(source))
    except _DAMAGE_ERRORS as error:
        raise _as_unreadable(error) from error
    with archive:
        # `info.is_dir` of Python 3.11 fails where there is no name.
        files = [info for info in archive.infolist() if not info.filename.endswith("/")]
        check_members(info.filename for info in files)
        if sum(info.compress_size for info in files) > archive.start_dir:
            raise UnreadableError("members that overlap: a zip bomb")
        yield from _open_members(source, (_zip_member(archive, info) for info in files), in_shard)


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> _Member:
    refused = "encrypted: unpack it with its password first" if info.flag_bits & 1 else None
    return _Member(
        info.filename, lambda: archive.open(info), lambda: info.compress_size, refused, info.file_size
    )


def _hold(source: Source) -> io.BytesIO:
    """Read a source into memory, where it can be read from its end."""
    data = source.stream.read(MAX_HELD_BYTES + 1)
    if len(data) > MAX_HELD_BYTES:
        raise UnreadableError(f"a zip of over {MAX_HELD_BYTES >> 20} MB in an archive: unpack it first")
    return io.BytesIO(data)


def _unpack_tar(source: Source, in_shard: Iterator[bool]) -> Iterator[Source | Failure]:
    try:
        yield from _open_members(source, map(_tar_member, tar.members(source.stream)), in_shard)
    except _DAMAGE_ERRORS as error:
        raise _as_unreadable(error) from error


def _tar_member(member: tar.Member) -> _Member:
    return _Member(member.name, lambda: member.content, None, member.refused, member.size)


def _unpack_7z(source: Source, in_shard: Iterator[bool]) -> Iterator[Source | Failure]:
    from . import sevenzip  # for such archives alone

    archive = source.stream if source.stream.seekable() else _hold(source)
    try:
        members = sevenzip.members(archive)
    except _DAMAGE_ERRORS as error:
        raise _as_unreadable(error) from error
    for block, together in groupby(members, key=attrgetter("block")):
        yield from _open_members(source, _block_members(source, archive, block, together), in_shard)


def _block_members(
    source: Source, archive: IO[bytes], block: sevenzip.Block | None, members: Iterable[sevenzip.Member]
) -> Iterator[_Member | Failure]:
    """Yield the members that are packed together; what they expand to is bounded together, too."""
    from . import sevenzip

    if not block:
        yield from (_Member(member.name, io.BytesIO, None, None) for member in members)
        return
    try:
        unpacked = sevenzip.Unpacked(archive, block)
    except UnreadableError as error:
        yield Failure(source.name, f"{sum(1 for _ in members)} files in it: {error}")
        return
    bounded = _BoundedStream(unpacked, lambda: unpacked.taken, source.allowance)
    for member in members:
        yield _Member(member.name, partial(sevenzip.Content, bounded, member), None, None)
        if unpacked.ended and (lost := sum(1 for _ in members)):
            yield Failure(source.name, f"damaged or cut off: {lost:,} files after {member.name} are lost")


def _open_members(
    source: Source, members: Iterable[_Member | Failure], in_shard: Iterator[bool]
) -> Iterator[Source | Failure]:
    """Yield the members to read as sources, each of which must be read before the next one is taken.

    Small ones that are not in the shard are not even opened.
    """
    for member in members:
        source.allowance.check()
        if isinstance(member, Failure):
            yield member
            continue
        name = f"{source.name}!{member.name}"
        if _is_unsafe(member.name):
            yield Failure(name, "an unsafe name: it leads out of the archive")
        elif any(is_skipped(part) for part in member.name.split("/") if part != "."):
            continue
        elif member.refused:
            yield Failure(name, member.refused)
        else:
            whole = member.size is not None and member.size <= MAX_WHOLE_BYTES
            if whole and not next(in_shard):
                continue
            try:
                stream = member.open()
            except _DAMAGE_ERRORS as error:
                yield Failure(name, str(_as_unreadable(error)))
                continue
            with stream:
                content = _BoundedStream(stream, member.packed, source.allowance)
                yield source.inner(name, member.name.split("/")[-1], content, whole=whole)


def _is_unsafe(name: str) -> bool:
    """Whether a member's name leads out of the archive."""
    return bool(re.match(r"[/\\]|[A-Za-z]:", name)) or ".." in re.split(r"[/\\]", name)


def allowance(size: int) -> Allowance:
    """Return what a file of so many bytes may expand to, with all that is packed in it."""
    return Allowance(MAX_FREE_MEMBERS * MAX_FREE_BYTES + MAX_RATIO * size)


def _decompressor(opener: Callable[[BinaryIO], io.BufferedIOBase]) -> Unpacker:
    """Return the unpacker of a compressed file, whose content has its name without the suffix."""

    def unpack(source: Source, in_shard: Iterator[bool]) -> Iterator[Source | Failure]:
        with opener(source.stream) as stream:
            file = re.sub(r"\.(?:gz|bz2|xz|lzma)$", "", source.file, flags=re.IGNORECASE)
            content = _BoundedStream(stream, source.stream.tell, source.allowance)
            yield source.inner(source.name, file, content)
            if isinstance(stream, _GzipStream) and stream.has_more:
                yield Failure(source.name, "what follows its compressed content is not read")

    return unpack


class _GzipStream(io.BufferedIOBase):
    """The content of a gzip file, which may have several members.

    Python's own GzipFile fails where something else follows, as some servers append: all would be lost.

    Attributes:
        has_more: something else follows.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._member = zlib.decompressobj(_GZIP)
        self._packed = b""
        self.has_more = False

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Read at most so many bytes, which must be said; none at the end."""
        assert size
        assert size > 0
        while not self._member.eof or self._next_member():
            self._packed = self._packed or self._stream.read(SNIFF_BYTES)
            if not self._packed:
                raise EOFError("its end is missing")
            data = self._member.decompress(self._packed, size)
            self._packed = self._member.unconsumed_tail
            if data:
                return data
        return b""

    def _next_member(self) -> bool:
        """Begin the next member, which may stand behind zeros; return whether there is one."""
        rest = self._member.unused_data.lstrip(b"\0")
        while not rest and (data := self._stream.read(SNIFF_BYTES)):
            rest = data.lstrip(b"\0")
        if len(rest) == 1:
            rest += self._stream.read(1)
        if rest.startswith(_GZIP_MAGIC):
            self._member, self._packed = zlib.decompressobj(_GZIP), rest
            return True
        self.has_more = self.has_more or bool(rest)
        return False


class _BoundedStream(io.RawIOBase):
    """The content of a packed stream.

    A read raises an UnreadableError where the stream is damaged or expands beyond its bounds.
    """

    def __init__(self, stream: _Stream, packed: Callable[[], int] | None, allowance: Allowance) -> None:
        """Read a stream.

        Args:
            packed: returns its packed size in bytes, in all or as far as it has been read; None where it is
                not packed.
            allowance: from which it takes what it expands to.
        """
        self._stream = stream
        self._packed = packed
        self._allowance = allowance
        self._read = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._read

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer, unless the stream ends before."""
        filled, view = 0, memoryview(buffer).cast("B")
        while filled < len(view) and (data := self._next(len(view) - filled)):
            view[filled : filled + len(data)] = data
            filled += len(data)
        self._read += filled
        if self._packed:
            if self._read > MAX_FREE_BYTES + MAX_RATIO * self._packed():
                raise UnreadableError(
                    f"it expands to more than {MAX_RATIO} times its packed size: no cables do"
                )
            self._allowance.spend(filled)
        return filled

    def _next(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except _DAMAGE_ERRORS as error:
            raise _as_unreadable(error) from error
        except OSError as error:
            if error.errno is None:  # bz2's way to say the same
                raise _as_unreadable(error) from error
            raise


def _as_unreadable(error: Exception) -> UnreadableError:
    return UnreadableError(f"damaged or cut off ({error})")


def _is_tar(start: bytes) -> bool:
    if b"\0" not in start[:512]:  # a header ends with zeros
        return False
    try:
        tarfile.TarInfo.frombuf(start[:512], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


_UNPACKERS: dict[bytes, Unpacker] = {
    b"PK\x03\x04": _unpack_zip,
    b"PK\x05\x06": _unpack_zip,  # an empty one
    _GZIP_MAGIC: _decompressor(_GzipStream),
    b"BZh": _decompressor(bz2.BZ2File),
    b"\xfd7zXZ\x00": _decompressor(lzma.LZMAFile),
    b"7z\xbc\xaf\x27\x1c": _unpack_7z,
}
_MAGIC = re.compile(b"|".join(map(re.escape, _UNPACKERS)))
