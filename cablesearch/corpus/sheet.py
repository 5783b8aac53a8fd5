"""A table as spreadsheets and programs write it: a heading row that names the columns, a cable in each row.

    id,date,origin,classification,subject,body
    07ASTANA48,2007-01-08 12:31,Embassy Astana,CONFIDENTIAL,DEMOCRATIC REFORM,"1. (C) ""Reform"" ..."

Columns are divided by commas, semicolons, tabs or bars; quotes in a field are doubled, or escaped with a
backslash. The eight columns of `cables.csv` need no heading.
"""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import UnreadableError
from ..model.reference_id import canonical
from .encoding import check_text
from .moments import parse_moment
from .names import make_record, match_fields, names_cables
from .record import Failure, Record
from .source import Source
from .table import COLUMNS, MAX_ROW_BYTES

NAME = "table"

_SUFFIX = re.compile(r".*\.(?:csv|tsv|tab|psv)", re.IGNORECASE)
_DELIMITERS = ",;\t|"
_UNNAMED = ["number", "created", "id", "origin", "classification", "references", "header", "message"]
_DOUBLED = re.compile(r'\w""|""\w')
_SHOWN = 8  # columns that a message names
_ALIKE = 5  # lines with as many tabs as each other are a table, whatever its name


@dataclass(frozen=True, slots=True)
class _Form:
    """How a table is written.

    Attributes:
        names: of its columns; `headed` where they stand in its first row.
        escaped: a quote in a field has a backslash before it.
    """

    delimiter: str
    names: list[str]
    headed: bool
    escaped: bool


def sniff(start: str, file: str) -> bool:
    """Whether it is a table, of cables or of something else."""
    return bool(_SUFFIX.fullmatch(file) or _find_form(start) or _has_tabs(start))


def read_shard(source: Source, in_shard: Iterator[bool]) -> Iterator[Record | Failure]:
    """Yield the cable of each row in the shard; for a row that is none, a failure with its number, from 1.

    Raises:
        UnreadableError: it is a table of something else, or the rest of it is one row.
    """
    check_text(source.opening)
    form = _find_form(source.opening)
    if not form:
        names = max((_cells(source.opening, delimiter) for delimiter in _DELIMITERS), key=len)
        raise UnreadableError(
            f"a table without a column that is called text, body or message: {', '.join(names[:_SHOWN])}"
        )
    fields = match_fields(form.names)
    for number, row in enumerate(_rows(source, form), 1):
        if not next(in_shard):
            continue
        name = f"{source.name}#{number}"
        if len(row) < len(form.names) or any(row[len(form.names) :]):
            yield Failure(name, f"a torn row: {len(row)} of {len(form.names)} columns")
            continue
        record = make_record(dict(zip(form.names, row, strict=False)), fields, NAME, name)
        has_text = record.message.strip() or record.without_text
        yield record if has_text else Failure(name, "a row without a text")


def _find_form(start: str) -> _Form | None:
    """Return how a table of cables is written, None where it is none."""
    first = start.lstrip("\ufeff\r\n").partition("\n")[0]
    for delimiter in _DELIMITERS:
        if delimiter not in first and '"' not in first:
            continue  # the first row has one cell
        cells = _cells(start, delimiter)
        escaped = '\\"' in start and not _DOUBLED.search(start)
        fields = match_fields(cells)
        if len(fields) > 1 and names_cables(fields):
            return _Form(delimiter, cells, headed=True, escaped=escaped)
        if len(cells) == COLUMNS and cells[0].isdigit() and canonical(cells[2]) and _is_moment(cells[1]):
            return _Form(delimiter, _UNNAMED, headed=False, escaped=escaped)
    return None


def _cells(start: str, delimiter: str) -> list[str]:
    """Return the cells of a table's first row, which may have several lines."""
    rows = csv.reader(io.StringIO(start.lstrip("\ufeff\r\n"), newline=""), delimiter=delimiter)
    try:
        return [cell.strip() for cell in next(rows, [])]
    except csv.Error:  # a field of more than the module's own limit
        return []


def _is_moment(printed: str) -> bool:
    return not printed or parse_moment(printed) is not None


def _has_tabs(start: str) -> bool:
    """Whether its first lines have as many tabs as each other, two or more."""
    counts = {line.count("\t") for line in start.split("\n", _ALIKE)[:_ALIKE]}
    return len(counts) == 1 and min(counts) > 1


def _rows(source: Source, form: _Form) -> Iterator[list[str]]:
    """Yield the rows below the heading that are not blank."""
    marked = source.start.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    encoding = "utf-16" if marked else "utf-8-sig"
    text = io.TextIOWrapper(source.stream, encoding, errors="cablesearch.cp1252", newline="")
    csv.field_size_limit(MAX_ROW_BYTES)
    rows = csv.reader(
        iter(lambda: text.readline(MAX_ROW_BYTES), ""),
        delimiter=form.delimiter,
        doublequote=not form.escaped,
        escapechar="\\" if form.escaped else None,
    )
    try:
        filled = (row for row in rows if any(row))
        if form.headed:
            next(filled, None)
        yield from filled
    except csv.Error as error:
        raise UnreadableError(f"a quote without its end before line {rows.line_num:,}: {error}") from error
    finally:
        text.detach()  # it would close the source
