"""Builds of vectors: from nothing, after changes, and after a build that was killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from cablesearch import (
    CablesearchError,
    LockedError,
    NoIndexError,
    VectorProgress,
    VectorReport,
    build_vectors,
    fetch_model,
    vector_state,
)
from cablesearch.indexing import open_generation, rebuild, state, update
from cablesearch.indexing.manifest_reading import read_texts
from cablesearch.meaning import build as building
from cablesearch.meaning import model_folder, write_card
from cablesearch.meaning import store as storing
from cablesearch.meaning.store import Store
from tests.meaning.conftest import TEXTS, write_cables
from tests.meaning.fakes import HashingEncoder
from tests.meaning.tiny import write_model

BUILT = Callable[..., Path]
MANY = {
    f"68ROME{number}": (
        "Embassy Rome",
        f"SUBJECT {number}",
        [f"Salt {number} is dear. " * (number % 40 + 1), f"Fish number {number}."],
    )
    for number in range(1, 31)
}


def make(folder: Path, encoder: HashingEncoder | None = None, workers: int = 2) -> VectorReport:
    """Make the vectors of an index by an encoder."""
    encoder = encoder or HashingEncoder()
    model_folder(folder).mkdir(parents=True, exist_ok=True)
    write_card(model_folder(folder), encoder.card)
    reader, now = open_generation(folder)
    with reader:
        return building.build(folder, reader, read_texts(now.generation), now, encoder, workers)


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of vectors, but for the names of folders, and of the state of the index."""
    [store] = (folder / "meaning" / "vectors").iterdir()
    found = {file.name: file.read_bytes() for file in store.iterdir()}
    described = json.loads(found["state.json"])
    del described["index"], described["checksum"]
    return found | {"state.json": json.dumps(described).encode()}


def forget(folder: Path) -> None:
    """Delete all vectors of an index."""
    shutil.rmtree(folder / "meaning" / "vectors")


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    rebuild(folder, [write_cables(tmp_path / "corpus", MANY)], engine="whoosh", workers=0)
    return folder


def test_every_paragraph_has_vectors(built: BUILT) -> None:
    folder = built()
    now = vector_state(folder)
    assert (now.model, now.paragraphs, now.with_vectors) == ("tiny", 6, 6)
    assert now.size == sum(len(content) for name, content in contents(folder).items() if name != "state.json")


@pytest.mark.parametrize("workers", [1, 5])
def test_the_number_of_workers_changes_nothing(many: Path, workers: int) -> None:
    make(many, workers=3)
    before = contents(many)
    forget(many)
    make(many, workers=workers)
    assert contents(many) == before


def test_a_second_build_has_nothing_to_do(many: Path) -> None:
    first, second = make(many), make(many)
    assert first.made == first.passages == 60
    assert (second.made, second.passages, second.size) == (0, 60, first.size)


def test_after_an_update_only_what_is_new_is_encoded(many: Path, tmp_path: Path) -> None:
    make(many)
    changed = MANY | {
        "68ROME5": ("Embassy Rome", "SUBJECT 5", [MANY["68ROME5"][2][0], "Grain is new."]),
        "69ROME99": ("Embassy Rome", "NEW", ["Coal."]),
    }
    del changed["68ROME7"]
    (tmp_path / "corpus" / "68ROME7.txt").unlink()
    update(many, [write_cables(tmp_path / "corpus", changed)])
    assert vector_state(many).with_vectors == 56  # without two cables
    read: list[str] = []
    make(many, HashingEncoder(watch=read.append))
    assert sorted(read) == ["NEW. Coal.", "SUBJECT 5. Grain is new."]
    incremental = contents(many)
    forget(many)
    make(many)
    assert contents(many) == incremental  # as if it had been made from nothing
    assert vector_state(many).with_vectors == 59


def test_a_build_is_not_disturbed_by_a_new_state_of_the_index(many: Path, tmp_path: Path) -> None:
    """It goes on with the state that it began with; the next one makes what is new."""
    more = MANY | {"69ROME99": ("Embassy Rome", "NEW", ["Coal."])}
    once: Iterator[None] = iter([None])

    def watch(text: str) -> None:
        if next(once, text) is None:
            update(many, [write_cables(tmp_path / "corpus", more)])

    report = make(many, HashingEncoder(watch=watch), workers=1)
    assert report.paragraphs == 60
    assert make(many).made == 1


def test_progress_ends_with_all_paragraphs(built: BUILT) -> None:
    folder = built(vectors=False)
    told: list[VectorProgress] = []
    build_vectors(folder, progress=told.append)
    assert [(one.done, one.total) for one in (told[0], told[-1])] == [(0, 6), (6, 6)]
    assert told[-1].made == 6


def test_another_model_makes_other_vectors(built: BUILT, tmp_path: Path) -> None:
    folder = built()
    before = contents(folder)
    fetch_model(folder, str(write_model(tmp_path / "other", seed=2)))
    assert vector_state(folder).with_vectors == 0
    assert build_vectors(folder).made == 6
    assert contents(folder)["numbers"] != before["numbers"]


class Killed(BaseException):
    """What stands for the end of the process."""


def kill_at(step: int, monkeypatch: pytest.MonkeyPatch) -> HashingEncoder:
    """Make the process end at some step of a build: at an encoding, a write, or a part of a commit."""
    steps = iter(range(step))

    def count(do: Callable[..., object]) -> Callable[..., object]:
        def counted(*args: object) -> object:
            if next(steps, None) is None:
                raise Killed
            return do(*args)

        return counted

    monkeypatch.setattr(storing.StoreWriter, "_write", count(storing.StoreWriter._write))
    monkeypatch.setattr(storing.os, "fsync", count(os.fsync))
    return HashingEncoder(watch=count(lambda text: None))


def test_a_build_goes_on_after_it_was_killed_at_any_step(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "COMMITTED", 7)
    make(many)
    whole = contents(many)
    for step in range(1, 241, 12):
        forget(many)
        with monkeypatch.context() as patched, pytest.raises(Killed):
            make(many, kill_at(step, patched))
        with monkeypatch.context() as patched, suppress(Killed):  # and once more, if so much is left
            make(many, kill_at(step // 2, patched))
        make(many)
        assert contents(many) == whole


KILLED = """
import sys
from pathlib import Path
from cablesearch.meaning import build
from tests.meaning.fakes import HashingEncoder
from tests.meaning.test_build import make

build.COMMITTED = 5
read = []
def watch(text):
    read.append(text)
    print(len(read), flush=True)
make(Path(sys.argv[1]), HashingEncoder(watch=watch), workers=1)
"""


@pytest.mark.skipif(os.name == "nt", reason="has no SIGKILL")
def test_a_killed_process_leaves_what_it_had_committed_and_no_lock(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, many], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        while process.stdout.readline().strip() != "20":
            pass
        process.send_signal(signal.SIGKILL)
    [store] = (many / "meaning" / "vectors").iterdir()
    found = Store.open(store)
    assert found
    assert not found.state.complete
    assert 10 <= found.state.rows <= 25
    assert make(many).made == 60 - found.state.rows
    broken = contents(many)
    forget(many)
    make(many)
    assert contents(many) == broken


def test_two_builds_at_once_are_one_too_many(many: Path) -> None:
    def watch(text: str) -> None:
        with pytest.raises(LockedError, match="wait for it"):
            make(many)

    make(many, HashingEncoder(watch=watch), workers=1)


def test_what_is_missing_is_said_with_the_remedy(tmp_path: Path, many: Path) -> None:
    with pytest.raises(CablesearchError, match="cablesearch meaning fetch"):
        build_vectors(many)
    with pytest.raises(NoIndexError):
        vector_state(tmp_path / "nowhere")
    with pytest.raises(CablesearchError, match="name 1 or more"):
        build_vectors(many, workers=0)
    assert vector_state(many).model is None


def test_the_size_is_estimated_before(built: BUILT) -> None:
    folder = built(vectors=False)
    before = vector_state(folder)
    build_vectors(folder)
    after = vector_state(folder)
    assert before.with_vectors == before.size == 0
    assert after.size * 0.8 < after.size_of_all < after.size * 1.5


def test_cables_without_text_or_words_are_no_obstacle(tmp_path: Path) -> None:
    texts = {**TEXTS, "69OSLO1": ("Embassy Oslo", "", ["."]), "69OSLO2": ("Embassy Oslo", "X", [])}
    folder = tmp_path / "index"
    rebuild(folder, [write_cables(tmp_path / "corpus", texts)], engine="whoosh", workers=0)
    assert make(folder).paragraphs == state(folder).paragraphs
