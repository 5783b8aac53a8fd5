"""Answers queries from a generation on a cluster."""

from __future__ import annotations

from binascii import crc32
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property, lru_cache, partial
from heapq import nsmallest
from itertools import dropwhile, groupby, islice, takewhile
from typing import Any, NamedTuple, TypeAlias

from ...errors import BrokenIndexError, IndexStateError, QueryError
from ...model.cable import Cable
from ...people.registry import who_value
from ...query.tree import EVERYTHING, Tree
from ..cable_score import TERM_BITS, CableScorer, Holding
from ..constant_score import constant_score
from ..contract import CableCounts, Expected, Match, Page, Reader, Rerank, Sort
from ..deadline import check_deadline
from ..documents import TEXTS, columns_for
from ..scoring import (
    ADJACENCY_WEIGHT,
    CABLE_WEIGHT,
    DAY,
    ORDINAL_BITS,
    RERANK_DEPTH,
    NearWord,
    day,
    most_frequent_first,
    nearest_words,
    round_score,
)
from .cables import decode
from .compile import (
    PARAGRAPHS,
    Clause,
    Lexicon,
    all_of,
    any_of,
    between,
    compile_tree,
    constant,
    one_of,
    takes_automaton,
)
from .connection import ResponseError, connect
from .faults import TOO_MANY_CLAUSES
from .generation import stored_statistics
from .place import Place
from .schema import (
    CABLE,
    COUNTED_FACETS,
    SPELT,
    STEM,
    STEM_IN_I,
    cable_digest,
    facet_field,
    field_of,
)

WINDOW = 10_000  # hits that OpenSearch returns at once
SPARE_HITS = 50  # found beyond the page, to see whether the last hit on it has ties
MAX_TIES = 2_000  # paragraphs whose scores are equal but for their last digits that are sorted
MAX_VALUES = 10_000  # of a facet that are counted in one pass; words that are near another
MAX_DAYS = 60_000  # that are counted at once; OpenSearch has 65,535 buckets
MAX_CABLES = 40_000  # likewise
CACHED_FREQUENCIES = 100_000
COMPILED = 32  # trees: those of a few questions, each of which asks for its own several times
COUNTED_AT_ONCE = 200  # queries
MAX_AHEAD = 64  # answers that wait to be asked for

# What is returned of an answer, beside what says that it is complete.
WANTED = ("hits.total.value", "hits.hits.sort", "aggregations", "_shards", "timed_out", "error", "status")

MOST_FIRST = [{"sum": "desc"}, {"_key": "asc"}]
SUM = {"sum": {"sum": {"field": "count"}}}
BY_DAY = {"days": {"histogram": {"field": "date", "interval": DAY, "min_doc_count": 1}}}

Answer: TypeAlias = "dict[str, Any]"
Bucket: TypeAlias = "dict[str, Any]"
Values: TypeAlias = "list[Any]"  # that a document is sorted by

_TIES: list[Clause] = [{"tie": "asc"}, {"place": "asc"}]
_SCORED: list[Clause] = [{"_score": "desc"}, *_TIES]


class Hit(NamedTuple):
    """A paragraph found."""

    score: float
    tie: int
    place: str

    @property
    def rank(self) -> tuple[float, int, str]:
        """What hits are sorted by."""
        return -round_score(self.score), self.tie, self.place

    @property
    def cable(self) -> int:
        """The number of its cable."""
        return self.tie >> ORDINAL_BITS

    @property
    def match(self) -> Match:
        ordinal, _, id = self.place.partition(" ")
        return Match(id, int(ordinal), self.score)


class OpenSearchReader(Reader):
    def __init__(self, place: Place) -> None:
        self._client = connect(place.urls)
        try:
            found = stored_statistics(self._client, place.index, place.alias)
            if not found:
                raise BrokenIndexError(
                    f"the cluster has no index {place.alias} any more: cablesearch reindex builds it anew"
                )
        except BaseException:
            self._client.close()
            raise
        self._index, counts = found
        self._counts = counts
        self._lexicon = Lexicon(counts.weights(), self._terms_beginning, self.cited_ids)
        self._compile = lru_cache(COMPILED)(partial(compile_tree, lexicon=self._lexicon))
        self._known: dict[tuple[str, str], int] = {}  # frequencies
        self._ahead: dict[bytes, Answer] = {}  # answers to searches that are expected

    # The answers

    def expect(self, expected: Callable[[], Expected]) -> None:
        asked = expected()
        terms = [(column, term) for column, some in asked.terms.items() for term in some]
        if asked.rerank:
            terms += (("text", term) for term in asked.rerank.terms)
        unknown = [key for key in dict.fromkeys(terms) if key not in self._known]
        searches = [_search(self._compile(tree)) for tree in asked.counted]
        with suppress(QueryError):  # the search itself will say so
            if first := self._first_search(asked):
                searches.append(first)
        answers = self._ask([*searches, *map(self._frequency_search, unknown)])
        self._known.update(zip(unknown, map(_total, answers[len(searches) :]), strict=True))
        if len(self._ahead) > MAX_AHEAD:
            self._ahead.clear()
        self._ahead.update(zip(map(_key, searches), answers, strict=False))

    def _first_search(self, asked: Expected) -> Clause | None:
        """Return what OpenSearch is asked first in a search; None if that is not one request."""
        stop = min(asked.offset + asked.limit, self._counts.paragraphs)
        if asked.limit < 1 or stop + SPARE_HITS > WINDOW or asked.offset >= stop:
            return None
        query = self._compile(asked.tree)
        if asked.sort != "relevance":
            return _search(query, _by_date(asked.sort), stop - asked.offset, asked.offset)
        reranks = asked.rerank is not None and asked.offset < RERANK_DEPTH
        if not reranks and constant_score(asked.tree) is not None:
            return _search(query, _TIES, stop - asked.offset, asked.offset)
        return _search(query, _SCORED, (max(stop, RERANK_DEPTH) if reranks else stop) + SPARE_HITS)

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
        size = self._counts.paragraphs
        offset = min(offset, size)
        limit = min(limit, size - offset)
        if limit < 1:
            return Page(self._count(query), ())
        if sort != "relevance":
            total, hits = self._slice(query, _by_date(sort), offset, limit)
            return _page(total, (Hit(0.0, *hit[1:]) for hit in hits))
        if rerank and offset < RERANK_DEPTH:
            return self._search_reranked(query, limit, offset, rerank)
        score = constant_score(tree)
        if score is not None:
            total, hits = self._slice(query, _TIES, offset, limit)
            return _page(total, (Hit(score, *hit) for hit in hits))
        total, best = self._best(query, offset + limit)
        return _page(total, best[offset : offset + limit])

    def scan(self, tree: Tree) -> Iterator[Match]:
        for hit in self._all(self._compile(tree), _TIES):
            yield Hit(0.0, *hit).match

    def _search_reranked(self, query: Clause, limit: int, offset: int, rerank: Rerank) -> Page:
        """Return a page of the best paragraphs, the first of them reranked."""
        stop = offset + limit
        total, hits = self._best(query, max(stop, RERANK_DEPTH), rerank.terms)
        if not hits:
            return Page(total, ())
        best = sorted(self._reranked(hits[:RERANK_DEPTH], rerank), key=lambda hit: hit.rank)
        return _page(total, [*best, *hits[RERANK_DEPTH:]][offset:stop])

    def _reranked(self, hits: Sequence[Hit], rerank: Rerank) -> Iterator[Hit]:
        """Yield hits with the scores that their cables and words in a row add."""
        holders = self.frequencies("text", rerank.terms)
        scorer = CableScorer(holders, self._counts.paragraphs, self._counts.cables)
        asked = [_holdings_search({hit.cable for hit in hits}, scorer.terms)]
        if rerank.adjacent:
            ties: Clause = {"terms": {"tie": [hit.tie for hit in hits]}}
            near: Clause = {"bool": {"must": [self._compile(rerank.adjacent)], "filter": [ties]}}
            asked.append(_search(near, _SCORED, WINDOW))
        holdings, *found = self._ask(asked)
        cables = _cable_scores(holdings, scorer)
        adjacent = {hit.place: hit.score for each in found for hit in _hits(each)}
        for hit in hits:
            more = CABLE_WEIGHT * cables[hit.cable] + ADJACENCY_WEIGHT * adjacent.get(hit.place, 0.0)
            yield hit._replace(score=hit.score + more)

    def _best(self, query: Clause, stop: int, terms: Iterable[str] = ()) -> tuple[int, list[Hit]]:
        """Return how many paragraphs match, and `stop` or more of the best in order.

        OpenSearch sorts by scores to the last digit, so all whose scores are equal when rounded are sorted
        here; only if there are more than `MAX_TIES` of them, they stay in its order.

        Args:
            terms: those whose frequencies will be asked for; they are asked for in the same request.
        """
        total, hits = self._first(query, stop + SPARE_HITS, terms)
        if stop <= len(hits) < total and _rounded(hits[stop - 1]) == _rounded(hits[-1]):
            before = bisect_left(hits, -_rounded(hits[-1]), key=lambda hit: -_rounded(hit))
            _, hits = self._first(query, max(stop, before + MAX_TIES + 1))
        groups = (list(group) for _, group in groupby(hits, _rounded))
        return total, [
            hit
            for group in groups
            for hit in (group if len(group) > MAX_TIES else sorted(group, key=lambda hit: hit[1:]))
        ]

    def _first(self, query: Clause, limit: int, terms: Iterable[str] = ()) -> tuple[int, list[Hit]]:
        """Return how many paragraphs match, and the first of them in OpenSearch's order."""
        asked = [("text", term) for term in dict.fromkeys(terms) if ("text", term) not in self._known]
        found, *counts = self._ask(
            [_search(query, _SCORED, min(limit, WINDOW)), *map(self._frequency_search, asked)]
        )
        self._known.update(zip(asked, map(_total, counts), strict=True))
        if limit <= WINDOW:
            return _total(found), _hits(found)
        return _total(found), [Hit(*values) for values in islice(self._all(query, _SCORED), limit)]

    def _slice(self, query: Clause, order: list[Clause], offset: int, limit: int) -> tuple[int, list[Values]]:
        """Return how many documents match, and what some of them are sorted by."""
        if offset + limit <= WINDOW:
            [found] = self._ask([_search(query, order, limit, offset)])
            return _total(found), _values(found)
        return self._count(query), [*islice(self._all(query, order), offset, offset + limit)]

    def _all(self, query: Clause, order: list[Clause]) -> Iterator[Values]:
        """Yield what every matching document is sorted by, in order."""
        after: list[Values] = []
        while True:
            [found] = self._ask([_search(query, order, WINDOW, after=after)])
            page = _values(found)
            yield from page
            if len(page) < WINDOW:
                return
            after = page[-1:]

    def count(self, tree: Tree) -> int:
        return self._count(self._compile(tree))

    def counts(self, trees: Sequence[Tree]) -> list[int]:
        asked = [_search(compile_tree(tree, self._lexicon)) for tree in trees]
        parts = (asked[at : at + COUNTED_AT_ONCE] for at in range(0, len(asked), COUNTED_AT_ONCE))
        return [_total(found) for part in parts for found in self._ask(part)]

    def _count(self, query: Clause) -> int:
        [found] = self._ask([_search(query)])
        return _total(found)

    def facets(self, tree: Tree, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        by_field = {field: facet_field(field) for field in fields if field in COUNTED_FACETS}
        if "person" in fields:
            by_field["person"] = field_of("who")
        counted = self._values_counted(self._compile(tree), by_field.values())
        return {
            field: {who_value(term): count for term, count in counted[name].items()}
            if field == "person"
            else counted[name]
            for field in fields
            for name in [by_field[field]]
        }

    def terms(self, column: str, tree: Tree = EVERYTHING) -> dict[str, int]:
        field = field_of(column)
        return self._values_counted(self._compile(tree), [field])[field]

    def _values_counted(self, query: Clause, fields: Iterable[str]) -> dict[str, dict[str, int]]:
        """Count the matching paragraphs by each value of some fields, most frequent first."""
        wanted = {field: {"terms": {"field": field, "size": MAX_VALUES}} for field in fields}
        if not wanted:
            return {}
        [found] = self._ask([{"size": 0, "query": query, "aggs": wanted}])
        counts = {}
        for field, part in found["aggregations"].items():
            buckets: Iterable[Bucket] = part["buckets"]
            if part["sum_other_doc_count"] or part["doc_count_error_upper_bound"]:
                buckets = self._buckets(query, field)
            counts[field] = most_frequent_first((each["key"], each["doc_count"]) for each in buckets)
        return counts

    def _buckets(
        self, query: Clause, field: str, more: Mapping[str, object] | None = None, after: str = ""
    ) -> Iterator[Bucket]:
        """Yield the buckets of all values of a field in order, however many there are.

        Args:
            more: what else is computed of each.
            after: the value that they come after.
        """
        values: dict[str, object] = {"size": MAX_VALUES, "sources": [{"key": {"terms": {"field": field}}}]}
        if after:
            values["after"] = {"key": after}
        while True:
            wanted = {"all": {"composite": values, "aggs": more or {}}}
            [found] = self._ask([{"size": 0, "query": query, "aggs": wanted}])
            page = found["aggregations"]["all"]
            yield from ({**bucket, "key": bucket["key"]["key"]} for bucket in page["buckets"])
            if len(page["buckets"]) < MAX_VALUES:
                return
            values["after"] = page["after_key"]

    def by_cable(self, tree: Tree, limit: int = 0) -> CableCounts:
        query = self._compile(tree)
        parts = self._counts.cables // MAX_CABLES + 1
        found = self._ask([_cables_search(query, part, parts, limit) for part in range(parts)])
        buckets = [bucket for each in found if limit for bucket in each["aggregations"]["most"]["buckets"]]
        most = nsmallest(limit, buckets, key=lambda bucket: (-bucket["doc_count"], bucket["key"]))
        counts = {_place_of(bucket["one"]).partition(" ")[2]: bucket["doc_count"] for bucket in most}
        return CableCounts(sum(int(each["aggregations"]["count"]["count"]) for each in found), counts)

    def days(self, tree: Tree) -> dict[date, int]:
        if not self._span:
            return {}
        query, (first, last) = self._compile(tree), self._span
        starts = range(first // DAY * DAY, last + 1, MAX_DAYS * DAY)
        parts = [all_of([query, between("date", start, start + MAX_DAYS * DAY)]) for start in starts]
        found = self._ask([{"size": 0, "query": part, "aggs": BY_DAY} for part in parts])
        buckets = (bucket for each in found for bucket in each["aggregations"]["days"]["buckets"])
        return {day(bucket["key"]): bucket["doc_count"] for bucket in buckets}

    @cached_property
    def _span(self) -> tuple[int, int] | None:
        """The first and the last date in the index."""
        wanted = {"first": {"min": {"field": "date"}}, "last": {"max": {"field": "date"}}}
        [found] = self._ask([{"size": 0, "query": PARAGRAPHS, "aggs": wanted}])
        first, last = (found["aggregations"][end]["value"] for end in wanted)
        return None if first is None else (int(first), int(last))

    def cable(self, id: str) -> Cable | None:
        check_deadline()
        digest = cable_digest(id)
        params: dict[str, str | bool] = {"routing": digest, "stored_fields": "packed", "realtime": False}
        try:
            found = self._request("GET", f"/{self._index}/_doc/{digest}", params=params)
        except ResponseError as error:
            if error.status != 404:
                raise
            return None
        return decode(found["fields"]["packed"][0])

    def cables(self) -> Iterator[str]:
        for [name] in self._all({"term": {"type": CABLE}}, [{"name": "asc"}]):
            yield str(name)

    def frequencies(self, column: str, terms: Iterable[str]) -> dict[str, int]:
        wanted = dict.fromkeys((column, term) for term in terms)
        unknown = [each for each in wanted if each not in self._known]
        if len(self._known) > CACHED_FREQUENCIES:
            self._known.clear()
            unknown = [*wanted]
        counts = map(_total, self._ask(list(map(self._frequency_search, unknown))))
        found = dict(zip(unknown, counts, strict=True))
        self._known.update(found)
        return {each[1]: found[each] if each in found else self._known[each] for each in wanted}

    def _frequency_search(self, key: tuple[str, str]) -> Clause:
        column, term = key
        return _search(any_of([one_of(each, [term]) for each in columns_for(column)]))

    def near_words(
        self, start: str, *, to: str | None = None, distance: int = 0, at_least: int = 1, limit: int = 10
    ) -> list[NearWord]:
        if limit < 1:
            return []
        asked, most = [], MAX_VALUES if to else min(limit, MAX_VALUES)
        for sign in (STEM, SPELT):
            near = _lexemes_near(sign, start, to, distance) if to else _lexemes_beginning(sign + start)
            by_count = {
                "field": "lexeme",
                "size": most,
                "order": MOST_FIRST,
            }
            asked.append({"size": 0, "query": near, "aggs": {"words": {"terms": by_count, "aggs": SUM}}})
        buckets = [bucket for each in self._ask(asked) for bucket in each["aggregations"]["words"]["buckets"]]
        lexicon = ((bucket["key"][1:], int(bucket["sum"]["value"])) for bucket in buckets)
        return nearest_words(lexicon, to, distance, at_least, limit)

    def _terms_beginning(self, column: str, start: str) -> Iterator[str]:
        """Yield the terms of `text`, `words` or a column of whole values that begin with a prefix."""
        if column not in TEXTS:
            yield from (bucket["key"] for bucket in self._buckets_beginning(field_of(column), start))
            return
        for sign in (SPELT,) if column == "words" else (STEM, STEM_IN_I):
            for bucket in self._buckets_beginning("lexeme", sign + start, SUM):
                if bucket["sum"]["value"] > 0:
                    yield bucket["key"][1:]

    def _buckets_beginning(
        self, field: str, start: str, more: Mapping[str, object] | None = None
    ) -> Iterator[Bucket]:
        """Yield the buckets of the values that begin with a prefix."""
        if takes_automaton(start):
            yield from self._buckets({"prefix": {field: start}}, field, more)
            return
        buckets = self._buckets({"exists": {"field": field}}, field, more, after=start[:-1])
        yield from takewhile(
            lambda bucket: bucket["key"].startswith(start),
            dropwhile(lambda bucket: bucket["key"] < start, buckets),
        )

    def size(self) -> tuple[int, int]:
        return self._counts.cables, self._counts.paragraphs

    def close(self) -> None:
        self._client.close()

    # Asking

    def _ask(self, searches: Sequence[Clause]) -> list[Answer]:
        """Return the answers to some searches, in one request, unless they were asked ahead."""
        check_deadline()
        ahead = [self._ahead.pop(_key(each), None) if self._ahead else None for each in searches]
        answers = iter(self._request_all([s for s, known in zip(searches, ahead, strict=True) if not known]))
        return [known or next(answers) for known in ahead]

    def _request_all(self, searches: Sequence[Clause]) -> list[Answer]:
        from orjson import dumps

        if not searches:
            return []
        if len(searches) == 1:
            params = {"filter_path": ",".join(WANTED), **_kind(searches[0])}
            return [self._request("POST", f"/{self._index}/_search", params=params, body=searches[0])]
        lines = b"".join(dumps(part) + b"\n" for search in searches for part in (_kind(search), search))
        params = {"filter_path": ",".join(f"responses.{each}" for each in WANTED)}
        answer = self._request("POST", f"/{self._index}/_msearch", params=params, body=lines)
        return list(answer["responses"])

    def _request(
        self, method: str, path: str, *, params: Mapping[str, str | bool], body: Clause | bytes | None = None
    ) -> Answer:
        try:
            return self._client.request(method, path, params=params, body=body)
        except ResponseError as error:
            if error.kind == "index_not_found_exception":
                raise IndexStateError(
                    "the index on the cluster was built anew since it was opened: open it again"
                ) from error
            if TOO_MANY_CLAUSES in str(error):
                raise QueryError(
                    "it asks for more words and patterns at once than the cluster takes: ask for fewer,"
                    " or have indices.query.bool.max_clause_count raised there"
                ) from error
            raise


def _search(
    query: Clause,
    order: list[Clause] | None = None,
    limit: int = 0,
    offset: int = 0,
    after: Sequence[Values] = (),
) -> Clause:
    """Return the search for some of the documents that match, and for how many there are."""
    search: Clause = {"query": query, "size": limit, "track_total_hits": True}
    if limit:
        search |= {"sort": order, "stored_fields": "_none_", "from": offset}
    if after:
        search |= {"search_after": after[0], "track_total_hits": False, "from": 0}
    return search


def _by_date(sort: Sort) -> list[Clause]:
    return [{"date": {"order": "asc" if sort == "date" else "desc", "missing": "_last"}}, *_TIES]


def _key(search: Clause) -> bytes:
    """Return what tells a search from every other one."""
    from orjson import dumps

    return dumps(search)


def _kind(search: Clause) -> dict[str, str]:
    """Return which shards are asked, and how.

    A query is always put to the same copies, whose scores may differ in the last digit from those of others.
    For exact scores all shards say first how frequent each term is.
    """
    from orjson import dumps

    kind = {"preference": f"copy{crc32(dumps(search['query'])):x}"}
    if search.get("sort") is _SCORED:
        kind["search_type"] = "dfs_query_then_fetch"
    return kind


def _holdings_search(cables: Iterable[int], terms: Sequence[str]) -> Clause:
    """Return the search for which paragraphs of some cables hold which combination of terms.

    Each term has bits of its own in the score of a paragraph, and each cable's paragraphs are counted by it.
    To a script whose values are not integers OpenSearch does not tell the score.
    """
    asked = sorted(cables)
    held = [
        constant({"term": {field_of(column): term}}, 1 << TERM_BITS * k + bit)
        for k, term in enumerate(terms)
        for bit, column in enumerate(("text", "named"))
    ]
    by_score = {"terms": {"script": {"source": "_score"}, "value_type": "long", "size": MAX_VALUES}}
    by_cable = {"field": "cable", "size": len(asked), "collect_mode": "depth_first"}
    return {
        "size": 0,
        "query": {"bool": {"filter": [{"terms": {"cable": asked}}], "should": held}},
        "aggs": {"cables": {"terms": by_cable, "aggs": {"holdings": by_score}}},
    }


def _cable_scores(answer: Answer, scorer: CableScorer) -> dict[int, float]:
    """Return the scores of cables, by their numbers."""
    scores = {}
    for bucket in answer["aggregations"]["cables"]["buckets"]:
        held: dict[Holding, int] = {
            int(each["key"]): each["doc_count"] for each in bucket["holdings"]["buckets"]
        }
        scores[int(bucket["key"])] = scorer.score(held, bucket["doc_count"])
    return scores


def _cables_search(query: Clause, part: int, parts: int, limit: int) -> Clause:
    """Return the search for how many cables have paragraphs that match, and which have the most.

    Args:
        part: which part of the cables, of so many: OpenSearch counts a limited number at once.
    """
    among: Clause = {"field": "cable", "include": {"partition": part, "num_partitions": parts}}
    wanted: Clause = {
        "cables": {"terms": among | {"size": 2 * MAX_CABLES}},
        "count": {"stats_bucket": {"buckets_path": "cables>_count"}},
    }
    if limit:
        one = {"top_hits": {"size": 1, "_source": False, "docvalue_fields": ["place"]}}
        wanted["most"] = {"terms": among | {"size": min(limit, 2 * MAX_CABLES)}, "aggs": {"one": one}}
    return {"size": 0, "query": query, "aggs": wanted}


def _lexemes_beginning(start: str) -> Clause:
    return {"prefix": {"lexeme": start}}


def _lexemes_near(sign: str, start: str, to: str, distance: int) -> Clause:
    """Return the query for lexemes that begin with some letters and are near a word."""
    near: Clause = {"value": sign + to, "fuzziness": min(distance, 2), "prefix_length": 1}
    near |= {"max_expansions": 1_000_000, "rewrite": "constant_score"}
    beginning = _lexemes_beginning(sign + start)
    return all_of([beginning, {"fuzzy": {"lexeme": near}}] if distance <= 2 else [beginning])


def _total(answer: Answer) -> int:
    return int(answer["hits"]["total"]["value"])


def _values(answer: Answer) -> list[Values]:
    """Return what each document found is sorted by."""
    return [hit["sort"] for hit in answer["hits"].get("hits", ())]


def _hits(answer: Answer) -> list[Hit]:
    return [Hit(*values) for values in _values(answer)]


def _place_of(top: Answer) -> str:
    return str(top["hits"]["hits"][0]["fields"]["place"][0])


def _page(total: int, hits: Iterable[Hit]) -> Page:
    return Page(total, tuple(hit.match for hit in hits))


def _rounded(hit: Hit) -> float:
    return round_score(hit.score)
