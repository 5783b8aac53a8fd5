"""An index that is open for searching, or several as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache, partial, reduce, wraps
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, TypeVar, get_args

from ..analysis.words import fold
from ..engines.contract import Reader
from ..engines.deadline import within
from ..errors import PeopleFileError, QueryError
from ..model.cable import Cable
from ..model.reference_id import canonical
from ..people.registry import PEOPLE_FILE, NamedPerson, read_overrides
from ..query.fields import BY_NAME, COUNTABLE, FACETS, FieldKind, as_term, keyword
from ..query.listing import split_listing
from ..query.query import Filters, Query, Question, parse, parse_question
from ..query.tree import All, Among, Filter, Has, Not, Noted, Saved, Term, Tree, leaves
from .finder import STRIDE, UNDATED, Finder, Order, asks_for_date, expected, hits, rerank, undated
from .missing import no_cable
from .opened import OpenedReader, States
from .people import PeopleIndex, in_paragraphs
from .results import Dossier, Dossiers, Facets, Hit, People, Period, Results, Timeline, Totals
from .rewrite import rewrite

if TYPE_CHECKING:
    from ..compare.difference import Difference
    from ..corpus.record import Failure
    from ..indexing import State
    from ..indexing.losses import Losses
    from ..indexing.versions import Versions
    from ..notebook.note import Note, Notes
    from ..notebook.notebook import Notebook
    from ..people.corrections import Correction
    from .by_meaning import ByMeaning
    from .changed import Changed
    from .citations import Citations, Read, Thread
    from .clusters import Clusters
    from .noted import NotedFields
    from .trends import Trend

ORDERS = get_args(Order)
PERIOD_CHARS: dict[Period, int] = {"year": 4, "month": 7, "day": 10}  # of an ISO date, for its period

MAX_DOSSIER_PARAGRAPHS = 100  # the latest that name a person, whose cables are listed
CACHED_CABLES = 256  # about 20 kB each

Asked = ParamSpec("Asked")
Answered = TypeVar("Answered")


def _in_time(
    question: Callable[Concatenate[Index, Asked], Answered],
) -> Callable[Concatenate[Index, Asked], Answered]:
    """Make a method of an index raise a SlowQueryError if it takes longer than the index allows."""

    @wraps(question)
    def ask(index: Index, /, *args: Asked.args, **options: Asked.kwargs) -> Answered:
        return within(index._seconds, partial(question, index, *args, **options))

    return ask


class Index:
    """An index that is open for searching, or several as one. A context manager.

    `filters` are, by field, the values of which a paragraph must have at least one, as they would be typed
    after `field:`; a string is one value.
    """

    def __init__(
        self,
        folder: Path | Sequence[Path],
        reader: Reader,
        *,
        redact: bool = False,
        states: Sequence[State] = (),
        seconds: float | None = None,
        notebook: Notebook | Path | str | bool = False,
    ) -> None:
        self._states = States((folder,) if isinstance(folder, Path) else tuple(folder), states)
        self._notebook = notebook
        self._seconds = seconds
        self._opened = OpenedReader(reader, redact)
        self._redact = redact
        self._meaning: tuple[object, ByMeaning] | None = None
        self._cable = lru_cache(CACHED_CABLES)(self._opened.cable)

    @property
    def _reader(self) -> Reader:
        """The reader of the engine, as `OpenedReader.get` returns it."""
        return self._opened.get()

    @property
    def _finder(self) -> Finder:
        return Finder(self._reader, self._cable)

    @_in_time
    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        sort: Order = "relevance",
        filters: Filters | None = None,
        per_cable: int | None = None,
        meaning: bool = False,
    ) -> Results:
        """Find paragraphs.

        Args:
            query: in the query language (docs/query-language.md).
            limit: the maximum number of hits.
            offset: the number of hits to skip.
            sort: by relevance, earliest first (`date`), latest first (`-date`), or those of the cables that
                most other cables cite first (`cited`). A query of filters only, which has no relevance, is
                answered latest first.
            per_cable: the maximum number of paragraphs from one cable, its best ones; None for all.
            meaning: find those that are nearest to the bare words of the query in meaning, whatever words
                they have themselves (docs/meaning.md). The rest of the query says which are compared.

        Raises:
            QueryError: the query cannot be understood, or there is no such `sort`.
            IndexStateError: the index has no vectors, or the extra `meaning` is not installed.
        """
        if sort not in ORDERS:
            raise QueryError(f"nothing is sorted by {sort!r}: there are {', '.join(ORDERS)}")
        limit, offset = max(limit, 0), max(offset, 0)
        if meaning:
            if sort != "relevance":
                raise QueryError(f"what is found by meaning has an order of its own: leave --sort {sort} out")
            asked = self._question(query, filters)
            return self._by_meaning().search(asked, self._cable, limit, offset, per_cable)
        typed = self._typed(query, filters)
        first = (STRIDE, 0) if per_cable else (limit, offset)
        self._reader.expect(partial(expected, typed, *first, sort))
        parsed = self._rewritten(typed)
        if sort == "relevance" and not parsed.ranked:
            sort = "-date"
        if per_cable:
            results = self._finder.find_per_cable(parsed, limit, offset, sort, per_cable)
        else:
            results = self._finder.find(parsed, limit, offset, sort)
        without_date = self._count_undated(parsed.tree)
        return replace(results, undated=without_date) if without_date else results

    def _question(self, query: str, filters: Filters | None) -> Question:
        asked = parse_question(query, filters)
        return replace(asked, narrowing=self._rewritten(self._looked_up(asked.narrowing)))

    def _by_meaning(self) -> ByMeaning:
        """Return what answers by meaning, as the vectors are now.

        Raises:
            IndexStateError: there are no vectors, or the extra is missing.
        """
        from ..meaning import signature
        from ..meaning._extra import needs_extra

        with needs_extra():
            from .by_meaning import ByMeaning

            now = tuple(map(signature, self.folders))
            known = self._meaning
            if not known or known[0] != now:
                known = self._meaning = now, ByMeaning(self.folders, self._reader, self._states.current)
            return known[1]

    def scan(
        self, query: str, filters: Filters | None = None, *, among: frozenset[str] | None = None
    ) -> Iterator[Hit]:
        """Yield every paragraph that matches strictly, cable by cable, without scores, in constant memory.

        Args:
            among: only paragraphs with these ids; None for all.

        Raises:
            QueryError: the query cannot be understood.
        """
        parsed = self._parse(query, filters)
        if among is not None:
            parsed = replace(parsed, tree=All((parsed.tree, Filter(_among(among)))))
        return self._scan(parsed)

    def _scan(self, query: Query) -> Iterator[Hit]:
        matches = self._reader.scan(query.tree)
        while self._opened.get() and (match := next(matches, None)):  # it may be closed between two hits
            yield from hits([match], query, self._cable)

    @_in_time
    def count(self, query: str, filters: Filters | None = None) -> int:
        """Count the paragraphs that match, those with only some of the words left out."""
        return self._reader.count(self._parse(query, filters).tree)

    @_in_time
    def count_undated(self, query: str, filters: Filters | None = None) -> int:
        """Count the paragraphs without a date that would match if they had the one that is asked for."""
        return self._count_undated(self._parse(query, filters).tree)

    def _count_undated(self, tree: Tree) -> int:
        if not asks_for_date(tree) or not self._has_undated:
            return 0
        return self._reader.count(undated(tree))

    @cached_property
    def _has_undated(self) -> bool:
        return self._reader.count(UNDATED) > 0

    @_in_time
    def totals(self, query: str, filters: Filters | None = None, *, list_cables: int | None = None) -> Totals:
        """Count the paragraphs that match, and the cables that have them.

        Args:
            list_cables: list so many cables with their counts, those with the most first; None for none.
        """
        tree = self._parse(query, filters).tree
        counts = self._reader.by_cable(tree, list_cables or 0)
        listed = None if list_cables is None else counts.counts
        return Totals(query, self._reader.count(tree), counts.total, listed)

    @_in_time
    def values(self, query: str, filters: Filters | None = None) -> Facets | None:
        """Count by the fields whose values a query asks for (`origin:?`); None if it asks for none."""
        rest, fields = split_listing(query)
        return self.facets(rest or "*", fields, filters) if fields else None

    @_in_time
    def facets(
        self,
        query: str,
        by: str | Sequence[str],
        filters: Filters | None = None,
        *,
        people: int | None = None,
    ) -> Facets:
        """Count the matching paragraphs by the values of some fields, most frequent first.

        Args:
            by: the fields; a string is one field.
            people: of the field `person`, how many values are wanted; None for all. A few are counted in a
                tenth of the time, as each person is counted under all names.
        """
        fields = [by] if isinstance(by, str) else list(dict.fromkeys(by))
        for name in fields:
            if name not in COUNTABLE:
                raise QueryError(f"nothing is counted by {name!r}: there are {', '.join(COUNTABLE)}")
        tree = self._parse(query, filters).tree
        counted = self._reader.facets(tree, [name for name in fields if name in FACETS and name != "person"])
        counts = {name: counted.get(name) or self._term_counts(tree, name) for name in fields}
        total = self._reader.count(tree)
        if "person" in counts:
            counts["person"] = self._people.leading(tree, people, total)
        return Facets(query, total, counts)

    def _term_counts(self, tree: Tree, name: str) -> dict[str, int]:
        """Count paragraphs by the terms of a field without a facet."""
        if BY_NAME[name].kind is FieldKind.NOTEBOOK:
            return self._noted.counts(name, tree)
        if BY_NAME[name].kind is FieldKind.VERSIONS:
            return self._changed.counts(tree)
        shown = BY_NAME[name].shown
        return {shown(term): n for term, n in self._reader.terms(name, tree).items()} if shown else {}

    @_in_time
    def timeline(self, query: str, by: Period = "year", filters: Filters | None = None) -> Timeline:
        """Count the matching paragraphs by the year, month or day of their cables."""
        if by not in PERIOD_CHARS:
            raise QueryError(f"no time is counted by {by!r}: there are {', '.join(PERIOD_CHARS)}")
        tree = self._parse(query, filters).tree
        periods: Counter[str] = Counter()
        dated = All((tree, Not(Has("month")))) if by == "day" else tree  # some have a month, but no day
        for day, count in self._reader.days(dated).items():
            periods[day.isoformat()[: PERIOD_CHARS[by]]] += count
        return Timeline(query, by, self._reader.count(tree), dict(periods))

    @_in_time
    def trend(
        self, queries: str | Sequence[str], by: Period = "year", filters: Filters | None = None
    ) -> Trend:
        """Return the share of all paragraphs that each of several queries finds by year, month or day.

        Args:
            filters: of all paragraphs, only those that have these values.
        """
        from .trends import Trend

        asked = [queries] if isinstance(queries, str) else list(dict.fromkeys(queries))
        timelines = tuple(self.timeline(query, by, filters) for query in asked)
        return Trend(by, self.timeline("*", by, filters).periods, timelines)

    @_in_time
    def people(
        self,
        query: str = "*",
        filters: Filters | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
        called: str = "",
    ) -> People:
        """Return the people named in the matching paragraphs, the most frequently named first.

        The forms of a name are joined over all cables, whatever the query: see `people.registry`.

        Args:
            limit: how many are wanted, from an offset on; None for all.
            called: only those with a name that has this in it, in capitals or not.
        """
        return self._people.among(self._parse(query, filters).tree, limit, offset, called)

    @_in_time
    def person(self, name: str, query: str = "*", filters: Filters | None = None) -> Dossiers:
        """Return everyone whom a name may mean, the most frequently named first.

        The dossier of the first is complete; the others have only names and counts.
        """
        tree = self._parse(query, filters).tree
        found, undecided = self._people.meant(name, tree)
        return Dossiers(
            self._dossier(person, tree, undecided)
            if rank == 0
            else Dossier(person, (), 0, None, None, {}, {}, {})
            for rank, person in enumerate(found)
        )

    @_in_time
    def together(self, name: str, others: Sequence[str]) -> dict[tuple[str, str], int]:
        """Count the paragraphs that name a person and two of some others, by pairs of these.

        Args:
            name, others: names of people as `people` and `person` return them.
        """
        return self._people.together(name, others)

    def _dossier(self, person: NamedPerson, among: Tree, undecided: dict[str, int]) -> Dossier:
        tree = All((Filter(among), in_paragraphs(person)))
        days = self._reader.days(tree)
        latest = self._reader.search(tree, limit=MAX_DOSSIER_PARAGRAPHS, sort="-date")
        others = (other for other in self._people.among(tree) if other.name != person.name)
        return Dossier(
            person,
            tuple(dict.fromkeys(match.cable for match in latest.matches)),
            self._reader.by_cable(tree).total,
            min(days, default=None),
            max(days, default=None),
            {other.name: other.paragraphs for other in others},
            self._reader.facets(tree, ["origin"])["origin"],
            undecided,
        )

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What the user says about people in `people.toml`, entry by entry.

        Raises:
            PeopleFileError: the file is not as it has to be.
        """
        from ..people.corrections import read_corrections

        return tuple(one for file in self._people_files for one in read_corrections(file))

    def correct(self, correction: Correction) -> None:
        """Write a correction into `people.toml`, whose comments stay; the next answers heed it.

        Raises:
            PeopleFileError: it cannot be said so, or the file cannot be written, or there are several.
        """
        from ..people.corrections import add_correction

        file = self._people_file
        for one in self._people.spelt_out(correction):
            add_correction(file, one)
        vars(self).pop("_people", None)

    def take_back(self, correction: Correction) -> None:
        """Take a correction out of `people.toml`; the next answers are without it.

        Raises:
            PeopleFileError: it is written there in a way that is not ours, or the file cannot be written, or
                there are several.
        """
        from ..people.corrections import take_back_correction

        take_back_correction(self._people_file, correction)
        vars(self).pop("_people", None)

    @property
    def _people_files(self) -> list[Path]:
        return [folder / PEOPLE_FILE for folder in self.folders]

    @property
    def _people_file(self) -> Path:
        if len(self.folders) > 1:
            raise PeopleFileError(
                "names are corrected in one index, and several are open: open one of them alone"
            )
        return self.folder / PEOPLE_FILE

    @cached_property
    def _people(self) -> PeopleIndex:
        overrides = reduce(or_, map(read_overrides, self._people_files))
        opened = self._states.opened
        if not opened:
            return PeopleIndex(self._reader, overrides)
        from ..indexing import PEOPLE_CACHE, PEOPLE_TOGETHER

        home = opened[0].generation  # which goes with them
        if len(opened) == 1:
            return PeopleIndex(self._reader, overrides, home / PEOPLE_CACHE)
        stamps = [state.stamp for state in opened]
        return PeopleIndex(self._reader, overrides, home / PEOPLE_TOGETHER, stamps)

    def _parse(self, query: str, filters: Filters | None = None) -> Query:
        return self._rewritten(self._typed(query, filters))

    def _typed(self, query: str, filters: Filters | None) -> Query:
        """Return a query as it was typed, what it asks of the notebook looked up."""
        return self._looked_up(parse(query, filters))

    def _looked_up(self, query: Query) -> Query:
        """Return a query with what it asks of the notebook, and of versions, looked up."""
        asked = [leaf for leaf in leaves(query.tree, excluded=True) if isinstance(leaf, (Noted, Saved))]
        if not asked:
            return query
        if all(isinstance(leaf, Noted) and BY_NAME[leaf.field].kind is FieldKind.VERSIONS for leaf in asked):
            return self._changed.resolve(query)
        return self._noted.resolve(query)

    def _rewritten(self, query: Query) -> Query:
        return rewrite(query, self._reader, self._people)

    @cached_property
    def _noted(self) -> NotedFields:
        """What a query may ask of the notebook.

        Raises:
            QueryError: there is no notebook here.
        """
        from .noted import NotedFields, notebook_of

        return NotedFields(notebook_of(self._notebook, self.folder), self._reader, self._changed)

    @cached_property
    def _changed(self) -> Changed:
        """What a query may ask of the versions of cables."""
        from .changed import Changed

        return Changed([state.generation for state in self._states.opened], self._reader)

    @_in_time
    def words(self, start: str, *, limit: int = 10) -> dict[str, int]:
        """Return words of the text that begin with some letters, the most frequent first.

        Returns:
            The number of paragraphs that hold each, without accents and in lower case.
        """
        from .suggest import words_beginning

        return words_beginning(fold(start), self._reader, max(limit, 0))

    @_in_time
    def explain(self, query: str, filters: Filters | None = None, *, meaning: bool = False) -> list[str]:
        """Return lines that say how a query is understood, and how frequent its words are.

        Args:
            meaning: how a question by meaning is understood.
        """
        if meaning:
            return self._by_meaning().explain(self._question(query, filters))
        parsed = self._parse(query, filters)
        common = {term: self._reader.frequency(column, term) for column, term in parsed.terms()}
        return [
            *parsed.describe(),
            *(f'"{term}": in the text of {n} paragraphs' for term, n in common.items()),
        ]

    @_in_time
    def explain_hit(
        self, query: str, id: str, filters: Filters | None = None, *, meaning: bool = False
    ) -> list[str]:
        """Return lines that say how a paragraph's score for a query is made up.

        Args:
            id: the paragraph's id.
            meaning: its score for a question by meaning.
        """
        if meaning:
            return self._by_meaning().explain_hit(self._question(query, filters), self.cable(id), id)
        from .explain import explain_score

        parsed = self._parse(query, filters)
        return explain_score(parsed, id, self._reader, rerank(parsed))

    @_in_time
    def similar(self, id: str, *, limit: int = 10, meaning: bool = False) -> Results:
        """Find the paragraphs most like a given paragraph or cable, by the words that are typical of it.

        Args:
            id: of a paragraph (`07ASTANA48#6`) or a cable, which is left out of the hits.
            meaning: by their meaning, whatever words they share.

        Raises:
            QueryError: it is not in the index, or has no typical words.
        """
        from .more_like_this import more_like_this

        id = " ".join(id.split())  # an error is one line
        cable = self.cable(id)
        if not cable:
            raise no_cable(id)
        number = id.partition("#")[2].strip()
        if meaning:
            return self._by_meaning().similar(cable, number, self._cable, max(limit, 0))
        printed = self._reader.cable(cable.id) if self._redact else None  # so that redaction changes no hits
        query = more_like_this(printed or cable, number, self._reader)
        # Nearly every paragraph shares a word or two with it, so that their number means nothing.
        return replace(self._finder.find(query, max(limit, 0), 0, "relevance"), total=None)

    @_in_time
    def clusters(self, query: str, filters: Filters | None = None, *, groups: int | None = None) -> Clusters:
        """Group the paragraphs that match by theme, as their vectors tell.

        Args:
            groups: how many groups; None for as many as is usual for so many paragraphs.

        Raises:
            IndexStateError: the index has no vectors, or the extra `meaning` is not installed.
            QueryError: fewer than two paragraphs are found that have vectors.
        """
        from ..meaning._extra import needs_extra

        if groups is not None and groups < 2:
            raise QueryError(f"paragraphs are not grouped into {groups}: ask for 2 groups or more")
        with needs_extra():
            from .clusters import find_clusters

            return find_clusters(self._by_meaning(), self._parse(query, filters), self._cable, groups)

    @_in_time
    def citations(self, id: str) -> Citations:
        """Return what a cable cites, and what cites it.

        Args:
            id: of a cable, in any spelling; of one that the index has not, what cites it is returned.
        """
        from .citations import find_citations

        return find_citations(_cable_id(id), self.cable, self._reader)

    @_in_time
    def thread(self, id: str, *, steps: int = 3, limit: int = 50) -> Thread:
        """Return the cables that are tied to a cable by citations, in both directions.

        Args:
            id: of a cable, in any spelling.
            steps: how many citations away a cable may be.
            limit: the maximum number of cables.
        """
        from .citations import find_thread

        return find_thread(_cable_id(id), self.cable, self._reader, steps, limit)

    @cached_property
    @_in_time
    def references(self) -> tuple[int, int]:
        """How many citations of other cables there are, and how many of them the index has the cable of."""
        cited = self._reader.times_cited
        here = {keyword(id) for id in self._reader.cables()}
        others = self._reader.frequencies("id", (id for id in cited if id not in here))
        return sum(cited.values()), sum(n for id, n in cited.items() if id in here or others[id])

    def cable(self, id: str) -> Cable | None:
        """Return a cable by any spelling of its id, or of a paragraph's; None if it is not in the index.

        If several have the id, the first of `cables`.
        """
        return self._cable(_cable_id(id)) or next(iter(self.cables(id)), None)

    @_in_time
    def original_text(self, id: str) -> str | None:
        """Return the text that a cable was made of, below its transmission header: it is read again.

        Returns:
            None if its file is gone or has changed, or has no such text (an edition), and if names are
            redacted, since they stand in it.
        """
        from ..indexing.read import original_text

        cable = self.cable(id)
        return original_text(cable) if cable and not self._redact else None

    def cables(self, id: str) -> tuple[Cable, ...]:
        """Return every cable that has an id, or the paragraph's, in any spelling, the earliest first.

        There are several where different cables share a number.
        """
        return tuple(sorted(self._with_id(id, self._cable), key=_by_date))

    @_in_time
    def versions(self, id: str) -> Versions:
        """Return the versions of a cable, one for each file that has it, the oldest file first.

        Each says what differs from the one before. If several cables have the id, those of the first of
        `cables`; of one that is not in the index, there are none.
        """
        from ..indexing.versions import Versions, read_versions

        cable = self.cable(id)
        held = cable and self.as_printed(cable.id)
        return read_versions(self._states.current, held, self._hidden) if held else Versions()

    @_in_time
    def compare(self, id: str, *others: str) -> tuple[Difference, ...]:
        """Return what differs between versions of a cable, or between two cables.

        Args:
            id: of a cable.
            others: none, for each version and the next one; one version, to be compared with the one that is
                searched; two versions; or another cable. A version is named by its number or its collection.

        Raises:
            QueryError: a cable is not in the index, or has no such version, or only one.
        """
        from .compared import compare_named

        return compare_named(self, id, others)

    def _hidden(self, versions: Sequence[Cable]) -> Sequence[Cable]:
        """Return versions of a cable, redacted if that is wanted: what one of them protects, in all."""
        if not self._redact:
            return versions
        from ..people.redaction import redact_cable

        return [redact_cable(cable, versions) for cable in versions]

    def target(self, id: str) -> tuple[str, str]:
        """Return the id of a paragraph or a cable as a notebook has it, and the checksum of its text.

        Args:
            id: in any spelling.

        Raises:
            QueryError: it is not in the index, or several cables have it.
        """
        from .noted import find_target

        return find_target(id, self._with_id(id, self.as_printed))

    def compare_notes(self, notes: Iterable[Note]) -> Notes:
        """Return notes that say what became of what they are about: whether its text was changed since."""
        from ..notebook.note import Notes, compared

        return Notes(compared(note, self._with_id(note.id, self.as_printed)) for note in notes)

    def remember(self, query: str, filters: Filters | None = None) -> None:
        """Keep a question in the history of the notebook.

        Raises:
            QueryError: the index is opened without a notebook.
        """
        self._noted.remember(query, filters or {})

    def _with_id(self, id: str, read: Read) -> list[Cable]:
        """Return every cable that has an id, or a paragraph's, as `read` reads it."""
        matches = self._reader.scan(Term("id", keyword(_cable_id(id))))
        return [*filter(None, map(read, dict.fromkeys(match.cable for match in matches)))]

    def records_held(self) -> dict[str, int]:
        """Return the ids of the cables, each with the checksum of the record that it was read from.

        Raises:
            IndexStateError: a build has replaced this state of the index.
        """
        return self._states.records()

    def as_printed(self, id: str) -> Cable | None:
        """Return a cable by its id as the index has it, without redactions; None if it is not there."""
        return self._reader.cable(id)

    @property
    def folder(self) -> Path:
        """The folder of the index; the first, if there are several."""
        return self.folders[0]

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders of all indexes that are open as this one."""
        return self._states.folders

    @property
    def generation(self) -> str:
        """What tells this state of the index, or of all of them in the order of their folders, from others.

        Raises:
            IndexStateError: a build has replaced it.
        """
        return self._states.generation

    @property
    def state(self) -> State:
        """What is in the index, and when and how it was built."""
        return self._states.as_one

    @property
    def waiting(self) -> int:
        """How many files were not read to the end when it was opened: the build goes on, or was stopped."""
        return sum(state.waiting for state in self._states.opened)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What of the sources could not be read when the index was built, each with the reason."""
        from ..indexing.manifest_reading import read_failures

        return tuple(one for state in self._states.now for one in read_failures(state.generation))

    @property
    def lost(self) -> Losses:
        """What its sources have lost from one build to the next, the latest first."""
        from ..indexing.losses import losses

        return losses(state.generation for state in self._states.now)

    @property
    def stamp(self) -> str:
        """What tells the answers of this build, of `people.toml` and the vectors as they are, from others."""
        return self._states.stamp

    @property
    def has_vectors(self) -> bool:
        """Whether it has vectors, by which `meaning=True` is answered; of several indexes, if all have."""
        from ..meaning import has_vectors

        return all(map(has_vectors, self.folders))

    def close(self) -> None:
        """Close the index, and the notebook that it has opened itself; it may be closed already."""
        if "_noted" in vars(self) and isinstance(self._notebook, Path | str | bool):
            self._noted.close()
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


@lru_cache(8)
def _among(ids: frozenset[str]) -> Among:
    """Return the node for some ids of paragraphs."""
    return Among("ids", f"{hash(ids)} {len(ids)}", frozenset(map(keyword, ids)))


def _cable_id(typed: str) -> str:
    """Return a cable's id from the id of the cable, or of a paragraph, in any spelling."""
    name = typed.strip("# ").partition("#")[0].strip()
    return canonical(name) or as_term(name)


def _by_date(cable: Cable) -> tuple[str, str]:
    return cable.created.isoformat() if cable.created else "~", cable.id


def open_index(
    folder: Path | str = "index",
    *others: Path | str,
    redact: bool = False,
    seconds: float | None = None,
    notebook: Notebook | Path | str | bool = False,
) -> Index:
    """Open an index for searching, or several as one.

    Args:
        others: the folders of more indexes. What is found is what one index of all their sources would find:
            of a cable that several have, the fullest text, and different cables with one id with a suffix.
        redact: hide the names that drafters asked to protect, in cables, hits and rows. `people`, `person`
            and `facets` do not read cables and still name everybody.
        seconds: how long a question may take before it is given up with a `SlowQueryError`; None or 0 for no
            limit. It holds for every method except `scan`, `cable` and `cables`.
        notebook: what `label:`, `noted:`, `list:` and `query:` ask: a notebook, its file, or true for the one
            beside the index; it need not exist yet. Without it they are refused.

    Raises:
        NoIndexError: there is no index in the folder.
        BrokenIndexError: it is damaged, or of another version.
        IndexStateError: several cannot be searched as one: they have different engines, or are on a cluster.
    """
    from ..indexing import open_generations

    folders, reader, states = open_generations([*map(Path, (folder, *others))])
    return Index(folders, reader, states=states, redact=redact, seconds=seconds, notebook=notebook)
