"""Which items of one sequence are those of another one, in order.

The longest common subsequence is found with one bit for an item: ten thousand words are compared with as many
others in 20 ms. Of longer sequences, rows of items that are there once in both are anchors, as in a patience
diff, and what lies between them is compared. Parts that are too large even then, which no prose is, have no
match: so no texts take long.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from math import isqrt

MAX_CELLS = 400_000_000  # items of one times items of the other: 0.2 s, 50 kB for each of a few hundred rows
MAX_DEPTH = 8  # of anchors between anchors
ANCHORS = (4, 1)  # items in a row that are an anchor: a row is seldom somewhere else by chance

Pair = tuple[int, int]


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Return the places of items that are the same in both, in order.

    >>> matches("abcd", "xbdc")
    [(1, 1), (3, 2)]
    """
    return [*_between(old, new, (0, len(old)), (0, len(new)), MAX_DEPTH)]


def _between(
    old: Sequence[Hashable], new: Sequence[Hashable], left: Pair, right: Pair, depth: int
) -> Iterator[Pair]:
    """Yield the matches of two parts of the sequences.

    Args:
        left, right: where each begins and ends.
    """
    (i, end), (j, stop) = left, right
    while i < end and j < stop and old[i] == new[j]:
        yield i, j
        i, j = i + 1, j + 1
    same = 0
    while i < end - same and j < stop - same and old[end - same - 1] == new[stop - same - 1]:
        same += 1
    end, stop = end - same, stop - same
    if i < end and j < stop:
        if (end - i) * (stop - j) <= MAX_CELLS:
            yield from ((i + a, j + b) for a, b in _longest_common(old[i:end], new[j:stop]))
        elif depth and (anchors := _anchors(old, new, (i, end), (j, stop))):
            edges = [(i - 1, j - 1), *anchors, (end, stop)]
            for (a, b), (c, d) in pairwise(edges):
                if a >= i:
                    yield a, b
                yield from _between(old, new, (a + 1, c), (b + 1, d), depth - 1)
    yield from ((end + k, stop + k) for k in range(same))


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], left: Pair, right: Pair) -> list[Pair]:
    """Return the beginnings of rows that are there once in both parts, as many as are in the same order."""
    for size in ANCHORS:
        here, there = _only_once(old, left, size), _only_once(new, right, size)
        if found := longest_increasing([(i, there[row]) for row, i in here.items() if row in there]):
            return found
    return []


def _only_once(items: Sequence[Hashable], part: Pair, size: int) -> dict[Hashable, int]:
    """Return the rows of some items that are there once in a part, with their places."""
    start, end = part
    rows = [*zip(*(items[start + k : end - size + k + 1] for k in range(size)), strict=True)]
    times = Counter(rows)
    return {row: start + place for place, row in enumerate(rows) if times[row] == 1}


def longest_increasing(pairs: Sequence[Pair]) -> list[Pair]:
    """Return as many of some pairs, sorted by their first places, as are in order in their second ones."""
    tails: list[int] = []  # the least second place that a row of each length ends with
    ends: list[int] = []  # the pair that it is of
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(tails, j)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [j]
        ends[length : length + 1] = [number]
    chosen: list[Pair] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _longest_common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Return the longest common subsequence, by bits (Hyyrö 2004).

    Row k has a zero bit wherever one more item of `new` is in common with the first k items of `old`.
    """
    where: dict[Hashable, int] = {}
    for j, item in enumerate(new):
        where[item] = where.get(item, 0) | 1 << j
    full = (1 << len(new)) - 1

    def rows_after(row: int, items: Sequence[Hashable]) -> Iterator[int]:
        for item in items:
            common = row & where.get(item, 0)
            row = ((row + common) | (row - common)) & full
            yield row

    # Every so many rows are kept, and those between two of them are made again when they are read.
    stride = isqrt(len(old)) + 1
    kept = [full, *(row for k, row in enumerate(rows_after(full, old), 1) if not k % stride)]
    found: list[Pair] = []
    i, j = len(old), len(new) - 1
    for block in reversed(range(len(kept))):
        first = block * stride
        rows = [kept[block], *rows_after(kept[block], old[first : first + stride])]
        while i > first and j >= 0:
            if rows[i - first] >> j & 1:
                j -= 1
            elif not rows[i - first - 1] >> j & 1:
                i -= 1
            else:
                i -= 1
                found.append((i, j))
                j -= 1
    return found[::-1]
