"""What a paragraph is like: a query made of the words that mark it."""

from __future__ import annotations

from collections import Counter
from heapq import nlargest
from math import log
from typing import TYPE_CHECKING

from ..analysis.words import stems
from ..engines.contract import Reader
from ..errors import QueryError
from ..model.cable import Cable, Paragraph
from ..query import Query
from ..query.fields import keyword

if TYPE_CHECKING:
    from whoosh.query import Query as Tree

MARKS = 20  # words that mark a paragraph
SHORTEST = 3  # letters of such a word
COMMON, FEW = 0.2, 10  # of all paragraphs, and so many: a word in more of them marks none


def likeness(cable: Cable, number: str, reader: Reader) -> Query:
    """Give the query for what is like a cable, or like one paragraph of it.

    Args:
        number: what stands behind the `#` of the paragraph's id; empty for the whole cable.

    Raises:
        QueryError: the cable has no such paragraph, or none of its words marks it.
    """
    from whoosh.query import And, Not, Or, Term

    own = [p for p in cable.paragraphs if not number or p.id == f"{cable.id}#{number}"]
    if not own:
        raise QueryError(f"{cable.id} has no paragraph {number}: cablesearch show {cable.id}")
    marks = _marks(own, cable, reader)
    if not marks:
        raise QueryError(f"{own[0].id} has no words that mark it")
    id = own[0].id if number else cable.id
    terms: list[Tree] = [Term("text", term, boost=weight) for term, weight in marks]
    tree = And([Or(terms), Not(Term("id", keyword(id)))])
    return Query(f"like {id}", tree, None, ranked=True)


def _marks(paragraphs: list[Paragraph], cable: Cable, reader: Reader) -> list[tuple[str, float]]:
    """Give the words that are often here and rare elsewhere, and what each counts."""
    counts = Counter(term for p in paragraphs for term in stems(p.text) if len(term) >= SHORTEST)
    counts.update(stems(cable.subject or ""))
    _, size = reader.size()
    weights: dict[str, float] = {}
    for term, times in counts.items():
        held = reader.frequency("text", term)
        if 1 < held < size and held <= max(COMMON * size, FEW):
            weights[term] = log(1 + times) * log(size / held)
    top = nlargest(MARKS, weights.items(), key=lambda mark: mark[1])
    return [(term, weight / top[0][1]) for term, weight in top]
