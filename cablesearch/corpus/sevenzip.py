"""What is in a `.7z` archive, read as a stream: its members in order, each block of them unpacked once.

A block ("folder" in https://py7zr.readthedocs.io/en/latest/archive_format.html) holds members that are packed
together; the header at the archive's end lists the blocks, the coders that packed each, and the members. What
7-Zip packs texts with unless told otherwise, LZMA and LZMA2, is in Python's own library.
"""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate
from typing import IO, TYPE_CHECKING, Protocol

from ..errors import UnreadableError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAGIC = b"7z\xbc\xaf\x27\x1c"
MAX_HEADER_BYTES = 128 << 20  # of the list of members: a million of them have 100 MB
MAX_DICTIONARY_BYTES = 1 << 30  # that a decompressor may hold; 7-Zip's "ultra" has 64 MB
_START_BYTES = 32  # before the packed data
_READ_BYTES = 1 << 16  # at a time
_MAX_OFFSET = 1 << 62  # that every system can seek to
_MAX_HEADERS = 4  # packed in each other; known are two

_LZMA, _LZMA2, _DELTA, _BZIP2, _COPY = b"\x03\x01\x01", b"\x21", b"\x03", b"\x04\x02\x02", b"\x00"
_BRANCH = {b"\x04": lzma.FILTER_X86, b"\x03\x03\x01\x03": lzma.FILTER_X86}
_AES = b"\x06\xf1\x07\x01"
_OTHERS = {b"\x03\x04\x01": "PPMd", b"\x04\x01\x08": "Deflate", b"\x03\x03\x01\x1b": "BCJ2"}


class _Id(IntEnum):
    """What the parts of a header begin with."""

    END = 0x00
    HEADER = 0x01
    ARCHIVE = 0x02
    STREAMS = 0x04
    FILES = 0x05
    PACKED = 0x06
    FOLDERS = 0x07
    SUBSTREAMS = 0x08
    SIZES = 0x09
    CHECKSUMS = 0x0A
    CODERS = 0x0B
    UNPACKED_SIZES = 0x0C
    COUNTS = 0x0D
    WITHOUT_STREAM = 0x0E
    EMPTY_FILES = 0x0F
    NAMES = 0x11
    PACKED_HEADER = 0x17


@dataclass(frozen=True)
class Block:
    """Members that are packed together.

    Attributes:
        start: where in the archive its packed bytes begin.
        packed: their number; `size` that of the unpacked ones.
        coders: id and settings of each, in the order in which they packed it.
    """

    start: int
    packed: int
    size: int
    coders: tuple[tuple[bytes, bytes], ...]

    def decompressor(self) -> _Decompressor:
        """Return what unpacks it.

        Raises:
            UnreadableError: it is encrypted, or packed by a coder that Python does not have.
        """
        ids = [id for id, _ in self.coders]
        if _AES in ids:
            raise UnreadableError("encrypted: unpack it with its password first")
        if ids == [_COPY]:
            return _Copy()
        if ids == [_BZIP2]:
            return bz2.BZ2Decompressor()
        filters = [_filter(id, settings) for id, settings in self.coders]
        return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters)


@dataclass(frozen=True)
class Member:
    """A file in an archive.

    Attributes:
        block: where its content is, None where it has none.
        start: where in the unpacked block; `size` bytes long.
        checksum: CRC-32 of the content, None where the archive has none.
    """

    name: str
    block: Block | None
    start: int
    size: int
    checksum: int | None


class _Decompressor(Protocol):
    @property
    def needs_input(self) -> bool: ...
    @property
    def eof(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Copy:
    """The coder that changes nothing."""

    needs_input, eof = True, False

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return data


def _filter(id: bytes, settings: bytes) -> dict[str, int]:
    """Return a coder as Python's `lzma` takes it."""
    if id in _BRANCH:
        return {"id": _BRANCH[id]}
    if id == _DELTA and len(settings) == 1:
        return {"id": lzma.FILTER_DELTA, "dist": settings[0] + 1}
    if id == _LZMA2 and len(settings) == 1:
        size = (2 | settings[0] & 1) << settings[0] // 2 + 11
        return {"id": lzma.FILTER_LZMA2, "dict_size": _check_dictionary(size)}
    if id == _LZMA and len(settings) == 5:
        rest, lc = divmod(settings[0], 9)
        pb, lp = divmod(rest, 5)
        size = _check_dictionary(int.from_bytes(settings[1:], "little"))
        return {"id": lzma.FILTER_LZMA1, "dict_size": size, "lc": lc, "lp": lp, "pb": pb}
    raise UnreadableError(
        f"packed with {_OTHERS.get(id, 'a coder')} that is not read: pack it as .zip or .tar.gz"
    )


def _check_dictionary(size: int) -> int:
    if size > MAX_DICTIONARY_BYTES:
        raise UnreadableError(f"a dictionary of more than {MAX_DICTIONARY_BYTES >> 20} MB: pack it anew")
    return size


class Unpacked(io.RawIOBase):
    """The content of a block, read once from its beginning.

    Attributes:
        taken: how many packed bytes have been read.
        ended: whether nothing more can be read, as it is damaged or at its end.
    """

    def __init__(self, archive: IO[bytes], block: Block) -> None:
        self._archive = archive
        self._block = block
        self._decompressor = block.decompressor()
        self.taken = 0
        self.ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        self.ended = True
        while not self._decompressor.eof:
            hungry = self._decompressor.needs_input
            packed = self._take(min(_READ_BYTES, len(view))) if hungry else b""
            if data := self._decompressor.decompress(packed, len(view)):
                view[: len(data)] = data
                self.ended = False
                return len(data)
            if hungry and not packed:
                break
        return 0

    def _take(self, size: int) -> bytes:
        """Read so many packed bytes, fewer at the end."""
        self._archive.seek(min(self._block.start + self.taken, _MAX_OFFSET))
        data = self._archive.read(min(size, self._block.packed - self.taken))
        self.taken += len(data)
        return data


class Content(io.RawIOBase):
    """The content of a member, whose block must have been read no further than to its start."""

    def __init__(self, unpacked: io.RawIOBase, member: Member) -> None:
        self._unpacked = unpacked
        self._member = member
        self._left = member.size
        self._checksum = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        skipped = self._member.start - self._unpacked.tell()
        while skipped > 0 and (data := self._unpacked.read(min(skipped, _READ_BYTES))):
            skipped -= len(data)
        view = memoryview(buffer).cast("B")
        size = min(len(view), self._left)
        if not size:
            return 0
        data = self._unpacked.read(size)
        if not data:
            raise EOFError("its end is missing")
        view[: len(data)] = data
        self._left -= len(data)
        self._checksum = zlib.crc32(data, self._checksum)
        if not self._left and self._member.checksum not in (None, self._checksum):
            raise ValueError("its checksum is another")
        return len(data)


def members(archive: IO[bytes]) -> list[Member]:
    """Return the files of an archive, which must be seekable, in the order in which they are packed.

    Raises:
        UnreadableError: the list of its files is encrypted, or packed in a way that is not read.
        ValueError: it is damaged. So do EOFError and lzma.LZMAError.
    """
    end = archive.seek(0, io.SEEK_END)
    archive.seek(0)
    start = _Header(archive.read(_START_BYTES))
    if start.take(len(MAGIC)) != MAGIC:
        raise ValueError("no 7z archive")
    start.take(6)  # version, checksum
    offset, size = (int.from_bytes(start.take(8), "little") for _ in range(2))
    if not size:
        return []
    if _START_BYTES + offset + size > end:
        raise ValueError("its end is missing")
    if size > MAX_HEADER_BYTES:
        raise UnreadableError("a list of files that is too long: split the archive")
    archive.seek(_START_BYTES + offset)
    header = _Header(archive.read(size))
    for _ in range(_MAX_HEADERS):
        kind = header.byte()
        if kind == _Id.HEADER:
            return list(_read_members(header))
        if kind != _Id.PACKED_HEADER:
            break
        [block], _ = _read_streams(header)
        if block.size > MAX_HEADER_BYTES:
            raise UnreadableError("a list of files that is too long: split the archive")
        header = _Header(io.BufferedReader(Unpacked(archive, block)).read(block.size))
    raise ValueError("no list of files")


class _Header:
    """The bytes of a header, read one after the other; a ValueError is raised at their end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> bytes:
        data = self._data[self._at : self._at + size]
        if len(data) < size:
            raise ValueError("its list of files is cut off")
        self._at += size
        return data

    def rest(self) -> bytes:
        return self._data[self._at :]

    def byte(self) -> int:
        return self.take(1)[0]

    def number(self) -> int:
        """Read a number: the leading ones of its first byte say how many bytes follow."""
        first, mask, value = self.byte(), 0x80, 0
        for place in range(8):
            if not first & mask:
                return value | (first & mask - 1) << 8 * place
            value |= self.byte() << 8 * place
            mask >>= 1
        return value

    def count(self) -> int:
        """Read how many of something there are, each of which takes a byte or more."""
        count = self.number()
        if count > len(self._data):
            raise ValueError("its list of files is not one")
        return count

    def numbers(self, count: int) -> list[int]:
        return [self.number() for _ in range(count)]

    def bits(self, count: int) -> list[bool]:
        data = self.take((count + 7) // 8)
        return [bool(data[n // 8] & 0x80 >> n % 8) for n in range(count)]

    def checksums(self, count: int) -> list[int | None]:
        known = [True] * count if self.byte() else self.bits(count)
        return [int.from_bytes(self.take(4), "little") if one else None for one in known]

    def expect(self, *ids: _Id) -> _Id:
        """Read which part begins: one of these."""
        id = self.byte()
        if id not in ids:
            raise ValueError("its list of files is not one")
        return _Id(id)


def _read_streams(header: _Header) -> tuple[list[Block], list[list[tuple[int, int | None]]]]:
    """Read the blocks of an archive, and the size and checksum of each file in them."""
    blocks: list[Block] = []
    files: list[list[tuple[int, int | None]]] = []
    start, packed = 0, list[int]()
    while part := header.expect(_Id.END, _Id.PACKED, _Id.FOLDERS, _Id.SUBSTREAMS):
        if part is _Id.PACKED:
            start, packed = _read_packed(header)
        elif part is _Id.FOLDERS:
            blocks, checksums = _read_blocks(header, start, packed)
            files = [[(block.size, checksum)] for block, checksum in zip(blocks, checksums, strict=True)]
        else:
            files = _read_files(header, blocks, [checksum for ((_, checksum),) in files])
    return blocks, files


def _read_packed(header: _Header) -> tuple[int, list[int]]:
    """Read where the packed bytes begin, and the size of each stream of them."""
    start, count, sizes = header.number() + _START_BYTES, header.count(), list[int]()
    while part := header.expect(_Id.END, _Id.SIZES, _Id.CHECKSUMS):
        if part is _Id.SIZES:
            sizes = header.numbers(count)
        else:
            header.checksums(count)
    return start, sizes


def _read_blocks(header: _Header, start: int, packed: list[int]) -> tuple[list[Block], list[int | None]]:
    """Read the blocks, and the checksum of each."""
    header.expect(_Id.CODERS)
    count = header.count()
    if header.byte():
        raise ValueError("its list of files is elsewhere")
    coders = [_read_coders(header) for _ in range(count)]
    header.expect(_Id.UNPACKED_SIZES)
    sizes = [header.numbers(outputs)[main] for _, _, outputs, main in coders]
    checksums: list[int | None] = [None] * count
    while header.expect(_Id.END, _Id.CHECKSUMS):
        checksums = header.checksums(count)
    blocks: list[Block] = []
    for (chain, inputs, _, _), size in zip(coders, sizes, strict=True):
        own, packed = packed[:inputs], packed[inputs:]
        blocks.append(Block(start, sum(own), size, chain))
        start += sum(own)
    return blocks, checksums


def _read_coders(header: _Header) -> tuple[tuple[tuple[bytes, bytes], ...], int, int, int]:
    """Read a block's coders in the order in which they packed it.

    Returns:
        The coders, the numbers of packed streams and of outputs, and which output is the content.
    """
    coders: list[tuple[bytes, bytes]] = []
    inputs = outputs = 0
    for _ in range(header.count()):
        flags = header.byte()
        id = header.take(flags & 0x0F)
        streams = header.numbers(2) if flags & 0x10 else [1, 1]
        settings = header.take(header.number()) if flags & 0x20 else b""
        coders.append((id, settings))
        inputs, outputs = inputs + streams[0], outputs + streams[1]
    bound = {header.number(): header.number() for _ in range(outputs - 1)}  # inputs to the outputs they take
    packed = inputs - len(bound)
    if packed > 1:
        header.numbers(packed)
    main = next((output for output in range(outputs) if output not in bound.values()), 0)
    if inputs != len(coders) or outputs != len(coders):  # BCJ2 has four inputs; no other has more than one
        return ((b"\x03\x03\x01\x1b", b""),), packed, outputs, main
    chain = [main]
    while chain[-1] in bound and len(chain) < len(coders):
        chain.append(bound[chain[-1]])
    if max(chain) >= len(coders):
        raise ValueError("its list of files is not one")
    return tuple(coders[place] for place in chain), packed, outputs, main


def _read_files(
    header: _Header, blocks: list[Block], checksums: list[int | None]
) -> list[list[tuple[int, int | None]]]:
    """Read the size and checksum of each file in the blocks."""
    counts = [1] * len(blocks)
    part = header.expect(_Id.END, _Id.COUNTS, _Id.SIZES, _Id.CHECKSUMS)
    if part is _Id.COUNTS:
        counts = [header.count() for _ in blocks]
        part = header.expect(_Id.END, _Id.SIZES, _Id.CHECKSUMS)
    # The last file of a block has what is left of it.
    sizes = [header.numbers(count - 1) if part is _Id.SIZES else [] for count in counts]
    if any(
        count > 1 and (len(before) < count - 1 or sum(before) > block.size)
        for block, count, before in zip(blocks, counts, sizes, strict=True)
    ):
        raise ValueError("its list of files is not one")
    if part is _Id.SIZES:
        part = header.expect(_Id.END, _Id.CHECKSUMS)
    unknown = sum(
        count for count, known in zip(counts, checksums, strict=True) if count != 1 or known is None
    )
    own = iter(header.checksums(unknown) if part is _Id.CHECKSUMS else [None] * unknown)
    while part:
        part = header.expect(_Id.END)
    return [
        [
            (size, known if count == 1 and known is not None else next(own))
            for size in (*before, block.size - sum(before))
        ]
        if count
        else []
        for block, count, before, known in zip(blocks, counts, sizes, checksums, strict=True)
    ]


def _read_members(header: _Header) -> Iterator[Member]:
    contents: list[tuple[Block, int, int, int | None]] = []
    while part := header.expect(_Id.END, _Id.ARCHIVE, _Id.STREAMS, _Id.FILES):
        if part is _Id.ARCHIVE:
            while header.number():
                header.take(header.number())
        elif part is _Id.STREAMS:
            blocks, files = _read_streams(header)
            for block, inside in zip(blocks, files, strict=True):
                starts = accumulate((size for size, _ in inside), initial=0)
                contents += [(block, start, *file) for start, file in zip(starts, inside, strict=False)]
        else:
            yield from _read_names(header, contents)


def _read_names(header: _Header, contents: list[tuple[Block, int, int, int | None]]) -> Iterator[Member]:
    """Read the files' names; those with content have it in their order. Folders are left out."""
    count = header.count()
    names: list[str] = []
    without: list[bool] = []
    empty: list[bool] = []
    while property := header.number():
        data = _Header(header.take(header.number()))
        if property == _Id.NAMES:
            if data.byte():
                raise ValueError("its list of files is elsewhere")
            names = data.rest().decode("utf-16-le", "replace").split("\0")[:count]
        elif property == _Id.WITHOUT_STREAM:
            without = data.bits(count)
        elif property == _Id.EMPTY_FILES:
            empty = data.bits(sum(without))
    left, empties = iter(contents), iter(empty)
    for place, name in enumerate(names):
        if not (without and without[place]):
            if found := next(left, None):
                yield Member(name, *found)
        elif next(empties, False):
            yield Member(name, None, 0, 0, None)
