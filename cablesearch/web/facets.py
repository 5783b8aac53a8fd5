"""Counts of what is found by the values of fields, each with the queries that narrow it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .. import tag_in_words
from . import narrowing
from .access import Access
from .questions import Question

FIELDS = (
    "origin",
    "country",
    "year",
    "classification",
    "marking",
    "caveat",
    "tag",
    "person",
    "kind",
    "concept",
    "collection",
)
SHOWN = 8  # values of a field beside the hits


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a field. Its addresses are made when they are shown: there may be thousands of values.

    Attributes:
        question: that is narrowed.
        field: by which the value is asked for.
        paragraphs: how many of those found have it; None if it is left out, as nothing found has it then.
        meaning: what a code stands for, or None.
        chosen, excluded: whether the query asks for it, or leaves it out.
    """

    question: Question
    field: str
    value: str
    paragraphs: int | None
    meaning: str | None
    chosen: bool
    excluded: bool

    @property
    def include(self) -> str:
        """The address of the question that asks for it; that without it, if it is chosen or excluded."""
        change = narrowing.remove if self.chosen or self.excluded else narrowing.include
        return self.question.address(change(self.question.query, self.field, self.value))

    @property
    def exclude(self) -> str:
        """The address of the question that leaves it out."""
        return self.question.address(narrowing.exclude(self.question.query, self.field, self.value))


@dataclass(frozen=True, slots=True)
class Facet:
    """A field with its values.

    Attributes:
        values: those shown: what the query names, then the most frequent.
        more: whether there are others.
    """

    field: str
    values: tuple[FacetValue, ...]
    more: bool


def fields_shown(here: Access) -> list[str]:
    """Return the fields by which a search is counted: by collection, if there are several."""
    shown = {"person": here.settings.shows_people, "collection": len(here.opened.state.collections) > 1}
    return [name for name in FIELDS if shown.get(name, True)]


def facets(
    here: Access, question: Question, fields: Sequence[str], *, shown: int | None = SHOWN
) -> list[Facet]:
    """Count what a question finds by the values of some fields.

    A field of which the query already asks for values is counted as if it did not, so that another value can
    be added to them.
    """
    query = question.counted
    people = shown + 1 if shown is not None else None  # one more tells that there are more
    at_once = [name for name in fields if not _asked_for(query, name)]
    counts = dict(here.facets(query, at_once, people=people))
    for name in fields:
        if name not in counts:
            without = narrowing.without_field(query, _clause_field(name)) or "*"
            counts[name] = here.facets(without, name, people=people)[name]
    return [_facet(question, name, counts[name], shown) for name in fields]


def _facet(question: Question, name: str, counts: dict[str, int], shown: int | None) -> Facet:
    field = _clause_field(name)
    named = [one for one in narrowing.clauses(question.query) if one.field == field]
    chosen = dict.fromkeys(value for one in named if not one.excluded for value in one.values)
    excluded = dict.fromkeys(value for one in named if one.excluded for value in one.values)
    first = [*(value for value in chosen if value in counts), *excluded]
    others = [value for value in counts if value not in chosen and value not in excluded]
    limit = max((shown or len(others)) - len(first), 0)
    values = (
        FacetValue(
            question,
            field,
            value,
            counts.get(value),
            tag_in_words(value) if name == "tag" else None,
            value in chosen,
            value in excluded,
        )
        for value in (*first, *others[:limit])
    )
    return Facet(name, tuple(values), len(others) > limit)


def _asked_for(query: str, name: str) -> bool:
    return bool(narrowing.included(query, _clause_field(name)))


def _clause_field(name: str) -> str:
    """Return the field by which a value of a facet is asked for: a year by its date."""
    return "date" if name == "year" else name


def chips(question: Question) -> Iterator[tuple[narrowing.Clause, str]]:
    """Yield the clauses of a query that narrow it, each with the address of the question without it."""
    for clause in narrowing.clauses(question.query):
        yield clause, question.address(narrowing.without_clause(question.query, clause))
