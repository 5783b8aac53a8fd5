"""Tables in plain text: rows of columns separated by tabs, comment lines that begin with #."""

from __future__ import annotations

from pathlib import Path


def read_table(name: str | Path, columns: int) -> list[list[str]]:
    """Return the rows of a table in this folder, or at an absolute path.

    Columns missing at the end of a line are empty.
    """
    # importlib.resources and tomllib take longer to import (16 and 6 ms) than a table takes to read (1 ms).
    text = (Path(__file__).parent / name).read_text("utf-8")
    padding = [""] * columns
    return [
        (line.split("\t") + padding)[:columns]
        for line in text.splitlines()
        if line and not line.startswith("#")
    ]
