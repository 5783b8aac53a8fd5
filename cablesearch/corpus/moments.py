"""Dates and times as sources print them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache

from ..model.calendar import MONTH_NUMBERS, year_sent

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?(?:\s*(?P<half>[AP])\.?M\.?)?"
_TIME = rf"(?:(?:,?\s+(?:at\s+)?|T){_CLOCK})?"
_ZONE = r"\s*(?:Z|UTC|GMT|(?P<offset>[+-]\d\d:?\d\d))?"
_YEAR = r"(?P<year>\d{4}|\d\d)"
_FORMS = tuple(
    rf"\s*(?:[a-z]{{3,9}},?\s+)?{form}\s*"
    for form in (
        *(
            day + _TIME + _ZONE
            for day in (
                r"(?P<year>\d{4})-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?",
                rf"(?P<month>\d\d?)/(?P<day>\d\d?)/{_YEAR}",  # month first, as its source is American
                rf"(?P<day>\d\d?)[\s-]\s*(?P<month>[a-z]{{3,9}})\.?,?[\s-]\s*{_YEAR}",
                rf"(?P<month>[a-z]{{3,9}})\.?\s+(?P<day>\d\d?),?\s+{_YEAR}",
                r"(?P<year>\d{4})/(?P<month>\d\d?)/(?P<day>\d\d?)",
                rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.{_YEAR}",
                r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
            )
        ),
        # As C, Unix and Ruby print them.
        rf"(?P<month>[a-z]{{3}})\s+(?P<day>\d\d?)\s+{_CLOCK}{_ZONE}\s+(?P<year>\d{{4}})",
    )
)


@cache
def _compiled(form: str) -> re.Pattern[str]:
    """Compile a form when it is first tried, which takes a millisecond."""
    return re.compile(form, re.IGNORECASE)


def parse_moment(text: str | None) -> date | None:
    """Parse a date, or a date and time, as printed.

    >>> parse_moment("1/8/2007 12:31"), parse_moment("26 JAN 1977"), parse_moment("1954-06")
    (datetime.datetime(2007, 1, 8, 12, 31), datetime.date(1977, 1, 26), datetime.date(1954, 6, 1))
    >>> parse_moment("Tue Jan 30 00:00:00 +0100 2001")
    datetime.date(2001, 1, 30)

    Returns:
        A naive datetime in UTC: a time with an offset is converted, one without is taken as UTC. A date where
        no time is given, the first of its month where no day is. None where the text is not a date.
    """
    for form in _FORMS:
        if text and (found := _compiled(form).fullmatch(text)):
            return _moment(found.groupdict(), whole_day=form is _FORMS[-1])
    return None


def _moment(parts: dict[str, str | None], *, whole_day: bool) -> date | None:
    """Return the date or time of the parts of a printed one.

    Args:
        whole_day: midnight is a date without a time: such a form always has one.
    """
    printed = parts["year"] or ""
    year = int(printed) if len(printed) == 4 else year_sent(int(printed))
    month, day = _month(parts["month"] or ""), int(parts["day"] or 1)
    try:
        if parts["hour"] is None:
            return date(year, month, day)
        hour, minute, second = int(parts["hour"]), int(parts["minute"] or 0), int(parts["second"] or 0)
        local = datetime(year, month, day, _hour(hour, parts["half"]), minute, second)
        if whole_day and not (hour or minute or second):
            return local.date()
        return local - _utc_offset(parts["offset"]) if parts["offset"] else local
    except (ValueError, OverflowError):  # the 31st of February, hour 24, an offset of 99 hours
        return None


def _hour(printed: int, half: str | None) -> int:
    """Return an hour of 24, from one of 12 where `A` or `P` stands after it."""
    if not half:
        return printed
    if not 1 <= printed <= 12:
        raise ValueError(printed)
    return printed % 12 + 12 * (half.upper() == "P")


def _utc_offset(printed: str) -> timedelta:
    """Parse how far local time is ahead of UTC: `-05:00`, `+0530`."""
    ahead = timedelta(hours=int(printed[1:3]), minutes=int(printed[-2:]))
    if ahead >= timedelta(days=1):
        raise ValueError(printed)
    return -ahead if printed[0] == "-" else ahead


def _month(printed: str) -> int:
    """Return the number of a month printed as a number or a name, 0 where it is neither."""
    return int(printed) if printed.isdigit() else MONTH_NUMBERS.get(printed[:3].upper(), 0)
