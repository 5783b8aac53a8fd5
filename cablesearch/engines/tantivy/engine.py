"""The tantivy engine: an archive on one machine, built in minutes and asked in milliseconds.

A paragraph is a document of tantivy's; cables are kept in an index of their own (`stored`). Its `place` is
its cable's id and its ordinal; its `turn`, by which equal ones are sorted, begins with the number of its
`cable`. What has neither order nor score is one column, `facts`: the terms of keywords, the facets as they
are shown, the cable's id. tantivy's scores are those of the contract.
"""

from __future__ import annotations

import re
from base64 import b64encode
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from tantivy import (
    FieldType,
    Occur,
    Order,
    Query,
    Schema,
    SchemaBuilder,
)
from whoosh import query

from ...model.cable import Cable
from ..cable_score import HELD, Judge
from ..contract import (
    AT_HAND,
    COLUMNS,
    DAY,
    DEPTH,
    FACETS,
    NEAR,
    PLACES,
    POSITIONED,
    WHOLE,
    Again,
    Columns,
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
    rounded,
    sources,
    spacings,
    turn,
)
from .index import Table, opened
from .store import CableReader, CableWriter

Hit = tuple[float, Any]  # a score, and tantivy's address of a paragraph

HEAP, THREADS = 800_000_000, 1  # few segments: the cables of the best are looked up in each
MOST_VALUES = 60_000  # of a facet
MOST_DAYS = 60_000  # that are counted at once: tantivy has 65,000 buckets
EQUALS = 2_000  # paragraphs of one score that are put in order; more stay as tantivy has them

MOST_NEAR = 2_000  # paragraphs of the cables of the best that are looked through for words together
SPARE = 20  # paragraphs that are found beyond those asked for, to see whether the last one has equals
BLANK = "\x1e"  # in facts, for a space

TEXTS = (*sorted(POSITIONED), "words")  # the columns that are fields of tantivy's; the others are facts

CABLE, SHOWN, HAS, LACKS = "cable", "shown_", "has", "lacks"  # what other facts there are
USUAL = frozenset(("words", "text", "subject", "origin", "classification", "marking", "tag", "id"))

# Facets of no more values than tantivy counts in one pass, some 65,000; others are counted value by value.
FEW = {field: SHOWN + field for field in FACETS if field != "person"}  # and the fields of tantivy's for them


def _schema() -> Schema:
    builder = SchemaBuilder()
    for column in TEXTS:
        kept = "position" if column in POSITIONED else "basic"
        builder.add_text_field(column, tokenizer_name="whitespace", index_option=kept)
    builder.add_text_field("facts", tokenizer_name="whitespace", index_option="basic")
    builder.add_bytes_field("place", stored=True)
    for field in FEW.values():
        builder.add_text_field(field, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("cable", indexed=True)
    builder.add_integer_field("turn", fast=True)
    builder.add_integer_field("paragraphs", fast=True)
    builder.add_integer_field("date", fast=True)
    return builder.build()


SCHEMA = _schema()


KINDS = (CABLE, HAS, LACKS, *COLUMNS, *(SHOWN + field for field in FACETS if field not in FEW))
SIGNS = {kind: chr(ord("A") + place) for place, kind in enumerate(KINDS)}  # short: facts are many


def _fact(kind: str, value: str) -> str:
    """Give a fact as one term, in which there is no space."""
    return SIGNS[kind] + value.replace(" ", BLANK)


class TantivyWriter(Writer):
    def __init__(self, folder: Path, *, fresh: bool) -> None:
        self._paragraphs = Table(SCHEMA, folder, fresh=fresh, heap=HEAP, threads=THREADS)
        self._cables = CableWriter(folder, fresh=fresh)

    @staticmethod
    def rows(documents: Iterable[Document]) -> Sequence[bytes]:
        from orjson import dumps

        paragraphs = list(documents)
        whole = _part(paragraphs[0].whole) if paragraphs else ([], {})
        return [dumps(_row(paragraph, len(paragraphs), *whole)) for paragraph in paragraphs]

    def put(self, id: str, packed: bytes, rows: Sequence[bytes]) -> None:
        self._paragraphs.begin()
        self._cables.put(id, packed)
        self._paragraphs.add_json(rows)

    def remove(self, ids: Iterable[str]) -> None:
        gone = list(ids)
        self._cables.remove(gone)
        for id in gone:
            self._paragraphs.delete("facts", _fact(CABLE, id))

    def commit(self) -> None:
        self._cables.commit()
        self._paragraphs.commit()

    def discard(self) -> None:
        self._cables.discard()
        self._paragraphs.discard()


def _row(document: Document, paragraphs: int, facts: list[str], fields: dict[str, Any]) -> dict[str, Any]:
    """Give a paragraph as tantivy reads it from JSON, with bytes in base 64.

    Args:
        document: the paragraph.
        paragraphs: how many its cable has.
        facts: what all of them have, and their `fields`.
    """
    own_facts, own_fields = _part(document.own)
    named = _fact(CABLE, document.cable), _presence((*document.own.terms, *document.whole.terms))
    at = turn(document.cable, document.ordinal)
    row: dict[str, Any] = {
        "facts": [*named, *facts, *own_facts],
        "place": b64encode(f"{document.ordinal} {document.cable}".encode()).decode(),
        "turn": at,
        "cable": at >> PLACES,
        "paragraphs": paragraphs,
        **fields,
        **own_fields,
    }
    if document.date is not None:
        row["date"] = document.date
    return row


def _part(columns: Columns) -> tuple[list[str], dict[str, Any]]:
    """Give facts and fields of what a paragraph has in some columns."""
    facts: list[str] = []
    fields: dict[str, Any] = {}
    for column, terms in columns.terms.items():
        if column in TEXTS:
            fields[column] = terms
        else:
            facts.append(_terms(column, terms))
    for field, values in columns.facets.items():
        if field in FEW:
            fields[FEW[field]] = values
        else:
            facts.append(_shown(field, values))
    return facts, fields


@lru_cache(AT_HAND)
def _presence(columns: tuple[str, ...]) -> str:
    """Give the facts of which columns have terms, the fewer ones."""
    has = (_fact(HAS, column) for column in columns if column not in USUAL)
    return " ".join((*has, *(_fact(LACKS, column) for column in USUAL.difference(columns))))


@lru_cache(AT_HAND)
def _terms(column: str, terms: str) -> str:
    """Give the facts of a column's terms."""
    return " ".join(_fact(column, term) for term in terms.split())


@lru_cache(AT_HAND)
def _shown(field: str, values: tuple[str, ...]) -> str:
    """Give the facts of a facet's values."""
    return " ".join(_fact(SHOWN + field, value) for value in values)


class TantivyReader(Reader):
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        index = opened(SCHEMA, folder)
        with damage(folder, ValueError):
            index.config_reader("manual")
            self._searcher: Any = index.searcher()
        self._cables = CableReader(folder)
        self._doc_freq = lru_cache(AT_HAND)(self._searcher.doc_freq)

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
        compiled = self._compile(tree)
        if limit < 1:
            return Page(self._matches(compiled), ())
        if sort != "relevance":
            return self._by_date(compiled, limit, offset, Order.Asc if sort == "date" else Order.Desc)
        if again and offset < DEPTH:
            return self._again(compiled, limit, offset, again)
        score = _score_of_all(tree)
        if score is None:
            total, hits = self._by_score(compiled, limit, offset)
            return self._page(total, hits)
        found = self._search(compiled, limit, order_by_field="turn", order=Order.Asc, offset=offset)
        return self._page(found.count, [(score, address) for _, address in found.hits])

    def _again(self, compiled: Query, limit: int, offset: int, again: Again) -> Page:
        """Give a page of the best, the first of them put in order again."""
        total, hits = self._by_score(compiled, max(offset + limit, DEPTH), 0, loosely=DEPTH)
        if not hits:
            return Page(total, ())
        addresses = [address for _, address in hits[:DEPTH]]
        turns = self._turns(addresses)
        cables = [at >> PLACES for at in turns]
        of_cables = self._judged(addresses, cables, again.terms)
        more = [
            (score + WHOLE * of_cables[cable], at) for cable, (score, at) in zip(cables, hits, strict=False)
        ]
        if again.near:
            near = self._near(again.near, of_cables)
            more = [(score + NEAR * near.get(_place_of(at), 0.0), at) for score, at in more]
        first = _sorted(more, turns)[offset : offset + limit]
        return self._page(total, [*first, *hits[max(DEPTH, offset) : offset + limit]])

    def _judged(self, addresses: list[Any], cables: Iterable[int], terms: Sequence[str]) -> dict[int, float]:
        """Give what the cables of some paragraphs score, by their numbers."""
        holders = {term: self.frequency("text", term) for term in terms}
        judge = Judge(holders, self._searcher.num_docs, len(self._cables))
        sizes = dict(zip(cables, self._searcher.fast_field_values("paragraphs", addresses), strict=True))
        held = self._held(list(sizes), judge.terms, sum(sizes.values()))
        return {cable: judge.score(of_it, sizes[cable]) for cable, of_it in zip(sizes, held, strict=True)}

    def _near(self, tree: Any, cables: Iterable[int]) -> dict[tuple[int, int], float]:
        """Give what the paragraphs of some cables score for a tree, by their places."""
        among = Query.const_score_query(_any(map(_of_cable, cables)), 0.0)
        hits = self._search(self._compile(tree).and_must_match(among), MOST_NEAR, count=False).hits
        return {_place_of(address): score for score, address in hits}

    def _held(self, cables: Sequence[int], terms: Sequence[str], most: int) -> list[dict[int, int]]:
        """Count for each cable how its paragraphs, in all at most so many, hold terms.

        In one search, of which no more than the scores are looked at: they are numbers whose lower bits are
        what a paragraph holds, whose upper ones are the place of its cable. Each term is looked for by itself
        where these cables are: a union of terms would be made of all that lies about them.
        """
        above = HELD * len(terms)
        asked = _any(_worth(_of_cable(cable), place << above) for place, cable in enumerate(cables))
        for k, term in enumerate(terms):
            for bit, column in enumerate(("text", "named")):
                if self.frequency(column, term):
                    held = _worth(_held(column, term), 1 << HELD * k + bit)
                    asked = Query.boolean_query([(Occur.Must, asked), (Occur.Should, held)])
        numbers = Counter([score for score, _ in self._search(asked, most, count=False).hits])
        counts: list[dict[int, int]] = [{} for _ in cables]
        for number, times in numbers.items():
            place, holding = divmod(int(number), 1 << above)
            if holding:
                counts[place][holding] = times
        return counts

    def _by_score(self, compiled: Query, limit: int, offset: int, loosely: int = 0) -> tuple[int, list[Hit]]:
        """Give how many there are and the best, equal ones by their turns.

        Those that stand among the first `loosely`, where they will be put in order again, are in any order.

        tantivy has no order for equal ones, so that all of a score that is on the page must be at hand. Only
        where they are more than `EQUALS`, which is so of words in short columns, they stay as they come.
        """
        stop = offset + limit
        found = self._search(compiled, stop + SPARE)
        hits, total = found.hits, int(found.count)
        if stop <= len(hits) < total and _rank(hits[stop - 1]) == _rank(hits[-1]):
            first = bisect_left(hits, _rank(hits[-1]), key=_rank)
            hits = self._search(compiled, max(stop, first + EQUALS + 1)).hits
        return total, self._in_order(hits, offset, stop, loosely)

    def _in_order(self, hits: list[Hit], start: int, stop: int, loosely: int = 0) -> list[Hit]:
        """Give a slice of hits, those that are equal by their turns."""
        page: list[Hit] = hits[start : _apart(hits, loosely)]
        place, stop = start + len(page), min(stop, len(hits))
        if place >= stop:
            return page
        ranks = list(map(_rank, hits))
        first, end = bisect_left(ranks, ranks[place]), bisect_right(ranks, ranks[stop - 1])
        times = Counter(ranks[first:end])
        equal = [at for at in range(first, end) if 1 < times[ranks[at]] <= EQUALS]
        turns = dict(zip(equal, self._turns([hits[at][1] for at in equal]), strict=True)) if equal else {}
        order = sorted(range(first, end), key=lambda at: (ranks[at], turns.get(at, at)))
        return page + [hits[at] for at in order[place - first : stop - first]]

    def _search(self, *asked: Any, **options: Any) -> Any:
        with damage(self._folder, ValueError):
            return self._searcher.search(*asked, **options)

    def _by_date(self, compiled: Query, limit: int, offset: int, order: Order) -> Page:
        """Give a page from one end of time, the paragraphs of one moment by their turns."""
        found = self._search(compiled, limit + 1, order_by_field="date", order=order, offset=offset)
        hits, behind = found.hits[:limit], found.hits[limit:]
        moments = [(moment, [at for _, at in some]) for moment, some in groupby(hits, lambda hit: hit[0])]
        page: list[Any] = []
        for place, (moment, addresses) in enumerate(moments):
            begins = place > 0 or offset == 0
            ends = place < len(moments) - 1 or not behind or behind[0][0] != moment
            if begins and ends:
                page += self._by_turn(addresses)
                continue
            # There may be more of this moment before or after the page.
            earlier = self._matches(compiled.and_must_match(_before(moment, order))) if place == 0 else offset
            page += self._first(compiled.and_must_match(_at(moment)), len(addresses), offset - earlier)
        return self._page(found.count, [(0.0, address) for address in page])

    def _first(self, compiled: Query, limit: int, offset: int) -> list[Any]:
        """Give addresses by their turns."""
        found = self._search(compiled, limit, order_by_field="turn", order=Order.Asc, offset=offset)
        return [address for _, address in found.hits]

    def _turns(self, addresses: list[Any]) -> list[int]:
        turns: list[int] = self._searcher.fast_field_values("turn", addresses)
        return turns

    def _by_turn(self, addresses: list[Any]) -> list[Any]:
        turns = self._turns(addresses)
        return [addresses[place] for place in sorted(range(len(addresses)), key=turns.__getitem__)]

    def _page(self, total: int, hits: Iterable[Hit]) -> Page:
        return Page(total, tuple(self._match(*hit) for hit in hits))

    def _match(self, score: float, address: Any) -> Match:
        place = bytes(self._searcher.doc(address).get_first("place")).decode()
        ordinal, _, id = place.partition(" ")
        return Match(id, int(ordinal), score)

    def _matches(self, compiled: Query) -> int:
        return int(self._search(Query.const_score_query(compiled, 0.0), 1).count)

    def count(self, tree: Any) -> int:
        return self._matches(self._compile(tree))

    def facets(self, tree: Any, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        compiled = self._compile(tree)
        asked = {
            field: {"terms": {"field": FEW[field], "size": MOST_VALUES}} for field in fields if field in FEW
        }
        counted = self._searcher.aggregate(compiled, asked) if asked else {}
        return {
            field: _most_first(counted[field]["buckets"])
            if field in counted
            else dict(self._told(field, compiled))
            for field in fields
        }

    def days(self, tree: Any) -> dict[date, int]:
        compiled = self._compile(tree)
        span = self._aggregated(compiled, "stats")
        counts: dict[date, int] = {}
        if span["count"]:
            for start in range(int(span["min"]) // DAY * DAY, int(span["max"]) + 1, MOST_DAYS * DAY):
                part = compiled.and_must_match(_dated(start, start + MOST_DAYS * DAY, to_end=False))
                by_day = self._aggregated(part, "histogram", interval=DAY, min_doc_count=1)
                counts.update((day(bucket["key"]), bucket["doc_count"]) for bucket in by_day["buckets"])
        return counts

    def _aggregated(self, among: Query, kind: str, **options: int) -> Any:
        """Give what tantivy makes of the dates of some paragraphs."""
        return self._searcher.aggregate(among, {"all": {kind: {"field": "date", **options}}})["all"]

    def _told(self, field: str, among: Query) -> Iterator[tuple[str, int]]:
        """Give the values of a facet that is among the facts, and how often each is there, most first."""
        start = _fact(SHOWN + field, "")
        for fact, count in self._searcher.terms_with_prefix("facts", start, among):
            yield fact.removeprefix(start).replace(BLANK, " "), count

    def cable(self, id: str) -> Cable | None:
        return self._cables.cable(id)

    def cables(self) -> Iterator[str]:
        return iter(self._cables)

    def frequency(self, column: str, term: str) -> int:
        if len(sources(column)) > 1:
            return super().frequency(column, term)
        return int(self._doc_freq(*_place(column, term)))

    def lexicon(self, column: str, beginning: str) -> Iterator[tuple[str, int]]:
        return iter(self._searcher.terms_with_prefix(column, beginning))

    def size(self) -> tuple[int, int]:
        return len(self._cables), int(self._searcher.num_docs)

    def close(self) -> None:
        del self._searcher, self._doc_freq, self._cables  # and with them the files

    # The compilation

    def _compile(self, tree: Any) -> Query:
        """Give a tree as tantivy's query."""
        match tree:
            case query.ConstantScoreQuery(child=child, score=score):
                return Query.const_score_query(self._compile(child), score)
            case query.And(subqueries=children, boost=boost):
                return _boosted(self._all(children), boost)
            case query.Or(subqueries=children, boost=boost):
                return _boosted(_any(map(self._compile, children)), boost)
            case query.Not():
                return self._all([tree])
            case query.Term(fieldname=column, text=term, boost=boost) if column in POSITIONED:
                return _boosted(_held(column, term), boost)
            case query.Phrase(fieldname=column, words=words, slop=slop, boost=boost):
                return _boosted(_phrase(column, words, slop), boost)
            case _:
                return Query.const_score_query(self._members(tree), tree.boost)

    def _members(self, tree: Any) -> Query:
        """Give a leaf without weights; tantivy drops the score of some that match everything."""
        match tree:
            case query.Every(fieldname=None):
                return Query.all_query()
            case query.NumericRange(start=None, end=None) | query.Every(fieldname="date"):
                return Query.exists_query("date")
            case query.Every(fieldname=column):
                return _any(map(_having, sources(column)))
            case query.NumericRange(start=start, end=end, startexcl=startexcl, endexcl=endexcl):
                return _dated(start, end, not startexcl, not endexcl)
            case _ if tree == query.NullQuery:
                return Query.empty_query()
            case query.Term() | query.Prefix() | query.Wildcard() | query.FuzzyTerm():
                return _any(self._alike(tree, source) for source in sources(tree.fieldname))
        raise TypeError(f"no engine reads {type(tree).__name__}")

    def _alike(self, tree: Any, column: str) -> Query:
        """Give the terms of a column that are as a leaf asks."""
        match tree:
            case query.Term(text=term):
                return _held(column, term)
            case query.Prefix(text=start):
                field, beginning = _place(column, start)
                return Query.regex_query(SCHEMA, field, _escaped(beginning) + ".*")
            case query.Wildcard(text=pattern):
                return self._like(*_place(column, pattern))
            case _:
                return Query.fuzzy_term_query(SCHEMA, column, tree.text, tree.maxdist)

    def _all(self, children: Iterable[Any]) -> Query:
        excluded = [(Occur.MustNot, self._compile(c.query)) for c in children if isinstance(c, query.Not)]
        needed = [(Occur.Must, self._compile(c)) for c in children if not isinstance(c, query.Not)]
        if excluded and not needed:
            needed = [(Occur.Must, Query.const_score_query(Query.all_query(), 0.0))]
        return Query.boolean_query([*needed, *excluded])

    def _like(self, field: str, pattern: str) -> Query:
        """Give a wildcard as a regular expression, or as its terms where that would have too many states."""
        parts = re.split(r"([*?])", pattern)
        expression = "".join({"*": ".*", "?": "."}.get(part) or _escaped(part) for part in parts)
        try:
            return Query.regex_query(SCHEMA, field, expression)
        except ValueError:
            known = self._searcher.terms_with_prefix(field, parts[0])
            alike = globbed(pattern)
            return Query.term_set_query(SCHEMA, field, [term for term, _ in known if alike(term)])


def _most_first(buckets: Iterable[dict[str, Any]]) -> dict[str, int]:
    counts = ((bucket["key"], int(bucket["doc_count"])) for bucket in buckets)
    return dict(sorted(counts, key=lambda count: (-count[1], count[0])))


def _place(column: str, term: str) -> tuple[str, str]:
    """Give where a term of a column is in tantivy: its field, and what it is there."""
    return (column, term) if column in TEXTS else ("facts", _fact(column, term))


def _held(column: str, term: str) -> Query:
    return Query.term_query(SCHEMA, *_place(column, term), "freq" if column in POSITIONED else "basic")


def _of_cable(number: int) -> Query:
    return Query.term_query(SCHEMA, "cable", number, "basic")


def _worth(compiled: Query, score: float) -> Query:
    return Query.const_score_query(compiled, score)


def _having(column: str) -> Query:
    """Give the paragraphs that have terms in a column."""
    if column in USUAL:
        return Query.all_query().and_must_not_match(_held(LACKS, column))
    return _held(HAS, column)


def _any(queries: Iterable[Query]) -> Query:
    several = list(queries)
    if len(several) == 1:
        return several[0]
    return Query.boolean_query([(Occur.Should, each) for each in several])


def _boosted(compiled: Query, boost: float) -> Query:
    return compiled if boost == 1.0 else Query.boost_query(compiled, boost)


def _phrase(column: str, words: Sequence[str], slop: int) -> Query:
    """Give a phrase; where others may stand among its words, these, and each of its spacings as a filter."""
    terms = Query.boolean_query([(Occur.Must, _held(column, word)) for word in words])
    if len(words) < 2:
        return terms
    ways = [
        Query.phrase_query(SCHEMA, column, [*zip(way, words, strict=True)]) for way in spacings(words, slop)
    ]
    if len(ways) == 1:
        return ways[0]
    return terms.and_must_match(Query.const_score_query(_any(ways), 0.0))


def _dated(start: float | None, end: float | None, from_start: bool = True, to_end: bool = True) -> Query:
    return Query.range_query(
        *(SCHEMA, "date", FieldType.Integer, start, end),
        include_lower=start is None or from_start,
        include_upper=end is None or to_end,
    )


def _at(date: int | None) -> Query:
    if date is None:
        return Query.all_query().and_must_not_match(Query.exists_query("date"))
    return _dated(date, date)


def _before(date: int | None, order: Order) -> Query:
    """Give what is sorted before a date: nothing that has none is, either way."""
    if date is None:
        return Query.exists_query("date")
    return _dated(None, date, to_end=False) if order == Order.Asc else _dated(date, None, from_start=False)


def _place_of(address: Any) -> tuple[int, int]:
    return address.segment_ord, address.doc


def _apart(hits: list[Hit], place: int) -> int:
    """Give the last place up to this one that does not part equal hits."""
    if place >= len(hits) or not place or _rank(hits[place - 1]) != _rank(hits[place]):
        return place
    return bisect_left(hits, _rank(hits[place]), key=_rank)


def _sorted(hits: list[Hit], turns: list[int]) -> list[Hit]:
    """Give hits by their ranks, equal ones by their turns."""
    places = sorted(
        (_rank(hit), turn, place) for place, (hit, turn) in enumerate(zip(hits, turns, strict=True))
    )
    return [hits[place] for *_, place in places]


def _rank(hit: Hit) -> float:
    """Give what hits are sorted and compared by."""
    return -rounded(hit[0])


def _escaped(text: str) -> str:
    return re.sub(r"[\\.+*?()|\[\]{}^$#&~-]", r"\\\g<0>", text)


def _score_of_all(tree: Any) -> float | None:
    """Give the score that all paragraphs have which a tree matches, None where they may differ."""
    match tree:
        case query.ConstantScoreQuery(score=score):
            return float(score)
        case query.Not():
            return 0.0
        case query.And(subqueries=children, boost=boost):
            scores = [_score_of_all(child) for child in children]
            known = [score for score in scores if score is not None]
            return boost * sum(known) if len(known) == len(scores) else None
        case query.Phrase() | query.Or():
            return None
        case query.Term(fieldname=column) if column in POSITIONED:
            return None
    return float(tree.boost)


class TantivyEngine(Engine):
    name = "tantivy"
    writer = TantivyWriter

    def write(self, folder: Path, *, fresh: bool) -> Writer:
        return TantivyWriter(folder, fresh=fresh)

    def read(self, folder: Path) -> Reader:
        return TantivyReader(folder)


ENGINE = TantivyEngine()
