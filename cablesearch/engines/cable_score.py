"""How well a whole cable answers, by which of its paragraphs hold the words that are asked for.

With `idf` as in the contract, of a term in `text`, a paragraph p of a cable gives each term t that it has

    x(t, p) = v(t, p) * sum of idf(u) * v(u, p) over all terms u / sum of idf(u) over all terms u

where v is 1, `NAME_VALUE` where t is in `named`, 0 where it is not in the paragraph: so a paragraph with all
the words counts for more than each of them alone does in another one. The cable scores

    sum of idf(t) * x(t) / (x(t) + HALF * (0.5 + 0.5 * paragraphs / mean paragraphs of a cable))

over all terms, with x(t) the sum over its paragraphs. Against an index of whole cables by their own BM25 this
needs no room and orders as well: benchmarks/relevance.md.
"""

from __future__ import annotations

from collections.abc import Mapping

from .scoring import idf

MAX_TERMS = 9  # with `TERM_BITS` of each, and six for a cable, what paragraphs hold is a number of 24 bits
TERM_BITS = 2  # a term is in `text`, in `named`

HALF = 0.45  # paragraphs with all the words that give a cable of the mean length half of what more of them do
NAME_VALUE = 0.3  # of a term that is in a name: names are given in full to each paragraph that has one

Holding = int  # of a paragraph: for the k-th term the bits 2k (`text`) and 2k + 1 (`named`)


class CableScorer:
    """Scores cables for some terms; of more than `MAX_TERMS` for the rarest.

    Args:
        holders: for each term how many paragraphs hold it in `text`.
        paragraphs: how many there are in all, in how many `cables`.
    """

    def __init__(self, holders: Mapping[str, int], paragraphs: int, cables: int) -> None:
        rarest = sorted(holders, key=holders.__getitem__)[:MAX_TERMS]
        self.terms = tuple(term for term in holders if term in rarest)
        self._weights = [idf(holders[term], paragraphs) for term in self.terms]
        self._mean = paragraphs / max(cables, 1)
        self._shares: dict[Holding, list[tuple[int, float]]] = {}

    def score(self, holdings: Mapping[Holding, int], paragraphs: int) -> float:
        """Return what a cable scores.

        Args:
            holdings: how many of its paragraphs hold the terms so, for each way that there is.
            paragraphs: how many it has.
        """
        sums = [0.0] * len(self.terms)
        for holding, times in holdings.items():
            for place, share in self._shares.get(holding) or self._share(holding):
                sums[place] += times * share
        half = HALF * (0.5 + 0.5 * paragraphs / self._mean)
        score = 0.0
        for weight, x in zip(self._weights, sums, strict=True):
            score += weight * x / (x + half)
        return score

    def _share(self, holding: Holding) -> list[tuple[int, float]]:
        """Return what a paragraph counts for each of the terms that it holds, by their places."""
        bits = ((k, holding >> TERM_BITS * k & 3) for k in range(len(self.terms)))
        values = [(k, NAME_VALUE if held & 2 else 1.0) for k, held in bits if held & 1]
        whole = sum(self._weights[k] * value for k, value in values) / sum(self._weights)
        shares = self._shares[holding] = [(k, value * whole) for k, value in values]
        return shares
