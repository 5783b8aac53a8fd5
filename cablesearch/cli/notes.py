"""The command that shows a whole notebook, and exchanges it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import output
from .note import notebook_at
from .options import INDEXES, Format, Indexes, NoColor, NoPager, NotebookFile

if TYPE_CHECKING:
    from .. import Merged, Names, Notes


def notes(
    tag: Annotated[
        str | None, typer.Option("--tag", metavar="LABEL", help="Only those with a label.")
    ] = None,
    star: Annotated[bool, typer.Option("--star", help="Only those with a star.")] = False,
    disputed: Annotated[
        bool, typer.Option("--disputed", help="Only those of which two people changed the text.")
    ] = False,
    tags: Annotated[bool, typer.Option("--tags", help="Show the labels, with how many have each.")] = False,
    read: Annotated[
        list[Path] | None,
        typer.Option(
            "--import",
            metavar="FILE",
            help="Take over another notebook, or one exported as JSON, Markdown, CSV.",
        ),
    ] = None,
    write: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help="Write all of it, with the earlier versions, as JSON."),
    ] = None,
    format: Format = "text",
    no_color: NoColor = False,
    no_pager: NoPager = False,
    notebook: NotebookFile = None,
    index: Indexes = INDEXES,
) -> None:
    """Show your notes, exchange them with others, merge two notebooks.

    \b
      cablesearch notes --tag reform
      cablesearch notes --format markdown
      cablesearch notes --export notes.json
      cablesearch notes --import notes.json

    Whatever is imported is added, and nothing is lost: where both have changed the text of a note, both texts
    are kept. csv and markdown have the notes as they are, and are imported, too; notes.json has all of the
    notebook.
    """
    layout = output.layout(no_color)

    def notes_as_text(notes: Notes) -> str:
        from ..terminal.notes import notes_text

        return notes_text(notes, **layout)

    def names_as_text(names: Names) -> str:
        from ..terminal.notes import names_text

        return names_text(names, **layout)

    def merged_as_text(merged: Merged) -> str:
        from ..terminal.notes import merged_text

        return merged_text(merged, **layout)

    with notebook_at(notebook, index) as book:
        if read:
            output.answer([book.read(file) for file in read], format, merged_as_text)
        if write:
            book.save_as(write)
        if read or write:
            return
        if tags:
            names = book.labels()
            output.answer([names], format, names_as_text, nothing_found=None if names else "no labels yet")
            return
        kept = book.notes(label=tag, noted="disputed" if disputed else "yes")
        kept[:] = [note for note in kept if note.starred or not star]
        found = compared(kept, index)
        chosen = star or disputed or tag is not None
        nothing = (
            "no such note: cablesearch notes shows all"
            if chosen
            else "nothing noted yet: cablesearch note ID TEXT"
        )
        output.answer(
            [found], format, notes_as_text, nothing_found=None if found else nothing, pager=not no_pager
        )


def compared(notes: Notes, indexes: Sequence[Path]) -> Notes:
    """Return notes that say what became of what they are about, if there is an index to tell."""
    from .. import NoIndexError, open_index

    try:
        with open_index(*indexes) as cables:
            return cables.compare_notes(notes)
    except NoIndexError:
        return notes
