"""The command that says whether the index is as it was written."""

from __future__ import annotations

import typer

from . import ERROR, output
from .options import INDEXES, Format, IndexFolder, only


def check(format: Format = "text", index: IndexFolder = INDEXES) -> None:
    """Compare every file of the index, and of its vectors, with its checksum.

    The exit status is 2 if a file is damaged: build anew what is, and look after the disk.
    """
    from .. import check_index
    from ..terminal.report import check_text

    folder = only(index)
    found = check_index(folder)
    output.answer([found], format, lambda found: check_text(str(folder), found))
    if not found.sound:
        raise typer.Exit(ERROR)
