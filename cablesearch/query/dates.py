"""Dates as people type them: each stands for the interval that its precision covers.

2007  2007-01  2007-01-08  2007-01-08T12:31      a year, a month, a day, a minute
2007-01..2007-03  2007-01..  ..2007-03           from the start of the first to the end of the last
>=2007-01-08  >2007  <2007-01  <=2007            after or before, including the period or not
January 2007  8 Jan 2007  1/8/2007  8.1.2007     read by dateutil: with slashes month first, with dots the day
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Any

from ..errors import QueryError
from ..model.calendar import year_sent

UNITS = ("year", "month", "day", "hour", "minute", "second")

_NUMERIC = re.compile(
    r"(\d{4})(?:-(\d\d?)(?:-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d))?Z?)?)?)?|([12]\d{3})(\d\d)(\d\d)?"
)
_COMPARISON = re.compile(r"(<=|>=|<|>)?(.*)", re.DOTALL)
_RANGE = re.compile(r"\.{2,}|…")
_TWO_DIGIT_YEAR = re.compile(r"\d\d?-\d\d?-\d\d?")  # 07-01-08: which part is the year?
_DOTTED = re.compile(r"\d\d?\.\d\d?\.\d")

# Two moments that differ in every unit: a unit that is the same with either as the default was typed.
_DEFAULTS = (datetime(2001, 2, 3, 4, 5, 6), datetime(1998, 11, 12, 13, 14, 15))

MAX_DATE_CHARS = 60


@dataclass(frozen=True, slots=True)
class Period:
    """An interval of time from `start` up to, but not including, `end`; None means open."""

    start: datetime | None
    end: datetime | None


def parse_period(text: str) -> Period:
    """Return the interval that a date, a range of dates or a comparison with a date covers.

    Raises:
        QueryError: the text is none of these.
    """
    sides = [side.strip() for side in _RANGE.split(text)]
    match sides:
        case [only]:
            return _parse_comparison(only)
        case [first, last] if first or last:
            start = _parse_date(first).start if first else None
            end = _parse_date(last).end if last else None
            if start and end and start >= end:
                raise QueryError(f"the range {text!r} ends before it begins: write {f'{last}..{first}'!r}")
            return Period(start, end)
        case _:
            raise _date_error(text)


def _parse_comparison(text: str) -> Period:
    match = _COMPARISON.fullmatch(text)
    sign, date = match.groups() if match else (None, text)
    covered = _parse_date(date.strip())
    match sign:
        case "<":
            return Period(None, covered.start)
        case "<=":
            return Period(None, covered.end)
        case ">":
            return Period(covered.end, None)
        case ">=":
            return Period(covered.start, None)
        case _:
            return covered


def _parse_date(text: str) -> Period:
    """Return the interval of one date."""
    try:
        numbers = _parse_numeric(text) or _parse_loosely(text)
        start = datetime(*(*numbers, 1, 1)[: max(3, len(numbers))])  # type: ignore[arg-type]
        return Period(start, _end_of(start, UNITS[len(numbers) - 1]))
    except (ValueError, OverflowError) as error:
        raise _date_error(text) from error


def _parse_numeric(text: str) -> list[int]:
    """Return the units of a numeric date, year first; an empty list if the text is not one."""
    match = _NUMERIC.fullmatch(text)
    return [int(number) for number in match.groups() if number] if match else []


def _parse_loosely(text: str) -> list[int]:
    """Return the units, year first, of a date as people write it; those that were not typed are left out."""
    if len(text) > MAX_DATE_CHARS or text.isdigit() or _TWO_DIGIT_YEAR.fullmatch(text):
        raise ValueError(text)
    first, second = (_parse_with_dateutil(text, default) for default in _DEFAULTS)
    typed = [getattr(first, unit) == getattr(second, unit) for unit in UNITS]
    known = typed.index(False) if False in typed else len(UNITS)
    if not known or any(typed[known:]):
        raise ValueError(text)
    return [getattr(first, unit) for unit in UNITS[:known]]


def _parse_with_dateutil(text: str, default: datetime) -> datetime:
    from dateutil import parser

    dotted = bool(_DOTTED.match(text))
    try:
        moment = parser.parse(text, _parser_info(), default=default, dayfirst=dotted, tzinfos=_time_zone)
    except (TypeError, IndexError, AttributeError, ArithmeticError) as error:  # which dateutil lets escape
        raise ValueError(text) from error
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


@cache
def _parser_info() -> Any:
    """Return dateutil's words and rules, but with two-digit years never in the future: `66` is 1966."""
    from dateutil.parser import parserinfo

    class Years(parserinfo):
        def convertyear(self, year: int, century_specified: bool = False) -> int:
            return year if century_specified else year_sent(year)

    return Years()


def _time_zone(name: str | None, offset: int | None) -> tzinfo | None:
    """Return a time zone, and refuse one that is given only by letters (`EST`), which may mean several."""
    if name and offset is None:
        raise ValueError(name)
    return None if offset is None else timezone(timedelta(seconds=offset))


def _end_of(start: datetime, unit: str) -> datetime:
    """Return the first moment after the year, month ... that begins at `start`."""
    match unit:
        case "year":
            return start.replace(year=start.year + 1)
        case "month":
            return (start + timedelta(days=31)).replace(day=1)
        case _:
            return start + timedelta(**{unit + "s": 1})


def _date_error(text: str) -> QueryError:
    return QueryError(
        f"no date in {text!r}: write 2007, 2007-01, 2007-01-08, 2007-01..2007-03, >=2007-01-08 "
        'or "8 January 2007", the year always with it'
    )
