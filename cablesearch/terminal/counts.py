"""Counts of paragraphs as text: by value, and over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from ..export import escape_controls
from .page import Page, cells, styled

if TYPE_CHECKING:
    from ..search.results import Timeline, Totals
    from ..search.trends import Trend

SHARE_CELLS = 8  # of a share as a number, with the space behind it
MAX_GAP = 12  # consecutive empty periods that are shown, each on a line of its own
TO_NEXT = {
    4: 366,
    7: 31,
    10: 1,
}  # days from the start of a period that lead into the next, by length of its name


def count_of(number: int, noun: str) -> str:
    """Return a number with a noun, in the plural unless it is 1."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def put_counts(
    page: Page, counts: Mapping[str, int], limit: int | None = None, total: int | None = None
) -> None:
    """Add values with their counts, one per line, and how many more there are.

    Args:
        total: how many values there are, if not all of them are in `counts`.
    """
    for value, count in [*counts.items()][:limit]:
        page.put(value, f"{count:>10,}  ")
    if limit and (more := (total or len(counts)) - limit) > 0:
        page.put(f"and {more:,} more", " " * 12)


def facets_text(
    total: int,
    facets: Mapping[str, Mapping[str, int]],
    limit: int | None = None,
    *,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Return how many paragraphs have each value of some fields, and how many there are in total."""
    page = Page(width, colour)
    for field, counts in facets.items():
        page.put(styled(f"Paragraphs by {field}", "title"))
        put_counts(page, counts or {"none": 0}, limit)
        page.gap()
    page.put(styled(count_of(total, "paragraph"), "faint"))
    return str(page)


def totals_text(totals: Totals, *, width: int = 80, colour: bool = False) -> str:
    """Return how many paragraphs and cables there are, below the cables that are listed."""
    page = Page(width, colour)
    if totals.by_cable is not None:
        put_counts(page, totals.by_cable)
        if more := totals.cables - len(totals.by_cable):
            page.put(f"and {more:,} more", " " * 12)
    page.put(f"{count_of(totals.paragraphs, 'paragraph')} in {count_of(totals.cables, 'cable')}")
    return str(page)


def timeline_text(timeline: Timeline, *, width: int = 80, colour: bool = False) -> str:
    """Return a bar for each period, empty ones included, and how many paragraphs have no date."""
    page = Page(width, colour)
    most = max(timeline.periods.values(), default=0)
    digits = len(f"{most:,}")
    for period in _with_empty(list(timeline.periods)):
        count = timeline.periods.get(period, 0)
        label = f"{period}  {count:>{digits},}  " if period else "…"
        page.put(_bar(count, most, page.width - len(label)), label)
    undated = f"; {timeline.undated:,} undated" if timeline.undated else ""
    page.put(styled(count_of(timeline.total, "paragraph") + undated, "faint"))
    return str(page)


def trend_text(trend: Trend, *, width: int = 80, colour: bool = False) -> str:
    """Return a line for each period, with the share that each query finds as a bar, side by side."""
    page = Page(width, colour)
    timelines = trend.timelines
    label = " " * (max(map(len, trend.paragraphs), default=0) + 2)
    column = max((page.width - len(label)) // len(timelines), SHARE_CELLS + 2)
    shares = [trend.share(one, period) or 0 for one in timelines for period in trend.paragraphs]
    most = max(shares, default=0)
    page.put(styled("".join(_fitted(one.query, column) for one in timelines), "title"), label)
    for period in _with_empty(list(trend.paragraphs)):
        found = [trend.share(one, period) for one in timelines]
        page.put(
            "".join(_share(one, most, column) for one in found), f"{period:<{len(label)}}" if period else "…"
        )
    page.gap()
    for one in timelines:
        page.put(styled(f"{one.query}: {count_of(one.total, 'paragraph')}", "faint"))
    return str(page)


def _share(share: float | None, most: float, room: int) -> str:
    """Return a share with its bar, in so many cells; only spaces where there are no paragraphs."""
    if share is None:
        return " " * room
    bar = _bar(round(share * 1e6), round(most * 1e6), room - SHARE_CELLS - 2)
    return f"{share:>{SHARE_CELLS - 1}.2%} {bar}".ljust(room)


def _fitted(text: str, room: int) -> str:
    """Return a text in so many cells, two of them empty."""
    shown = escape_controls(text)
    while cells(shown) > room - 2:
        shown = f"{shown[:-2]}…"
    return shown + " " * (room - cells(shown))


def _with_empty(periods: list[str]) -> Iterator[str]:
    """Yield the periods and the empty ones in between; an empty string stands for a long gap."""
    for period, later in pairwise(periods):
        yield period
        yield from _between(period, later)
    yield from periods[-1:]


def _between(period: str, later: str) -> list[str]:
    empty: list[str] = []
    while (period := _next(period)) != later:
        empty.append(period)
        if len(empty) > MAX_GAP:
            return [""]
    return empty


def _next(period: str) -> str:
    """Return the year after a year, the month after a month, the day after a day."""
    first = date.fromisoformat(f"{period}-01-01"[:10])
    return (first + timedelta(TO_NEXT[len(period)])).isoformat()[: len(period)]


def _bar(count: int, most: int, room: int) -> str:
    """Return a bar in proportion to the count, to an eighth of a cell; only a count of 0 has none."""
    eighths = max(count * max(room, 1) * 8 // most, 1) if count else 0
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()
