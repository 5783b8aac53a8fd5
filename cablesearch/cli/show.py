"""The command that shows a cable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from . import output
from .building import open_or_build
from .options import CORPUS, INDEXES, CorpusFolder, Format, Indexes, NoColor, NoPager, Redact

if TYPE_CHECKING:
    from .. import Cable, Index, Paragraph


def show(
    id: Annotated[list[str], typer.Argument(metavar="ID", hidden=True)],
    format: Format = "text",
    redact: Redact = False,
    no_color: NoColor = False,
    no_pager: NoPager = False,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Show a cable, or a paragraph between its neighbours.

    ID is the id of a cable, in any spelling (07ASTANA48, "07 Astana 48"), or of a paragraph (07ASTANA48#6).
    If several cables have it, all of them are shown.
    """
    name, _, number = (part.strip() for part in " ".join(id).strip("# ").partition("#"))
    with open_or_build(index, corpus, redact=redact) as cables:
        found = cables.cables(name)
        if not found:
            raise output.nothing(_unknown(name, cables))
        chosen = _paragraphs(found, number) if number else {}
        shown = [replace(cable, paragraphs=(chosen[cable.id],)) for cable in found if cable.id in chosen]

        def as_text(cable: Cable) -> str:
            from ..terminal.cable import cable_text, paragraph_text

            layout = output.layout(no_color)
            if number:
                [whole] = [one for one in found if one.id == cable.id]
                return paragraph_text(whole, chosen[cable.id], **layout)
            known = {entry.id for entry in cable.references if entry.id and cables.cable(entry.id)}
            citing = cables.search("", filters={"cites": [cable.id]}, sort="date")
            return cable_text(cable, known=known, citing=citing, **layout)

        if len(found) > 1:
            output.say(f"{len(found)} cables have the id {name}: {', '.join(cable.id for cable in found)}")
        output.answer(shown if number else found, format, as_text, pager=not no_pager)


def _paragraphs(cables: Sequence[Cable], number: str) -> dict[str, Paragraph]:
    """Return the paragraphs with the number that was typed after the `#`, by the ids of their cables."""
    found = {cable.id: paragraph for cable in cables if (paragraph := cable.paragraph(number))}
    if found:
        return found
    first = cables[0]
    there = f": they are {first.paragraphs[0].id} to {first.paragraphs[-1].id}" if first.paragraphs else ""
    raise output.nothing(f"{first.id} has no paragraph {number}{there}")


def _unknown(name: str, cables: Index) -> str:
    """Return the message that there is no such cable, and how to find what mentions it."""
    from .. import canonical_id

    id = canonical_id(name)
    if not id:
        return f"{name} is not in the index; to search for it: cablesearch {name}"
    if cables.count("", {"cites": [id]}):
        return f"{id} is not in the index; the paragraphs that cite it: cablesearch cites:{id}"
    return f"{id} is not in the index"
