"""Which files a corpus is made of."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

# Files that systems and people leave beside the cables: not read, and not reported either.
_SKIPPED = re.compile(r"\..*|__MACOSX|thumbs\.db|desktop\.ini|(?:README|LICEN[SC]E)(?:\W.*)?", re.IGNORECASE)


def is_skipped(name: str) -> bool:
    """Whether a file or folder of this name is skipped: it is hidden, or describes the corpus."""
    return bool(_SKIPPED.fullmatch(name))


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield every file in some files and folders, as `names` does."""
    return map(Path, names(paths))


def names(paths: Iterable[Path]) -> Iterator[str]:
    """Yield the name of every file in some files and folders, folder by folder, sorted by name.

    Links to folders are followed, each folder once. A path of `paths` that is not a folder is yielded as it
    is, and so is a folder that cannot be opened: reading it then fails with the reason.
    """
    entered: set[tuple[int, int]] = set()
    for path in paths:
        if _is_folder(path):
            yield from _walk(str(path), entered)
        else:
            yield str(path)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # in a folder that cannot be entered
        return False


def _walk(top: str, entered: set[tuple[int, int]]) -> Iterator[str]:
    # No recursion: folders may be nested deeper than Python's calls.
    waiting = [(top, "folder")]
    while waiting:
        path, kind = waiting.pop()
        if kind == "file":
            yield path
            continue
        try:
            entries = _list_folder(path, entered)
        except OSError:
            yield path
            continue
        waiting += ((entry.path, own) for entry in entries if (own := _kind(entry)))


def _list_folder(folder: str, entered: set[tuple[int, int]]) -> list[os.DirEntry[str]]:
    """Return what is in a folder, the last name first; nothing if the folder was entered before."""
    if not _enter(folder, entered):
        return []
    with os.scandir(folder) as listing:
        entries = [entry for entry in listing if not is_skipped(entry.name)]
    return sorted(entries, key=lambda entry: entry.name, reverse=True)


def _kind(entry: os.DirEntry[str]) -> str | None:
    try:
        return "folder" if entry.is_dir() else "file" if entry.is_file() else None
    except OSError:  # a link that leads to itself
        return None


def _enter(folder: str, entered: set[tuple[int, int]]) -> bool:
    """Add a folder to those entered; False where it was entered before, by another name or through a link."""
    stat = Path(folder).stat()
    inode = (stat.st_dev, stat.st_ino)
    new = inode not in entered
    entered.add(inode)
    return new
