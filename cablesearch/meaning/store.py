"""The vectors of an index in files that are mapped into memory.

    state.json   how much of the other files counts, and of which model and state of the index they are
    cables       a line of JSON for each cable: its id and the digest of its record
    paragraphs   PARAGRAPH for each paragraph of these cables, in order
    rows         ROW for each passage of these paragraphs, in order
    bits         the vector of each passage, of each number only whether it is positive
    numbers      the vector of each passage, each number in a byte

A build only appends, and what it appended counts when `state.json` is replaced. So whatever kills it, what
counted before is as it was. What a store holds follows from the index and the model alone, byte by byte.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, NamedTuple, Self, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from .model import Vector

FORMAT = 1
STATE = "state.json"

PARAGRAPH = np.dtype(
    [("digest", "<u8"), ("cable", "<u4"), ("ordinal", "<u4"), ("row", "<u4"), ("rows", "<u4")]
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


@dataclass(frozen=True, slots=True)
class StoreState:
    """What is in a store.

    Attributes:
        model: the digest of the model.
        index: what tells the state of the index from every other one.
        version: the version of cablesearch that built that.
        cables, paragraphs, rows: how many there are; `cable_bytes` of the file of cables.
        complete: every cable of that state is in it.
    """

    model: str
    index: str
    version: str
    dimensions: int
    cables: int = 0
    cable_bytes: int = 0
    paragraphs: int = 0
    rows: int = 0
    complete: bool = False

    @property
    def emptied(self) -> StoreState:
        """What it was when nothing was in it yet."""
        return replace(self, cables=0, cable_bytes=0, paragraphs=0, rows=0, complete=False)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(self.sizes.values())

    @property
    def sizes(self) -> dict[str, int]:
        """The bytes that count of each file."""
        return {
            "cables": self.cable_bytes,
            "paragraphs": self.paragraphs * PARAGRAPH.itemsize,
            "rows": self.rows * ROW.itemsize,
            "bits": self.rows * self.dimensions // 8,
            "numbers": self.rows * self.dimensions,
        }


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
        """Map the files into memory.

        Raises:
            OSError: a file is not there.
            ValueError: it has less than the state says.
        """
        self.folder = folder
        self.state = state
        self.paragraphs = self._map("paragraphs", PARAGRAPH, state.paragraphs)
        self.rows = self._map("rows", ROW, state.rows)
        width = state.dimensions
        self.bits = self._map("bits", np.dtype(np.uint8), state.rows * width // 8).reshape(-1, width // 8)
        self.numbers = self._map("numbers", np.dtype(np.int8), state.rows * width).reshape(-1, width)
        self._lines = self._map("cables", np.dtype(np.uint8), state.cable_bytes)

    @classmethod
    def open(cls, folder: Path) -> Self | None:
        """Return the store in a folder, None if there is none, or it is not whole."""
        if state := _read_state(folder):
            with suppress(OSError, ValueError):
                return cls(folder, state)
        return None

    @cached_property
    def cables(self) -> list[tuple[str, int]]:
        """The id of each cable, and the digest of its record."""
        lines = self._lines.tobytes().splitlines()
        return [(id, record) for id, record in json.loads(b"[" + b",".join(lines) + b"]")]

    def passages(self, paragraph: int) -> tuple[Passage, ...]:
        """Return the vectors of a paragraph, by its number."""
        first = int(self.paragraphs["row"][paragraph])
        return tuple(
            Passage(
                int(self.rows["start"][row]),
                int(self.rows["end"][row]),
                float(self.rows["scale"][row]),
                self.bits[row].tobytes(),
                self.numbers[row].tobytes(),
            )
            for row in range(first, first + int(self.paragraphs["rows"][paragraph]))
        )

    def find(self, digest: int) -> tuple[Passage, ...] | None:
        """Return the vectors of a paragraph that reads so, None if there is none."""
        digests, order = self._by_digest
        place = int(np.searchsorted(digests, np.uint64(digest)))
        if place < len(digests) and int(digests[place]) == digest:
            return self.passages(int(order[place]))
        return None

    @cached_property
    def _by_digest(self) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.intp]]:
        digests = np.ascontiguousarray(self.paragraphs["digest"])
        order = np.argsort(digests, kind="stable")
        return digests[order], order

    def _map(self, name: str, kind: np.dtype[Kind], length: int) -> npt.NDArray[Kind]:
        if not length:  # nothing cannot be mapped
            return np.empty(0, kind)
        return np.memmap(self.folder / name, kind, "r", shape=(length,))


class StoreWriter:
    """Appends cables to a store, one that a killed build left behind, or a new one. A context manager."""

    def __init__(self, folder: Path, fresh: StoreState) -> None:
        """Open the store in a folder, or begin a new one there if it is of another model or index."""
        folder.mkdir(parents=True, exist_ok=True)
        found = Store.open(folder)
        same = found and found.state.emptied == fresh
        self.folder = folder
        self.state = found.state if found and same else fresh
        self._files: dict[str, BinaryIO] = {}
        for name, size in self.state.sizes.items():
            file = (folder / name).open("ab")
            file.truncate(size)
            self._files[name] = file

    def append(self, id: str, record: int, paragraphs: Sequence[StoredParagraph]) -> None:
        """Append a cable. It counts after the next `commit`."""
        state = self.state
        line = json.dumps([id, record]).encode() + b"\n"
        passages = [(k, passage) for k, one in enumerate(paragraphs) for passage in one.passages]
        rows = [(state.paragraphs + k, one.start, one.end, one.scale) for k, one in passages]
        described, row = [], state.rows
        for ordinal, one in enumerate(paragraphs):
            described.append((one.digest, state.cables, ordinal, row, len(one.passages)))
            row += len(one.passages)
        self._write("cables", [line])
        self._write("paragraphs", [np.array(described, PARAGRAPH).tobytes()])
        self._write("rows", [np.array(rows, ROW).tobytes()])
        self._write("bits", (one.bits for _, one in passages))
        self._write("numbers", (one.numbers for _, one in passages))
        self.state = replace(
            state,
            cables=state.cables + 1,
            cable_bytes=state.cable_bytes + len(line),
            paragraphs=state.paragraphs + len(paragraphs),
            rows=row,
        )

    def commit(self, *, complete: bool = False) -> None:
        """Make what was appended count, durably."""
        self.state = replace(self.state, complete=complete)
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
        fresh = self.folder / f"{STATE}.new"
        with fresh.open("w", encoding="utf-8") as stream:
            stream.write(json.dumps({"format": FORMAT, **asdict(self.state)}, indent=2) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(self.folder / STATE)

    def _write(self, name: str, pieces: Iterable[bytes]) -> None:
        self._files[name].writelines(pieces)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        for file in self._files.values():
            file.close()


def _read_state(folder: Path) -> StoreState | None:
    try:
        stored = json.loads((folder / STATE).read_text("utf-8"))
        return StoreState(**stored) if stored.pop("format") == FORMAT else None
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return None
