"""The century of years printed with two digits, months without a day, the time of sending."""

import pickle
from datetime import UTC, date, datetime

import pytest

from cablesearch.model.calendar import (
    MONTH_NUMBERS,
    Month,
    exact_time,
    parse_iso,
    periods_between,
    year_declassified,
    year_sent,
)

THIS_YEAR = datetime.now(UTC).year


@pytest.mark.parametrize(("printed", "year"), [(7, 2007), (0, 2000), (66, 1966), (99, 1999), (1954, 1954)])
def test_a_year_of_sending(printed, year):
    assert year_sent(printed) == year


def test_nothing_was_sent_in_the_future():
    assert year_sent(THIS_YEAR % 100) == THIS_YEAR
    assert year_sent((THIS_YEAR + 1) % 100) == THIS_YEAR - 99


@pytest.mark.parametrize(
    ("printed", "year"),
    [(85, 1985), (95, 1995), (61, 1961), (12, 2012), (17, 2017), (27, 2027), (60, 2060), (2035, 2035)],
)
def test_a_year_of_declassification_may_be_decades_ahead(printed, year):
    assert year_declassified(printed) == year


def test_months_have_their_numbers():
    assert (MONTH_NUMBERS["JAN"], MONTH_NUMBERS["MAY"], MONTH_NUMBERS["DEC"]) == (1, 5, 12)


@pytest.mark.parametrize("iso", ["1959-08", "1861-06", "2007-01-08", "2007-01-08T12:31:00"])
def test_what_iso_8601_spells_is_spelled_the_same_again(iso):
    assert parse_iso(iso).isoformat() == iso


def test_a_month_is_a_month_in_other_processes_too():
    month = pickle.loads(pickle.dumps(Month(1959, 8, 1)))
    assert (type(month), str(month)) == (Month, "1959-08")
    assert date(1959, 7, 31) < month < date(1959, 8, 2)


@pytest.mark.parametrize(
    ("published", "printed", "sent"),
    [
        (datetime(2007, 1, 8, 12, 1), datetime(2007, 1, 8, 12, 31), datetime(2007, 1, 8, 12, 31)),
        (date(2007, 1, 8), datetime(2007, 1, 8, 12, 31), datetime(2007, 1, 8, 12, 31)),
        (datetime(2007, 1, 9, 0, 1), datetime(2007, 1, 8, 12, 31), datetime(2007, 1, 9, 0, 1)),
        (datetime(2007, 1, 8, 12, 1), None, datetime(2007, 1, 8, 12, 1)),
        (None, datetime(2007, 1, 8, 12, 31), datetime(2007, 1, 8, 12, 31)),
        (None, None, None),
    ],
)
def test_the_date_time_group_is_more_exact_where_the_day_agrees(published, printed, sent):
    assert exact_time(published, printed) == sent


@pytest.mark.parametrize(
    ("first", "last", "periods"),
    [
        ("2006", "2008", ["2006", "2007", "2008"]),
        ("2006-12", "2007-01", ["2006-12", "2007-01"]),
        ("2007-01", "2007-01", ["2007-01"]),
        ("2008-02-28", "2008-03-01", ["2008-02-28", "2008-02-29", "2008-03-01"]),
        ("0999", "1001", ["0999", "1000", "1001"]),
    ],
)
def test_every_period_from_one_to_another(first, last, periods):
    assert [*periods_between(first, last)] == periods
