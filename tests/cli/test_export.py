"""`export` writes everything that is found to a file."""

from __future__ import annotations

import csv
import json
import os
import re
import sys
from io import StringIO
from pathlib import Path

import pytest

from cablesearch import export
from cablesearch.cli import run
from cablesearch.cli.export import FORMATS
from tests.extras import require

require()

ROOT = Path(__file__).parents[2]
TIME = re.compile(r"\d\d:\d\d:\d\d")
PAGE = (ROOT / "docs" / "export.md").read_text("utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_the_ending_of_a_name_decides_the_format(cablesearch, tmp_path, format):
    name = f"found{export.load(format).extension}"
    assert cablesearch("export", "salt", "--output", name) == (0, "", "")
    assert cablesearch("export", "salt", "--output", "same", "--format", format) == (0, "", "")
    assert len((tmp_path / name).read_bytes()) > 300
    if format not in ("sqlite", "xlsx"):
        # A feed and an e-mail say when they were written, to the second.
        first, second = (TIME.sub("", (tmp_path / one).read_text("utf-8")) for one in (name, "same"))
        assert first == second
    assert {path.name for path in tmp_path.iterdir()} == {name, "same"}


def test_every_match_is_written_and_no_partial_one(cablesearch, tmp_path):
    cablesearch("export", "salt", "reform", "--output", "found.csv")
    rows = list(csv.DictReader(StringIO((tmp_path / "found.csv").read_text("utf-8-sig"))))
    total = cablesearch("salt", "reform", "--count").out
    assert len(rows) == int(total.split()[0]) > 1
    assert rows[0]["citation"]


def test_csv_begins_with_a_byte_order_mark_unless_told_not_to(cablesearch, tmp_path):
    cablesearch("export", "salt", "--output", "found.csv")
    assert (tmp_path / "found.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")
    cablesearch("export", "salt", "--output", "found.csv", "--no-bom")
    assert (tmp_path / "found.csv").read_bytes().startswith(b"id,")
    cablesearch("export", "salt", "--output", "found.jsonl")
    assert (tmp_path / "found.jsonl").read_bytes().startswith(b'{"id"')


def test_without_a_file_it_goes_to_standard_output_as_csv(cablesearch):
    shown = cablesearch("export", "salt")
    assert shown.status == 0
    assert shown.out.startswith("id,cable,")


def test_nothing_found_writes_no_file(cablesearch, tmp_path):
    assert cablesearch("export", "zzzz", "--output", "found.csv").status == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--output", "found.doc"], "in which format is found.doc? --format takes one of atom, bibtex"),
        (["--output", "none/found.csv"], "there is no folder none"),
        (["--output", "."], "--format takes one of"),
        (["--output", ".", "--format", "csv"], ". is a folder"),
        (["--format", "json"], "json"),
        (["--link", "x{number}"], "no {number} in the template"),
        (["--link", "x{"], "single brace"),
        (["--link", "{id!r:>9}"], "no {id} in the template"),
        (["--style", "harvard"], "harvard"),
    ],
)
def test_what_cannot_be_done_is_said_on_one_line(cablesearch, tmp_path, options, says):
    shown = cablesearch("export", "salt", *options)
    assert shown.status == 2
    assert says in shown.err
    assert shown.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "what", "library"),
    [
        (["--format", "xlsx"], "xlsx", "xlsxwriter"),
        (["--format", "bibtex"], "bibtex", "bibtexparser"),
        (["--style", "apa"], "the style apa", "citeproc"),
    ],
)
def test_a_missing_library_is_named_with_what_installs_it(cablesearch, monkeypatch, options, what, library):
    for name in ("xlsx", "bibtex", "_styles"):
        monkeypatch.delitem(sys.modules, f"cablesearch.export.{name}", raising=False)
    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    shown = cablesearch("export", "salt", *options)
    assert shown.err == (
        f"cablesearch: {what} needs {library}, which is not installed: pip install 'cablesearch[export]'\n"
    )


def test_counts_have_formats_of_tables_only(cablesearch):
    assert "is a format of paragraphs" in cablesearch("facets", "--format", "bibtex").err
    assert cablesearch("facets", "--format", "csv").status == 0


def test_show_and_search_write_entries_too(cablesearch):
    assert cablesearch("show", "07TEZGARA5", "--format", "ris").out.startswith("TY  - PCOMM\n")
    assert cablesearch("salt", "--format", "bibtex").out.count("@misc{07TEZGARA5,") == 1


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_terminal_shows_a_bar(index, tmp_path):
    import pty
    import subprocess

    parent, child = pty.openpty()
    line = [sys.executable, "-m", "cablesearch", "export", "salt", "--output", str(tmp_path / "found.csv")]
    with subprocess.Popen([*line, "--index", str(index)], stderr=child, stdout=subprocess.PIPE) as process:
        os.close(child)
        shown = b""
        try:
            while data := os.read(parent, 4096):
                shown += data
        except OSError:  # the other end is closed
            pass
    os.close(parent)
    assert process.returncode == 0
    assert b"writing" in shown
    assert (tmp_path / "found.csv").exists()


def test_the_styles_are_as_the_page_shows(sample, monkeypatch, capsys):
    monkeypatch.chdir(sample)
    shown = dict(re.findall(r"^\| `(\w+)` \| (Embassy .+|Telegram .+) \|$", PAGE, re.MULTILINE))
    assert tuple(shown) == export.STYLES
    for style, citation in shown.items():
        capsys.readouterr()
        run(["export", "id:06HESNAVIK402#2", "--format", "jsonl", "--style", style])
        assert json.loads(capsys.readouterr().out)["citation"] == citation


def test_the_page_names_every_format():
    rows = re.findall(r"^\| `(\w+)` \| `(\.\w+)` \|", PAGE, re.MULTILINE)
    assert dict(rows) == {name: export.load(name).extension for name in FORMATS}
