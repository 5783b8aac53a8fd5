"""Where a query's words stand in a paragraph's text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fnmatch import translate
from functools import lru_cache

from whoosh.query import FuzzyTerm, Phrase, Prefix, Query, Term, Wildcard
from whoosh.support.levenshtein import distance

from ..analysis.words import Finder, spans, stems
from .trees import leaves

QUERIES = 8  # whose words are remembered from one paragraph to the next

Fits = Callable[[str], object]


def highlights(tree: Query, text: str) -> tuple[tuple[int, int], ...]:
    """Give where the words that a tree asks of the text stand in it: start and end, in order, disjoint."""
    finder, phrases = _asked(tree)
    found = set(finder.spans(text)) if finder else set()
    if phrases:
        terms = stems(text)
        places = {place for phrase in phrases for place in _phrase(phrase, terms)}
        if places:
            every = spans(text)
            found.update(every[place] for place in places)
    return tuple(sorted(found))


@lru_cache(QUERIES)
def _asked(tree: Query) -> tuple[Finder | None, tuple[Phrase, ...]]:
    """Give what finds the single words that a tree asks of the text, and its phrases."""
    asked = [leaf for leaf in dict.fromkeys(leaves(tree)) if leaf.field() in ("text", "words")]
    exact = {leaf.text for leaf in asked if isinstance(leaf, Term)}
    inexact = [fits for leaf in asked if (fits := _fits(leaf))]
    phrases = tuple(leaf for leaf in asked if isinstance(leaf, Phrase))
    return Finder(exact, inexact) if exact or inexact else None, phrases


def _fits(leaf: Query) -> Fits | None:
    """Give the test that a word like a leaf's passes, None where it asks no inexact word."""
    match leaf:
        case Prefix():
            return lambda term: term.startswith(leaf.text)
        case Wildcard():
            return re.compile(translate(leaf.text)).match
        case FuzzyTerm():
            return lambda term: _is_near(term, leaf)
        case _:
            return None


def _is_near(term: str, leaf: FuzzyTerm) -> bool:
    if abs(len(term) - len(leaf.text)) > leaf.maxdist:
        return False
    return bool(distance(term, leaf.text, leaf.maxdist) <= leaf.maxdist)


def _phrase(phrase: Phrase, terms: list[str]) -> Iterator[int]:
    """Give the places of a phrase's words where they stand in order, less than `slop` others among them."""
    reach = len(phrase.words) + phrase.slop - 1
    for start, term in enumerate(terms):
        if term == phrase.words[0]:
            yield from _in_order(phrase.words, terms, start, start + reach)


def _in_order(wanted: list[str], terms: list[str], start: int, end: int) -> list[int]:
    """Give the first place of each word behind the one before it, none if one is missing."""
    places: list[int] = []
    try:
        for word in wanted:
            places.append(terms.index(word, start, end))
            start = places[-1] + 1
    except ValueError:
        return []
    return places
