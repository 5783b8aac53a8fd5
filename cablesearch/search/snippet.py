"""The part of a paragraph that a hit shows: the words around the densest matches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Span = tuple[int, int]
Piece = tuple[str, bool]  # words, and whether they matched

_SENTENCE = re.compile(r"[.!?][\"'”’)]*\s+")
_SLACK = 80  # characters that a cut moves at most, to fall between sentences or words


@dataclass(frozen=True, slots=True)
class Passage:
    """A window on a text, in pieces, and whether there is more of the text before and after."""

    pieces: tuple[Piece, ...]
    cut_before: bool = False
    cut_after: bool = False


def passage(text: str, highlights: Iterable[Span], size: int) -> Passage:
    """Give the best window of about `size` characters: whole words, where the most different ones match."""
    marks = list(_merged(highlights, len(text)))
    if len(text) <= size * 1.25:  # a little over is better than a little cut off
        return Passage(tuple(_pieces(text, 0, len(text), marks)))
    start = _start(text, _best(text, marks, size), size)
    end = _word_end(text, start + size)
    return Passage(tuple(_pieces(text, start, end, marks)), start > 0, end < len(text.rstrip()))


def pieces(text: str, highlights: Iterable[Span]) -> list[Piece]:
    """Give a whole text in pieces."""
    return list(_pieces(text, 0, len(text), list(_merged(highlights, len(text)))))


def _merged(highlights: Iterable[Span], length: int) -> Iterator[Span]:
    """Give the matches in order, without overlaps, within the text."""
    last = 0
    for start, end in sorted(highlights):
        start, end = max(start, last), min(end, length)
        if start < end:
            yield start, end
            last = end


def _best(text: str, marks: list[Span], size: int) -> int:
    """Give where the densest window begins: different words first, then all matches, then the earliest."""
    best, most = 0, (0, 0)
    last = 0
    for first, (start, _) in enumerate(marks):
        while last < len(marks) and marks[last][1] <= start + size - _SLACK:
            last += 1
        inside = [text[a:b].casefold() for a, b in marks[first:last]]
        if (weight := (len(set(inside)), len(inside))) > most:
            best, most = start, weight
    return best


def _start(text: str, match: int, size: int) -> int:
    """Give where a window with a match begins: with its sentence if that is near, else with a word."""
    last = len(text) - size  # a window from here ends with the text
    if match >= last:
        return text.find(" ", last, match) + 1 or last
    near = max(match - _SLACK, 0)
    if near == 0:
        return 0
    sentences = (found.end() for found in _SENTENCE.finditer(text, near, match))
    return next(sentences, 0) or text.find(" ", match - _SLACK // 2, match) + 1 or match


def _word_end(text: str, end: int) -> int:
    """Give the end of the last word that ends before `end`; a word without end is cut."""
    if end >= len(text) - 1:
        return len(text)
    space = text.rfind(" ", end - _SLACK, end + 1)
    return space if space > 0 else end


def _pieces(text: str, start: int, end: int, marks: list[Span]) -> Iterator[Piece]:
    """Give a window in pieces."""
    at = start
    for a, b in marks:
        if a < start or b > end:
            continue
        if a > at:
            yield _single(text[at:a]), False
        yield _single(text[a:b]), True
        at = b
    if at < end:
        yield _single(text[at:end]), False


def _single(text: str) -> str:
    """Give text on one line: runs of white space as single spaces, rules of tables short."""
    return re.sub(r"([-=_*])\1{3,}", r"\1\1\1", re.sub(r"\s+", " ", text))
