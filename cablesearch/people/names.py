"""From decided words to names: which belong together, and where a name begins and ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .model import Piece

_LEADING = frozenset(  # may begin a name
    (
        *(
            "abu",
            "al",
            "bin",
            "bint",
            "da",
            "de",
            "del",
            "den",
            "der",
            "di",
            "dos",
            "el",
            "ibn",
            "ould",
            "van",
        ),
        "von",
    )
)


class Found(NamedTuple):
    """A name at its place: pieces `start` to `end` of the row."""

    start: int
    end: int
    name: str


def found(row: Sequence[Piece], chosen: Sequence[int]) -> Iterator[Found]:
    """Give the names that chosen pieces make up.

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
            yield Found(begin, end, " ".join(row[i].core for i in range(begin, end)))


def _end(row: Sequence[Piece], taken: set[int], i: int) -> int:
    """Give where the name ends that has the piece `i`: over particles only where it goes on after them."""
    end = i + 1
    while row[end - 1].open and row[end].begins:
        after = end
        while row[after].particle and after < end + 3 and row[after].open and row[after + 1].begins:
            after += 1
        if after not in taken:
            break
        end = after + 1
    return end


def _begin(row: Sequence[Piece], start: int) -> int:
    begin = start
    while row[begin - 1].open and row[begin].begins:
        if not (row[begin - 1].initials or row[begin - 1].key in _LEADING):
            break
        begin -= 1
    return begin
