"""Which patterns take more than linear time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .patterns import Use
from .payloads import payloads
from .timing import Growth, excessive_growth

FLOOR = 0.001  # seconds that any time counts as


class Finding(NamedTuple):
    """An input whose time grows faster than it does."""

    what: str
    input: str
    growth: Growth

    def __str__(self) -> str:
        return f"{self.what}\n    {self.input[:200]}\n    {self.growth}"


def check_pattern(use: Use) -> Iterator[Finding]:
    """Yield the first payload for each method of a pattern whose time grows too fast."""
    for method in sorted(use.methods):
        run = _runner(use.pattern, method)
        for name, make in payloads(use.pattern):
            if growth := excessive_growth(run, make, FLOOR):
                yield Finding(f"{use.where}.{method}", name, growth)
                break


def _runner(pattern: re.Pattern[str] | re.Pattern[bytes], method: str) -> Callable[[str], object]:
    call = getattr(pattern, method)

    def run(text: str) -> None:
        given: str | bytes = text
        if isinstance(pattern.pattern, bytes):
            given = text.encode("latin-1", "replace")
        if method == "finditer":
            for _ in call(given):
                pass
        else:
            call(given)

    return run
