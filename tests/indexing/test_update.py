"""`update`: new, changed, vanished and unchanged files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from cablesearch.errors import CablesearchError, NoIndexError
from cablesearch.indexing import BuildProgress, rebuild, sources, state, update
from cablesearch.indexing.build import _await_next_tick
from cablesearch.indexing.generations import write_state
from tests.indexing.pages import page


def close(path: Path) -> None:
    """Remove all permissions; skip the test where they have no effect (root, Windows)."""
    path.chmod(0)
    if os.access(path, os.R_OK):
        path.chmod(0o755)
        pytest.skip("permissions have no effect here")


def test_a_new_index_holds_all_cables(write, corpus, index, texts):
    write("1.html", "07VERITY1", "Dues rise.", "They fall.")
    write("deep/2.html", "07VERITY2", "No dues.")
    report = update(index, [corpus])
    assert texts() == {"07VERITY1": "Dues rise. / They fall.", "07VERITY2": "No dues."}
    assert (report.engine, report.files, report.read, report.unchanged) == ("whoosh", 2, 2, 0)
    assert (report.cables, report.paragraphs, report.added, report.replaced, report.removed) == (
        2,
        3,
        2,
        0,
        0,
    )
    assert (report.switched, report.duplicates, report.failures) == (None, (), ())
    now = state(index)
    assert (now.engine, now.files, now.cables, now.paragraphs) == ("whoosh", 2, 2, 3)
    assert now.text == len("Dues rise.They fall.No dues.")
    assert now.sources == (corpus,)
    assert now.size > 0
    assert abs(datetime.now(UTC) - now.built).total_seconds() < 60


def test_an_index_that_is_up_to_date_stays_as_it_is(write, corpus, index):
    """No file is opened, and the generation stays."""
    write("1.html", "07VERITY1", "Dues rise.").chmod(0o644)
    update(index, [corpus])
    before = state(index)
    report = update(index)
    assert (report.read, report.unchanged, report.cables, report.added) == (0, 1, 1, 0)
    assert state(index) == before


def test_an_index_that_is_up_to_date_needs_no_heavy_imports(write, corpus, index):
    """No engine, no parser, no reader of formats."""
    write("1.html", "07VERITY1", "Dues rise.")
    update(index, [corpus])
    code = (
        "import sys; from pathlib import Path; from cablesearch.indexing import update;"
        f"assert update(Path({str(index)!r})).unchanged == 1;"
        "heavy = ('bs4', 'lxml', 'whoosh', 'tantivy', 'Stemmer', 'dateutil', 'multiprocessing',"
        " 'cablesearch.parse', 'cablesearch.engines', 'cablesearch.people', 'cablesearch.analysis.words');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_new_changed_and_vanished_files_are_noticed(write, corpus, index, texts):
    write("1.html", "07VERITY1", "Dues rise.")
    write("2.html", "07VERITY2", "Ships wait.")
    gone = write("3.html", "07VERITY3", "Pilots strike.")
    update(index, [corpus])
    write("2.html", "07VERITY2", "Ships leave again.")
    gone.unlink()
    write("4.html", "07VERITY4", "Fog.")
    report = update(index)
    assert texts() == {"07VERITY1": "Dues rise.", "07VERITY2": "Ships leave again.", "07VERITY4": "Fog."}
    assert (report.files, report.read, report.unchanged) == (3, 2, 1)
    assert (report.cables, report.added, report.replaced, report.removed) == (3, 1, 1, 1)
    assert update(index).read == 0


def test_a_file_may_hold_another_cable_than_before(write, corpus, index, texts):
    write("1.html", "07VERITY1", "Dues rise.")
    update(index, [corpus])
    write("1.html", "07VERITY2", "Dues fall, they say.")
    report = update(index)
    assert texts() == {"07VERITY2": "Dues fall, they say."}
    assert (report.added, report.replaced, report.removed) == (1, 0, 1)


def test_a_renamed_file_keeps_its_cable(write, corpus, index, texts):
    """Its cable stays and does not count as new."""
    file = write("1.html", "07VERITY1", "Dues rise.")
    update(index, [corpus])
    file.rename(corpus / "2.html")
    report = update(index)
    assert texts() == {"07VERITY1": "Dues rise."}
    assert (report.added, report.replaced, report.removed, report.duplicates) == (0, 1, 0, ())


def test_a_touched_file_keeps_its_cable(write, corpus, index, texts):
    """A file with unchanged content is read, but its cable stays as it is."""
    file = write("1.html", "07VERITY1", "Dues rise.")
    update(index, [corpus])
    os.utime(file, (1, 1))
    report = update(index)
    assert (report.read, report.added, report.replaced, report.removed) == (1, 0, 0, 0)
    assert texts() == {"07VERITY1": "Dues rise."}
    assert update(index).read == 0


def _mode(file):
    file.chmod(0o600)


def _copy_of(file):
    """Another file with the content and times of the first moves over it."""
    new = file.with_suffix(".new")
    shutil.copy2(file, new)
    new.replace(file)


@pytest.mark.parametrize("touch", [_mode, _copy_of])
def test_a_file_that_is_another_one_is_read(write, corpus, index, texts, touch):
    file = write("1.html", "07VERITY1", "Dues rise.")
    update(index, [corpus])
    touch(file)
    report = update(index)
    assert (report.read, report.added, report.replaced, report.removed) == (1, 0, 0, 0)
    assert update(index).read == 0


def _in_place(file, content):
    file.write_bytes(content)


def _over_it(file, content):
    new = file.with_suffix(".new")
    new.write_bytes(content)
    new.replace(file)


@pytest.mark.skipif(os.name != "posix", reason="only there a change has a time that nobody can set")
@pytest.mark.parametrize("write_again", [_in_place, _over_it])
def test_other_content_of_the_same_size_and_date_is_noticed(write, corpus, index, texts, write_again):
    file = write("1.html", "07VERITY1", "Dues rise.")
    update(index, [corpus])
    was = file.stat()
    write_again(file, file.read_bytes().replace(b"rise", b"fall"))
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert file.stat().st_size == was.st_size
    assert update(index).replaced == 1
    assert texts() == {"07VERITY1": "Dues fall."}


def test_content_is_compared_on_demand(write, corpus, index, texts, monkeypatch):
    """Even if nothing else tells that a file changed, as on a disk without inodes and change times."""
    file = write("1.html", "07VERITY1", "Dues rise.")
    write("2.html", "07VERITY2", "Ships wait.")
    walked = sources.walk_files
    monkeypatch.setattr(
        "cablesearch.indexing.build.walk_files",
        lambda *args: (info._replace(modified=1, changed=0, inode=None) for info in walked(*args)),
    )
    update(index, [corpus])
    file.write_bytes(file.read_bytes().replace(b"rise", b"fall"))
    assert update(index).read == 0
    report = update(index, check_contents=True)
    assert (report.read, report.replaced, report.added) == (2, 1, 0)
    assert texts() == {"07VERITY1": "Dues fall.", "07VERITY2": "Ships wait."}
    assert update(index).read == 0


@pytest.mark.parametrize(
    ("age", "fraction", "waits"),
    [(0.0, 1, True), (0.5, 1, False), (0.5, 0, True), (5.0, 0, False), (-60.0, 1, False)],
)
def test_a_build_waits_until_the_clock_of_the_disk_goes_on(monkeypatch, age, fraction, waits):
    slept = []
    monkeypatch.setattr("time.sleep", slept.append)
    monkeypatch.setattr("time.time", lambda: 1_000_000.0)
    seconds = 1_000_000.0 - age
    _await_next_tick(int(seconds * 1e9) + fraction if fraction else int(seconds) * 1_000_000_000)
    assert bool(slept) == waits
    assert all(0 < seconds < 2.1 for seconds in slept)


def test_an_index_may_lose_every_file(write, corpus, index, texts):
    file = write("1.html", "07VERITY1", "Dues rise.")
    update(index, [corpus])
    file.unlink()
    report = update(index)
    assert (report.cables, report.removed) == (0, 1)
    assert texts() == {}


def test_an_unreadable_file_is_reported_each_time(write, corpus, index, texts):
    """It is not read again, but it is reported again; the others are indexed."""
    write("1.html", "07VERITY1", "Dues rise.")
    (corpus / "2.html").write_text("<html>no cable</html>")
    for read in (2, 0):
        report = update(index, [corpus])
        assert report.read == read
        assert [failure.source for failure in report.failures] == [str(corpus / "2.html")]
    assert texts() == {"07VERITY1": "Dues rise."}
    write("2.html", "07VERITY2", "Mended.")
    assert update(index).failures == ()


def test_a_file_whose_permissions_change_is_read_again(write, corpus, index, texts):
    file = write("1.html", "07VERITY1", "Dues rise.")
    close(file)
    assert update(index, [corpus]).failures
    file.chmod(0o644)
    assert update(index).failures == ()
    assert texts() == {"07VERITY1": "Dues rise."}


def test_a_folder_that_cannot_be_opened_keeps_its_cables(write, corpus, index, texts):
    """It is reported, and the cables that were read from it stay."""
    write("closed/1.html", "07VERITY1", "Dues rise.")
    update(index, [corpus])
    close(corpus / "closed")
    report = update(index)
    (corpus / "closed").chmod(0o755)
    assert [failure.source for failure in report.failures] == [str(corpus / "closed")]
    assert texts() == {"07VERITY1": "Dues rise."}
    assert update(index).failures == ()


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text on other systems")
def test_file_names_need_not_be_text(write, corpus, index, texts):
    write("1.html", "07VERITY1", "Dues rise.").rename(corpus / os.fsdecode(b"\xff.html"))
    (corpus / os.fsdecode(b"\xfe.html")).write_text("<html>no cable</html>")
    for _ in range(2):
        assert [os.fsencode(f.source)[-6:] for f in update(index, [corpus]).failures] == [b"\xfe.html"]
    assert texts() == {"07VERITY1": "Dues rise."}


# Sources


def test_sources_are_remembered(write, corpus, index, texts):
    write("a/1.html", "07VERITY1", "One.")
    two = write("b/2.html", "07VERITY2", "Two.")
    update(index, [corpus / "a"])
    update(index, [two])
    assert state(index).sources == (corpus / "a", two)
    assert update(index).unchanged == 2
    rebuild(index, [corpus / "b"])
    assert state(index).sources == (corpus / "b",)
    assert texts() == {"07VERITY2": "Two."}
    assert rebuild(index).read == 1


def test_a_source_without_cables_is_remembered(write, corpus, index):
    write("1.html", "07VERITY1", "One.")
    (corpus / "empty").mkdir()
    update(index, [corpus])
    assert update(index, [corpus / "empty"]).read == 0
    assert state(index).sources == (corpus, corpus / "empty")


def test_a_relative_path_is_a_source(write, corpus, index, monkeypatch):
    write("1.html", "07VERITY1", "One.")
    monkeypatch.chdir(corpus.parent)
    update(Path("index"), [Path("corpus/../corpus")])
    assert state(index).sources == (corpus,)
    write("1.html", "07VERITY1", "Two.")
    assert update(Path("index")).replaced == 1


def test_an_index_without_sources_is_an_error(index):
    with pytest.raises(NoIndexError, match="index PATH"):
        update(index)


def test_a_source_that_does_not_exist_is_an_error(write, corpus, index):
    write("1.html", "07VERITY1", "One.")
    with pytest.raises(CablesearchError, match="nowhere"):
        update(index, [corpus, corpus / "nowhere"])
    with pytest.raises(NoIndexError):
        state(index)


def test_a_source_that_is_gone_is_reported_and_the_others_are_brought_up_to_date(write, corpus, index, texts):
    """A disk that is not mounted does not empty the index."""
    write("1.html", "07VERITY1", "One.")
    other = corpus.parent / "corpus-other"  # a name that begins in the same way
    other.mkdir()
    update(index, [corpus, other])
    page = write("../pages/2.html", "07VERITY2", "Two.").resolve()
    corpus.rename(corpus.parent / "away")
    page.rename(other / "2.html")
    for _ in range(2):
        report = update(index)
        assert [failure.source for failure in report.failures] == [str(corpus)]
        assert "--remove" in report.failures[0].reason
        assert texts() == {"07VERITY1": "One.", "07VERITY2": "Two."}
    (other / "2.html").unlink()
    update(index)
    assert texts() == {"07VERITY1": "One."}
    with pytest.raises(CablesearchError, match=r"corpus is gone.*reindex .*other"):
        rebuild(index)
    (corpus.parent / "away").rename(corpus)
    report = update(index)
    assert (report.unchanged, report.failures) == (1, ())


def test_a_single_file_that_is_a_source_and_gone_is_kept(write, corpus, index, texts):
    file = write("1.html", "07VERITY1", "One.")
    other = write("../other/2.html", "07VERITY2", "Two.")
    update(index, [file, other.parent])
    file.unlink()
    assert len(update(index).failures) == 1
    assert texts() == {"07VERITY1": "One.", "07VERITY2": "Two."}
    assert update(index, remove=file).failures == ()
    assert texts() == {"07VERITY2": "Two."}


def test_if_all_sources_are_gone_it_is_an_error(write, corpus, index, texts):
    write("1.html", "07VERITY1", "One.")
    update(index, [corpus])
    corpus.rename(corpus.parent / "away")
    with pytest.raises(CablesearchError, match=r"corpus is gone.*reindex PATH"):
        update(index)
    assert texts() == {"07VERITY1": "One."}


def test_a_source_is_removed_with_its_cables(write, corpus, index, texts):
    write("1.html", "07VERITY1", "One.")
    other = write("../other/2.html", "07VERITY2", "Two.").parent
    update(index, [corpus, other])
    report = update(index, remove=corpus)
    assert (report.removed, report.cables) == (1, 1)
    assert texts() == {"07VERITY2": "Two."}
    assert state(index).sources == (other.resolve(),)
    assert update(index).files == 1


def test_a_source_that_both_of_two_have_keeps_its_cables(write, corpus, index, texts):
    write("a/1.html", "07VERITY1", "One.")
    update(index, [corpus, corpus / "a"])
    assert update(index, remove=[corpus / "a"]).removed == 0
    assert texts() == {"07VERITY1": "One."}


@pytest.mark.parametrize(
    ("removed", "says"),
    [("nowhere", r"nowhere is no source of this index: its sources are "), ("", "no source")],
)
def test_what_is_no_source_or_the_last_one_is_not_removed(write, corpus, index, texts, removed, says):
    write("1.html", "07VERITY1", "One.")
    update(index, [corpus])
    with pytest.raises(CablesearchError, match=says):
        update(index, remove=[corpus / removed])
    assert texts() == {"07VERITY1": "One."}


def test_a_source_whose_disk_is_not_mounted_is_an_error(write, corpus, index, texts):
    """Its folder is there, but empty and on another disk."""
    write("1.html", "07VERITY1", "One.")
    update(index, [corpus])
    (corpus / "1.html").unlink()
    write_state(index, replace(state(index), devices=(-1,)))
    for build in (update, rebuild):
        with pytest.raises(CablesearchError, match=r"corpus is gone.*reindex PATH"):
            build(index)
    assert texts() == {"07VERITY1": "One."}
    assert rebuild(index, [corpus]).cables == 0


def test_an_index_within_a_source_is_left_out(write, corpus, texts, index):
    """It does not index itself."""
    write("1.html", "07VERITY1", "One.")
    assert update(index, [index.parent]).files == 1
    assert update(index).failures == ()


def test_a_file_that_several_sources_reach_is_read_once(write, corpus, index):
    """However many names lead to it."""
    file = write("a/1.html", "07VERITY1", "One.")
    (corpus / "link.html").symlink_to(file)
    (corpus / "b").symlink_to(corpus / "a")
    report = update(index, [corpus, corpus / "a", file])
    assert (report.files, report.read, report.duplicates) == (1, 1, ())
    assert update(index).unchanged == 1


def test_a_string_is_a_path_too(write, corpus, index, texts):
    write("1.html", "07VERITY1", "One.")
    update(str(index), [str(corpus)])
    assert texts() == {"07VERITY1": "One."}


# Progress


def test_progress_is_reported_by_stage(write, corpus, index):
    for number in range(1, 8):
        write(f"{number}.html", f"07VERITY{number}", "Dues rise.")
    reports: list[BuildProgress] = []
    update(index, [corpus], progress=reports.append)
    assert list(dict.fromkeys(now.stage for now in reports)) == ["looking", "reading", "writing"]
    read = [now for now in reports if now.stage == "reading"]
    assert all(0 <= now.done <= now.total for now in read)
    assert [now.done for now in read] == sorted(now.done for now in read)
    assert reports[-1].cables == 7
    assert len(reports) < 30


def test_progress_is_reported_within_a_file(corpus, index, monkeypatch):
    with ZipFile(corpus / "cables.zip", "w") as archive:
        for number in range(1, 8):
            archive.writestr(f"{number}.html", page(f"07VERITY{number}", "Dues rise."))
    monkeypatch.setattr("cablesearch.indexing.progress.INTERVAL", 0)
    monkeypatch.setattr("cablesearch.indexing.prepare.POSITION_EVERY", 500)
    monkeypatch.setattr("cablesearch.indexing.prepare.BATCH_ITEMS", 1)
    reports: list[BuildProgress] = []
    update(index, [corpus], progress=reports.append)
    read = [now.done for now in reports if now.stage == "reading"]
    assert read == sorted(read)
    assert len(set(read)) >= 7
    assert read[-1] == reports[-2].total
