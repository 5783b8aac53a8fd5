"""A folder for an index that is only opened, from which it is read until it is closed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

DELETIONS = 5  # that are tried


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield a folder for this user alone, which goes once the index in it is open.

    A thread of tantivy's may make a lock in it just as it is deleted. On Windows, files that are open stay.
    """
    folder = Path(mkdtemp(prefix="cablesearch-"))
    try:
        yield folder
    finally:
        for _ in range(DELETIONS):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break
