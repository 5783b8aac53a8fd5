"""What the page of a cable shows besides the cable itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from .. import Cable, Citations, Hit, Index, Paragraph, QueryError, Reference, reasons_in_words
from ..export import citing
from .rendering import Span

MAX_SIMILAR = 6


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference, and the cable that it names, if that is in the index."""

    reference: Reference
    cable: Cable | None


@dataclass(frozen=True, slots=True)
class CablePage:
    """A cable with what belongs to it.

    Attributes:
        matches: where the words of a query stand in its paragraphs, by their ids.
        reasons: why it is classified, each with its meaning.
        references: what it cites; `citations`: what cites it.
        people: who is named, with the number of paragraphs; `protected`: whose names are to be protected.
        cited_as: how it is cited, and each of its paragraphs, by id.
        link: its address in the archive or the edition that published it.
        namesakes: other cables that have the same id.
    """

    cable: Cable
    matches: Mapping[str, tuple[Span, ...]]
    reasons: list[tuple[str, str | None]]
    references: tuple[Cited, ...]
    citations: Citations
    people: dict[str, int]
    protected: frozenset[str]
    similar: tuple[Hit, ...]
    cited_as: Mapping[str, str]
    link: str | None
    namesakes: tuple[Cable, ...]

    @property
    def first_match(self) -> str:
        """The id of the first paragraph that has one."""
        return next(one.id for one in self.cable.paragraphs if one.id in self.matches)

    @property
    def match_count(self) -> int:
        """How many places match."""
        return sum(map(len, self.matches.values()))


def cable_page(index: Index, cable: Cable, query: str, namesakes: tuple[Cable, ...]) -> CablePage:
    """Collect what belongs to a cable.

    Args:
        query: whose words are to be marked in it.
    """
    cite = citing("plain")
    whole = Paragraph(cable.id, None, None, None, None, "")  # which is cited as the cable alone
    named = [person for paragraph in cable.paragraphs for person in paragraph.people]
    passage = next(cable.passages(), None)
    return CablePage(
        cable,
        _matches(index, cable, query),
        reasons_in_words(cable),
        tuple(Cited(one, index.cable(one.id) if one.id else None) for one in cable.references),
        index.citations(cable.id),
        dict(Counter(person.full_name for person in named).most_common()),
        frozenset(person.full_name for person in named if person.protected),
        _similar(index, cable),
        {one.id: cite(cable, one) for one in (whole, *cable.paragraphs)},
        passage.link if passage else None,
        tuple(other for other in namesakes if other.id != cable.id),
    )


def _matches(index: Index, cable: Cable, query: str) -> dict[str, tuple[Span, ...]]:
    if not query:
        return {}
    try:
        hits = index.search(query, limit=len(cable.paragraphs), filters={"id": cable.id})
    except QueryError:  # the page of a cable is none for correcting it
        return {}
    return {hit.paragraph.id: hit.highlights for hit in hits if hit.highlights}


def _similar(index: Index, cable: Cable) -> tuple[Hit, ...]:
    try:
        return index.similar(cable.id, limit=MAX_SIMILAR).hits
    except QueryError:  # it has no words that mark it
        return ()
