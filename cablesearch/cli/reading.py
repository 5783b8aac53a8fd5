"""The commands that read what there is: show, parse, info."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import NOTHING, UNREAD, output
from .building import opened
from .options import CORPUS, INDEX, CorpusFolder, Format, IndexFolder, NoColor, NoPager, Redact

if TYPE_CHECKING:
    from ..corpus.record import Failure
    from ..model.cable import Cable, Paragraph
    from ..search.index import Index


def show(
    id: Annotated[list[str], typer.Argument(metavar="ID", hidden=True)],
    format: Format = "text",
    redact: Redact = False,
    no_color: NoColor = False,
    no_pager: NoPager = False,
    index: IndexFolder = INDEX,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Show a cable, or a paragraph between its neighbours.

    ID is a cable's in any spelling (07ASTANA48, "07 Astana 48"), or with a # a paragraph's (07ASTANA48#6).
    """
    from ..export.json import cable_json
    from ..terminal.cable import paragraph_text

    asked = " ".join(id).strip("# ")
    layout = output.layout(no_color)
    with opened(index, corpus, redact=redact) as cables:
        cable = cables.cable(asked)
        if not cable:
            output.say(_unknown(asked, cables))
            raise typer.Exit(NOTHING)
        chosen = _chosen(cable, asked.partition("#")[2].strip())
        if format == "json":
            text = cable_json(replace(cable, paragraphs=(chosen,)) if chosen else cable)
        elif chosen:
            text = paragraph_text(cable, chosen, **layout)
        else:
            text = _whole(cable, cables, layout)
    output.write_paged(text, pager=not no_pager)


def parse(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", hidden=True)],
    format: Format = "text",
    redact: Redact = False,
    no_color: NoColor = False,
) -> None:
    """Show what is understood of files; no index is needed.

    FILE is a file, a folder or an archive of cables. As json, each cable is an object on a line of its own.
    """
    from ..export.json import cable_json
    from ..model.cable import Cable
    from ..people.redaction import redact_cable
    from ..terminal.cable import cable_text
    from ..terminal.report import failure_line

    layout = output.layout(no_color)
    cables = failures = 0
    for item in _parsed(files):
        if not isinstance(item, Cable):
            output.say(failure_line(item))
            failures += 1
            continue
        cable = redact_cable(item) if redact else item
        if format == "json":
            output.write(cable_json(cable))
        else:
            output.write(("\n" if cables else "") + cable_text(cable, with_gaps=True, **layout))
        cables += 1
    if failures:
        raise typer.Exit(UNREAD)
    if not cables:
        output.say("there are no cables")
        raise typer.Exit(NOTHING)


def info(format: Format = "text", no_color: NoColor = False, index: IndexFolder = INDEX) -> None:
    """Tell what is in the index, from where and since when."""
    from ..export.json import state_json
    from ..search.index import open_index
    from ..terminal.report import state_text

    with open_index(index) as cables:
        state = cables.state
        facets = cables.facets("*", ("origin", "year", "classification"))
    if format == "json":
        output.write(state_json(state, facets))
    else:
        output.write(state_text(str(index), state, facets, **output.layout(no_color)))


def _whole(cable: Cable, cables: Index, layout: output.Layout) -> str:
    """Give a cable with what the index knows of it: which references it holds, and who cites it."""
    from ..terminal.cable import cable_text

    known = {entry.id for entry in cable.references if entry.id and cables.cable(entry.id)}
    citing = cables.search("", filters={"cites": [cable.id]}, sort="date")
    return cable_text(cable, known=known, citing=citing, **layout)


def _chosen(cable: Cable, own: str) -> Paragraph | None:
    """Give the paragraph of a cable that is asked for behind a `#`, None where none is."""
    if not own:
        return None
    for paragraph in cable.paragraphs:
        if paragraph.id == f"{cable.id}#{own.lower()}":
            return paragraph
    there = f": they are {cable.paragraphs[0].id} to {cable.paragraphs[-1].id}" if cable.paragraphs else ""
    output.say(f"{cable.id} has no paragraph {own}{there}")
    raise typer.Exit(NOTHING)


def _unknown(asked: str, cables: Index) -> str:
    """Say that there is no such cable, and what there is of it."""
    from ..model.reference_id import canonical

    name = asked.partition("#")[0].strip()
    id = canonical(name)
    if not id:
        return f"{name} is not in the index; to search for it: cablesearch {name}"
    if cables.count("", {"cites": [id]}):
        return f"{id} is not in the index; the paragraphs that cite it: cablesearch cites:{id}"
    return f"{id} is not in the index"


def _parsed(paths: Iterable[Path]) -> Iterator[Cable | Failure]:
    """Give every cable of some files, and every failure to read one."""
    from .. import corpus
    from ..errors import UnreadableError
    from ..parse import parse_record
    from ..people import name_people

    for path in corpus.files(paths):
        for item in corpus.read(path):
            if isinstance(item, corpus.Failure):
                yield item
                continue
            try:
                yield name_people(parse_record(item))
            except UnreadableError as error:
                yield corpus.Failure(item.source, str(error))
