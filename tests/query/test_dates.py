"""Dates as they are typed, and the half-open interval that each covers."""

from __future__ import annotations

from datetime import datetime

import pytest

from cablesearch.errors import QueryError
from cablesearch.query.dates import parse_periods
from cablesearch.query.periods import Period


def iso(moment: datetime | None) -> str | None:
    return moment and moment.isoformat(sep=" ").removesuffix(" 00:00:00")


def parse_period(text: str) -> Period:
    """Return the only period that a text covers."""
    [period] = parse_periods(text)
    return period


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
        *("0000", "9999", "12", "123", "12345", "200713", "20070230"),
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


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2007-Q1", "2007-01-01", "2007-04-01"),
        ("2007Q4", "2007-10-01", "2008-01-01"),
        ("Q1 2007", "2007-01-01", "2007-04-01"),
        ("3Q 2007", "2007-07-01", "2007-10-01"),
        ("second quarter of 2007", "2007-04-01", "2007-07-01"),
        ("the 2nd quarter of 2007", "2007-04-01", "2007-07-01"),
        ("2007-H2", "2007-07-01", "2008-01-01"),
        ("first half of 2007", "2007-01-01", "2007-07-01"),
        ("last half of January 2007", "2007-01-16", "2007-02-01"),
        ("second half of the 1970s", "1975-01-01", "1980-01-01"),
        ("2007-W02", "2007-01-08", "2007-01-15"),
        ("spring 2007", "2007-03-01", "2007-06-01"),
        ("the Fall of 1989", "1989-09-01", "1989-12-01"),
        ("winter 2006-2007", "2006-12-01", "2007-03-01"),
        ("winter of 1978/79", "1978-12-01", "1979-03-01"),
        ("the 1970s", "1970-01-01", "1980-01-01"),
        ("1970's", "1970-01-01", "1980-01-01"),
        ("the ’70s", "1970-01-01", "1980-01-01"),
        ("early 1975", "1975-01-01", "1975-05-01"),
        ("mid-1975", "1975-05-01", "1975-09-01"),
        ("late 1975", "1975-09-01", "1976-01-01"),
        ("early January 2007", "2007-01-01", "2007-01-11"),
        ("middle of February 2007", "2007-02-11", "2007-02-21"),
        ("end of February 2007", "2007-02-21", "2007-03-01"),
        ("early 1970s", "1970-01-01", "1974-01-01"),
        ("the mid-1970s", "1974-01-01", "1977-01-01"),
        ("late 1970s", "1977-01-01", "1980-01-01"),
        ("last week of January 2007", "2007-01-25", "2007-02-01"),
        ("first week of January 2007", "2007-01-01", "2007-01-08"),
        ("3rd week of January 2007", "2007-01-15", "2007-01-22"),
        ("last day of February 2008", "2008-02-29", "2008-03-01"),
        ("first 100 days of 2009", "2009-01-01", "2009-04-11"),
        ("last three months of 2007", "2007-10-01", "2008-01-01"),
        ("last two years of the 1970s", "1978-01-01", "1980-01-01"),
    ],
)
def test_parts_of_years_and_months(text: str, start: str, end: str) -> None:
    """A third of a year is four months, of a month ten days, of a decade 4, 3 and 3 years."""
    found = parse_period(text)
    assert (iso(found.start), iso(found.end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("January-March 2007", "2007-01-01", "2007-04-01"),
        ("Jan.–Mar. 2007", "2007-01-01", "2007-04-01"),
        ("January to March 2007", "2007-01-01", "2007-04-01"),
        ("from January through March 2007", "2007-01-01", "2007-04-01"),
        ("between January and March 2007", "2007-01-01", "2007-04-01"),
        ("2007 January - March", "2007-01-01", "2007-04-01"),
        ("November 2006-January 2007", "2006-11-01", "2007-02-01"),
        ("8-12 January 2007", "2007-01-08", "2007-01-13"),
        ("8 to 12 January 2007", "2007-01-08", "2007-01-13"),
        ("January 8-12, 2007", "2007-01-08", "2007-01-13"),
        ("January 8 - February 12, 2007", "2007-01-08", "2007-02-13"),
        ("8 January-12 February 2007", "2007-01-08", "2007-02-13"),
        ("8 Jan 2006 - 12 Feb 2007", "2006-01-08", "2007-02-13"),
        ("8-Jan-2006 - 12-Feb-2007", "2006-01-08", "2007-02-13"),
        ("late January-early February 2007", "2007-01-21", "2007-02-11"),
        ("spring-autumn 2007", "2007-03-01", "2007-12-01"),
        ("Q1-Q3 2007", "2007-01-01", "2007-10-01"),
        ("2006-2008", "2006-01-01", "2009-01-01"),
        ("1964-68", "1964-01-01", "1969-01-01"),
        ("1960s-1970s", "1960-01-01", "1980-01-01"),
        ("2006-01-01/2007-01-01", "2006-01-01", "2007-01-02"),
        ("2006/2007", "2006-01-01", "2008-01-01"),
        ("2006-01-01-2007-01-01", "2006-01-01", "2007-01-02"),
        ("spring 2007..2008", "2007-03-01", "2009-01-01"),
        ("before 2007", None, "2007-01-01"),
        ("until March 2007", None, "2007-04-01"),
        ("after 8 January 2007", "2007-01-09", None),
        ("since the 1970s", "1970-01-01", None),
    ],
)
def test_ranges_as_people_write_them(text: str, start: str | None, end: str | None) -> None:
    """What only one side has, the month or the year, applies to both."""
    found = parse_period(text)
    assert (iso(found.start), iso(found.end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("2006,2007", ["2006-01-01", "2007-01-01"]),
        ("2005, 2007 and 2009", ["2005-01-01", "2007-01-01", "2009-01-01"]),
        ("January or March 2007", ["2007-01-01", "2007-03-01"]),
        ("8 and 12 January 2007", ["2007-01-08", "2007-01-12"]),
        ("January 8, 2007, January 12, 2007", ["2007-01-08", "2007-01-12"]),
        ("January 8, 2007 or 2009", ["2007-01-08", "2009-01-01"]),
        ("2001-2003; 1964-68", ["2001-01-01", "1964-01-01"]),
        ("spring 2006, autumn 2007", ["2006-03-01", "2007-09-01"]),
    ],
)
def test_several_dates_are_any_of_them(text: str, starts: list[str]) -> None:
    assert [iso(period.start) for period in parse_periods(text)] == starts


@pytest.mark.parametrize(
    "text",
    [
        *("-2007", "0107", "2007-01-08-12", "2007-1-8-12", "8-12 2007", "2007 8-12", "0966-01-01"),
        *("January 8 12", "January 8-12, 07", "8 12 January 2007", "January 8, 12:31:07:05", "1 2007 8"),
        *("spring", "Q5 2007", "2007-Q0", "2007-W60", "early", "early spring 2007"),
        *("third half of 2007", "4 half 1970s", "fourth half of January 2007"),
        *("fifth week of January 2007", "last 5 weeks of January 2007", "second two weeks of January 2007"),
        *(
            "first 2 week of January 2007",
            "late Q1 2007",
            "around 1975",
            "c. 1975",
            "1970s-ish",
            "20s century",
        ),
        *(
            "2007 and",
            "2006,,2007",
            ">2006,2007",
            "2006..,2007",
            "2007-01/03",
            "January/March 2007",
            "1/2/3/4",
        ),
        *("8 Jan 2007 13pm", "8 Jan 2007 noon", "2007-01-08T12", "week of 8 January 2007", "8 Januari 2007x"),
        *("Jan 8 Feb 2007", "2007 2008", "next January 2007", "٢٠٠٧", "not 2007", "2007?", "2007!", "'07"),
    ],
)
def test_what_is_not_understood_whole_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match=r"^no date in "):
        parse_periods(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("6-7-2007", "'6-7-2007' could be two days: write 2007-07-06 or 2007-06-07"),
        ("winter 2007", "a winter has two years: write winter 2006-2007 or winter 2007-2008"),
        ("winter 2006-2008", "a winter has two years"),
        ("Tue 8 Jan 2007", "2007-01-08 was a Monday: correct the day, or leave it out"),
        ("November-January 2007", "ends before it begins: write the year on both sides"),
        ("-2007", "no date in '-2007': write ..2007 for all until then"),
        ("2007-01-08-12", "write 2007-01-08..2007-01-12 for several days"),
    ],
)
def test_an_ambiguous_date_is_refused_with_what_to_write(text: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_periods(text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("13-1-2007", "2007-01-13"),
        ("6-6-2007", "2007-06-06"),
        ("08-JAN-2007", "2007-01-08"),
        ("08JAN2007", "2007-01-08"),
        ("2007-Jan-08", "2007-01-08"),
        ("2007.1.8", "2007-01-08"),
        ("081231Z JAN 07", "2007-01-08 12:31:00"),
        ("Monday, January 8th, 2007", "2007-01-08"),
        ("8 January 2007 at 12:31 UTC", "2007-01-08 12:31:00"),
        ("8 January 2007, 12:31:05 -0330", "2007-01-08 16:01:05"),
        ("8 Jan 2007 12 a.m.", "2007-01-08"),
    ],
)
def test_further_spellings_of_a_day(text: str, start: str) -> None:
    assert iso(parse_period(text).start) == start
