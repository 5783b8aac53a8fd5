"""Where output goes: the terminal's width and colours, the pager, pipes that close."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from typing import TYPE_CHECKING, TypedDict

import typer

from ..export.escape import visible

if TYPE_CHECKING:
    from ..errors import QueryError

PIPED = 80  # columns, where there is no terminal to ask


class Layout(TypedDict):
    """What the renderers are told of the terminal."""

    width: int
    colour: bool


def prepare() -> None:
    """Make the standard streams take any text: UTF-8 into files and pipes, whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            reconfigure(encoding=encoding, errors="backslashreplace")


def layout(no_color: bool = False) -> Layout:
    """Give the width, and whether there are colours: on a terminal that knows them, unless unwanted."""
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((PIPED, 24)).columns if terminal else PIPED
    unwanted = no_color or bool(os.environ.get("NO_COLOR"))
    return {"width": width, "colour": terminal and not unwanted and _knows_colours()}


def _knows_colours() -> bool:
    if sys.platform == "win32":  # the old console shows escape sequences as they are
        return any(name in os.environ for name in ("WT_SESSION", "TERM_PROGRAM", "TERM"))
    return os.environ.get("TERM", "dumb") != "dumb"


def write(text: str) -> None:
    """Write to standard output; once the reader at its other end is gone, end quietly."""
    try:
        sys.stdout.write(text if text.endswith("\n") or not text else f"{text}\n")
        sys.stdout.flush()
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.EINVAL):  # the second on Windows
            raise
        # The interpreter flushes once more as it ends: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from error


def write_paged(text: str, *, pager: bool) -> None:
    """Write to standard output, through a pager where a terminal is too low for it."""
    if pager and sys.stdout.isatty() and text.count("\n") >= shutil.get_terminal_size().lines:
        import pydoc

        os.environ.setdefault("LESS", "FRX")  # as git does: quit when it fits, keep colours and the screen
        os.environ.pop("MANPAGER", None)  # pydoc would prefer it to PAGER
        pydoc.pager(text)
    else:
        write(text)


def say(line: str) -> None:
    """Say something on standard error, on one line that begins with the program's name."""
    print(f"cablesearch: {visible(line)}", file=sys.stderr, flush=True)


def _at_terminal() -> bool:
    return sys.stderr.isatty()


def point_at(error: QueryError) -> None:
    """Show a person a query with a caret under the place of its fault, where it fits on a line."""
    from ..terminal.page import cells

    if error.position is None or not _at_terminal() or cells(query := visible(error.query)) > PIPED - 2:
        return
    before = cells(visible(error.query[: error.position]))
    print(f"  {query}\n  {' ' * before}^", file=sys.stderr)
