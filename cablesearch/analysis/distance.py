"""How many edits lie between two words."""

from __future__ import annotations


def edit_distance(a: str, b: str, limit: int) -> int:
    """Return how many edits turn one word into the other; `limit + 1` where it takes more than `limit`.

    An edit inserts, deletes or replaces a character, or swaps two neighbours; no character is edited twice
    (optimal string alignment).

    >>> edit_distance("Masimov", "Massimvo", limit=2), edit_distance("Masimov", "Nazarbaev", limit=2)
    (2, 3)
    """
    beyond = limit + 1
    if abs(len(a) - len(b)) > limit:
        return beyond
    same = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[same:], b[same:]
    before_last: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i] + [beyond] * len(b)
        for j in range(max(1, i - limit), min(len(b), i + limit) + 1):  # elsewhere it takes more in any case
            y = b[j - 1]
            edits = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                edits = min(edits, before_last[j - 2] + 1)
            row[j] = edits
        if min(row) > limit and min(last) > limit:  # a swap goes back two rows
            return beyond
        before_last, last = last, row
    return min(last[-1], beyond)
