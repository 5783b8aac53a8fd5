"""The generations on disk: swaps, leftovers, damage."""

from __future__ import annotations

import errno
import json
import os
import shutil

import pytest

from cablesearch.errors import BrokenIndexError, CablesearchError, NoIndexError
from cablesearch.indexing import generations, open_reader, rebuild, state, update


@pytest.fixture
def built(write, corpus, index):
    write("1.html", "07VERITY1", "Dues rise.")
    write("2.html", "07VERITY2", "Ships wait.")
    update(index, [corpus])
    return index


def _folders(index):
    return sorted(folder.name for folder in (index / "generations").iterdir())


def test_a_missing_index_is_an_error(index):
    for ask in (state, open_reader):
        with pytest.raises(NoIndexError, match="cablesearch index"):
            ask(index)
    assert not index.exists()


def test_a_file_where_the_index_should_be_is_an_error(write, corpus):
    file = write("1.html", "07VERITY1", "Dues rise.")
    with pytest.raises(NoIndexError):
        state(file)
    with pytest.raises(CablesearchError, match="was not built"):
        update(file, [corpus])


@pytest.mark.parametrize(
    "damaged",
    ["", "{", "[]", "null", '{"format": 1}', '{"format": 1, "engine": 7, "sources": 3}', "\0\0\0"],
)
def test_a_damaged_index_is_an_error_until_it_is_rebuilt(built, corpus, texts, damaged):
    """The error says how to repair it, and a rebuild does."""
    (built / "current.json").write_text(damaged)
    for ask in (state, open_reader, update):
        with pytest.raises(BrokenIndexError, match="cablesearch reindex"):
            ask(built)
    rebuild(built, [corpus])
    assert texts() == {"07VERITY1": "Dues rise.", "07VERITY2": "Ships wait."}


def test_an_index_of_another_version_is_an_error_until_it_is_rebuilt(built, corpus, texts):
    """It still remembers its sources."""
    kept = json.loads((built / "current.json").read_text())
    (built / "current.json").write_text(json.dumps(kept | {"format": 99, "more": 1}))
    with pytest.raises(BrokenIndexError, match=r"another version.*cablesearch reindex"):
        open_reader(built)
    rebuild(built)
    assert state(built).sources == (corpus,)


@pytest.mark.parametrize("missing", ["engine", "manifest.sqlite"])
def test_an_incomplete_generation_is_an_error_until_it_is_rebuilt(built, missing):
    path = state(built).generation / missing
    if path.is_dir():
        shutil.rmtree(path)
        with pytest.raises(BrokenIndexError, match="reindex"):
            open_reader(built)
    else:
        path.write_bytes(b"no database, but long enough for one" * 100)
        with pytest.raises(BrokenIndexError, match="reindex"):
            update(built)
        path.unlink()
        with pytest.raises(BrokenIndexError, match="reindex"):
            update(built)
    assert rebuild(built).cables == 2


def test_only_one_generation_remains(write, built):
    """Old ones are deleted, and what a killed build left behind."""
    assert _folders(built) == ["000001"]
    (built / "generations" / "000007" / "engine").mkdir(parents=True)
    write("1.html", "07VERITY1", "Dues rise again.")
    update(built)
    assert _folders(built) == ["000002"]
    rebuild(built)
    assert _folders(built) == ["000003"]
    assert sorted(path.name for path in built.iterdir()) == ["current.json", "generations", "lock"]


def test_an_update_leaves_the_old_generation_as_it_was(write, built, tmp_path):
    """Its files are shared by hard links, and never changed in place."""
    old = state(built).generation
    shutil.copytree(old, tmp_path / "copy", copy_function=os.link)
    before = {file.name: file.read_bytes() for file in (tmp_path / "copy" / "engine").iterdir()}
    write("1.html", "07VERITY1", "Dues rise again.")
    (built.parent / "corpus" / "2.html").unlink()
    update(built)
    assert {file.name: file.read_bytes() for file in (tmp_path / "copy" / "engine").iterdir()} == before


def test_a_reader_answers_from_its_generation(write, built, texts):
    """However many swaps there are, and although its files are deleted."""
    with open_reader(built) as reader:
        for number in range(3):
            write("1.html", "07VERITY1", f"Dues rise {number}.")
            update(built)
        rebuild(built)
        cable = reader.cable("07VERITY1")
        assert cable
        assert cable.paragraphs[0].text == "Dues rise."
        assert reader.size() == (2, 2)
        assert reader.frequency("text", "ship") == 1
    assert texts()["07VERITY1"] == "Dues rise 2."


def test_a_reader_opened_during_a_swap_takes_the_next_generation(write, built, monkeypatch, texts):
    """As when its generation is deleted before it is opened."""
    before = state(built)
    write("1.html", "07VERITY1", "Dues rise again.")
    update(built)
    states = iter([before])
    monkeypatch.setattr(
        "cablesearch.indexing.state", lambda folder: next(states, None) or generations.state(folder)
    )
    assert texts()["07VERITY1"] == "Dues rise again."


@pytest.mark.parametrize(
    "where",
    [
        "cablesearch.indexing.generations.sync",
        "cablesearch.indexing.generations.write_state",
        "cablesearch.indexing.destination.copy_engine",
        "cablesearch.indexing.generations.copy_manifest",
        "cablesearch.indexing.generations.create_generation",
    ],
)
def test_a_full_disk_leaves_the_old_index(write, built, texts, monkeypatch, where):
    """The error is one line, the old index stays, and nothing is left behind."""

    def full(*arguments, **options):
        raise OSError(errno.ENOSPC, "No space left on device")

    before = state(built)
    write("1.html", "07VERITY1", "Dues rise again.")
    monkeypatch.setattr(where, full)
    with pytest.raises(CablesearchError, match="full: the index is as it was") as raised:
        update(built)
    assert "\n" not in str(raised.value)
    monkeypatch.undo()
    assert state(built) == before
    assert _folders(built) == ["000001"]
    assert texts()["07VERITY1"] == "Dues rise."
    update(built)
    assert texts()["07VERITY1"] == "Dues rise again."


def test_an_interrupted_build_leaves_the_old_index(write, built, texts, monkeypatch):
    """Ctrl-C leaves the old index and nothing else."""

    def interrupt(now):
        if now.stage == "writing":
            raise KeyboardInterrupt

    write("1.html", "07VERITY1", "Dues rise again.")
    for workers in (0, 1):
        with pytest.raises(KeyboardInterrupt):
            update(built, progress=interrupt, workers=workers)
        assert _folders(built) == ["000001"]
        assert texts()["07VERITY1"] == "Dues rise."
    assert update(built).replaced == 1
