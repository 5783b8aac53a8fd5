r"""`cables.csv`: eight columns, quotes inside a field escaped with a backslash; `sheet` reads other tables.

    "1","1/8/2007 12:31","07ASTANA48","Embassy Astana","SECRET","06ASTANA573|06ASTANA585","FM ...","1. ..."

A row ends where the next one begins, at `"2","1/9/2007 8:05","`, which cannot stand in a field: there, quotes
are escaped. It is cut out before its columns are parsed, so that a torn row does not swallow those after it.
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from io import BufferedReader, StringIO
from itertools import pairwise
from typing import Any

from ..errors import UnreadableError
from ..model.reference_id import canonical
from .encoding import decode
from .extract import strip_warning
from .moments import parse_moment
from .names import match_fields, names_cables
from .record import Failure, Record
from .source import Source

NAME = "cables.csv"

COLUMNS = 8
_FIELDS = [
    "created",
    "id",
    "origin",
    "classification",
    "references",
    "header",
    "message",
]  # behind the number
MAX_ROW_BYTES = 8 << 20  # no cable is that long
_READ_BYTES = 1 << 20  # at a time

_MAX_START_BYTES = 120  # of what a row begins with
# Its number and a date, or else anything short and an id; quotes are escaped within a field.
_DATE = r"(?:\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)|\d{4}-\d\d-\d\d)[ T]\d{1,2}:\d\d[\d:. APMZ]{0,12}"
_START = rf'"\d{{1,9}}","(?:{_DATE}","|[^"\\\n]{{0,40}}","\d\d[A-Za-z]{{2,20}}\d{{1,6}}",")'
_FIRST_ROW = re.compile(rf"^{_START}", re.MULTILINE)
_ROW = re.compile(_START.encode())
_EMPTY_FIELD = re.compile(r'(?<![^,])""(?=,|\s*\Z)')
_BACKSLASH = re.compile(r'(\\[\\"])|\\')  # an escaping one, or a drafter's own


def sniff(start: str, file: str) -> bool:
    """Whether a row of the table begins in its start, without a heading row that names other columns."""
    row = _FIRST_ROW.search(start) if '"' in start and '","' in start else None
    if not row:
        return False
    names = start[: row.start()].strip().replace('"', "").split(",")
    fields = match_fields(names)
    return not names_cables(fields) or sorted(fields, key=lambda field: names.index(fields[field])) == _FIELDS


def read_shard(source: Source, in_shard: Iterator[bool]) -> Iterator[Record | Failure]:
    """Yield the cable of each row in the shard; for a torn row, a failure with its number, from 1.

    Raises:
        UnreadableError: it has no row of such a table.
    """
    if source.start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise UnreadableError("a table in UTF-16: save it as UTF-8")
    csv.field_size_limit(MAX_ROW_BYTES)
    number = 0
    for number, row in enumerate(_split_rows(source.stream), 1):
        if next(in_shard):
            yield from _read_row(row, f"{source.name}#{number}")
    if not number:
        raise UnreadableError("a table, but not one with the eight columns of cables")


def _split_rows(stream: BufferedReader[Any]) -> Iterator[bytes]:
    """Yield the bytes of each row, torn ones too, but not of a heading row."""
    held = b""
    while data := stream.read(_READ_BYTES):
        seen = max(len(held) - _MAX_START_BYTES, 1) if held else 0
        held += data if held else data.removeprefix(BOM_UTF8)
        bounds = [0, *(row.start() for row in _ROW.finditer(held, seen))]
        for start, end in pairwise(bounds):
            if not _is_heading(held[start:end]):
                yield held[start:end]
        held = held[bounds[-1] :]
        if len(held) > MAX_ROW_BYTES and not _ROW.match(held):
            return
        if len(held) > 2 * MAX_ROW_BYTES:  # keep only enough to show that the row is too long
            held = held[: MAX_ROW_BYTES + 1] + held[-_MAX_START_BYTES:]
    if _ROW.match(held):
        yield held


def _is_heading(row: bytes) -> bool:
    return not row.strip() or (row.count(b",") == COLUMNS - 1 and not re.search(rb"\n.|\d", row))


def _read_row(row: bytes, name: str) -> Iterator[Record | Failure]:
    """Yield the cable of a row, and a failure for the rest of a torn row after it."""
    try:
        columns, left = _split_columns(row)
    except UnreadableError as error:
        yield Failure(name, str(error))
        return
    yield _record(columns, name)
    if left:
        yield Failure(name, "a torn row after this one: its beginning is missing")


class _Escaped(csv.excel):
    """Quotes in a field have a backslash before them."""

    escapechar, doublequote = "\\", False


def _split_columns(row: bytes) -> tuple[list[str], str]:
    """Return the columns of a row, and what stands after it."""
    if len(row) > MAX_ROW_BYTES:
        raise UnreadableError(f"a row of more than {MAX_ROW_BYTES >> 20} MB: no cable is that long")
    text = decode(row)
    if columns := _split_regular(text):
        return columns, ""
    lines, dialect = StringIO(text), csv.excel  # quotes are doubled, as spreadsheets and Python write them
    if '\\"' in text or '""' not in _EMPTY_FIELD.sub("", text):
        lines, dialect = StringIO(_BACKSLASH.sub(lambda found: found[1] or "\\\\", text)), _Escaped
    try:
        columns = next(csv.reader(lines, dialect, strict=True))
    except csv.Error as error:
        raise UnreadableError(f"a torn row ({error})") from error
    if len(columns) != COLUMNS:
        raise UnreadableError(f"a torn row: {len(columns)} of {COLUMNS} columns")
    return columns, lines.read().strip()


def _split_regular(text: str) -> list[str] | None:
    """Return the columns of a row that is as it should be, in a fifth of the time of the csv module."""
    backslash, quote = "\0", "\1"  # placeholders of the escaped ones
    if backslash in text or quote in text:
        return None
    row = text.rstrip()
    escaped = "\\" in row
    if escaped:
        row = row.replace("\\\\", backslash).replace('\\"', quote)
    columns = row[1:-1].split('","')
    if len(columns) != COLUMNS or row[0] != '"' or row[-1] != '"' or row.count('"') != 2 * COLUMNS:
        return None
    return [c.replace(quote, '"').replace(backslash, "\\") for c in columns] if escaped else columns


def _record(columns: list[str], name: str) -> Record:
    _, created, id, origin, classification, references, header, message = columns
    header, partial = strip_warning(header)
    return Record(
        format=NAME,
        source=name,
        message=message,
        header=header,
        id=canonical(id) or id or None,
        created=parse_moment(created),
        classification=classification or None,
        origin=origin or None,
        references=tuple(reference for reference in references.split("|") if reference),
        partial=partial,
    )
