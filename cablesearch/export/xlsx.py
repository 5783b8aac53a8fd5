"""XLSX: a sheet with a heading row, then a row for each item; no cell is ever a formula."""

from __future__ import annotations

from collections.abc import Iterable
from tempfile import TemporaryDirectory
from typing import TextIO

from xlsxwriter import Workbook

from . import Answer, Format, Row
from ._escape import escape_controls
from ._passages import binary
from ._spreadsheet import MAX_ROWS, fit_cell

WIDTHS = {"text": 100, "subject": 50, "citation": 60, "link": 30, "people": 30, "origin": 20, "id": 20}
WIDTH = 12  # of the other columns, in characters


def write(answers: Iterable[Answer], stream: TextIO) -> None:
    """Write the rows of all answers under the columns of the first."""
    table: _Table | None = None
    # In constant memory: a row is written to a file in that folder as soon as the next one begins.
    with TemporaryDirectory() as folder:
        options = {"constant_memory": True, "tmpdir": folder, "use_zip64": True}
        with Workbook(binary(stream, "xlsx"), options) as book:
            for answer in answers:
                table = table or _Table(book, answer.columns)
                for row in answer.rows():
                    table.add(row)


class _Table:
    """A table in a workbook; what is too long for a sheet goes on with the next one."""

    def __init__(self, book: Workbook, columns: tuple[str, ...]) -> None:
        self._book, self._columns = book, columns
        self._bold = book.add_format({"bold": True})
        self._begin_sheet()

    def _begin_sheet(self) -> None:
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._columns):
            self._sheet.set_column(place, place, WIDTHS.get(column, WIDTH))
            self._sheet.write_string(0, place, column, self._bold)
        self._rows = 1

    def add(self, row: Row) -> None:
        if self._rows == MAX_ROWS:
            self._begin_sheet()
        for place, column in enumerate(self._columns):
            value = row[column]
            if isinstance(value, str):
                # Not `write`, which makes formulas, links and numbers of strings that look like them.
                self._sheet.write_string(self._rows, place, fit_cell(escape_controls(value, lines=True)))
            elif value is not None:
                self._sheet.write_number(self._rows, place, value)
        self._rows += 1


FORMAT = Format("xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write)
