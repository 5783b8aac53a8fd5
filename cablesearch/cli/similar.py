"""The command that finds similar paragraphs."""

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
    Meaning,
    NoColor,
    NoPager,
    Redact,
    Seconds,
)

if TYPE_CHECKING:
    from .. import Results


def similar(
    id: Annotated[list[str], typer.Argument(metavar="ID", hidden=True)],
    limit: Limit = 10,
    meaning: Meaning = False,
    format: Format = "text",
    redact: Redact = False,
    no_color: NoColor = False,
    no_pager: NoPager = False,
    seconds: Seconds = None,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Find the paragraphs most like a given paragraph or cable.

    ID is the id of a paragraph (07ASTANA48#6) or of a cable (07ASTANA48). Paragraphs are alike if they share
    words that are frequent there and rare elsewhere; with --meaning, if they mean alike.
    """

    def as_text(results: Results) -> str:
        from ..terminal.results import results_text

        return results_text(results, limit=limit, offset=0, **output.layout(no_color))

    with open_or_build(index, corpus, redact=redact, seconds=seconds) as cables:
        results = cables.similar(" ".join(id), limit=limit, meaning=meaning)
        nothing = None if results else "nothing is like it"
        output.answer([results], format, as_text, nothing_found=nothing, pager=not no_pager)
