"""Answers for other programs. Each module is a format, except those whose names begin with an underscore."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, NamedTuple, Protocol, TextIO

from ._escape import escape_controls

if TYPE_CHECKING:
    from ..model.chart import Chart
    from ..model.passage import Cite
    from .svg import Address

__all__ = [
    "STYLES",
    "Answer",
    "Format",
    "Row",
    "citing",
    "drawing",
    "escape_controls",
    "formats",
    "load",
    "save",
    "unlimited_formats",
    "write",
]

Row = Mapping[str, str | float | None]  # by column; None where a value is not known

STYLES = ("plain", "chicago", "mla", "apa", "nara")  # of citations


class Answer(Protocol):
    """What a format writes. It uses one of three views, and does not depend on the kind of answer.

    An answer that consists of paragraphs has a fourth view, for formats that cite them: `_passages`.
    """

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
        write: writes answers to a stream one after the other; together they may be larger than memory. A
            format that is no text writes to the stream's `buffer`.
    """

    name: str
    extension: str
    media_type: str
    write: Callable[[Iterable[Answer], TextIO], None]


def formats() -> tuple[str, ...]:
    """Return the names of the formats, without importing them."""
    return tuple(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))


def unlimited_formats() -> tuple[str, ...]:
    """Return the names of the formats whose answers may be larger than memory.

    Not json, which is one object (jsonl has the same as lines), nor svg, which is a picture of counts.
    """
    return tuple(name for name in formats() if name not in ("json", "svg"))


def load(name: str) -> Format:
    """Return the format with one of the names in `formats()`.

    Raises:
        CablesearchError: it needs a library that is not installed.
    """
    from ._extra import needs_extra

    with needs_extra(name):
        format: Format = import_module(f".{name}", __name__).FORMAT
    return format


def write(name: str, answers: Iterable[Answer], stream: TextIO) -> None:
    """Write answers to a stream in the format of that name."""
    load(name).write(answers, stream)


def save(name: str, answers: Iterable[Answer], file: Path, *, bom: bool = False) -> None:
    """Write answers to a file in the format of that name; the file appears when it is complete.

    Args:
        bom: begin with a byte order mark, by which Excel recognises UTF-8.
    """
    from ..model.files import replacing

    format = load(name)
    with replacing(file, "utf-8-sig" if bom else "utf-8") as stream:
        format.write(answers, stream)


def drawing(chart: Chart, address: Address | None = None) -> str:
    """Return a chart as an SVG element, as the format svg writes it.

    Args:
        address: makes each point a link, by its line and its period.
    """
    from .svg import draw

    return draw(chart, address)


def citing(style: str) -> Cite:
    """Return the function that cites a paragraph in one of the `STYLES`.

    Raises:
        CablesearchError: it needs a library that is not installed.
    """
    from ..model.citation import citation
    from ._extra import needs_extra

    if style == "plain":
        return citation
    with needs_extra(f"the style {style}"):
        from ._styles import Styled
    return Styled(style)
