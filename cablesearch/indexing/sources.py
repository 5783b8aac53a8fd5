"""Where cables come from: the sources that an index remembers, and the files in them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple

from ..errors import CablesearchError


class Seen(NamedTuple):
    """A file as it is now.

    Attributes:
        path: as the file system's bytes, since a name need not be text.
        changed: when its rights or its name last changed, in nanoseconds (elsewhere than on POSIX: never).
        device, inode: the file behind the name; an inode of None cannot be told from another.
        folder: it is one that could not be opened.
    """

    path: bytes
    size: int
    modified: int
    changed: int
    device: int
    inode: int | None
    folder: bool


def absolute(paths: Iterable[Path | str]) -> tuple[Path, ...]:
    """Give the paths absolute, each once.

    Raises:
        CablesearchError: one does not exist.
    """
    # Path.resolve would follow links, which may lead elsewhere tomorrow.
    found = tuple(dict.fromkeys(Path(os.path.abspath(path)) for path in paths))  # noqa: PTH100
    for path in found:
        if not path.exists():
            raise CablesearchError(f"there is no file or folder {path}")
    return found


def check(remembered: Mapping[Path, int]) -> None:
    """See that sources are there as they were: a disk that is not mounted must not empty the index.

    Args:
        remembered: the disk that each of them was on.

    Raises:
        CablesearchError: one is gone, or it is an empty folder and on another disk than before.
    """
    for source, device in remembered.items():
        if not source.exists() or _unmounted(source, device):
            rest = " ".join(str(other) for other in remembered if other != source) or "PATH"
            raise CablesearchError(
                f"{source} is gone, a source of this index: mount or restore it,"
                f" or build the index without it: cablesearch reindex {rest}"
            )


def walk(sources: Sequence[Path], apart: Path) -> Iterator[Seen]:
    """Give every file of the sources, in order, but those of the index itself (`apart`)."""
    from ..corpus.walk import names

    own = f"{absolute([apart])[0]}{os.sep}"
    for name in names(sources):
        if name.startswith(own):
            continue
        try:
            stat = os.stat(name)  # noqa: PTH116  a quarter of a million times
        except OSError:
            continue  # gone since it was listed, or a link to nowhere
        yield Seen(
            os.fsencode(name),
            stat.st_size,
            stat.st_mtime_ns,
            stat.st_ctime_ns if os.name == "posix" else 0,
            stat.st_dev,
            stat.st_ino or None,
            S_ISDIR(stat.st_mode),
        )


def _unmounted(source: Path, device: int) -> bool:
    return source.stat().st_dev != device and source.is_dir() and not any(source.iterdir())
