"""The arithmetic of the contract, for every engine: lengths, scores, ties, spacings, counts, near words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from itertools import combinations
from math import comb, log
from operator import itemgetter
from typing import NamedTuple

from ..analysis.distance import are_near, edit_distance
from ..errors import QueryError
from ..query.tree import MAX_SLOP

# benchmarks/relevance.md compares these values with others.
RERANK_DEPTH = 25  # paragraphs that are reranked; more of them gain less than their time is worth
CABLE_WEIGHT = 1.5  # of a cable's score, relative to that of the paragraph
ADJACENCY_WEIGHT = 1.0  # of the score for words in a row, likewise

DAY = 86_400  # seconds

ORDINAL_BITS = 16  # of a tie key; 47 more are the cable's: among a million cables hardly two share a number

MAX_SPACINGS = 200  # of a phrase; an engine searches for each as a phrase of its own


def idf(holders: int, size: int) -> float:
    """Return the inverse document frequency of a term that so many paragraphs, of `size` in all, hold."""
    return log(1 + (size - holders + 0.5) / (holders + 0.5))


def quantise_length(length: int) -> int:
    """Return the column length that scores are computed with: exact up to 39 terms, then increasingly coarse.

    This is the table of Lucene and tantivy, which store a length in one byte: a float of three mantissa bits.
    """
    if length < 40:
        return length
    shift = (length - 24).bit_length() - 4
    return (((length - 24) >> shift) << shift) + 24


ROUNDING = 1e-4  # no two scores that are rounded to the same one differ by more, relative to the greater


def round_score(score: float) -> float:
    """Return a score as it is compared: to five digits, because engines differ in the seventh."""
    return float(f"{score:.5g}")


def tie_key(id: str, ordinal: int) -> int:
    """Return the number that ties are sorted by: the cable's own number, then the paragraph's place in it.

    Numbers are compared faster than ids are fetched, and the order of ids would mean nothing either.
    """
    return _cable_key(id) | min(ordinal, (1 << ORDINAL_BITS) - 1)


@lru_cache(1)  # it is called for one paragraph of a cable after another
def _cable_key(id: str) -> int:
    digest = blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> 17 << ORDINAL_BITS


def spacings(words: Sequence[str], slop: int) -> list[tuple[int, ...]]:
    """Return the ways to place a phrase's words in a text, as distances from the first word; the widest last.

    Raises:
        QueryError: there are more than `MAX_SPACINGS`, or the slop is greater than `MAX_SLOP`.
    """
    others, gaps = max(slop, 1) - 1, len(words) - 1
    if slop > MAX_SLOP or comb(others + gaps, gaps) > MAX_SPACINGS:
        raise QueryError(f'the words of "{" ".join(words)}"~{slop} may stand too far apart: ask for less')
    return [(0, *places) for places in combinations(range(1, len(words) + others), gaps)]


def day(seconds: float) -> date:
    """Return the day (UTC) of an instant in seconds since 1970."""
    return date.fromordinal(date(1970, 1, 1).toordinal() + int(seconds // DAY))


def most_frequent_first(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return values and how many hold each, the most frequent first, equally frequent ones by their names."""
    found = sorted(counts, key=itemgetter(0))
    found.sort(key=itemgetter(1), reverse=True)  # equals stay as they are; one key for both takes longer
    return dict(found)


class NearWord(NamedTuple):
    """A word of an index, the number of paragraphs that hold it, and its edits from another word."""

    text: str
    paragraphs: int
    distance: int = 0


def nearest_words(
    lexicon: Iterable[tuple[str, int]], to: str | None, distance: int, at_least: int, limit: int
) -> list[NearWord]:
    """Return the best words of a lexicon with frequencies, as `Reader.near_words` promises."""
    if to is None:
        found = [NearWord(word, count) for word, count in lexicon if count >= at_least]
    else:
        found = [
            NearWord(word, count, edit_distance(to, word, distance))
            for word, count in lexicon
            if count >= at_least and are_near(to, word, distance)
        ]
    return nsmallest(limit, found, key=lambda word: (word.distance, -word.paragraphs, word.text))
