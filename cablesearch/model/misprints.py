"""Whether one word is a misprint of another, for looking things up in the tables of the model."""

from __future__ import annotations


def within_edits(word: str, other: str, edits: int) -> bool:
    """Whether at most so many edits turn one word into the other.

    An edit is a letter more, a letter less, another letter, or two neighbours swapped.

    >>> within_edits("LONDNO", "LONDON", 1), within_edits("LONDNO", "LISBON", 1)
    (True, False)
    """
    shared = 0
    for one, two in zip(word, other, strict=False):
        if one != two:
            break
        shared += 1
    word, other = word[shared:], other[shared:]
    if not word or not other:
        return len(word) + len(other) <= edits
    if not edits:
        return False
    return (
        within_edits(word[1:], other[1:], edits - 1)
        or within_edits(word[1:], other, edits - 1)
        or within_edits(word, other[1:], edits - 1)
        or (word[:2] == other[1::-1] and within_edits(word[2:], other[2:], edits - 1))
    )
