"""Answers queries from a tantivy index."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from datetime import date
from functools import cached_property, lru_cache, partial
from heapq import nsmallest
from itertools import groupby, pairwise
from operator import itemgetter
from threading import Lock
from typing import TypedDict, TypeVar

from tantivy import DocAddress, Occur, Order, Query

from ...model.cable import Cable
from ...people.registry import who_value
from ...query.tree import EVERYTHING, Among, Any, Term, Tree
from ..cable_score import TERM_BITS, CableScorer
from ..constant_score import constant_score
from ..contract import CableCounts, Leading, Match, Member, Page, Reader, Rerank, Sort
from ..documents import CACHED_VALUES, columns_for
from ..scoring import (
    ADJACENCY_WEIGHT,
    CABLE_WEIGHT,
    DAY,
    ORDINAL_BITS,
    RERANK_DEPTH,
    ROUNDING,
    NearWord,
    day,
    most_frequent_first,
    nearest_words,
    round_score,
)
from .compile import (
    Clause,
    Lexicon,
    among_cables,
    any_query,
    both_query,
    cable_query,
    cables_query,
    compile_tree,
    date_query,
    ids_query,
    integer_query,
    term_query,
    terms_text,
)
from .index import Hit, IndexReader
from .places import Places
from .schema import COUNTED_FACETS, SCHEMA, field_of
from .store import CableReader, CablesTogether
from .views import META, Rows, Segments, evaluate, sets_of_ids, split

try:
    from ._holdings import score_cables  # compiled
except ImportError:
    from .holdings import score_cables

MAX_FACET_VALUES = 60_000  # that are counted at once; tantivy has 65,000 buckets
MAX_ROWS = 50_000  # in which people are counted at once
LEADING = 300  # values
MAX_DAYS = 60_000  # that are counted at once; tantivy has 65,000 buckets
MAX_CABLES = 40_000  # likewise
KEY_BITS = 63  # of a tie key
BY_CABLE = {"cables": {"histogram": {"field": "tie_key", "interval": 1 << ORDINAL_BITS, "min_doc_count": 1}}}
MAX_TIES = 2_000  # paragraphs with one score that are sorted; more stay in tantivy's order

PLACE_BITS = RERANK_DEPTH.bit_length()  # of a cable among those of the paragraphs that are reranked
MAX_ADJACENT = 2_000  # paragraphs of the best cables that are searched for words in a row
FEW_HOLDERS = 4  # if so many times the paragraphs that hold some terms are in the index, a union is fast
SPARE_HITS = 20  # found beyond the page, to see whether the last hit on it has ties
SCAN_PAGE = 10_000  # paragraphs that a scan reads at a time
KEPT_VIEWS = 16  # with their files open


class _Bucket(TypedDict):
    key: str
    doc_count: int


class _Counted(TypedDict):
    """What tantivy says of the most frequent values of a field."""

    buckets: list[_Bucket]
    sum_other_doc_count: int
    doc_count_error_upper_bound: int


T = TypeVar("T")
U = TypeVar("U")


class TantivyReader(Reader):
    def __init__(self, index: IndexReader, cables: CableReader | CablesTogether) -> None:
        self._index = self._whole = index  # a view has another one to search in
        self._cables = cables
        self._places = Places(index)
        self._holders = lru_cache(CACHED_VALUES)(partial(_holders, index))
        self._rows: dict[Among, Rows] = {}
        self._views: dict[Tree, TantivyReader] = {}
        self._making = Lock()

    @classmethod
    def of(cls, *members: Member) -> TantivyReader:
        """Return a reader of one index, or of several as one: of links to the segments of all."""
        if len(members) == 1 and not members[0].without:
            folder = members[0].folder
            return cls(IndexReader(SCHEMA, folder), CableReader(folder))
        joined = Segments.joined([_segments(member) for member in members])
        return cls(IndexReader.linked(SCHEMA, joined), CablesTogether(members))

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
        reader, query = self._narrowed(tree)
        # tantivy would reserve memory for more than there are.
        limit, offset = min(limit, len(reader._index)), min(offset, len(reader._index))
        if limit < 1:
            return Page(reader._count(query), ())
        if sort != "relevance":
            return reader._search_by_date(query, limit, offset, Order.Asc if sort == "date" else Order.Desc)
        if rerank and offset < RERANK_DEPTH:
            return reader._search_reranked(query, limit, offset, rerank)
        score = constant_score(tree)
        if score is None:
            return reader._page(
                *reader._search_by_score(query, limit, offset, total=reader._known_count(tree))
            )
        total, hits = reader._index.search(query, limit, order_by="tie_key", offset=offset)
        return reader._page(total, [(score, address) for _, address in hits], [int(key) for key, _ in hits])

    def scan(self, tree: Tree) -> Iterator[Match]:
        reader, query = self._narrowed(tree)
        last, seen = -1, 0  # the last tie key so far, and how many paragraphs with it were seen
        while True:
            page = both_query(query, integer_query("tie_key", max(last, 0), None))
            _, hits = reader._index.search(page, SCAN_PAGE, order_by="tie_key", offset=seen)
            keys = [int(key) for key, _ in hits]
            yield from self._places.matches([(0.0, address) for _, address in hits], keys)
            if len(hits) < SCAN_PAGE:
                return
            same = len(keys) - bisect_left(keys, keys[-1])
            last, seen = keys[-1], same + (seen if keys[0] == keys[-1] == last else 0)

    def _search_reranked(self, query: Query, limit: int, offset: int, rerank: Rerank) -> Page:
        """Return a page of the best paragraphs, the first of them reranked."""
        total, hits = self._search_by_score(
            query, max(offset + limit, RERANK_DEPTH), 0, unsorted=RERANK_DEPTH
        )
        if not hits:
            return Page(total, ())
        first, behind = hits[:RERANK_DEPTH], hits[max(RERANK_DEPTH, offset) : offset + limit]
        addresses = [address for _, address in first]
        keys = self._tie_keys(addresses)
        cables = [key >> ORDINAL_BITS for key in keys]
        sizes = dict(zip(cables, self._index.integers("paragraphs", addresses), strict=True))
        among = among_cables(sizes)
        cable_scores = self._cable_scores(sizes, among, rerank.terms)
        scores = [
            score + CABLE_WEIGHT * cable_scores[cable]
            for cable, (score, _) in zip(cables, first, strict=True)
        ]
        if rerank.adjacent and (adjacent := self._adjacency_scores(rerank.adjacent, among)):
            scores = [
                score + ADJACENCY_WEIGHT * adjacent.get(_place(address), 0.0)
                for score, address in zip(scores, addresses, strict=True)
            ]
        order = _order(scores, keys, offset, offset + limit)
        best = [(scores[at], addresses[at]) for at in order]
        return self._page(total, best + behind, None if behind else [keys[at] for at in order])

    def _cable_scores(
        self, sizes: Mapping[int, int], among: Sequence[Clause], terms: Sequence[str]
    ) -> dict[int, float]:
        """Return the scores of some cables by their numbers.

        Args:
            sizes: how many paragraphs each of them has, by its number.
            among: a clause for each, which scores it by its place in `sizes`.
        """
        scorer = CableScorer(self.frequencies("text", terms), len(self._whole), len(self._cables))
        hits = self._whole.best(self._holdings_query(among, scorer.terms), sum(sizes.values()))
        return dict(zip(sizes, score_cables(hits, PLACE_BITS, [*sizes.values()], scorer), strict=True))

    def _adjacency_scores(self, tree: Tree, among: Sequence[Clause]) -> dict[tuple[int, int], float]:
        """Return the scores that the paragraphs of some cables have for a tree, by place.

        Each alternative is looked for in these cables only; of a union it would be in all around them, too.
        """
        parts = tree.parts if isinstance(tree, Any) else (tree,)
        cables = Query.const_score_query(Query.boolean_query(among), 0.0)
        here = any_query([both_query(self._compile(part), cables) for part in parts])
        return {_place(address): score for score, address in self._index.best(here, MAX_ADJACENT)}

    def _holdings_query(self, among: Sequence[Clause], terms: Sequence[str]) -> Query:
        """Return the query whose scores say which paragraphs of some cables hold which terms (`holdings`).

        Those with none come last. A union of the terms finds none of these at all, but buffers all postings
        in the neighbourhood of the cables; if there are many, each term is an optional part of its own.
        Parts are copied with each query that they become a part of, so there are few such steps.
        """
        held = [
            _held_query(column, term, TERM_BITS * k + bit)
            for k, term in enumerate(terms)
            for bit, column in enumerate(("text", "named"))
            if self._holders(column, term)
        ]
        if FEW_HOLDERS * sum([self._holders("text", term) for term in terms]) < len(self._whole):
            return Query.boolean_query([(Occur.Must, any_query(held)), *among], minimum_number_should_match=1)
        found = Query.boolean_query(among)
        for part in held:
            found = Query.boolean_query([(Occur.Must, found), (Occur.Should, part)])
        return found

    def _search_by_score(
        self, query: Query, limit: int, offset: int, *, unsorted: int = 0, total: int | None = None
    ) -> tuple[int, list[Hit]]:
        """Return how many rows match and the best of them, ties sorted by tie key.

        Args:
            unsorted: ties among so many, which will be reranked, are in any order.
            total: how many rows match, None if that is not known: to count them takes longer than to find
                the best.

        tantivy does not sort ties, so all rows with a score that is on the page must be found. Only if there
        are more than `MAX_TIES`, which happens with words in short columns, they stay in tantivy's order.
        """
        stop = offset + limit
        if total is None:
            total, hits = self._index.search(query, stop + SPARE_HITS)
        else:
            hits = self._index.best(query, stop + SPARE_HITS)
        if stop <= len(hits) < total and _tie(hits[stop - 1][0], hits[-1][0]):
            first = bisect_left(hits, _rank(hits[-1]), key=_rank)
            hits = self._index.best(query, max(stop, first + MAX_TIES + 1))
        return total, self._sort_ties(hits, offset, stop, unsorted)

    def _sort_ties(self, hits: list[Hit], start: int, stop: int, unsorted: int = 0) -> list[Hit]:
        """Return a slice of the hits, ties sorted by tie key."""
        if _are_distinct([score for score, _ in hits[max(start, unsorted, 1) - 1 : stop + 1]]):
            return hits[start:stop]
        page = hits[start : _boundary(hits, unsorted)]
        place, stop = start + len(page), min(stop, len(hits))
        if place >= stop:
            return page
        first, end = place, stop
        while first and _may_tie(hits[first - 1][0], hits[place][0]):
            first -= 1
        while end < len(hits) and _may_tie(hits[stop - 1][0], hits[end][0]):
            end += 1
        some = hits[first:end]
        groups = _groups(some)
        keys = self._tie_keys([address for _, address in some])
        if len(some) > MAX_TIES:
            times = Counter(groups)
            keys = [at if times[group] > MAX_TIES else keys[at] for at, group in enumerate(groups)]
        order = sorted(zip(groups, keys, range(len(some)), strict=True))
        return page + [some[at] for _, _, at in order[place - first : stop - first]]

    def _search_by_date(self, query: Query, limit: int, offset: int, order: Order) -> Page:
        """Return a page in order of date, the paragraphs of one moment sorted by tie key."""
        wanted = limit + SPARE_HITS
        total, found = self._index.search(query, wanted, order_by="date", order=order, offset=offset)
        keys = self._tie_keys([address for _, address in found])
        page: list[DocAddress] = []
        for moment, some in groupby(zip(found, keys, strict=True), lambda row: row[0][0]):
            tied = sorted(some, key=itemgetter(1))
            addresses = [address for (_, address), _ in tied]
            place, missing = len(page), limit - len(page)
            begins, ends = place or not offset, place + len(addresses) < len(found) or len(found) < wanted
            if begins and ends:
                page += addresses[:missing]
            else:  # There may be more paragraphs of this moment before or behind those found.
                earlier = offset if begins else self._count(both_query(query, _before_query(moment, order)))
                page += self._page_of_addresses(
                    both_query(query, _moment_query(moment)), min(len(addresses), missing), offset - earlier
                )
            if len(page) >= limit:
                break
        return self._page(total, [(0.0, address) for address in page])

    def _page_of_addresses(self, query: Query, limit: int, offset: int) -> list[DocAddress]:
        """Return a page of addresses in the order of their tie keys."""
        _, hits = self._index.search(query, limit, order_by="tie_key", offset=offset)
        return [address for _, address in hits]

    def _tie_keys(self, addresses: list[DocAddress]) -> list[int]:
        return self._index.integers("tie_key", addresses)

    def _page(self, total: int, hits: Sequence[Hit], keys: Sequence[int] | None = None) -> Page:
        return Page(total, tuple(self._places.matches(hits, keys)))

    def _narrowed(self, tree: Tree) -> tuple[TantivyReader, Query]:
        """Return a reader of the paragraphs that a tree may match by their ids, and the query for it."""
        if parts := split(tree):
            ids, rest = parts
            # A later build may have taken the index's place, or tantivy may have other files one day.
            with suppress(OSError, ValueError):
                return self._view(ids), self._compile(rest)
        return self, self._compile(tree)

    def _view(self, ids: Tree) -> TantivyReader:
        """Return a reader of the paragraphs that a tree of ids matches."""
        with self._making:
            if ids not in self._views:
                rows = {each: self._rows_of(each) for each in sets_of_ids(ids)}
                view = copy(self)
                view._index = self._whole.view(evaluate(ids, rows, self._every_row))
                _make_room(self._views)
                self._views[ids] = view
            return self._views[ids]

    def _rows_of(self, among: Among) -> Rows:
        """Return the rows of the paragraphs that have one of some ids."""
        if among not in self._rows:
            _make_room(self._rows)
            self._rows[among] = self._rows_matching(ids_query(among.ids))
        return self._rows[among]

    def without(self, cables: Iterable[str]) -> Segments:
        """Return the segments without the rows of some cables."""
        left_out = self._rows_matching(cables_query([*cables]))
        rows = tuple(a & ~b for a, b in zip(self._every_row, left_out, strict=True))
        return self._whole.segments.keeping(rows)

    @cached_property
    def _every_row(self) -> Rows:
        return self._whole.segments.every_row or self._rows_matching(Query.all_query())

    def _rows_matching(self, query: Query) -> Rows:
        found = self._whole.best(Query.const_score_query(query, 0.0), max(len(self._whole), 1))
        return self._whole.segments.rows(address for _, address in found)

    def _compile(self, tree: Tree) -> Query:
        return compile_tree(tree, Lexicon(self._index.terms, self.cited_ids))

    def _count(self, query: Query) -> int:
        return self._index.search(Query.const_score_query(query, 0.0), 1)[0]

    def _known_count(self, tree: Tree) -> int | None:
        """Return how many rows a tree matches if the list of terms tells; None otherwise."""
        if isinstance(tree, Term) and self._index.is_whole and columns_for(tree.column) == (tree.column,):
            return self._holders(tree.column, tree.text)
        return None

    def count(self, tree: Tree) -> int:
        reader, query = self._narrowed(tree)
        known = reader._known_count(tree)
        return reader._count(query) if known is None else known

    def counts_among(self, tree: Tree, column: str, terms: Iterable[Sequence[str]]) -> list[int]:
        lists = list(terms)
        if isinstance(tree, Term) or not lists:
            return super().counts_among(tree, column, lists)
        # Anything but a term takes long to be evaluated, so it is evaluated once for all of them.
        reader, query = self._narrowed(tree)
        held = [term for some in lists for term in some]
        if FEW_HOLDERS * sum(self._holders(column, term) for term in held) < len(self._whole):
            query = both_query(query, any_query(term_query(column, term) for term in held))
        wanted = {str(place): {"filter": terms_text(column, some)} for place, some in enumerate(lists)}
        found = reader._index.aggregate(query, wanted)
        return [found[place]["doc_count"] for place in wanted]

    def facets(self, tree: Tree, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        reader, query = self._narrowed(tree)
        # Of the people in many paragraphs, there are more than tantivy counts at once.
        apart = {"person"} if "person" in fields and reader._count(query) > MAX_ROWS else set()
        counted = reader._aggregated(query, [field for field in fields if field not in apart])
        counts: dict[str, dict[str, int]] = {}
        for field in fields:
            if field in apart or _is_cut(counted[field]):
                counts[field] = {who_value(term): count for term, count in reader._terms("who", query)}
            else:
                counts[field] = _counts(counted[field])
        return counts

    def leading(self, tree: Tree, field: str) -> Leading:
        reader, query = self._narrowed(tree)
        found = reader._aggregated(query, [field], LEADING)[field]
        counts, missed = _counts(found), found["doc_count_error_upper_bound"]
        return Leading(counts, missed, min(counts.values()) + missed) if _is_cut(found) else Leading(counts)

    def _aggregated(
        self, query: Query, fields: Sequence[str], size: int = MAX_FACET_VALUES
    ) -> dict[str, _Counted]:
        wanted = {field: {"terms": {"field": COUNTED_FACETS[field], "size": size}} for field in fields}
        return self._index.aggregate(query, wanted) if wanted else {}

    def terms(self, column: str, tree: Tree = EVERYTHING) -> dict[str, int]:
        reader, query = self._narrowed(tree)
        return dict(reader._terms(column, query))

    def _terms(self, column: str, among: Query) -> Iterator[tuple[str, int]]:
        """Yield the terms of a column with how many of some rows hold each, most frequent first."""
        field, start = field_of(column, "")
        for term, count in self._index.terms(field, start, among):
            yield term.removeprefix(start), count

    def by_cable(self, tree: Tree, limit: int = 0) -> CableCounts:
        reader, query = self._narrowed(tree)
        # Cables are told apart by their tie keys. So many at most are counted at once; the keys are as good
        # as random, so that each part of their range has nearly the same number.
        parts = min(reader._count(query), len(reader._cables)) // MAX_CABLES + 1
        step = (1 << KEY_BITS) // parts >> ORDINAL_BITS << ORDINAL_BITS
        counts: dict[int, int] = {}
        for part in range(parts):
            start, end = part * step, (part + 1) * step if part + 1 < parts else None
            within = both_query(query, integer_query("tie_key", start, end)) if parts > 1 else query
            buckets = reader._index.aggregate(within, BY_CABLE)["cables"]["buckets"]
            counts.update((int(bucket["key"]) >> ORDINAL_BITS, bucket["doc_count"]) for bucket in buckets)
        most = nsmallest(limit, counts, key=lambda cable: (-counts[cable], cable))
        return CableCounts(len(counts), {reader._id(cable): counts[cable] for cable in most})

    def _id(self, cable: int) -> str:
        """Return the id of the cable with a number."""
        [match] = self._places.matches(self._index.best(cable_query(cable), 1))
        return match.cable

    def days(self, tree: Tree) -> dict[date, int]:
        reader, query = self._narrowed(tree)
        dates = {"field": "date"}
        span = reader._index.aggregate(query, {"span": {"stats": dates}})["span"]
        by_day = {"days": {"histogram": {**dates, "interval": DAY, "min_doc_count": 1}}}
        counts: dict[date, int] = {}
        if span["count"]:
            for start in range(int(span["min"]) // DAY * DAY, int(span["max"]) + 1, MAX_DAYS * DAY):
                part = both_query(query, date_query(start, start + MAX_DAYS * DAY))
                buckets = reader._index.aggregate(part, by_day)["days"]["buckets"]
                counts.update((day(bucket["key"]), bucket["doc_count"]) for bucket in buckets)
        return counts

    def cable(self, id: str) -> Cable | None:
        return self._cables.cable(id)

    def cables(self) -> Iterator[str]:
        return iter(self._cables)

    def frequencies(self, column: str, terms: Iterable[str]) -> dict[str, int]:
        if len(columns_for(column)) > 1:
            return {term: self.count(Term(column, term)) for term in terms}
        return {term: self._holders(column, term) for term in terms}

    def near_words(
        self, start: str, *, to: str | None = None, distance: int = 0, at_least: int = 1, limit: int = 10
    ) -> list[NearWord]:
        lexicon = (
            (word, count)
            for column in columns_for("words")
            for word, count in self._index.terms(column, start)
            if column == "words" or not word.endswith("i")
        )
        return nearest_words(lexicon, to, distance, at_least, limit)

    def size(self) -> tuple[int, int]:
        return len(self._cables), len(self._index)

    def close(self) -> None:
        # Which closes their files.
        del self._index, self._whole, self._places, self._holders, self._cables, self._views


def _counts(found: _Counted) -> dict[str, int]:
    """Return what tantivy has counted, as `facets` promises."""
    return most_frequent_first([(bucket["key"], bucket["doc_count"]) for bucket in found["buckets"]])


def _is_cut(found: _Counted) -> bool:
    """Whether there are values that tantivy has not counted."""
    return bool(found["sum_other_doc_count"] or found["doc_count_error_upper_bound"])


def _segments(member: Member) -> Segments:
    """Return the segments of one of several indexes."""
    if member.without:
        return TantivyReader.of(Member(member.folder)).without(member.without)
    return Segments.read(member.folder, (member.folder / META).read_bytes())


def _make_room(kept: dict[T, U]) -> None:
    """Drop what was made first, if there is as much as is kept."""
    if len(kept) >= KEPT_VIEWS:
        del kept[next(iter(kept))]


def _holders(index: IndexReader, column: str, term: str) -> int:
    """Return how many rows hold a term of one column."""
    return index.holders(*field_of(column, term))


@lru_cache(CACHED_VALUES)
def _held_query(column: str, term: str, bit: int) -> Query:
    """Return the query for paragraphs that hold a term, whose scores are a bit above those of a place."""
    return Query.const_score_query(term_query(column, term), 1 << bit + PLACE_BITS)


def _moment_query(date: float | None) -> Query:
    if date is None:
        return Query.all_query().and_must_not_match(Query.exists_query("date"))
    return date_query(int(date), int(date) + 1)


def _before_query(date: float | None, order: Order) -> Query:
    """Return the query for rows that are sorted before a date; undated ones are last either way."""
    if date is None:
        return Query.exists_query("date")
    return date_query(None, int(date)) if order == Order.Asc else date_query(int(date) + 1, None)


def _place(address: DocAddress) -> tuple[int, int]:
    return address.segment_ord, address.doc


def _boundary(hits: list[Hit], place: int) -> int:
    """Return the last place up to this one that does not fall between ties."""
    if place >= len(hits) or not place or not _tie(hits[place - 1][0], hits[place][0]):
        return place
    return bisect_left(hits, _rank(hits[place]), key=_rank)


def _order(scores: list[float], tie_keys: list[int], start: int, stop: int) -> list[int]:
    """Return a slice of the places of some scores, the best first, ties by tie key."""
    order = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)
    if not _are_distinct([scores[at] for at in order[max(start - 1, 0) : stop + 1]]):
        ranks = [-round_score(score) for score in scores]
        order = [at for *_, at in sorted(zip(ranks, tie_keys, range(len(scores)), strict=True))]
    return order[start:stop]


def _are_distinct(scores: list[float]) -> bool:
    """Whether no two of some scores, the best first, can have one rank."""
    return True not in map(_may_tie, scores, scores[1:])


def _may_tie(better: float, score: float) -> bool:
    """Whether two scores can have one rank; to round them takes longer."""
    return better - score <= ROUNDING * better


def _tie(better: float, score: float) -> bool:
    """Whether two scores have one rank."""
    return better == score or (_may_tie(better, score) and round_score(better) == round_score(score))


def _groups(hits: list[Hit]) -> list[int]:
    """Return for each hit, the best first, how many different ranks are before it."""
    group = 0
    groups = [group]
    for (better, _), (score, _) in pairwise(hits):
        group += not _tie(better, score)
        groups.append(group)
    return groups


def _rank(hit: Hit) -> float:
    """Return the number that hits are sorted and compared by; lower is better."""
    return -round_score(hit[0])
