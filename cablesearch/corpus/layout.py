"""Characters on a page to lines of text, with columns and indentation kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple


class Char(NamedTuple):
    """A character and its box, in points from the lower left corner; all of a font are equally high."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


class _Word(NamedTuple):
    """Characters without a gap, and their box.

    Attributes:
        spaces: how many were printed before it, from `start` on. They keep the columns of a text made
            for a typewriter's letters and is printed with others.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    spaces: int
    start: float


# Of a font's height: between words, between columns, a letter's width, between lines.
_LEAST_SPACE, _COLUMN_GAP, _LETTER, _LEAST_STEP = 0.15, 1.0, 0.5, 0.9
_OVERLAP = 0.5  # of the lower of two boxes, on one line
_BLANK_LINE = 1.6  # of the distance between two lines
_CLOSE_LINES = 20  # of so many lines one is as near to the next as lines without a blank one between are
_MAX_SPACES = 200  # in a row


def lay_out(chars: Iterable[Char]) -> str:
    """Return the text of a page, whatever the order in which it was printed."""
    lines = _lines(_words(chars))
    if not lines:
        return ""
    margin = min(line[0].start for line in lines)
    steps = [above[0].bottom - below[0].bottom for above, below in pairwise(lines)]
    close = sorted(
        step
        for step, (word, *_) in zip(steps, lines, strict=False)
        if step >= _LEAST_STEP * (word.top - word.bottom)
    )
    blank = _BLANK_LINE * close[len(close) // _CLOSE_LINES] if close else 0.0
    laid_out = [_text(line, margin) for line in lines]
    return laid_out[0] + "".join(
        ("\n\n" if step > blank else "\n") + line for step, line in zip(steps, laid_out[1:], strict=True)
    )


def _words(chars: Iterable[Char]) -> Iterator[_Word]:
    """Yield the words in the order in which they were printed."""
    text, left, right, bottom, top, spaces, begun = "", 0.0, 0.0, 0.0, 0.0, 0, 0.0
    space: Char | None = None  # the first one since the last word
    for char in chars:
        joined = text and char.bottom < top and char.top > bottom
        if char.text.isspace() or not (joined and abs(char.left - right) <= _LEAST_SPACE * (top - bottom)):
            if text:
                yield _Word(text, left, right, bottom, top, spaces, begun)
            text = ""
        if char.text.isspace():
            space = space or char
            continue
        if not text:
            left, bottom, top = char.left, char.bottom, char.top
            spaces = _count_spaces(space, char) if space else 0
            begun = space.left if space and spaces else left
            space = None
        text, right = text + char.text, char.right
    if text:
        yield _Word(text, left, right, bottom, top, spaces, begun)


def _count_spaces(space: Char, char: Char) -> int:
    """Return how many spaces there are from the first one to a character, 0 where it is on another line."""
    width, gap = space.right - space.left, char.left - space.left
    if gap <= 0 or space.bottom >= char.top or space.top <= char.bottom:
        return 0
    return (
        min(max(int(gap / width + 0.3), 1), _MAX_SPACES) if width > 0 else 1
    )  # some wider, in a justified line


def _lines(words: Iterable[_Word]) -> list[list[_Word]]:
    """Return the words line by line, from the top and from the left."""
    lines: list[list[_Word]] = []
    for word in sorted(words, key=lambda word: (-word.bottom, word.left)):
        if lines and _on_line(word, lines[-1][0]):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def _on_line(word: _Word, first: _Word) -> bool:
    shared = min(word.top, first.top) - max(word.bottom, first.bottom)
    return shared >= _OVERLAP * min(word.top - word.bottom, first.top - first.bottom)


def _text(line: list[_Word], margin: float) -> str:
    """Return a line, its words in their columns where they stand far apart."""
    text, right = "", margin
    for word in line:
        height = word.top - word.bottom
        if word.start - right > _COLUMN_GAP * height:
            column = round((word.start - margin) / (_LETTER * height))
            text = (text + "  " if text else "").ljust(min(column, len(text) + _MAX_SPACES))
            text += " " * word.spaces
        elif word.spaces:
            text += " " * word.spaces
        elif text and word.left - right > _LEAST_SPACE * height:
            text += " "
        text, right = text + word.text, max(right, word.right)
    return text
