"""Counting what a query finds, by value and over time."""

import json

import pytest

from cablesearch.query.fields import FACETS

NOTHING = (
    "cablesearch: nothing found: try fewer words, another spelling (nazarb?yev, democrati*),"
    " or fewer filters\n"
)


def test_facets(cablesearch):
    assert cablesearch("facets", "salt", "--by", "year, origin") == (
        0,
        "Paragraphs by year\n"
        "         3  2007\n"
        "         1  2006\n"
        "         1  2008\n"
        "\n"
        "Paragraphs by origin\n"
        "         3  Embassy Tezgara\n"
        "         2  Mission Ostrel\n"
        "\n"
        "5 paragraphs\n",
        "",
    )


def test_facets_cover_every_field_by_default(cablesearch):
    counts = json.loads(cablesearch("facets", "--format", "json").out)
    assert tuple(counts["facets"]) == FACETS
    assert counts["query"] == "*"
    assert counts["total"] == 6


@pytest.mark.parametrize(("limit", "shown"), [("1", 1), ("2", 2), ("9", 3), ("0", 3)])
def test_a_limit_of_values(cablesearch, limit, shown):
    rows = cablesearch("facets", "--by", "year", "--limit", limit, "--format", "csv").out.splitlines()
    assert len(rows) == 1 + shown


@pytest.mark.parametrize("by", ["text", "", "year,text"])
def test_a_field_without_counts_is_refused(cablesearch, by):
    status, out, err = cablesearch("facets", "salt", "--by", by)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "there are origin, " in err


def test_a_timeline(cablesearch):
    status, out, err = cablesearch("timeline", "salt", "--by", "month", "--from", "2007")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "2007-01  3  " + "█" * 68
    assert lines[-2:] == ["2008-05  1  " + "█" * 22 + "▋", "4 paragraphs"]


def test_a_timeline_is_by_year_and_of_everything_by_default(cablesearch):
    assert json.loads(cablesearch("timeline", "--format", "json").out) == {
        "query": "*",
        "by": "year",
        "total": 6,
        "undated": 0,
        "periods": {"2006": 2, "2007": 3, "2008": 1},
    }


def test_counts_as_lines_of_json(cablesearch):
    assert cablesearch("timeline", "price", "--format", "jsonl").out == '{"year": "2007", "count": 2}\n'
    assert cablesearch("facets", "price", "--by", "origin", "--format", "jsonl").out == (
        '{"field": "origin", "value": "Embassy Tezgara", "count": 2}\n'
    )


def test_a_timeline_by_day_as_csv(cablesearch):
    assert cablesearch("timeline", "price", "--by", "day", "--format", "csv").out == (
        "day,count\n2007-01-08,2\n"
    )


@pytest.mark.parametrize("command", ["facets", "timeline"])
def test_filters_work_as_in_a_search(cablesearch, command):
    arguments = ("--origin", "Ostrel", "--classification", "secret", "--to", "2006", "--format", "json")
    assert json.loads(cablesearch(command, *arguments).out)["total"] == 2


@pytest.mark.parametrize("command", ["facets", "timeline"])
def test_where_nothing_is_found(cablesearch, command):
    assert cablesearch(command, "zzz") == (1, "", NOTHING)
    for format in ("json", "csv"):
        status, out, err = cablesearch(command, "zzz", "--format", format)
        assert (status, bool(out), err) == (1, True, "")


def test_a_wrong_query_is_an_error(cablesearch):
    assert cablesearch("timeline", "orgin:Ostrel").status == 2


def test_a_wrong_period_is_an_error(cablesearch):
    assert "'year', 'month', 'day'" in cablesearch("timeline", "--by", "week").err


def test_a_trend(cablesearch):
    status, out, err = cablesearch("trend", "salt", "price of fish")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].split("  ")[3] == "salt"
    assert lines[0].endswith("price of fish")
    assert lines[1].startswith("2006   50.00% ")
    assert lines[-2:] == ["salt: 5 paragraphs", "price of fish: 1 paragraph"]
    assert max(map(len, lines)) <= 80


def test_a_trend_for_other_programs(cablesearch):
    out = cablesearch("trend", "salt", "--origin", "Ostrel", "--format", "csv").out
    assert out.splitlines()[0] == "year,query,count,paragraphs,share"
    assert json.loads(cablesearch("trend", "salt", "--by", "month", "--format", "json").out)["by"] == "month"
    assert cablesearch("trend", "salt", "--format", "svg").out.startswith("<svg ")


def test_a_trend_of_nothing(cablesearch):
    assert cablesearch("trend", "zzz", "zzzz") == (1, "", NOTHING)
    status, out, err = cablesearch("trend")
    assert (status, out) == (2, "")
    assert "write one query or several" in err


def test_a_trend_of_many_queries_or_a_long_one_has_its_place(cablesearch):
    lines = cablesearch("trend", *(f"salt OR {'x' * n}" for n in range(1, 30))).out.splitlines()
    assert lines[-1].startswith("salt OR xxxx")
