"""Which paragraph a row is: the id of its cable, and its place in that.

A cable's paragraphs are rows in succession, unless a segment was full in between. So its id is stored with
the first one alone; the tie key tells how many rows before that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from tantivy import DocAddress

from ..contract import Match
from ..scoring import ORDINAL_BITS
from .compile import cable_query
from .index import Hit, IndexReader

MAX_ORDINAL = (1 << ORDINAL_BITS) - 1  # of a tie key, which all paragraphs behind that one share
MAX_KNOWN = 4_096  # rows, at which those that are known are forgotten

_Row: TypeAlias = "tuple[int, int]"  # its segment, and where in that
_NOWHERE = -1, ""


def stored_place(cable: str, ordinal: int) -> bytes | None:
    """Return what is stored with a paragraph, None for nothing."""
    return f"{ordinal} {cable}".encode() if not 0 < ordinal < MAX_ORDINAL else None


class Places:
    """The places of the rows of an index, and of its views."""

    def __init__(self, index: IndexReader) -> None:
        self._index = index
        self._known: dict[_Row, tuple[int, str]] = {}  # the tie key and the id of a row, if it has one

    def matches(self, hits: Sequence[Hit], keys: Sequence[int] | None = None) -> list[Match]:
        """Return hits as matches.

        Args:
            keys: their tie keys, None if they have to be looked up.
        """
        if keys is None:
            keys = self._index.integers("tie_key", [address for _, address in hits])
        known, has_read = self._known, False
        found = []
        for (score, address), key in zip(hits, keys, strict=True):
            ordinal = key & MAX_ORDINAL
            row = address.segment_ord, address.doc - ordinal
            place = known.get(row)
            if not place and not has_read:
                known, has_read = self._read(hits, keys), True
                place = known.get(row)
            first, id = place or _NOWHERE
            if first == key - ordinal and ordinal < MAX_ORDINAL:
                found.append(Match(id, ordinal, score))
            else:
                found.append(Match(*self._elsewhere(address, key), score))
        return found

    def _read(self, hits: Sequence[Hit], keys: Sequence[int]) -> dict[_Row, tuple[int, str]]:
        """Return what is known of rows when those in which the cables of some hits begin have been read."""
        rows = {
            (address.segment_ord, address.doc - (key & MAX_ORDINAL))
            for (_, address), key in zip(hits, keys, strict=True)
        }
        known = self._known
        if len(known) > MAX_KNOWN:
            known = self._known = {}
        new = [row for row in rows.difference(known) if row[1] >= 0]
        addresses = [DocAddress(*row) for row in new]
        firsts = self._index.integers("tie_key", addresses)
        ids = (place.partition(b" ")[2].decode() for place in self._index.stored("place", addresses))
        known.update(zip(new, zip(firsts, ids, strict=True), strict=True))
        return known

    def _elsewhere(self, address: DocAddress, key: int) -> tuple[str, int]:
        """Return the place of a row that does not stand behind its cable's first, or is not counted."""
        if key & MAX_ORDINAL < MAX_ORDINAL:
            _, [(_, first)] = self._index.search(cable_query(key >> ORDINAL_BITS), 1, order_by="tie_key")
            [place] = self._index.stored("place", [first])
            return place.partition(b" ")[2].decode(), key & MAX_ORDINAL
        [place] = self._index.stored("place", [address])
        ordinal, _, id = place.partition(b" ")
        return id.decode(), int(ordinal)
