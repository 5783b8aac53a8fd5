"""Counts over time as a picture."""

from __future__ import annotations

import re
from io import StringIO
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from cablesearch import export
from cablesearch.errors import CablesearchError
from cablesearch.export.svg import draw
from cablesearch.model.chart import Chart, Line
from cablesearch.search.results import Timeline
from cablesearch.search.trends import Trend

SVG = "{http://www.w3.org/2000/svg}"
TREND = Trend(
    "year",
    {"2004": 10, "2005": 20, "2007": 40},
    (
        Timeline("salt", "year", 7, {"2004": 1, "2005": 4, "2007": 2}),
        Timeline("fish", "year", 10, {"2007": 10}),
    ),
)


def texts(picture: str) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(picture).iter(f"{SVG}text")]


def test_a_trend_is_a_line_for_each_query() -> None:
    stream = StringIO()
    export.write("svg", [TREND], stream)
    shown = texts(stream.getvalue())
    assert shown[0] == "Share of paragraphs by year"
    assert shown[-2:] == ["salt", "fish"]
    assert {"0 %", "10 %", "2004", "2007"} <= {*shown}
    assert "salt, 2005: 20.00%, 4 of 20" in stream.getvalue()
    assert "2006" in shown, "periods without paragraphs have their place"
    assert "2006:" not in stream.getvalue(), "but no value"


def test_a_timeline_is_one_line() -> None:
    stream = StringIO()
    export.write("svg", [Timeline("salt", "month", 1500, {"2007-01": 500, "2007-03": 1000})], stream)
    assert "salt, 2007-02: 0" in stream.getvalue()
    assert "1,000" in texts(stream.getvalue())


def test_points_lead_somewhere() -> None:
    picture = draw(TREND.chart(), lambda line, period: f"/search?q={line.name}&x={period}")
    assert 'href="/search?q=salt&amp;x=2004"' in picture
    assert "x=2004" not in picture.replace("q=salt&amp;x=2004", ""), "not one of nothing"


@pytest.mark.parametrize("name", ["<script>", '"x" & \u202ey', "\x1b[31m", "a" * 500, "שלום"])
def test_a_name_is_never_markup(name: str) -> None:
    chart = Chart("title", ("2007",), (Line(name, (1,), ("1",)),))
    picture = draw(chart, lambda line, period: f"/?q={quote(line.name)}")
    tags = {one.tag.removeprefix(SVG) for one in ElementTree.fromstring(picture).iter()}
    assert tags <= {"svg", "text", "g", "path", "circle", "title", "a"}
    assert "\u202e" not in picture
    assert len(texts(picture)[-1]) < 40


@pytest.mark.parametrize(
    "values", [(), (None,), (0,), (0, None, 0), (1e-9, 3), (123456789, 5), tuple(range(500))]
)
def test_any_values_are_drawn(values: tuple[float | None, ...]) -> None:
    periods = tuple(f"{1500 + n}" for n in range(len(values)))
    picture = draw(Chart("title", periods, (Line("salt", values, ("",) * len(values)),) * 8))
    numbers = [float(one) for one in re.findall(r'[" ML](-?[0-9.]+)(?=[" LH])', picture)]
    assert all(-1 <= one <= 800 for one in numbers)
    assert len(picture) < 100_000


def test_other_answers_have_no_picture(results: object) -> None:
    assert callable(results)
    for answers in ([results()], [], [TREND, TREND]):
        with pytest.raises(CablesearchError, match="timeline or trend"):
            export.write("svg", answers, StringIO())
