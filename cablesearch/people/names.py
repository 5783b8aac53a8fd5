"""From chosen words to names: which words belong together, and where a name begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from .model import Piece
from .sequence import BREAK

PARTICLES = frozenset(  # may begin a name
    (
        "abu", "al", "bin", "bint", "da", "de", "del", "den", "der", "di", "dos", "el", "ibn", "ould", "van",
        "von",
    )
)  # fmt: skip
_ENGLISH = frozenset(("as", "at", "an"))  # particles, too: Castro as Ortega, but Abd as Salam
_BEFORE_ARTICLE = frozenset(("abd", "abu", "bin", "bint", "ibn"))
_MAX_PARTICLES = 3  # between two words of a name
_LETTER = re.compile(r"\(?([A-Z]|[IVX]{1,4})[.)]")  # of a list
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


class NameSpan(NamedTuple):
    """A name where it stands: pieces `start` to `end` of the row, `end` not included."""

    start: int
    end: int
    name: str


def find_names(row: Sequence[Piece], chosen: Sequence[int]) -> Iterator[NameSpan]:
    """Yield the names that the chosen pieces make up; initials alone are none.

    Args:
        chosen: the places of pieces taken to be in a name, in order.
    """
    taken, end = set(chosen), 0
    for start in chosen:
        if start < end:
            continue
        end = _end(row, taken, start)
        if any(not row[i].initials for i in range(start, end)):
            begin = _begin(row, start)
            yield NameSpan(begin, end, " ".join(row[i].core for i in range(begin, end)))


def _end(row: Sequence[Piece], taken: set[int], i: int) -> int:
    """Return where the name that holds piece `i` ends: across particles only where it goes on after them."""
    end = i + 1
    while row[end - 1].open and row[end].begins:
        after = end
        while (
            row[after].particle and after < end + _MAX_PARTICLES and row[after].open and row[after + 1].begins
        ):
            if row[after].core in _ENGLISH and row[after - 1].key not in _BEFORE_ARTICLE:
                return end
            after += 1
        if after not in taken:
            break
        end = after + 1
    return end


def _begin(row: Sequence[Piece], start: int) -> int:
    begin = start
    while row[begin - 1].open and row[begin].begins:
        if not (row[begin - 1].initials or row[begin - 1].key in PARTICLES):
            break
        begin -= 1
    return begin


def without_list_letters(raw: Sequence[str], names: Iterable[NameSpan]) -> Iterator[NameSpan]:
    """Yield names without the letter of a list before them: `B. Nasser said`, below `A. Eban said`.

    An initial at the beginning of a line is such a letter if the one before it or after it in the alphabet
    begins a line, too. After a slash it is the end of another word: `D/Z. Burns`.

    Args:
        raw: the pieces of the cable's text.
    """
    listed: frozenset[str] | None = None
    for name in names:
        letter = _LETTER.fullmatch(raw[name.start]) if raw[name.start - 1] in (BREAK, "/") else None
        if letter and name.end > name.start + 1:
            if listed is None:
                listed = _letters_of_lists(raw)
            if raw[name.start - 1] == "/" or not listed.isdisjoint(_neighbours(letter[1])):
                name = NameSpan(name.start + 1, name.end, name.name.split(" ", 1)[1])
        yield name


def _letters_of_lists(raw: Sequence[str]) -> frozenset[str]:
    """Return the letters and numerals with which lines begin."""
    begin = (raw[i + 1] for i, piece in enumerate(raw[:-1]) if piece == BREAK)
    return frozenset(letter[1] for piece in begin if (letter := _LETTER.fullmatch(piece)))


@lru_cache(64)
def _neighbours(letter: str) -> frozenset[str]:
    near = {chr(ord(letter) - 1), chr(ord(letter) + 1)} if len(letter) == 1 else set[str]()
    if letter in _ROMAN:
        at = _ROMAN.index(letter)
        near |= {*_ROMAN[max(0, at - 1) : at + 2]} - {letter}
    return frozenset(near)
