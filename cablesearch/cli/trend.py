"""The command that compares what several queries find over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import CablesearchError
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
    from .. import Trend


@takes_query
def trend(
    options: QueryOptions,
    by: Period = "year",
    format: Format = "text",
    no_color: NoColor = False,
    no_pager: NoPager = False,
    seconds: Seconds = None,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Compare queries over time: the share of all paragraphs that each one finds.

    Each argument is a query of its own; one of several words is quoted for the shell.

    \b
      cablesearch trend election fish
      cablesearch trend 'democratic reform' election --by year --from 2004
      cablesearch trend election fish --format svg > trend.svg

    The options say which paragraphs all are: with --origin Astana, those from there. Only paragraphs with
    every word of a query are counted.
    """

    def as_text(found: Trend) -> str:
        from ..terminal.counts import trend_text

        return trend_text(found, **output.layout(no_color))

    if not options.words:
        raise CablesearchError(
            "nothing to compare: write one query or several, cablesearch trend election fish"
        )
    with open_or_build(index, corpus, seconds=seconds, notebook=options.notebook) as cables:
        found = cables.trend(options.words, by, options.filters)
    nothing = None if any(one.total for one in found.timelines) else output.NOTHING_FOUND
    output.answer([found], format, as_text, nothing_found=nothing, pager=not no_pager)
