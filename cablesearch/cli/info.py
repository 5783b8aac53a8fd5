"""The command that shows what is in the index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from . import output
from .options import INDEXES, Format, Indexes, NoColor

if TYPE_CHECKING:
    from .. import Losses


def info(
    lost: Annotated[
        bool, typer.Option("--lost", help="List what sources have lost: cables, paragraphs, redacted words.")
    ] = False,
    format: Format = "text",
    no_color: NoColor = False,
    index: Indexes = INDEXES,
) -> None:
    """Show what is in the index, and when and from what it was built."""
    from .. import Overview, open_index

    def as_text(overview: Overview) -> str:
        from ..terminal.report import state_text

        return state_text(
            ", ".join(map(str, index)),
            overview.state,
            overview.facets,
            overview.references,
            **output.layout(no_color),
        )

    def losses_as_text(losses: Losses) -> str:
        from ..terminal.report import losses_text

        return losses_text(losses, **output.layout(no_color))

    with open_index(*index) as cables:
        if lost:
            found = cables.lost
            nothing = None if found else "no build has found that a source lost anything"
            output.answer([found], format, losses_as_text, nothing_found=nothing)
            return
        overview = Overview(cables.state, cables.facets("*", Overview.counted), cables.references)
    output.answer([overview], format, as_text)
