"""The command that follows citations in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from . import output
from .building import open_or_build
from .options import CORPUS, INDEXES, CorpusFolder, Format, Indexes, Limit, NoColor, Redact

if TYPE_CHECKING:
    from .. import Thread


def thread(
    id: Annotated[list[str], typer.Argument(metavar="ID", hidden=True)],
    steps: Annotated[
        int, typer.Option("--steps", metavar="N", min=1, help="Follow citations at most so far.")
    ] = 3,
    limit: Limit = 50,
    format: Format = "text",
    redact: Redact = False,
    no_color: NoColor = False,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Show the exchange of cables that a cable is part of.

    It is found by following citations in both directions. ID is the id of a cable, in any spelling. Each
    cable stands below the latest of those that it cites, with its date; the one asked for has a mark.

    \b
      cablesearch thread 07ASTANA48
      cablesearch thread 07ASTANA48 --steps 1
    """

    def as_text(thread: Thread) -> str:
        from ..terminal.citations import thread_text

        return thread_text(thread, **output.layout(no_color))

    with open_or_build(index, corpus, redact=redact) as cables:
        found = cables.thread(" ".join(id), steps=steps, limit=limit)
        alone = len(found.links) == 1 and not found.links[0].cable
        nothing = f"{found.id} is not in the index, and no cable cites it" if alone else None
        output.answer([found], format, as_text, nothing_found=nothing)
