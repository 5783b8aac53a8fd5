"""Scores whole cables by which of their paragraphs hold which of a query's terms.

With `idf` of a term in `text` as in the contract, a paragraph p of the cable gives each term t that it holds

    x(t, p) = v(t, p) * sum of idf(u) * v(u, p) over all terms u / sum of idf(u) over all terms u

where v(t, p) is 1 if t is in the paragraph, `name_value` if in `named` too, and 0 if it is not there at all.
So one paragraph with all the words counts more than several with one word each. The cable's score is

    sum of idf(t) * x(t) / (x(t) + half * (0.5 + 0.5 * paragraphs / mean paragraphs of a cable))

over all terms, where x(t) is the sum over its paragraphs. An index of whole cables, scored by BM25, ranks no
better and takes more space: benchmarks/relevance.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import add

from .scoring import idf

MAX_TERMS = (
    9  # each with `TERM_BITS`, and six bits for the cable's place: 24, which a float score holds exactly
)
TERM_BITS = 2  # the term is in `text`; it is in `named`

Holding = int  # which terms a paragraph holds: for the k-th term, bits 2k (in `text`) and 2k + 1 (in `named`)


class CableScorer:
    """Scores cables for some terms; if there are more than `MAX_TERMS`, for the rarest.

    Args:
        holders: for each term, the number of paragraphs that hold it in `text`.
        paragraphs: how many paragraphs the index has.
        cables: how many cables the index has.

    Attributes:
        terms, weights: those that count, and the weight of each.
        mean: how many paragraphs a cable has.
    """

    half = 0.45  # paragraphs with all the words that give a cable of mean length half of the highest score
    name_value = 0.3  # of a term in a full name, which each paragraph gets that has any form of the name

    def __init__(self, holders: Mapping[str, int], paragraphs: int, cables: int) -> None:
        rarest = sorted(holders, key=holders.__getitem__)[:MAX_TERMS]
        self.terms = tuple([term for term in holders if term in rarest])
        self.weights = [idf(holders[term], paragraphs) for term in self.terms]
        self.mean = paragraphs / max(cables, 1)
        self._shares: dict[Holding, list[tuple[int, float]]] = {}

    def score(self, holdings: Mapping[Holding, int], paragraphs: int) -> float:
        """Return the score of a cable.

        Args:
            holdings: for each combination of terms, how many of its paragraphs hold it.
            paragraphs: how many it has.
        """
        sums = [0.0] * len(self.terms)
        for holding, times in holdings.items():
            for place, share in self._shares.get(holding) or self._share(holding):
                sums[place] += times * share
        half = self.half * (0.5 + 0.5 * paragraphs / self.mean)
        score = 0.0
        for weight, x in zip(self.weights, sums, strict=True):
            score += weight * x / (x + half)
        return score

    def _share(self, holding: Holding) -> list[tuple[int, float]]:
        """Return the x(t, p) of each term that a paragraph holds, by the term's place."""
        bits = ((k, holding >> TERM_BITS * k & 3) for k in range(len(self.terms)))
        values = [(k, self.name_value if held & 2 else 1.0) for k, held in bits if held & 1]
        # Added up one by one: from Python 3.12 on, `sum` rounds in another way.
        whole = reduce(add, [self.weights[k] * value for k, value in values], 0.0)
        whole /= reduce(add, self.weights, 0.0)
        shares = self._shares[holding] = [(k, value * whole) for k, value in values]
        return shares
