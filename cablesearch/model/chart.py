"""Values over time, as they are drawn."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """One line of a chart.

    Attributes:
        values: one for each period; None where there is none.
        notes: what is said of each value.
    """

    name: str
    values: tuple[float | None, ...]
    notes: tuple[str, ...]


class Chart(NamedTuple):
    """Lines over the same periods, in order, without gaps.

    Attributes:
        percent: the values are shares, from 0 to 1.
    """

    title: str
    periods: tuple[str, ...]
    lines: tuple[Line, ...]
    percent: bool = False
