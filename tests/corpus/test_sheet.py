"""Tables as spreadsheets and programs write them."""

import csv
import io
from datetime import date, datetime

import pytest

from cablesearch.corpus import Failure, read, sheet, table

NAMES = ["Reference ID", "Date", "Origin", "Classification", "Subject", "Body"]
ROWS = [
    [
        "07ASTANA48",
        "2007-01-08 12:31",
        "Embassy Astana",
        "CONFIDENTIAL",
        "REFORM; AND MORE",
        '1. (C) "Reform", \\he said.\nSo.',
    ],
    ["07ASTANA49", "1/9/2007 1:05 PM", "Embassy Astana", "SECRET//NOFORN", "HERRING", "1. (S) Herring.\t"],
]


def written(rows, **dialect) -> str:
    text = io.StringIO()
    csv.writer(text, **dialect).writerows(rows)
    return text.getvalue()


def ids(found) -> list[str]:
    """Ids of cables, reasons of failures."""
    return [item.reason if isinstance(item, Failure) else item.id for item in found]


@pytest.mark.parametrize(
    "dialect",
    [
        {},
        {"quoting": csv.QUOTE_ALL},
        {"delimiter": ";"},
        {"delimiter": "\t"},
        {"delimiter": "|", "lineterminator": "\n"},
        {"doublequote": False, "escapechar": "\\", "quoting": csv.QUOTE_ALL},
    ],
    ids=["comma", "all quoted", "semicolon", "tab", "bar", "escaped"],
)
@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5), (5, 1, 3, 0, 4, 2)])
def test_rows_are_read_however_they_are_written(reading, dialect, order):
    rows = [[row[place] for place in order] for row in (NAMES, *ROWS)]
    found = reading("cables.txt", written(rows, **dialect))
    assert [(r.id, r.created, r.origin) for r in found] == [
        ("07ASTANA48", datetime(2007, 1, 8, 12, 31), "Embassy Astana"),
        ("07ASTANA49", datetime(2007, 1, 9, 13, 5), "Embassy Astana"),
    ]
    assert [(r.classification, r.subject, r.message) for r in found] == [tuple(row[3:]) for row in ROWS]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_table_may_be_in_the_encoding_of_a_spreadsheet(reading, encoding):
    [record] = reading("x.csv", written([["id", "text"], ["07ASTANA48", "café"]]).encode(encoding))
    assert (record.id, record.message) == ("07ASTANA48", "café")


EIGHT = [
    "1",
    "1/8/2007 12:31",
    "07ASTANA48",
    "Embassy Astana",
    "SECRET",
    "06ASTANA573|06ASTANA5",
    "FM X",
    'a "b", c',
]


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_the_eight_columns_need_no_heading(reading, quoting):
    [record, _] = reading(
        "x", written([EIGHT, ["2", "", "07ASTANA49", "", "", "", "", "x"]], quoting=quoting)
    )
    assert (record.id, record.origin, record.header, record.message) == (
        "07ASTANA48",
        "Embassy Astana",
        "FM X",
        'a "b", c',
    )
    assert record.references == ("06ASTANA573", "06ASTANA5")


def test_a_row_that_is_no_cable_is_reported_and_the_others_are_read(reading):
    rows = [
        ["id", "date", "text"],
        ["07ASTANA1", "", "a"],
        ["07ASTANA2"],
        ["07ASTANA3", "", ""],
        [],
        ["07ASTANA4", "", "d"],
    ]
    assert ids(reading("x.csv", written(rows))) == [
        "07ASTANA1",
        "a torn row: 1 of 3 columns",
        "a row without a text",
        "07ASTANA4",
    ]


def test_a_row_without_a_text_is_an_entry_where_it_has_an_id_a_date_and_a_subject(reading):
    [record] = reading("x.tsv", "id\tdate\tsubject\ttags\n1975TEHRAN02069\t04 MAR 1975\tHERRING\tEFIS\n")
    assert (record.id, record.created, record.without_text) == ("75TEHRAN2069", date(1975, 3, 4), "no text")


def test_a_quote_without_its_end_is_reported_with_its_line(reading, monkeypatch):
    monkeypatch.setattr(sheet, "MAX_ROW_BYTES", 1000)
    content = 'id,text\n07ASTANA1,a\n07ASTANA2,"b\n' + "herring\n" * 1000
    first, failure = ids(reading("x.csv", content))
    assert first == "07ASTANA1"
    assert failure.startswith("a quote without its end before line 1")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (
            "x.csv",
            "name,price\nherring,3\n",
            "a table without a column that is called text, body or message: name, price",
        ),
        (
            "x.tsv",
            "name\tprice\n",
            "a table without a column that is called text, body or message: name, price",
        ),
        ("x.txt", "a\tb\tc\n" * 9, "a table without a column that is called text, body or message: a, b, c"),
        ("x.csv", bytes(range(256)) * 40, "binary, not text"),
    ],
)
def test_another_table_is_refused_by_name(reading, name, content, reason):
    [failure] = reading(name, content)
    assert failure.reason == reason


@pytest.mark.parametrize(
    "text", ["Message Text\nx\n", "Text, of a cable\nand more\n", "Subject: body, text\n"]
)
def test_a_text_is_not_taken_for_a_table(reading, text):
    [record] = reading("x.txt", text)
    assert record.format != "table"


def test_shards_of_a_table_have_each_row_once(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("id,text\n" + "".join(f"07ASTANA{n},x\n" for n in range(1, 8)), "utf-8")
    shards = [[record.id for record in read(path, (k, 3))] for k in range(3)]
    assert sorted(id for shard in shards for id in shard) == [f"07ASTANA{n}" for n in range(1, 8)]


def test_the_names_of_the_eight_columns_are_those_of_the_other_reader():
    assert sheet._UNNAMED[1:] == table._FIELDS
