"""The share of paragraphs that queries find over time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cablesearch import Index, QueryError, open_index, update_index

TEXT = "SUBJECT: TRADE\n\n1. (C) The price of salt.\n\n2. (C) The price of {word}.\n"


@pytest.fixture(params=["whoosh", "tantivy"])
def index(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Index]:
    cables = {"05TEZGARA1": "fish", "05OSTREL2": "salt", "07TEZGARA3": "tin"}
    page = (
        "<table class='cable'>"
        "<tr><th>Reference ID</th><th>Created</th><th>Classification</th><th>Origin</th></tr>"
        "<tr><td>{id}</td><td>20{id:.2}-03-01 10:00</td><td>SECRET</td><td>Embassy {post}</td></tr></table>"
        "<code><pre>FM X</pre></code><code><pre>{text}</pre></code>"
    )
    for id, word in cables.items():
        text = page.format(id=id, post=id[2:-1].title(), text=TEXT.format(word=word))
        (tmp_path / f"{id}.html").write_text(text, "utf-8")
    update_index(
        tmp_path / "index", [tmp_path / f"{id}.html" for id in cables], engine=request.param, workers=0
    )
    with open_index(tmp_path / "index") as opened:
        yield opened


def test_shares_are_of_all_paragraphs_of_a_period(index: Index) -> None:
    trend = index.trend(["salt", "tin"])
    assert trend.paragraphs == {"2005": 4, "2007": 2}
    assert [*trend.rows()] == [
        {"year": "2005", "query": "salt", "count": 3, "paragraphs": 4, "share": 0.75},
        {"year": "2007", "query": "salt", "count": 1, "paragraphs": 2, "share": 0.5},
        {"year": "2005", "query": "tin", "count": 0, "paragraphs": 4, "share": 0.0},
        {"year": "2007", "query": "tin", "count": 1, "paragraphs": 2, "share": 0.5},
    ]


def test_filters_say_what_all_is(index: Index) -> None:
    trend = index.trend("salt", filters={"origin": "Embassy Ostrel"})
    assert trend.paragraphs == {"2005": 2}
    assert trend.as_dict()["queries"] == [
        {"query": "salt", "total": 2, "undated": 0, "periods": {"2005": 2}, "shares": {"2005": 1.0}}
    ]


def test_a_chart_has_every_period_and_no_value_where_there_is_nothing(index: Index) -> None:
    chart = index.trend(["salt"], "year").chart()
    assert chart.periods == ("2005", "2006", "2007")
    assert chart.lines[0].values == (0.75, None, 0.5)
    assert len(index.trend(["salt"], "month").chart().periods) == 25


def test_a_query_counts_once_and_a_mistake_is_refused(index: Index) -> None:
    assert len(index.trend(["salt", "salt"]).timelines) == 1
    with pytest.raises(QueryError, match="no field"):
        index.trend(["salt", "orign:x"])
    with pytest.raises(QueryError, match="no time is counted"):
        index.trend("salt", "week")  # type: ignore[arg-type]
