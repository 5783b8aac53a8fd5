"""Dates as they are typed, and the half-open interval that each covers."""

from __future__ import annotations

from datetime import datetime

import pytest

from cablesearch.errors import QueryError
from cablesearch.query.dates import parse_period


def iso(moment: datetime | None) -> str | None:
    return moment and moment.isoformat(sep=" ").removesuffix(" 00:00:00")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2007", "2007-01-01", "2008-01-01"),
        ("2007-01", "2007-01-01", "2007-02-01"),
        ("2007-12", "2007-12-01", "2008-01-01"),
        ("2007-01-08", "2007-01-08", "2007-01-09"),
        ("2007-1-8", "2007-01-08", "2007-01-09"),
        ("2008-02-29", "2008-02-29", "2008-03-01"),
        ("2007-01-08T12:31", "2007-01-08 12:31:00", "2007-01-08 12:32:00"),
        ("2007-01-08 12:31:05Z", "2007-01-08 12:31:05", "2007-01-08 12:31:06"),
        ("200701", "2007-01-01", "2007-02-01"),
        ("20070108", "2007-01-08", "2007-01-09"),
    ],
)
def test_a_numeric_date_covers_the_period_that_it_names(text: str, start: str, end: str) -> None:
    found = parse_period(text)
    assert (iso(found.start), iso(found.end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("January 2007", "2007-01-01", "2007-02-01"),
        ("2007 Jan", "2007-01-01", "2007-02-01"),
        ("8 Jan 2007", "2007-01-08", "2007-01-09"),
        ("8th of January, 2007", "2007-01-08", "2007-01-09"),
        ("Sept. 2007", "2007-09-01", "2007-10-01"),
        ("Mon 8 Jan 2007", "2007-01-08", "2007-01-09"),
        ("8 Jan 2007 5pm", "2007-01-08 17:00:00", "2007-01-08 18:00:00"),
        ("8 Jan 2007 17:05 +0500", "2007-01-08 12:05:00", "2007-01-08 12:06:00"),
        ("1/2007", "2007-01-01", "2007-02-01"),
        ("1/8/2007", "2007-01-08", "2007-01-09"),
        ("1/8/07", "2007-01-08", "2007-01-09"),
        ("13/1/2007", "2007-01-13", "2007-01-14"),
        ("2007/01/08", "2007-01-08", "2007-01-09"),
        ("8.1.2007", "2007-01-08", "2007-01-09"),
        ("8 Jan 66", "1966-01-08", "1966-01-09"),
        ("8 Jan '07", "2007-01-08", "2007-01-09"),
    ],
)
def test_dates_as_people_write_them(text: str, start: str, end: str) -> None:
    """Slashes are month/day as at the State Department, dots day.month; two-digit years are in the past."""
    found = parse_period(text)
    assert (iso(found.start), iso(found.end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2007-01..2007-03", "2007-01-01", "2007-04-01"),
        ("2007..2007", "2007-01-01", "2008-01-01"),
        ("2007-01..", "2007-01-01", None),
        ("..2007-03", None, "2007-04-01"),
        ("2007-01…2007-03", "2007-01-01", "2007-04-01"),
        ("8 Jan 2007 .. Feb 2007", "2007-01-08", "2007-03-01"),
        (">=2007-01-08", "2007-01-08", None),
        (">2007-01-08", "2007-01-09", None),
        ("<2007-01", None, "2007-01-01"),
        ("<=2007", None, "2008-01-01"),
        ("> January 2007", "2007-02-01", None),
    ],
)
def test_ranges_and_comparisons(text: str, start: str | None, end: str | None) -> None:
    found = parse_period(text)
    assert (iso(found.start), iso(found.end)) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "..",
            "...",
            "2007..2008..2009",
            "yesterday-ish",
            "today",
            "last year",
            "2007-13",
            "2007-02-30",
        ),
        *("0000", "9999", "12", "123", "12345", "200713", "20070230", "1970s", "Q1 2007"),
        *("January", "8 Jan", "Jan 07", "Monday", "12:30", "5pm 2007", "07-01-08", "8 Jan 2007 5pm EST"),
        *("Sep 31 2007", "1 2 3 4 5 6", "2007-01-08T25:00", ">", "<", ">=..2007", "9" * 5000, "a " * 50),
    ],
)
def test_anything_else_is_an_error_with_examples(text: str) -> None:
    with pytest.raises(QueryError, match=r"^no date in .*: write 2007, 2007-01, 2007-01-08, "):
        parse_period(text)


def test_a_range_that_ends_before_it_begins_is_an_error() -> None:
    with pytest.raises(QueryError, match=r"ends before it begins: write '2007\.\.2008'"):
        parse_period("2008..2007")
