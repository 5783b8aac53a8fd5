"""Finding similar paragraphs: a query made of the words that are typical of a paragraph or cable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from heapq import nlargest
from math import log
from operator import itemgetter

from ..analysis.words import stems
from ..engines.contract import Reader
from ..errors import QueryError
from ..model.cable import Cable, Paragraph
from ..query.fields import keyword
from ..query.query import Query
from ..query.tree import All, Boost, Not, Term, any_of
from .missing import no_paragraph

MAX_TERMS = 20  # in the query
MIN_LETTERS = 3  # of a term
# A term in more than this share of all paragraphs is typical of none, unless there are no more than so many.
MAX_SHARE, MAX_FEW_HOLDERS = 0.2, 10


def more_like_this(cable: Cable, number: str, reader: Reader) -> Query:
    """Return the query for paragraphs like a cable, or like one paragraph of it.

    Args:
        number: the part of the paragraph's id after the `#`; empty for the whole cable.

    Raises:
        QueryError: the cable has no such paragraph, or no typical words.
    """
    paragraph = cable.paragraph(number) if number else None
    if number and not paragraph:
        raise no_paragraph(cable, number)
    id, paragraphs = (paragraph.id, (paragraph,)) if paragraph else (cable.id, cable.paragraphs)
    terms = _typical_terms(paragraphs, cable, reader)
    if not terms:
        raise QueryError(f"{id} has no words that mark it")
    like = any_of(Boost(Term("text", term), weight) for term, weight in terms)
    return Query(f"like {id}", All((like, Not(Term("id", keyword(id))))))


def _typical_terms(paragraphs: Sequence[Paragraph], cable: Cable, reader: Reader) -> list[tuple[str, float]]:
    """Return the terms that are frequent here and rare elsewhere, with weights up to 1."""
    counts = Counter(term for p in paragraphs for term in stems(p.text) if len(term) >= MIN_LETTERS)
    counts.update(stems(cable.subject or ""))
    _, size = reader.size()
    frequencies = reader.frequencies("text", counts)
    weights: dict[str, float] = {}
    for term, times in counts.items():
        holders = frequencies[term]
        if 1 < holders < size and holders <= max(MAX_SHARE * size, MAX_FEW_HOLDERS):
            weights[term] = log(1 + times) * log(size / holders)
    top = nlargest(MAX_TERMS, weights.items(), key=itemgetter(1))
    return [(term, weight / top[0][1]) for term, weight in top]
