"""A format is one file: it is found by its name, and offered by the command line."""

import subprocess
import sys
import zipfile
from io import StringIO
from pathlib import Path

import pytest

import cablesearch
from cablesearch import export

SHOUT = """
from cablesearch.export import Format

def write(answers, stream):
    for answer in answers:
        for row in answer.rows():
            stream.write(row["id"].upper() + "!")

FORMAT = Format("shout", ".txt", "text/plain", write)
"""


def test_a_format_that_was_published_stays():
    assert {*export.formats()} >= {"csv", "json", "jsonl"}


@pytest.mark.parametrize("name", export.formats())
def test_a_format_has_the_name_of_its_module(name):
    format = export.load(name)
    assert format.name == name
    assert format.extension.startswith(".")
    assert "/" in format.media_type


def test_a_format_is_imported_when_it_is_used():
    code = "import sys, cablesearch.export as e; e.formats(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {f"cablesearch.export.{name}" for name in export.formats()} & set(loaded.split())


@pytest.fixture
def shout(tmp_path):
    """A folder with one more format and one more helper."""
    (tmp_path / "shout.py").write_text(SHOUT, "utf-8")
    (tmp_path / "_helper.py").write_text("", "utf-8")
    return tmp_path


def test_one_more_file_is_one_more_format(shout, monkeypatch, results):
    before = export.formats()
    monkeypatch.setattr(export, "__path__", [*export.__path__, str(shout)])
    monkeypatch.delitem(sys.modules, "cablesearch.export.shout", raising=False)
    assert export.formats() == (*before, "shout")
    stream = StringIO()
    export.write("shout", [results()], stream)
    assert stream.getvalue() == "07TEZGARA5#2!"


def test_one_more_file_is_one_more_choice_of_the_command_line(shout):
    code = (
        "import sys, cablesearch.export; cablesearch.export.__path__.append(sys.argv[1]);"
        "from cablesearch.cli import run; run(['search', '--help'])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code, str(shout)], capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout
    assert f"{', '.join(export.formats())}, shout." in " ".join(shown.split())


def test_formats_are_found_in_a_zip_file(tmp_path):
    package = Path(cablesearch.__file__).parent
    with zipfile.ZipFile(tmp_path / "package.zip", "w") as file:
        for source in (package / "__init__.py", package / "_version.py", *(package / "export").glob("*.py")):
            file.write(source, source.relative_to(package.parent))
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'package.zip')!r});"
        "from cablesearch import export; print(export.__file__, *export.formats())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    where, *names = done.stdout.split()
    assert "package.zip" in where
    assert tuple(names) == export.formats()
