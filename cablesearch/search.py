"""Searching an index: paragraphs with every word first, then, where those run out, with some of the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

from .cable import Cable, Paragraph
from .engines.base import FACETS, Again, Match, Page, Reader, Sort
from .errors import BrokenIndexError, QueryError
from .query import Query, parse
from .query.fields import keyword
from .reference_id import canonical

if TYPE_CHECKING:
    from .indexing import State

Filters = Mapping[str, Sequence[str]]

Period = Literal["year", "month", "day"]
LETTERS: dict[Period, int] = {"year": 4, "month": 7, "day": 10}  # of a date that name a period

KEPT = 256  # cables that an index keeps at hand, some 20 kB each


@dataclass(frozen=True)
class Hit:
    """A paragraph found.

    Attributes:
        score: the higher, the better it answers; 0 where nothing in the query ranks.
    """

    cable: Cable
    paragraph: Paragraph
    score: float
    query: Query

    @property
    def cable_id(self) -> str:
        return self.cable.id

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
    """

    query: str
    total: int
    relaxed: bool
    hits: tuple[Hit, ...]

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


class Index:
    """An index that is open for questions. A context manager."""

    def __init__(self, folder: Path, reader: Reader) -> None:
        self._folder = folder
        self._reader = reader
        self._cable = lru_cache(KEPT)(reader.cable)

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        sort: Sort = "relevance",
        filters: Filters | None = None,
    ) -> Results:
        """Find paragraphs.

        Args:
            query: in the query language (docs/query-language.md).
            sort: by relevance, from the earliest (`date`) or from the latest (`-date`). A query without
                words, which nothing ranks, is answered from the latest.
            filters: for each field the values of which one must hold.

        Raises:
            QueryError: the query cannot be understood.
        """
        asked = parse(query, filters)
        if sort == "relevance" and not asked.ranked:
            sort = "-date"
        strict = self._reader.search(asked.tree, limit=limit, offset=offset, sort=sort, again=_again(asked))
        partial = self._partial(asked, limit, offset, strict) if sort == "relevance" else ()
        hits = tuple(self._hit(match, asked) for match in (*strict.matches, *partial))
        return Results(query, strict.total, bool(partial), hits)

    def _partial(self, asked: Query, limit: int, offset: int, strict: Page) -> tuple[Match, ...]:
        """Give the matches of some of the words that belong on the page, behind those of every word."""
        missing = limit - len(strict.matches)
        tree = asked.partial() if strict.total else asked.relaxed
        if missing <= 0 or not tree:
            return ()
        start = max(0, offset - strict.total)
        return self._reader.search(tree, limit=missing, offset=start, again=_again(asked)).matches

    def _hit(self, match: Match, asked: Query) -> Hit:
        cable = self._cable(match.cable)
        if not cable:
            raise BrokenIndexError(f"{match.cable} is found but not stored: run cablesearch reindex")
        return Hit(cable, cable.paragraphs[match.ordinal], match.score, asked)

    def count(self, query: str, filters: Filters | None = None) -> int:
        """Count the paragraphs that match as asked."""
        return self._reader.count(parse(query, filters).tree)

    def facets(
        self, query: str, by: Sequence[str], filters: Filters | None = None
    ) -> dict[str, dict[str, int]]:
        """Count the paragraphs that match by each value of some fields, or of `year`; most first."""
        for name in by:
            if name not in FACETS:
                raise QueryError(f"nothing is counted by {name!r}: there are {', '.join(FACETS)}")
        return self._reader.facets(parse(query, filters).tree, by)

    def timeline(self, query: str, by: Period = "year", filters: Filters | None = None) -> Timeline:
        """Count the paragraphs that match by the year, month or day of their cables."""
        if by not in LETTERS:
            raise QueryError(f"no time is counted by {by!r}: there are {', '.join(LETTERS)}")
        tree = parse(query, filters).tree
        periods: Counter[str] = Counter()
        for day, count in self._reader.days(tree).items():
            periods[day.isoformat()[: LETTERS[by]]] += count
        return Timeline(query, by, self._reader.count(tree), dict(periods))

    def explain(self, query: str, filters: Filters | None = None) -> list[str]:
        """Give how a query is read, in lines of plain words, and how common its words are."""
        asked = parse(query, filters)
        common = {term: self._reader.frequency(column, term) for column, term in asked.terms()}
        return [
            *asked.describe(),
            *(f'"{term}": in the text of {n} paragraphs' for term, n in common.items()),
        ]

    def cable(self, id: str) -> Cable | None:
        """Give a cable by any spelling of its id or of a paragraph's of it, None if it is not here."""
        name = id.strip("# ").partition("#")[0].strip()
        found = self._cable(canonical(name) or name)
        return found or self._cable_named(name)

    def _cable_named(self, name: str) -> Cable | None:
        """Give a cable by an id that is no reference id, in capitals or not."""
        from whoosh.query import Term

        matches = self._reader.search(Term("id", keyword(name)), limit=1).matches
        return self._cable(matches[0].cable) if matches else None

    @property
    def state(self) -> State:
        """Which engine holds the index, since when, of what, and how much."""
        from .indexing import state

        return state(self._folder)

    def close(self) -> None:
        """Let go of the index."""
        self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


def _again(asked: Query) -> Again | None:
    """Give by what the best paragraphs are put in order again; nothing where the text is asked nothing."""
    terms = asked.whole
    return Again(terms, asked.near) if terms else None


def open_index(folder: Path | str = "index") -> Index:
    """Open an index for questions.

    Raises:
        NoIndexError: there is none in the folder.
        BrokenIndexError: it is damaged, or of another version.
    """
    from .indexing import open_reader

    return Index(Path(folder), open_reader(Path(folder)))
