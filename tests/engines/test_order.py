"""The order of what is found, and its scores."""

from __future__ import annotations

from datetime import date, datetime
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablesearch.engines.contract import Rerank
from cablesearch.engines.scoring import ROUNDING, quantise_length, round_score
from cablesearch.query.tree import (
    All,
    Any,
    Boost,
    Everything,
    Filter,
    Fuzzy,
    Has,
    Not,
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
)
from tests.engines.model import by_tie_key, cable, places


@given(st.floats(1e-6, 1e6), st.floats(0, 3e-4))
def test_scores_that_are_rounded_to_the_same_one_are_near(score, apart):
    lower = score * (1 - apart)
    assert round_score(score) != round_score(lower) or score - lower <= ROUNDING * score


def scores(reader, tree):
    return {
        place: match.score for match in reader.search(tree, limit=99).matches for place in [match.ordinal]
    }


def test_a_word_scores_by_bm25(index):
    texts = ["reform", "reform " * 3 + "of the party", "the party " * 30 + "reform", "nothing"]
    reader = index(cable("07X1", *texts), cable("07X2"))
    lengths = [1, 6, 61, 1]
    mean = sum(lengths) / 4
    idf = log(1 + (4 - 3 + 0.5) / (3 + 0.5))
    expected = {
        place: idf * 2.2 * times / (times + 1.2 * (0.25 + 0.75 * length / mean))
        for place, times, length in [(0, 1, 1), (1, 3, 6), (2, 1, 60)]  # 61 is kept as 60
    }
    assert scores(reader, Term("text", "reform")) == pytest.approx(expected, rel=1e-5)
    assert scores(reader, Boost(Term("text", "reform"), 2.5)) == pytest.approx(
        {place: 2.5 * score for place, score in expected.items()}, rel=1e-5
    )


def test_a_phrase_scores_by_its_own_frequency_and_its_words_idf(index):
    reader = index(cable("07X1", "a b a b x", "a x b y z", "b", "z z z z"))
    idf = log(1 + (4 - 2 + 0.5) / (2 + 0.5)) + log(1 + (4 - 3 + 0.5) / (3 + 0.5))
    expected = idf * 2.2 * 2 / (2 + 1.2 * (0.25 + 0.75 * 5 / (15 / 4)))
    assert scores(reader, Phrase("text", ("a", "b"))) == pytest.approx({0: expected}, rel=1e-5)


def test_a_loose_phrase_scores_as_its_words(index):
    reader = index(cable("07X1", "a x b b", "b a", "c c c"))
    words = scores(reader, All((Boost(Term("text", "a"), 2), Boost(Term("text", "b"), 2))))
    assert scores(reader, Boost(Phrase("text", ("a", "b"), 2), 2)) == pytest.approx({0: words[0]})


@pytest.mark.parametrize(
    ("tree", "score"),
    [
        (Boost(Term("words", "aba"), 2), 2),
        (Boost(Term("classification", "secret"), 2), 2),
        (Boost(Prefix("words", "a"), 2), 2),
        (Boost(Wildcard("words", "a?a"), 2), 2),
        (Boost(Wildcard("words", "*a?????????*"), 2), None),
        (Boost(Fuzzy("words", "axa"), 2), 2),
        (Boost(Range(0, None), 2), 2),
        (Boost(Everything(), 2), 2),
        (Boost(Has("words"), 2), 2),
        (Boost(Has("date"), 2), 2),
        (Not(Term("words", "zzz")), 0),
        (Filter(Term("words", "aba"), 3), 3),
        (Filter(Not(Term("words", "zzz")), 3), 3),
        (All((Everything(), Filter(Term("words", "aba"), 0.0), Not(Term("words", "zzz")))), 1),
        (Boost(All((Everything(), Prefix("words", "a"))), 2), 4),
        (Boost(Any((Everything(), Prefix("words", "a"), Prefix("words", "z"))), 2), 4),
        (Any((Not(Term("words", "zzz")), Boost(Everything(), 3))), 3),
        (Boost(All((Filter(Everything(), 3), Everything())), 2), 8),
        (All((Everything(), Has("date"), Range(0, None), Prefix("words", "a"))), 4),
    ],
    ids=repr,
)
def test_unweighted_nodes_have_constant_scores(index, tree, score):
    reader = index(cable("07X1", "aba", created=date(2007, 1, 1), level="SECRET", caveats=("NODIS",) * 3))
    assert [match.score for match in reader.search(tree, limit=9).matches] == [score] * (score is not None)


def test_scores_add_up(index):
    reader = index(cable("07X1", "a b", "a", "b x x", subject="a c"), cable("08X2", "b", "c", subject="b"))
    parts = [Term("text", "a"), Boost(Term("subject", "a"), 0.5), Term("text", "b")]
    alone = sum(scores(reader, part)[0] for part in parts)
    for tree in (Any(tuple(parts)), All(tuple(parts)), All((parts[0], Any(tuple(parts[1:]))))):
        assert reader.search(tree, limit=1).matches[0].score == pytest.approx(alone, rel=1e-5)


@pytest.mark.parametrize(
    ("length", "kept"),
    [(0, 0), (1, 1), (39, 39), (40, 40), (41, 40), (42, 42), (56, 56), (59, 56), (10**6, 983064)],
)
def test_a_length_is_kept_in_one_byte(length, kept):
    assert quantise_length(length) == kept


def test_the_best_comes_first_and_ties_are_sorted_by_tie_key(index):
    reader = index(
        cable("08B1", "reform a", "reform reform", "reform c", "nothing"),
        cable("08A1", "reform d", "reform e"),
        cable("08A", "reform f"),
        cable("07Z9", "reform reform reform", "reform " + "x " * 50),
    )
    equal = by_tie_key(["08A/0", "08A1/0", "08A1/1", "08B1/0", "08B1/2"])
    assert equal.index("08A1/0") + 1 == equal.index("08A1/1")
    expected = ["07Z9/0", "08B1/1", *equal, "07Z9/1"]
    assert places(reader.search(Term("text", "reform"), limit=99)) == expected
    assert places(reader.search(Term("text", "reform"), limit=3, offset=2)) == expected[2:5]


MANY = [cable(f"07X{n % 7}{n:03}", *["word"] * 3, created=date(2007, 1, 1 + n % 5)) for n in range(60)]
ORDERED = by_tie_key(f"{each.id}/{ordinal}" for each in MANY for ordinal in range(3))


@pytest.mark.parametrize(
    "tree", [Term("text", "word"), Everything(), Any((Term("text", "word"), Everything()))], ids=repr
)
@pytest.mark.parametrize("size", [1, 7, 50, 1000])
def test_pages_of_equal_scores_join_without_gaps(index, tree, size):
    reader = index(*MANY)
    offsets = range(0, len(ORDERED), size) if size > 1 else range(0, 180, 29)
    pages = [reader.search(tree, limit=size, offset=offset) for offset in offsets]
    assert {page.total for page in pages} == {180}
    shown = [place for page in pages for place in places(page)]
    assert shown == (ORDERED if size > 1 else ORDERED[::29])


def test_a_page_beyond_the_end_or_of_limit_0_is_empty(index):
    reader = index(cable("07X1", "a", "a b"))
    for tree in (Term("text", "a"), Everything()):
        for sort in ("relevance", "date", "-date"):
            for limit, offset in [(3, 2), (3, 99), (0, 0)]:
                page = reader.search(tree, limit=limit, offset=offset, sort=sort)
                assert (page.total, page.matches) == (2, ())


def test_by_date_undated_paragraphs_come_last_and_ties_are_sorted_by_tie_key(index):
    reader = index(
        cable("09C1", "a", "a"),
        cable("07B1", "a a a", "b", "a", created=datetime(2007, 1, 8, 12, 31)),
        cable("07A1", "a", created=datetime(2007, 1, 8, 12, 31)),
        cable("06Z1", "a", created=date(1966, 1, 8)),
        cable("09A1", "a"),
        cable("07A2", "a", created=datetime(2007, 1, 8, 12, 32)),
    )
    page = reader.search(Term("text", "a"), limit=99, sort="date")
    equal, undated = by_tie_key(["07A1/0", "07B1/0", "07B1/2"]), by_tie_key(["09A1/0", "09C1/0", "09C1/1"])
    assert places(page) == ["06Z1/0", *equal, "07A2/0", *undated]
    assert {match.score for match in page.matches} == {0.0}
    page = reader.search(Term("text", "a"), limit=99, sort="-date")
    assert places(page) == ["07A2/0", *equal, "06Z1/0", *undated]


@pytest.mark.parametrize("sort", ["date", "-date"])
def test_pages_by_date_join_without_gaps(index, sort):
    undated = [cable(f"05U{n}", "word", "word") for n in range(20, 0, -1)]
    reader = index(*MANY, *undated)
    whole = places(reader.search(Term("text", "word"), limit=999, sort=sort))
    days = {
        each.id: each.created.day * (1 if sort == "date" else -1) if each.created else 99
        for each in MANY + undated
    }
    assert whole == sorted(by_tie_key(whole), key=lambda place: days[place.split("/")[0]])
    for size in (1, 9, 70):
        pages = [
            reader.search(Everything(), limit=size, offset=offset, sort=sort)
            for offset in range(0, 220, size)
        ]
        assert [place for page in pages for place in places(page)] == whole


def test_pages_join_without_gaps_where_there_are_too_many_ties_to_sort(index, monkeypatch):
    monkeypatch.setattr("cablesearch.engines.tantivy.reader.MAX_TIES", 50)
    reader = index(cable("06X1", "word word"), *MANY)
    pages = [reader.search(Term("text", "word"), limit=40, offset=offset) for offset in range(0, 200, 40)]
    shown = [place for page in pages for place in places(page)]
    assert shown[0] == "06X1/0"
    assert by_tie_key(shown[1:]) == ORDERED


@pytest.mark.parametrize("huge", [10**9, 10**20])
@pytest.mark.parametrize("sort", ["relevance", "date", "-date"])
@pytest.mark.parametrize("rerank", [None, Rerank(("a", "b"))])
def test_limit_and_offset_may_be_any_size(index, huge, sort, rerank):
    reader = index(cable("07X1", "a", "a b"))
    for tree in (Term("text", "a"), Everything()):
        page = reader.search(tree, limit=huge, sort=sort, rerank=rerank)
        assert (page.total, len(page.matches)) == (2, 2)
        page = reader.search(tree, limit=huge, offset=huge, sort=sort, rerank=rerank)
        assert (page.total, page.matches) == (2, ())
