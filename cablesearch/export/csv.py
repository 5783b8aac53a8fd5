"""CSV that is safe to open in a spreadsheet: a heading row, then a row for each item."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import TextIO

from . import Answer, Format
from ._escape import escape_controls
from ._spreadsheet import fit_cell

MAX_UNSEEN = 40  # characters before a formula within a cell
MAX_FORMULA = 1_000  # characters of one, up to its first call
# How a formula may begin: in East Asian spreadsheets with full-width or small signs too.
_SIGNS = "=+@＝＋＠﹦﹢﹫"
_MINUS = r"\-－﹣−"
# White space, and what Unicode calls ignorable by default: spreadsheets may leave it out.
_UNSEEN = (
    r"\s\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff"
)
_FORMULA = re.compile(rf"[\t\r\n]|[{_UNSEEN}]*+[{_SIGNS}{_MINUS}]")
# Where a semicolon or a tab separates the cells, quotes within them mean nothing, so that a cell also begins
# behind those and behind a line break. There a list's dash is none, unless something is called behind it.
_INNER = re.compile(
    rf"(?<=[;\t\n])(?=[{_UNSEEN}]{{0,{MAX_UNSEEN}}}+(?:[{_SIGNS}]|[{_MINUS}][^;\t\n]{{0,{MAX_FORMULA}}}(?:\w\(|[|!])))"
)


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
    shown = _INNER.sub("'", escape_controls(text, lines=True))
    return fit_cell(f"'{shown}" if _FORMULA.match(text) else shown)


FORMAT = Format("csv", ".csv", "text/csv", write)
