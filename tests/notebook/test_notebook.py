"""A notebook keeps what is written into it, and gives it back in every view."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from cablesearch.errors import NotebookError
from cablesearch.notebook import database
from cablesearch.notebook.database import MIGRATIONS
from cablesearch.notebook.notebook import Notebook


@pytest.fixture
def notebook(tmp_path: Path) -> Notebook:
    return Notebook(tmp_path / "notebook.sqlite", author="ann")


def test_nothing_is_made_before_something_is_written(notebook: Notebook) -> None:
    assert (notebook.notes(), dict(notebook.labels()), notebook.questions()) == ([], {}, {})
    assert notebook.get("07ASTANA48").text == ""
    assert not notebook.file.exists()


def test_a_note_is_read_by_another_process(notebook: Notebook) -> None:
    notebook.note("07 Astana 000048#6", "compare ref B")
    notebook.label("07ASTANA48#6", "Reform", "human_rights")
    notebook.star("07ASTANA48#6")
    [note] = Notebook(notebook.file).notes()
    assert (note.id, note.text, note.starred) == ("07ASTANA48#6", "compare ref B", True)
    assert note.labels == ("human rights", "reform")
    assert note.texts[0].author == "ann"


def test_only_the_owner_may_read_it(notebook: Notebook) -> None:
    notebook.star("07ASTANA48")
    assert notebook.file.stat().st_mode & 0o077 == 0


def test_a_text_takes_the_place_of_the_one_before(notebook: Notebook) -> None:
    notebook.note("07ASTANA48", "one")
    notebook.note("07ASTANA48", "two")
    assert notebook.get("07ASTANA48").text == "two"
    notebook.note("07ASTANA48", " ")
    assert notebook.notes() == []
    assert notebook.ids("noted", "yes") == set()


def test_what_is_taken_away_is_gone(notebook: Notebook) -> None:
    notebook.star("07ASTANA48")
    notebook.label("07ASTANA48", "reform", "trade")
    notebook.star("07ASTANA48", starred=False)
    notebook.unlabel("07ASTANA48", "trade", "never there")
    note = notebook.get("07ASTANA48")
    assert (note.starred, note.labels) == (False, ("reform",))
    assert dict(notebook.labels()) == {"reform": 1}


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("label", "reform", {"07ASTANA48#6", "08OSTREL7"}),
        ("label", "REFORM", {"07ASTANA48#6", "08OSTREL7"}),
        ("label", "human_rights", {"08OSTREL7"}),
        ("label", "*", {"07ASTANA48#6", "08OSTREL7"}),
        ("label", "hum*", {"08OSTREL7"}),
        ("label", "[rh]*", set()),
        ("list", "dossier", {"06OSTREL12#1"}),
        ("noted", "yes", {"07ASTANA48#6", "08OSTREL7", "06OSTREL12#1"}),
        ("noted", "star", {"08OSTREL7"}),
        ("noted", "note", {"07ASTANA48#6"}),
        ("noted", "disputed", set()),
    ],
)
def test_ids_of_a_field(notebook: Notebook, field: str, value: str, found: set[str]) -> None:
    notebook.note("07ASTANA48#6", "compare")
    notebook.label("07ASTANA48#6", "reform")
    notebook.label("08OSTREL7", "reform", "human rights")
    notebook.star("08OSTREL7")
    notebook.add("Dossier", "06OSTREL12#1")
    assert notebook.ids(field, value) == found


def test_a_list_has_an_order_of_its_own(notebook: Notebook) -> None:
    notebook.add("dossier", "07ASTANA1", "07ASTANA2", "07ASTANA3")
    notebook.add("dossier", "07ASTANA4", at=2)
    notebook.add("dossier", "07ASTANA3", at=1)
    assert notebook.items("dossier") == ["07ASTANA3", "07ASTANA1", "07ASTANA4", "07ASTANA2"]
    notebook.drop("dossier", "07ASTANA1")
    notebook.add("dossier", "07ASTANA2", "07ASTANA5", at=99)
    assert notebook.items("dossier") == ["07ASTANA3", "07ASTANA4", "07ASTANA2", "07ASTANA5"]
    notebook.drop("dossier")
    assert (notebook.items("dossier"), dict(notebook.lists())) == ([], {})


def test_a_list_does_not_run_out_of_places(notebook: Notebook) -> None:
    notebook.add("dossier", "07ASTANA1", "07ASTANA2")
    with notebook.writing():
        for serial in range(100, 200):
            notebook.add("dossier", f"07ASTANA{serial}", at=2)
    assert notebook.items("dossier") == [
        "07ASTANA1", *(f"07ASTANA{serial}" for serial in range(199, 99, -1)), "07ASTANA2"
    ]  # fmt: skip


def test_the_state_changes_with_every_change_and_only_then(notebook: Notebook) -> None:
    notebook.star("07ASTANA48")
    first = notebook.state
    assert Notebook(notebook.file).state == first
    notebook.label("07ASTANA48", "reform")
    assert notebook.state != first


def test_changes_inside_one_block_are_made_together_or_not_at_all(notebook: Notebook) -> None:
    notebook.note("07ASTANA48", "kept")

    def fail() -> None:
        with notebook.writing():
            notebook.note("07ASTANA48", "lost")
            notebook.star("07ASTANA49")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert [note.text for note in notebook.notes()] == ["kept"]


@pytest.mark.parametrize("name", ["", "  ", "a*", 'a"b', "a,b", "a\x1b", "a" * 101, "(a)", "«a»", "“a”"])
def test_a_name_that_no_query_could_ask_for_is_refused(notebook: Notebook, name: str) -> None:
    with pytest.raises(NotebookError, match="is no name"):
        notebook.label("07ASTANA48", name)
    assert not notebook.labels()


@pytest.mark.parametrize("id", ["", "#6", "07ASTANA48#6\x1b", "x" * 500])
def test_what_is_no_id_is_refused(notebook: Notebook, id: str) -> None:
    with pytest.raises(NotebookError, match="is no id"):
        notebook.star(id)


def test_a_text_may_be_anything(notebook: Notebook) -> None:
    notebook.note("07ASTANA48", "a\r\nb\ud800 ' ; DROP TABLE mark\u05d0\u200f")
    assert notebook.get("07ASTANA48").text == "a\nb\ufffd ' ; DROP TABLE mark\u05d0\u200f"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x1b[31m", "ab[31m"),
        ("a\x0bb\x0cc\x85d\u2028e", "a\nb\nc\nd\ne"),
        ("\u202eab\u202c\u2066c\u2069", "abc"),
        ("a\tb", "a\tb"),
    ],
)
def test_a_text_has_no_control_characters(notebook: Notebook, typed: str, kept: str) -> None:
    notebook.note("07ASTANA48", typed)
    assert notebook.get("07ASTANA48").text == kept


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database, but some text that is longer than a header of one" * 9)
    with sqlite3.connect(tmp_path / "other") as other:
        other.execute("CREATE TABLE a (b)")
    other.close()
    before = (tmp_path / "other").read_bytes()
    for name in ("text", "other"):
        with pytest.raises(NotebookError, match=r"cannot be used|of another program"):
            Notebook(tmp_path / name).star("07ASTANA48")
    assert (tmp_path / "other").read_bytes() == before
    with pytest.raises(NotebookError, match="no folder"):
        Notebook(tmp_path / "nowhere" / "notebook").star("07ASTANA48")


@pytest.mark.parametrize(("application", "version"), [(0, 0), (77, 0), (0, 1), (77, 1)])
def test_a_database_of_another_program_stays_as_it_is(tmp_path: Path, application: int, version: int) -> None:
    other = sqlite3.connect(tmp_path / "other")
    other.execute("CREATE TABLE a (b)")
    other.execute(f"PRAGMA application_id = {application}")
    other.execute(f"PRAGMA user_version = {version}")
    other.close()
    before = (tmp_path / "other").read_bytes()
    with pytest.raises(NotebookError, match="of another program"):
        Notebook(tmp_path / "other").star("07ASTANA48")
    assert (tmp_path / "other").read_bytes() == before


def test_a_later_version_is_refused_and_left_alone(notebook: Notebook) -> None:
    notebook.note("07ASTANA48", "kept")
    notebook.close()
    with sqlite3.connect(notebook.file) as later:
        later.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    later.close()
    with pytest.raises(NotebookError, match="a later cablesearch"):
        notebook.star("07ASTANA48")


@pytest.mark.skipif(os.name != "posix", reason="no pipes with names")
def test_what_is_no_file_is_no_notebook_and_stays_as_it_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.iterdir())
    for name in ("pipe", "folder"):
        with pytest.raises(NotebookError, match="is no file: name another"):
            Notebook(tmp_path / name).notes()
        with pytest.raises(NotebookError, match="is no file: name another"):
            Notebook(tmp_path / name).star("07ASTANA48")
    assert sorted(tmp_path.iterdir()) == before


def test_a_full_disk_is_named(notebook: Notebook) -> None:
    notebook.star("07ASTANA48")
    with notebook.reading() as connection:
        [(pages,)] = connection.execute("PRAGMA page_count")
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(NotebookError, match="full"):
        notebook.note("07ASTANA48", "x" * 99_999)
    assert notebook.get("07ASTANA48").starred


@pytest.mark.skipif(os.name != "posix", reason="no pipes with names")
def test_an_export_goes_into_a_pipe_and_an_import_comes_out_of_one(
    notebook: Notebook, tmp_path: Path
) -> None:
    notebook.note("07ASTANA48", "kept")
    os.mkfifo(tmp_path / "pipe")
    writer = Thread(target=notebook.save_as, args=[tmp_path / "pipe"])
    writer.start()
    other = Notebook(tmp_path / "other.sqlite")
    assert other.read(tmp_path / "pipe").texts == 1
    writer.join()
    assert (tmp_path / "pipe").is_fifo()
    assert other.get("07ASTANA48").text == "kept"


def test_an_export_leaves_a_link_a_link(notebook: Notebook, tmp_path: Path) -> None:
    notebook.note("07ASTANA48", "kept")
    (tmp_path / "real.json").write_text("old", "utf-8")
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    notebook.save_as(tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert "kept" in (tmp_path / "real.json").read_text("utf-8")


def test_a_notebook_that_another_program_writes_is_waited_for(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook.star("07ASTANA48")
    notebook.close()
    monkeypatch.setattr(database, "PATIENCE", 0.01)
    with Notebook(notebook.file) as other, other.writing():
        assert notebook.get("07ASTANA48").starred
        with pytest.raises(NotebookError, match="another program has been writing it for"):
            notebook.star("07ASTANA49")
    notebook.star("07ASTANA49")


READ = """
import sys
from cablesearch.notebook.notebook import Notebook
print([note.id for note in Notebook(sys.argv[1]).notes()], Notebook(sys.argv[2]).read(sys.argv[1]).marks)
Notebook(sys.argv[1]).star("07ASTANA49")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="takes away what root may do")
@pytest.mark.parametrize("name", ["notes.sqlite", "odd #1?a%20\u00fc.sqlite"])
def test_a_notebook_is_read_where_nothing_may_be_written(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    with Notebook(folder / name) as notebook:
        notebook.star("07ASTANA48")
    (folder / name).chmod(0o444)
    folder.chmod(0o555)
    drop = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if os.getuid() == 0 else []
    if drop and not shutil.which("setpriv"):
        pytest.skip("no setpriv")
    command = [*drop, sys.executable, "-c", READ, folder / name, tmp_path / "mine"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    folder.chmod(0o755)
    assert done.stdout == "['07ASTANA48'] 1\n", done.stderr
    assert "may you write it" in done.stderr
    assert [each.name for each in folder.iterdir()] == [name]
