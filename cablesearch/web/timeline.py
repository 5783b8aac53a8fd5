"""A timeline as bars, each of which narrows the question to its period."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from . import narrowing
from .access import Access
from .questions import Period, Question

WIDTH, HEIGHT = 100, 64  # of the picture: per cent of the page, pixels
MAX_MONTHS = 48  # up to which months are shown, not years
MAX_DAYS_OF_MONTHS = 2  # months up to which days are shown
GAP = 0.15  # of a bar's width
LABELS: dict[Period, int] = {"year": 6, "month": 4, "day": 3}  # at most; they have to fit a phone
MAX_BARS = 400


@dataclass(frozen=True, slots=True)
class Bar:
    """A period: its place in the picture, and the question that is narrowed to it."""

    period: str
    paragraphs: int
    x: float
    width: float
    height: float
    address: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The timeline of a question.

    Attributes:
        by: the length of a period.
        labels: some of the periods, each with its place.
        undated: how many paragraphs have no date.
        range: the address of the question from one period to another, for which FROM..TO stands.
        kept: what the address of the question says, by parameter.
    """

    by: Period
    bars: tuple[Bar, ...]
    labels: tuple[tuple[float, str], ...]
    undated: int
    range: str
    kept: dict[str, str | None]
    height: int = HEIGHT


def timeline(here: Access, question: Question) -> Picture | None:
    """Return the timeline of a question, None if nothing that it finds has a date."""
    counted = here.timeline(question.counted or "*", "month")
    if not counted.periods:
        return None
    by = _period(len(counted.all_periods))
    if by == "day":
        counted = here.timeline(question.counted or "*", "day")
    elif by == "year":
        counted = replace(counted, by=by, periods=_by_year(counted.periods))
    counts = counted.periods
    if not counts:
        return None
    periods = _days_of_months(min(counts), max(counts)) if by == "day" else counted.all_periods
    if len(periods) > MAX_BARS:
        periods = (*counts,)
    step, most = WIDTH / len(periods), max(counts.values())
    bars = tuple(
        Bar(
            period,
            counts[period],
            round(place * step + step * GAP / 2, 3),
            round(step * (1 - GAP), 3),
            round(max(counts[period] / most * HEIGHT, 2), 1),
            question.address(narrowing.replace(question.query, "date", period)),
        )
        for place, period in enumerate(periods)
        if period in counts
    )
    every = -(-len(periods) // LABELS[by])
    labels = tuple((round((n + 0.5) * step, 2), one) for n, one in enumerate(periods) if n % every == 0)
    between = question.address(narrowing.replace(question.query, "date", "FROM..TO"))
    return Picture(by, bars, labels, counted.undated, between, question.said())


def _period(months: int) -> Period:
    """Return the period by which so many months are shown."""
    if months <= MAX_DAYS_OF_MONTHS:
        return "day"
    return "month" if months <= MAX_MONTHS else "year"


def _by_year(months: dict[str, int]) -> dict[str, int]:
    years: dict[str, int] = {}
    for month, paragraphs in months.items():
        years[month[:4]] = years.get(month[:4], 0) + paragraphs
    return years


def _days_of_months(first: str, last: str) -> tuple[str, ...]:
    """Return all days from the first of a day's month to the last of another one's."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    end = end.replace(day=monthrange(end.year, end.month)[1])
    days = range(begin.replace(day=1).toordinal(), end.toordinal() + 1)
    return tuple(date.fromordinal(day).isoformat() for day in days)
