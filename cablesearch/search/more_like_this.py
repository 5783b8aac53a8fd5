"""Paragraphs like one: a query made of the words that mark it."""

from __future__ import annotations

from collections import Counter
from heapq import nlargest
from math import log

from ..analysis.words import stems
from ..engines.contract import Reader
from ..errors import QueryError
from ..model.cable import Cable, Paragraph
from ..query import Query
from ..query.fields import keyword
from ..query.tree import All, Boost, Not, Term, any_of

MAX_TERMS = 20  # that mark a paragraph
MIN_LETTERS = 3  # of such a term
MAX_SHARE, MIN_HOLDERS = 0.2, 10  # of all paragraphs, and at least so many: a term in more of them marks none


def more_like_this(cable: Cable, number: str, reader: Reader) -> Query:
    """Return the query for what is like a cable, or like one paragraph of it.

    Args:
        number: what stands behind the `#` of the paragraph's id; empty for the whole cable.

    Raises:
        QueryError: the cable has no such paragraph, or none of its words marks it.
    """
    paragraphs = [p for p in cable.paragraphs if not number or p.id == f"{cable.id}#{number}"]
    if not paragraphs:
        raise QueryError(f"{cable.id} has no paragraph {number}: cablesearch show {cable.id}")
    marks = _marking_terms(paragraphs, cable, reader)
    if not marks:
        raise QueryError(f"{paragraphs[0].id} has no words that mark it")
    id = paragraphs[0].id if number else cable.id
    like = any_of(Boost(Term("text", term), weight) for term, weight in marks)
    return Query(f"like {id}", All((like, Not(Term("id", keyword(id))))), None, ranked=True)


def _marking_terms(paragraphs: list[Paragraph], cable: Cable, reader: Reader) -> list[tuple[str, float]]:
    """Return the terms that are often here and rare elsewhere, and what each counts, 1 at most."""
    counts = Counter(term for p in paragraphs for term in stems(p.text) if len(term) >= MIN_LETTERS)
    counts.update(stems(cable.subject or ""))
    _, size = reader.size()
    frequencies = reader.frequencies("text", counts)
    weights: dict[str, float] = {}
    for term, times in counts.items():
        holders = frequencies[term]
        if 1 < holders < size and holders <= max(MAX_SHARE * size, MIN_HOLDERS):
            weights[term] = log(1 + times) * log(size / holders)
    top = nlargest(MAX_TERMS, weights.items(), key=lambda mark: mark[1])
    return [(term, weight / top[0][1]) for term, weight in top]
