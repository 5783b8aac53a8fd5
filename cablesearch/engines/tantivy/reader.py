"""Answers of the tantivy engine."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from tantivy import DocAddress, Occur, Order, Query

from ...model.cable import Cable
from ...query.tree import Term, Tree
from ..cable_score import TERM_BITS, CableScorer, Holding
from ..contract import Match, Page, Reader, Rerank, Sort
from ..documents import CACHED_VALUES, columns_for
from ..scoring import (
    ADJACENCY_WEIGHT,
    CABLE_WEIGHT,
    DAY,
    ORDINAL_BITS,
    RERANK_DEPTH,
    NearWord,
    day,
    nearest_words,
    rounded,
)
from .compile import (
    any_query,
    both_query,
    compile_tree,
    constant_score,
    date_query,
    integer_query,
    term_query,
)
from .index import Hit, IndexReader
from .schema import COUNTED_FACETS, FACET, SCHEMA, SPACE, fact, field_of
from .store import CableReader

MAX_FACET_VALUES = 60_000
MAX_DAYS = 60_000  # that are counted at once: tantivy has 65,000 buckets
MAX_TIES = 2_000  # paragraphs of one score that are sorted; more stay as tantivy has them

MAX_ADJACENT = 2_000  # paragraphs of the best cables that are looked through for words in a row
SPARE_HITS = 20  # found beyond those asked for, to see whether the last one has equals
SCAN_PAGE = 10_000  # paragraphs found at a time in a scan


class TantivyReader(Reader):
    def __init__(self, folder: Path) -> None:
        self._index = IndexReader(SCHEMA, folder)
        self._cables = CableReader(folder)
        self._holders = lru_cache(CACHED_VALUES)(self._index.holders)

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
        query = self._compile(tree)
        # More than there are would make tantivy reserve room for them.
        limit, offset = min(limit, len(self._index)), min(offset, len(self._index))
        if limit < 1:
            return Page(self._count(query), ())
        if sort != "relevance":
            return self._by_date(query, limit, offset, Order.Asc if sort == "date" else Order.Desc)
        if rerank and offset < RERANK_DEPTH:
            return self._reranked(query, limit, offset, rerank)
        score = constant_score(tree)
        if score is None:
            return self._page(*self._by_score(query, limit, offset))
        total, hits = self._index.search(query, limit, order_by="tie_key", offset=offset)
        return self._page(total, [(score, address) for _, address in hits])

    def scan(self, tree: Tree) -> Iterator[Match]:
        query = self._compile(tree)
        last, seen = -1, 0  # the last tie key of a page, and how many paragraphs of that key it had
        while True:
            page = both_query(query, integer_query("tie_key", max(last, 0), None))
            _, hits = self._index.search(page, SCAN_PAGE, order_by="tie_key", offset=seen)
            yield from (self._match(0.0, address) for _, address in hits)
            if len(hits) < SCAN_PAGE:
                return
            keys = [int(key) for key, _ in hits]
            same = len(keys) - bisect_left(keys, keys[-1])
            last, seen = keys[-1], same + (seen if keys[0] == keys[-1] == last else 0)

    def _reranked(self, query: Query, limit: int, offset: int, rerank: Rerank) -> Page:
        """Return a page of the best paragraphs, the first of them reranked."""
        total, hits = self._by_score(query, max(offset + limit, RERANK_DEPTH), 0, unsorted=RERANK_DEPTH)
        if not hits:
            return Page(total, ())
        addresses = [address for _, address in hits[:RERANK_DEPTH]]
        keys = self._tie_keys(addresses)
        cables = [key >> ORDINAL_BITS for key in keys]
        cable_scores = self._cable_scores(addresses, cables, rerank.terms)
        adjacent = self._adjacent(rerank.adjacent, cable_scores) if rerank.adjacent else {}
        best = [
            (
                score
                + CABLE_WEIGHT * cable_scores[cable]
                + ADJACENCY_WEIGHT * adjacent.get(_place(address), 0.0),
                address,
            )
            for cable, (score, address) in zip(cables, hits, strict=False)
        ]
        first = _sort(best, keys)[offset : offset + limit]
        return self._page(total, [*first, *hits[max(RERANK_DEPTH, offset) : offset + limit]])

    def _cable_scores(
        self, addresses: list[DocAddress], cables: Iterable[int], terms: Sequence[str]
    ) -> dict[int, float]:
        """Return what the cables of some paragraphs score, by their numbers."""
        scorer = CableScorer(self.frequencies("text", terms), len(self._index), len(self._cables))
        sizes = dict(zip(cables, self._index.integers("paragraphs", addresses), strict=True))
        holdings = self._holdings(list(sizes), scorer.terms, sum(sizes.values()))
        return {
            cable: scorer.score(of_cable, sizes[cable])
            for cable, of_cable in zip(sizes, holdings, strict=True)
        }

    def _adjacent(self, tree: Tree, cables: Iterable[int]) -> dict[tuple[int, int], float]:
        """Return what the paragraphs of some cables score for a tree, by their places."""
        among = Query.const_score_query(any_query(map(_of_cable, cables)), 0.0)
        hits = self._index.best(both_query(self._compile(tree), among), MAX_ADJACENT)
        return {_place(address): score for score, address in hits}

    def _holdings(
        self, cables: Sequence[int], terms: Sequence[str], paragraphs: int
    ) -> list[dict[Holding, int]]:
        """Count for each cable how its paragraphs, so many in all, hold terms.

        This takes one search, whose scores are numbers: their lower bits are what a paragraph holds, their
        upper ones the place of its cable. Each term is looked for by itself where these cables are: a union
        of terms would be made of all that lies about them.
        """
        width = TERM_BITS * len(terms)
        query = any_query(
            Query.const_score_query(_of_cable(cable), place << width) for place, cable in enumerate(cables)
        )
        for k, term in enumerate(terms):
            for bit, column in enumerate(("text", "named")):
                if self._frequency(column, term):
                    held = Query.const_score_query(term_query(column, term), 1 << TERM_BITS * k + bit)
                    query = Query.boolean_query([(Occur.Must, query), (Occur.Should, held)])
        numbers = Counter([score for score, _ in self._index.best(query, paragraphs)])
        counts: list[dict[Holding, int]] = [{} for _ in cables]
        for number, times in numbers.items():
            place, holding = divmod(int(number), 1 << width)
            if holding:
                counts[place][holding] = times
        return counts

    def _by_score(self, query: Query, limit: int, offset: int, unsorted: int = 0) -> tuple[int, list[Hit]]:
        """Return how many there are and the best, equal ones by their tie keys.

        Those that stand among the first `unsorted`, which will be reranked, are in any order.

        tantivy has no order for equal ones, so that all of a score that is on the page must be at hand. Only
        where they are more than `MAX_TIES`, which is so of words in short columns, they stay as they come.
        """
        stop = offset + limit
        total, hits = self._index.search(query, stop + SPARE_HITS)
        if stop <= len(hits) < total and _rank(hits[stop - 1]) == _rank(hits[-1]):
            first = bisect_left(hits, _rank(hits[-1]), key=_rank)
            _, hits = self._index.search(query, max(stop, first + MAX_TIES + 1))
        return total, self._sort_ties(hits, offset, stop, unsorted)

    def _sort_ties(self, hits: list[Hit], start: int, stop: int, unsorted: int = 0) -> list[Hit]:
        """Return a slice of hits, equal ones by their tie keys."""
        page = hits[start : _boundary(hits, unsorted)]
        place, stop = start + len(page), min(stop, len(hits))
        if place >= stop:
            return page
        ranks = list(map(_rank, hits))
        first, end = bisect_left(ranks, ranks[place]), bisect_right(ranks, ranks[stop - 1])
        times = Counter(ranks[first:end])
        tied = [at for at in range(first, end) if 1 < times[ranks[at]] <= MAX_TIES]
        keys = dict(zip(tied, self._tie_keys([hits[at][1] for at in tied]), strict=True)) if tied else {}
        order = sorted(range(first, end), key=lambda at: (ranks[at], keys.get(at, at)))
        return page + [hits[at] for at in order[place - first : stop - first]]

    def _by_date(self, query: Query, limit: int, offset: int, order: Order) -> Page:
        """Return a page from one end of time, the paragraphs of one moment by their tie keys."""
        total, found = self._index.search(query, limit + 1, order_by="date", order=order, offset=offset)
        hits, behind = found[:limit], found[limit:]
        moments = [(moment, [at for _, at in some]) for moment, some in groupby(hits, lambda hit: hit[0])]
        page: list[DocAddress] = []
        for place, (moment, addresses) in enumerate(moments):
            begins = place > 0 or offset == 0
            ends = place < len(moments) - 1 or not behind or behind[0][0] != moment
            if begins and ends:
                page += self._by_tie_key(addresses)
                continue
            # There may be more of this moment before or after the page.
            earlier = self._count(both_query(query, _sorted_before(moment, order))) if place == 0 else offset
            page += self._first(both_query(query, _sent_at(moment)), len(addresses), offset - earlier)
        return self._page(total, [(0.0, address) for address in page])

    def _first(self, query: Query, limit: int, offset: int) -> list[DocAddress]:
        """Return addresses by their tie keys."""
        _, hits = self._index.search(query, limit, order_by="tie_key", offset=offset)
        return [address for _, address in hits]

    def _tie_keys(self, addresses: list[DocAddress]) -> list[int]:
        return self._index.integers("tie_key", addresses)

    def _by_tie_key(self, addresses: list[DocAddress]) -> list[DocAddress]:
        keys = self._tie_keys(addresses)
        return [addresses[place] for place in sorted(range(len(addresses)), key=keys.__getitem__)]

    def _page(self, total: int, hits: Iterable[Hit]) -> Page:
        return Page(total, tuple(self._match(*hit) for hit in hits))

    def _match(self, score: float, address: DocAddress) -> Match:
        ordinal, _, id = self._index.stored("place", address).decode().partition(" ")
        return Match(id, int(ordinal), score)

    def _compile(self, tree: Tree) -> Query:
        return compile_tree(tree, self._index.terms)

    def _count(self, query: Query) -> int:
        return self._index.search(Query.const_score_query(query, 0.0), 1)[0]

    def count(self, tree: Tree) -> int:
        return self._count(self._compile(tree))

    def facets(self, tree: Tree, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        query = self._compile(tree)
        wanted = {
            field: {"terms": {"field": COUNTED_FACETS[field], "size": MAX_FACET_VALUES}}
            for field in fields
            if field in COUNTED_FACETS
        }
        counted = self._index.aggregate(query, wanted) if wanted else {}
        return {
            field: _most_frequent_first(counted[field]["buckets"])
            if field in counted
            else dict(self._fact_values(field, query))
            for field in fields
        }

    def days(self, tree: Tree) -> dict[date, int]:
        query = self._compile(tree)
        dates = {"field": "date"}
        span = self._index.aggregate(query, {"span": {"stats": dates}})["span"]
        by_day = {"days": {"histogram": {**dates, "interval": DAY, "min_doc_count": 1}}}
        counts: dict[date, int] = {}
        if span["count"]:
            for start in range(int(span["min"]) // DAY * DAY, int(span["max"]) + 1, MAX_DAYS * DAY):
                part = both_query(query, date_query(start, start + MAX_DAYS * DAY))
                buckets = self._index.aggregate(part, by_day)["days"]["buckets"]
                counts.update((day(bucket["key"]), bucket["doc_count"]) for bucket in buckets)
        return counts

    def _fact_values(self, field: str, among: Query) -> Iterator[tuple[str, int]]:
        """Yield the values of a facet that is among the facts, and how often each is there, most first."""
        start = fact(FACET + field, "")
        for term, count in self._index.terms("facts", start, among):
            yield term.removeprefix(start).replace(SPACE, " "), count

    def cable(self, id: str) -> Cable | None:
        return self._cables.cable(id)

    def cables(self) -> Iterator[str]:
        return iter(self._cables)

    def frequencies(self, column: str, terms: Iterable[str]) -> dict[str, int]:
        return {term: self._frequency(column, term) for term in terms}

    def _frequency(self, column: str, term: str) -> int:
        if len(columns_for(column)) > 1:
            return self.count(Term(column, term))
        return self._holders(*field_of(column, term))

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
        del self._index, self._holders, self._cables  # and with them the files


def _most_frequent_first(buckets: Iterable[dict[str, int | str]]) -> dict[str, int]:
    counts = ((str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets)
    return dict(sorted(counts, key=lambda count: (-count[1], count[0])))


def _of_cable(number: int) -> Query:
    return Query.term_query(SCHEMA, "cable", number, "basic")


def _sent_at(date: float | None) -> Query:
    if date is None:
        return Query.all_query().and_must_not_match(Query.exists_query("date"))
    return date_query(int(date), int(date) + 1)


def _sorted_before(date: float | None, order: Order) -> Query:
    """Return what is sorted before a date: nothing that has none is, either way."""
    if date is None:
        return Query.exists_query("date")
    return date_query(None, int(date)) if order == Order.Asc else date_query(int(date) + 1, None)


def _place(address: DocAddress) -> tuple[int, int]:
    return address.segment_ord, address.doc


def _boundary(hits: list[Hit], place: int) -> int:
    """Return the last place up to this one that does not part equal hits."""
    if place >= len(hits) or not place or _rank(hits[place - 1]) != _rank(hits[place]):
        return place
    return bisect_left(hits, _rank(hits[place]), key=_rank)


def _sort(hits: list[Hit], tie_keys: list[int]) -> list[Hit]:
    """Return hits by their ranks, equal ones by their tie keys."""
    places = sorted(
        (_rank(hit), key, place) for place, (hit, key) in enumerate(zip(hits, tie_keys, strict=True))
    )
    return [hits[place] for *_, place in places]


def _rank(hit: Hit) -> float:
    """Return what hits are sorted and compared by."""
    return -rounded(hit[0])
