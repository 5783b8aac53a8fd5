"""The two loops of the model that go over every piece of a text.

They take a fifth of recognising. `_weighing.c` does the same in a fifth of the time, and is used in place of
this where it was compiled when cablesearch was installed.
"""

from __future__ import annotations

from itertools import compress
from operator import not_
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model import Piece

_CODES = 0xFEFFFD  # the bits of three codes that count: the first may be open, and the last begin


def weigh(raw: list[str], pieces: dict[str, Piece], unweighed: Piece, /) -> tuple[list[Piece], list[int]]:
    """Return the pieces of a row, weighed, and the places of those that may be in names.

    Of words in small letters only those near one that may be in a name are weighed. The others, three words
    in four, are in no name and say nothing about one.

    Args:
        raw: two that are in no name at either end.
        unweighed: stands for the others.
    """
    row, places = [unweighed] * len(raw), []
    for i in compress(range(len(raw)), map(not_, map(str.islower, raw))):
        piece = row[i] = pieces[raw[i]]
        if piece[0]:
            places.append(i)
    left = right = 0  # as far as particles have been followed, so that each is once
    for i in places:
        for at in (i - 2, i - 1, i + 1, i + 2):
            if row[at] is unweighed:
                row[at] = pieces[raw[at]]
        at = i - 2
        while row[at][10] and at > left:  # names go on across particles
            at -= 1
            row[at] = pieces[raw[at]]
        left = i - 2
        at = i + 2 if i + 2 > right else right
        while row[at][10]:
            at += 1
            row[at] = pieces[raw[at]]
        right = at
    return row, places


def score(row: list[Piece], places: list[int], pairs: dict[int, tuple[float, bool, bool]], /) -> list[float]:
    """Return the score of the first pass for the piece at each place.

    Args:
        pairs: what three pieces weigh together, by their codes, and whether they are joined.
    """
    scores = []
    for i in places:
        last, piece, following = row[i - 1], row[i], row[i + 1]
        pair, a, b = pairs[(last[6] << 16 | piece[6] << 8 | following[6]) & _CODES]
        scores.append(piece[1] + pair + last[2][a] + following[3][b] + row[i - 2][4] + row[i + 2][5])
    return scores
