"""The command that shows what is in the index."""

from __future__ import annotations

from . import output
from .options import INDEXES, Format, Indexes, NoColor


def info(format: Format = "text", no_color: NoColor = False, index: Indexes = INDEXES) -> None:
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

    with open_index(*index) as cables:
        facets = cables.facets("*", ("collection", "origin", "year", "classification"))
        overview = Overview(cables.state, facets, cables.references)
    output.answer([overview], format, as_text)
