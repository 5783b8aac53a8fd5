"""The command that tells who is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from . import NOTHING, output
from .building import opened
from .counting import Format
from .options import CORPUS, INDEX, CorpusFolder, From, IndexFolder, NoColor, Origin, To, Words, filters

if TYPE_CHECKING:
    from ..people.registry import NamedPerson
    from ..search.results import Dossier

QUERY = typer.Option("--query", metavar="WORDS", help="Only in paragraphs that match.")


def people(
    words: Words = None,
    query: Annotated[str, QUERY] = "*",
    origin: Origin = None,
    first: From = None,
    last: To = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="People at most.")] = 20,
    format: Format = "text",
    no_color: NoColor = False,
    index: IndexFolder = INDEX,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Tell who is named most, or all that there is of one person.

    \b
      cablesearch people --origin Astana
      cablesearch people Masimov
      cablesearch people "Karim Masimov" --from 2006

    The forms of a name are joined over all cables. What is joined wrongly is set right in the file
    people.toml in the folder of the index: see docs/people.md.
    """
    asked = filters(first, last, origin=origin)
    with opened(index, corpus) as cables:
        if words:
            text = _of(cables.person(" ".join(words), query, asked), format, no_color)
        else:
            text = _all(cables.people(query, asked), limit, format, no_color)
    if not text:
        output.say("nobody of that name is named: try cablesearch people")
        raise typer.Exit(NOTHING)
    output.write(text)


def _all(people: list[NamedPerson], limit: int, format: str, no_color: bool) -> str:
    from ..terminal.people import people_csv, people_json, people_text

    match format:
        case "json":
            return people_json(people, limit)
        case "csv":
            return people_csv(people, limit)
        case _:
            return people_text(people, limit=limit, **output.layout(no_color))


def _of(found: list[Dossier], format: str, no_color: bool) -> str:
    from ..terminal.people import dossiers_json, dossiers_text, people_csv

    if not found:
        return ""
    match format:
        case "json":
            return dossiers_json(found)
        case "csv":
            return people_csv([one.person for one in found], len(found))
        case _:
            return dossiers_text(found, **output.layout(no_color))
