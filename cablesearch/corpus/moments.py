"""When: the dates and times that sources print."""

from __future__ import annotations

import re
from datetime import date, datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"(?:(?:,?\s+|T)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?)?"
_ZONE = r"\s*(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?"
_FORMS = tuple(
    re.compile(rf"\s*(?:[a-z]{{3,9}},\s+)?{day}{_TIME}{_ZONE}\s*", re.IGNORECASE)
    for day in (
        r"(?P<year>\d{4})-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?",
        r"(?P<month>\d\d?)/(?P<day>\d\d?)/(?P<year>\d{4})",  # month first, as its source is American
        r"(?P<day>\d\d?)\s+(?P<month>[a-z]{3,9})\.?,?\s+(?P<year>\d{4})",
        r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d\d?),?\s+(?P<year>\d{4})",
    )
)


def moment(text: str | None) -> date | None:
    """Read a date, or a date and time, as printed: the zone, where one is told, is left off.

    >>> moment("1/8/2007 12:31"), moment("26 JAN 1977"), moment("1954-06")
    (datetime.datetime(2007, 1, 8, 12, 31), datetime.date(1977, 1, 26), datetime.date(1954, 6, 1))

    Returns:
        A month without a day is its first day. None where the text is no date.
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
        return datetime(
            year, month, day, int(parts["hour"]), int(parts["minute"] or 0), int(parts["second"] or 0)
        )
    except ValueError:  # the 31st of February, hour 24
        return None


def _month(printed: str) -> int:
    if printed.isdigit():
        return int(printed)
    return 1 + _MONTHS.index(printed[:3].lower()) if printed[:3].lower() in _MONTHS else 0
