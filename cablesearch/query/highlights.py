"""Where a query's words stand in a paragraph's text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fnmatch import translate

from whoosh.query import FuzzyTerm, Phrase, Prefix, Query, Term, Wildcard
from whoosh.support.levenshtein import distance

from ..words import spans, stems, words
from .trees import leaves


def highlights(tree: Query, text: str) -> tuple[tuple[int, int], ...]:
    """Give where the words that a tree asks of the text stand in it: start and end, in order, disjoint."""
    asked = set(leaves(tree))
    found: set[int] = set()
    for column, cut in (("text", stems), ("words", words), ("words", stems)):
        here = [leaf for leaf in asked if leaf.field() == column]
        terms = cut(text) if here else []
        found.update(place for leaf in here for place in _places(leaf, terms))
    all_spans = spans(text) if found else []
    return tuple(all_spans[place] for place in sorted(found))


def _places(leaf: Query, terms: list[str]) -> Iterator[int]:
    """Give the places, among the terms of a text, of those that a leaf asks for."""
    if isinstance(leaf, Phrase):
        yield from _phrase(leaf, terms)
    else:
        fitting = set(filter(_fits(leaf), set(terms)))
        yield from (place for place, term in enumerate(terms) if term in fitting)


def _fits(leaf: Query) -> Callable[[str], object]:
    match leaf:
        case Term():
            return lambda term: term == leaf.text
        case Prefix():
            return lambda term: term.startswith(leaf.text)
        case Wildcard():
            return re.compile(translate(leaf.text)).match
        case FuzzyTerm():
            return lambda term: _is_near(term, leaf)
        case _:
            return lambda term: False


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
