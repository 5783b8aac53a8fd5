"""Groups items into batches of limited number and weight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def batches(
    items: Iterable[T], max_items: int, max_weight: int, weight: Callable[[T], int]
) -> Iterator[list[T]]:
    """Yield the items in order, in batches within both limits; an item that is too heavy comes alone."""
    batch: list[T] = []
    total = 0
    for item in items:
        own = weight(item)
        if batch and (len(batch) == max_items or total + own > max_weight):
            yield batch
            batch, total = [], 0
        batch.append(item)
        total += own
    if batch:
        yield batch
