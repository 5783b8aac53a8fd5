"""Text laid out for a width in terminal cells, in colours or without; rich wraps and colours it."""

from __future__ import annotations

from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from .visible import visible

NARROWEST = 20  # cells: below that, lines run over

_STYLES = {"id": "bold magenta", "match": "bold red", "title": "bold", "faint": "dim", "": ""}


class Page:
    """Lines laid out one below the other; `str(page)` is what goes out."""

    def __init__(self, width: int = 80, colour: bool = False) -> None:
        self.width = max(width, NARROWEST)
        self._file = StringIO()
        self._console = Console(
            file=self._file,
            width=self.width,
            force_terminal=colour,
            color_system="standard" if colour else None,
            legacy_windows=False,
            _environ={},
        )

    def put(self, text: str | Text, indent: str | Text = "", hang: int | None = None) -> None:
        """Write text, wrapped at words; a line break in it stays.

        Args:
            indent: what stands before the first line.
            hang: the indentation in cells of the lines after it, the width of `indent` unless told.
        """
        first = styled(indent) if isinstance(indent, str) else indent
        rest = Text(" " * (cell_len(first.plain) if hang is None else hang))
        inner = max(self.width - max(cell_len(first.plain), len(rest)), NARROWEST // 2)
        body = styled(text, lines=True) if isinstance(text, str) else text
        for number, line in enumerate(body.wrap(self._console, inner) or [Text()]):
            whole = Text.assemble(rest if number else first, line)
            whole.rstrip()
            self._console.print(whole, soft_wrap=True)

    def gap(self) -> None:
        """Leave a line empty."""
        self._file.write("\n")

    def __str__(self) -> str:
        return self._file.getvalue()


def styled(text: str, style: str = "", *, lines: bool = False) -> Text:
    """Give text that is safe to print, in one of the styles of a page: id, match, title, faint."""
    return Text(visible(text, lines=lines), _STYLES[style])


def joined(*parts: Text | str, between: str = "") -> Text:
    """Give the parts as one text, the empty ones left out."""
    present = [styled(part) if isinstance(part, str) else part for part in parts if part]
    return Text(between).join(present)
