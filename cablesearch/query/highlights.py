"""Highlights: where a query's words stand in a paragraph's text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache

from ..analysis.words import Finder, stems
from .tree import Fuzzy, Near, Phrase, Prefix, Term, Tree, Wildcard, leaf_terms, leaves

CACHED_QUERIES = 8  # whose finders are kept from one paragraph to the next


def highlights(tree: Tree, text: str) -> tuple[tuple[int, int], ...]:
    """Return where the words that a tree asks for stand in a text: start and end, in order, disjoint."""
    finder, phrases = _finders(tree)
    found = finder.spans(text) if finder else []
    if phrases:
        found = [*{*found, *phrases.spans(text)}]
    return tuple(sorted(found))


@lru_cache(CACHED_QUERIES)
def _finders(tree: Tree) -> tuple[Finder | None, _PhraseFinder | None]:
    """Return finders of the single words that a tree asks for in the text, and of its phrases."""
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
    finder = Finder(exact, inexact) if exact or inexact else None
    return finder, _PhraseFinder(phrases) if phrases else None


class _PhraseFinder:
    """Finds phrases in texts."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._phrases = phrases
        self._words = {word for phrase in phrases for word in phrase.words}
        self._finder = Finder(self._words)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the start and end of each word of the phrases that stand in a text."""
        terms = stems(text)
        places = {place for phrase in self._phrases for place in _find_phrase(phrase, terms)}
        if not places:
            return []
        of_phrases = [place for place, term in enumerate(terms) if term in self._words]
        spans = zip(of_phrases, sorted(self._finder.spans(text)), strict=True)
        return [span for place, span in spans if place in places]


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
