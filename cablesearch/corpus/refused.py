"""Formats that cables come in too, but that are not read here: each is refused by its name, with a remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..errors import UnreadableError
from .source import Source


class _Format(NamedTuple):
    """A format that is not read.

    Attributes:
        starts: its first bytes. The name decides only where they are not known, or those of a zip.
        suffixes: of names that no other file has.
    """

    name: str
    remedy: str
    starts: tuple[bytes, ...] = ()
    suffixes: str = ""


_AS_CSV, _AS_TEXT = "save its table of cables as .csv", "save its text as .txt"
_OFFICE = _Format("an office document", _AS_TEXT, suffixes="docx docm dotx odt epub pages pptx odp")
_SHEET = _Format("a spreadsheet", _AS_CSV, suffixes="xlsx xlsm xlsb ods numbers")
_SQL = _Format("a database as SQL", _AS_CSV, suffixes="sql")
_XML = _Format("XML other than TEI editions", "write each cable as an object of JSON")
_FORMATS = (
    _OFFICE,
    _SHEET,
    _SQL,
    _Format("an Outlook message", "save it as .eml", suffixes="msg"),
    _Format("an Outlook mailbox", "export it as .mbox", (b"!BDN",), "pst ost"),
    _Format("an office document", f"{_AS_TEXT}, a table as .csv", (b"\xd0\xcf\x11\xe0",)),
    _Format("a rich text document", _AS_TEXT, (b"{\\rtf",)),
    _Format("a PostScript document", "save it as .pdf", (b"%!PS",)),
    _Format("a DjVu document", "save it as .pdf", (b"AT&TFORM",)),
    _Format("a database", _AS_CSV, (b"SQLite format 3",), "db sqlite sqlite3 dbf"),
    _Format("a database", _AS_CSV, (b"\0\1\0\0Standard ACE DB", b"\0\1\0\0Standard Jet DB"), "accdb mdb"),
    _Format("a dump of a database", _AS_CSV, (b"PGDMP",)),
    _Format("a table in Parquet", _AS_CSV, (b"PAR1",), "parquet"),
    _Format("a table in Arrow", _AS_CSV, (b"ARROW1",), "arrow feather"),
    _Format("a table in Avro", _AS_CSV, (b"Obj\1",), "avro"),
    _Format("a table in ORC", _AS_CSV, suffixes="orc"),
    _Format("a table in HDF5", _AS_CSV, (b"\x89HDF",), "h5 hdf5"),
    _Format("a table of Stata", _AS_CSV, (b"<stata_dta>",), "dta"),
    _Format("a table of SPSS", _AS_CSV, (b"$FL2@(#)",), "sav"),
    _Format("a table of SAS", _AS_CSV, suffixes="sas7bdat"),
    _Format("data of R", _AS_CSV, suffixes="rds rdata"),
    _Format("data of Python", _AS_CSV, suffixes="pkl pickle"),
    _Format(
        "an image",
        "put it through text recognition (OCR) first",
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP  "),
        "webp heic bmp jp2",
    ),
    _Format("a rar archive", "pack it as .zip or .tar.gz", (b"Rar!",)),
    _Format("a zstd archive", "pack it as .zip or .tar.gz", (b"\x28\xb5\x2f\xfd",)),
)
_BY_SUFFIX = {suffix: format for format in _FORMATS for suffix in format.suffixes.split()}
_BY_START = {start: format for format in _FORMATS for start in format.starts}
_START = re.compile(b"|".join(map(re.escape, _BY_START)))

_NAME = r"[`\"\[]?\w+[`\"\]]?(?:\.[`\"\[]?\w+[`\"\]]?)?"
# "INSERT INTO" alone may stand in a telegram. It begins with a literal, which is fast to search for.
_STATEMENT = re.compile(
    rf"\n(?=[CIR])(?:CREATE TABLE (?:IF NOT EXISTS )?{_NAME}\s*\("
    rf"|(?:INSERT|REPLACE) INTO {_NAME}\s*(?:\(|VALUES\b)"
    rf"|COPY {_NAME}\s*(?:\([^()]*\)\s*)?FROM stdin;)",
    re.IGNORECASE,
)


def check_format(source: Source) -> None:
    """Check that a source is not in one of the formats that are not read.

    Raises:
        UnreadableError: it is; the message says in which, and what to do.
    """
    suffix = source.file.rpartition(".")[2].lower()
    known = _START.match(source.start)
    if source.start and (found := _BY_SUFFIX.get(suffix) or (known and _BY_START[known[0]])):
        raise _refusal(found)


def check_members(names: Iterable[str]) -> None:
    """Check that the files in a zip are not the parts of one document.

    Raises:
        UnreadableError: they are.
    """
    for name in names:
        if name.startswith("xl/workbook."):
            raise _refusal(_SHEET)
        if name in ("[Content_Types].xml", "mimetype", "word/document.xml"):
            raise _refusal(_OFFICE)


def check_text_format(start: str) -> None:
    """Check that the start of a text is not that of another kind of data.

    Raises:
        UnreadableError: it is.
    """
    if _STATEMENT.search(f"\n{start}"):
        raise _refusal(_SQL)
    if start.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        raise _refusal(_XML)


def _refusal(format: _Format) -> UnreadableError:
    return UnreadableError(f"{format.name}, not a format that is read: {format.remedy}")
