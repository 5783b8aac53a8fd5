"""Dates as people type them: each stands for the intervals that it covers.

2007  8 January 2007  spring 2007  1970s  ...      one date: see `periods`
2007-01..2007-03  2007-01..  ..2007-03             from the start of the first to the end of the last
January-March 2007  8 to 12 January 2007           the same; what only one side has applies to both
2006-01-01/2007-01-01  1964-68                     the same
>=2007-01-08  >2007  before 2007  since May 2007   after or before, including the period or not
2006,2007  January and March 2007                  any of several
"""

from __future__ import annotations

import re
from contextlib import suppress

from ..errors import QueryError
from .periods import Period, Span, read_period, tidy

MAX_DATE_CHARS = 100

_DOTS = re.compile(r"\.{2,}")
_SIGNS = {
    "before": "<",
    "until": "<=",
    "till": "<=",
    "through": "<=",
    "after": ">",
    "since": ">=",
    "from": ">=",
}
_COMPARISON = re.compile(rf"(<=|>=|<|>|(?:{'|'.join(_SIGNS)})(?= )) ?(.*)")
_WORDED_RANGE = re.compile(r"(?:from )?(.+) (?:to|until|till|through|thru) (.+)|between (.+?) and (.+)")
_SHORT_YEARS = re.compile(r"((\d\d)\d\d)-(3[2-9]|[4-9]\d)", re.ASCII)  # 1964-68; 2007-08 is a month
_SEPARATOR = re.compile(r" ?([,;&]| or | and ) ?")

# What one side of a range may lack, because the other one has it.
_YEAR_AT_END = re.compile(r"(?:.*[ -])?(\d{4}s?|'\d\ds?)", re.ASCII)
_YEAR_AT_START = re.compile(r"(\d{4}) [a-z].*", re.ASCII)
_DAY = re.compile(r"\d\d?", re.ASCII)
_DAY_AND_YEAR = re.compile(r"\d\d? \d{4}", re.ASCII)
_MONTH_AND_DAY = re.compile(r"(?:.* )?([a-z]+) \d\d?", re.ASCII)
_DAY_AND_MONTH = re.compile(r"\d\d? ([a-z]+ .+)", re.ASCII)

# What is written by habit, and means nothing or several things here; and what to write.
_HABITS = (
    (re.compile(r"-(\d{4}.*)"), r"write ..\1 for all until then"),
    (re.compile(r"(\d{4}-\d\d-)(\d\d)-(\d\d)"), r"write \g<1>\2..\g<1>\3 for several days"),
)


def parse_periods(text: str) -> tuple[Period, ...]:
    """Return the intervals that a date covers: several if it names several dates.

    Raises:
        QueryError: the text is no date, not as a whole, or could be any of several.
    """
    if len(text) <= MAX_DATE_CHARS:
        plain = tidy(text)
        for read in (_read_comparison, _read_open, _read_closed, _read_list):
            with suppress(ValueError, OverflowError):
                if periods := read(plain):
                    return periods
    raise _date_error(text)


def _read_comparison(text: str) -> tuple[Period, ...]:
    match = _COMPARISON.fullmatch(text)
    if not match:
        return ()
    covered = read_period(match[2])
    match _SIGNS.get(match[1], match[1]):
        case "<":
            return (Period(None, covered.start),)
        case "<=":
            return (Period(None, covered.end),)
        case ">":
            return (Period(covered.end, None),)
        case _:
            return (Period(covered.start, None),)


def _read_open(text: str) -> tuple[Period, ...]:
    """Return the range of which one side is missing before or behind two dots."""
    match [side.strip() for side in _DOTS.split(text)]:
        case [first, ""] if first:
            return (Period(read_period(first).start, None),)
        case ["", last] if last:
            return (Period(None, read_period(last).end),)
        case _:
            return ()


def _read_closed(text: str) -> tuple[Period, ...]:
    return (Period(*_read_span(text)),)


def _read_span(text: str) -> Span:
    """Return what one date covers, or a range that is closed on both sides."""
    match [side.strip() for side in _DOTS.split(text)]:
        case [first, last] if first and last:
            return _join(first, last)
    with suppress(ValueError):
        return read_period(text)
    if match := _WORDED_RANGE.fullmatch(text):
        first, last = filter(None, match.groups())
        return _join(first, last)
    if match := _SHORT_YEARS.fullmatch(text):
        return _join(match[1], match[2] + match[3])
    return _read_dashes(text)


def _read_dashes(text: str) -> Span:
    """Return the range whose sides a dash or a slash separates; if others stand within them, where it can be.

    Raises:
        ValueError: it is none, or there are several ways to read it.
        QueryError: it is one that ends before it begins.
    """
    found, faults = set(), []
    for at, sign in enumerate(text):
        first, last = text[:at].strip(), text[at + 1 :].strip()
        if sign in "-/" and first and last:
            try:
                found.add(_join(first, last, complete=sign == "-"))
            except QueryError as error:
                faults.append(error)
            except ValueError:
                continue
    if len(found) != 1:
        raise faults[0] if len(faults) == 1 and not found else ValueError(text)
    return found.pop()


def _join(first: str, last: str, *, complete: bool = True) -> Span:
    """Return the range from the start of one date to the end of another.

    Args:
        complete: the month or year may be missing on one side, if the other has it.
    """
    sides = _complete(_without_commas(first), _without_commas(last)) if complete else (first, last)
    start, end = read_period(sides[0]).start, read_period(sides[1]).end
    if start >= end:
        other = f"{last}..{first}"
        remedy = f"write {other!r}" if sides == (first, last) else "write the year on both sides"
        raise QueryError(f"the range {f'{first}..{last}'!r} ends before it begins: {remedy}")
    return Span(start, end)


def _without_commas(text: str) -> str:
    if "," not in text:
        return text
    if text.strip(",") != text:
        raise ValueError(text)
    return " ".join(text.replace(",", " ").split())


def _complete(first: str, last: str) -> tuple[str, str]:
    """Return both sides of a range, each with the month and the year that only the other has."""
    if first[:4].isdigit() and last[:4].isdigit():  # each has its year
        return first, last
    if (month := _MONTH_AND_DAY.fullmatch(first)) and _DAY_AND_YEAR.fullmatch(last):  # January 8 - 12, 2007
        last = f"{month[1]} {last}"
    year_before, year_behind = _YEAR_AT_START.fullmatch(first), _YEAR_AT_END.fullmatch(last)
    if year_before and not year_behind:  # 2007 January - March
        last = f"{last} {year_before[1]}"
    elif _DAY.fullmatch(first) and (rest := _DAY_AND_MONTH.fullmatch(last)):  # 8 - 12 January 2007
        first = f"{first} {rest[1]}"
    elif year_behind and not _YEAR_AT_END.fullmatch(first):  # 8 January - 12 February 2007
        first = f"{first} {year_behind[1]}"
    return first, last


def _read_list(text: str) -> tuple[Period, ...]:
    """Return what any of several dates covers, read from the last, which has the year if others lack it."""
    parts = _SEPARATOR.split(text)
    dates, signs = parts[::2], parts[1::2]
    if not all(dates) or any(each.startswith(".") or each.endswith(".") for each in dates):
        raise ValueError(text)
    found: list[Span] = []
    behind = ""  # the date behind those that are left
    while dates:
        with_comma = " ".join(dates[-2:]) if len(dates) > 1 and signs[len(dates) - 2] == "," else ""
        span, behind, used = _last_date(with_comma, dates[-1], behind)
        found.append(span)
        del dates[-used:]
    return tuple(Period(*span) for span in reversed(found))


def _last_date(with_comma: str, alone: str, behind: str) -> tuple[Span, str, int]:
    """Return the last date of a list, its text, and of how many parts it is: `January 8, 2007` is of two."""
    completed = _complete(alone, behind)[0] if behind else alone
    for text, parts in ((with_comma, 2), (alone, 1), (completed, 1)):
        with suppress(ValueError):
            return _read_span(text), text, parts
    raise ValueError(alone)


def _date_error(text: str) -> QueryError:
    plain = tidy(text)
    for pattern, remedy in _HABITS:
        if match := pattern.fullmatch(plain):
            return QueryError(f"no date in {text!r}: {match.expand(remedy)}")
    return QueryError(
        f"no date in {text!r}: write 2007, 2007-01, 2007-01-08, 2007-01..2007-03, >=2007-01-08, "
        '"8 January 2007" or "spring 2007", the year always with it'
    )
