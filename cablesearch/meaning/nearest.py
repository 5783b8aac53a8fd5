"""Finds the paragraphs whose passages are nearest to a vector.

The first look compares bits, which takes a few milliseconds for a hundred thousand passages; the best of them
are compared by all their numbers. Of few passages, all are compared so at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

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
    """

    cable: str
    ordinal: int
    score: float
    span: tuple[int, int]


class Nearest:
    """Finds the nearest paragraphs of a store.

    Args:
        here: the ids of the cables that the index has now, with the digests of their records; None if the
            store is of this state of the index. What is in the store of other cables is not compared.
    """

    def __init__(self, store: Store, here: dict[str, int] | None = None) -> None:
        self.store = store
        self._here = here

    @cached_property
    def live(self) -> Mask | None:
        """Of each paragraph of the store, whether the index has it; None if it has all."""
        if self._here is None:
            return None
        held = [self._here.get(id) == record for id, record in self.store.cables]
        live: Mask = np.array(held, dtype=np.bool_)[self.store.paragraphs["cable"]]
        return live

    @property
    def paragraphs(self) -> int:
        """How many paragraphs of the index are in the store."""
        return self.store.state.paragraphs if self.live is None else int(self.live.sum())

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
        mask = np.zeros(self.store.state.paragraphs, dtype=np.bool_)
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

    def vectors(self, rows: Indices) -> Vectors:
        """Return the vectors of some passages, of length 1."""
        found = self.store.numbers[rows].astype(np.float32) * self.store.rows["scale"][rows][:, None]
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        unit: Vectors = found / np.where(lengths > 0, lengths, 1)
        return unit

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
        of = self.store.rows[row]
        cable, ordinal = self.place(int(of["paragraph"]))
        return Near(cable, ordinal, score, (int(of["start"]), int(of["end"])))


def _as_words(bits: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint64]:
    """Return rows of bits as columns of words; of a width that is no multiple of 64, filled with zeros."""
    width = -(-bits.shape[1] // 8) * 8
    if width != bits.shape[1]:
        bits = np.pad(bits, ((0, 0), (0, width - bits.shape[1])))
    return np.ascontiguousarray(np.ascontiguousarray(bits).view(np.uint64).T)
