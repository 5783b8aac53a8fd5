"""Dates and times as sources print them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from ..model.calendar import MONTH_NUMBERS

_TIME = r"(?:(?:,?\s+|T)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?)?"
_ZONE = r"\s*(?:Z|UTC|GMT|(?P<offset>[+-]\d\d:?\d\d))?"
_FORMS = tuple(
    re.compile(rf"\s*(?:[a-z]{{3,9}},\s+)?{day}{_TIME}{_ZONE}\s*", re.IGNORECASE)
    for day in (
        r"(?P<year>\d{4})-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?",
        r"(?P<month>\d\d?)/(?P<day>\d\d?)/(?P<year>\d{4})",  # month first, as its source is American
        r"(?P<day>\d\d?)\s+(?P<month>[a-z]{3,9})\.?,?\s+(?P<year>\d{4})",
        r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d\d?),?\s+(?P<year>\d{4})",
    )
)


def parse_moment(text: str | None) -> date | None:
    """Parse a date, or a date and time, as printed.

    >>> parse_moment("1/8/2007 12:31"), parse_moment("26 JAN 1977"), parse_moment("1954-06")
    (datetime.datetime(2007, 1, 8, 12, 31), datetime.date(1977, 1, 26), datetime.date(1954, 6, 1))

    Returns:
        A naive datetime in UTC: a time with an offset is converted, one without is taken as UTC. A date where
        no time is given, the first of its month where no day is. None where the text is not a date.
    """
    for form in _FORMS:
        if text and (found := form.fullmatch(text)):
            return _moment(found.groupdict())
    return None


def _moment(parts: dict[str, str | None]) -> date | None:
    year, month, day = int(parts["year"] or 0), _month(parts["month"] or ""), int(parts["day"] or 1)
    try:
        if parts["hour"] is None:
            return date(year, month, day)
        hour, minute, second = int(parts["hour"]), int(parts["minute"] or 0), int(parts["second"] or 0)
        local = datetime(year, month, day, hour, minute, second)
        return local - _utc_offset(parts["offset"]) if parts["offset"] else local
    except (ValueError, OverflowError):  # the 31st of February, hour 24, an offset of 99 hours
        return None


def _utc_offset(printed: str) -> timedelta:
    """Parse how far local time is ahead of UTC: `-05:00`, `+0530`."""
    ahead = timedelta(hours=int(printed[1:3]), minutes=int(printed[-2:]))
    if ahead >= timedelta(days=1):
        raise ValueError(printed)
    return -ahead if printed[0] == "-" else ahead


def _month(printed: str) -> int:
    """Return the number of a month printed as a number or a name, 0 where it is neither."""
    return int(printed) if printed.isdigit() else MONTH_NUMBERS.get(printed[:3].upper(), 0)
