"""Writes files that are either complete or not there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import TextIO

from ..errors import CablesearchError


@contextmanager
def replacing(file: Path, encoding: str) -> Iterator[TextIO]:
    """Yield a stream to a new file, which takes the place of `file` at the end unless there is an error.

    A killed process leaves the new file behind, under another name, and the old one as it was. What is no
    file (a pipe, `/dev/stdout`) is written to as it is.

    Raises:
        CablesearchError: it is a folder, or its folder does not exist.
    """
    target = file.resolve()  # so that a link stays one
    if target.is_dir():
        raise CablesearchError(f"{file} is a folder: name a file in it")
    if not target.parent.is_dir():
        raise CablesearchError(f"there is no folder {file.parent}: make it first")
    if file.exists() and not file.is_file():  # asked of the link, as a pipe behind it has no other name
        with file.open("w", encoding=encoding, errors="backslashreplace", newline="\n") as stream:
            yield stream
        return
    new = target.with_name(f".{target.name}.{token_hex(4)}.part")
    try:
        with new.open("x", encoding=encoding, errors="backslashreplace", newline="\n") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, new)
        new.replace(target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
