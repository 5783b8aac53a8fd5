"""The whoosh engine: pure Python, for collections of some thousands of paragraphs.

Whoosh keeps the postings, the columns and the segments. A tree is evaluated here, node by node, to the
paragraphs that it matches and their scores: every match counts in the total, so that there is nothing to gain
from Whoosh's way of skipping some, and its weighting knows no exact lengths.
"""

from __future__ import annotations

import json
import pickle
import struct
import zlib
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from functools import cached_property
from heapq import nsmallest
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

from whoosh import columns, fields, formats, query
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, LockError
from whoosh.index import IndexError as WhooshIndexError
from whoosh.reading import CorruptIndexError, SegmentReader, TermNotFound

from ...errors import BrokenIndexError, LockedError
from ...model.cable import Cable
from ..cable_score import Judge, idf
from ..contract import (
    COLUMNS,
    DEPTH,
    NEAR,
    POSITIONED,
    WHOLE,
    Again,
    Document,
    Engine,
    Match,
    Page,
    Reader,
    Sort,
    Writer,
    damage,
    day,
    globbed,
    quantised,
    rounded,
    sources,
    spacings,
    turn,
    unpack,
)

Scores = dict[int, float]  # a paragraph's number in order of cable id and ordinal, and what it scores

UNDATED = -(2**63)
WIDTH = len(COLUMNS) + 1  # of a paragraph's measures: its terms in each column, its date

DAMAGE = (OSError, EOFError, struct.error, zlib.error, pickle.UnpicklingError, CorruptIndexError)
# What else unpickling and decoding raise on bytes that are not what they should be.
UNREADABLE = (
    *(*DAMAGE, WhooshIndexError, ValueError, LookupError),
    *(TypeError, AttributeError, ImportError, AssertionError),
)


class Terms(fields.FieldType):
    """A column: for each paragraph of a cable its terms, with a space between.

    A posting is a cable, and its value tells the paragraphs that hold the term, each with the term's places
    if phrases are asked of the column: `0,5,17 3,2`.
    """

    def __init__(self, positioned: bool) -> None:
        self.format = formats.Format()
        self.positioned = positioned

    def index(self, value: Any, **options: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        postings = defaultdict(list)
        for ordinal, terms in enumerate(value):
            places = defaultdict(list)
            for place, term in enumerate(terms.split()):
                places[term].append(place)
            for term, at in places.items():
                told = [ordinal, *at] if self.positioned else [ordinal]
                postings[term].append(",".join(map(str, told)))
        for term, held in postings.items():
            yield term.encode(), 1, 1.0, " ".join(held).encode()


def _schema() -> fields.Schema:
    return fields.Schema(
        **{column: Terms(column in POSITIONED) for column in COLUMNS},
        cable=fields.ID(sortable=True),
        measures=fields.COLUMN(columns.VarBytesColumn()),
        facets=fields.COLUMN(columns.VarBytesColumn()),
        stored=fields.COLUMN(columns.VarBytesColumn()),
    )


class Files(FileStorage):
    """A folder of Whoosh's, which leaves files open where it fails to read them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))  # type: ignore[no-untyped-call]
        self._opened: list[Any] = []

    def open_file(self, name: str, *options: Any, **more: Any) -> Any:
        file = super().open_file(name, *options, **more)  # type: ignore[no-untyped-call]
        self._opened.append(file)
        return file

    def abandon(self) -> None:
        for file in self._opened:
            if not file.is_closed:
                file.close()


@contextmanager
def _opened(folder: Path) -> Iterator[FileIndex]:
    """Open an index that is there."""
    files = Files(folder)
    try:
        with damage(folder, *UNREADABLE):
            yield FileIndex(files)
    except BrokenIndexError:
        files.abandon()
        raise


class WhooshWriter(Writer):
    def __init__(self, index: FileIndex) -> None:
        self._index = index
        self._open: Any = None  # Whoosh's writer, which ends with its commit
        self._added: dict[str, int] = {}

    @property
    def _writer(self) -> Any:
        if self._open is None:
            try:
                self._open = self._index.writer(limitmb=256)
            except LockError as error:
                raise LockedError("another build is writing this index: wait for it") from error
        return self._open

    def put(self, id: str, packed: bytes, rows: Sequence[Document]) -> None:
        terms = [paragraph.terms for paragraph in rows]
        measures = chain.from_iterable(map(_measures, rows))
        self._added[id] = self._writer.doc_count()
        self._writer.add_document(
            **{column: [of_one.get(column, "") for of_one in terms] for column in COLUMNS},
            cable=id,
            measures=zlib.compress(array("q", measures).tobytes()),
            facets=json.dumps([p.facets for p in rows]).encode(),
            stored=zlib.compress(packed, 1),
        )

    def remove(self, ids: Iterable[str]) -> None:
        with closing(self._writer.reader()) as reader:
            for id in ids:
                for number, _ in _postings(reader, "cable", id):
                    self._writer.delete_document(number)
                if id in self._added:
                    self._writer.get_segment().delete_document(self._added.pop(id))

    def commit(self) -> None:
        if self._open is not None:
            self._open.commit(mergetype=_merge_smaller)
        self._open, self._added = None, {}

    def discard(self) -> None:
        if self._open is not None:
            self._open.cancel()
        self._open, self._added = None, {}


def _measures(paragraph: Document) -> list[int]:
    terms = paragraph.terms
    counts = [len(terms.get(column, "").split()) for column in COLUMNS]
    return [*counts, UNDATED if paragraph.date is None else paragraph.date]


def _merge_smaller(writer: Any, segments: list[Any]) -> list[Any]:
    """Merge the segments that hold no more than what is written after them, so that they stay few."""
    kept, written = [], writer.doc_count()
    for segment in sorted(segments, key=_living):
        if _living(segment) > written:
            kept.append(segment)
            continue
        written += _living(segment)
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return kept


def _living(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())


def _postings(reader: Any, column: str, term: str | bytes) -> Iterator[tuple[int, bytes]]:
    """Give the cables that hold a term, by their numbers in Whoosh, each with what its posting tells."""
    try:
        matcher = reader.postings(column, term)
    except TermNotFound:
        return
    while matcher.is_active():
        yield matcher.id(), matcher.value()
        matcher.next()


class WhooshReader(Reader):
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with _opened(folder) as index:
            self._reader = index.reader()
            if self._reader.schema.names() != _schema().names():
                raise ValueError("other columns")
            ids = sorted((id, number) for number, id in self._column("cable"))
            measures = {number: zlib.decompress(packed) for number, packed in self._column("measures")}
        self._cables: dict[str, int] = dict(ids)  # the numbers that Whoosh gives them
        self._first: dict[int, int] = {}  # the number of its first paragraph, by Whoosh's number of a cable
        self._places: list[tuple[str, int]] = []
        self._turns = array("q")
        self._measures = array("q")
        for id, number in self._cables.items():
            self._first[number] = len(self._places)
            of_cable = memoryview(measures[number]).cast("q")
            self._measures.extend(of_cable)
            places = [(id, ordinal) for ordinal in range(len(of_cable) // WIDTH)]
            self._places += places
            self._turns.extend(turn(*place) for place in places)

    def _column(self, name: str) -> Iterator[tuple[int, Any]]:
        """Give the cables by their numbers in Whoosh, each with its value in a column there."""
        for leaf, start in self._reader.leaf_readers() if self._reader.doc_count_all() else ():
            values = leaf.column_reader(name)
            yield from ((start + n, values[n]) for n in range(len(values)) if not leaf.is_deleted(n))

    @property
    def _dates(self) -> array[int]:
        return self._measures[WIDTH - 1 :: WIDTH]

    def _lengths(self, column: str) -> array[int]:
        return self._measures[COLUMNS.index(column) :: WIDTH]

    # The answers

    def search(
        self,
        tree: Any,
        *,
        limit: int,
        offset: int = 0,
        sort: Sort = "relevance",
        again: Again | None = None,
    ) -> Page:
        scores = self._scores(tree)
        depth = DEPTH if again and sort == "relevance" and offset < DEPTH else 0
        found = nsmallest(max(offset + limit, depth), scores, key=self._key(scores, sort))
        if again and depth:
            scores = scores | self._again(scores, found[:depth], again)
            found[:depth] = sorted(found[:depth], key=self._key(scores, sort))
        shown = scores if sort == "relevance" else dict.fromkeys(found, 0.0)
        return Page(
            len(scores), tuple(Match(*self._places[n], shown[n]) for n in found[offset : offset + limit])
        )

    def _again(self, scores: Scores, found: Sequence[int], again: Again) -> Scores:
        """Give what some paragraphs score with their cables, and the words that stand together."""
        near = self._scores(again.near) if again.near else {}
        with damage(self._folder, *DAMAGE):
            of_cables = self._judged({self._places[n][0] for n in found}, again.terms)
        return {n: scores[n] + WHOLE * of_cables[self._places[n][0]] + NEAR * near.get(n, 0.0) for n in found}

    def _judged(self, cables: Iterable[str], terms: Iterable[str]) -> dict[str, float]:
        """Give what some cables score for terms."""
        texts = {term: self._places_of("text", term) for term in terms}
        judge = Judge({term: len(held) for term, held in texts.items()}, *reversed(self.size()))
        bits = [held for term in judge.terms for held in (texts[term], self._places_of("named", term))]
        of_cables = {}
        for cable in cables:
            paragraphs = self._paragraphs(cable)
            held = Counter(sum(1 << bit for bit, has in enumerate(bits) if n in has) for n in paragraphs)
            of_cables[cable] = judge.score(held, len(paragraphs))
        return of_cables

    def _paragraphs(self, id: str) -> range:
        """Give the numbers of a cable's paragraphs."""
        first = self._first[self._cables[id]]
        return range(first, bisect_right(self._places, id, first, key=itemgetter(0)))

    def _key(self, scores: Scores, sort: Sort) -> Callable[[int], Any]:
        """Give what to sort paragraphs by."""
        if sort == "relevance":
            return lambda number: (-rounded(scores[number]), self._turns[number])
        sign = -1 if sort == "-date" else 1
        dates = self._dates
        return lambda number: (dates[number] == UNDATED, sign * dates[number], self._turns[number])

    def count(self, tree: Any) -> int:
        return len(self._scores(tree))

    def facets(self, tree: Any, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        counts: dict[str, Counter[str]] = {field: Counter() for field in fields}
        for number in self._scores(tree):
            for field in fields:
                counts[field].update(set(self._shown[number].get(field, ())))
        return {field: _most_first(of_field) for field, of_field in counts.items()}

    def days(self, tree: Any) -> dict[date, int]:
        dates = self._dates
        found = (dates[number] for number in self._scores(tree))
        return dict(sorted(Counter(day(moment) for moment in found if moment != UNDATED).items()))

    @cached_property
    def _shown(self) -> list[dict[str, list[str]]]:
        """Give the facets of all paragraphs."""
        shown = dict(self._column("facets"))
        return [facets for number in self._cables.values() for facets in json.loads(shown[number])]

    def cable(self, id: str) -> Cable | None:
        if id not in self._cables:
            return None
        with damage(self._folder, *DAMAGE):
            return unpack(zlib.decompress(self._reader.column_reader("stored")[self._cables[id]]))

    def cables(self) -> Iterator[str]:
        return iter(self._cables)

    def lexicon(self, column: str, beginning: str) -> Iterator[tuple[str, int]]:
        for term in map(bytes.decode, self._reader.expand_prefix(column, beginning)):
            if held := len(self._places_of(column, term)):
                yield term, held

    def size(self) -> tuple[int, int]:
        return len(self._cables), len(self._places)

    def close(self) -> None:
        self._reader.close()

    # The evaluation

    def _scores(self, tree: Any) -> Scores:
        with damage(self._folder, *DAMAGE):
            return self._evaluate(tree)

    def _evaluate(self, tree: Any) -> Scores:
        """Give the paragraphs that a tree matches, and their scores."""
        match tree:
            case query.ConstantScoreQuery(child=child, score=score):
                return dict.fromkeys(self._evaluate(child), score)
            case query.And(subqueries=children, boost=boost):
                return _all([self._evaluate(child) for child in children], boost)
            case query.Or(subqueries=children, boost=boost):
                return _any([self._evaluate(child) for child in children], boost)
            case query.Not(query=child):
                excluded = self._evaluate(child)
                return {number: 0.0 for number in range(len(self._places)) if number not in excluded}
            case query.Term(fieldname=column, text=term, boost=boost) if column in POSITIONED:
                return self._term(column, term, boost)
            case query.Phrase(fieldname=column, words=words, slop=slop, boost=boost):
                return self._phrase(column, words, slop, boost)
            case _:
                return dict.fromkeys(self._members(tree), getattr(tree, "boost", 1.0))

    def _members(self, tree: Any) -> Iterable[int]:
        """Give the paragraphs that a leaf without weights matches."""
        match tree:
            case query.Every(fieldname=None):
                return range(len(self._places))
            case query.Every(fieldname="date"):
                return (number for number, date in enumerate(self._dates) if date != UNDATED)
            case query.Every(fieldname=column):
                lengths = map(any, zip(*map(self._lengths, sources(column)), strict=True))
                return (number for number, length in enumerate(lengths) if length)
            case query.NumericRange():
                return (number for number, date in enumerate(self._dates) if _within(tree, date))
            case query.Term(fieldname=column, text=text):
                return self._holders(column, lambda source: [text])
            case query.Prefix(fieldname=column, text=start):
                return self._holders(column, lambda source: self._reader.expand_prefix(source, start))
            case query.Wildcard(fieldname=column, text=pattern):
                return self._alike(column, globbed(pattern))
            case query.FuzzyTerm(fieldname=column, text=text, maxdist=most):
                return self._alike(column, lambda term: _distance(text, term, most) <= most)
            case _ if tree == query.NullQuery:
                return ()
        raise TypeError(f"no engine reads {type(tree).__name__}")

    def _alike(self, column: str, test: Callable[[str], object]) -> set[int]:
        """Give the paragraphs with a term that passes a test."""
        return self._holders(
            column, lambda source: (term for term in self._reader.lexicon(source) if test(term.decode()))
        )

    def _holders(self, column: str, terms: Callable[[str], Iterable[str | bytes]]) -> set[int]:
        """Give the paragraphs with one of the terms that are asked of each source of a column."""
        return {
            number
            for source in sources(column)
            for term in terms(source)
            for number in self._places_of(source, term)
        }

    def _places_of(self, column: str, term: str | bytes) -> dict[int, list[int]]:
        """Give the paragraphs that hold a term, each with the term's places, in a column that keeps them."""
        held = {}
        for cable, told in _postings(self._reader, column, term):
            for paragraph in told.split():
                ordinal, *places = map(int, paragraph.split(b","))
                held[self._first[cable] + ordinal] = places
        return held

    def _term(self, column: str, term: str, boost: float) -> Scores:
        counts = {number: len(at) for number, at in self._places_of(column, term).items()}
        return self._bm25(column, counts, boost * self._idf(len(counts)))

    def _phrase(self, column: str, words: Sequence[str], slop: int, boost: float) -> Scores:
        """Score a phrase by its own frequency, by its words' if others may stand between them."""
        terms = query.And([query.Term(column, word, boost) for word in words])
        if len(words) < 2:
            return self._evaluate(terms)
        widest = spacings(words, slop)[-1][-1]
        places = [self._places_of(column, word) for word in words]
        together = {number: [of_word[number] for of_word in places] for number in _common(places)}
        if widest == len(words) - 1:
            counts = {number: count for number, at in together.items() if (count := _repeats(at))}
            return self._bm25(column, counts, boost * sum(self._idf(len(of_word)) for of_word in places))
        return _all([self._evaluate(terms), {n: 0.0 for n, at in together.items() if _near(at, widest)}], 1.0)

    def _idf(self, holders: int) -> float:
        return idf(holders, len(self._places))

    def _bm25(self, column: str, counts: Mapping[int, int], weight: float) -> Scores:
        """Score what holds a term so many times, by the lengths of all."""
        lengths = self._lengths(column)
        mean = sum(lengths) / max(len(lengths), 1)
        return {
            number: weight * 2.2 * tf / (tf + 1.2 * (0.25 + 0.75 * quantised(lengths[number]) / mean))
            for number, tf in counts.items()
        }


def _most_first(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _common(parts: Sequence[dict[int, Any]]) -> set[int]:
    return set.intersection(*map(set, parts)) if parts else set()


def _all(parts: Sequence[Scores], boost: float) -> Scores:
    return {number: boost * sum(part[number] for part in parts) for number in _common(parts)}


def _any(parts: Sequence[Scores], boost: float) -> Scores:
    total: Scores = defaultdict(float)
    for part in parts:
        for number, score in part.items():
            total[number] += boost * score
    return total


def _repeats(places: Sequence[Sequence[int]]) -> int:
    """Count where words follow one another, from the places of each."""
    return sum(all(first + i in of_word for i, of_word in enumerate(places)) for first in places[0])


def _near(places: Sequence[Sequence[int]], widest: int) -> bool:
    """Tell whether words stand in order with the last at most so far from the first."""
    for first in places[0]:
        last = first
        for of_word in places[1:]:
            following = bisect_right(of_word, last)
            if following == len(of_word):
                return False
            last = of_word[following]
        if last - first <= widest:
            return True
    return False


def _within(bounds: Any, value: int) -> bool:
    above = bounds.start is None or value > bounds.start or (value == bounds.start and not bounds.startexcl)
    below = bounds.end is None or value < bounds.end or (value == bounds.end and not bounds.endexcl)
    return value != UNDATED and above and below


def _distance(a: str, b: str, most: int) -> int:
    """Count the edits between two words, a swap of neighbours being one; beyond `most` say no more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            edits = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                edits = min(edits, before[j - 2] + 1)
            row.append(edits)
        if min(row) > most and min(last) > most:
            return most + 1
        before, last = last, row
    return last[-1]


class WhooshEngine(Engine):
    name = "whoosh"
    writer = WhooshWriter

    def write(self, folder: Path, *, fresh: bool) -> Writer:
        if fresh:
            folder.mkdir(parents=True, exist_ok=True)
            return WhooshWriter(FileIndex.create(Files(folder), _schema()))
        with _opened(folder) as index:
            return WhooshWriter(index)

    def read(self, folder: Path) -> Reader:
        return WhooshReader(folder)


ENGINE = WhooshEngine()
