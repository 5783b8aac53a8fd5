"""Searching an index: paragraphs with every word first, then, where those run out, with some of the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from ..engines.contract import FACETS, Again, Match, Page, Reader, Sort
from ..errors import QueryError
from ..model.cable import Cable
from ..model.reference_id import canonical
from ..people.registry import (
    PEOPLE_FILE,
    NamedPerson,
    Overrides,
    aliased,
    find_people,
    join_names,
    read_overrides,
)
from ..query import Query, parse
from ..query.fields import keyword
from .expansion import widened
from .results import Dossier, Hit, Period, Results, Timeline
from .suggest import RARE, suggestion

if TYPE_CHECKING:
    from ..indexing import State

Filters = Mapping[str, Sequence[str]]

LETTERS: dict[Period, int] = {"year": 4, "month": 7, "day": 10}  # of a date that name a period

FORMS = 40  # of a name that are asked for
CABLES = 100  # paragraphs of a person whose cables are named
STRIDE = 200  # paragraphs looked through at a time for few of each cable
KEPT = 256  # cables that an index keeps at hand, some 20 kB each


class Index:
    """An index that is open for questions. A context manager."""

    def __init__(self, folder: Path, reader: Reader, *, redact: bool = False) -> None:
        self._folder = folder
        self._reader = reader
        self._redact = redact
        self._cable = lru_cache(KEPT)(self._read)

    def _read(self, id: str) -> Cable | None:
        cable = self._reader.cable(id)
        if not cable or not self._redact:
            return cable
        from ..people.redaction import redact_cable

        return redact_cable(cable)

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        sort: Sort = "relevance",
        filters: Filters | None = None,
        per_cable: int | None = None,
    ) -> Results:
        """Find paragraphs.

        Args:
            query: in the query language (docs/query-language.md).
            sort: by relevance, from the earliest (`date`) or from the latest (`-date`). A query without
                words, which nothing ranks, is answered from the latest.
            filters: for each field the values of which one must hold.
            per_cable: paragraphs of one cable at most, its best; None for all.

        Raises:
            QueryError: the query cannot be understood.
        """
        asked = self._parse(query, filters)
        if sort == "relevance" and not asked.ranked:
            sort = "-date"
        if per_cable:
            return self._few_of_each(asked, limit, offset, sort, per_cable)
        return self._search(asked, limit, offset, sort)

    def _search(self, asked: Query, limit: int, offset: int, sort: Sort) -> Results:
        strict = self._reader.search(asked.tree, limit=limit, offset=offset, sort=sort, again=_again(asked))
        partial = self._partial(asked, limit, offset, strict) if sort == "relevance" else ()
        hits = tuple(
            Hit(match.cable, match.ordinal, match.score, asked, self._cable)
            for match in (*strict.matches, *partial)
        )
        doubtful = strict.total <= RARE and sort == "relevance"
        better = suggestion(asked, self._reader) if doubtful else None
        return Results(asked.text, strict.total, bool(partial), hits, better)

    def _few_of_each(self, asked: Query, limit: int, offset: int, sort: Sort, most: int) -> Results:
        """Find paragraphs, of one cable no more than so many."""
        kept: list[Hit] = []
        seen: Counter[str] = Counter()
        start, wanted = 0, offset + limit
        while len(kept) < wanted:
            results = self._search(asked, STRIDE, start, sort)
            for hit in results:
                seen[hit.cable_id] += 1
                if seen[hit.cable_id] <= most:
                    kept.append(hit)
            start += STRIDE
            if len(results) < STRIDE:
                break
        return replace(results, hits=tuple(kept[offset:wanted]))

    def _partial(self, asked: Query, limit: int, offset: int, strict: Page) -> tuple[Match, ...]:
        """Give the matches of some of the words that belong on the page, behind those of every word."""
        missing = limit - len(strict.matches)
        tree = asked.partial() if strict.total else asked.relaxed
        if missing <= 0 or not tree:
            return ()
        start = max(0, offset - strict.total)
        return self._reader.search(tree, limit=missing, offset=start, again=_again(asked)).matches

    def count(self, query: str, filters: Filters | None = None) -> int:
        """Count the paragraphs that match as asked."""
        return self._reader.count(self._parse(query, filters).tree)

    def facets(
        self, query: str, by: Sequence[str], filters: Filters | None = None
    ) -> dict[str, dict[str, int]]:
        """Count the paragraphs that match by each value of some fields, or of `year`; most first."""
        for name in by:
            if name not in FACETS:
                raise QueryError(f"nothing is counted by {name!r}: there are {', '.join(FACETS)}")
        return self._reader.facets(self._parse(query, filters).tree, by)

    def timeline(self, query: str, by: Period = "year", filters: Filters | None = None) -> Timeline:
        """Count the paragraphs that match by the year, month or day of their cables."""
        if by not in LETTERS:
            raise QueryError(f"no time is counted by {by!r}: there are {', '.join(LETTERS)}")
        tree = self._parse(query, filters).tree
        periods: Counter[str] = Counter()
        for day, count in self._reader.days(tree).items():
            periods[day.isoformat()[: LETTERS[by]]] += count
        return Timeline(query, by, self._reader.count(tree), dict(periods))

    def people(self, query: str = "*", filters: Filters | None = None) -> list[NamedPerson]:
        """Give who is named in the paragraphs that match, the most named first.

        The forms of a name are joined over all cables: see `register`.
        """
        counts = self._reader.facets(self._parse(query, filters).tree, ["person"])["person"]
        return join_names(counts, self._overrides)

    def person(self, name: str, query: str = "*", filters: Filters | None = None) -> list[Dossier]:
        """Give the people that a name may mean, the most named first.

        Of the first there is all that is known, of the others no more than their names and counts.
        """
        people = list(find_people(self.people(query, filters), name))
        return [
            self._dossier(one, query, filters)
            if rank == 0
            else Dossier(one, one.paragraphs, (), None, None, {}, {})
            for rank, one in enumerate(people)
        ]

    def _dossier(self, person: NamedPerson, query: str, filters: Filters | None) -> Dossier:
        from whoosh.query import And, ConstantScoreQuery

        from ..query.clauses import clause, named
        from ..query.trees import any_of

        field = named("person")
        forms = [form for form in person.forms if len(form.split()) > 1] or list(person.forms)
        whom = any_of(clause(field, form, literal=True) for form in forms[:FORMS])
        tree = And([ConstantScoreQuery(self._parse(query, filters).tree, 0.0), whom])
        days = self._reader.days(tree)
        counted = self._reader.facets(tree, ["person", "origin"])
        found = self._reader.search(tree, limit=CABLES, sort="-date")
        return Dossier(
            person,
            found.total,
            tuple(dict.fromkeys(match.cable for match in found.matches)),
            min(days, default=None),
            max(days, default=None),
            {name: n for name, n in counted["person"].items() if name not in person.forms},
            counted["origin"],
        )

    @cached_property
    def _overrides(self) -> Overrides:
        return read_overrides(self._folder / PEOPLE_FILE)

    def _parse(self, query: str, filters: Filters | None = None) -> Query:
        """Read a query; a name that the user's file has, and a word of several spellings, stand for all."""
        asked = parse(query, filters)
        return widened(aliased(asked, self._overrides) if self._overrides.names else asked, self._reader)

    def explain(self, query: str, filters: Filters | None = None) -> list[str]:
        """Give how a query is read, in lines of plain words, and how common its words are."""
        asked = self._parse(query, filters)
        common = {term: self._reader.frequency(column, term) for column, term in asked.terms()}
        return [
            *asked.describe(),
            *(f'"{term}": in the text of {n} paragraphs' for term, n in common.items()),
        ]

    def explain_hit(self, query: str, id: str, filters: Filters | None = None) -> list[str]:
        """Give why a paragraph scores what it does for a query, in lines of plain words.

        Args:
            id: the paragraph's.
        """
        from .explain import reasons

        asked = self._parse(query, filters)
        return reasons(asked, id, self._reader, _again(asked))

    def similar(self, id: str, *, limit: int = 10) -> Results:
        """Find the paragraphs that are most like a paragraph, or like a cable, by the words that mark it.

        Args:
            id: a paragraph's (`07ASTANA48#6`) or a cable's; none of it is among the hits.

        Raises:
            QueryError: it is not in the index.
        """
        from .more_like_this import likeness

        cable = self.cable(id)
        if not cable:
            raise QueryError(f"{id} is not in the index: cablesearch info tells what is")
        asked = likeness(cable, id.partition("#")[2].strip(), self._reader)
        return self._search(asked, limit, 0, "relevance")

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
        from ..indexing import state

        return state(self._folder)

    def close(self) -> None:
        """Let go of the index."""
        self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


def _again(asked: Query) -> Again | None:
    """Give by what the best paragraphs are put in order again.

    Nothing for a single word: its best paragraphs are those of its best cables (benchmarks/relevance.md).
    """
    terms = asked.whole
    return Again(terms, asked.near) if len(terms) > 1 else None


def open_index(folder: Path | str = "index", *, redact: bool = False) -> Index:
    """Open an index for questions.

    Args:
        redact: give cables without the names that their drafters asked to protect.

    Raises:
        NoIndexError: there is none in the folder.
        BrokenIndexError: it is damaged, or of another version.
    """
    from ..indexing import open_reader

    return Index(Path(folder), open_reader(Path(folder)), redact=redact)
