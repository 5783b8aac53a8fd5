"""The Makefile: every target is listed at its top, and stands for no file."""

from __future__ import annotations

import re
from pathlib import Path

TEXT = (Path(__file__).parents[1] / "Makefile").read_text("utf-8")


def test_every_target_is_listed_and_phony() -> None:
    """A folder called `docs` would otherwise make `make docs` do nothing."""
    targets = re.findall(r"^([a-z-]+):(?!.*:=)", TEXT, re.MULTILINE)
    [phony] = re.findall(r"^\.PHONY: (.+)$", TEXT, re.MULTILINE)
    assert phony.split() == targets
    assert re.findall(r"^# make ([a-z-]+) +\S", TEXT, re.MULTILINE) == targets
