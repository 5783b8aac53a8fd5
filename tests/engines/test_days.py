"""Counts by day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cablesearch.query.tree import Everything, Nothing, Term
from tests.engines.model import cable

CABLES = (
    cable("07A1", "reform", "nothing", created=datetime(2007, 1, 8, 23, 59, 59)),
    cable("07A2", "reform", created=date(2007, 1, 8)),
    cable("07A3", "reform", created=date(2007, 1, 9)),
    cable("69A1", "reform", created=datetime(1969, 12, 31, 23, 59, 59)),
    cable("STATE1", "reform"),
    cable("08SILENT1", created=date(2008, 1, 1)),
)


def test_paragraphs_are_counted_by_the_day_of_their_cable_in_order(index):
    assert list(index(*CABLES).days(Term("text", "reform")).items()) == [
        (date(1969, 12, 31), 1),
        (date(2007, 1, 8), 2),
        (date(2007, 1, 9), 1),
    ]


def test_no_days_without_matches_or_dates(index):
    reader = index(CABLES[4])
    assert reader.days(Everything()) == reader.days(Nothing()) == {}


def test_the_first_and_the_last_date_of_the_calendar_are_counted(index):
    ends = (date.min, datetime(9999, 12, 31, 23, 59, 59))
    reader = index(*(cable(f"0{n}A1", "reform", created=end) for n, end in enumerate(ends)))
    assert reader.days(Everything()) == {date.min: 1, date.max: 1}


def test_any_number_of_days_is_counted(engine, index, monkeypatch):
    if engine.name == "tantivy":
        monkeypatch.setattr("cablesearch.engines.tantivy.reader.MAX_DAYS", 7)
    days = [date(2007, 1, 1) + timedelta(days=n) for n in range(30)]
    reader = index(*(cable(f"07A{n}", "reform", created=day) for n, day in enumerate(days)))
    assert reader.days(Everything()) == dict.fromkeys(days, 1)
