"""Work in steps, so that several pieces of it take each step together.

A step's code and tables are near the processor the next time that it is taken, when nothing else has been
done meanwhile: sixteen cables that are parsed together take four fifths of the time that they take one after
the other (benchmarks/README.md).

Such work is a generator that yields between its steps and returns what it has made.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")

Steps: TypeAlias = Generator[None, None, T]


def alone(work: Steps[T]) -> T:
    """Do a piece of work from its beginning to its end."""
    return together([work])[0]


def together(works: Iterable[Steps[T]]) -> list[T]:
    """Do pieces of work: a step of each, then the next step of each; an error of one ends all."""
    left = list(enumerate(works))
    made: list[Any] = [None] * len(left)
    while left:
        left = [(place, work) for place, work in left if not _ended(work, made, place)]
    return made


def _ended(work: Steps[Any], made: list[Any], place: int) -> bool:
    """Take a step; what the last one makes goes to its place."""
    try:
        next(work)
    except StopIteration as end:
        made[place] = end.value
        return True
    return False
