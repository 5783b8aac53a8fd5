"""The benchmark of two indexes as one compares their answers with those of one index."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.together import ENGINES, build, measure


@pytest.mark.parametrize("engine", ENGINES)
def test_two_indexes_answer_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str], engine: str) -> None:
    assert measure(tmp_path, engine, 300, 100, 60) == 0
    first, asked, *costs = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{engine}: 300 cables, ")
    assert asked == "60 questions, 0 of them answered otherwise: []"
    assert [cost.partition(":")[0] for cost in costs] == ["search", "facets", "to open"]


def test_another_order_is_noticed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (first, second), _ = build(tmp_path, "whoosh", 40, 100)
    shutil.rmtree(second)
    shutil.copytree(first, second)
    assert measure(tmp_path, "whoosh", 40, 100, 30) > 20
