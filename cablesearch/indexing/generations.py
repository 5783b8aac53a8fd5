"""The generations of an index, and the one small file that names the current one.

A generation is a folder that is written whole before it is current and never changed after. What a build
leaves behind when it is killed, or what could not be deleted (Windows, while a reader has it open), is
swept by the next build. Engines hold open all that they read from, so an old generation is deleted as
soon as it is not current.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ..errors import BrokenIndexError, NoIndexError

FORMAT = 5  # of everything below an index folder; another number is not read, but rebuilt


@dataclass(frozen=True, slots=True)
class State:
    """What is in an index, and when and how it was made.

    Attributes:
        engine: its name.
        chosen: the user named the engine, so its size does not change it.
        built: when, in UTC.
        sources: the files and folders that it is kept up to date with.
        files: in the sources, readable or not.
        text: bytes of the paragraphs' text.
        size: bytes on disk.
        generation: the folder of the current generation.
        version: of cablesearch that built it.
        devices: the number of the disk that each source was on.
        people: those named in the text are looked for, not only those that a source tags.
    """

    engine: str
    chosen: bool
    built: datetime
    sources: tuple[Path, ...]
    files: int
    cables: int
    paragraphs: int
    text: int
    size: int
    generation: Path
    version: str
    devices: tuple[int, ...] = ()
    people: bool = True


def state(folder: Path) -> State:
    """Read what the index in a folder is.

    Raises:
        NoIndexError: there is none.
        BrokenIndexError: it is damaged, or of another version.
    """
    kept = _kept(folder)
    if kept.pop("format", None) != FORMAT:
        raise BrokenIndexError(
            f"the index in {folder} is of another version of cablesearch: cablesearch reindex builds it anew"
        )
    try:
        return State(
            **kept
            | {
                "built": datetime.fromisoformat(kept["built"]),
                "sources": tuple(map(Path, kept["sources"])),
                "devices": tuple(kept["devices"]),
                "generation": _generations(folder) / kept["generation"],
            }
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(folder) from error


def remembered(folder: Path) -> dict[Path, int]:
    """Give the sources of an index with their devices, even of one that cannot be read any more."""
    with suppress(NoIndexError, BrokenIndexError, LookupError, TypeError):
        kept = _kept(folder)
        return {
            Path(source): int(device)
            for source, device in zip(kept["sources"], kept["devices"], strict=False)
        }
    return {}


def write_state(folder: Path, new: State) -> None:
    """Make a generation the current one, durably and at once."""
    kept = {field: getattr(new, field) for field in new.__slots__} | {
        "format": FORMAT,
        "built": new.built.isoformat(),
        "sources": [str(source) for source in new.sources],
        "generation": new.generation.name,
    }
    fresh = folder / "current.json.new"
    fresh.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")
    _sync(fresh)
    _replace(fresh, folder / "current.json")
    _sync_folder(folder)


def next_generation(folder: Path) -> Path:
    """Make the folder of the generation after all that there are."""
    numbers = [int(old.name) for old in _generations(folder).glob("*") if old.name.isdecimal()]
    new = _generations(folder) / f"{max(numbers, default=0) + 1:06}"
    new.mkdir(parents=True)
    return new


def sweep(folder: Path) -> None:
    """Delete every generation but the current one, as far as the system lets us."""
    current = None
    with suppress(NoIndexError, BrokenIndexError):
        current = _kept(folder).get("generation")
    for generation in _generations(folder).glob("*"):
        if generation.name != current:
            shutil.rmtree(generation, ignore_errors=True)


def begin(old: Path, new: Path) -> None:
    """Begin a generation with the manifest of another one."""
    try:
        shutil.copyfile(old / "manifest.sqlite", new / "manifest.sqlite")
    except FileNotFoundError:
        raise _damaged(old.parent.parent) from None


def copy(old: Path, new: Path) -> None:
    """Copy an engine's folder: as hard links where possible, since engines never change a file in place."""
    new.mkdir()
    for file in old.iterdir():
        if file.is_dir():
            copy(file, new / file.name)
            continue
        try:
            os.link(file, new / file.name)
        except OSError:  # another kind of file system, or too many links
            shutil.copyfile(file, new / file.name)


def seal(generation: Path) -> int:
    """Make a generation durable; gives its bytes on disk."""
    files = [file for file in generation.rglob("*") if file.is_file()]
    for file in files:
        _sync(file)
    for inner in {file.parent for file in files}:
        _sync_folder(inner)
    return sum(file.stat().st_size for file in files)


def _generations(folder: Path) -> Path:
    return folder / "generations"


def _kept(folder: Path) -> dict[str, Any]:
    try:
        kept = json.loads((folder / "current.json").read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise NoIndexError(f"there is no index in {folder}: cablesearch index PATH builds one") from None
    except ValueError as error:
        raise _damaged(folder) from error
    if not isinstance(kept, dict):
        raise _damaged(folder)
    return kept


def _damaged(folder: Path) -> BrokenIndexError:
    return BrokenIndexError(f"the index in {folder} is damaged: cablesearch reindex PATH builds it anew")


def _sync(file: Path) -> None:
    with file.open("r+b") as opened:  # Windows flushes only what is open to write
        os.fsync(opened.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":  # elsewhere a folder cannot be opened
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _replace(new: Path, old: Path) -> None:
    """Rename over a file; on Windows that fails for the moment in which a reader has it open."""
    for _ in range(50):
        try:
            new.replace(old)
            return
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(0.02)
    new.replace(old)
