"""Every engine answers as the contract says, and like the others, whatever the cables and the query."""

from __future__ import annotations

import os
import sys
from collections import Counter
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cablesearch.engines import proximity
from cablesearch.engines.contract import CableCounts, Rerank
from cablesearch.engines.documents import documents
from cablesearch.engines.scoring import round_score, tie_key
from cablesearch.model.cable import Reference
from cablesearch.model.calendar import Month
from cablesearch.query.fields import instant, keyword
from cablesearch.query.query import parse
from cablesearch.query.tree import (
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
    Nothing,
    Phrase,
    Prefix,
    Range,
    Term,
    Value,
    Wildcard,
    Words,
)
from tests.engines.engines import ENGINES, cleaned, engine
from tests.engines.model import Model, cable

CORPORA, QUERIES = int(os.environ.get("CORPORA", "15")), 50  # 750 queries in all; 2,250 with CORPORA=45
DEPTH = 7  # paragraphs that are reranked

WORDS = ("a", "b", "ab", "ba", "abc", "cab", "cabs", "cabbing", "cc", "я")
NAMED = ("Ab Ba", "Ab", "Cc Я")
DAYS = (date(1966, 5, 1), datetime(2006, 12, 31, 23, 59, 59), date(2007, 1, 1), date(2007, 1, 8))
FACETS = ("origin", "marking", "person", "year")
LISTED = ("cites", "to", "references", "marking", "station")
VALUES = ("AB", "AB BA", "BA AB CC", "A AB B", "Я")  # of lines of a header
OWN_IDS = tuple(f"0{n}A{k}" for n in range(6, 9) for k in (1, 10, 2, 3))
OTHER_IDS = ("09B1", "09B2")
IDS = (*OWN_IDS[:4], *OTHER_IDS, "99NOWHERE1")  # cited

texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.just("ab cc " * 30)
cables = st.builds(
    lambda id, paragraphs, **facts: cable(
        id,
        *(p[0] for p in paragraphs),
        markings=[p[1] for p in paragraphs],
        people=[p[2] for p in paragraphs],
        **facts,
    ),
    id=st.sampled_from(OWN_IDS),
    paragraphs=st.lists(
        st.tuples(texts, st.sampled_from(["C", "S/NF", None]), st.lists(st.sampled_from(NAMED), max_size=2)),
        max_size=4,
    ),
    created=st.sampled_from((None, *DAYS, *(Month(day.year, day.month, 1) for day in DAYS))),
    origin=st.sampled_from((None, *NAMED)),
    subject=st.none() | texts,
    sender=st.sampled_from((None, *VALUES)),
    to=st.lists(st.sampled_from(VALUES), max_size=3).map(tuple),
    references=st.lists(st.sampled_from(IDS), max_size=3).map(
        lambda ids: tuple(Reference(None, id, id) for id in ids)
    ),
    other_ids=st.lists(st.sampled_from(OTHER_IDS), max_size=1).map(tuple),
)
corpora = st.lists(cables, max_size=10, unique_by=lambda cable: cable.id)

RERANK = Rerank(("ab", "cab", "zz"), Any((Phrase("text", ("ab", "cab")), Phrase("text", ("cab", "ab")))))


def tuples(parts, max_size):
    return st.lists(parts, max_size=max_size).map(tuple)


words = st.sampled_from(WORDS)
prose = st.sampled_from(("text", "subject", "sounds", "origin"))
moments = st.none() | st.sampled_from([instant(day) + after for day in DAYS for after in (0, 1)])
numbers = st.none() | st.integers(0, 4) | st.just(91)


def nears(column, word):
    """Return a strategy for words of a column near each other: with alternatives, or three in a row."""
    run = st.lists(word, min_size=1, max_size=2).map(tuple)
    part = st.lists(run, min_size=1, max_size=2).map(tuple)
    single = word.map(lambda one: ((one,),))
    parts = st.lists(part, min_size=1, max_size=2) | st.lists(single, min_size=3, max_size=3)
    return st.builds(Near, st.just(column), parts.map(tuple), st.integers(0, 4), st.booleans())


pattern = st.builds(Prefix, st.just("words"), st.sampled_from(("a", "ab", "cab", "я"))) | st.builds(
    Wildcard, st.just("words"), st.sampled_from(("?b", "*b*", "c?b", "*s"))
)
AMONG = st.frozensets(st.sampled_from([keyword(id + part) for id in IDS for part in ("", "#1", "#2")]))
leaves = (
    st.builds(Term, st.sampled_from(("text", "text", "subject", "words", "person")), words)
    | st.builds(Term, st.just("marking"), st.sampled_from(("c", "s", "s/nf")))
    | st.builds(Phrase, prose, tuples(words, 4), st.integers(0, 4))
    | st.builds(
        Prefix, st.sampled_from(("words", "text", "marking")), st.sampled_from(("a", "ab", "s", "zz"))
    )
    | st.builds(Wildcard, st.sampled_from(("words", "person")), st.text("abc?*я[", min_size=1, max_size=5))
    | st.builds(Fuzzy, st.just("words"), words, st.integers(1, 2))
    | nears("text", st.builds(Term, st.just("text"), words) | pattern)
    | nears("subject", st.builds(Term, st.just("subject"), words))
    | nears("origin", st.builds(Term, st.just("origin"), words))
    | st.builds(Value, st.sampled_from(("from", "to")), st.sampled_from(("ab", "ba", "ab_ba", "ab_cc", "я")))
    | st.builds(Range, moments, moments)
    | st.builds(Between, st.sampled_from(("length", "cited")), numbers, numbers)
    | st.builds(Term, st.just("cites"), st.sampled_from(IDS).map(keyword))
    | AMONG.map(lambda ids: Among("ids", " ".join(sorted(ids)), ids))
    | st.builds(Has, st.sampled_from(("date", "subject", "marking", "cites", "to")))
    | st.sampled_from((Everything(), Nothing()))
)
FIELDS = (
    *("to:AB", 'to:"BA AB"', "to:A*", "NOT to:*", "from:Я", "cites:06A1", "cites:09B1", "cites:*"),
    *("cited:>=2", "cited:<2", "cited:0", "cited:*", "length:>=3", "length:0..2", "NOT length:*"),
    *("id:06A", "id:07A1", "id:09B1", "station:A", "station:*", "country:*", "year:2007", "NOT year:*"),
    *("year:2006..2007", "marking:S/NF", "format:*", "tag:*", "reason:*", "cited:>=1 ab", "ab -length:<4"),
)
leaves |= st.sampled_from(FIELDS).map(lambda text: parse(text).tree)
boosted = leaves | st.builds(Boost, leaves, st.sampled_from((0.5, 3.0)))
trees = st.recursive(
    boosted,
    lambda parts: (
        st.builds(All, tuples(parts, 4))
        | st.builds(Words, tuples(parts, 4))
        | st.builds(Any, tuples(parts, 4))
        | st.builds(Not, parts)
        | st.builds(Filter, parts, st.sampled_from((0.0, 1.5)))
        | st.builds(Boost, parts, st.sampled_from((0.5, 3.0)))
    ),
    max_leaves=6,
)
pages = st.fixed_dictionaries(
    {
        "limit": st.integers(1, 9),
        "offset": st.integers(0, 30),
        "sort": st.sampled_from(("relevance", "date", "-date")),
    }
)


@pytest.fixture(scope="module", autouse=True)
def depth():
    """Rerank so few paragraphs that ties stand on both sides of the boundary."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ENGINES:
            of_engine = type(engine(name)).__module__
            for path, module in [*sys.modules.items()]:
                if path.startswith(of_engine) and hasattr(module, "RERANK_DEPTH"):
                    patch.setattr(module, "RERANK_DEPTH", DEPTH)
        patch.setattr(proximity, "MAX_PHRASES", 1_000_000)
        patch.setattr("cablesearch.engines.tantivy.views.MANY", 2)
        yield


@settings(
    max_examples=CORPORA,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking indexes would take minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(corpora, st.lists(st.tuples(trees, pages), min_size=QUERIES, max_size=QUERIES))
def test_all_engines_agree_with_the_model(cables, queries):
    model = Model(cables)
    with cleaned(), TemporaryDirectory() as folder, ExitStack() as stack:
        readers = [stack.enter_context(build(name, Path(folder, name), cables)) for name in ENGINES]
        for tree, page in queries:
            expected = model.scores(tree)
            days = [*model.days(expected).items()]
            facets = {name: model.facets(expected, name) for name in FACETS}
            listed = {name: model.terms(expected, name) for name in LISTED}
            for reader in readers:
                found = scores(reader, tree)
                assert found == pytest.approx(expected, rel=1e-5, abs=1e-6), f"{reader} {tree!r}"
                assert reader.facets(tree, FACETS) == facets
                assert {name: reader.terms(name, tree) for name in LISTED} == listed
                check_by_cable(reader, tree, expected)
                assert [*reader.days(tree).items()] == days
                check_page(reader, tree, **page)
                check_scan(reader, tree, expected)
                check_reranked(reader, tree, model, expected)


def build(name, folder, cables):
    """Build an index of cables and return its reader."""
    with engine(name).write(folder, fresh=True) as writer:
        for each in cables:
            writer.add(each, documents(each))
    return engine(name).read(folder)


def check_reranked(reader, tree, model, expected):
    """Check that only the best paragraphs are reranked, on one page or on two."""
    plain = reader.search(tree, limit=99).matches
    found = reader.search(tree, limit=99, rerank=RERANK).matches
    assert found[DEPTH:] == plain[DEPTH:]
    best = {(match.cable, match.ordinal): match.score for match in found[:DEPTH]}
    assert set(best) == {(match.cable, match.ordinal) for match in plain[:DEPTH]}
    assert best == pytest.approx(model.reranked(expected, RERANK, best), rel=1e-5, abs=1e-6)
    assert list(best) == sorted(best, key=lambda place: (-round_score(best[place]), tie_key(*place)))
    first = reader.search(tree, limit=5, rerank=RERANK)
    second = reader.search(tree, limit=94, offset=5, rerank=RERANK)
    assert (*first.matches, *second.matches) == found


def check_by_cable(reader, tree, expected):
    """Check the count of each cable, the most first, and that only so many are listed."""
    counts = Counter(id for id, _ in expected)
    order = sorted(counts, key=lambda id: (-counts[id], tie_key(id, 0)))
    assert [*reader.by_cable(tree, 99).counts.items()] == [(id, counts[id]) for id in order]
    assert reader.by_cable(tree, 2) == CableCounts(len(counts), {id: counts[id] for id in order[:2]})


def scores(reader, tree):
    """Return the scores of what is found; check its order and the total."""
    page = reader.search(tree, limit=99)
    found = {(match.cable, match.ordinal): match.score for match in page.matches}
    assert list(found) == sorted(found, key=lambda place: (-round_score(found[place]), tie_key(*place)))
    assert page.total == reader.count(tree) == len(found)
    return found


def check_page(reader, tree, limit, offset, sort):
    """Check that a page is that part of all hits."""
    whole = reader.search(tree, limit=99, sort=sort)
    page = reader.search(tree, limit=limit, offset=offset, sort=sort)
    assert page.total == whole.total
    assert page.matches == whole.matches[offset : offset + limit]


def check_scan(reader, tree, expected):
    """Check that every match comes once, in the order of the tie keys."""
    scanned = [(match.cable, match.ordinal) for match in reader.scan(tree)]
    assert scanned == sorted(expected, key=lambda place: tie_key(*place))
