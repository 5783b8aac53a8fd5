"""The numbers of the contract: lengths, scores, ties and spacings, the same for every engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from itertools import combinations
from math import comb, log
from typing import NamedTuple

from ..analysis.distance import edit_distance
from ..errors import QueryError

RERANK_DEPTH = 25  # paragraphs that are reranked: what more of them give is worth less than their time
CABLE_WEIGHT = 1.5  # of a cable's score beside its paragraph's: benchmarks/relevance.md
ADJACENCY_WEIGHT = 1.0  # of words in a row beside that

DAY = 86_400  # seconds

ORDINAL_BITS = 16  # of a tie key; 47 are the cable's: of a million hardly two share a number

MAX_SPACINGS = 200  # of a phrase: each one is a phrase of its own to an engine


def idf(holders: int, size: int) -> float:
    """Return how much a term tells that so many paragraphs of all hold."""
    return log(1 + (size - holders + 0.5) / (holders + 0.5))


def quantised(length: int) -> int:
    """Return the column length that scores are computed with: exact to 39 terms, then ever coarser.

    It is the table of Lucene and tantivy, which keep a length in one byte: a float of three mantissa bits.
    """
    if length < 40:
        return length
    shift = (length - 24).bit_length() - 4
    return (((length - 24) >> shift) << shift) + 24


def rounded(score: float) -> float:
    """Return a score as it is compared: to five digits, since engines differ in the seventh."""
    return float(f"{score:.5g}")


def tie_key(id: str, ordinal: int) -> int:
    """Return what equal paragraphs are sorted by: a number of their cable, then their place in it.

    A number is compared faster than an id is fetched, and neither order of ids would mean anything.
    """
    return _cable_key(id) | min(ordinal, (1 << ORDINAL_BITS) - 1)


@lru_cache(1)  # asked for one cable's paragraphs after another
def _cable_key(id: str) -> int:
    digest = blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> 17 << ORDINAL_BITS


def spacings(words: Sequence[str], slop: int) -> list[tuple[int, ...]]:
    """Return the ways for a phrase to stand in a text, the widest last: each word's distance from the first.

    Raises:
        QueryError: there are more than `MAX_SPACINGS`.
    """
    others, gaps = max(slop, 1) - 1, len(words) - 1
    if comb(others + gaps, gaps) > MAX_SPACINGS:
        raise QueryError(f'the words of "{" ".join(words)}"~{slop} may stand too far apart: ask for less')
    return [(0, *places) for places in combinations(range(1, len(words) + others), gaps)]


def day(seconds: float) -> date:
    """Return the day (UTC) of an instant in seconds since 1970."""
    return date.fromordinal(date(1970, 1, 1).toordinal() + int(seconds // DAY))


class NearWord(NamedTuple):
    """A word of an index, in how many paragraphs it is, and how many edits it is from the word asked for."""

    text: str
    paragraphs: int
    distance: int = 0


def nearest_words(
    lexicon: Iterable[tuple[str, int]], to: str | None, distance: int, at_least: int, limit: int
) -> list[NearWord]:
    """Return the best of a lexicon's words and their frequencies: what `Reader.near_words` promises."""
    if to is None:
        found = [NearWord(word, count) for word, count in lexicon if count >= at_least]
    else:
        found = [
            NearWord(word, count, edits)
            for word, count in lexicon
            if count >= at_least
            and abs(len(word) - len(to)) <= distance
            and (edits := edit_distance(to, word, distance)) <= distance
        ]
    return nsmallest(limit, found, key=lambda word: (word.distance, -word.paragraphs, word.text))
