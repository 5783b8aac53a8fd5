"""Edit distance between words."""

from __future__ import annotations


def edit_distance(a: str, b: str, limit: int) -> int:
    """Count the edits from one word to another; `limit` + 1 where there are more than `limit`.

    An edit inserts, deletes or substitutes a letter, or swaps two neighbours, neither of which another edit
    touches (optimal string alignment).
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            edits = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                edits = min(edits, before[j - 2] + 1)
            row.append(edits)
        if min(row) > limit and min(last) > limit:
            return limit + 1
        before, last = last, row
    return min(last[-1], limit + 1)
