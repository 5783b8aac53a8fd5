"""The command that counts what a query finds by the values of fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .. import FIELDS
from . import output
from .building import open_or_build
from .options import (
    CORPUS,
    INDEXES,
    CorpusFolder,
    Format,
    Indexes,
    NoColor,
    NoPager,
    QueryOptions,
    Seconds,
    takes_query,
)

if TYPE_CHECKING:
    from .. import Facets

COUNTED = [field.name for field in FIELDS if field.facet]
OTHERS = [field.name for field in FIELDS if field.shown]

BY = typer.Option(
    "--by",
    metavar="FIELDS",
    show_default=False,
    help=f"Any of {', '.join(COUNTED)}, separated by commas, all of them by default;"
    f" or of {', '.join(OTHERS)}.",
)


@takes_query
def facets(
    options: QueryOptions,
    by: Annotated[str, BY] = ",".join(COUNTED),
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="Show at most N values of a field; 0 for all.")
    ] = 10,
    format: Format = "text",
    no_color: NoColor = False,
    no_pager: NoPager = False,
    seconds: Seconds = None,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Count the paragraphs found by origin, classification and so on.

    \b
      cablesearch facets democratic reform --by origin,year
      cablesearch facets --by person --limit 50

    Only paragraphs with every word are counted; without a query, all paragraphs. A paragraph with several
    values of a field counts for each.
    """

    def as_text(counts: Facets) -> str:
        from ..terminal.counts import facets_text

        return facets_text(counts.total, counts, counts.limit, **output.layout(no_color))

    fields = [name.strip().lower() for name in by.split(",")]
    with open_or_build(index, corpus, seconds=seconds, notebook=options.notebook) as cables:
        counts = cables.facets(options.query or "*", fields, options.filters).top(limit or None)
    nothing = None if counts.total else output.NOTHING_FOUND
    output.answer([counts], format, as_text, nothing_found=nothing, pager=not no_pager)
