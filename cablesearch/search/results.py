"""The answers of an index: hits, counts by value and over time, people, an overview.

Each answer has three views, from which `export` writes its formats: `as_dict()`, the whole answer as JSON
values (docs/json.md); `records()`, its items as JSON values; `rows()`, its items as flat records with the
keys in `columns`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, Literal

from ..errors import BrokenIndexError
from ..model.cable import Cable, Paragraph, Row
from ..model.calendar import periods_between
from ..model.citation import citation
from ..model.passage import Cite, Link, Passage, paragraph_link
from ..people.registry import NamedPerson
from ..query.query import Query
from .snippet import Snippet, snippet

if TYPE_CHECKING:
    from ..indexing import State
    from ..model.chart import Chart
    from .citations import Read

Period = Literal["year", "month", "day"]
Mark = Callable[[str], tuple[tuple[int, int], ...]]  # returns what of a text is marked

MAX_OTHERS = 100  # people named with a person that `Dossier.as_dict()` lists


@dataclass(frozen=True, init=False)
class Hit:
    """A paragraph found. Its cable is read on first use, and when the hit is copied or pickled.

    Attributes:
        ordinal: the paragraph's place in its cable, from 0.
        score: the higher, the better; 0 for a query of filters only, and if sorted by date.
        query: the query that found it.
        load: returns a cable by its id.
        partial: it has some of the words, not all.
        mark: returns what of a text is marked, instead of the words of the query; None for these.
    """

    cable_id: str
    ordinal: int
    score: float
    query: Query
    load: Read = field(repr=False, compare=False)
    partial: bool
    mark: Mark | None = field(repr=False, compare=False)

    def __init__(
        self,
        cable_id: str,
        ordinal: int,
        score: float,
        query: Query,
        load: Read,
        partial: bool = False,
        mark: Mark | None = None,
    ) -> None:
        """Set the attributes, in half the time that a frozen dataclass takes for each of many hits."""
        known = vars(self)
        known["cable_id"], known["ordinal"], known["score"] = cable_id, ordinal, score
        known["query"], known["load"], known["partial"], known["mark"] = query, load, partial, mark

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
        """The paragraph itself; of a cable without text, an empty one with the cable's id."""
        return self.cable.entry(self.ordinal)

    def __getstate__(self) -> dict[str, object]:
        """Return what a copy or a pickle holds: what it would ask of the index, instead of the index."""
        known = {**vars(self), "load": {self.cable_id: self.cable}.get}
        return {**known, "mark": None, "highlights": self.highlights} if self.mark else known

    @cached_property
    def highlights(self) -> tuple[tuple[int, int], ...]:
        """Where the words of the query stand in the paragraph's text: start and end, in order.

        Of a hit by meaning, where the sentence stands that is nearest to the question.
        """
        if self.mark:
            return self.mark(self.paragraph.text)
        return self.query.highlights(self.paragraph.text)

    def snippet(self, size: int = 400) -> Snippet:
        """Return about `size` characters of the text, where most of the query's words stand."""
        return snippet(self.paragraph.text, self.highlights, size)

    def as_dict(self) -> dict[str, object]:
        """Return the hit as JSON values, with the keys of docs/json.md."""
        cable, paragraph = self.cable, self.paragraph
        return {
            "id": paragraph.id,
            "cable": cable.id,
            "number": paragraph.number,
            "score": self.score,
            "origin": cable.origin,
            "classification": cable.classification.level if cable.classification else None,
            "marking": paragraph.marking,
            "created": cable.created.isoformat() if cable.created else None,
            "subject": cable.subject,
            "people": [person.full_name for person in paragraph.people],
            "text": paragraph.text,
            "highlights": [list(span) for span in self.highlights],
            "collections": list(cable.collections),
        }


@dataclass(frozen=True, slots=True)
class Results:
    """The hits on one page, in order.

    Attributes:
        query: the query as typed.
        total: how many paragraphs have every word, on all pages; None where their number means nothing.
        relaxed: some of the hits do not have every word.
        suggestion: the query with each word that the index does not have replaced by a similar one; None if
            there is none to replace, or nothing similar to one of them.
        undated: how many paragraphs without a date would match, if they had the one that is asked for.
        grouped: to be shown by cable: `records()` and `rows()` are then cables, each with its hits.
        cables: how many cables the paragraphs are in, on all pages; None if they were not counted.
        by_meaning: they are those nearest to the question in meaning, whatever words they have.
        without_vectors: how many paragraphs could not be found by meaning, as they have no vectors yet.
    """

    query: str
    total: int | None
    relaxed: bool
    hits: tuple[Hit, ...]
    suggestion: str | None = None
    undated: int = 0
    grouped: bool = False
    cables: int | None = None
    by_meaning: bool = False
    without_vectors: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns: of paragraphs, or of cables."""
        return _CABLE_COLUMNS if self.grouped else _HIT_COLUMNS

    def by_cable(self) -> dict[str, list[Hit]]:
        """Return the hits by the id of their cable, the cables in the order of their best hits."""
        return group_by_cable(self.hits)

    def rows(self) -> Iterator[Row]:
        """Yield the hits as flat records: `pandas.DataFrame(results.rows())`."""
        rows = self.by_cable().values() if self.grouped else ([hit] for hit in self.hits)
        for hits in rows:
            first = hits[0]
            row: Row = first.cable.row(first.paragraph) | {
                "score": first.score,
                "hits": "; ".join(hit.paragraph.id for hit in hits),
            }
            yield {column: row[column] for column in self.columns}

    def passages(self) -> Iterator[Passage]:
        """Yield the hits as passages to be cited, by cable."""
        return (Passage(hit.cable, hit.paragraph) for hits in self.by_cable().values() for hit in hits)

    def records(self) -> Iterator[dict[str, object]]:
        """Yield the hits as JSON values, or the cables with their hits."""
        if not self.grouped:
            return (hit.as_dict() for hit in self.hits)
        return (
            {**_cable_facts(hits[0].cable), "hits": [hit.as_dict() for hit in hits]}
            for hits in self.by_cable().values()
        )

    def as_dict(self) -> dict[str, object]:
        """Return the answer as JSON values, with the keys of docs/json.md."""
        answer: dict[str, object] = {
            "query": self.query,
            "total": self.total,
            "relaxed": self.relaxed,
            "hits": [hit.as_dict() for hit in self.hits],
            "suggestion": self.suggestion,
            "undated": self.undated,
        }
        if self.by_meaning:
            answer |= {"by_meaning": True, "without_vectors": self.without_vectors}
        if self.cables is not None:
            answer["total_cables"] = self.cables
        if self.grouped:
            answer["cables"] = [
                {**_cable_facts(hits[0].cable), "hits": [hit.paragraph.id for hit in hits]}
                for hits in self.by_cable().values()
            ]
        return answer

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)


@dataclass(frozen=True, slots=True)
class Passages:
    """Hits with their citations and links: an answer of any length, which is read while it is written.

    Attributes:
        hits: read once; those of a cable in a row.
        cite: returns the citation of a paragraph.
        link: returns its link, None where it has none.
    """

    hits: Iterable[Hit]
    cite: Cite = citation
    link: Link = paragraph_link

    columns: ClassVar = (
        "id", "cable", "number", "date", "origin", "classification", "caveats", "marking",
        "subject", "people", "text", "link", "citation", "collections",
    )  # fmt: skip

    def passages(self) -> Iterator[Passage]:
        """Yield the hits as passages."""
        return (Passage(hit.cable, hit.paragraph, self.cite, self.link) for hit in self.hits)

    def rows(self) -> Iterator[Row]:
        """Yield the passages as flat records."""
        for passage in self.passages():
            classification = passage.cable.classification
            row: Row = passage.cable.row(passage.paragraph) | {
                "caveats": ", ".join(classification.caveats) if classification else None,
                "link": passage.link,
                "citation": passage.citation,
            }
            yield {column: row[column] for column in self.columns}

    def records(self) -> Iterator[dict[str, object]]:
        """Yield the passages as JSON values, with the keys of docs/json.md."""
        for passage in self.passages():
            cable, paragraph = passage.cable, passage.paragraph
            classification = cable.classification
            yield {
                "id": paragraph.id,
                "cable": cable.id,
                "number": paragraph.number,
                "created": cable.created.isoformat() if cable.created else None,
                "origin": cable.origin,
                "classification": classification.level if classification else None,
                "caveats": list(classification.caveats) if classification else [],
                "marking": paragraph.marking,
                "subject": cable.subject,
                "people": [person.full_name for person in paragraph.people],
                "text": paragraph.text,
                "link": passage.link,
                "citation": passage.citation,
                "collections": list(cable.collections),
            }

    def as_dict(self) -> dict[str, object]:
        """Return all passages as JSON values."""
        return {"passages": list(self.records())}


_HIT_COLUMNS = (
    "id", "cable", "number", "score",
    "date", "origin", "classification", "marking", "subject", "people", "text", "collections",
)  # fmt: skip
_CABLE_COLUMNS = (
    "cable",
    "score",
    "date",
    "origin",
    "classification",
    "subject",
    "hits",
    "text",
    "collections",
)


def _cable_facts(cable: Cable) -> dict[str, object]:
    """Return what tells a cable from others, as JSON values."""
    return {
        "id": cable.id,
        "created": cable.created.isoformat() if cable.created else None,
        "origin": cable.origin,
        "classification": cable.classification.level if cable.classification else None,
        "subject": cable.subject,
        "collections": list(cable.collections),
    }


@dataclass(frozen=True, slots=True)
class Totals:
    """How many paragraphs match, and how many cables have them.

    Attributes:
        query: the query as typed.
        by_cable: how many of them some cables have, those with the most first; None if that was not asked.
    """

    query: str
    paragraphs: int
    cables: int
    by_cable: dict[str, int] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns: of the whole, or of each cable listed."""
        return ("paragraphs", "cables") if self.by_cable is None else ("cable", "paragraphs")

    def rows(self) -> Iterator[Row]:
        """Yield the totals as one record, or a record for each cable listed."""
        if self.by_cable is None:
            yield {"paragraphs": self.paragraphs, "cables": self.cables}
        else:
            for id, count in self.by_cable.items():
                yield {"cable": id, "paragraphs": count}

    def records(self) -> Iterator[Row]:
        """Yield the rows."""
        return self.rows()

    def as_dict(self) -> dict[str, object]:
        """Return the totals as JSON values, with the keys of docs/json.md."""
        totals: dict[str, object] = {
            "query": self.query,
            "paragraphs": self.paragraphs,
            "cables": self.cables,
        }
        return totals if self.by_cable is None else {**totals, "by_cable": self.by_cable}


def group_by_cable(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Return the hits by the id of their cable, in the order in which they come."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.cable_id, []).append(hit)
    return groups


class Facets(dict[str, dict[str, int]]):
    """Counts of the matching paragraphs by field and value, most frequent first.

    Attributes:
        query: the query as typed.
        total: how many paragraphs match.
        limit: how many values of a field are listed at most, None for all.
    """

    columns: ClassVar = ("field", "value", "count")

    def __init__(
        self, query: str, total: int, counts: Mapping[str, dict[str, int]], limit: int | None = None
    ) -> None:
        super().__init__(counts)
        self.query, self.total, self.limit = query, total, limit

    def top(self, limit: int | None) -> Facets:
        """Return the same counts with at most this many values of each field listed."""
        return Facets(self.query, self.total, self, limit)

    def rows(self) -> Iterator[Row]:
        """Yield a record for each value listed."""
        for name in self:
            for value, count in self._listed(name).items():
                yield {"field": name, "value": value, "count": count}

    def records(self) -> Iterator[Row]:
        """Yield the rows."""
        return self.rows()

    def as_dict(self) -> dict[str, object]:
        """Return the counts as JSON values, with the keys of docs/json.md."""
        return {
            "query": self.query,
            "total": self.total,
            "facets": {name: self._listed(name) for name in self},
            "values": {name: len(counts) for name, counts in self.items()},
        }

    def _listed(self, name: str) -> dict[str, int]:
        return dict([*self[name].items()][: self.limit])


@dataclass(frozen=True, slots=True)
class Timeline:
    """Counts of the matching paragraphs by the year, month or day of their cables.

    Attributes:
        query: the query as typed.
        by: the length of a period: year, month or day.
        total: how many paragraphs match.
        periods: the count of each period (`2007`, `2007-01`, `2007-01-08`), in order, without empty ones.
    """

    query: str
    by: Period
    total: int
    periods: dict[str, int]

    @property
    def undated(self) -> int:
        """How many of the paragraphs have no date; by day, none of which the day is known."""
        return self.total - sum(self.periods.values())

    @property
    def all_periods(self) -> tuple[str, ...]:
        """Every period from the first to the last, those without paragraphs among them."""
        return tuple(periods_between(min(self.periods), max(self.periods))) if self.periods else ()

    def chart(self) -> Chart:
        """Return the counts as a line."""
        from ..model.chart import Chart, Line

        periods = self.all_periods
        counts = tuple(self.periods.get(period, 0) for period in periods)
        line = Line(self.query, counts, tuple(f"{count:,}" for count in counts))
        return Chart(f"Paragraphs by {self.by}", periods, (line,))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the two columns: the period and the count."""
        return (self.by, "count")

    def rows(self) -> Iterator[Row]:
        """Yield a record for each period; paragraphs without a date come last, without a period."""
        for period, count in self.periods.items():
            yield {self.by: period, "count": count}
        if self.undated:
            yield {self.by: None, "count": self.undated}

    def records(self) -> Iterator[Row]:
        """Yield the rows."""
        return self.rows()

    def as_dict(self) -> dict[str, object]:
        """Return the counts as JSON values, with the keys of docs/json.md."""
        return {
            "query": self.query,
            "by": self.by,
            "total": self.total,
            "undated": self.undated,
            "periods": self.periods,
        }


class People(list[NamedPerson]):
    """The people named in the matching paragraphs, the most frequently named first.

    Attributes:
        limit: how many people are listed at most, None for all.
        total: how many people are named, though only the first of them may be here.
    """

    columns: ClassVar = ("name", "paragraphs", "forms")

    def __init__(
        self, people: Iterable[NamedPerson], limit: int | None = None, total: int | None = None
    ) -> None:
        super().__init__(people)
        self.limit = limit
        self.total = len(self) if total is None else total

    def top(self, limit: int | None) -> People:
        """Return the same people with at most this many of them listed."""
        return People(self, limit, self.total)

    def rows(self) -> Iterator[Row]:
        """Yield a record for each person listed."""
        for person in self[: self.limit]:
            yield {"name": person.name, "paragraphs": person.paragraphs, "forms": "; ".join(person.forms)}

    def records(self) -> Iterator[dict[str, object]]:
        """Yield the people listed as JSON values."""
        for person in self[: self.limit]:
            yield {
                "name": person.name,
                "paragraphs": person.paragraphs,
                "forms": person.forms,
                "may_be": list(person.may_be),
            }

    def as_dict(self) -> dict[str, object]:
        """Return the people as JSON values, with the keys of docs/json.md."""
        return {"total": self.total, "people": list(self.records())}


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a corpus says about a person.

    Attributes:
        person: the name, and its forms with their counts.
        cables: the ids of the latest cables that name the person, latest first.
        cable_count: how many cables do.
        first, last: the days of the first and the last of them, None if none has a date.
        others: people who are named in the same paragraphs, with counts.
        origins: the posts that sent them, with counts of paragraphs.
        undecided: surnames alone that may be the person's and count for nobody, with their paragraphs.
    """

    person: NamedPerson
    cables: tuple[str, ...]
    cable_count: int
    first: date | None
    last: date | None
    others: dict[str, int]
    origins: dict[str, int]
    undecided: dict[str, int]

    @property
    def paragraphs(self) -> int:
        """How many paragraphs name the person."""
        return self.person.paragraphs

    def as_dict(self) -> dict[str, object]:
        """Return the dossier as JSON values, with the keys of docs/json.md."""
        return {
            "name": self.person.name,
            "paragraphs": self.paragraphs,
            "forms": self.person.forms,
            "bare": self.person.bare_forms,
            "undecided": self.undecided,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "others": dict(islice(self.others.items(), MAX_OTHERS)),
            "origins": self.origins,
            "cables": list(self.cables),
            "cable_count": self.cable_count,
        }


class Dossiers(list[Dossier]):
    """Everyone whom a name may mean, the most frequently named first."""

    columns: ClassVar = People.columns

    def rows(self) -> Iterator[Row]:
        """Yield a record for each person."""
        return People(one.person for one in self).rows()

    def records(self) -> Iterator[dict[str, object]]:
        """Yield the dossiers as JSON values."""
        return (one.as_dict() for one in self)

    def as_dict(self) -> dict[str, object]:
        """Return the dossiers as JSON values, with the keys of docs/json.md."""
        return {"total": len(self), "people": list(self.records())}


@dataclass(frozen=True, slots=True)
class Overview:
    """What is in an index: how it was built, and counts of its paragraphs by some fields.

    Attributes:
        references: how many citations of other cables there are, and how many of cables that the index has.
    """

    state: State
    facets: Facets
    references: tuple[int, int] = (0, 0)

    counted: ClassVar = ("collection", "origin", "year", "classification")  # the fields of the facets
    columns: ClassVar = (
        "engine",
        "version",
        "built",
        "sources",
        "cables",
        "paragraphs",
        "references",
        "resolved",
        "size",
        "cluster",
        "waiting",
    )

    def rows(self) -> Iterator[Row]:
        """Yield the facts as one flat record, without the counts."""
        state = self.state
        yield {
            "engine": state.engine,
            "version": state.version,
            "built": state.built.isoformat(),
            "sources": "; ".join(map(str, state.sources)),
            "cables": state.cables,
            "paragraphs": state.paragraphs,
            "references": self.references[0],
            "resolved": self.references[1],
            "size": state.size,
            "cluster": state.cluster.name if state.cluster else None,
            "waiting": state.waiting,
        }

    def records(self) -> Iterator[dict[str, object]]:
        """Yield the whole overview as one record."""
        yield self.as_dict()

    def as_dict(self) -> dict[str, object]:
        """Return the overview as JSON values, with the keys of docs/json.md."""
        [facts] = self.rows()
        return {
            **facts,
            "sources": list(map(str, self.state.sources)),
            "names": list(self.state.names),
            "collections": self.state.collections,
            "facets": self.facets,
        }
