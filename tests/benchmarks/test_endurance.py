"""What a long-lived process holds is watched, and growth is told from what varies."""

from __future__ import annotations

import pytest

from benchmarks.endurance import Held, endure, grows
from cablesearch.engines import LOCAL


@pytest.mark.parametrize("engine", LOCAL)
def test_a_process_searches_beside_builds(engine, tmp_path):
    course = list(endure(tmp_path, engine, searches=12, reopenings=3))
    assert len(course) == 3
    assert len({held.files for held in course}) == 1
    assert all(held.memory > 1 for held in course)


@pytest.mark.parametrize(
    ("course", "growing"),
    [
        ([(50, 6), (60, 6)] * 30, False),
        ([(20 + min(n, 10), 6) for n in range(60)], False),  # it rises until all is loaded
        ([(100 + n, 6) for n in range(60)], True),
        ([(50, 6 + n // 10) for n in range(60)], True),
        ([(50, 6), (50, 8)] * 30, False),
        ([(50, 6)], False),
    ],
)
def test_growth_is_what_stays(course, growing):
    assert grows([Held(*held) for held in course]) == growing
