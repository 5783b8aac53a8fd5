"""Finds the paragraphs whose passages are nearest to a vector.

The first look compares bits, which takes a few milliseconds for a hundred thousand passages; the best of them
are compared by all their numbers. Of few passages, all are compared so at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ..model.cable import Cable
from .chunks import digest
from .model import Vector
from .store import Store, sign_bits

Mask: TypeAlias = npt.NDArray[np.bool_]
Indices: TypeAlias = npt.NDArray[np.intp]
Vectors: TypeAlias = npt.NDArray[np.float32]

COMPARED_WHOLE = 20_000  # passages of which all numbers are compared: that takes as long as the first look
MIN_DEPTH = 4_096  # passages that the first look keeps, at the least
DEPTH_PER_HIT = 16  # and for each paragraph wanted
AT_A_TIME = 4_096  # passages whose numbers are in memory at once


@dataclass(frozen=True, slots=True)
class Near:
    """A paragraph, and what is nearest in it.

    Attributes:
        cable: the id of its cable.
        ordinal: its place in the cable, from 0.
        score: the cosine of the angle between the vectors: 1 is the same direction.
        span: where in its text the nearest passage stands.
        paragraph: its number in the store.
    """

    cable: str
    ordinal: int
    score: float
    span: tuple[int, int]
    paragraph: int


class Nearest:
    """Finds the nearest paragraphs of a store.

    Args:
        here: the ids of the cables that the index has now, each with what tells its text from others; None if
            the store is of this state of the index. Others in the store are not compared; a few of those
            that are may still read otherwise: see `reads_alike`.
    """

    def __init__(self, store: Store, here: dict[str, int] | None = None) -> None:
        self.store = store
        self._here = here

    @cached_property
    def live(self) -> Mask | None:
        """Of each paragraph of the store, whether the index has it; None if it has all."""
        if self._here is None:
            return None
        held = [self._here.get(id) == text for id, text in self.store.cables]
        live: Mask = np.array(held, dtype=np.bool_)[self.store.paragraphs["cable"]]
        return live

    @property
    def size(self) -> int:
        """How many paragraphs are in the store, whether the index has them or not: the length of a mask."""
        return self.store.state.paragraphs

    @property
    def certain(self) -> bool:
        """Whether all paragraphs are sure to read as when their vectors were made."""
        return self.live is None

    @property
    def paragraphs(self) -> int:
        """How many paragraphs of the index are in the store."""
        return self.size if self.live is None else int(self.live.sum())

    def count(self, mask: Mask | None) -> int:
        """Count the paragraphs that are compared if a mask allows them."""
        if mask is None:
            return self.paragraphs
        return int((mask if self.live is None else mask & self.live).sum())

    def numbers(self, mask: Mask | None) -> list[int]:
        """Return the paragraphs with vectors that a mask allows, by their numbers."""
        has: Mask = self.store.paragraphs["rows"] > 0
        for allowed in (mask, self.live):
            if allowed is not None:
                has = has & allowed
        return [int(number) for number in np.flatnonzero(has)]

    def mask(self, places: Iterable[tuple[str, int]]) -> Mask:
        """Return which paragraphs stand at some places, each the id of a cable and an ordinal."""
        numbers = self._numbers
        found = [
            first + ordinal
            for cable, ordinal in places
            if (span := numbers.get(cable)) and ordinal < span[1]
            for first in (span[0],)
        ]
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[found] = True
        return mask

    def numbers_of(self, cable: str) -> range:
        """Return the numbers of a cable's paragraphs; none if it is not in the store, or has changed."""
        first, count = self._numbers.get(cable, (0, 0))
        if self.live is not None and count and not self.live[first]:
            return range(0)
        return range(first, first + count)

    def place(self, paragraph: int) -> tuple[str, int]:
        """Return the id of a paragraph's cable, and its place there."""
        of = self.store.paragraphs[paragraph]
        return self.store.cables[int(of["cable"])][0], int(of["ordinal"])

    def reads_alike(self, paragraph: int, cable: Cable | None) -> bool:
        """Whether a paragraph reads as when its vectors were made.

        Args:
            cable: the paragraph's, as the index has it now.
        """
        if self.live is None:
            return True
        if not cable or not self.live[paragraph]:
            return False
        of = self.store.paragraphs[paragraph]
        return digest(cable, cable.entries[int(of["ordinal"])]) == int(of["digest"])

    def vectors(self, rows: Indices) -> Vectors:
        """Return the vectors of some passages, of length 1."""
        found = self.store.numbers[rows].astype(np.float32) * self.store.rows["scale"][rows][:, None]
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        unit: Vectors = found / np.where(lengths > 0, lengths, 1)
        return unit

    def vectors_of(self, paragraphs: Iterable[int]) -> Vectors:
        """Return the vectors of all passages of some paragraphs, of length 1."""
        return self.vectors(self.rows_of(paragraphs))

    def rows_of(self, paragraphs: Iterable[int]) -> Indices:
        """Return the rows of the passages of some paragraphs."""
        firsts, counts = self.store.paragraphs["row"], self.store.paragraphs["rows"]
        spans = [np.arange(firsts[k], firsts[k] + counts[k]) for k in paragraphs]
        return np.concatenate(spans) if spans else np.empty(0, dtype=np.intp)

    def search(self, vector: Vector, wanted: int, allowed: Mask | None = None) -> list[Near]:
        """Return the nearest paragraphs, the nearest first; of equally near ones, in the order of the store.

        Args:
            vector: of length 1.
            wanted: how many.
            allowed: of each paragraph, whether it is compared; None for all.
        """
        rows = self._allowed_rows(allowed)
        depth = max(MIN_DEPTH, wanted * DEPTH_PER_HIT)
        count = self.store.state.rows if rows is None else len(rows)
        if count > max(COMPARED_WHOLE, depth):
            rows = self._first_look(vector, rows, depth)
        elif rows is None:
            rows = np.arange(count)
        scores = self._scores(vector, rows)
        order = np.lexsort((rows, -scores))
        paragraphs = self.store.rows["paragraph"][rows[order]]
        _, firsts = np.unique(paragraphs, return_index=True)
        best = order[np.sort(firsts)[:wanted]]
        return [self._near(int(rows[k]), float(scores[k])) for k in best]

    def scores(self, vector: Vector, paragraph: int) -> list[tuple[tuple[int, int], float]]:
        """Return how near each passage of a paragraph is, with its place in the text."""
        rows = self.rows_of([paragraph])
        spans = self.store.rows[rows]
        return [
            ((int(of["start"]), int(of["end"])), float(score))
            for of, score in zip(spans, self._scores(vector, rows), strict=True)
        ]

    @cached_property
    def _numbers(self) -> dict[str, tuple[int, int]]:
        """By the id of a cable, the number of its first paragraph, and how many it has."""
        counts = np.bincount(self.store.paragraphs["cable"], minlength=self.store.state.cables)
        firsts = np.cumsum(counts) - counts
        spans = zip(firsts.tolist(), counts.tolist(), strict=True)
        return {id: span for (id, _), span in zip(self.store.cables, spans, strict=True)}

    def _allowed_rows(self, allowed: Mask | None) -> Indices | None:
        if self.live is not None:
            allowed = self.live if allowed is None else allowed & self.live
        return None if allowed is None else np.flatnonzero(allowed[self.store.rows["paragraph"]])

    def _first_look(self, vector: Vector, rows: Indices | None, depth: int) -> Indices:
        """Return the rows whose bits differ in the fewest places from those of a vector, in order."""
        words = self._words if rows is None else self._words[:, rows]
        own = _as_words(sign_bits(vector)[None, :])[:, 0]
        differing = np.zeros(words.shape[1], dtype=np.uint16)
        for column, word in zip(words, own, strict=True):
            differing += np.bitwise_count(column ^ word)
        # The farthest that is still among the first `depth`, and with it all that are as far.
        farthest = np.searchsorted(np.cumsum(np.bincount(differing)), depth)
        kept = np.flatnonzero(differing <= farthest)
        return kept if rows is None else rows[kept]

    @cached_property
    def _words(self) -> npt.NDArray[np.uint64]:
        """The bits of all passages, 64 in a number, one after the other: of all the first, and so on."""
        return _as_words(self.store.bits)

    def _scores(self, vector: Vector, rows: Indices) -> npt.NDArray[np.float32]:
        scores = np.empty(len(rows), dtype=np.float32)
        for start in range(0, len(rows), AT_A_TIME):
            some = rows[start : start + AT_A_TIME]
            scores[start : start + AT_A_TIME] = self.store.numbers[some].astype(np.float32) @ vector
        scores *= self.store.rows["scale"][rows]
        return scores

    def _near(self, row: int, score: float) -> Near:
        paragraph, start, end, _ = self.store.rows[row].tolist()
        cable, ordinal = self.place(paragraph)
        return Near(cable, ordinal, score, (start, end), paragraph)


class NearestOfAll:
    """Does what `Nearest` does, with several stores by one model, whose paragraphs are numbered through."""

    def __init__(self, parts: Sequence[Nearest]) -> None:
        self._parts = parts
        self._starts = [*accumulate((part.size for part in parts), initial=0)]

    @property
    def size(self) -> int:
        return self._starts[-1]

    @property
    def certain(self) -> bool:
        return all(part.certain for part in self._parts)

    @property
    def paragraphs(self) -> int:
        return sum(part.paragraphs for part in self._parts)

    def count(self, mask: Mask | None) -> int:
        return sum(part.count(own) for part, own in self._each(mask))

    def numbers(self, mask: Mask | None) -> list[int]:
        each = zip(self._starts, self._each(mask), strict=False)
        return [start + number for start, (part, own) in each for number in part.numbers(own)]

    def mask(self, places: Iterable[tuple[str, int]]) -> Mask:
        places = [*places]
        return np.concatenate([part.mask(places) for part in self._parts])

    def numbers_of(self, cable: str) -> range:
        for start, part in zip(self._starts, self._parts, strict=False):
            if own := part.numbers_of(cable):
                return range(start + own.start, start + own.stop)
        return range(0)

    def place(self, paragraph: int) -> tuple[str, int]:
        part, number = self._part(paragraph)
        return part.place(number)

    def reads_alike(self, paragraph: int, cable: Cable | None) -> bool:
        part, number = self._part(paragraph)
        return part.reads_alike(number, cable)

    def vectors_of(self, paragraphs: Iterable[int]) -> Vectors:
        found = [part.vectors_of([number]) for part, number in map(self._part, paragraphs)]
        return np.concatenate(found) if found else np.empty((0, 0), dtype=np.float32)

    def search(self, vector: Vector, wanted: int, allowed: Mask | None = None) -> list[Near]:
        found = [
            replace(one, paragraph=start + one.paragraph)
            for start, (part, own) in zip(self._starts, self._each(allowed), strict=False)
            for one in part.search(vector, wanted, own)
        ]
        return sorted(found, key=lambda one: -one.score)[:wanted]

    def scores(self, vector: Vector, paragraph: int) -> list[tuple[tuple[int, int], float]]:
        part, number = self._part(paragraph)
        return part.scores(vector, number)

    def _part(self, paragraph: int) -> tuple[Nearest, int]:
        """Return the store that a paragraph is in, and its number there."""
        k = bisect_right(self._starts, paragraph) - 1
        return self._parts[k], paragraph - self._starts[k]

    def _each(self, mask: Mask | None) -> Iterator[tuple[Nearest, Mask | None]]:
        """Yield each store with its part of a mask."""
        for part, (start, end) in zip(self._parts, pairwise(self._starts), strict=True):
            yield part, None if mask is None else mask[start:end]


def _as_words(bits: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint64]:
    """Return rows of bits as columns of words; of a width that is no multiple of 64, filled with zeros."""
    width = -(-bits.shape[1] // 8) * 8
    if width != bits.shape[1]:
        bits = np.pad(bits, ((0, 0), (0, width - bits.shape[1])))
    return np.ascontiguousarray(np.ascontiguousarray(bits).view(np.uint64).T)
