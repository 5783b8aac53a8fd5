"""How the time of a function grows with the size of its input."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from math import inf
from time import perf_counter
from typing import NamedTuple

SIZES = (5_000, 10_000, 20_000, 40_000)  # characters
BEYOND = (80_000, 160_000)
MAX_GROWTH = 1.5  # of the time per character when the input doubles: 1 is linear, 2 quadratic
TRIES = 40  # of an input that seems to grow faster; the least time of each size counts
MIN_TRIES, ENOUGH = 3, 1.0  # tries after which so many seconds in all show that it does
QUICK = 4  # times the floor: if the largest size takes less, that is not worth a closer look
LIMIT = 4.0  # seconds of processor time after which a run is broken off


class TooSlowError(Exception):
    """A run took more than `LIMIT`."""


class Growth(NamedTuple):
    """How time grows with size.

    Attributes:
        sizes: in characters, each twice the one before.
        seconds: the least time for each; infinite where a run was broken off, and for all larger sizes.
        floor: what any time counts as at least.
    """

    sizes: tuple[int, ...]
    seconds: tuple[float, ...]
    floor: float

    @property
    def factor(self) -> float:
        """By how much the time per character grew at most when the input doubled."""
        if self.seconds[-1] == inf:
            return inf
        return max(after / (2 * max(before, self.floor)) for before, after in pairwise(self.seconds))

    def __str__(self) -> str:
        times = ("over the limit" if s == inf else f"{1000 * s:,.1f} ms" for s in self.seconds)
        return f"{', '.join(times)} for {self.sizes[0]:,} to {self.sizes[-1]:,} characters"


def excessive_growth(run: Callable[[str], object], make: Callable[[int], str], floor: float) -> Growth | None:
    """Return how the time of `run` grows if that is more than `MAX_GROWTH`, else None.

    A bound that is reached on the way, as the lines of a header, makes a step; what grows too fast does so
    beyond it as well.

    Args:
        make: returns an input of about so many characters.
        floor: seconds that any time counts as at least, since shorter ones are noise.
    """
    if _seconds(run, make(SIZES[-1])) < QUICK * floor:
        return None
    growth = _measure(run, make, SIZES, floor)
    if growth.factor <= MAX_GROWTH:
        return None
    return growth if growth.factor == inf or _measure(run, make, BEYOND, floor).factor > MAX_GROWTH else None


def _measure(
    run: Callable[[str], object], make: Callable[[int], str], sizes: tuple[int, ...], floor: float
) -> Growth:
    """Measure each size, again and again while the times grow too fast."""
    inputs = [make(size) for size in sizes]
    least = [inf] * len(sizes)
    began = perf_counter()
    for tries in range(1, TRIES + 1):
        for index, text in enumerate(inputs):
            least[index] = min(least[index], _seconds(run, text))
            if least[index] == inf:
                break
        growth = Growth(sizes, tuple(least), floor)
        late = tries >= MIN_TRIES and perf_counter() - began > ENOUGH
        if growth.factor <= MAX_GROWTH or growth.factor == inf or late:
            break
    return growth


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
        return inf
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
