"""What is fuzzed: each target makes inputs, and says what must hold of each."""

from __future__ import annotations

import random
import tempfile
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from hypothesis import strategies as st

from cablesearch import (
    FIELDS,
    Cable,
    CablesearchError,
    Index,
    PeopleFileError,
    QueryError,
    open_index,
    parse_cable,
    rebuild_index,
)
from cablesearch.engines import LOCAL
from cablesearch.parse import parse_batch
from cablesearch.people import name_batch
from cablesearch.people.registry import Overrides, find_people, join_names, read_overrides
from cablesearch.terminal.results import results_text

from .. import damage
from ..growth.check_inputs import read
from ..growth.inputs import MESSAGE
from . import pieces, seeds
from .cables import check_cable, check_indexes
from .edits import edited

I = TypeVar("I")  # noqa: E741  an input


class Target(ABC, Generic[I]):
    """A part of the program, fed with inputs of its own. A context manager, which has what they need."""

    name: ClassVar[str]
    share: ClassVar[float]  # of the time
    inputs: st.SearchStrategy[I]

    @abstractmethod
    def check(self, value: I) -> None:
        """Give the program an input; whatever is raised is a finding."""

    @abstractmethod
    def content(self, value: I) -> tuple[str, bytes]:
        """Return an input as a file to keep, with a name for it."""

    def end_round(self) -> None:
        """Check what takes too long for each input."""

    def __enter__(self) -> Target[I]:
        return self

    def __exit__(self, *raised: object) -> None:
        """Let go of what the inputs needed."""


class Files(Target[tuple[str, bytes]]):
    """Readers, parser, people, storage and output: damaged files of every kind."""

    name = "files"
    share = 0.5
    BATCH = 100  # cables that are put into an index together
    SHOWN = 2  # cables of an input that are shown and written

    def __init__(self) -> None:
        self.inputs = edited(seeds.files())
        self._cables: list[Cable] = []

    def check(self, value: tuple[str, bytes]) -> None:
        name, data = value
        parsed = parse_batch(read(data, name))
        cables = name_batch([cable for cable in parsed if isinstance(cable, Cable)])
        for cable in cables[: self.SHOWN]:
            check_cable(cable)
        if len(self._cables) < self.BATCH:
            self._cables += cables

    def content(self, value: tuple[str, bytes]) -> tuple[str, bytes]:
        return value

    def end_round(self) -> None:
        cables, self._cables = self._cables, []
        check_indexes(cables)


TEXTS = st.lists(st.sampled_from(pieces.TEXT) | st.text(max_size=6), max_size=30).map("".join)
_NAMES = st.lists(st.sampled_from(pieces.NAMES) | st.text(max_size=4), max_size=12).map("".join)


class People(Target[tuple[str, bytes]]):
    """Names in running text, joined over cables, protected, and in the user's file."""

    name = "people"
    share = 0.1

    def __init__(self) -> None:
        own = edited({"people.toml": seeds.PEOPLE_FILE.encode()})
        self.inputs = own | st.tuples(st.just("cable.txt"), _NAMES.map(_in_a_cable))
        self._folder = tempfile.TemporaryDirectory()

    def __exit__(self, *raised: object) -> None:
        self._folder.cleanup()

    def check(self, value: tuple[str, bytes]) -> None:
        name, data = value
        if name == "people.toml":
            file = Path(self._folder.name) / name
            file.write_bytes(data)
            with suppress(PeopleFileError):
                join_names({"Karim Masimov": 2, "Orlan": 1}, read_overrides(file))
            return
        cable = parse_cable(data.decode("utf-8", "surrogatepass"), "06KELVO2069", people=True)
        check_cable(cable)
        named = {person.full_name: n for p in cable.paragraphs for n, person in enumerate(p.people, 1)}
        people = join_names(named, Overrides())
        assert sum(person.paragraphs for person in people) <= sum(named.values())
        for person in named:
            list(find_people(people, person))

    def content(self, value: tuple[str, bytes]) -> tuple[str, bytes]:
        return value


def _in_a_cable(text: str) -> bytes:
    return MESSAGE.replace("Minister Ivo Quell met", text).encode("utf-8", "surrogatepass")


_QUERY_PIECES = st.sampled_from((*pieces.QUERIES, *(f"{field.name}:" for field in FIELDS)))
_QUERIES = st.lists(_QUERY_PIECES | st.sampled_from(pieces.TEXT), max_size=20).map("".join) | st.text(
    max_size=60
)
_FILTERS = st.dictionaries(
    st.sampled_from(sorted(field.name for field in FIELDS)), st.lists(_QUERIES, max_size=3), max_size=2
)
_COUNTS = st.sampled_from([0, 1, 2, 3, 10, 24, 25, 26, 100, 10**9, 10**30, -1])
Question = tuple[str, str, dict[str, list[str]], int, int]


class Queries(Target[Question]):
    """The query language, every kind of question, and both engines, which must agree."""

    name = "queries"
    share = 0.3

    def __init__(self) -> None:
        kinds = st.sampled_from(["search", "search", "search", "date", "count", "facets", "timeline", "show"])
        more = st.sampled_from(["similar", "people", "person", "explain", "cable"])
        self.inputs = st.tuples(kinds | more, _QUERIES, st.just({}) | _FILTERS, _COUNTS, _COUNTS)

    def __enter__(self) -> Queries:
        self._folder = tempfile.TemporaryDirectory()
        corpus = Path(self._folder.name) / "corpus"
        corpus.mkdir()
        for name, data in seeds.files().items():
            (corpus / name).write_bytes(data)
        for number in range(60):
            (corpus / f"{number}.txt").write_text(_generated(number), "utf-8")
        self._indexes = []
        for engine in LOCAL:
            folder = Path(self._folder.name) / engine
            rebuild_index(folder, corpus, engine=engine, workers=0)
            self._indexes.append(open_index(folder))
        return self

    def __exit__(self, *raised: object) -> None:
        for index in self._indexes:
            index.close()
        self._folder.cleanup()

    def check(self, value: Question) -> None:
        first, *others = [_answer(index, *value) for index in self._indexes]
        for other in others:
            assert other == first, f"the engines disagree: {first!r:.300} and {other!r:.300}"

    def content(self, value: Question) -> tuple[str, bytes]:
        return "question.txt", repr(value).encode("utf-8", "backslashreplace")


def _generated(number: int) -> str:
    """Return a cable of its own for a number: with other words, at another length."""
    chance = random.Random(number)
    text = "".join(
        f"\n\n{n}. ({chance.choice(['C', 'S/NF', 'U'])}) {' '.join(chance.choices(pieces.WORDS, k=30))}."
        for n in range(1, chance.randrange(2, 8))
    )
    return MESSAGE.partition("\n\n1. ")[0].replace("2069", f"{3000 + number}") + text


def _answer(
    index: Index, kind: str, query: str, filters: dict[str, list[str]], limit: int, offset: int
) -> object:
    """Return an engine's answer to a question, as far as all must give the same."""
    try:
        match kind:
            case "search" | "date":
                sort = "date" if kind == "date" else "relevance"
                results = index.search(query, limit=limit, offset=offset, sort=sort, filters=filters)  # type: ignore[arg-type]
                for hit in results.hits[:3]:
                    hit.as_dict()
                results_text(results, limit=limit, offset=offset)
                ids = [hit.paragraph.id for hit in results]
                return results.total, results.relaxed, sorted(ids) if len(ids) == results.total else len(ids)
            case "count":
                return index.count(query, filters)
            case "facets":
                return index.facets(query, [field.name for field in FIELDS if field.facet], filters).as_dict()
            case "timeline":
                return index.timeline(query, "day", filters).as_dict()
            case "people":
                return [person.forms for person in index.people(query or "*", filters)]
            case "person":
                return len(index.person(query))
            case "explain":
                return index.explain(query, filters)[:1]  # removed paragraphs may count in the others
            case "similar":
                return index.similar(query).total
            case _:
                return [cable.id for cable in index.cables(query)], index.cable(query)
    except QueryError as error:
        return _on_one_line(error)
    except CablesearchError as error:
        raise AssertionError(f"{index.state.engine}: {error}") from error


def _on_one_line(error: QueryError) -> str:
    message = str(error)
    assert "\n" not in message, f"a message of several lines: {message!r}"
    return message


class Indexes(Target[tuple[str, bytes]]):
    """Indexes of which one file is damaged."""

    name = "indexes"
    share = 0.1
    CABLES = 12

    def __enter__(self) -> Indexes:
        self._folder = tempfile.TemporaryDirectory()
        root, corpus = Path(self._folder.name), Path(self._folder.name) / "cables.csv"
        damage.make_corpus(corpus, self.CABLES)
        self._expected: dict[str, str] = {}
        self._files: dict[str, bytes] = {}
        for engine in LOCAL:
            damage.build(root / engine, corpus)
            kind, self._expected[engine] = damage.in_a_process(lambda: damage.answers(root / engine))  # noqa: B023
            assert kind == "done", self._expected[engine]
            files = (file for file in (root / engine).rglob("*") if file.is_file())
            self._files |= {file.relative_to(root).as_posix(): file.read_bytes() for file in files}
        self.inputs = edited(self._files)
        return self

    def __exit__(self, *raised: object) -> None:
        self._folder.cleanup()

    def check(self, value: tuple[str, bytes]) -> None:
        name, data = value
        root, engine = Path(self._folder.name), name.partition("/")[0]
        (root / name).write_bytes(data)
        kind, text = damage.outcome(root / engine, self._expected[engine])
        (root / name).write_bytes(self._files[name])
        assert kind not in damage.FAULTS, f"{kind}: {text}"

    def content(self, value: tuple[str, bytes]) -> tuple[str, bytes]:
        return value[0].replace("/", "-"), value[1]


TARGETS: tuple[type[Target], ...] = (Files, Queries, People, Indexes)  # type: ignore[type-arg]
