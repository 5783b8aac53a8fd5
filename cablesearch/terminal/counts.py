"""Counts of paragraphs, to be read: by value, and over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from .page import Page, styled

if TYPE_CHECKING:
    from ..search.results import Timeline

GAP = 12  # empty periods in a row that are shown, each on its line
NEXT = {4: 366, 7: 31, 10: 1}  # days from the first of a period into the one after it, by its letters


def counted(number: int, noun: str) -> str:
    """Give a number of things in words."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def put_counts(page: Page, counts: Mapping[str, int], limit: int | None = None) -> None:
    """Write values with their counts, one below the other, and how many more there are."""
    for value, count in [*counts.items()][:limit]:
        page.put(value, f"{count:>10,}  ")
    if limit and len(counts) > limit:
        page.put(f"and {len(counts) - limit:,} more", " " * 12)


def facets_text(
    total: int,
    facets: Mapping[str, Mapping[str, int]],
    limit: int | None = None,
    *,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Give the paragraphs found by each value of some fields, and how many there are in all."""
    page = Page(width, colour)
    for field, counts in facets.items():
        page.put(styled(f"Paragraphs by {field}", "title"))
        put_counts(page, counts or {"none": 0}, limit)
        page.gap()
    page.put(styled(counted(total, "paragraph"), "faint"))
    return str(page)


def timeline_text(timeline: Timeline, *, width: int = 80, colour: bool = False) -> str:
    """Give a bar for each period, empty ones among them, and how many paragraphs have no date."""
    page = Page(width, colour)
    most = max(timeline.periods.values(), default=0)
    digits = len(f"{most:,}")
    for period in _rows(list(timeline.periods)):
        count = timeline.periods.get(period, 0)
        label = f"{period}  {count:>{digits},}  " if period else "…"
        page.put(_bar(count, most, page.width - len(label)), label)
    undated = f"; {timeline.undated:,} undated" if timeline.undated else ""
    page.put(styled(counted(timeline.total, "paragraph") + undated, "faint"))
    return str(page)


def _rows(periods: list[str]) -> Iterator[str]:
    """Give the periods with the empty ones between them; an empty text for a long gap."""
    for period, later in pairwise(periods):
        yield period
        yield from _between(period, later)
    yield from periods[-1:]


def _between(period: str, later: str) -> list[str]:
    empty: list[str] = []
    while (period := _following(period)) != later:
        empty.append(period)
        if len(empty) > GAP:
            return [""]
    return empty


def _following(period: str) -> str:
    """Give the year after a year, the month after a month, the day after a day."""
    first = date.fromisoformat(f"{period}-01-01"[:10])
    return (first + timedelta(NEXT[len(period)])).isoformat()[: len(period)]


def _bar(count: int, most: int, room: int) -> str:
    """Give a bar as long as its share of the room, to an eighth of a cell; what is there is seen."""
    eighths = max(count * max(room, 1) * 8 // most, 1) if count else 0
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()
