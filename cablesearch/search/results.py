"""What a search answers: hits, counts over time, what there is of a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from ..errors import BrokenIndexError
from ..model.cable import Cable, Paragraph
from ..people.registry import NamedPerson
from ..query import Query

Period = Literal["year", "month", "day"]


@dataclass(frozen=True)
class Hit:
    """A paragraph found. Its cable is read when it is asked for.

    Attributes:
        ordinal: the paragraph's place in its cable, from 0.
        score: the higher, the better it answers; 0 where nothing in the query ranks.
    """

    cable_id: str
    ordinal: int
    score: float
    query: Query
    load: Callable[[str], Cable | None] = field(repr=False, compare=False)

    @cached_property
    def cable(self) -> Cable:
        """The cable it is in.

        Raises:
            BrokenIndexError: the cable is not stored.
        """
        cable = self.load(self.cable_id)
        if not cable:
            raise BrokenIndexError(f"{self.cable_id} is found but not stored: run cablesearch reindex")
        return cable

    @property
    def paragraph(self) -> Paragraph:
        return self.cable.paragraphs[self.ordinal]

    @cached_property
    def highlights(self) -> tuple[tuple[int, int], ...]:
        """Where the words of the query stand in the paragraph's text: start and end, in order."""
        return self.query.highlights(self.paragraph.text)


@dataclass(frozen=True, slots=True)
class Results:
    """Some of the paragraphs found, best first.

    Attributes:
        query: as typed.
        total: how many paragraphs match as asked, on all pages.
        relaxed: there are some among the hits that have not every word.
        suggestion: the query with other words for those that the corpus hardly knows, None if it knows all.
    """

    query: str
    total: int
    relaxed: bool
    hits: tuple[Hit, ...]
    suggestion: str | None = None

    def by_cable(self) -> dict[str, list[Hit]]:
        """Give the hits of each cable by its id, the cables in the order of their best."""
        groups: dict[str, list[Hit]] = {}
        for hit in self.hits:
            groups.setdefault(hit.cable_id, []).append(hit)
        return groups

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The paragraphs found, counted by the time of their cables.

    Attributes:
        query: as typed.
        by: what a period is: year, month or day.
        total: how many paragraphs match as asked.
        periods: how many of them are in each (`2007`, `2007-01`, `2007-01-08`), in order, none empty.
    """

    query: str
    by: Period
    total: int
    periods: dict[str, int]

    @property
    def undated(self) -> int:
        """How many paragraphs have no date."""
        return self.total - sum(self.periods.values())


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a corpus has of a person.

    Attributes:
        person: the name, and its forms with their counts.
        paragraphs: how many name the person; `cables`, in how many cables, the latest first.
        first, last: the first and the last day of these cables, None if no date is known.
        others: who is named in the same paragraphs; `origins`, by which posts: each with a count, most first.
    """

    person: NamedPerson
    paragraphs: int
    cables: tuple[str, ...]
    first: date | None
    last: date | None
    others: dict[str, int]
    origins: dict[str, int]
