"""Whether files are as they were written.

The file that says what others are is written after them, so one that is newer than it has been touched since.
Only then do they have to be read: a search does not, a copy of an index is compared once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash

BLOCK = 1 << 20


def digest_of(file: Path, size: int) -> _Hash:
    """Return the SHA-256 of the first `size` bytes of a file, to which more can be added.

    Raises:
        OSError: it cannot be read.
    """
    digest = sha256()
    with file.open("rb") as stream:
        while size > 0 and (block := stream.read(min(size, BLOCK))):
            digest.update(block)
            size -= len(block)
    return digest


def touched(files: Iterable[Path], record: Path) -> bool:
    """Whether some files may have changed since the one was written that says what they are."""
    written = _last_changed(record)
    return any(_last_changed(file) >= written for file in files)


def vouch(record: Path) -> None:
    """Note that the files are what their record says; who may not write here compares them each time."""
    with suppress(OSError):
        os.utime(record)


def _last_changed(file: Path) -> int:
    found = file.stat()
    return max(found.st_mtime_ns, found.st_ctime_ns)  # the latter if another file took its place
