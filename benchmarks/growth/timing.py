"""How the time of a function grows with the size of its input."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from time import perf_counter
from typing import NamedTuple

SIZES = (5_000, 10_000, 20_000, 40_000)  # characters
MAX_GROWTH = 1.5  # of the time per character when the input doubles: 1 is linear, 2 quadratic
TRIES = 40  # of an input that seems to grow faster; the least time of each size counts
MIN_TRIES, ENOUGH = 3, 1.0  # tries after which so many seconds in all show that it does
FLOOR = 0.001  # seconds that any time counts as: shorter ones are noise
QUICK = 4  # times the floor: if the largest size takes less, that is not worth a closer look
LIMIT = 4.0  # seconds of processor time after which a run is broken off


class TooSlowError(Exception):
    """A run took more than `LIMIT`."""


class Growth(NamedTuple):
    """How time grows with size.

    Attributes:
        seconds: the least time for each of `SIZES`, infinite where a run was broken off.
        floor: what any time counts as at least.
    """

    seconds: tuple[float, ...]
    floor: float

    @property
    def factor(self) -> float:
        """By how much the time per character grew at most when the input doubled."""
        return max(after / (2 * max(before, self.floor)) for before, after in pairwise(self.seconds))

    def __str__(self) -> str:
        times = ", ".join(
            "over the limit" if s == float("inf") else f"{1000 * s:,.1f} ms" for s in self.seconds
        )
        return f"{times} for {SIZES[0]:,} to {SIZES[-1]:,} characters"


def excessive_growth(
    run: Callable[[str], object], make: Callable[[int], str], floor: float = FLOOR
) -> Growth | None:
    """Return how the time of `run` grows if that is more than `MAX_GROWTH`, else None.

    Args:
        make: returns an input of about so many characters.
        floor: seconds that any time counts as at least.
    """
    if _seconds(run, make(SIZES[-1])) < QUICK * floor:
        return None
    inputs = [make(size) for size in SIZES]
    least = [float("inf")] * len(SIZES)
    began = perf_counter()
    for tries in range(1, TRIES + 1):
        for index, text in enumerate(inputs):
            least[index] = min(least[index], _seconds(run, text))
            if least[index] == float("inf"):
                return Growth((*least[: index + 1], *[float("inf")] * (len(SIZES) - index - 1)), floor)
        if Growth(tuple(least), floor).factor <= MAX_GROWTH:
            return None
        if tries >= MIN_TRIES and perf_counter() - began > ENOUGH:
            break
    return Growth(tuple(least), floor)


def _seconds(run: Callable[[str], object], text: str) -> float:
    """Return the time of one run, infinite if it was broken off.

    The clock of the processor's own time would be less noisy, but on some systems it ticks every 4 ms only.
    """
    gc.disable()
    try:
        began = perf_counter()
        with _limit():
            run(text)
        return perf_counter() - began
    except TooSlowError:
        return float("inf")
    finally:
        gc.enable()


@contextmanager
def _limit() -> Iterator[None]:
    """Raise a TooSlowError in the block after `LIMIT`, even within a pattern, which looks for signals."""

    def stop(_signal: int, _frame: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
