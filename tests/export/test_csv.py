"""CSV has a row for each hit, and no cell that a spreadsheet would run."""

import csv
from io import StringIO
from time import process_time

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
            "north; south",
        ],
    ]


def test_without_hits_there_is_the_heading_row(hits_csv):
    assert hits_csv([]) == ",".join(Results("", 0, False, ()).columns) + "\n"


def test_texts_are_whole_with_quotes_commas_and_line_breaks(hits_csv, hit):
    text = 'He said "salt, fish",\nand "reform". ' * 200
    assert rows(hits_csv([hit(text=text)]))[1][-2] == text


@pytest.mark.parametrize(
    ("cell", "quoted"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),  # and where tabs separate the cells
        ("\r=1", "'␍=1"),
        ("a=1", "a=1"),
        ("−1", "'−1"),
        ("＝1+1", "'＝1+1"),
        ("＠SUM(A1)", "'＠SUM(A1)"),
        ("﹢1", "'﹢1"),
        (" \xa0\u3000-1", "' \xa0\u3000-1"),
        ("\u200b=1", "'\u200b=1"),
        ("\ufeff\u2060\xad＋1", "'\ufeff\u2060\xad＋1"),
        ("\u200b" * 1000 + "=1", "'" + "\u200b" * 1000 + "=1"),
        ("a;=1", "a;'=1"),
        ("a\t@SUM(A1)", "a\t'@SUM(A1)"),
        ("a;\u200b ＝1", "a;'\u200b ＝1"),
        ('a\n=HYPERLINK("x")', 'a\n\'=HYPERLINK("x")'),
        ("a\n-2+cmd|' /C calc'!A0", "a\n'-2+cmd|' /C calc'!A0"),
        ("a;--SUM(A1)", "a;'--SUM(A1)"),
        ("=a;=b", "'=a;'=b"),
        ("see 1; -5 to 7\n-- item one (a)\n- item", "see 1; -5 to 7\n-- item one (a)\n- item"),
        ("a, =b; c = d", "a, =b; c = d"),
        ("", ""),
        ("\x1b[2J", "␛[2J"),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_quoted(cell, quoted):
    assert safe_cell(cell) == quoted


@pytest.mark.parametrize("piece", ["\n \n", ";-a", "\n- a (", "\u200b", ";\t", "\n-\u3000"])
def test_any_cell_takes_linear_time(piece):
    begun = process_time()
    safe_cell(piece * 30_000)
    assert process_time() - begun < 2


def test_every_cell_is_quoted(hits_csv, hit):
    assert rows(hits_csv([hit(text="-- salt")]))[1][-2] == "'-- salt"
