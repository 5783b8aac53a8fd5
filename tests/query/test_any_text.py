"""Any text is a query or a QueryError, and a query's tree has only nodes and columns that engines know."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cablesearch.errors import QueryError
from cablesearch.query import grammar, tree
from cablesearch.query.dates import parse_periods
from cablesearch.query.fields import BY_NAME
from cablesearch.query.grammar import SIGNS
from cablesearch.query.plain import parse_plain
from cablesearch.query.query import Query, parse

LEAVES = (
    *(tree.Term, tree.Phrase, tree.Compound, tree.Near, tree.Prefix, tree.Wildcard, tree.Fuzzy, tree.Range),
    *(tree.Value, tree.Between, tree.Has, tree.Everything, tree.Nothing, tree.Noted, tree.Saved),
)
COLUMNS = {"words", "sounds", *BY_NAME}

PIECES = st.sampled_from(
    [
        *('"', "(", ")", "-", "*", "?", "~", "~2", "#", ":", ".", "/", "..", ">=", " ", " ", " "),
        *("AND", "OR", "NOT", "reform", "a", "U.S.", "Jong-il", "07ASTANA48", "frus1969-76v28/d3", "2007-01"),
        *("NEAR/5", "w/3", "!", "+", "||", "&&", "^2", ",", "|", "[2006 TO 2007]", "/", "(a OR b)", "minis*"),
        *("8 Jan 2007", "S/NF", "é", "\x1b", "\udc80", "“", "ʼ", *(name + ":" for name in BY_NAME)),
    ]
)
TEXTS = st.text(max_size=80) | st.lists(PIECES, max_size=25).map("".join)


def nodes(node: tree.Tree) -> list[tree.Tree]:
    match node:
        case tree.All(parts) | tree.Any(parts):
            assert type(node) in (tree.All, tree.Any, tree.Words)
            assert len(parts) > 1
            return [inner for part in parts for inner in nodes(part)]
        case tree.Not(part) | tree.Filter(part) | tree.Boost(part):
            return nodes(part)
        case _:
            return [node]


def try_parse(text: str) -> tuple[Query | None, QueryError | None]:
    try:
        return parse(text), None
    except QueryError as error:
        return None, error


@given(TEXTS)
@example("(" * 2000)
@example("-" * 4000)
@example('"a" ' * 1000)
@example("a:" * 2000)
@example("*?" * 2000)
@example("NOT " * 1000)
@example("date:" + "1 " * 100)
def test_any_text_is_a_query_or_a_query_error(text: str) -> None:
    query, error = try_parse(text)
    if error:
        assert "\n" not in str(error)
        assert error.position is None or 0 <= error.position <= len(text)
    if not query:
        return
    for whole in (query.tree, query.relaxed, query.partial()):
        for leaf in nodes(whole) if whole else []:
            assert type(leaf) in LEAVES
            assert getattr(leaf, "column", "date") in COLUMNS
    assert query.describe()


@given(TEXTS, TEXTS)
def test_highlights_are_places_in_the_text_in_order(query_text: str, text: str) -> None:
    with suppress(QueryError):
        query: Query = parse(query_text)
        ends = [place for span in query.highlights(text) for place in span]
        assert ends == sorted(ends)
        assert all(0 <= start < end <= len(text) for start, end in query.highlights(text))


WORDS = st.sampled_from(
    [
        *("reform", "a", "u", "s", "Visit", "visits", "07ASTANA48", "2007", "AND", "OR", "NOT", "and", "é"),
        *(
            "ʼ",
            "COMMAND",
            "XOR",
            "NEAR",
            "Jong-il",
            "U.S.",
            "F16",
            "&",
            "grain,oil",
            "minis*",
            "NEAR/2",
            "(b)",
        ),
        *('"plan b"', '"a  b"~3', '"', "nazarbaev~1", "x~9", "F-16", "what?", "*", "...", "Shi'a", "U."),
        *("origin:astana", "date:2006..2007", "date:x", "text:visits", "text:re*", "nofield:x", "label:x"),
    ]
)
QUESTIONS = TEXTS | st.lists(WORDS, max_size=9).map(" ".join)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("reform", ((0, 6),)),
        (" economic  policy\t2007 ", ((1, 9), (11, 17), (18, 22))),
        ("u s visit", ((0, 1), (2, 3), (4, 9))),
        ("U. S. visit's", ((0, 2), (3, 5), (6, 13))),
        ("reform AND visit OR election NOT oil", ((0, 6), (11, 16), (20, 28))),
        ("a OR b c AND NOT d", ((0, 1), (5, 6), (7, 8))),
        ('"economic policy"~5 minis* OR nazarbaev~1', ((0, 19), (20, 26), (30, 41))),
        ("oil text:reform origin:astana date:2006..2007-03 subject:gas", ((0, 3), (9, 15))),
        ("NOT origin:astana", ()),
    ],
)
def test_frequent_queries_need_no_parser(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    plain = parse_plain(text)
    assert plain == grammar.parse_text(text)
    assert plain is not None
    assert plain[1] == spans


@pytest.mark.parametrize(
    "text", ["", " ", "(a)", "oil^2", "élan", "a:b", "date:x", "x~9", "AND a", "a NOT", "a NEAR b", "a " * 65]
)
def test_other_queries_need_one(text: str) -> None:
    assert parse_plain(text) is None


def outcome(parse: Callable[[str], object], text: str) -> object:
    try:
        return parse(text)
    except QueryError as error:
        return str(error), error.position, error.better


@given(QUESTIONS)
@example("NOT|reform")
@example("& COMMAND")
@example("reform " * 65)
@example("x" * 401)
@example("grain|oil visit")
@example("minis* " * 25)
@example("a AND OR b")
@example("NOT NOT a")
@example('"plan b" x~9')
def test_a_parser_of_fewer_parts_reads_a_query_as_one_of_all_parts_does(text: str) -> None:
    with patch.object(grammar, "_parser", lambda signs: whole_parser(frozenset(SIGNS.groupindex))):
        expected = outcome(grammar.parse_text, text)
    assert outcome(grammar.parse_text, text) == expected
    assert outcome(parse_plain, text) in (expected, None)


whole_parser = grammar._parser


@given(st.sampled_from(sorted(BY_NAME)), TEXTS)
def test_any_filter_value_is_a_query_or_a_query_error(name: str, value: str) -> None:
    with suppress(QueryError):
        assert parse("", {name: [value]}).tree


@given(st.datetimes(datetime(1000, 1, 1), datetime(9998, 12, 30)), st.sampled_from([4, 7, 10, 16, 19]))
def test_an_iso_date_of_any_precision_covers_its_moment(moment: datetime, length: int) -> None:
    [covered] = parse_periods(moment.isoformat()[:length])
    assert covered.start is not None
    assert covered.end is not None
    assert covered.start <= moment < covered.end
    assert covered.start.isoformat().startswith(moment.isoformat()[:length])


@given(st.text(alphabet="0123456789 -/.:,'JanuryMdthspmUTCZ+", max_size=30))
def test_any_text_is_a_date_or_a_query_error(text: str) -> None:
    with suppress(QueryError):
        for covered in parse_periods(text):
            assert covered.start or covered.end
            assert not (covered.start and covered.end) or covered.start < covered.end
