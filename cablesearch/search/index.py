"""Searching an index: paragraphs with every word first, then, where those run out, with some of the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self, get_args

from ..engines.contract import Match, Reader, Rerank, Sort
from ..errors import QueryError
from ..model.cable import Cable
from ..model.reference_id import canonical
from ..people.registry import PEOPLE_FILE, NamedPerson, Overrides, find_people, join_names, read_overrides
from ..query import Filters, Query, parse
from ..query.clauses import clause, field_named
from ..query.fields import FACETS, keyword
from ..query.tree import All, Filter, Term, any_of
from .results import Dossier, Dossiers, Facets, Hit, People, Period, Results, Timeline
from .rewrite import rewrite
from .suggest import RARE, suggest

if TYPE_CHECKING:
    from ..indexing import State

PERIOD_CHARS: dict[Period, int] = {"year": 4, "month": 7, "day": 10}  # of an ISO date that name a period

MAX_FORMS = 40  # of a name that are asked for
MAX_CABLES = 100  # paragraphs of a person whose cables are listed
STRIDE = 200  # paragraphs looked through at a time for few of each cable
CACHED_CABLES = 256  # some 20 kB each


class Index:
    """An index that is open for questions. A context manager.

    Wherever filters are taken, they are for each field the values of which a paragraph must have one, as they
    would stand behind `field:`; a string is one value.
    """

    def __init__(self, folder: Path, reader: Reader, *, redact: bool = False) -> None:
        self._folder = folder
        self._reader = reader
        self._redact = redact
        self._cable = lru_cache(CACHED_CABLES)(self._read)

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
            limit: hits at most.
            offset: hits to pass over.
            sort: by relevance, from the earliest (`date`) or from the latest (`-date`). A query without
                words, which nothing ranks, is answered from the latest.
            per_cable: paragraphs of one cable at most, its best; None for all.

        Raises:
            QueryError: the query cannot be understood, or there is no such way to sort.
        """
        if sort not in get_args(Sort):
            raise QueryError(f"nothing is sorted by {sort!r}: there are {', '.join(get_args(Sort))}")
        parsed = self._parse(query, filters)
        if sort == "relevance" and not parsed.ranked:
            sort = "-date"
        limit, offset = max(limit, 0), max(offset, 0)
        if per_cable:
            return self._search_few_of_each(parsed, limit, offset, sort, per_cable)
        return self._search(parsed, limit, offset, sort)

    def _search(self, query: Query, limit: int, offset: int, sort: Sort) -> Results:
        rerank = _rerank(query)
        strict = self._reader.search(query.tree, limit=limit, offset=offset, sort=sort, rerank=rerank)
        hits = self._hits(strict.matches, query)
        partial = query.partial() if strict.total else query.relaxed
        missing = limit - len(hits)
        if partial and missing > 0 and sort == "relevance":
            start = max(0, offset - strict.total)
            page = self._reader.search(partial, limit=missing, offset=start, rerank=rerank)
            hits += self._hits(page.matches, query, partial=True)
        doubtful = strict.total <= RARE and sort == "relevance"
        suggestion = suggest(query, self._reader) if doubtful else None
        return _results(query, strict.total, hits, suggestion)

    def _search_few_of_each(
        self, query: Query, limit: int, offset: int, sort: Sort, per_cable: int
    ) -> Results:
        """Find paragraphs, of one cable no more than so many."""
        kept: list[Hit] = []
        seen: Counter[str] = Counter()
        start, wanted = 0, offset + limit
        while True:
            results = self._search(query, STRIDE, start, sort)
            for hit in results:
                seen[hit.cable_id] += 1
                if seen[hit.cable_id] <= per_cable:
                    kept.append(hit)
            start += STRIDE
            if len(results) < STRIDE or len(kept) >= wanted:
                return _results(query, results.total, kept[offset:wanted], results.suggestion)

    def _hits(self, matches: Iterable[Match], query: Query, *, partial: bool = False) -> list[Hit]:
        read = self._cable
        return [Hit(match.cable, match.ordinal, match.score, query, read, partial) for match in matches]

    def scan(self, query: str, filters: Filters | None = None) -> Iterator[Hit]:
        """Yield every paragraph that matches as asked, cable by cable, in constant memory; none has a score.

        Raises:
            QueryError: the query cannot be understood.
        """
        parsed = self._parse(query, filters)
        return (hit for match in self._reader.scan(parsed.tree) for hit in self._hits([match], parsed))

    def count(self, query: str, filters: Filters | None = None) -> int:
        """Count the paragraphs that match as asked."""
        return self._reader.count(self._parse(query, filters).tree)

    def facets(self, query: str, by: str | Sequence[str], filters: Filters | None = None) -> Facets:
        """Count the paragraphs that match by each value of some fields, or of `year`; most frequent first.

        Args:
            by: the fields; a string is one.
        """
        fields = [by] if isinstance(by, str) else by
        for name in fields:
            if name not in FACETS:
                raise QueryError(f"nothing is counted by {name!r}: there are {', '.join(FACETS)}")
        tree = self._parse(query, filters).tree
        return Facets(query, self._reader.count(tree), self._reader.facets(tree, fields))

    def timeline(self, query: str, by: Period = "year", filters: Filters | None = None) -> Timeline:
        """Count the paragraphs that match by the year, month or day of their cables."""
        if by not in PERIOD_CHARS:
            raise QueryError(f"no time is counted by {by!r}: there are {', '.join(PERIOD_CHARS)}")
        tree = self._parse(query, filters).tree
        periods: Counter[str] = Counter()
        for day, count in self._reader.days(tree).items():
            periods[day.isoformat()[: PERIOD_CHARS[by]]] += count
        return Timeline(query, by, self._reader.count(tree), dict(periods))

    def people(self, query: str = "*", filters: Filters | None = None) -> People:
        """Return who is named in the paragraphs that match, the most named first.

        The forms of a name are joined over all cables: see `people.registry`.
        """
        counts = self._reader.facets(self._parse(query, filters).tree, ["person"])["person"]
        return People(join_names(counts, self._overrides))

    def person(self, name: str, query: str = "*", filters: Filters | None = None) -> Dossiers:
        """Return the people that a name may mean, the most named first.

        Of the first there is all that is known, of the others no more than their names and counts.
        """
        people = list(find_people(self.people(query, filters), name))
        return Dossiers(
            self._dossier(person, query, filters)
            if rank == 0
            else Dossier(person, person.paragraphs, (), None, None, {}, {})
            for rank, person in enumerate(people)
        )

    def _dossier(self, person: NamedPerson, query: str, filters: Filters | None) -> Dossier:
        field = field_named("person")
        forms = [form for form in person.forms if len(form.split()) > 1] or list(person.forms)
        named = any_of(clause(field, form, literal=True) for form in forms[:MAX_FORMS])
        tree = All((Filter(self._parse(query, filters).tree), named))
        days = self._reader.days(tree)
        counts = self._reader.facets(tree, ["person", "origin"])
        latest = self._reader.search(tree, limit=MAX_CABLES, sort="-date")
        return Dossier(
            person,
            latest.total,
            tuple(dict.fromkeys(match.cable for match in latest.matches)),
            min(days, default=None),
            max(days, default=None),
            {name: n for name, n in counts["person"].items() if name not in person.forms},
            counts["origin"],
        )

    @cached_property
    def _overrides(self) -> Overrides:
        return read_overrides(self._folder / PEOPLE_FILE)

    def _parse(self, query: str, filters: Filters | None = None) -> Query:
        return rewrite(parse(query, filters), self._reader, self._overrides)

    def explain(self, query: str, filters: Filters | None = None) -> list[str]:
        """Return how a query is read, in lines of plain words, and how common its words are."""
        parsed = self._parse(query, filters)
        common = {term: self._reader.frequency(column, term) for column, term in parsed.terms()}
        return [
            *parsed.describe(),
            *(f'"{term}": in the text of {n} paragraphs' for term, n in common.items()),
        ]

    def explain_hit(self, query: str, id: str, filters: Filters | None = None) -> list[str]:
        """Return why a paragraph scores what it does for a query, in lines of plain words.

        Args:
            id: the paragraph's.
        """
        from .explain import explain_score

        parsed = self._parse(query, filters)
        return explain_score(parsed, id, self._reader, _rerank(parsed))

    def similar(self, id: str, *, limit: int = 10) -> Results:
        """Find the paragraphs that are most like a paragraph, or like a cable, by the words that mark it.

        Args:
            id: a paragraph's (`07ASTANA48#6`) or a cable's; none of it is among the hits.

        Raises:
            QueryError: it is not in the index.
        """
        from .more_like_this import more_like_this

        cable = self.cable(id)
        if not cable:
            raise QueryError(f"{id} is not in the index: cablesearch info tells what is")
        query = more_like_this(cable, id.partition("#")[2].strip(), self._reader)
        return self._search(query, max(limit, 0), 0, "relevance")

    def cable(self, id: str) -> Cable | None:
        """Return a cable by any spelling of its id or of one of its paragraphs', None if it is not here."""
        name = id.strip("# ").partition("#")[0].strip()
        found = self._cable(canonical(name) or name)
        return found or self._cable_named(name)

    def _cable_named(self, name: str) -> Cable | None:
        """Return a cable by an id that is no reference id, in any case."""
        matches = self._reader.search(Term("id", keyword(name)), limit=1).matches
        return self._cable(matches[0].cable) if matches else None

    @property
    def state(self) -> State:
        """Which engine holds the index, since when, of what, and how much."""
        from ..indexing import state

        return state(self._folder)

    def close(self) -> None:
        """Close the index."""
        self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


def _results(query: Query, total: int, hits: Sequence[Hit], suggestion: str | None) -> Results:
    return Results(query.text, total, any(hit.partial for hit in hits), tuple(hits), suggestion)


def _rerank(query: Query) -> Rerank | None:
    """Return by what the best paragraphs are reranked.

    Nothing for a single word: its best paragraphs are those of its best cables (benchmarks/relevance.md).
    """
    terms = query.cable_terms
    return Rerank(terms, query.adjacent) if len(terms) > 1 else None


def open_index(folder: Path | str = "index", *, redact: bool = False) -> Index:
    """Open an index for questions.

    Args:
        redact: return cables without the names that their drafters asked to protect.

    Raises:
        NoIndexError: there is none in the folder.
        BrokenIndexError: it is damaged, or of another version.
    """
    from ..indexing import open_reader

    return Index(Path(folder), open_reader(Path(folder)), redact=redact)
