"""The command that shows what a cable cites, and what cites it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from . import output
from .building import open_or_build
from .options import CORPUS, INDEXES, CorpusFolder, Format, Indexes, Limit, NoColor, Redact

if TYPE_CHECKING:
    from .. import Citations


def cited(
    id: Annotated[list[str], typer.Argument(metavar="ID", hidden=True)],
    limit: Limit = 50,
    format: Format = "text",
    redact: Redact = False,
    no_color: NoColor = False,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Show the cables that a cable cites, and those that cite it.

    ID is the id of a cable, in any spelling. It need not be in the index: what cites it may be.

    \b
      cablesearch cited 07ASTANA48
      cablesearch facets --by cites     which cables are cited most
      cablesearch fish --sort cited     paragraphs of the most cited cables first
    """

    def as_text(citations: Citations) -> str:
        from ..terminal.citations import citations_text

        return citations_text(citations, limit=limit, **output.layout(no_color))

    with open_or_build(index, corpus, redact=redact) as cables:
        citations = cables.citations(" ".join(id))
        nothing = None if citations else f"{citations.id} cites no cable, and none cites it"
        if not citations and not citations.cable:
            nothing = f"{citations.id} is not in the index, and no cable cites it"
        output.answer([citations], format, as_text, nothing_found=nothing)
