"""The command that shows a cable."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from . import output
from .building import open_or_build
from .options import CORPUS, INDEX, CorpusFolder, Format, IndexFolder, NoColor, Redact

if TYPE_CHECKING:
    from .. import Cable, Index, Paragraph


def show(
    id: Annotated[list[str], typer.Argument(metavar="ID", hidden=True)],
    format: Format = "text",
    redact: Redact = False,
    no_color: NoColor = False,
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Do not page long output.")] = False,
    index: IndexFolder = INDEX,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Show a cable, or a paragraph between its neighbours.

    ID is the id of a cable, in any spelling (07ASTANA48, "07 Astana 48"), or of a paragraph (07ASTANA48#6).
    """
    name, _, number = (part.strip() for part in " ".join(id).strip("# ").partition("#"))
    with open_or_build(index, corpus, redact=redact) as cables:
        cable = cables.cable(name)
        if not cable:
            raise output.nothing(_unknown(name, cables))
        paragraph = _paragraph(cable, number) if number else None
        shown = replace(cable, paragraphs=(paragraph,)) if paragraph else cable

        def as_text(_: Cable) -> str:
            from ..terminal.cable import cable_text, paragraph_text

            layout = output.layout(no_color)
            if paragraph:
                return paragraph_text(cable, paragraph, **layout)
            known = {entry.id for entry in cable.references if entry.id and cables.cable(entry.id)}
            citing = cables.search("", filters={"cites": [cable.id]}, sort="date")
            return cable_text(cable, known=known, citing=citing, **layout)

        output.answer([shown], format, as_text, pager=not no_pager)


def _paragraph(cable: Cable, number: str) -> Paragraph:
    """Return the paragraph with the number that was typed after the `#`."""
    for paragraph in cable.paragraphs:
        if paragraph.id == f"{cable.id}#{number.lower()}":
            return paragraph
    there = f": they are {cable.paragraphs[0].id} to {cable.paragraphs[-1].id}" if cable.paragraphs else ""
    raise output.nothing(f"{cable.id} has no paragraph {number}{there}")


def _unknown(name: str, cables: Index) -> str:
    """Return the message that there is no such cable, and how to find what mentions it."""
    from .. import canonical_id

    id = canonical_id(name)
    if not id:
        return f"{name} is not in the index; to search for it: cablesearch {name}"
    if cables.count("", {"cites": [id]}):
        return f"{id} is not in the index; the paragraphs that cite it: cablesearch cites:{id}"
    return f"{id} is not in the index"
