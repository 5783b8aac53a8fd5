"""Finds a page of hits: paragraphs with every word first and, when they run out, those with some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from ..engines.contract import Expected, Match, Reader, Rerank, Sort
from ..query.query import Query
from ..query.tree import All, Between, Filter, Has, Not, Range, Tree, leaves, regardless_of_date
from .results import Hit, Results
from .rewrite import expected_terms
from .suggest import FEW, suggest

if TYPE_CHECKING:
    from .citations import Read

Order = Literal[Sort, "cited"]

STRIDE = 200  # paragraphs read at a time when the number per cable is limited

UNDATED = Filter(Not(Has("date")))


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds paragraphs by a reader.

    Attributes:
        read: returns a cable by its id, for the hits.
    """

    reader: Reader
    read: Read

    def find(self, query: Query, limit: int, offset: int, sort: Order) -> Results:
        """Find paragraphs."""
        if sort == "cited":
            matches = self._most_cited(query.tree, limit, offset)
            found = hits(matches, query, self.read)
            return _results(query, self.reader.count(query.tree), found, None)
        by = rerank(query)
        strict = self.reader.search(query.tree, limit=limit, offset=offset, sort=sort, rerank=by)
        found = hits(strict.matches, query, self.read)
        missing = limit - len(found) if sort == "relevance" else 0
        if missing > 0 and (partial := query.partial() if strict.total else query.relaxed):
            start = max(0, offset - strict.total)
            page = self.reader.search(partial, limit=missing, offset=start, rerank=by)
            found += hits(page.matches, query, self.read, partial=True)
        may_be_misspelt = strict.total <= FEW and (sort == "relevance" or not query.ranked)
        suggestion = suggest(query, self.reader) if may_be_misspelt else None
        return _results(query, strict.total, found, suggestion)

    def find_per_cable(self, query: Query, limit: int, offset: int, sort: Order, per_cable: int) -> Results:
        """Find paragraphs, a limited number of them in each cable."""
        kept: list[Hit] = []
        seen: Counter[str] = Counter()
        start, wanted = 0, offset + limit
        while True:
            results = self.find(query, STRIDE, start, sort)
            for hit in results:
                seen[hit.cable_id] += 1
                if seen[hit.cable_id] <= per_cable:
                    kept.append(hit)
            start += STRIDE
            if len(results) < STRIDE or len(kept) >= wanted:
                page = replace(results, hits=tuple(kept[offset:wanted]))
                relaxed = any(hit.partial for hit in page)
                return replace(page, relaxed=relaxed, cables=self.reader.by_cable(query.tree).total)

    def _most_cited(self, tree: Tree, limit: int, offset: int) -> list[Match]:
        """Return the paragraphs whose cables are cited most often; among equals, a cable's stay together."""
        found: list[Match] = []
        for times in (*sorted({*self.reader.times_cited.values()}, reverse=True), 0):
            equals = Filter(All((tree, Between("cited", times, times + 1))))
            page = self.reader.search(equals, limit=limit - len(found), offset=offset)
            found += (match._replace(score=0.0) for match in page.matches)
            offset = max(offset - page.total, 0)
            if len(found) >= limit:
                break
        return found


def hits(matches: Iterable[Match], query: Query, read: Read, *, partial: bool = False) -> list[Hit]:
    """Return the hits for what a reader has found."""
    return [Hit(match.cable, match.ordinal, match.score, query, read, partial) for match in matches]


def _results(query: Query, total: int, hits: Sequence[Hit], suggestion: str | None) -> Results:
    relaxed = bool(hits) and hits[-1].partial  # those with some of the words come last
    return Results(query.text, total, relaxed, tuple(hits), suggestion)


def asks_for_date(tree: Tree) -> bool:
    """Whether a tree asks for paragraphs of some time."""
    return Range in map(type, leaves(tree))


def undated(tree: Tree) -> Tree:
    """Return the tree for undated paragraphs that would match if they had the date that is asked for."""
    return All((regardless_of_date(tree), UNDATED, Not(tree)))


def expected(query: Query, limit: int, offset: int, sort: Order) -> Expected:
    """Return what a search asks of a reader first, if rewriting changes nothing."""
    by: Sort = "-date" if sort == "cited" or (sort == "relevance" and not query.ranked) else sort
    counted = (UNDATED, undated(query.tree)) if asks_for_date(query.tree) else ()
    return Expected(expected_terms(query), query.tree, limit, offset, by, rerank(query), counted)


def rerank(query: Query) -> Rerank | None:
    """Return what the best paragraphs are reranked by.

    None for a single word: its best paragraphs are in its best cables anyway (benchmarks/relevance.md).
    """
    terms = query.cable_terms
    return Rerank(terms, query.adjacent) if len(terms) > 1 else None
