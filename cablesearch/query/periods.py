"""One date as people write it, read as the period that it names.

2007  2007-01  2007-01-08  2007-01-08T12:31  20070108        a year, a month, a day, a minute
8 January 2007  January 8, 2007  8-Jan-2007  Mon 8 Jan '07   a day; with a time behind it, an hour or a minute
1/8/2007  8.1.2007                                           with slashes month first, with dots the day
081231Z JAN 07                                               a date-time group
2007-Q1  first quarter of 2007  2007-W02                     a quarter, a week (ISO 8601)
spring 2007  winter 2006-2007                                seasons of three whole months, as in the north
1970s  the '70s                                              a decade
early 1975  mid-January 2007  late 1970s                     a third of a year, month or decade
last week of January 2007  first three months of 2007        days, weeks, months, quarters, halves, years

Whatever is not understood as a whole is no date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple, TypeAlias

from ..analysis.words import fold
from ..errors import QueryError
from ..model.calendar import MONTHS, year_sent

FIRST_YEAR = 1000  # an earlier one is mistyped

Unit: TypeAlias = Literal["decade", "year", "month"]


@dataclass(frozen=True, slots=True)
class Period:
    """An interval of time from `start` up to, but not including, `end`; None means open."""

    start: datetime | None
    end: datetime | None


class Span(NamedTuple):
    """A period that is closed on both sides."""

    start: datetime
    end: datetime


_MONTH_NUMBERS = {form.lower(): n for n, name in enumerate(MONTHS, 1) for form in (name, name[:3])} | {
    "sept": 9
}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}  # the month in which each begins
_ORDINALS = {"last": -1} | {
    word: place
    for place, two in enumerate(("first 1", "second 2", "third 3", "fourth 4"))
    for word in two.split()
}
_SMALL_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {word: number for number, word in enumerate(_SMALL_NUMBERS, 2)}

# Where the thirds, and the second half, of a decade, a year and a month begin: after so many months and days.
_THIRDS: dict[Unit, tuple[tuple[int, int], tuple[int, int]]] = {
    "decade": ((48, 0), (84, 0)),
    "year": ((4, 0), (8, 0)),
    "month": ((0, 10), (0, 20)),
}
_HALF: dict[Unit, tuple[int, int]] = {"decade": (60, 0), "year": (6, 0), "month": (0, 15)}
_CLOCK = (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1))
_STEPS = {"day": (0, 1), "week": (0, 7), "month": (1, 0), "quarter": (3, 0), "year": (12, 0)}
_PARTS = {
    **dict.fromkeys(("early", "beginning", "start"), 0),
    **dict.fromkeys(("mid", "middle"), 1),
    **dict.fromkeys(("late", "end"), 2),
}

_IN_NUMBERS = re.compile(r"[\d.:<>=-]+", re.ASCII)
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_TIDYING = (
    (re.compile("[’‘`]"), "'"),
    (re.compile(r"(?<=[a-z])\.(?!\.)"), ""),  # Sept. 2007
    (re.compile(r"(?<=\d)(?:st|nd|rd|th)\b"), ""),
    (re.compile(r"\b(?:of|the|in|on|during)\b"), " "),
    (re.compile(r"\b(early|mid|late)-"), r"\1 "),
    (re.compile(r"\b(\d{4})[ -]?(q[1-4]|h[12])\b"), r"\2 \1"),
    (re.compile(r"\b([1-4])q\b"), r"q\1"),
    (re.compile(r"\s+"), " "),
)


def tidy(text: str) -> str:
    """Return a date in lower case, with one kind of dash and of apostrophe and without small words."""
    if _IN_NUMBERS.fullmatch(text):  # there is nothing to change
        return text
    plain = _DASHES.sub("-", fold(_DASHES.sub("-", text)))
    for pattern, replacement in _TIDYING:
        plain = pattern.sub(replacement, plain)
    return plain.strip(" ,;")


def read_period(text: str) -> Span:
    """Return the period of one date, given as `tidy` leaves it.

    Raises:
        ValueError: it is none, or not as a whole.
        QueryError: it could be any of several.
    """
    plain = " ".join(text.replace(",", " ").split()) if "," in text else text.strip()
    for pattern, read in _READERS:
        if match := pattern.fullmatch(plain):
            return read(match)
    raise ValueError(text)


# What each kind of date covers


def _numeric(match: re.Match[str]) -> Span:
    return _span(*(int(number) for number in match.groups() if number))


def _span(*numbers: int) -> Span:
    """Return the year, month, day, hour, minute or second given by its numbers, the year first."""
    if numbers[0] < FIRST_YEAR:
        raise ValueError(numbers)
    start = datetime(*(*numbers, 1, 1)[: max(3, len(numbers))])  # type: ignore[arg-type]
    match len(numbers):
        case 1:
            return Span(start, _after(start, months=12))
        case 2:
            return Span(start, _after(start, months=1))
        case known:
            return Span(start, start + _CLOCK[known - 3])


def _after(moment: datetime, months: int = 0, days: int = 0) -> datetime:
    """Return the moment so many months and days later, or earlier if they are negative."""
    from dateutil.relativedelta import relativedelta

    return moment + relativedelta(months=months, days=days)


def _year(printed: str) -> int:
    """Return a year of four digits, or one of two that is past: `66` is 1966."""
    digits = printed.lstrip("'")
    return int(digits) if len(digits) == len("2007") else year_sent(int(digits))


def _named(match: re.Match[str]) -> Span:
    """Return a day or month with its name, and the hour or minute if a time stands behind a day."""
    found = match.groupdict()
    year, month = _year(match["year"]), _MONTH_NUMBERS[match["month"]]
    span = _span(year, month, int(found["day"])) if found.get("day") else _span(year, month)
    weekday = found.get("weekday")
    if weekday and weekday != _WEEKDAYS[span.start.weekday()]:
        raise QueryError(f"{span.start:%Y-%m-%d} was a {span.start:%A}: correct the day, or leave it out")
    return _at_time(span, found) if found.get("hour") else span


def _at_time(day: Span, found: dict[str, str | None]) -> Span:
    """Return the hour, minute or second of a day, in UTC."""
    clock = [int(number) for number in map(found.get, ("hour", "minute", "second")) if number]
    if half := found.get("half"):
        if not 1 <= clock[0] <= 12:
            raise ValueError(clock)
        clock[0] = clock[0] % 12 + (12 if half == "p" else 0)
    at = _span(day.start.year, day.start.month, day.start.day, *clock)
    ahead = found.get("zone") or ""
    offset = timedelta(hours=int(ahead[1:3]), minutes=int(ahead[-2:])) if ahead else timedelta()
    offset = -offset if ahead.startswith("-") else offset
    return Span(at.start - offset, at.end - offset)


def _separated(match: re.Match[str]) -> Span:
    """Return a day whose month is a number: with slashes the month is first, with dots the day.

    With hyphens either could be, so that only one reading may be possible.
    """
    first, second, year = int(match["first"]), int(match["second"]), _year(match["year"])
    by_day, by_month = (year, second, first), (year, first, second)
    if match["sign"] == "-" and first != second and max(first, second) <= 12:
        days = " or ".join(f"{y}-{m:02}-{d:02}" for y, m, d in (by_day, by_month))
        raise QueryError(f"{match[0]!r} could be two days: write {days}")
    usual, other = (by_day, by_month) if match["sign"] == "." else (by_month, by_day)
    return _span(*(other if usual[1] > 12 else usual))


def _numbered_month(match: re.Match[str]) -> Span:
    return _span(int(match["year"]), int(match["first"]))


def _date_time_group(match: re.Match[str]) -> Span:
    clock = (int(match[name]) for name in ("day", "hour", "minute"))
    return _span(_year(match["year"]), _MONTH_NUMBERS[match["month"]], *clock)


def _share(match: re.Match[str]) -> Span:
    """Return a quarter or a half of a year, by its number."""
    months = 3 if match["quarter"] else 6
    return _months(int(match["year"]), months * int(match["quarter"] or match["half"]) - months + 1, months)


def _season(match: re.Match[str]) -> Span:
    year, season = int(match["year"]), match["season"]
    if season == "winter":
        raise QueryError(
            f"a winter has two years: write winter {year - 1}-{year} or winter {year}-{year + 1}"
        )
    return _months(year, _SEASONS[season], 3)


def _winter(match: re.Match[str]) -> Span:
    year = int(match["year"])
    if (year + 1) % 10 ** len(match["next"]) != int(match["next"]):
        raise ValueError(match[0])
    return _months(year, 12, 3)


def _months(year: int, first: int, count: int) -> Span:
    start = _span(year, first).start
    return Span(start, _after(start, months=count))


def _week(match: re.Match[str]) -> Span:
    monday = date.fromisocalendar(int(match["year"]), int(match["week"]), 1)
    start = _span(monday.year, monday.month, monday.day).start
    return Span(start, _after(start, days=7))


def _decade(match: re.Match[str]) -> Span:
    return _months(_year(match["year"]), 1, 120)


def _third(match: re.Match[str]) -> Span:
    """Return the early, middle or late part of a decade, a year or a month."""
    whole = read_period(match["whole"])
    months_and_days = _THIRDS[_unit(whole)]
    cuts = (whole.start, *(_after(whole.start, *cut) for cut in months_and_days), whole.end)
    part = _PARTS[match["part"]]
    return Span(cuts[part], cuts[part + 1])


def _half(match: re.Match[str]) -> Span:
    """Return the first or the second half of a decade, a year or a month."""
    whole, place = read_period(match["whole"]), _ORDINALS[match["which"]]
    middle = _after(whole.start, *_HALF[_unit(whole)])
    return Span(middle, whole.end) if place else Span(whole.start, middle)


def _part(match: re.Match[str]) -> Span:
    """Return the first, second or last days, weeks, months, quarters or years of a longer period."""
    whole, place = read_period(match["whole"]), _ORDINALS[match["which"]]
    number = match["number"] or "1"
    times = _NUMBERS.get(number) or int(number)
    if (times > 1) != bool(match["several"]) or (times > 1 and place > 0):
        raise ValueError(match[0])
    months, days = (times * step for step in _STEPS[match["unit"]])
    if place < 0:
        part = Span(_after(whole.end, -months, -days), whole.end)
    else:
        start = _after(whole.start, place * months, place * days)
        part = Span(start, _after(start, months, days))
    if part.start < whole.start or part.end > whole.end:
        raise ValueError(match[0])
    return part


def _unit(span: Span) -> Unit:
    """Return whether a period is a decade, a year or a month.

    Raises:
        ValueError: it is none of them.
    """
    lengths: tuple[tuple[Unit, int], ...] = (("decade", 120), ("year", 12), ("month", 1))
    for unit, months in lengths:
        if span.start.day == 1 and span.end == _after(span.start, months=months):
            return unit
    raise ValueError(span)


# What each looks like, after `tidy`

_FULL_YEAR = r"(?P<year>\d{4})"
_MARKED_YEAR = r"(?P<year>\d{4}|'\d\d)"
_ANY_YEAR = r"(?P<year>\d{4}|'?\d\d)"
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(_WEEKDAYS)})(?:s|nes|rs|ur)?(?:day)? )?"
_DAY = r"(?P<day>\d\d?)\.?"
_TIME = (
    r"(?: (?:at )?(?P<hour>\d\d?)(?:(?::(?P<minute>\d\d)(?::(?P<second>\d\d))?)|(?= ?[ap]m))"
    r"(?: ?(?P<half>[ap])m)?(?: ?(?:z|utc|gmt|(?P<zone>[+-]\d\d:?\d\d)))?)?"
)
_WHICH = r"(?P<which>first|second|third|fourth|last|[1-4])"
_COUNT = rf"(?:(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)}) )?"

_READERS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Span]]] = [
    (re.compile(pattern, re.ASCII), read)
    for pattern, read in (
        (r"(\d{4})(?:-(\d\d?)(?:-(\d\d?)(?:[t ](\d\d?):(\d\d)(?::(\d\d))?z?)?)?)?", _numeric),
        (r"(\d{4})/(\d\d?)(?:/(\d\d?))?", _numeric),
        (r"(\d{4})\.(\d\d?)(?:\.(\d\d?))?", _numeric),
        (r"([12]\d{3})(\d\d)(\d\d)?", _numeric),
        (rf"{_WEEKDAY}{_DAY}[ -]?{_MONTH}[ -]?{_ANY_YEAR}{_TIME}", _named),
        (rf"{_WEEKDAY}{_MONTH} {_DAY} {_MARKED_YEAR}{_TIME}", _named),
        (rf"{_FULL_YEAR}[ -]{_MONTH}(?:[ -]{_DAY})?", _named),
        (rf"{_MONTH}[ -]{_MARKED_YEAR}", _named),
        (r"(?P<first>\d\d?)(?P<sign>[/.])(?P<second>\d\d?)(?P=sign)(?P<year>\d{4}|\d\d)", _separated),
        (r"(?P<first>\d\d?)(?P<sign>-)(?P<second>\d\d?)-(?P<year>\d{4})", _separated),
        (rf"(?P<first>\d\d?)[/.-]{_FULL_YEAR}", _numbered_month),
        (rf"(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)z {_MONTH} {_ANY_YEAR}", _date_time_group),
        (rf"(?:q(?P<quarter>[1-4])|h(?P<half>[12])) {_FULL_YEAR}", _share),
        (rf"{_FULL_YEAR}[ -]?w(?P<week>\d\d)", _week),
        (rf"(?P<season>{'|'.join(_SEASONS)}|winter) {_FULL_YEAR}", _season),
        (rf"winter {_FULL_YEAR}[-/](?P<next>\d{{4}}|\d\d)", _winter),
        (r"(?P<year>\d{3}0|'?\d0)'?s", _decade),
        (rf"(?P<part>{'|'.join(_PARTS)}) (?P<whole>.+)", _third),
        (r"(?P<which>first|second|last|[12]) half (?P<whole>.+)", _half),
        (rf"{_WHICH} {_COUNT}(?P<unit>{'|'.join(_STEPS)})(?P<several>s)? (?P<whole>.+)", _part),
    )
]
