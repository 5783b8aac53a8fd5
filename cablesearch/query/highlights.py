"""Highlights: where a query's words stand in a paragraph's text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache

from ..analysis.words import Finder, spans, stems
from .tree import Fuzzy, Near, Phrase, Prefix, Term, Tree, Wildcard, leaf_terms, leaves

CACHED_QUERIES = 8  # whose finders are kept from one paragraph to the next


def highlights(tree: Tree, text: str) -> tuple[tuple[int, int], ...]:
    """Return where the words that a tree asks for stand in a text: start and end, in order, disjoint."""
    finder, phrases = _finders(tree)
    found = finder.spans(text) if finder else []
    if phrases:
        terms = stems(text)
        places = {place for phrase in phrases for place in _find_phrase(phrase, terms)}
        if places:
            every = spans(text)
            found = [*{*found, *(every[place] for place in places)}]
    return tuple(sorted(found))


@lru_cache(CACHED_QUERIES)
def _finders(tree: Tree) -> tuple[Finder | None, tuple[Phrase, ...]]:
    """Return a finder of the single words that a tree asks for in the text, and its phrases."""
    exact: set[str] = set()
    inexact = []
    phrases = []
    for leaf in dict.fromkeys(leaves(tree)):
        match leaf:
            case Term("text" | "words", term):
                exact.add(term)
            case Prefix("text" | "words") | Wildcard("text" | "words") | Fuzzy("text" | "words"):
                inexact.append(leaf.matcher())
            case Phrase("text" | "words"):
                phrases.append(leaf)
            case Near("text"):
                exact.update(leaf_terms(leaf))
                inexact += [word.matcher() for word in leaf.words if not isinstance(word, Term)]
    return Finder(exact, inexact) if exact or inexact else None, tuple(phrases)


def _find_phrase(phrase: Phrase, terms: list[str]) -> Iterator[int]:
    """Yield the places of a phrase's words that stand in order with fewer than `slop` others among them."""
    reach = len(phrase.words) + phrase.slop - 1
    start = -1
    with suppress(ValueError):  # there is no other
        while True:
            start = terms.index(phrase.words[0], start + 1)
            yield from _find_in_order(phrase.words, terms, start, start + reach)


def _find_in_order(wanted: Sequence[str], terms: list[str], start: int, end: int) -> list[int]:
    """Return the first place of each word after the one before it; an empty list if one is missing."""
    places: list[int] = []
    try:
        for word in wanted:
            places.append(terms.index(word, start, end))
            start = places[-1] + 1
    except ValueError:
        return []
    return places
