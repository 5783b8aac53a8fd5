"""The parts of a build that several machines share: each is prepared by one, and one takes them all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Self


class Part(NamedTuple):
    """One of several parts, counted from 1."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


class Item(NamedTuple):
    """What a part has of a file.

    Attributes:
        head: JSON that is the caller's own.
        packed, rows: of a cable, as `Writer.put` takes them.
    """

    head: bytes
    packed: bytes = b""
    rows: Sequence[Any] = ()


class Parts(ABC):
    """Where the parts of one build wait. A context manager: closes at the end.

    A part counts once it is complete. What a run that was killed has left of it does not, and of two runs of
    one part only the one that completes it first does.
    """

    @abstractmethod
    def begin(self, part: Part, agreed: Mapping[str, str]) -> bool:
        """Begin to write a part; return false if it is complete already.

        Args:
            agreed: what all parts must have in common, by its name in words.

        Raises:
            CablesearchError: other parts were made of something else.
        """

    @abstractmethod
    def add(self, item: Item) -> None:
        """Add an item to the part that was begun."""

    @abstractmethod
    def complete(self) -> None:
        """Make the part that was begun count."""

    @abstractmethod
    def missing(self) -> list[int]:
        """Return the numbers of the parts that are not complete, in order."""

    @abstractmethod
    def items(self, agreed: Mapping[str, str]) -> Iterator[Item]:
        """Yield the items of all parts; those of one part in any order.

        Raises:
            CablesearchError: one is missing, or they were made of something else.
        """

    @abstractmethod
    def discard(self) -> None:
        """Delete all parts, if there are any."""

    @abstractmethod
    def close(self) -> None:
        """Let go of them, whether they are complete or not."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()
