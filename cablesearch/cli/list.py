"""The command that keeps lists of paragraphs and cables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import CablesearchError
from . import output
from .building import open_or_build
from .note import notebook_at
from .notes import compared
from .options import CORPUS, INDEXES, CorpusFolder, Format, Indexes, NoColor, NoPager, NotebookFile

if TYPE_CHECKING:
    from .. import Names, Notes


Ids = list[str]  # in the function below, `list` is the command


def list(
    name: Annotated[str | None, typer.Argument(metavar="NAME", hidden=True)] = None,
    ids: Annotated[Ids | None, typer.Argument(metavar="ID", hidden=True)] = None,
    at: Annotated[
        int | None, typer.Option("--at", metavar="N", min=1, help="Put them at this place; else at the end.")
    ] = None,
    drop: Annotated[bool, typer.Option("--drop", help="Take these out of the list.")] = False,
    delete: Annotated[bool, typer.Option("--delete", help="Delete the list; notes stay.")] = False,
    format: Format = "text",
    no_color: NoColor = False,
    no_pager: NoPager = False,
    notebook: NotebookFile = None,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Keep lists of paragraphs and cables, each in an order of your own.

    \b
      cablesearch list astana 07ASTANA48#6 08TEZGARA233
      cablesearch list astana 08TEZGARA233 --at 1
      cablesearch list astana
      cablesearch list
      cablesearch export list:astana --output astana.md --format markdown

    IDs are put into the list, or to another place in it. In a query, list:NAME finds what is in it.
    """

    def notes_as_text(notes: Notes) -> str:
        from ..terminal.notes import notes_text

        return notes_text(notes, numbered=True, **output.layout(no_color))

    def names_as_text(names: Names) -> str:
        from ..terminal.notes import names_text

        return names_text(names, **output.layout(no_color))

    with notebook_at(notebook, index) as book:
        if not name:
            lists = book.lists()
            nothing = None if lists else "no lists yet: cablesearch list NAME ID"
            output.answer([lists], format, names_as_text, nothing_found=nothing)
            return
        if drop and not ids:
            raise CablesearchError("--drop takes the ids of what is to go; --delete deletes the list")
        if delete and ids:
            raise CablesearchError("--delete deletes the whole list; --drop takes ids out of it")
        if (delete or drop) and not book.items(name):
            raise CablesearchError(f"there is no list {name!r}: cablesearch list shows those that are")
        if delete or drop:
            book.drop(name, *(ids or ()))
            return
        if ids:
            with open_or_build(index, corpus) as cables:
                targets = [cables.target(id) for id in ids]
            with book.writing():
                for place, (target, digest) in enumerate(targets):
                    book.add(name, target, at=None if at is None else at + place, digest=digest)
        found = compared(book.notes(in_list=name), index)
        nothing = None if found else f"nothing is in the list {name}: cablesearch list shows those that are"
        output.answer([found], format, notes_as_text, nothing_found=nothing, pager=not no_pager)
