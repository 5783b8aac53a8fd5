"""A build says what it did, and an index what it holds."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from cablesearch.corpus.record import Failure
from cablesearch.indexing import Report, State
from cablesearch.terminal.report import failure_lines, report_text, state_text

REPORT = Report(
    engine="whoosh",
    switched=None,
    files=21,
    read=21,
    unchanged=0,
    cables=24,
    paragraphs=1213,
    added=24,
    replaced=0,
    removed=0,
    duplicates=(),
    failures=(),
    seconds=1.26,
)


def test_a_first_build():
    assert report_text(REPORT) == (
        "24 cables, 1,213 paragraphs\n  21 files; 21 read in 1.3 s\n  24 cables new; engine whoosh\n"
    )


def test_a_build_with_nothing_to_do():
    assert report_text(replace(REPORT, read=0, unchanged=21, added=0)) == (
        "24 cables, 1,213 paragraphs\n  21 files; nothing new to read\n  engine whoosh\n"
    )


def test_a_build_that_changed_everything():
    failures = (Failure("a.html", "empty"),)
    report = replace(
        REPORT, read=3, unchanged=18, added=1, replaced=2, removed=1, failures=failures, switched="tantivy"
    )
    assert report_text(report) == (
        "24 cables, 1,213 paragraphs\n"
        "  21 files; 3 read in 1.3 s; 18 unchanged; 1 not read\n"
        "  1 cable new; 2 cables replaced; 1 cable removed; engine whoosh instead of\n"
        "  tantivy\n"
    )


def test_a_cable_in_two_files_is_reported():
    duplicates = (("07TEZGARA5", "a.html", "b.txt"),)
    assert report_text(replace(REPORT, duplicates=duplicates)).endswith(
        "  1 cable found twice, the fuller text kept:\n    07TEZGARA5  a.html, not b.txt\n"
    )


def test_many_duplicates_are_counted():
    duplicates = (("07TEZGARA5", "a.html", "b.txt"),) * 1_500
    assert report_text(replace(REPORT, duplicates=duplicates)).endswith("    and 1,480 more\n")


def test_formats_are_counted_if_something_was_read():
    formats = {"NARA telegram (PDF)": 1_204, "Cablegate page": 12}
    text = "  formats: 1,204 NARA telegram (PDF), 12 Cablegate page\n"
    assert report_text(replace(REPORT, formats=formats)).endswith(f"engine whoosh\n{text}")
    assert "formats" not in report_text(replace(REPORT, formats=formats, read=0))


def test_cables_without_text_are_named_within_80_columns():
    gone = tuple((f"76KELVO{n}", f"telegrams/{'1976/' * 12}{n}.txt", "TEXT ON MICROFILM") for n in range(25))
    text = report_text(replace(REPORT, without_text=gone))
    assert "\n  25 cables without text, found by their facts:\n" in text
    assert "\n    76KELVO0  TEXT ON MICROFILM, in\n      telegrams/1976/" in text
    assert text.endswith("    and 5 more\n")
    assert max(map(len, text.splitlines())) <= 80


def test_a_failure_is_one_line_whatever_the_name():
    failure = Failure("odd\nname\x1b.html", "not a format\tthat is read")
    assert failure_lines(failure) == ["not read: odd␊name␛.html: not a format␉that is read"]


def test_what_is_in_an_index():
    state = State(
        engine="whoosh",
        chosen=False,
        built=datetime(2026, 1, 2, 3, 4, 5),
        sources=(Path("corpus"), Path("more")),
        files=21,
        cables=24,
        paragraphs=1213,
        text=900_000,
        size=1_234_567,
        generation=Path("index/generations/000001"),
        version="0.1.0",
        names=("corpus", "nara"),
        collections={"corpus": 20, "nara": 5},
    )
    facets = {
        "origin": {"Embassy Tezgara": 1200, "Embassy Ostrel": 13},
        "year": {"2007": 1, "1975": 2},
        "kind": {},
    }
    assert state_text("index", state, facets) == (
        "Index       index\n"
        "Engine      whoosh\n"
        "Built       2026-01-02 03:04 UTC by cablesearch 0.1.0\n"
        "Sources     corpus\n"
        "            nara=more\n"
        "Collections corpus (20 cables), nara (5 cables)\n"
        "Cables      24\n"
        "Paragraphs  1,213\n"
        "Size        1.2 MB\n"
        "\n"
        "Paragraphs by origin\n"
        "     1,200  Embassy Tezgara\n"
        "        13  Embassy Ostrel\n"
        "\n"
        "Paragraphs by year\n"
        "         2  1975\n"
        "         1  2007\n"
    )


def test_the_place_of_an_error_is_told_only_if_asked_for():
    """A traceback, whose lines cannot harm a terminal either, stands below the line."""
    failure = Failure("a.html", "an error in cablesearch (KeyError: 1)", "Traceback\n  in x\x1b\n")
    assert failure_lines(failure) == ["not read: a.html: an error in cablesearch (KeyError: 1)"]
    assert failure_lines(failure, verbose=True)[1:] == ["Traceback", "  in x␛"]
