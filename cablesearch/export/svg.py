"""A picture of counts over time: lines over years, months or days, with a name at the end of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from math import floor, log10
from typing import Protocol, TextIO, runtime_checkable
from xml.sax.saxutils import escape, quoteattr

from ..errors import CablesearchError
from ..model.chart import Chart, Line
from . import Answer, Format
from ._escape import escape_controls

WIDTH, HEIGHT = 760, 320  # pixels
LEFT, RIGHT, TOP, BOTTOM = 56, 150, 34, 30  # the margins: values, names, the title, periods
NAMES_X = WIDTH - RIGHT + 12
NAME_CHARS = 20  # of a line's name at its end
ROW = 15  # pixels from one name to the next
TICKS = 4  # values on the axis, about
LABELS = 7  # periods below it, at most
MAX_POINTS = 60  # up to which each value is a point
# Colours that are told apart in print and by most who do not see all colours; then they recur, dashed.
COLOURS = ("#1f4e79", "#c05a1c", "#2c7a46", "#7a3b8f", "#8a6d00", "#0f7c86")

Address = Callable[[Line, str], str]  # where a value of a line leads to, by its period


@runtime_checkable
class HasChart(Protocol):
    """An answer that can be drawn."""

    def chart(self) -> Chart:
        """Return it as lines."""


def write(answers: Iterable[Answer], stream: TextIO) -> None:
    """Write an answer's chart.

    Raises:
        CablesearchError: it has none, or there are several.
    """
    charts = [answer.chart() for answer in answers if isinstance(answer, HasChart)]
    if len(charts) != 1:
        raise CablesearchError("svg is a picture of counts over time: take it for timeline or trend")
    stream.write(f"{draw(charts[0])}\n")


def draw(chart: Chart, address: Address | None = None) -> str:
    """Return a chart as an SVG element.

    Args:
        address: makes each point a link.
    """
    known = [value for line in chart.lines for value in line.values if value is not None]
    ticks = [*_ticks(max(known, default=0))]
    most, title = ticks[-1], quoteattr(chart.title)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
        f' height="{HEIGHT}" role="{"group" if address else "img"}" aria-label={title}'
        ' font-family="sans-serif" font-size="12">',
        f'<text class="title" x="{LEFT}" y="16" fill="#555">{escape(chart.title)}</text>',
        *(_tick(value, most, chart.percent) for value in ticks),
        *_period_labels(chart.periods),
    ]
    names = _names(chart.lines, most)
    for number, line in enumerate(chart.lines):
        colour, dashed = COLOURS[number % len(COLOURS)], number >= len(COLOURS)
        parts += (
            f'<g class="line line-{number % len(COLOURS)}" fill="{colour}" stroke="{colour}">',
            *(_run(run, dashed) for run in _runs(line, most)),
            *(_points(chart, line, most, address) if len(chart.periods) <= MAX_POINTS else ()),
            f'<text x="{NAMES_X}" y="{names[number]:.1f}" stroke="none">{_short(line.name)}</text></g>',
        )
    return "\n".join((*parts, "</svg>"))


def _ticks(most: float) -> Iterator[float]:
    """Yield round values from 0 to one that is not below the greatest."""
    rough = (most or 1) / TICKS
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    count = 1
    while count * step < most * 0.999:
        count += 1
    yield from (number * step for number in range(count + 1))


def _tick(value: float, most: float, percent: bool) -> str:
    shown = f"{round(value * 100, 6):g} %" if percent else f"{value:,g}"
    y = _y(value, most)
    return (
        f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#888" stroke-opacity=".3"/>'
        f'<text class="axis" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#555">{shown}</text>'
    )


def _period_labels(periods: Sequence[str]) -> Iterator[str]:
    every = -(-len(periods) // LABELS) or 1
    for number in range(0, len(periods), every):
        x = _x(number, len(periods))
        place = f'x="{x:.1f}" y="{HEIGHT - 10}" text-anchor="middle"'
        yield f'<text class="axis" {place} fill="#555">{periods[number]}</text>'


def _runs(line: Line, most: float) -> Iterator[list[str]]:
    """Yield the places of a line in pieces, which values that are not known part."""
    for known, run in groupby(enumerate(line.values), lambda item: item[1] is not None):
        if known:
            yield [f"{_x(n, len(line.values)):.1f} {_y(value or 0, most):.1f}" for n, value in run]


def _run(places: Sequence[str], dashed: bool) -> str:
    dashes = ' stroke-dasharray="6 3"' if dashed else ""
    return f'<path d="M{"L".join(places)}" fill="none" stroke-width="2" stroke-linejoin="round"{dashes}/>'


def _points(chart: Chart, line: Line, most: float, address: Address | None) -> Iterator[str]:
    for number, (period, value) in enumerate(zip(chart.periods, line.values, strict=True)):
        if value is None:
            continue
        said = f"{line.name}, {period}: {f'{value:.2%}, ' if chart.percent else ''}{line.notes[number]}"
        said = escape_controls(said)
        x, y = _x(number, len(chart.periods)), _y(value, most)
        point = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"><title>{escape(said)}</title></circle>'
        if address and value:
            point = f"<a href={quoteattr(address(line, period))} aria-label={quoteattr(said)}>{point}</a>"
        yield point


def _names(lines: Sequence[Line], most: float) -> list[float]:
    """Return the heights of the names at the ends of lines, none of which covers another."""
    ends = [next((value for value in reversed(line.values) if value is not None), 0.0) for line in lines]
    places = [0.0] * len(lines)
    lowest = TOP - ROW + 4.0
    for number in sorted(range(len(lines)), key=lambda number: -ends[number]):
        places[number] = lowest = max(_y(ends[number], most) + 4, lowest + ROW)
    excess = max(max(places, default=0) - (HEIGHT - BOTTOM + 4), 0)
    return [place - excess for place in places]


def _short(name: str) -> str:
    shown = escape_controls(name)
    return escape(shown if len(shown) <= NAME_CHARS else f"{shown[: NAME_CHARS - 1]}…")


def _x(number: int, periods: int) -> float:
    width = WIDTH - LEFT - RIGHT
    return LEFT + (width * number / (periods - 1) if periods > 1 else width / 2)


def _y(value: float, most: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / most)


FORMAT = Format("svg", ".svg", "image/svg+xml", write)
