"""Which files a corpus is made of."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

# What systems and people leave beside the cables: not cables, and nothing to complain about.
_ASIDE = re.compile(r"\..*|__MACOSX|thumbs\.db|desktop\.ini|(?:README|LICEN[SC]E)(?:\W.*)?", re.IGNORECASE)


def skipped(name: str) -> bool:
    """Whether a file or folder of this name is passed over: it is hidden, or describes the corpus."""
    return bool(_ASIDE.fullmatch(name))


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """Give every file of some files and folders: see `names`."""
    return map(Path, names(paths))


def names(paths: Iterable[Path]) -> Iterator[str]:
    """Give the name of every file of some files and folders, folder by folder, sorted by name.

    Links to folders are followed, each folder once. What is named by itself is given whatever it is, and
    so is a folder that cannot be opened: to read it says why.
    """
    entered: set[tuple[int, int]] = set()
    for path in paths:
        if _is_folder(path):
            yield from _names(str(path), entered)
        else:
            yield str(path)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # in a folder that cannot be entered
        return False


def _names(folder: str, entered: set[tuple[int, int]]) -> Iterator[str]:
    try:
        if _known(folder, entered):
            return
        with os.scandir(folder) as listing:
            entries = sorted((entry for entry in listing if not skipped(entry.name)), key=lambda e: e.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        kind = _kind(entry)
        if kind == "folder":
            yield from _names(entry.path, entered)
        elif kind == "file":
            yield entry.path


def _kind(entry: os.DirEntry[str]) -> str | None:
    try:
        return "folder" if entry.is_dir() else "file" if entry.is_file() else None
    except OSError:  # a link that leads to itself
        return None


def _known(folder: str, entered: set[tuple[int, int]]) -> bool:
    """Whether a folder was entered before, by another name or through a link; from now on it was."""
    stat = Path(folder).stat()
    place = (stat.st_dev, stat.st_ino)
    known = place in entered
    entered.add(place)
    return known
