"""The command that says whether the index is as it was written."""

from __future__ import annotations

import typer

from . import ERROR, output
from .options import INDEX, Format, IndexFolder


def check(format: Format = "text", index: IndexFolder = INDEX) -> None:
    """Compare every file of the index with its checksum.

    The exit status is 2 if a file is damaged: build the index anew, and look after the disk.
    """
    from .. import check_index
    from ..terminal.report import check_text

    found = check_index(index)
    output.answer([found], format, lambda found: check_text(str(index), found))
    if found.damaged:
        raise typer.Exit(ERROR)
