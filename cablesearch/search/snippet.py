"""The part of a paragraph's text that a hit shows: a window around the densest matches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Span = tuple[int, int]  # start and end in a text
Piece = tuple[str, bool]  # text, and whether it matched

_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+")
_SLACK = 80  # characters by which a cut may move to fall between sentences or words


@dataclass(frozen=True, slots=True)
class Snippet:
    """A window on a text, in pieces, and whether text was cut off before and after it."""

    pieces: tuple[Piece, ...]
    cut_before: bool = False
    cut_after: bool = False


def snippet(text: str, highlights: Iterable[Span], size: int) -> Snippet:
    """Return the window of about `size` characters with the most distinct matches, in whole words."""
    marks = list(_merge(highlights, len(text)))
    if len(text) <= size * 1.25:  # a little over is better than a little cut off
        return Snippet(tuple(_pieces(text, 0, len(text), marks)))
    start = _window_start(text, _densest(text, marks, size), size)
    end = _window_end(text, start + size)
    return Snippet(tuple(_pieces(text, start, end, marks)), start > 0, end < len(text.rstrip()))


def pieces(text: str, highlights: Iterable[Span]) -> list[Piece]:
    """Return a whole text in pieces."""
    return list(_pieces(text, 0, len(text), list(_merge(highlights, len(text)))))


def _merge(highlights: Iterable[Span], length: int) -> Iterator[Span]:
    """Yield the matches in order, without overlaps, within the text."""
    last = 0
    for start, end in sorted(highlights):
        start, end = max(start, last), min(end, length)
        if start < end:
            yield start, end
            last = end


def _densest(text: str, marks: list[Span], size: int) -> int:
    """Return the first match of the window with the most distinct words, then the most matches."""
    best, most = 0, (0, 0)
    last = 0
    for first, (start, _) in enumerate(marks):
        while last < len(marks) and marks[last][1] <= start + size - _SLACK:
            last += 1
        inside = [text[a:b].casefold() for a, b in marks[first:last]]
        if (weight := (len(set(inside)), len(inside))) > most:
            best, most = start, weight
    return best


def _window_start(text: str, match: int, size: int) -> int:
    """Return where a window with a match begins: at its sentence if that is near, else at a word."""
    last = len(text) - size  # a window from here ends with the text
    if match >= last:
        return text.find(" ", last, match) + 1 or last
    near = max(match - _SLACK, 0)
    if near == 0:
        return 0
    sentences = (end.end() for end in _SENTENCE_END.finditer(text, near, match))
    return next(sentences, 0) or text.find(" ", match - _SLACK // 2, match) + 1 or match


def _window_end(text: str, end: int) -> int:
    """Return the end of the last word that ends before `end`; a word longer than the slack is cut."""
    if end >= len(text) - 1:
        return len(text)
    space = text.rfind(" ", end - _SLACK, end + 1)
    return space if space > 0 else end


def _pieces(text: str, start: int, end: int, marks: list[Span]) -> Iterator[Piece]:
    """Yield the pieces of a window."""
    at = start
    for a, b in marks:
        if a < start or b > end:
            continue
        if a > at:
            yield _on_one_line(text[at:a]), False
        yield _on_one_line(text[a:b]), True
        at = b
    if at < end:
        yield _on_one_line(text[at:end]), False


def _on_one_line(text: str) -> str:
    """Return a text with each run of white space as one space, and the rules of tables shortened."""
    return re.sub(r"([-=_*])\1{3,}", r"\1\1\1", re.sub(r"\s+", " ", text))
