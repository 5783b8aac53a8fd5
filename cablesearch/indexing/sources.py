"""The sources of an index, which are the files and folders that it remembers, and the files in them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple, TypeAlias

from ..errors import CablesearchError

Paths: TypeAlias = Path | str | Iterable[Path | str]  # one path, or several


class FileInfo(NamedTuple):
    """A file as it is now.

    Attributes:
        path: in the bytes of the file system, because a name need not be text.
        modified: when its content last changed, in nanoseconds.
        changed: when its content, permissions or name last changed, in nanoseconds, which nobody can set; 0
            except on POSIX systems.
        device, inode: the identity of the file; the inode is None if the file system has none.
        unreadable_folder: it is a folder that could not be opened.
    """

    path: bytes
    size: int
    modified: int
    changed: int
    device: int
    inode: int | None
    unreadable_folder: bool


def as_paths(paths: Paths) -> list[Path]:
    """Return one path or several as a list."""
    return [Path(paths)] if isinstance(paths, Path | str) else list(map(Path, paths))


def absolute(path: Path) -> Path:
    """Return a path as an absolute one, without `..` in it."""
    # Path.resolve would follow links, which may lead somewhere else tomorrow.
    return Path(os.path.abspath(path))  # noqa: PTH100


def absolute_paths(paths: Paths) -> tuple[Path, ...]:
    """Return the paths as absolute ones, each once.

    Raises:
        CablesearchError: one does not exist.
    """
    found = tuple(dict.fromkeys(map(absolute, as_paths(paths))))
    for path in found:
        if not path.exists():
            raise CablesearchError(f"there is no file or folder {path}")
    return found


def gone_sources(devices: Mapping[Path, int]) -> tuple[Path, ...]:
    """Return the sources that are no longer there: an unmounted disk must not empty the index.

    A source is gone, too, if it is an empty folder on another disk than before.

    Args:
        devices: the sources, with the device number of the disk that each was on.
    """
    return tuple(
        source for source, device in devices.items() if not source.exists() or _is_unmounted(source, device)
    )


def without(sources: Mapping[Path, int], removed: Paths) -> dict[Path, int]:
    """Return the sources that are left when some are removed, which need not exist any more.

    Raises:
        CablesearchError: one of them is no source, or none is left.
    """
    left = dict(sources)
    for path in map(absolute, as_paths(removed)):
        if left.pop(path, None) is None:
            there = ", ".join(map(str, sources)) or "none"
            raise CablesearchError(f"{path} is no source of this index: its sources are {there}")
    if sources and not left:
        raise CablesearchError("no source would be left: cablesearch reindex PATH takes another one")
    return left


def walk_files(sources: Sequence[Path], index: Path) -> Iterator[FileInfo]:
    """Yield every file of the sources, in order, without those of the index itself."""
    from ..corpus.walk import names

    own = f"{absolute_paths([index])[0]}{os.sep}"
    for name in names(sources):
        if name.startswith(own):
            continue
        try:
            stat = os.stat(name)  # noqa: PTH116  faster, and there may be a quarter of a million
        except OSError:
            continue  # deleted since it was listed, or a broken link
        yield FileInfo(
            os.fsencode(name),
            stat.st_size,
            stat.st_mtime_ns,
            stat.st_ctime_ns if os.name == "posix" else 0,
            stat.st_dev,
            stat.st_ino or None,
            S_ISDIR(stat.st_mode),
        )


def collection_of(path: str, sources: Iterable[Path]) -> str:
    """Return the name of the source that a file is in, the innermost if they are nested; empty if in none."""
    holding = [source for source in map(str, sources) if path == source or path.startswith(_inside(source))]
    return Path(max(holding, key=len)).name if holding else ""


def _inside(folder: str) -> str:
    return folder if folder.endswith(os.sep) else folder + os.sep


def _is_unmounted(source: Path, device: int) -> bool:
    return source.stat().st_dev != device and source.is_dir() and not any(source.iterdir())
