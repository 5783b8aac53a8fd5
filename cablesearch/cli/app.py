"""The command table."""

from __future__ import annotations

from typing import Annotated

import typer

from .building import index, reindex
from .counting import facets, timeline
from .groups import Commands, QueryCommand
from .naming import people
from .quick import QuickCommand
from .reading import info, parse, show
from .searching import explain, search, similar

app = typer.Typer(
    cls=Commands,
    rich_markup_mode=None,  # plain help is laid out well enough, and rich is slow to load
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from .. import __version__

        typer.echo(f"cablesearch {__version__}")
        raise typer.Exit


@app.callback(subcommand_metavar="[COMMAND] ...")
def cablesearch(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Search diplomatic cables, paragraph by paragraph.

    \b
      cablesearch "Democratization Commission"
      cablesearch democratic reform origin:Astana date:2007-01..2007-03
      cablesearch show 07ASTANA48

    What begins with no command is a search; cablesearch -- show searches for the word show.
    How to ask, and for what: cablesearch search --help.
    """


app.command(cls=QueryCommand)(search)
app.command(cls=QuickCommand)(show)
app.command(cls=QuickCommand)(similar)
app.command(cls=QuickCommand)(index)
app.command(cls=QuickCommand)(reindex)
app.command(cls=QuickCommand)(info)
app.command(cls=QueryCommand)(facets)
app.command(cls=QueryCommand)(timeline)
app.command(cls=QueryCommand)(people)
app.command(cls=QueryCommand)(explain)
app.command(cls=QuickCommand)(parse)
