"""Whether an index is as it was written, and what an error of its engine means."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ..errors import BrokenIndexError, CablesearchError, IndexStateError
from .checksums import damage, look_over
from .generations import State, state

if TYPE_CHECKING:
    from ..model.cable import Row

REMEDY = "cablesearch reindex builds it anew"


@dataclass(frozen=True, slots=True)
class Check:
    """What became of an index since it was built.

    Attributes:
        size: bytes that were compared.
        damaged: the files that are not as they were written, in the folder of the generation, or the index
            on a cluster, and what is wrong with each.
        vectors: those of the model and the vectors in the folder of the index, likewise.
    """

    state: State
    size: int
    damaged: tuple[tuple[str, str], ...]
    vectors: tuple[tuple[str, str], ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is damaged."""
        return not (self.damaged or self.vectors)

    columns: ClassVar = ("file", "problem")

    def rows(self) -> Iterator[Row]:
        """Yield what is damaged."""
        for file, problem in (*self.damaged, *self.vectors):
            yield {"file": file, "problem": problem}

    def records(self) -> Iterator[dict[str, object]]:
        """Yield the whole check as one record."""
        yield self.as_dict()

    def as_dict(self) -> dict[str, object]:
        """Return the check as JSON values, with the keys of docs/json.md."""
        return {"sound": self.sound, "size": self.size, "damaged": list(self.rows())}


def check(folder: Path) -> Check:
    """Compare every file of an index with its checksum."""
    now = state(folder)
    try:
        found = damage(now.generation, now.checksums)
    except OSError as error:
        raise unreadable(folder, error) from error
    if not found:
        from ..engines import engine

        found = engine(now.engine).problems(now.generation / "engine")
    return Check(now, now.size, tuple(found))


def check_quickly(folder: Path, now: State) -> None:
    """Do what `look_over` does.

    Raises:
        BrokenIndexError: something is damaged.
        IndexStateError: a file may not be read.
    """
    try:
        look_over(now.generation, now.checksums, now.size)
    except ValueError as error:
        raise damaged(folder, str(error)) from error
    except OSError as error:
        raise unreadable(folder, error) from error


def explain(folder: Path, opened: State, error: BaseException) -> CablesearchError | None:
    """Return the error to raise for one that the engine threw, None if it is not the index's.

    Args:
        opened: the state of the index that the engine reads.
    """
    if not opened.generation.exists():
        return IndexStateError(f"the index in {folder} was built anew since it was opened: open it again")
    try:
        if found := find_damage(folder, opened):
            return found
    except OSError as refused:
        return unreadable(folder, refused)
    if isinstance(error, AssertionError):  # of a caller
        return None
    if isinstance(error, MemoryError):
        return CablesearchError("there is not enough memory for this: ask for less at a time")
    if code := re.search(r"os error (\d+)", str(error)):  # tantivy's way to tell
        error = OSError(int(code[1]), os.strerror(int(code[1])))
    if isinstance(error, OSError):
        return unreadable(folder, error)
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return BrokenIndexError(
        f"the engine fails on the index in {folder} ({what}), though it is as it was written: if this"
        f" version of cablesearch built it, report this as a mistake of ours; if not, {REMEDY}"
    )


def find_damage(folder: Path, now: State) -> BrokenIndexError | None:
    """Return the error for the files that are not as they were written, None if all are.

    Raises:
        OSError: a file may not be read.
    """
    found = damage(now.generation, now.checksums)
    if not found:
        return None
    others = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return damaged(folder, " ".join(found[0]) + others)


def damaged(folder: Path, what: str) -> BrokenIndexError:
    """Return the error for an index that is not as it was written."""
    return BrokenIndexError(f"the index in {folder} is damaged ({what}): {REMEDY}")


def unreadable(folder: Path, error: OSError) -> IndexStateError:
    """Return the error for files that the system refuses to read."""
    where = f": {error.filename}" if error.filename else ""
    advice = ": ask its owner, who can allow it" if isinstance(error, PermissionError) else ""
    return IndexStateError(f"the index in {folder} cannot be read ({error.strerror or error}{where}){advice}")
