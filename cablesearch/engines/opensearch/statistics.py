"""What scores depend on, counted as paragraphs are written, and how OpenSearch is made to score by it.

The contract's mean length is that of the terms in a column over all paragraphs. With `FILLER`, one term, in
each paragraph that has none, Lucene's is greater by a factor g. Its similarity

    idf * (k1 + 1) * tf / (tf + k1 * (1 - b + b * length / Lucene's mean))

is the contract's for k1 = 0.3 + 0.9 g, b = 0.9 g / k1, but for a factor that each leaf makes up for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..documents import SCORED

SATURATION = 2.2  # k1 + 1 in the contract


@dataclass
class Statistics:
    """The counts of an index.

    Attributes:
        holders: for each column in `SCORED`, the paragraphs that have terms in it.
        lengths: the terms that these have together.
    """

    paragraphs: int = 0
    cables: int = 0
    holders: Counter[str] = field(default_factory=Counter)
    lengths: Counter[str] = field(default_factory=Counter)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Statistics:
        """Return what `as_dict` was made of."""
        columns: dict[str, tuple[int, int]] = stored["columns"]
        return cls(
            int(stored["paragraphs"]),
            int(stored["cables"]),
            Counter({column: holders for column, (holders, _) in columns.items()}),
            Counter({column: length for column, (_, length) in columns.items()}),
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the counts as JSON values."""
        columns = {column: (self.holders[column], self.lengths[column]) for column in sorted(SCORED)}
        return {"paragraphs": self.paragraphs, "cables": self.cables, "columns": columns}

    def add(self, lengths: Mapping[str, int], sign: int = 1) -> None:
        """Count a paragraph by its columns in `SCORED`; with a sign of -1, no longer count it."""
        self.paragraphs += sign
        for column, length in lengths.items():
            self.holders[column] += sign
            self.lengths[column] += sign * length

    def similarities(self) -> dict[str, dict[str, Any]]:
        """Return OpenSearch's similarity for each column."""
        return {
            column: {"type": "BM25", "k1": k1, "b": 0.9 * self._growth(column) / k1}
            for column in SCORED
            for k1 in [self._k1(column)]
        }

    def weights(self) -> dict[str, float]:
        """Return the factor by which the scores of each column are too small."""
        return {column: SATURATION / (self._k1(column) + 1) for column in SCORED}

    def _k1(self, column: str) -> float:
        return 0.3 + 0.9 * self._growth(column)

    def _growth(self, column: str) -> float:
        """Return how many times greater Lucene's mean length is; about 1 where most paragraphs have terms."""
        length = self.lengths[column]
        return (length + self.paragraphs - self.holders[column]) / length if length > 0 else 1.0
