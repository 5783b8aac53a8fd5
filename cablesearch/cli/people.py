"""The command that shows the people named."""

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
    Limit,
    NoColor,
    NoPager,
    QueryOptions,
    Seconds,
    takes_query,
)

if TYPE_CHECKING:
    from .. import Dossiers, People


@takes_query
def people(
    options: QueryOptions,
    query: Annotated[
        str, typer.Option("--query", metavar="WORDS", help="Only in paragraphs that match this query.")
    ] = "*",
    limit: Limit = 20,
    format: Format = "text",
    no_color: NoColor = False,
    no_pager: NoPager = False,
    seconds: Seconds = None,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Show who is named most often, or everything about one person.

    \b
      cablesearch people --origin Astana
      cablesearch people Masimov
      cablesearch people "Karim Masimov" --from 2006

    The forms of a name are joined over all cables. A file people.toml in the folder of the index can correct
    what is joined wrongly: see docs/people.md.
    """
    layout = output.layout(no_color)

    def dossiers_as_text(dossiers: Dossiers) -> str:
        from ..terminal.people import dossiers_text

        return dossiers_text(dossiers, **layout)

    def people_as_text(people: People) -> str:
        from ..terminal.people import people_text

        return people_text(people, limit=limit, **layout)

    with open_or_build(index, corpus, seconds=seconds, notebook=options.notebook) as cables:
        if options.query:
            dossiers = cables.person(options.query, query, options.filters)
            nothing = None if dossiers else "nobody of that name is named: try cablesearch people"
            output.answer([dossiers], format, dossiers_as_text, nothing_found=nothing, pager=not no_pager)
        else:
            named = cables.people(query, options.filters, limit=limit)
            nothing = None if named else output.NOTHING_FOUND
            output.answer([named], format, people_as_text, nothing_found=nothing, pager=not no_pager)
