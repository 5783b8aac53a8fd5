"""Saved questions and what was asked, as answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ..model.cable import Row


class Questions(dict[str, str]):
    """Saved questions by name."""

    columns: ClassVar = ("name", "query")

    def rows(self) -> Iterator[Row]:
        """Yield a record for each question: a table that `cablesearch batch` takes."""
        return ({"name": name, "query": query} for name, query in self.items())

    def records(self) -> Iterator[Row]:
        """Yield the rows."""
        return self.rows()

    def as_dict(self) -> dict[str, object]:
        """Return the questions as JSON values."""
        return {"questions": dict(self)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked, and when, UTC."""

    query: str
    at: datetime


class History(list[Asked]):
    """What was asked, the latest last."""

    columns: ClassVar = ("at", "query")

    def rows(self) -> Iterator[Row]:
        """Yield a record for each question."""
        return ({"at": each.at.isoformat(timespec="seconds"), "query": each.query} for each in self)

    def records(self) -> Iterator[Row]:
        """Yield the rows."""
        return self.rows()

    def as_dict(self) -> dict[str, object]:
        """Return the questions as JSON values."""
        return {"history": list(self.rows())}
