"""Lays out notes, and what a notebook took over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .counts import count_of, put_counts
from .page import Page, styled

if TYPE_CHECKING:
    from ..notebook.exchange import Merged
    from ..notebook.note import Names, Note

STANDING = {"changed": "the paragraph was changed since", "gone": "it is no longer in the index"}


def notes_text(
    notes: Sequence[Note], *, numbered: bool = False, width: int = 80, colour: bool = False
) -> str:
    """Return notes, each with its labels, lists and text, and what became of what it is about."""
    page = Page(width, colour)
    for number, note in enumerate(notes, 1):
        if number > 1:
            page.gap()
        _put_note(page, note, f"{number:>3}  " if numbered else "")
    return str(page)


def _put_note(page: Page, note: Note, indent: str) -> None:
    head = styled(note.id, "id")
    if note.starred:
        head += styled(" ★", "match")
    if note.labels:
        head += styled("  " + ", ".join(note.labels))
    if note.lists:
        head += styled(f"  in {', '.join(note.lists)}", "faint")
    page.put(head, indent)
    inner = " " * (len(indent) or 2)
    if note.standing:
        standing = STANDING.get(note.standing, f"it was {note.standing}")
        if note.standing == "changed" and "#" not in note.id:
            standing = "the cable was changed since"
        page.put(styled(standing, "title"), inner)
    if note.is_disputed:
        page.put(styled("two people changed this note: all their texts are kept", "title"), inner)
    for each in note.texts:
        by = f"{each.author or 'unknown'}, {each.written:%Y-%m-%d %H:%M}: " if note.is_disputed else ""
        page.put(styled(by, "faint") + styled(each.text or "(deleted)", lines=True), inner)


def names_text(names: Names, *, width: int = 80, colour: bool = False) -> str:
    """Return labels or lists with the number of their notes."""
    page = Page(width, colour)
    put_counts(page, names)
    return str(page)


def merged_text(merged: Merged, *, width: int = 80, colour: bool = False) -> str:
    """Return what a notebook took over, and which texts two people have changed."""
    page = Page(width, colour)
    page.put(f"{count_of(merged.texts, 'text')} and {count_of(merged.marks, 'mark')} taken over")
    for name in merged.disputed:
        page.put(f"{name}: both have changed the text, and both texts are kept")
    return str(page)
