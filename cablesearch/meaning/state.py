"""What is in a store of vectors, and whether its files are as they were written; it needs no library."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from . import STATE
from .files import digest_of, touched, vouch

FORMAT = 2
UNREADABLE = "is not as this version writes it"
FILES = ("cables", "paragraphs", "rows", "bits", "numbers")

Problem = tuple[str, str]  # the name of a file, and what is wrong with it


class WrittenFile(NamedTuple):
    """How much of a file counts, and the SHA-256 of that."""

    size: int = 0
    sha256: str = hashlib.sha256().hexdigest()


@dataclass(frozen=True, slots=True)
class StoreState:
    """What is in a store.

    Attributes:
        model: the digest of the model.
        index: what tells the state of the index from every other one.
        recipe: how passages are cut and put together.
        cables, paragraphs, rows: how many there are.
        complete: every cable of that state is in it.
        files: how each file was written.
    """

    model: str
    index: str
    recipe: str
    dimensions: int
    cables: int = 0
    paragraphs: int = 0
    rows: int = 0
    complete: bool = False
    files: Mapping[str, WrittenFile] = field(default_factory=lambda: dict.fromkeys(FILES, WrittenFile()))

    @property
    def emptied(self) -> StoreState:
        """What it was when nothing was in it yet."""
        return StoreState(self.model, self.index, self.recipe, self.dimensions)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files.values())


def read_state(folder: Path) -> StoreState | None:
    """Return the state of a store, None if there is none, or it is not as this version writes it."""
    try:
        stored = json.loads((folder / STATE).read_text("utf-8"))
        checksum = stored.pop("checksum")
        if checksum != _checksum(stored) or stored.pop("format") != FORMAT:
            return None
        state = StoreState(**stored)
        return replace(state, files={name: WrittenFile(*file) for name, file in state.files.items()})
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def write_state(folder: Path, state: StoreState) -> None:
    """Write the state of a store, atomically and durably."""
    stored = {"format": FORMAT, **asdict(state)}
    fresh = folder / f"{STATE}.new"
    with fresh.open("w", encoding="utf-8") as stream:
        stream.write(json.dumps({**stored, "checksum": _checksum(stored)}, indent=2) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(folder / STATE)


def damage(folder: Path, state: StoreState) -> Iterator[Problem]:
    """Yield the files of a store that are not as they were written."""
    for name, written in state.files.items():
        try:
            if (folder / name).stat().st_size < written.size:
                yield name, "is cut off"
            elif digest_of(folder / name, written.size).hexdigest() != written.sha256:
                yield name, "is not as it was written"
        except OSError as error:
            yield name, "is missing" if isinstance(error, FileNotFoundError) else f"cannot be read ({error})"


def first_damage(folder: Path, state: StoreState) -> Problem | None:
    """Return what `damage` yields first; files that nobody has touched since are only measured."""
    try:
        files = [folder / name for name in state.files]
        sizes = [written.size for written in state.files.values()]
        whole = all(file.stat().st_size >= size for file, size in zip(files, sizes, strict=True))
        if whole and not touched(files, folder / STATE):
            return None
    except OSError:
        pass  # of a file that `damage` names
    found = next(damage(folder, state), None)
    if not found:
        vouch(folder / STATE)
    return found


def _checksum(stored: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(stored, sort_keys=True).encode()).hexdigest()
