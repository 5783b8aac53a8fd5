"""The command that asks many questions at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import CablesearchError
from . import UNREAD, output
from .building import open_or_build
from .options import CORPUS, INDEXES, CorpusFolder, Format, Indexes, NoColor, NotebookFile, Redact, Seconds

if TYPE_CHECKING:
    from .. import Batch


def batch(
    file: Annotated[str, typer.Argument(metavar="FILE", hidden=True)],
    hits: Annotated[
        bool, typer.Option("--hits", help="List the paragraphs that each finds, instead of how many.")
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="With --hits, the best N of each; 0 for all.")
    ] = 10,
    format: Format = "text",
    redact: Redact = False,
    no_color: NoColor = False,
    seconds: Seconds = None,
    notebook: NotebookFile = None,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Ask all questions of a file, and put the answers into one table.

    \b
      cablesearch batch questions.txt
      cablesearch batch questions.txt --format csv
      cablesearch batch questions.txt --hits --limit 1

    FILE has one query a line, or is a CSV table with the columns name and query; - is standard input. A line
    that is no query is named, with the exit status 3, and the others are answered. Only paragraphs with every
    word count. --hits is a table, too: without --format, it is CSV.
    """
    from .. import BatchHits, count_all, read_questions

    questions = read_questions(_text_of(file))
    with open_or_build(index, corpus, redact=redact, seconds=seconds, notebook=notebook or True) as cables:
        if hits:
            found = BatchHits(cables, questions, limit or None)
            output.answer([found], "csv" if format == output.TEXT else format, str)
            failed = found.failed
        else:
            counted = count_all(cables, questions)
            output.answer([counted], format, lambda batch: _as_text(batch, no_color))
            failed = counted.failed
    for question in failed:
        output.say(f"{file}, line {question.line}: {question.error}")
    if failed:
        raise typer.Exit(UNREAD)


def _text_of(file: str) -> str:
    """Return what a file, or standard input, has.

    Raises:
        CablesearchError: it is not in UTF-8.
    """
    try:
        if file != "-":
            return Path(file).read_text("utf-8-sig")
        if reconfigure := getattr(sys.stdin, "reconfigure", None):
            reconfigure(encoding="utf-8-sig", errors="strict")  # as a file, whatever the locale
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        name = "standard input" if file == "-" else file
        raise CablesearchError(f"{name} is not in UTF-8: save it so") from error


def _as_text(batch: Batch, no_color: bool) -> str:
    from ..terminal.questions import batch_text

    return batch_text(batch, **output.layout(no_color))
