"""Things in batches, so that one cost is shared by many and none grows too large."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def batches(items: Iterable[T], most: int, heaviest: int, weight: Callable[[T], int]) -> Iterator[list[T]]:
    """Give items in their order, at most so many at once; by weight no more than that, or one alone."""
    batch: list[T] = []
    total = 0
    for item in items:
        own = weight(item)
        if batch and (len(batch) == most or total + own > heaviest):
            yield batch
            batch, total = [], 0
        batch.append(item)
        total += own
    if batch:
        yield batch
