"""The benchmark of what is new finds what an update brought."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.news import measure


@pytest.mark.parametrize("added", [2, 5])
def test_the_cables_that_are_added_are_new(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], added: int
) -> None:
    measure(tmp_path, 8, added, 14)
    first, look, more, new = capsys.readouterr().out.splitlines()
    assert first.startswith("8 cables, ")
    assert look.endswith("of the processor), 0 new")
    assert more == f"{added} cables added"
    assert int(re.findall(r"(\d+) new for", new)[0]) > 0
