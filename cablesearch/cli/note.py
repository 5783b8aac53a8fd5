"""The command that notes something on a paragraph or a cable."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import output
from .building import open_or_build
from .options import CORPUS, INDEXES, CorpusFolder, Format, Indexes, NoColor, NotebookFile

if TYPE_CHECKING:
    from .. import Notebook, Notes


def note(
    id: Annotated[str, typer.Argument(metavar="ID", hidden=True)],
    text: Annotated[list[str] | None, typer.Argument(metavar="TEXT", hidden=True)] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option("--tag", metavar="LABEL", help="Give it a label, found by label:LABEL."),
    ] = None,
    untag: Annotated[
        list[str] | None, typer.Option("--untag", metavar="LABEL", help="Take a label away.")
    ] = None,
    star: Annotated[
        bool | None,
        typer.Option("--star/--no-star", help="Give it a star, or take it away.", show_default=False),
    ] = None,
    delete: Annotated[
        bool, typer.Option("--delete", help="Delete the text, the star and the labels.")
    ] = False,
    format: Format = "text",
    no_color: NoColor = False,
    notebook: NotebookFile = None,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Note something on a paragraph or a cable; without TEXT, show what is noted.

    \b
      cablesearch note 07ASTANA48#6 "compare ref B" --tag reform
      cablesearch note 07ASTANA48 --star
      cablesearch note 07ASTANA48#6
      cablesearch label:reform noted:star

    A new text takes the place of the old one. Notes are in your notebook, not in the index: they stay when
    the index is built anew, and tell if the text of the paragraph was changed since.
    """

    from .. import QueryError

    def as_text(notes: Notes) -> str:
        from ..terminal.notes import notes_text

        return notes_text(notes, **output.layout(no_color))

    changes = bool(text or tag or untag or delete) or star is not None
    with open_or_build(index, corpus) as cables, notebook_at(notebook, index) as book:
        known = book.get(id)
        target, digest = known.id, known.digest
        try:
            target, digest = cables.target(id)
        except QueryError:
            if not known:
                raise
            # A note on what is gone can be changed.
        if changes:
            with book.writing():
                if delete:
                    book.delete(target)
                if text:
                    book.note(target, " ".join(text), digest=digest)
                book.label(target, *(tag or ()), digest=digest)
                book.unlabel(target, *(untag or ()))
                if star is not None:
                    book.star(target, starred=star, digest=digest)
        if noted := book.get(target):
            output.answer([cables.compare_notes([noted])], format, as_text)
        elif not changes:
            raise output.nothing(f"nothing is noted on {target}")


def notebook_at(file: Path | None, indexes: Sequence[Path]) -> Notebook:
    """Return the notebook in a file, or else the one beside the index, the first if there are several."""
    from .. import Notebook

    return Notebook(file) if file else Notebook.beside(indexes[0])
