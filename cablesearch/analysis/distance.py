"""How many edits lie between two words."""

from __future__ import annotations

from functools import lru_cache

# Of an index, whose letters are asked for again with each word that they are compared with.
_CACHED_WORDS = 1 << 17


def are_near(a: str, b: str, limit: int) -> bool:
    """Whether at most so many edits turn one word into the other.

    Few words have nearly the same letters, and only of these the edits are counted.
    """
    if abs(len(a) - len(b)) > limit or (_letters(a) ^ _letters(b)).bit_count() > 2 * limit:
        return False
    return edit_distance(a, b, limit) <= limit


@lru_cache(_CACHED_WORDS)
def _letters(word: str) -> int:
    """Return the set of a word's letters as bits, some of which share one; an edit changes two at most."""
    letters = 0
    for letter in word:
        letters |= 1 << (ord(letter) & 63)
    return letters


def edit_distance(a: str, b: str, limit: int) -> int:
    """Return how many edits turn one word into the other; `limit + 1` where it takes more than `limit`.

    An edit inserts, deletes or replaces a character, or swaps two neighbours; no character is edited twice
    (optimal string alignment).

    >>> edit_distance("Masimov", "Massimvo", limit=2), edit_distance("Masimov", "Nazarbaev", limit=2)
    (2, 3)
    """
    if not a or abs(len(a) - len(b)) > limit:
        return min(abs(len(a) - len(b)), limit + 1)
    # A column of the table of distances at a time, as bits for where it steps up and down (Hyyrö 2003).
    places, whole, last = _places(a), (1 << len(a)) - 1, 1 << len(a) - 1
    up, down, diagonal, before, edits = whole, 0, 0, 0, len(a)
    for letter in b:
        same = places.get(letter, 0)
        swapped = ((~diagonal & same) << 1) & before
        diagonal = (((same & up) + up) ^ up) | same | down | swapped
        right, left = down | ~(diagonal | up), diagonal & up
        edits += bool(right & last) - bool(left & last)
        right = right << 1 | 1
        up, down = (left << 1 | ~(diagonal | right)) & whole, right & diagonal & whole
        before = same
    return min(edits, limit + 1)


@lru_cache(256)
def _places(word: str) -> dict[str, int]:
    """Return where each of a word's letters stands in it, as bits."""
    places: dict[str, int] = {}
    for place, letter in enumerate(word):
        places[letter] = places.get(letter, 0) | 1 << place
    return places
