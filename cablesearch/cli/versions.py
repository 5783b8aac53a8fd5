"""The command that lists the versions of a cable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from . import output
from .building import open_or_build
from .options import CORPUS, INDEXES, CorpusFolder, Format, Indexes, NoColor, NoPager, Redact

if TYPE_CHECKING:
    from .. import Versions


def versions(
    id: Annotated[list[str], typer.Argument(metavar="ID", hidden=True)],
    format: Format = "text",
    redact: Redact = False,
    no_color: NoColor = False,
    no_pager: NoPager = False,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """List the versions of a cable, one for each file that has it, and what differs from one to the next.

    ID is the id of a cable, in any spelling. If different cables have it, the versions of each are listed.
    What differs, word by word, shows cablesearch diff; changed:redactions searches for cables of which a
    version is redacted otherwise.
    """

    def as_text(found: Versions) -> str:
        from ..terminal.versions import versions_text

        return versions_text(found, **output.layout(no_color))

    name = " ".join(id).partition("#")[0].strip()
    with open_or_build(index, corpus, redact=redact) as cables:
        named = cables.cables(name)
        if not named:
            raise output.nothing(f"{name} is not in the index")
        found = [cables.versions(cable.id) for cable in named]
        output.answer(found, format, as_text, pager=not no_pager)
