"""The command that groups what a query finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

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
    Redact,
    Seconds,
    takes_query,
)

if TYPE_CHECKING:
    from .. import Clusters


@takes_query
def clusters(
    options: QueryOptions,
    groups: Annotated[
        int | None,
        typer.Option("--groups", metavar="N", min=2, help="How many groups; else by their number."),
    ] = None,
    format: Format = "text",
    redact: Redact = False,
    no_color: NoColor = False,
    no_pager: NoPager = False,
    seconds: Seconds = None,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Group the paragraphs that match by theme, with the words that mark each group.

    \b
      cablesearch clusters herring
      cablesearch clusters origin:Rome date:1968 --groups 6

    Without a query, all paragraphs. The index needs vectors: see cablesearch meaning.
    """

    def as_text(found: Clusters) -> str:
        from ..terminal.vectors import clusters_text

        return clusters_text(found, **output.layout(no_color))

    with open_or_build(index, corpus, redact=redact, seconds=seconds, notebook=options.notebook) as cables:
        if not cables.count(options.query or "*", options.filters):
            raise output.nothing(output.NOTHING_FOUND)
        found = cables.clusters(options.query or "*", options.filters, groups=groups)
        output.answer([found], format, as_text, pager=not no_pager)
