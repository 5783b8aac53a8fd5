"""The vectors of an index in files that are mapped into memory.

    state.json   of which model and state of the index it is, how much of the other files counts, checksums
    cables       a line of JSON for each cable: its id and what tells its text from others
    paragraphs   PARAGRAPH for each paragraph of these cables, in order
    rows         ROW for each passage of these paragraphs, in order
    bits         the vector of each passage, of each number only whether it is positive
    numbers      the vector of each passage, each number in a byte

A build only appends, and what it appended counts when `state.json` is replaced. So whatever kills it, what
counted before is as it was. What a store holds follows from the index and the model alone, byte by byte.

Files that are damaged are put aside. Each paragraph has a checksum of its own, so that a build takes from
them what is sound.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from secrets import token_hex
from struct import pack
from typing import BinaryIO, NamedTuple, Self, TypeAlias, TypeVar
from zlib import crc32

import numpy as np
import numpy.typing as npt

from . import DAMAGED
from .files import digest_of
from .model import Vector
from .state import StoreState, WrittenFile, damage, first_damage, read_state, write_state

PARAGRAPH = np.dtype(
    [
        ("digest", "<u8"),
        ("cable", "<u4"),
        ("ordinal", "<u4"),
        ("row", "<u4"),
        ("rows", "<u4"),
        ("checksum", "<u4"),
    ]
)
ROW = np.dtype([("paragraph", "<u4"), ("start", "<u4"), ("end", "<u4"), ("scale", "<f4")])

Bytes: TypeAlias = npt.NDArray[np.uint8]
Numbers: TypeAlias = npt.NDArray[np.int8]
Kind = TypeVar("Kind", bound=np.generic)


class Passage(NamedTuple):
    """The vector of a passage as it is stored, and where in its paragraph's text the passage stands."""

    start: int
    end: int
    scale: float
    bits: bytes
    numbers: bytes


class StoredParagraph(NamedTuple):
    """A paragraph with the vectors of its passages, and the digest of what they were made from."""

    digest: int
    passages: tuple[Passage, ...]

    @property
    def checksum(self) -> int:
        """A number of 32 bits that is another one if something of it is damaged."""
        known = crc32(self.digest.to_bytes(8, "little"))
        for start, end, scale, bits, numbers in self.passages:
            for part in (pack("<IIf", start, end, scale), bits, numbers):
                known = crc32(part, known)
        return known


def compress(span: tuple[int, int], vector: Vector) -> Passage:
    """Return the vector of a passage as it is stored."""
    scale = float(np.abs(vector).max() / np.float32(127)) or 1.0
    numbers = np.rint(vector / np.float32(scale)).astype(np.int8)
    return Passage(*span, scale, sign_bits(vector).tobytes(), numbers.tobytes())


def sign_bits(vector: Vector) -> Bytes:
    """Return of each number of a vector only whether it is positive, 8 in a byte."""
    return np.packbits(vector > 0)


class Store:
    """A store that is open for reading, as it is now, whatever a build appends to it, or puts in its place.

    Attributes:
        paragraphs: PARAGRAPH for each paragraph.
        rows: ROW for each passage.
        bits, numbers: the vector of each passage.
    """

    def __init__(self, folder: Path, state: StoreState) -> None:
        """Map the files into memory; of one that is cut off or missing, what there is."""
        self.folder = folder
        self.state = state
        width = state.dimensions
        self.paragraphs = self._map("paragraphs", PARAGRAPH, (state.paragraphs,))
        self.rows = self._map("rows", ROW, (state.rows,))
        self.bits = self._map("bits", np.dtype(np.uint8), (state.rows, width // 8))
        self.numbers = self._map("numbers", np.dtype(np.int8), (state.rows, width))
        self._lines = self._map("cables", np.dtype(np.uint8), (state.files["cables"].size,))

    @classmethod
    def open(cls, folder: Path) -> Self | None:
        """Return the store in a folder, None if there is none, or it is not as it was written."""
        state = read_state(folder)
        return cls(folder, state) if state and not first_damage(folder, state) else None

    @cached_property
    def cables(self) -> list[tuple[str, int]]:
        """The id of each cable, and what tells its text from others."""
        lines = self._lines.tobytes().splitlines()
        return [(id, text) for id, text in json.loads(b"[" + b",".join(lines) + b"]")]

    def find(self, digest: int) -> StoredParagraph | None:
        """Return the vectors of a paragraph that reads so, None if there is none, or it is damaged."""
        digests, order = self._by_digest
        place = int(np.searchsorted(digests, np.uint64(digest)))
        if place == len(digests) or int(digests[place]) != digest:
            return None
        stored = self.paragraphs[int(order[place])]
        first, count = int(stored["row"]), int(stored["rows"])
        if first + count > min(map(len, (self.rows, self.bits, self.numbers))):
            return None
        found = StoredParagraph(digest, tuple(self._passages(range(first, first + count))))
        return found if found.checksum == int(stored["checksum"]) else None

    def _passages(self, rows: Iterable[int]) -> Iterator[Passage]:
        for row in rows:
            _, start, end, scale = self.rows[row].tolist()
            yield Passage(start, end, scale, self.bits[row].tobytes(), self.numbers[row].tobytes())

    @cached_property
    def _by_digest(self) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.intp]]:
        digests = np.ascontiguousarray(self.paragraphs["digest"])
        order = np.argsort(digests, kind="stable")
        return digests[order], order

    def _map(self, name: str, kind: np.dtype[Kind], shape: tuple[int, ...]) -> npt.NDArray[Kind]:
        length, *rest = shape
        with suppress(OSError):
            file = self.folder / name
            length = min(length, file.stat().st_size // (kind.itemsize * math.prod(rest)))
            if length:  # nothing cannot be mapped
                return np.memmap(file, kind, "r", shape=(length, *rest))
        return np.empty((0, *rest), kind)


class StoreWriter:
    """Appends cables to a store, one that a killed build left behind, or a new one. A context manager."""

    def __init__(self, folder: Path, fresh: StoreState) -> None:
        """Open the store in a folder; begin a new one if that is damaged, or of another model or index."""
        self.folder = folder
        self.state = self._left_behind(fresh) or fresh
        folder.mkdir(parents=True, exist_ok=True)
        self._files: dict[str, BinaryIO] = {}
        self._digests = {}
        for name, written in self.state.files.items():
            file = (folder / name).open("ab")
            if file.tell() != written.size:
                file.truncate(written.size)
            self._files[name] = file
            self._digests[name] = digest_of(folder / name, written.size)

    def _left_behind(self, fresh: StoreState) -> StoreState | None:
        """Return what is in the folder if it can be gone on with; put anything else aside."""
        found = read_state(self.folder)
        if found and found.emptied == fresh and not next(damage(self.folder, found), None):
            return found
        if self.folder.exists():
            self.folder.rename(self.folder.with_name(f"{self.folder.name}.{token_hex(4)}{DAMAGED}"))
        return None

    def append(self, id: str, text: int, paragraphs: Sequence[StoredParagraph]) -> None:
        """Append a cable. It counts after the next `commit`.

        Args:
            text: what tells its text from others.
        """
        state = self.state
        passages = [(k, passage) for k, one in enumerate(paragraphs) for passage in one.passages]
        rows = [(state.paragraphs + k, one.start, one.end, one.scale) for k, one in passages]
        described, row = [], state.rows
        for ordinal, one in enumerate(paragraphs):
            described.append((one.digest, state.cables, ordinal, row, len(one.passages), one.checksum))
            row += len(one.passages)
        self._write("cables", [json.dumps([id, text]).encode() + b"\n"])
        self._write("paragraphs", [np.array(described, PARAGRAPH).tobytes()])
        self._write("rows", [np.array(rows, ROW).tobytes()])
        self._write("bits", (one.bits for _, one in passages))
        self._write("numbers", (one.numbers for _, one in passages))
        self.state = replace(
            state,
            cables=state.cables + 1,
            paragraphs=state.paragraphs + len(paragraphs),
            rows=row,
        )

    def commit(self, *, complete: bool = False) -> None:
        """Make what was appended count, durably."""
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
        files = {
            name: WrittenFile(file.tell(), self._digests[name].hexdigest())
            for name, file in self._files.items()
        }
        self.state = replace(self.state, complete=complete, files=files)
        write_state(self.folder, self.state)

    def _write(self, name: str, pieces: Iterable[bytes]) -> None:
        written = b"".join(pieces)
        self._digests[name].update(written)
        self._files[name].write(written)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        for file in self._files.values():
            file.close()
