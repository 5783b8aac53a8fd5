"""The command that parses files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import UNREAD, output
from .options import Format, NoColor, Redact, SecondsAFile, Verbose

if TYPE_CHECKING:
    from .. import Cable


def parse(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", hidden=True)],
    format: Format = "text",
    redact: Redact = False,
    no_color: NoColor = False,
    seconds_a_file: SecondsAFile = 60,
    verbose: Verbose = False,
) -> None:
    """Show how files are parsed; no index is needed.

    FILE is a file, a folder or an archive of cables. With --format json, each cable is an object on one line.
    """
    from .. import Cable, read_cables
    from ..terminal.report import failure_lines

    layout = output.layout(no_color)
    cables = failures = 0

    def readable() -> Iterator[Cable]:
        nonlocal cables, failures
        for item in read_cables(files, redact=redact, seconds_a_file=seconds_a_file):
            if isinstance(item, Cable):
                cables += 1
                yield item
            else:
                failures += 1
                for line in failure_lines(item, verbose=verbose):
                    output.say(line)

    def as_text(cable: Cable) -> str:
        from ..terminal.cable import cable_text

        return cable_text(cable, with_gaps=True, **layout)

    output.answer(readable(), format, as_text)
    if failures:
        raise typer.Exit(UNREAD)
    if not cables:
        raise output.nothing("there are no cables")
