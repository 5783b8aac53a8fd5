"""Answers for other programs. Each module is a format, except those whose names begin with an underscore."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple, Protocol, TextIO

from ._escape import escape_controls

__all__ = ["Answer", "Format", "Row", "escape_controls", "formats", "load", "write"]

Row = Mapping[str, str | float | None]  # by column; None where a value is not known


class Answer(Protocol):
    """What a format writes. It uses one of three views, and does not depend on the kind of answer."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of every row, in order."""

    def rows(self) -> Iterator[Row]:
        """Yield the items as flat records, for tables."""

    def records(self) -> Iterator[Mapping[str, object]]:
        """Yield the items as JSON values."""

    def as_dict(self) -> Mapping[str, object]:
        """Return the whole answer as JSON values (docs/json.md)."""


class Format(NamedTuple):
    """A format, declared as `FORMAT` in the module of its name.

    Attributes:
        extension: of its files, with the dot.
        write: writes answers to a stream one after the other; together they may be larger than memory.
    """

    name: str
    extension: str
    media_type: str
    write: Callable[[Iterable[Answer], TextIO], None]


def formats() -> tuple[str, ...]:
    """Return the names of the formats, without importing them."""
    return tuple(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))


def load(name: str) -> Format:
    """Return the format with one of the names in `formats()`."""
    format: Format = import_module(f".{name}", __name__).FORMAT
    return format


def write(name: str, answers: Iterable[Answer], stream: TextIO) -> None:
    """Write answers to a stream in the format of that name."""
    load(name).write(answers, stream)
