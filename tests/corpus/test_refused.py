"""Formats that are not read are refused by their names, and never made one cable."""

import io
import zipfile

import pytest

from cablesearch.corpus import Record

LINES = b"\nTAGS: EFIS\nE.O. 12958: DECL: 01/08/2017\n"  # they would make a text a cable
AS_CSV, AS_TEXT = "save its table of cables as .csv", "save its text as .txt"


def zipped(*members: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for member in members:
            archive.writestr(member, LINES)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "format", "remedy"),
    [
        ("x.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), "a spreadsheet", AS_CSV),
        ("x", zipped("_rels/.rels", "xl/workbook.xml", "[Content_Types].xml"), "a spreadsheet", AS_CSV),
        ("x.ods", zipped("mimetype", "content.xml"), "a spreadsheet", AS_CSV),
        ("x.zip", zipped("word/document.xml", "docProps/app.xml"), "an office document", AS_TEXT),
        ("x.docx", zipped("docProps/app.xml", "word/other.xml"), "an office document", AS_TEXT),
        ("x.odt", zipped("content.xml", "mimetype"), "an office document", AS_TEXT),
        ("x.doc", b"\xd0\xcf\x11\xe0" + LINES, "an office document", f"{AS_TEXT}, a table as .csv"),
        ("x.msg", b"\xd0\xcf\x11\xe0" + LINES, "an Outlook message", "save it as .eml"),
        ("x.txt", b"{\\rtf1" + LINES, "a rich text document", AS_TEXT),
        ("x", b"%!PS-Adobe-3.0" + LINES, "a PostScript document", "save it as .pdf"),
        ("x.accdb", b"\0\1\0\0Standard ACE DB\0" + LINES, "a database", AS_CSV),
        ("x", b"\0\1\0\0Standard Jet DB\0" + LINES, "a database", AS_CSV),
        ("x.db", b"SQLite format 3\0" + LINES, "a database", AS_CSV),
        ("x.dump", b"PGDMP\1" + LINES, "a dump of a database", AS_CSV),
        ("x.parquet", b"PAR1" + LINES, "a table in Parquet", AS_CSV),
        ("x", b"PAR1" + LINES, "a table in Parquet", AS_CSV),
        ("x.feather", b"ARROW1" + LINES, "a table in Arrow", AS_CSV),
        ("x.orc", b"ORC" + LINES, "a table in ORC", AS_CSV),
        ("x.dta", b"r" + LINES, "a table of Stata", AS_CSV),
        ("x.pkl", b"\x80\x04\x95" + LINES, "data of Python", AS_CSV),
        ("x.sql", b"-- dump" + LINES, "a database as SQL", AS_CSV),
        ("x.txt", b"create table if not exists `cables` (id int);" + LINES, "a database as SQL", AS_CSV),
        ("x.txt", LINES + b"insert into public.cables values (1);", "a database as SQL", AS_CSV),
        ("x.txt", b"COPY cables (id, body) FROM stdin;" + LINES, "a database as SQL", AS_CSV),
        (
            "x.xml",
            b"<?xml version='1.0'?><rows><body>" + LINES,
            "XML other than TEI editions",
            "write each cable as an object of JSON",
        ),
        ("x.rar", b"Rar!" + LINES, "a rar archive", "pack it as .zip or .tar.gz"),
        ("x.tif", b"II*\0" + LINES, "an image", "put it through text recognition (OCR) first"),
    ],
)
def test_another_format_is_refused_by_its_name(reading, name, content, format, remedy):
    [failure] = reading(name, content)
    assert failure.reason == f"{format}, not a format that is read: {remedy}"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.txt", b"PLEASE\nINSERT INTO PARA 3 OF REFTEL (SEE BELOW): HERRING.\nCREATE TABLE OF QUOTAS."),
        ("x.txt", b"PAR 1 of the treaty holds."),
        ("x.doc", b"C O N F I D E N T I A L PORT VERITY 000048" + LINES),
        ("x.dat", b"C O N F I D E N T I A L PORT VERITY 000048" + LINES),
    ],
)
def test_a_cable_with_such_words_is_read(reading, name, content):
    [record] = reading(name, content)
    assert isinstance(record, Record)
    assert record.message.split() == content.decode().split()
