"""CSV has a row for each hit, and no cell that a spreadsheet would run."""

import csv
from io import StringIO

import pytest

from cablesearch.export.csv import safe_cell
from cablesearch.search.results import Results


def rows(text):
    return list(csv.reader(StringIO(text)))


@pytest.fixture
def hits_csv(written):
    """Returns a function that writes hits as CSV."""
    return lambda hits: written("csv", Results("reform", len(hits), False, tuple(hits)))


def test_a_row_for_each_hit_under_a_heading_row(hits_csv, hit):
    assert rows(hits_csv([hit()])) == [
        list(Results("", 0, False, ()).columns),
        [
            "07TEZGARA5#2",
            "07TEZGARA5",
            "2",
            "2.5",
            "2007-01-08T12:31:00",
            "Embassy Tezgara",
            "CONFIDENTIAL",
            "S/NF",
            "SALT AND REFORM",
            "Ivo Quell; Anna Source",
            "Minister Ivo Quell told us that reform is near (Ref B).",
        ],
    ]


def test_without_hits_there_is_the_heading_row(hits_csv):
    assert hits_csv([]) == ",".join(Results("", 0, False, ()).columns) + "\n"


def test_texts_are_whole_with_quotes_commas_and_line_breaks(hits_csv, hit):
    text = 'He said "salt, fish",\nand "reform". ' * 200
    assert rows(hits_csv([hit(text=text)]))[1][-1] == text


@pytest.mark.parametrize(
    ("cell", "quoted"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'␍=1"),
        ("a=1", "a=1"),
        ("", ""),
        ("\x1b[2J", "␛[2J"),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_quoted(cell, quoted):
    assert safe_cell(cell) == quoted


def test_every_cell_is_quoted(hits_csv, hit):
    assert rows(hits_csv([hit(text="-- salt")]))[1][-1] == "'-- salt"
