"""The command that counts what a query finds over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    Period,
    QueryOptions,
    Seconds,
    takes_query,
)

if TYPE_CHECKING:
    from .. import Timeline


@takes_query
def timeline(
    options: QueryOptions,
    by: Period = "year",
    format: Format = "text",
    no_color: NoColor = False,
    no_pager: NoPager = False,
    seconds: Seconds = None,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Count the paragraphs found by year, month or day.

    \b
      cablesearch timeline democratic reform
      cablesearch timeline herring --by month --from 2006

    Only paragraphs with every word are counted; without a query, all paragraphs.
    """

    def as_text(counts: Timeline) -> str:
        from ..terminal.counts import timeline_text

        return timeline_text(counts, **output.layout(no_color))

    with open_or_build(index, corpus, seconds=seconds, notebook=options.notebook) as cables:
        counts = cables.timeline(options.query or "*", by, options.filters)
    nothing = None if counts.total else output.NOTHING_FOUND
    output.answer([counts], format, as_text, nothing_found=nothing, pager=not no_pager)
