"""Counts fit the width, and say what they leave out."""

import pytest

from cablesearch.search.results import Timeline
from cablesearch.terminal.counts import facets_text, timeline_text
from cablesearch.terminal.page import cells

FACETS = {"origin": {"Embassy Tezgara": 1200, "=Ostrel": 13, "Mission Ostrel": 1}, "kind": {}}


def years(periods, total=None, by="year"):
    return Timeline("salt", by, total or sum(periods.values()), periods)


def test_values_follow_their_counts():
    assert facets_text(1214, FACETS, 2) == (
        "Paragraphs by origin\n"
        "     1,200  Embassy Tezgara\n"
        "        13  =Ostrel\n"
        "            and 1 more\n"
        "\n"
        "Paragraphs by kind\n"
        "         0  none\n"
        "\n"
        "1,214 paragraphs\n"
    )


def test_without_a_limit_all_values_are_shown():
    assert "Mission Ostrel" in facets_text(1214, FACETS)


def test_a_bar_is_as_long_as_its_share_to_an_eighth_of_a_cell():
    assert timeline_text(years({"2007": 160, "2008": 80, "2009": 15, "2010": 1}), width=27) == (
        "2007  160  ████████████████\n2008   80  ████████\n2009   15  █▌\n2010    1  ▏\n256 paragraphs\n"
    )


@pytest.mark.parametrize("width", [1, 20, 33, 80, 200])
def test_the_longest_bar_fills_the_width(width):
    periods = {"2007-01-08": 1_234_567, "2007-01-09": 1_234_566}
    lines = timeline_text(years(periods, by="day"), width=width).splitlines()
    assert max(map(cells, lines)) == max(width, len("2007-01-08  1,234,567  █"))


def test_empty_periods_are_rows_too():
    assert timeline_text(years({"2007-11": 1, "2008-02": 1}, by="month"), width=20) == (
        "2007-11  1  ████████\n2007-12  0\n2008-01  0\n2008-02  1  ████████\n2 paragraphs\n"
    )


@pytest.mark.parametrize(
    ("periods", "labels"),
    [
        (["2007", "2020"], ["2007", *map(str, range(2008, 2020)), "2020"]),
        (["2007", "2021"], ["2007", "…", "2021"]),
        (["0001-01-01", "9999-12-31"], ["0001-01-01", "…", "9999-12-31"]),
        (["2008-02-28", "2008-03-01"], ["2008-02-28", "2008-02-29", "2008-03-01"]),
        (["2006-12-31", "2007-01-01"], ["2006-12-31", "2007-01-01"]),
        (["2007-01", "2007-03"], ["2007-01", "2007-02", "2007-03"]),
    ],
)
def test_a_long_gap_is_one_row(periods, labels):
    text = timeline_text(years(dict.fromkeys(periods, 1)))
    assert [line.split()[0] for line in text.splitlines()[:-1]] == labels


def test_the_last_line_counts_paragraphs_without_a_date():
    assert timeline_text(years({"2007": 1}, total=1_500)).endswith("\n1,500 paragraphs; 1,499 undated\n")
    assert timeline_text(years({}, total=2)) == "2 paragraphs; 2 undated\n"
