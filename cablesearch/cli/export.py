"""The command that exports everything that a query finds."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from .. import export as exporting
from ..errors import CablesearchError
from . import output
from .building import open_or_build
from .options import CORPUS, INDEXES, CorpusFolder, Indexes, QueryOptions, Redact, takes_query

FORMATS = exporting.unlimited_formats()

if TYPE_CHECKING:
    from .. import Hit

    FormatName = str
    Style = str
else:
    FormatName = Literal[FORMATS]
    Style = Literal[*exporting.STYLES]


@takes_query
def export(
    options: QueryOptions,
    format: Annotated[
        FormatName | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=f"One of {', '.join(FORMATS)}; by default the one that the file's name ends in, else csv.",
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="The file to write; standard output by default."),
    ] = None,
    style: Annotated[Style, typer.Option("--style", help="The style of citations.")] = "plain",
    link: Annotated[
        str | None,
        typer.Option(
            "--link",
            metavar="TEMPLATE",
            help="What links are made of, with {cable}, {paragraph} or {id} in it;"
            " by default they lead to history.state.gov and catalog.archives.gov.",
        ),
    ] = None,
    bom: Annotated[
        bool,
        typer.Option("--bom/--no-bom", help="Begin a CSV file with the mark by which Excel reads UTF-8."),
    ] = True,
    redact: Redact = False,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Write all paragraphs found to a file, with citations.

    \b
      cablesearch export herring --output herring.xlsx
      cablesearch export herring origin:Saltmere --style chicago --format markdown
      cablesearch export tag:PGOV date:2007 --output politics.bib

    Each paragraph has its citation and a link. Only paragraphs with every word are written; without a query,
    all paragraphs. The file appears when it is
    complete. bibtex, ris, xlsx and all styles but plain need: pip install 'cablesearch[export]'
    """
    from .. import Passages, link_template

    name = format or _format_of(file)
    exporting.load(name)  # it may need a library, and an index may have to be built
    cite = exporting.citing(style)
    linked = {"link": link_template(link)} if link else {}
    query = options.query or "*"
    with open_or_build(index, corpus, redact=redact, notebook=options.notebook) as cables:
        total = cables.count(query, options.filters)
        if not total:
            raise output.nothing(output.NOTHING_FOUND)
        hits = _watched(cables.scan(query, options.filters), total)
        found = [Passages(hits, cite, **linked)]
        if file:
            exporting.save(name, found, file, bom=bom and name == "csv")
        else:
            output.answer(found, name, str)


def _format_of(file: Path | None) -> str:
    """Return the format that a file's name ends in.

    Raises:
        CablesearchError: there is none.
    """
    if not file:
        return "csv"
    for name in FORMATS:
        with suppress(CablesearchError):  # a library is missing
            if exporting.load(name).extension == file.suffix.lower():
                return name
    raise CablesearchError(f"in which format is {file}? --format takes one of {', '.join(FORMATS)}")


def _watched(hits: Iterator[Hit], total: int) -> Iterable[Hit]:
    """Return the hits, with a progress bar if standard error is a terminal."""
    if not sys.stderr.isatty():
        return hits
    from rich.console import Console
    from rich.progress import track

    return track(hits, "writing", total, console=Console(stderr=True), transient=True, update_period=0.2)
