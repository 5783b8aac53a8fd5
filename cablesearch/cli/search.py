"""The command that searches: the default one."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from .. import QueryError
from ..errors import NotebookError
from . import NOTHING, output
from .building import open_or_build
from .options import (
    CORPUS,
    INDEXES,
    CorpusFolder,
    Format,
    Indexes,
    Limit,
    Meaning,
    NoColor,
    NoPager,
    QueryOptions,
    Redact,
    Seconds,
    takes_query,
)

if TYPE_CHECKING:
    from .. import Facets, Index, Results, Totals

HISTORY = "CABLESEARCH_HISTORY"  # the environment variable that keeps what is asked, if it is 1
HITS = 10  # shown at most, unless --limit says otherwise
LISTED = 100  # values of a field that `origin:?` lists at most, unless --limit says otherwise
PER_GROUP = 3  # paragraphs of a cable shown by --group, unless --per-cable says otherwise


@takes_query
def search(
    options: QueryOptions,
    limit: Limit = HITS,
    offset: Annotated[int, typer.Option("--offset", metavar="N", min=0, help="Skip the first N.")] = 0,
    sort: Annotated[
        Literal["relevance", "date", "-date", "cited"],
        typer.Option("--sort", help="Best, earliest, latest or most cited first."),
    ] = "relevance",
    per_cable: Annotated[
        int | None, typer.Option("--per-cable", metavar="N", min=1, help="Show at most N of each cable.")
    ] = None,
    group: Annotated[
        bool, typer.Option("--group", help=f"Group by cable, with the best {PER_GROUP} paragraphs of each.")
    ] = False,
    count: Annotated[
        bool,
        typer.Option(
            "--count", help="Show only how many paragraphs and cables match; --group: of each cable."
        ),
    ] = False,
    meaning: Meaning = False,
    format: Format = "text",
    redact: Redact = False,
    no_color: NoColor = False,
    no_pager: NoPager = False,
    seconds: Seconds = None,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Find paragraphs: the default command.

    \b
      democratic reform             every word; after that, some of the words
      '"democratic reform"'         a phrase; "democratic reform"~5 within 5 words
      reform NOT election           AND, OR, NOT and parentheses
      'nazarb?yev democrati*'       wildcards; nazarbaev~1 is one letter off
      origin:Astana date:2007-01    values of fields; see also the options below
      07ASTANA48                    a cable by its id
      'origin:?'                    the values of a field, with counts
      --meaning bombs lost on ice   what is meant by the words, not the words

    An option that is given twice matches either value. Everything after -- is a word.
    """

    def as_text(results: Results) -> str:
        from ..terminal.results import results_text

        return results_text(results, limit=limit, offset=offset, **output.layout(no_color))

    def totals_as_text(totals: Totals) -> str:
        from ..terminal.counts import totals_text

        return totals_text(totals, **output.layout(no_color))

    def values_as_text(values: Facets) -> str:
        from ..terminal.counts import facets_text

        return facets_text(values.total, values, values.limit, **output.layout(no_color))

    with open_or_build(index, corpus, redact=redact, seconds=seconds, notebook=options.notebook) as cables:
        if meaning and count:
            raise QueryError("every paragraph is more or less near in meaning: leave --count out")
        if listed := cables.values(options.query, options.filters):
            nothing = None if listed.total else output.NOTHING_FOUND
            top = listed.top(LISTED if limit == HITS else limit)
            output.answer([top], format, values_as_text, nothing_found=nothing)
            return
        if count:
            if per_cable:
                raise QueryError("--count counts all paragraphs of a cable: leave --per-cable out")
            totals = cables.totals(options.query, options.filters, list_cables=limit if group else None)
            _remember(cables, options)
            output.answer([totals], format, totals_as_text)
            if undated := cables.count_undated(options.query, options.filters):
                output.say(_undated(undated))
            raise typer.Exit(0 if totals.paragraphs else NOTHING)
        results = cables.search(
            options.query,
            limit=limit,
            offset=offset,
            sort=sort,
            filters=options.filters,
            per_cable=per_cable or (PER_GROUP if group else None),
            meaning=meaning,
        )
        _remember(cables, options)
        offer = None if meaning or results.total else _offer(cables, options)
        nothing = None if results else "; ".join(filter(None, (_nothing(results, offset), offer)))
        output.answer(
            [replace(results, grouped=group)], format, as_text, nothing_found=nothing, pager=not no_pager
        )
        if offer and format == output.TEXT:
            output.say(offer)


def _remember(cables: Index, options: QueryOptions) -> None:
    """Keep what was asked, if that is wanted; if it cannot be kept, the answer is shown all the same."""
    if os.environ.get(HISTORY) == "1":
        try:
            cables.remember(options.query, options.filters)
        except NotebookError as error:
            output.say(str(error))


def _offer(cables: Index, options: QueryOptions) -> str | None:
    """Return how a question without an answer may be asked by meaning, None if it cannot be."""
    from .. import explain_query

    if cables.has_vectors:
        with suppress(QueryError):  # it has no words to compare
            explain_query(options.query, options.filters, meaning=True)
            return "to find what is meant, whatever the words: --meaning"
    return None


def _nothing(results: Results, offset: int) -> str:
    """Return the message that nothing was found, with what to try instead."""
    if results.by_meaning:
        if lacking := results.without_vectors:
            return f"nothing found ({lacking:,} without vectors yet: cablesearch meaning build)"
        return (
            "nothing found: no paragraph is left to compare, so narrow the question less, or lower --offset"
        )
    if offset and results.total:
        return f"there are only {results.total:,} paragraphs: ask for a lower --offset"
    if results.undated:
        return f"nothing found, but {_undated(results.undated)}"
    if results.suggestion:
        return f"nothing found: did you mean {results.suggestion}?"
    return output.NOTHING_FOUND


def _undated(paragraphs: int) -> str:
    from ..terminal.results import undated_text

    return undated_text(paragraphs)
