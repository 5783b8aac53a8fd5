"""The command that shows how a query is understood."""

from __future__ import annotations

from typing import Annotated

import typer

from . import output
from .options import INDEXES, Indexes, Meaning, QueryOptions, Seconds, takes_query


@takes_query
def explain(
    options: QueryOptions,
    hit: Annotated[
        str | None, typer.Option("--hit", metavar="ID", help="Show how this paragraph's score is made up.")
    ] = None,
    meaning: Meaning = False,
    seconds: Seconds = None,
    index: Indexes = INDEXES,
) -> None:
    """Show how a query is understood, and how common its words are."""
    from .. import NoIndexError, explain_query, open_index
    from ..export import escape_controls

    try:
        with open_index(*index, seconds=seconds, notebook=options.notebook) as cables:
            if hit:
                lines = cables.explain_hit(options.query, hit, options.filters, meaning=meaning)
            else:
                lines = cables.explain(options.query, options.filters, meaning=meaning)
    except NoIndexError:
        if meaning:
            raise
        lines = explain_query(options.query, options.filters)
    output.write("\n".join(map(escape_controls, lines)))
