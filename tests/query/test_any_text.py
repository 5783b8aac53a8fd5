"""Any text is a query or a QueryError, and a query's tree has only nodes and columns that engines know."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from hypothesis import example, given
from hypothesis import strategies as st

from cablesearch.errors import QueryError
from cablesearch.query import tree
from cablesearch.query.dates import parse_periods
from cablesearch.query.fields import BY_NAME
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
