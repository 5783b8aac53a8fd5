"""How large a share of all paragraphs several queries find over time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.cable import Row
from ..model.calendar import periods_between
from ..model.chart import Chart, Line
from .results import Period, Timeline

DIGITS = 6  # of a share


@dataclass(frozen=True, slots=True)
class Trend:
    """Counts of what several queries find by year, month or day, beside those of all paragraphs.

    Attributes:
        by: the length of a period.
        paragraphs: how many there are in each period; with filters, of those that they let through.
        timelines: what each query finds.
    """

    by: Period
    paragraphs: dict[str, int]
    timelines: tuple[Timeline, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return (self.by, "query", "count", "paragraphs", "share")

    def share(self, timeline: Timeline, period: str) -> float | None:
        """Return the share of a period's paragraphs that a query finds, None if there are none."""
        whole = self.paragraphs.get(period)
        return round(timeline.periods.get(period, 0) / whole, DIGITS) if whole else None

    def rows(self) -> Iterator[Row]:
        """Yield a record for each query and period that has paragraphs."""
        for timeline in self.timelines:
            for period, whole in self.paragraphs.items():
                yield {
                    self.by: period,
                    "query": timeline.query,
                    "count": timeline.periods.get(period, 0),
                    "paragraphs": whole,
                    "share": self.share(timeline, period),
                }

    def records(self) -> Iterator[Row]:
        """Yield the rows."""
        return self.rows()

    def as_dict(self) -> dict[str, object]:
        """Return the trend as JSON values, with the keys of docs/json.md."""
        return {
            "by": self.by,
            "paragraphs": self.paragraphs,
            "queries": [
                {
                    "query": timeline.query,
                    "total": timeline.total,
                    "undated": timeline.undated,
                    "periods": timeline.periods,
                    "shares": {period: self.share(timeline, period) for period in self.paragraphs},
                }
                for timeline in self.timelines
            ],
        }

    def chart(self) -> Chart:
        """Return the shares as lines; a period without any paragraphs breaks them."""
        periods = (
            tuple(periods_between(min(self.paragraphs), max(self.paragraphs))) if self.paragraphs else ()
        )
        lines = (
            Line(
                timeline.query,
                tuple(self.share(timeline, period) for period in periods),
                tuple(
                    f"{timeline.periods.get(period, 0):,} of {self.paragraphs.get(period, 0):,}"
                    for period in periods
                ),
            )
            for timeline in self.timelines
        )
        return Chart(f"Share of paragraphs by {self.by}", periods, tuple(lines), percent=True)
