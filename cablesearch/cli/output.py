"""Writes answers and errors: the width and colours of the terminal, the pager, pipes that close."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO, TypedDict, TypeVar

import typer

from .. import export
from ..export import escape_controls
from . import NOTHING

if TYPE_CHECKING:
    from ..errors import QueryError

A = TypeVar("A", bound=export.Answer)

TEXT = "text"  # the format for people; all others are in `export`

PIPED_WIDTH = 80  # columns, if there is no terminal

NOTHING_FOUND = "nothing found: try fewer words, another spelling (nazarb?yev, democrati*), or fewer filters"


class Layout(TypedDict):
    """What the functions in `terminal` need to know about the terminal."""

    width: int
    colour: bool


def prepare() -> None:
    """Make the standard streams accept any text: UTF-8 for files and pipes, whatever the locale.

    One that is closed is replaced by the null device, lest a file that is opened later gets its number.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, closefd=False))
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            reconfigure(encoding=encoding, errors="backslashreplace")


def layout(no_color: bool = False) -> Layout:
    """Return the width, and whether to use colours: on a terminal that has them, unless switched off."""
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((PIPED_WIDTH, 24)).columns if terminal else PIPED_WIDTH
    unwanted = no_color or bool(os.environ.get("NO_COLOR"))
    return {"width": width, "colour": terminal and not unwanted and _has_colours()}


def _has_colours() -> bool:
    if sys.platform == "win32":  # the old console prints escape sequences literally
        return any(name in os.environ for name in ("WT_SESSION", "TERM_PROGRAM", "TERM"))
    return os.environ.get("TERM", "dumb") != "dumb"


def answer(
    answers: Iterable[A],
    format: str,
    text: Callable[[A], str],
    *,
    nothing_found: str | None = None,
    pager: bool = False,
) -> None:
    """Show answers, one after the other: as text, or in a format from `export`.

    Args:
        text: returns an answer as text.
        nothing_found: if nothing was found, the message to show instead of text; the exit status is then
            `NOTHING`, in every format. None if something was found.
        pager: show text that is longer than the screen in a pager.
    """
    if format != TEXT:
        with _standard_output() as stream:
            export.write(format, answers, stream)
        if nothing_found is not None:
            raise typer.Exit(NOTHING)
    elif nothing_found is not None:
        raise nothing(nothing_found)
    else:
        for number, found in enumerate(answers):
            write_paged(("\n" if number else "") + text(found), pager=pager)


def nothing(reason: str) -> typer.Exit:
    """Report why there is nothing to show, and return the exit to raise."""
    say(reason)
    return typer.Exit(NOTHING)


def write(text: str) -> None:
    """Write to standard output."""
    with _standard_output() as stream:
        stream.write(text if text.endswith("\n") or not text else f"{text}\n")


@contextmanager
def _standard_output() -> Iterator[TextIO]:
    """Yield standard output, and flush it.

    Raises:
        BrokenPipeError: the reader at its other end is gone.
        OSError: it cannot be written for another reason; it is named as the file.
    """
    try:
        yield sys.stdout
        sys.stdout.flush()
    except OSError as error:
        if error.filename:  # of another file
            raise
        gone = sys.platform == "win32" and error.errno == errno.EINVAL
        raise OSError(errno.EPIPE if gone else error.errno, error.strerror, "standard output") from error


def write_paged(text: str, *, pager: bool) -> None:
    """Write to standard output, through a pager if it is a terminal with fewer lines than the text."""
    if pager and sys.stdout.isatty() and text.count("\n") >= shutil.get_terminal_size().lines:
        import pydoc

        os.environ.setdefault("LESS", "FRX")  # as git does: quit if it fits, keep colours and the screen
        os.environ.pop("MANPAGER", None)  # pydoc would prefer it to PAGER
        pydoc.pager(text)
    else:
        write(text)


def say(line: str) -> None:
    """Write a line to standard error, after the program's name."""
    _write_error(f"cablesearch: {escape_controls(line)}\n")


def _write_error(text: str) -> None:
    """Write to standard error, if that is possible: the exit status says, too, that something is wrong."""
    with suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()


def _at_terminal() -> bool:
    return sys.stderr.isatty()


def point_at(error: QueryError) -> None:
    """On a terminal, show the query with a caret below its mistake, if it fits on a line."""
    from ..terminal.page import cells

    query = escape_controls(error.query)
    if error.position is None or not _at_terminal() or cells(query) > PIPED_WIDTH - 2:
        return
    before = cells(escape_controls(error.query[: error.position]))
    _write_error(f"  {query}\n  {' ' * before}^\n")
