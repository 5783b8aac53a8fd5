"""Lays out text for a width in terminal cells, with or without colours.

rich does this and far more, but takes 30 ms to load; a page of hits is laid out in 2 ms.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from ..export import escape_controls

MIN_WIDTH = 20  # cells; on a narrower terminal, lines overflow

Text = list[tuple[str, str]]  # pieces of text, each with the name of its style

# ECMA-48 codes: bold magenta, bold red, bold, faint, red, green.
_STYLES = {
    "id": "1;35", "match": "1;31", "title": "1", "faint": "2", "removed": "31", "inserted": "32"
}  # fmt: skip

# A word and the white space before it. In Chinese and Japanese, every character may begin a line.
_WIDE = "\u2e80-\ua4cf\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
_WORD = re.compile(rf"\s*([{_WIDE}]|[^\s{_WIDE}]+)")


class Page:
    """A list of lines; `str(page)` is the text to print."""

    def __init__(self, width: int = 80, colour: bool = False) -> None:
        self.width = max(width, MIN_WIDTH)
        self._colour = colour
        self._lines: list[str] = []

    def put(self, text: str | Text, indent: str | Text = "", hang: int | None = None) -> None:
        """Add text, wrapped between words; line breaks in a Text are kept.

        Args:
            indent: what the first line begins with.
            hang: cells by which the other lines are indented; None means the width of `indent`.
        """
        first = styled(indent) if isinstance(indent, str) else indent
        rest = styled(" " * (cells(_text_of(first)) if hang is None else hang))
        body = styled(text) if isinstance(text, str) else text
        room = max(self.width - max(cells(_text_of(first)), cells(_text_of(rest))), MIN_WIDTH // 2)
        starts = [0, *accumulate(len(piece) for piece, _ in body)]
        for number, (start, end) in enumerate(wrap(_text_of(body), room)):
            line = [*(rest if number else first), *_cut(body, starts, start, end)]
            self._lines.append("".join(self._paint(line)).rstrip())

    def gap(self) -> None:
        """Add an empty line."""
        self._lines.append("")

    def __str__(self) -> str:
        return "\n".join([*self._lines, ""])

    def _paint(self, line: Text) -> Iterator[str]:
        for text, style in line:
            yield f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._colour and style and text else text


def styled(text: str, style: str = "", *, lines: bool = False) -> Text:
    """Return text that is safe to print, in a style: one of `_STYLES`, or none."""
    return [(escape_controls(text, lines=lines).expandtabs(), style)]


def join(parts: Iterable[Text], between: str = "") -> Text:
    """Return the parts as one text."""
    text: Text = []
    for part in parts:
        text += [(between, ""), *part] if text else part
    return text


def marked(pieces: Iterable[tuple[str, bool]], style: str = "") -> Text:
    """Return pieces of text as one, those that matched marked, the others in a style."""
    return join(styled(piece, "match" if matched else style) for piece, matched in pieces)


def wrap(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield where each line starts and ends when a text is wrapped to a width in cells."""
    at = 0
    for line in text.split("\n"):
        for start, end in _wrap_line(line.rstrip(), width):
            yield at + start, at + end
        at += len(line) + 1


def _wrap_line(line: str, width: int) -> Iterator[tuple[int, int]]:
    start = end = used = 0  # of the current line; `used` in cells
    for match in _WORD.finditer(line):
        for a, b in _split_word(line, *match.span(1), width):
            need = cells(line[end:b])
            if used and used + need > width:
                yield start, end
                start, used, need = a, 0, cells(line[a:b])
            end = b
            used += need
    yield start, end


def _split_word(line: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Yield a word whole, or in parts where it is longer than a line."""
    room = width
    for place in range(start, end) if cells(line[start:end]) > width else ():
        room -= _width(line[place])
        if room < 0:
            yield start, place
            start, room = place, width - _width(line[place])
    yield start, end


def cells(text: str) -> int:
    """Return how many terminal cells a text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _text_of(text: Text) -> str:
    return "".join(piece for piece, _ in text)


def _cut(text: Text, starts: Sequence[int], start: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a text between two places.

    Args:
        starts: where each piece starts, and where the last one ends.
    """
    for place in range(bisect_right(starts, start) - 1, bisect_left(starts, end)):
        piece, style = text[place]
        if inside := piece[max(start - starts[place], 0) : end - starts[place]]:
            yield inside, style
