"""CSV that is safe to open in a spreadsheet: a heading row, then a row for each item."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from . import Answer, Format
from ._escape import escape_controls
from ._spreadsheet import fit_cell

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # how a formula may begin


def write(answers: Iterable[Answer], stream: TextIO) -> None:
    """Write the rows of all answers under the columns of the first."""
    columns: tuple[str, ...] = ()
    writer = csv.writer(stream, lineterminator="\n")
    for answer in answers:
        if not columns:
            columns = answer.columns
            writer.writerow(columns)
        for row in answer.rows():
            writer.writerow([safe_cell(row[column]) for column in columns])


def safe_cell(value: str | float | None) -> str:
    """Return a cell that no spreadsheet evaluates or splits.

    An apostrophe is put before what looks like a formula, and what is longer than a cell can be is cut.
    """
    text = "" if value is None else str(value)
    shown = escape_controls(text, lines=True)
    return fit_cell(f"'{shown}" if text.startswith(_FORMULA) else shown)


FORMAT = Format("csv", ".csv", "text/csv", write)
