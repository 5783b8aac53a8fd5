"""Answers queries from Whoosh's postings."""

from __future__ import annotations

import json
import zlib
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import cached_property
from heapq import nsmallest
from operator import itemgetter
from threading import RLock
from typing import TypeVar, assert_never

from ...analysis.distance import are_near
from ...model.cable import Cable
from ...query.tree import (
    EVERYTHING,
    All,
    Among,
    Any,
    Between,
    Boost,
    Everything,
    Filter,
    Fuzzy,
    Has,
    Near,
    Not,
    Noted,
    Nothing,
    Pattern,
    Phrase,
    Prefix,
    Range,
    Saved,
    SimpleLeaf,
    Term,
    Tree,
    Value,
    Wildcard,
)
from ..cable_score import CableScorer
from ..contract import CableCounts, Match, Member, Page, Reader, Rerank, Sort
from ..deadline import check_deadline
from ..documents import COLUMNS, SCORED, columns_for
from ..proximity import Option, ways
from ..scoring import (
    ADJACENCY_WEIGHT,
    CABLE_WEIGHT,
    RERANK_DEPTH,
    NearWord,
    day,
    idf,
    most_frequent_first,
    nearest_words,
    quantise_length,
    round_score,
    spacings,
    tie_key,
)
from ..storage import unpack
from .schema import MEASURES, UNDATED, open_together, postings, segments

# Paragraphs are numbered in the order of cable id and ordinal.
Scores = dict[int, float]  # by a paragraph's number
Positions = dict[int, list[int]]  # by a paragraph's number, where a term stands in it

T = TypeVar("T")

CACHED_PATTERNS = 128  # as many as a query has
CACHED_SETS = 32  # of paragraphs with given ids


class WhooshReader(Reader):
    def __init__(self, *members: Member) -> None:
        self._reading = RLock()  # one thread at a time: all of them share a file's position
        self._terms: dict[str, list[str]] = {}  # of each column that was asked for all of them
        # What patterns matched: a search asks up to three times.
        self._found: dict[Pattern, set[int]] = {}
        self._among: dict[tuple[Among, float], Scores] = {}
        with open_together(members) as self._reader:
            ids = sorted((id, number) for number, id in self._column("cable", str))
            measures = {number: zlib.decompress(packed) for number, packed in self._column("measures", bytes)}
        self._cables: dict[str, int] = dict(ids)  # Whoosh's number of each cable
        self._first: dict[int, int] = {}  # a cable's first paragraph, by Whoosh's number of the cable
        self._places: list[tuple[str, int]] = []
        self._tie_keys = array("q")
        self._measures = array("q")
        for id, number in self._cables.items():
            self._first[number] = len(self._places)
            of_cable = memoryview(measures[number]).cast("q")
            self._measures.extend(of_cable)
            places = [(id, ordinal) for ordinal in range(len(of_cable) // MEASURES)]
            self._places += places
            self._tie_keys.extend(tie_key(*place) for place in places)

    def _column(self, name: str, kind: type[T]) -> Iterator[tuple[int, T]]:
        """Yield each cable's number in Whoosh, and its value in one of Whoosh's columns."""
        for leaf, start in segments(self._reader):
            values = leaf.column_reader(name)
            yield from ((start + n, values[n]) for n in range(len(values)) if not leaf.is_deleted(n))

    @property
    def _dates(self) -> array[int]:
        return self._measures[MEASURES - 1 :: MEASURES]

    def _lengths(self, column: str) -> array[int]:
        return self._measures[COLUMNS.index(column) :: MEASURES]

    # The answers

    def search(
        self,
        tree: Tree,
        *,
        limit: int,
        offset: int = 0,
        sort: Sort = "relevance",
        rerank: Rerank | None = None,
    ) -> Page:
        scores = self._scores(tree)
        limit, offset = min(limit, len(scores)), min(offset, len(scores))
        depth = RERANK_DEPTH if rerank and sort == "relevance" and offset < RERANK_DEPTH else 0
        best = nsmallest(max(offset + limit, depth), scores, key=self._sort_key(scores, sort))
        if rerank and depth:
            scores = scores | self._rerank(scores, best[:depth], rerank)
            best[:depth] = sorted(best[:depth], key=self._sort_key(scores, sort))
        shown = scores if sort == "relevance" else dict.fromkeys(best, 0.0)
        page = best[offset : offset + limit]
        return Page(len(scores), tuple(Match(*self._places[n], shown[n]) for n in page))

    def scan(self, tree: Tree) -> Iterator[Match]:
        for number in sorted(self._scores(tree), key=self._tie_keys.__getitem__):
            yield Match(*self._places[number], 0.0)

    def _rerank(self, scores: Scores, paragraphs: Sequence[int], rerank: Rerank) -> Scores:
        """Return the scores of some paragraphs including those of their cables, and of words in a row."""
        adjacent = self._scores(rerank.adjacent) if rerank.adjacent else {}
        with self._reading:
            cables = self._cable_scores({self._places[n][0] for n in paragraphs}, rerank.terms)
        return {
            n: scores[n] + CABLE_WEIGHT * cables[self._places[n][0]] + ADJACENCY_WEIGHT * adjacent.get(n, 0.0)
            for n in paragraphs
        }

    def _cable_scores(self, cables: Iterable[str], terms: Iterable[str]) -> dict[str, float]:
        """Return the scores of some cables for terms."""
        in_text = {term: self._positions_of("text", term) for term in terms}
        scorer = CableScorer({term: len(held) for term, held in in_text.items()}, *reversed(self.size()))
        bits = [held for term in scorer.terms for held in (in_text[term], self._positions_of("named", term))]
        scores = {}
        for cable in cables:
            paragraphs = self._paragraphs(cable)
            holdings = Counter(sum(1 << bit for bit, has in enumerate(bits) if n in has) for n in paragraphs)
            scores[cable] = scorer.score(holdings, len(paragraphs))
        return scores

    def _paragraphs(self, id: str) -> range:
        """Return the numbers of a cable's paragraphs."""
        first = self._first[self._cables[id]]
        return range(first, bisect_right(self._places, id, first, key=itemgetter(0)))

    def _sort_key(self, scores: Scores, sort: Sort) -> Callable[[int], tuple[float, ...]]:
        if sort == "relevance":
            return lambda number: (-round_score(scores[number]), self._tie_keys[number])
        sign = -1 if sort == "-date" else 1
        dates = self._dates
        return lambda number: (dates[number] == UNDATED, sign * dates[number], self._tie_keys[number])

    def count(self, tree: Tree) -> int:
        return len(self._scores(tree))

    def facets(self, tree: Tree, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        counts: dict[str, Counter[str]] = {field: Counter() for field in fields}
        for number in self._scores(tree):
            for field in fields:
                counts[field].update(set(self._facet_values[number].get(field, ())))
        return {field: most_frequent_first(values.items()) for field, values in counts.items()}

    def terms(self, column: str, tree: Tree = EVERYTHING) -> dict[str, int]:
        among = self._scores(tree).keys()
        with self._reading:
            counts = {
                term: len(among & set(self._holders_of(column, term))) for term in self._terms_of(column)
            }
        return most_frequent_first((term, count) for term, count in counts.items() if count)

    def by_cable(self, tree: Tree, limit: int = 0) -> CableCounts:
        counts = Counter(self._places[number][0] for number in self._scores(tree))
        most = nsmallest(limit, counts, key=lambda id: (-counts[id], tie_key(id, 0)))
        return CableCounts(len(counts), {id: counts[id] for id in most})

    def days(self, tree: Tree) -> dict[date, int]:
        dates = self._dates
        moments = (dates[number] for number in self._scores(tree))
        return dict(sorted(Counter(day(moment) for moment in moments if moment != UNDATED).items()))

    @cached_property
    def _facet_values(self) -> list[dict[str, list[str]]]:
        """The facets of all paragraphs."""
        with self._reading:
            packed = dict(self._column("facets", bytes))
        return [facets for number in self._cables.values() for facets in json.loads(packed[number])]

    def cable(self, id: str) -> Cable | None:
        if id not in self._cables:
            return None
        with self._reading:
            return unpack(zlib.decompress(self._reader.column_reader("stored")[self._cables[id]]))

    def cables(self) -> Iterator[str]:
        return iter(self._cables)

    def frequencies(self, column: str, terms: Iterable[str]) -> dict[str, int]:
        return {term: self.count(Term(column, term)) for term in terms}

    def near_words(
        self, start: str, *, to: str | None = None, distance: int = 0, at_least: int = 1, limit: int = 10
    ) -> list[NearWord]:
        with self._reading:
            return nearest_words(self._lexicon(start, to, distance), to, distance, at_least, limit)

    def _lexicon(self, start: str, to: str | None, distance: int) -> Iterator[tuple[str, int]]:
        """Yield the words with a prefix (those near `to`, if given), and how many paragraphs hold each."""
        for column in columns_for("words"):
            for term in map(bytes.decode, self._reader.expand_prefix(column, start)):
                if (column == "words" or not term.endswith("i")) and (
                    to is None or are_near(to, term, distance)
                ):
                    yield term, sum(1 for _ in self._holders_of(column, term))

    def size(self) -> tuple[int, int]:
        return len(self._cables), len(self._places)

    def close(self) -> None:
        with self._reading:
            self._reader.close()

    # The evaluation

    def _scores(self, tree: Tree) -> Scores:
        """Return the paragraphs that a tree matches, and their scores."""
        with self._reading:
            return self._evaluate(tree)

    def _evaluate(self, tree: Tree) -> Scores:
        check_deadline()
        match tree:
            case Filter(Among() as among, score):
                return self._scores_among(among, score)
            case Filter(part, score):
                return dict.fromkeys(self._evaluate(part), score)
            case Boost(part, factor):
                return {number: factor * score for number, score in self._evaluate(part).items()}
            case All(parts):
                return _intersection([self._evaluate(part) for part in parts])
            case Any(parts):
                return _union([self._evaluate(part) for part in parts])
            case Not(part):
                excluded = self._evaluate(part)
                return {number: 0.0 for number in range(len(self._places)) if number not in excluded}
            case Term(column, term) if column in SCORED:
                return self._term(column, term)
            case Phrase(column, words, slop):
                found = self._phrase(column, words, slop)
                return found if column in SCORED else dict.fromkeys(found, 1.0)
            case Near(column):
                near = self._near(tree)
                if column not in SCORED:
                    return dict.fromkeys(near, 1.0)
                return _intersection([self._evaluate(Any(tree.words)), near])
            case _:
                return dict.fromkeys(self._matches(tree), 1.0)

    def _matches(self, leaf: SimpleLeaf) -> Iterable[int]:
        """Return the paragraphs that a leaf without weights matches."""
        match leaf:
            case Everything():
                return range(len(self._places))
            case Has("date"):
                return (number for number, date in enumerate(self._dates) if date != UNDATED)
            case Has(column):
                lengths = map(any, zip(*map(self._lengths, columns_for(column)), strict=True))
                return (number for number, length in enumerate(lengths) if length)
            case Range():
                beyond = self._positions_of("month", leaf.broken_month or "")
                dates = enumerate(self._dates)
                return (n for n, date in dates if _is_within(leaf, date) and n not in beyond)
            case Between("cited"):
                return self._cited(leaf)
            case Between():
                words = self._measures[MEASURES - 2 :: MEASURES]
                return (number for number, count in enumerate(words) if leaf.holds(count))
            case Term(column, term):
                return self._holders(column, lambda source: [term])
            case Prefix() | Wildcard() | Fuzzy() | Value():
                return self._pattern(leaf)
            case Nothing():
                return ()
            case Among():
                return self._scores_among(leaf, 1.0)
            case Noted() | Saved():
                raise AssertionError(leaf)
            case _:
                assert_never(leaf)

    def _scores_among(self, among: Among, score: float) -> Scores:
        """Return the paragraphs with one of some ids, each with the same score; not to be changed."""
        if (among, score) not in self._among:
            ids = among.ids.intersection(self._terms_of("id"))
            if len(self._among) >= CACHED_SETS:
                self._among.clear()
            self._among[among, score] = dict.fromkeys(self._holders("id", lambda _: ids), score)
        return self._among[among, score]

    def _cited(self, leaf: Between) -> set[int]:
        """Return the paragraphs of cables that are cited so often."""
        wanted, above = self.cited_ids(leaf)
        found = set(range(len(self._places))) if leaf.holds(0) else self._holders("id", lambda _: wanted)
        return found - self._holders("id", lambda _: above)

    def _pattern(self, leaf: Pattern) -> set[int]:
        """Return the paragraphs that a pattern matches."""
        if leaf not in self._found:
            found = self._holders(leaf.column, lambda source: self._terms_like(leaf, source))
            if len(self._found) >= CACHED_PATTERNS:
                self._found.clear()
            self._found[leaf] = found
        return self._found[leaf]

    def _terms_like(self, leaf: Pattern, column: str) -> Iterable[str | bytes]:
        """Return the terms of a column that a pattern matches."""
        if isinstance(leaf, Prefix):
            expanded: Iterable[bytes] = self._reader.expand_prefix(column, leaf.text)
            return expanded
        return filter(leaf.matcher(), self._terms_of(column))

    def _terms_of(self, column: str) -> list[str]:
        """Return all terms of a column."""
        if column not in self._terms:
            self._terms[column] = list(map(bytes.decode, self._reader.lexicon(column)))
        return self._terms[column]

    def _holders(self, column: str, terms: Callable[[str], Iterable[str | bytes]]) -> set[int]:
        """Return the paragraphs that hold one of the terms that `terms` returns for a source of it."""
        return {
            number
            for source in columns_for(column)
            for term in terms(source)
            for number in self._holders_of(source, term)
        }

    def _holders_of(self, column: str, term: str | bytes) -> Iterator[int]:
        """Yield the paragraphs that hold a term."""
        check_deadline()
        for cable, value in postings(self._reader, column, term):
            first = self._first[cable]
            yield from (first + int(paragraph.partition(b",")[0]) for paragraph in value.split())

    def _positions_of(self, column: str, term: str | bytes) -> Positions:
        """Return the paragraphs that hold a term, with its positions if the column is positioned."""
        held: Positions = {}
        check_deadline()
        for cable, value in postings(self._reader, column, term):
            for paragraph in value.split():
                ordinal, *places = map(int, paragraph.split(b","))
                held[self._first[cable] + ordinal] = places
        return held

    def _term(self, column: str, term: str) -> Scores:
        counts = {number: len(at) for number, at in self._positions_of(column, term).items()}
        return self._bm25(column, counts, self._idf(len(counts)))

    def _phrase(self, column: str, words: Sequence[str], slop: int) -> Scores:
        """Score a phrase by its own frequency; with a slop, like its words."""
        terms = All(tuple(Term(column, word) for word in words))
        if len(words) < 2:
            return self._evaluate(terms)
        widest = spacings(words, slop)[-1][-1]
        places = [self._positions_of(column, word) for word in words]
        together = {number: [of_word[number] for of_word in places] for number in _common(places)}
        if widest == len(words) - 1:
            counts = {number: count for number, at in together.items() if (count := _count_runs(at))}
            return self._bm25(column, counts, sum(self._idf(len(of_word)) for of_word in places))
        near = {number: 0.0 for number, at in together.items() if _are_near(at, widest)}
        return _intersection([self._evaluate(terms), near])

    def _near(self, near: Near) -> Scores:
        """Return the paragraphs that a `Near` matches, each with the score 0."""

        def terms(column: str, start: str) -> list[str]:
            return [term.decode() for term in self._reader.expand_prefix(column, start)]

        found: Scores = {}
        for way in ways(near, terms):
            at = [self._positions_of_any(near.column, options) for options in way.options]
            for number in _common(at):
                if any(_stand_at([of_word[number] for of_word in at], places) for places in way.places):
                    found[number] = 0.0
        return found

    def _positions_of_any(self, column: str, options: Iterable[Option]) -> dict[int, set[int]]:
        """Return the paragraphs where one of some options stands, and all its places there."""
        places: defaultdict[int, set[int]] = defaultdict(set)
        for term, words in options:
            held = None if words is None else {n for word in words for n in self._holders_of("words", word)}
            for number, at in self._positions_of(column, term).items():
                if held is None or number in held:
                    places[number].update(at)
        return places

    def _idf(self, holders: int) -> float:
        return idf(holders, len(self._places))

    def _bm25(self, column: str, counts: Mapping[int, int], weight: float) -> Scores:
        """Return the BM25 scores of paragraphs by how often they hold a term."""
        lengths = self._lengths(column)
        mean = sum(lengths) / max(len(lengths), 1)
        return {
            number: weight * 2.2 * tf / (tf + 1.2 * (0.25 + 0.75 * quantise_length(lengths[number]) / mean))
            for number, tf in counts.items()
        }


def _common(parts: Sequence[Mapping[int, T]]) -> set[int]:
    return set.intersection(*map(set, parts)) if parts else set()


def _intersection(parts: Sequence[Scores]) -> Scores:
    if not parts:
        return {}
    fewest, *others = sorted(parts, key=len)
    return {
        number: sum(part[number] for part in parts)
        for number in fewest
        if all(number in other for other in others)
    }


def _union(parts: Sequence[Scores]) -> Scores:
    total: Scores = defaultdict(float)
    for part in parts:
        for number, score in part.items():
            total[number] += score
    return total


def _count_runs(places: Sequence[Sequence[int]]) -> int:
    """Count how often words directly follow one another, from the positions of each."""
    return sum(all(first + i in of_word for i, of_word in enumerate(places)) for first in places[0])


def _are_near(places: Sequence[Sequence[int]], widest: int) -> bool:
    """Whether words stand somewhere in order, the last no further from the first than `widest`."""
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


def _stand_at(places: Sequence[Set[int]], at: Sequence[int]) -> bool:
    """Whether words stand somewhere at the given distances from the first."""
    return any(
        all(first + distance in of_word for of_word, distance in zip(places, at, strict=True))
        for first in places[0]
    )


def _is_within(bounds: Range, value: int) -> bool:
    after = bounds.start is None or value >= bounds.start
    before = bounds.end is None or value < bounds.end
    return value != UNDATED and after and before
