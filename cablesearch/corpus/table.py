r"""`cables.csv`: eight columns and no heading row, quotes inside a field escaped with a backslash.

    "1","1/8/2007 12:31","07ASTANA48","Embassy Astana","SECRET","06ASTANA573|06ASTANA585","FM ...","1. ..."

A row is cut out by what begins the next one before it is read, so that a torn row does not swallow those
after it: `"2","1/9/2007 8:05","` cannot stand in a field, where quotes are escaped.
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
from .extract import unwarned
from .moments import moment
from .record import Failure, Record
from .source import Source

COLUMNS = 8
LARGEST_ROW = 8 << 20  # bytes: no cable is that long
_READ = 1 << 20  # bytes at a time

_LONGEST_START = 40  # bytes of a row's start
_START = r'"\d{1,9}","\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d","'
_KNOWN = re.compile(rf"^{_START}", re.MULTILINE)
_ROW = re.compile(_START.encode())
_BACKSLASH = re.compile(r'(\\[\\"])|\\')  # one that escapes, or one that is a drafter's own


def knows(start: str, file: str) -> bool:
    """Whether a row of the table begins in its start, or its name says so."""
    return bool(_KNOWN.search(start)) or file.lower().endswith(".csv")


def read(source: Source, turns: Iterator[bool]) -> Iterator[Record | Failure]:
    """Give the cable of each row whose turn it is; a torn one is named by its place, from 1, and passed over.

    Raises:
        UnreadableError: it has no row of such a table.
    """
    if source.start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise UnreadableError("a table in UTF-16: save it as UTF-8")
    csv.field_size_limit(LARGEST_ROW)
    number = 0
    for number, (row, turn) in enumerate(zip(_rows(source.stream), turns, strict=False), 1):
        if turn:
            yield from _cables(row, f"{source.name}#{number}")
    if not number:
        raise UnreadableError("a table, but not one with the eight columns of cables")


def _rows(stream: BufferedReader[Any]) -> Iterator[bytes]:
    """Give each row's bytes, a torn one's too, but not a heading row."""
    held = b""
    while data := stream.read(_READ):
        seen = max(len(held) - _LONGEST_START, 1) if held else 0
        held += data if held else data.removeprefix(BOM_UTF8)
        bounds = [0, *(row.start() for row in _ROW.finditer(held, seen))]
        for start, end in pairwise(bounds):
            if not _is_heading(held[start:end]):
                yield held[start:end]
        held = held[bounds[-1] :]
        if len(held) > LARGEST_ROW and not _ROW.match(held):
            return
        if len(held) > 2 * LARGEST_ROW:  # no more of a row is kept than shows it to be too long
            held = held[: LARGEST_ROW + 1] + held[-_LONGEST_START:]
    if _ROW.match(held):
        yield held


def _is_heading(row: bytes) -> bool:
    return not row.strip() or (row.count(b",") == COLUMNS - 1 and not re.search(rb"\n.|\d", row))


def _cables(row: bytes, name: str) -> Iterator[Record | Failure]:
    """Give the cable of a row, and name what is left over of a torn one after it."""
    try:
        columns, left = _columns(row)
    except UnreadableError as error:
        yield Failure(name, str(error))
        return
    yield _cable(columns, name)
    if left:
        yield Failure(name, "a torn row after this one: its beginning is missing")


def _columns(row: bytes) -> tuple[list[str], str]:
    """Give the columns of a row, and what stands after it."""
    if len(row) > LARGEST_ROW:
        raise UnreadableError(f"a row of more than {LARGEST_ROW >> 20} MB: no cable is that long")
    text = decode(row)
    if whole := _whole(text):
        return whole, ""
    if "\\" in text:
        text = _BACKSLASH.sub(lambda found: found[1] or "\\\\", text)
    lines = StringIO(text)
    try:
        columns = next(csv.reader(lines, escapechar="\\", doublequote=False, strict=True))
    except csv.Error as error:
        raise UnreadableError(f"a torn row ({error})") from error
    if len(columns) != COLUMNS:
        raise UnreadableError(f"a torn row: {len(columns)} of {COLUMNS} columns")
    return columns, lines.read().strip()


def _whole(text: str) -> list[str] | None:
    """Give the columns of a row that is as it should be, in a fifth of the time that reading it takes."""
    backslash, quote = "\0", "\1"  # what stands for the escaped ones meanwhile
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


def _cable(columns: list[str], name: str) -> Record:
    _, created, id, origin, classification, references, header, message = columns
    header, partial = unwarned(header)
    return Record(
        source=name,
        message=message,
        header=header,
        id=canonical(id) or id or None,
        created=moment(created),
        classification=classification or None,
        origin=origin or None,
        references=tuple(reference for reference in references.split("|") if reference),
        partial=partial,
    )
