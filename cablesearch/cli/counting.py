"""The commands that count what a query finds: facets, timeline."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from ..query.fields import FIELDS
from . import NOTHING, output
from .building import opened
from .options import (
    CORPUS,
    INDEX,
    Classification,
    CorpusFolder,
    From,
    IndexFolder,
    Marking,
    NoColor,
    Origin,
    PersonName,
    Tag,
    To,
    Words,
    filters,
)
from .searching import NOTHING_FOUND

COUNTED = [*(field.name for field in FIELDS if field.facet), "year"]

FIELDS_COUNTED = typer.Option(
    "--by",
    metavar="FIELDS",
    show_default=False,
    help=f"Any of {', '.join(COUNTED)}, with commas between; all of them unless told.",
)
Format = Annotated[
    Literal["text", "json", "csv"],
    typer.Option("--format", help="To be read, for a program, for a spreadsheet."),
]


def facets(
    words: Words = None,
    by: Annotated[str, FIELDS_COUNTED] = ",".join(COUNTED),
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="Values of a field at most; 0 for all.")
    ] = 10,
    origin: Origin = None,
    classification: Classification = None,
    marking: Marking = None,
    person: PersonName = None,
    tag: Tag = None,
    first: From = None,
    last: To = None,
    format: Format = "text",
    no_color: NoColor = False,
    index: IndexFolder = INDEX,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Count the paragraphs found by origin, classification and so on.

    \b
      cablesearch facets democratic reform --by origin,year
      cablesearch facets --by person --limit 50

    All that match as asked are counted; without a query, all that there are. A paragraph with several values
    of a field counts for each.
    """
    query = _query(words)
    asked = filters(
        first, last, origin=origin, classification=classification, marking=marking, person=person, tag=tag
    )
    with opened(index, corpus) as cables:
        counts = cables.facets(query, [name.strip().lower() for name in by.split(",")], asked)
        total = cables.count(query, asked)
    match format:
        case "json":
            from ..export.json import facets_json

            text = facets_json(query, total, counts, limit or None)
        case "csv":
            from ..export.csv import facets_csv

            text = facets_csv(counts, limit or None)
        case _:
            from ..terminal.counts import facets_text

            text = facets_text(total, counts, limit or None, **output.layout(no_color))
    _answer(text, total, format)


def timeline(
    words: Words = None,
    by: Annotated[Literal["year", "month", "day"], typer.Option("--by", help="How long a row is.")] = "year",
    origin: Origin = None,
    classification: Classification = None,
    marking: Marking = None,
    person: PersonName = None,
    tag: Tag = None,
    first: From = None,
    last: To = None,
    format: Format = "text",
    no_color: NoColor = False,
    index: IndexFolder = INDEX,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Count the paragraphs found by year, month or day.

    \b
      cablesearch timeline democratic reform
      cablesearch timeline herring --by month --from 2006

    All that match as asked are counted; without a query, all that there are.
    """
    asked = filters(
        first, last, origin=origin, classification=classification, marking=marking, person=person, tag=tag
    )
    with opened(index, corpus) as cables:
        found = cables.timeline(_query(words), by, asked)
    match format:
        case "json":
            from ..export.json import timeline_json

            text = timeline_json(found)
        case "csv":
            from ..export.csv import timeline_csv

            text = timeline_csv(found)
        case _:
            from ..terminal.counts import timeline_text

            text = timeline_text(found, **output.layout(no_color))
    _answer(text, found.total, format)


def _query(words: list[str] | None) -> str:
    """Give the query, everything where there are no words."""
    return " ".join(words or ()) or "*"


def _answer(text: str, total: int, format: str) -> None:
    """Write an answer; where nothing was there to count, say so."""
    if total or format != "text":
        output.write(text)
    else:
        output.say(NOTHING_FOUND)
    if not total:
        raise typer.Exit(NOTHING)
