"""The whoosh engine: pure Python, for collections of some thousands of paragraphs.

Whoosh keeps the postings, the columns and the segments. A tree is evaluated here, node by node, to the
paragraphs that it matches and their scores: every match counts in the total, so that there is nothing to gain
from Whoosh's way of skipping some, and its weighting knows no exact lengths.
"""

from __future__ import annotations

import json
import pickle
import re
import struct
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest
from math import log
from pathlib import Path
from typing import Any

from whoosh import columns, fields, formats, query
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, LockError
from whoosh.index import IndexError as WhooshIndexError
from whoosh.reading import CorruptIndexError, SegmentReader, TermNotFound

from ..cable import Cable
from ..errors import LockedError
from .base import (
    COLUMNS,
    POSITIONED,
    Document,
    Engine,
    Match,
    Page,
    Reader,
    Sort,
    Writer,
    damage,
    pack,
    quantised,
    rounded,
    spacings,
    unpack,
)

Scores = dict[int, float]  # a paragraph's number in Whoosh, and what it scores

UNDATED = -(2**63)

DAMAGE = (OSError, EOFError, struct.error, zlib.error, pickle.UnpicklingError, CorruptIndexError)
# What else unpickling and decoding raise on bytes that are not what they should be.
UNREADABLE = (
    *DAMAGE,
    WhooshIndexError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ImportError,
    AssertionError,
)


class Terms(fields.FieldType):
    """Terms as they come, with a space between."""

    def __init__(self, encoding: formats.Existence | formats.Positions) -> None:
        self.format = self._encoding = encoding

    def index(self, value: Any, **options: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        places = defaultdict(list)
        for place, term in enumerate(value.split(" ")):
            places[term].append(place)
        for term, at in places.items():
            count = len(at) if self._encoding.supports("positions") else 1
            yield term.encode(), count, count, self._encoding.encode(at)


def _schema() -> fields.Schema:
    terms = {c: Terms(formats.Positions() if c in POSITIONED else formats.Existence()) for c in COLUMNS}
    return fields.Schema(
        **terms,
        cable=Terms(formats.Existence()),  # its id, whole
        lengths=fields.COLUMN(columns.StructColumn(f"!{len(COLUMNS)}I", (0,) * len(COLUMNS))),
        date=fields.COLUMN(columns.NumericColumn("q", default=UNDATED)),
        place=fields.COLUMN(
            columns.VarBytesColumn()
        ),  # the cable's id, a NUL, the ordinal if it is a paragraph
        facets=fields.COLUMN(columns.VarBytesColumn()),
        stored=fields.COLUMN(columns.VarBytesColumn()),  # the cable, with its first paragraph
    )


class WhooshWriter(Writer):
    def __init__(self, index: FileIndex) -> None:
        self._index = index
        self._open: Any = None  # Whoosh's writer, which ends with its commit
        self._added: dict[str, range] = {}

    @property
    def _writer(self) -> Any:
        if self._open is None:
            try:
                self._open = self._index.writer()
            except LockError as error:
                raise LockedError("another build is writing this index: wait for it") from error
        return self._open

    def add(self, cable: Cable, documents: Iterable[Document]) -> None:
        first = self._writer.doc_count()
        rows = [_row(document) for document in documents] or [_bare(cable)]
        rows[0]["stored"] = pack(cable)
        for row in rows:
            self._writer.add_document(**row)
        self._added[cable.id] = range(first, first + len(rows))

    def remove(self, ids: Iterable[str]) -> None:
        with self._writer.reader() as reader:
            for id in ids:
                for number, _ in _postings(reader, "cable", id):
                    self._writer.delete_document(number)
                for number in self._added.pop(id, ()):
                    self._writer.get_segment().delete_document(number)

    def commit(self) -> None:
        if self._open is not None:
            self._open.commit(mergetype=_merge_smaller)
        self._open, self._added = None, {}

    def discard(self) -> None:
        if self._open is not None:
            self._open.cancel()
        self._open, self._added = None, {}


def _row(document: Document) -> dict[str, Any]:
    """Give a paragraph as Whoosh takes it."""
    return document.terms | {
        "cable": document.cable,
        "lengths": [document.terms.get(c, "").count(" ") + (c in document.terms) for c in COLUMNS],
        "date": UNDATED if document.date is None else document.date,
        "place": f"{document.cable}\0{document.ordinal:07}".encode(),
        "facets": json.dumps(document.facets).encode(),
    }


def _bare(cable: Cable) -> dict[str, Any]:
    """Give a cable without paragraphs as Whoosh takes it."""
    return {"cable": cable.id, "place": f"{cable.id}\0".encode()}


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


def _postings(reader: Any, column: str, term: str | bytes) -> Iterator[tuple[int, Any]]:
    """Give the numbers of the paragraphs that hold a term, each with the matcher that stands on it."""
    try:
        matcher = reader.postings(column, term)
    except TermNotFound:
        return
    while matcher.is_active():
        yield matcher.id(), matcher
        matcher.next()


class WhooshReader(Reader):
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with damage(folder, *UNREADABLE):
            self._reader = FileIndex(FileStorage(str(folder), readonly=True)).reader()
            if self._reader.schema.names() != _schema().names():
                raise ValueError("other columns")
            places = self._column("place")
        living = [number for number in range(len(places)) if not self._reader.is_deleted(number)]
        self._size = len(living)
        self._places: dict[int, tuple[str, int]] = {}  # of the paragraphs, in the order of equal ones
        self._ids: list[str] = []
        for place, number in sorted((places[number], number) for number in living):
            id, _, ordinal = place.decode().partition("\0")
            if not self._ids or self._ids[-1] != id:
                self._ids.append(id)
            if ordinal:
                self._places[number] = id, int(ordinal)

    def _column(self, name: str) -> list[Any]:
        leaves = self._reader.leaf_readers() if self._reader.doc_count_all() else ()
        return [value for leaf, _ in leaves for value in leaf.column_reader(name)]

    @cached_property
    def _dates(self) -> list[int]:
        return self._column("date")

    @cached_property
    def _lengths(self) -> list[tuple[int, ...]]:
        return self._column("lengths")

    @cached_property
    def _means(self) -> list[float]:
        sums = map(sum, zip(*(self._lengths[number] for number in self._places), strict=True))
        return [total / self._size for total in sums]

    # The answers

    def search(self, tree: Any, *, limit: int, offset: int = 0, sort: Sort = "relevance") -> Page:
        scores = self._scores(tree)
        found = nsmallest(offset + limit, scores, key=self._key(scores, sort))
        return Page(len(scores), tuple(Match(*self._places[n], scores[n]) for n in found[offset:]))

    def _key(self, scores: Scores, sort: Sort) -> Callable[[int], Any]:
        """Give what to sort paragraphs by."""
        rank = {number: rank for rank, number in enumerate(self._places)}
        if sort == "relevance":
            return lambda number: (-rounded(scores[number]), rank[number])
        sign = -1 if sort == "-date" else 1
        dates = self._dates
        return lambda number: (dates[number] == UNDATED, sign * dates[number], rank[number])

    def count(self, tree: Any) -> int:
        return len(self._scores(tree))

    def facets(self, tree: Any, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        counts: dict[str, Counter[str]] = {field: Counter() for field in fields}
        shown = self._column("facets")
        for values, paragraphs in Counter(shown[number] for number in self._scores(tree)).items():
            for field, of_field in json.loads(values).items():
                if field in counts:
                    counts[field].update(dict.fromkeys(of_field, paragraphs))
        return {
            field: dict(sorted(c.items(), key=lambda item: (-item[1], item[0])))
            for field, c in counts.items()
        }

    def cable(self, id: str) -> Cable | None:
        with damage(self._folder, *DAMAGE):
            stored = self._reader.column_reader("stored")
            packed = [stored[number] for number, _ in _postings(self._reader, "cable", id) if stored[number]]
            return unpack(packed[0]) if packed else None

    def cables(self) -> Iterator[str]:
        return iter(self._ids)

    def frequency(self, column: str, term: str) -> int:
        return len(self._scores(query.Term(column, term)))

    def size(self) -> tuple[int, int]:
        return len(self._ids), len(self._places)

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
                return dict.fromkeys(self._places.keys() - self._evaluate(child), 0.0)
            case query.Term(fieldname=column, text=term, boost=boost):
                return self._term(column, term, boost)
            case query.Phrase(fieldname=column, words=words, slop=slop, boost=boost):
                return self._phrase(column, words, slop, boost)
            case _:
                return dict.fromkeys(self._members(tree), getattr(tree, "boost", 1.0))

    def _members(self, tree: Any) -> Iterable[int]:
        """Give the paragraphs that a leaf without weights matches."""
        match tree:
            case query.Every(fieldname=None):
                return self._places
            case query.Every(fieldname="date"):
                return [number for number in self._places if self._dates[number] != UNDATED]
            case query.Every(fieldname=column):
                place = COLUMNS.index(column)
                return [number for number in self._places if self._lengths[number][place]]
            case query.NumericRange():
                return [
                    n for n in self._places if self._dates[n] != UNDATED and _within(tree, self._dates[n])
                ]
            case query.Prefix(fieldname=column, text=start):
                return self._holders(column, self._reader.expand_prefix(column, start))
            case query.Wildcard(fieldname=column, text=pattern):
                alike = _glob(pattern)
                return self._holders(column, (term for term in self._lexicon(column) if alike(term)))
            case query.FuzzyTerm(fieldname=column, text=text, maxdist=most):
                near = (term for term in self._lexicon(column) if _distance(text, term, most) <= most)
                return self._holders(column, near)
            case _ if tree == query.NullQuery:
                return ()
        raise TypeError(f"no engine reads {type(tree).__name__}")

    def _lexicon(self, column: str) -> Iterator[str]:
        return (term.decode() for term in self._reader.lexicon(column))

    def _holders(self, column: str, terms: Iterable[str | bytes]) -> set[int]:
        return {number for term in terms for number, _ in _postings(self._reader, column, term)}

    def _term(self, column: str, term: str, boost: float) -> Scores:
        counts = {number: matcher.weight() for number, matcher in _postings(self._reader, column, term)}
        return self._bm25(column, counts, boost * self._idf(len(counts)))

    def _phrase(self, column: str, words: Sequence[str], slop: int, boost: float) -> Scores:
        """Score a phrase by its own frequency, by its words' if others may stand between them."""
        terms = [query.Term(column, word, boost) for word in words]
        if len(words) < 2:
            return self._evaluate(query.And(terms))
        ways = list(spacings(words, slop))
        places = [self._positions(column, word) for word in words]
        counts = {number: _occurrences(ways, [of[number] for of in places]) for number in _common(places)}
        found = {number: count for number, count in counts.items() if count}
        if len(ways) == 1:
            return self._bm25(column, found, boost * sum(self._idf(len(of)) for of in places))
        return _all([self._evaluate(query.And(terms)), dict.fromkeys(found, 0.0)], 1.0)

    def _positions(self, column: str, term: str) -> dict[int, list[int]]:
        return {n: matcher.value_as("positions") for n, matcher in _postings(self._reader, column, term)}

    def _idf(self, holders: int) -> float:
        return log(1 + (self._size - holders + 0.5) / (holders + 0.5))

    def _bm25(self, column: str, counts: Mapping[int, float], weight: float) -> Scores:
        place = COLUMNS.index(column)
        mean = self._means[place]
        lengths = self._lengths
        return {
            number: weight * 2.2 * tf / (tf + 1.2 * (0.25 + 0.75 * quantised(lengths[number][place]) / mean))
            for number, tf in counts.items()
        }


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


def _occurrences(ways: Iterable[Sequence[int]], places: Sequence[Sequence[int]]) -> int:
    """Count where a phrase stands, in any of its ways, from the places of each of its words."""
    sets = [set(of_word) for of_word in places]
    return sum(
        all(first + step in of_word for step, of_word in zip(way, sets, strict=True))
        for way in ways
        for first in places[0]
    )


def _within(bounds: Any, value: int) -> bool:
    above = bounds.start is None or value > bounds.start or (value == bounds.start and not bounds.startexcl)
    below = bounds.end is None or value < bounds.end or (value == bounds.end and not bounds.endexcl)
    return above and below


def _glob(pattern: str) -> Callable[[str], object]:
    """Give the test that a term passes if it is like the pattern."""
    likeness = "".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in re.sub(r"\*+", "*", pattern))
    return re.compile(likeness, re.DOTALL).fullmatch


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

    def write(self, folder: Path, *, fresh: bool) -> Writer:
        if fresh:
            folder.mkdir(parents=True, exist_ok=True)
            return WhooshWriter(FileIndex.create(FileStorage(str(folder)), _schema()))
        with damage(folder, *UNREADABLE):
            return WhooshWriter(FileIndex(FileStorage(str(folder))))

    def read(self, folder: Path) -> Reader:
        return WhooshReader(folder)


ENGINE = WhooshEngine()
