"""The command that compares versions of a cable, or two cables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from . import NOTHING, output
from .building import open_or_build
from .options import CORPUS, INDEXES, CorpusFolder, Format, Indexes, NoColor, NoPager, Redact

if TYPE_CHECKING:
    from .. import Difference


def diff(
    id: Annotated[str, typer.Argument(metavar="ID", hidden=True)],
    others: Annotated[list[str] | None, typer.Argument(metavar="OTHER", hidden=True)] = None,
    format: Format = "text",
    redact: Redact = False,
    no_color: NoColor = False,
    no_pager: NoPager = False,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Show what differs between the versions of a cable, or between two cables.

    \b
      cablesearch diff 07PORTVERITY310 07RASHALIM512

    With an ID alone, each version of the cable is compared with the next one. OTHER is another cable, or a
    version, by its number or its collection: one is compared with the version that is searched, two with
    each other. cablesearch versions lists them.

    Words that are gone stand in [-brackets-], those that came in {+braces+}; redactions that came or went are
    named below their paragraph. Capitals, line breaks and punctuation are no difference. The exit status is 0
    if nothing differs, 1 if something does, and 2 if they cannot be compared.
    """

    def as_text(difference: Difference) -> str:
        from ..terminal.versions import difference_text

        return difference_text(difference, **output.layout(no_color))

    with open_or_build(index, corpus, redact=redact) as cables:
        found = cables.compare(id, *others or ())
    output.answer(found, format, as_text, pager=not no_pager)
    if any(found):
        raise typer.Exit(NOTHING)
