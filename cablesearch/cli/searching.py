"""The commands that are given a query: search, explain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

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
    Redact,
    Tag,
    To,
    Words,
    filters,
)

if TYPE_CHECKING:
    from ..search.results import Results

OF_A_GROUP = 3  # paragraphs of a cable, unless told
NOTHING_FOUND = "nothing found: try fewer words, another spelling (nazarb?yev, democrati*), or fewer filters"


def search(
    words: Words = None,
    origin: Origin = None,
    classification: Classification = None,
    marking: Marking = None,
    person: PersonName = None,
    tag: Tag = None,
    first: From = None,
    last: To = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Hits at most.")] = 10,
    offset: Annotated[int, typer.Option("--offset", metavar="N", min=0, help="Hits to pass over.")] = 0,
    sort: Annotated[
        Literal["relevance", "date", "-date"],
        typer.Option("--sort", help="The best, earliest or latest first."),
    ] = "relevance",
    per_cable: Annotated[
        int | None, typer.Option("--per-cable", metavar="N", min=1, help="Hits of one cable at most.")
    ] = None,
    group: Annotated[
        bool, typer.Option("--group", help=f"By cable, the best paragraphs of each ({OF_A_GROUP}).")
    ] = False,
    count: Annotated[bool, typer.Option("--count", help="Only say how many paragraphs match.")] = False,
    format: Annotated[
        Literal["text", "json", "jsonl", "csv"],
        typer.Option("--format", help="To be read, for a program (jsonl: a hit a line), for a spreadsheet."),
    ] = "text",
    redact: Redact = False,
    no_color: NoColor = False,
    index: IndexFolder = INDEX,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Find paragraphs: the default command.

    \b
      democratic reform             with every word, then with most of them
      '"reform commission"'         a phrase; "reform commission"~5 within 5 words
      reform NOT election           AND, OR, NOT and parentheses
      'nazarb?yev democrati*'       wildcards; nazarbaev~1 is one letter off
      origin:Astana date:2007-01    in a field; the options below say the same
      07ASTANA48                    a cable by its id

    An option that is given twice asks for either value. What stands behind a -- is a word in any case.
    """
    query = " ".join(words or ())
    asked = filters(
        first, last, origin=origin, classification=classification, marking=marking, person=person, tag=tag
    )
    with opened(index, corpus, redact=redact) as cables:
        if count:
            number = cables.count(query, asked)
            output.write(str(number))
            raise typer.Exit(0 if number else NOTHING)
        per_cable = per_cable or (OF_A_GROUP if group else None)
        results = cables.search(
            query, limit=limit, offset=offset, sort=sort, filters=asked, per_cable=per_cable
        )
        shown = _rendered(results, format, limit, offset, group, output.layout(no_color))
    if results.hits or format != "text":
        output.write(shown)
    else:
        output.say(_nothing(results, offset))
    if not results.hits:
        raise typer.Exit(NOTHING)


def similar(
    id: Annotated[list[str], typer.Argument(metavar="ID", hidden=True)],
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Hits at most.")] = 10,
    format: Annotated[
        Literal["text", "json", "jsonl", "csv"],
        typer.Option("--format", help="To be read, for a program (jsonl: a hit a line), for a spreadsheet."),
    ] = "text",
    redact: Redact = False,
    no_color: NoColor = False,
    index: IndexFolder = INDEX,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Find the paragraphs that are most like one, or like a whole cable.

    ID is a paragraph's (07ASTANA48#6) or a cable's (07ASTANA48). They are found by the words that are often
    there and rare elsewhere.
    """
    with opened(index, corpus, redact=redact) as cables:
        results = cables.similar(" ".join(id), limit=limit)
        output.write(_rendered(results, format, limit, 0, False, output.layout(no_color)))
    if not results.hits:
        raise typer.Exit(NOTHING)


def explain(
    words: Words = None,
    hit: Annotated[
        str | None, typer.Option("--hit", metavar="ID", help="Why this paragraph scores what it does.")
    ] = None,
    index: IndexFolder = INDEX,
) -> None:
    """Tell how a query is read, and how common its words are."""
    from ..errors import NoIndexError
    from ..export.escape import visible
    from ..query import parse
    from ..search.index import open_index

    query = " ".join(words or ())
    try:
        with open_index(index) as cables:
            lines = cables.explain_hit(query, hit) if hit else cables.explain(query)
    except NoIndexError:
        lines = parse(query).describe()
    output.write("\n".join(map(visible, lines)))


def _rendered(
    results: Results, format: str, limit: int, offset: int, group: bool, layout: output.Layout
) -> str:
    """Give the answer to a search in one of the formats."""
    match format:
        case "json":
            from ..export.json import results_json

            return results_json(results, group=group)
        case "jsonl":
            from ..export.json import hits_jsonl

            return hits_jsonl(results)
        case "csv":
            from ..export.csv import hits_csv

            return hits_csv(results)
        case _:
            from ..terminal.results import results_text

            return results_text(results, limit=limit, offset=offset, group=group, **layout)


def _nothing(results: Results, offset: int) -> str:
    """Say that nothing is found, and what could help."""
    if offset and results.total:
        return f"there are only {results.total:,} paragraphs: ask for a lower --offset"
    if results.suggestion:
        return f"nothing found: did you mean {results.suggestion}?"
    return NOTHING_FOUND
