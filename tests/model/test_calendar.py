"""The century of years printed with two digits."""

from datetime import UTC, datetime

import pytest

from cablesearch.model.calendar import MONTH_NUMBERS, year_declassified, year_sent

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
