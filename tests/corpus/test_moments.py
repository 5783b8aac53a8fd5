"""Dates and times as sources print them."""

from datetime import date, datetime

import pytest

from cablesearch.corpus.moments import parse_moment


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("2007-01-08 12:31", datetime(2007, 1, 8, 12, 31)),
        ("1/8/2007 12:31", datetime(2007, 1, 8, 12, 31)),
        ("12/30/2004 5:05", datetime(2004, 12, 30, 5, 5)),
        ("26 JAN 1977", date(1977, 1, 26)),
        ("January 8, 2007", date(2007, 1, 8)),
        ("Mon, 8 January 2007 9:05", datetime(2007, 1, 8, 9, 5)),
        ("1954-06-23T03:02:00Z", datetime(1954, 6, 23, 3, 2)),
        ("1968-01-23T18:30:00-05:00", datetime(1968, 1, 23, 23, 30)),
        ("1969-01-20T10:00:00-05:00", datetime(1969, 1, 20, 15, 0)),
        ("1969-01-20T10:00:00+0530", datetime(1969, 1, 20, 4, 30)),
        ("1969-01-20T10:00:00", datetime(1969, 1, 20, 10, 0)),
        ("1969-01-20-05:00", date(1969, 1, 20)),
        ("1969-01-20T10:00:00+99:00", None),
        ("0001-01-01T00:00:00+01:00", None),
        ("1954-06", date(1954, 6, 1)),
        ("1/8/2007 12:31:05", datetime(2007, 1, 8, 12, 31, 5)),
        ("1/8/2007 12:31 AM", datetime(2007, 1, 8, 0, 31)),
        ("1/8/2007 1:31:05 p.m.", datetime(2007, 1, 8, 13, 31, 5)),
        ("1/8/2007 13:31 PM", None),
        ("1/8/07 12:31", datetime(2007, 1, 8, 12, 31)),
        ("8-Jan-73", date(1973, 1, 8)),
        ("2007/01/08", date(2007, 1, 8)),
        ("8.1.2007 12:31", datetime(2007, 1, 8, 12, 31)),
        ("Wednesday, September 12, 2012 10:16 AM", datetime(2012, 9, 12, 10, 16)),
        ("September 12, 2012 at 10:16 PM", datetime(2012, 9, 12, 22, 16)),
        ("Tue Jan 30 00:00:00 +0100 2001", date(2001, 1, 30)),
        ("Tue Jan 30 10:05:00 +0100 2001", datetime(2001, 1, 30, 9, 5)),
        ("Mon Jan  8 12:31:00 UTC 2007", datetime(2007, 1, 8, 12, 31)),
        ("2007-02-31", None),
        ("8 smarch 2007", None),
        ("08/2007", None),
        ("", None),
        (None, None),
    ],
)
def test_a_printed_date_is_parsed_with_times_in_utc(printed, read):
    assert parse_moment(printed) == read
