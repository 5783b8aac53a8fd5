"""The text of a cable as one row of pieces."""

from __future__ import annotations

from collections.abc import Iterable

BREAK = "¶"  # stands between paragraphs, and between lines
_SEPARATORS = (("/", " / "), ("--", " -- "), ("–", " – "), ("—", " — "), ("\n", f" {BREAK} "))


def split_pieces(text: str) -> list[str]:
    """Split a paragraph at spaces, slashes and dashes; a line's end parts words like a paragraph's."""
    for sign, spaced in _SEPARATORS:
        if sign in text:
            text = text.replace(sign, spaced)
    return text.split()


def build_row(paragraphs: Iterable[str]) -> tuple[list[str], list[int]]:
    """Return the pieces of all paragraphs in one row, and where each paragraph begins in it.

    Two breaks stand before the first piece and after the last, so that each piece has two neighbours a side.
    """
    row, starts = [BREAK, BREAK], []
    for text in paragraphs:
        starts.append(len(row))
        row += split_pieces(text)
        row.append(BREAK)
    row.append(BREAK)
    return row, starts
