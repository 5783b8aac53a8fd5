"""From chosen words to names: which words belong together, and where a name begins and ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .model import Piece

PARTICLES = frozenset(  # may begin a name
    (
        "abu", "al", "bin", "bint", "da", "de", "del", "den", "der", "di", "dos", "el", "ibn", "ould", "van",
        "von",
    )
)  # fmt: skip
_MAX_PARTICLES = 3  # between two words of a name


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
