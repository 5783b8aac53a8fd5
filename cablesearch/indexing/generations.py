"""The generations of an index, and the one small file that names the current one.

A generation is a folder that is complete before it becomes current, and never changed afterwards. An old one
is deleted as soon as it is no longer current; readers have all their files open. What a killed build leaves
behind, or what cannot be deleted (on Windows, while a reader has it open), is deleted by the next build.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import BrokenIndexError, IndexStateError, NoIndexError
from .sources import Source, own_name

if TYPE_CHECKING:
    from ..engines.cluster import Cluster

FORMAT = 15  # version of everything in the index folder; an index of any other has to be rebuilt
PRIVATE = 0o700  # what is in an index may be confidential

_NUMBERS = ("files", "cables", "paragraphs", "text", "size", "waiting")  # of a state


@dataclass(frozen=True, slots=True)
class State:
    """What is in an index, and when and how it was built.

    Attributes:
        engine: the name of the engine.
        chosen: the user named the engine, so it stays, whatever the size of the index.
        built: when it was built, in UTC.
        sources: the files and folders that it is kept up to date with.
        names: the name of the collection of each source.
        files: the number of files in the sources, readable or not.
        text: bytes of the paragraphs' text.
        size: bytes on disk.
        generation: the folder of the current generation.
        version: the version of cablesearch that built it.
        devices: the device number of the disk that each source was on.
        people: the people named are recognised, not only taken from the tags of a source.
        front_matter: what editions print before their documents is in it, too.
        formats: how many of the cables are of each format, most frequent first.
        collections: how many of the cables are in each collection, most first; some may be in several.
        checksums: the checksum of the list of its files' checksums.
        cluster: where the engine keeps it; None on this machine.
        waiting: how many files of the sources a build that goes on, or was stopped, has not read to the end.
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
    names: tuple[str, ...] = ()
    devices: tuple[int, ...] = ()
    people: bool = True
    front_matter: bool = False
    formats: dict[str, int] = field(default_factory=dict)
    collections: dict[str, int] = field(default_factory=dict)
    checksums: str = ""
    cluster: Cluster | None = None
    waiting: int = 0

    @property
    def stamp(self) -> str:
        """What tells this state of the index from every other one."""
        return f"{self.built.isoformat()} {self.checksums}"


def exists(folder: Path) -> bool:
    """Whether there is an index in a folder, readable or not."""
    return (folder / "current.json").exists()


def state(folder: Path) -> State:
    """Read the state of the index in a folder.

    Raises:
        NoIndexError: there is none.
        BrokenIndexError: it is damaged, or of another version.
    """
    stored = _load(folder)
    if stored.pop("format", None) != FORMAT:
        raise BrokenIndexError(
            f"the index in {folder} is of another version of cablesearch: cablesearch reindex builds it anew"
        )
    try:
        if not stored["generation"].isdecimal() or not all(
            isinstance(stored[name], int) for name in _NUMBERS
        ):
            raise _damaged(folder)
        return State(
            **stored
            | {
                "built": datetime.fromisoformat(stored["built"]),
                "sources": tuple(map(Path, stored["sources"])),
                "names": tuple(stored["names"]),
                "devices": tuple(stored["devices"]),
                "generation": _generations(folder) / stored["generation"],
                "cluster": _cluster(stored),
            }
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _damaged(folder) from error


def remembered_sources(folder: Path) -> list[Source]:
    """Return the sources of an index, even if the rest cannot be read."""
    with suppress(IndexStateError, LookupError, TypeError, ValueError):
        stored = _load(folder)
        paths = list(map(Path, stored["sources"]))
        names = stored.get("names") or map(own_name, paths)  # an older index gave no names
        return [
            Source(path, str(name), int(device))
            for path, name, device in zip(paths, names, stored["devices"], strict=False)
        ]
    return []


def remembered_cluster(folder: Path) -> tuple[str, Cluster] | None:
    """Return the engine of an index and the cluster that it is on, even if the rest cannot be read."""
    with suppress(IndexStateError, LookupError, TypeError, ValueError):
        stored = _load(folder)
        if cluster := _cluster(stored):
            return str(stored["engine"]), cluster
    return None


def _cluster(stored: dict[str, Any]) -> Cluster | None:
    if not (on := stored.get("cluster")):
        return None
    from ..engines.cluster import Cluster

    return Cluster(**on | {"urls": tuple(on["urls"])})


def write_state(folder: Path, new: State) -> None:
    """Make a generation the current one, atomically and durably."""
    stored = {name: getattr(new, name) for name in new.__slots__} | {
        "format": FORMAT,
        "built": new.built.isoformat(),
        "sources": [str(source) for source in new.sources],
        "generation": new.generation.name,
        "cluster": asdict(new.cluster) if new.cluster else None,
    }
    fresh = folder / "current.json.new"
    fresh.write_text(json.dumps(stored | {"checksum": _checksum(stored)}, indent=2) + "\n", "utf-8")
    fresh.chmod(_file_mode(folder))
    _sync_file(fresh)
    _replace(fresh, folder / "current.json")
    _sync_folder(folder)


def create_generation(folder: Path) -> Path:
    """Create the folder of the next generation.

    It is for its owner only, as all that is in it; if the owner has opened the index to others (chmod), for
    them, too.
    """
    generations = _generations(folder)
    generations.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    try:
        state(folder)
    except IndexStateError:
        generations.chmod(PRIVATE)
    numbers = [int(old.name) for old in generations.glob("*") if old.name.isdecimal()]
    new = generations / f"{max(numbers, default=0) + 1:06}"
    new.mkdir(mode=PRIVATE)
    return new


def delete_old(folder: Path) -> None:
    """Delete every generation except the current one, as far as the system permits."""
    current = None
    with suppress(IndexStateError):
        current = _load(folder).get("generation")
    for generation in _generations(folder).glob("*"):
        if generation.name != current:
            shutil.rmtree(generation, ignore_errors=True)


def copy_manifest(old: Path, new: Path) -> None:
    """Copy the manifest of one generation to another."""
    try:
        shutil.copyfile(old / "manifest.sqlite", new / "manifest.sqlite")
    except FileNotFoundError:
        raise _damaged(old.parent.parent) from None


def copy_engine(old: Path, new: Path) -> None:
    """Copy an engine's folder, with hard links if possible: engines never change a file in place."""
    new.mkdir()
    for file in old.iterdir():
        if file.is_dir():
            copy_engine(file, new / file.name)
            continue
        try:
            os.link(file, new / file.name)
        except OSError:  # another kind of file system, or too many links
            shutil.copyfile(file, new / file.name)


def sync(generation: Path) -> None:
    """Make sure that a generation is on the disk, for those for whom the folder of all generations is."""
    folder = generation.parent.parent
    for inner, _, names in os.walk(generation):
        for name in names:
            _set_mode(Path(inner, name), _file_mode(folder))
            _sync_file(Path(inner, name))
        _set_mode(Path(inner), _folder_mode(folder))
        _sync_folder(Path(inner))


def _set_mode(path: Path, mode: int) -> None:
    if stat.S_IMODE(path.stat().st_mode) != mode:
        path.chmod(mode)


def _folder_mode(folder: Path) -> int:
    return stat.S_IMODE(_generations(folder).stat().st_mode)


def _file_mode(folder: Path) -> int:
    return _folder_mode(folder) & 0o666


def _generations(folder: Path) -> Path:
    return folder / "generations"


def _load(folder: Path) -> dict[str, Any]:
    try:
        stored = json.loads((folder / "current.json").read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise NoIndexError(f"no index yet in {shown(folder)}: cablesearch index PATH builds one") from None
    except PermissionError as error:
        raise IndexStateError(
            f"the index in {folder} may not be read by this user: ask its owner, who can allow it"
        ) from error
    except (ValueError, RecursionError) as error:
        raise _damaged(folder) from error
    if not isinstance(stored, dict):
        raise _damaged(folder)
    checksum = stored.pop("checksum", None)
    if stored.get("format") == FORMAT and checksum != _checksum(stored):
        raise _damaged(folder)
    return stored


def shown(folder: Path) -> str:
    """Return a folder as it is named in a message: one beside the reader as `./index`, not as a word."""
    name = str(folder)
    return name if folder.is_absolute() or name.startswith(".") else f".{os.sep}{name}"


def _checksum(stored: dict[str, Any]) -> str:
    """Return the checksum of what is in `current.json`."""
    return hashlib.sha256(json.dumps(stored, sort_keys=True).encode()).hexdigest()


def _damaged(folder: Path) -> BrokenIndexError:
    return BrokenIndexError(f"the index in {folder} is damaged: cablesearch reindex PATH builds it anew")


def _sync_file(file: Path) -> None:
    with file.open("r+b") as opened:  # Windows flushes only a file that is open for writing
        os.fsync(opened.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":  # on other systems a folder cannot be opened
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _replace(new: Path, old: Path) -> None:
    """Rename one file over another; on Windows that fails while a reader has the other open."""
    for _ in range(50):
        try:
            new.replace(old)
            return
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(0.02)
    new.replace(old)
