"""cables.csv."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablesearch.corpus import table


def row(number: int, message: str = "1. (C) Herring.", references: str = "") -> str:
    fields = (
        number,
        "1/8/2007 12:31",
        f"07PORTVERITY{number}",
        "Embassy Port Verity",
        "SECRET//NOFORN",
        references,
    )
    return ",".join(f'"{field}"' for field in (*fields, "FM AMEMBASSY PORT VERITY", message)) + "\n"


def ids(found) -> list[str]:
    """Ids of cables, reasons of failures."""
    return [getattr(item, "id", None) or item.reason.split(":")[0].split(" (")[0] for item in found]


def test_a_row_is_a_cable(reading):
    [record] = reading("cables.csv", row(48, references="06PORTVERITY573|06SALTMERE5"))
    assert (record.id, record.created, record.released) == (
        "07PORTVERITY48",
        datetime(2007, 1, 8, 12, 31),
        None,
    )
    assert (record.origin, record.classification) == ("Embassy Port Verity", "SECRET//NOFORN")
    assert (record.header, record.message) == ("FM AMEMBASSY PORT VERITY", "1. (C) Herring.")
    assert record.references == ("06PORTVERITY573", "06SALTMERE5")
    assert record.source.endswith("cables.csv#1")


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (r"he said \"no\"", 'he said "no"'),
        (r"a share \\server\share", r"a share \server\share"),
        (r"a path C:\temp", r"a path C:\temp"),
        ("two\nlines, a comma\r\nand\n\n", "two\nlines, a comma\nand\n\n"),
        (r"\"2\",\"1/9/2007 8:05\",\"", '"2","1/9/2007 8:05","'),
    ],
)
def test_a_backslash_escapes_quotes_and_itself_alone(reading, printed, read):
    [record] = reading("cables.csv", row(1, printed))
    assert record.message == read


@given(st.lists(st.text(alphabet='a ,\\"\n', max_size=12), min_size=8, max_size=8))
def test_a_regular_row_is_split_as_the_csv_module_does(columns):
    """The fast way and the csv module give the same, whatever is in a column."""
    escaped = (column.replace("\\", "\\\\").replace('"', '\\"') for column in columns)
    printed = ",".join(f'"{column}"' for column in escaped) + "\n"
    assert table._split_regular(printed) == columns
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "_split_regular", lambda text: None)
        assert table._split_columns(printed.encode()) == (columns, "")


@pytest.mark.parametrize(
    "start", ["", "\ufeff", "row,created,id,origin,classification,references,header,message\n"]
)
def test_a_heading_row_and_a_byte_order_mark_are_skipped(reading, start):
    assert ids(reading("x", start + row(1) + row(2))) == ["07PORTVERITY1", "07PORTVERITY2"]


@pytest.mark.parametrize(
    ("torn", "found"),
    [
        (row(2)[:-20] + "\n", ["a torn row"]),  # no closing quote
        (row(2)[:60] + "\n", ["a torn row"]),
        (row(2).replace(',"FM AMEMBASSY PORT VERITY"', ""), ["a torn row"]),  # seven columns
        (row(2)[:-20], ["a torn row"]),  # not even a line end
        (row(2)[60:], ["a torn row after this one"]),  # its beginning is missing
        (row(2).replace("Herring", "\0" * 50), ["binary, not text"]),
    ],
)
def test_a_torn_row_is_reported_and_those_around_it_are_read(reading, torn, found):
    assert ids(reading("cables.csv", row(1) + torn + row(3))) == ["07PORTVERITY1", *found, "07PORTVERITY3"]


def test_a_row_longer_than_any_cable_is_reported_and_not_held_in_memory(reading, monkeypatch):
    monkeypatch.setattr(table, "MAX_ROW_BYTES", 1000)
    monkeypatch.setattr(table, "_READ_BYTES", 100)
    found = reading("cables.csv", row(1) + row(2, "herring\n" * 10_000) + row(3))
    assert ids(found) == ["07PORTVERITY1", "a row of more than 0 MB", "07PORTVERITY3"]


@pytest.mark.parametrize("size", [1, 7, 50, 333])
def test_rows_are_whole_whatever_the_size_of_a_read(reading, monkeypatch, size):
    monkeypatch.setattr(table, "_READ_BYTES", size)
    assert ids(reading("cables.csv", row(1) + row(22) + row(333))) == [
        "07PORTVERITY1",
        "07PORTVERITY22",
        "07PORTVERITY333",
    ]


def test_an_extract_is_partial(reading):
    warning = "This record is a partial extract of the original cable."
    [record] = reading("x.csv", row(1).replace("FM AMEMBASSY PORT VERITY", warning))
    assert (record.partial, record.header) == (True, "")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            "name,price\nherring,3\n",
            "a table without a column that is called text, body or message: name, price",
        ),
        (row(1).encode("utf-16"), "a table in UTF-16: save it as UTF-8"),
    ],
)
def test_another_table_is_reported(reading, content, reason):
    [failure] = reading("x.csv", content)
    assert failure.reason == reason


@pytest.mark.parametrize(
    ("printed", "created"),
    [
        ("", None),
        ("2007-01-08 12:31", datetime(2007, 1, 8, 12, 31)),
        ("2007-01-08T12:31:05Z", datetime(2007, 1, 8, 12, 31, 5)),
        ("1/8/2007 12:31:05", datetime(2007, 1, 8, 12, 31, 5)),
        ("1/8/2007 12:31:05 PM", datetime(2007, 1, 8, 12, 31, 5)),
        ("1/8/07 12:31", datetime(2007, 1, 8, 12, 31)),
        ("8 Jan 2007", date(2007, 1, 8)),
        ("never", None),
    ],
)
def test_no_row_is_lost_for_its_date(reading, printed, created):
    rows = row(1) + row(2).replace("1/8/2007 12:31", printed) + row(3)
    found = reading("cables.csv", rows)
    assert ids(found) == ["07PORTVERITY1", "07PORTVERITY2", "07PORTVERITY3"]
    assert found[1].created == created


def test_quotes_may_be_doubled(reading):
    found = reading("cables.csv", row(1, 'He said ""no"", then ""2"",""1/9/2007 8:05"",""') + row(2, '""'))
    assert [r.message for r in found] == ['He said "no", then "2","1/9/2007 8:05","', '"']


def test_a_heading_row_of_other_columns_is_believed(reading):
    heading = "row,created,id,subject,classification,references,header,body\n"
    [record] = reading("cables.csv", heading + row(1))
    assert (record.subject, record.origin, record.format) == ("Embassy Port Verity", None, "table")
