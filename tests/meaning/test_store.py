"""Vectors in files: what was committed counts, and nothing else."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cablesearch.meaning import state
from cablesearch.meaning.files import digest_of
from cablesearch.meaning.state import FILES, StoreState, damage, first_damage
from cablesearch.meaning.store import Store, StoredParagraph, StoreWriter, compress
from tests.meaning.fakes import HashingEncoder

ENCODER = HashingEncoder()
FRESH = StoreState(ENCODER.card.digest, "2007 abc", "1.0", ENCODER.dimensions)


def paragraph(*texts: str) -> StoredParagraph:
    passages = tuple(compress((0, len(text)), ENCODER.encode(text)) for text in texts)
    return StoredParagraph(abs(hash(texts)) % 1_000_003, passages)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


PARAGRAPHS = [paragraph("salt is dear"), paragraph("so is fish"), paragraph("reform"), paragraph("herring")]


def write(folder: Path, *texts: str) -> StoreState:
    """Write a store of two cables, each with two paragraphs of one passage."""
    paragraphs = [paragraph(text) for text in texts] or PARAGRAPHS
    with StoreWriter(folder, FRESH) as writer:
        for number in (0, 2):
            writer.append(f"07TEZGARA{number}", number, paragraphs[number : number + 2])
        writer.commit(complete=True)
    return writer.state


def opened(folder: Path) -> Store:
    store = Store.open(folder)
    assert store
    return store


def test_what_was_appended_is_read(tmp_path: Path) -> None:
    salt = paragraph("salt is dear", "so is fish")
    with StoreWriter(tmp_path, FRESH) as writer:
        writer.append("07TEZGARA5", 11, [salt, paragraph(), paragraph("reform")])
        writer.append("\udc80 odd\nid", -2, [])
        writer.commit(complete=True)
    store = opened(tmp_path)
    assert store.cables == [("07TEZGARA5", 11), ("\udc80 odd\nid", -2)]
    assert store.state.complete
    assert (store.state.paragraphs, store.state.rows) == (3, 3)
    assert store.paragraphs["ordinal"].tolist() == [0, 1, 2]
    assert store.rows["paragraph"].tolist() == [0, 0, 2]
    assert store.find(salt.digest) == salt
    assert store.find(paragraph().digest) == paragraph()
    assert store.find(12345678) is None
    assert store.state.size == sum((tmp_path / name).stat().st_size for name in store.state.files)


def test_numbers_are_near_to_what_they_were_made_of() -> None:
    vector = ENCODER.encode("the price of salt")
    stored = compress((0, 5), vector)
    numbers = np.frombuffer(stored.numbers, np.int8).astype(np.float32) * stored.scale
    assert np.abs(numbers - vector).max() < 0.003
    assert np.unpackbits(np.frombuffer(stored.bits, np.uint8)).tolist() == (vector > 0).tolist()
    nothing = compress((0, 0), np.zeros(64, np.float32))
    assert set(nothing.numbers) == {0}


def test_an_empty_store_can_be_read(tmp_path: Path) -> None:
    with StoreWriter(tmp_path, FRESH) as writer:
        writer.commit(complete=True)
    store = opened(tmp_path)
    assert store.cables == []
    assert len(store.paragraphs) == len(store.rows) == len(store.bits) == len(store.numbers) == 0
    assert store.find(1) is None


def test_what_was_not_committed_does_not_count_and_is_written_over(tmp_path: Path) -> None:
    broken, whole = tmp_path / "broken", tmp_path / "whole"
    with StoreWriter(broken, FRESH) as writer:
        writer.append("A", 1, [paragraph("salt")])
        writer.commit()
        writer.append("B", 2, [paragraph("fish", "cod")])  # and then it is killed
    assert opened(broken).cables == [("A", 1)]
    for folder, begun in ((broken, 1), (whole, 0)):
        with StoreWriter(folder, FRESH) as writer:
            assert writer.state.cables == begun
            for id in "ABC"[begun:]:
                writer.append(id, 3, [paragraph(id)] if id != "A" else [paragraph("salt")])
            writer.commit(complete=True)
    assert [id for id, _ in opened(broken).cables] == ["A", "B", "C"]
    assert contents(broken).keys() == contents(whole).keys()
    for name in ("rows", "bits", "numbers", "paragraphs"):
        assert contents(broken)[name] == contents(whole)[name]


@pytest.mark.parametrize("other", ["model", "index", "recipe"])
def test_a_store_of_something_else_is_begun_anew(tmp_path: Path, other: str) -> None:
    folder = tmp_path / "a"
    with StoreWriter(folder, FRESH) as writer:
        writer.append("A", 1, [paragraph("salt")])
        writer.commit(complete=True)
    changed = replace(FRESH, **{other: "x"})
    with StoreWriter(folder, changed) as writer:
        assert writer.state == changed
        assert (folder / "numbers").stat().st_size == 0


def test_a_reader_sees_what_was_there_when_it_was_opened(tmp_path: Path) -> None:
    with StoreWriter(tmp_path, FRESH) as writer:
        writer.append("A", 1, [paragraph("salt")])
        writer.commit()
        store = opened(tmp_path)
        writer.append("B", 1, [paragraph("fish")])
        writer.commit()
        assert store.cables == [("A", 1)]
        assert len(store.rows) == 1


@pytest.mark.parametrize(
    "damage", ["{}", "[]", "", '{"format": 1}', '{"format": 99, "model": "x"}', "[" * 9_999]
)
def test_a_damaged_store_is_none(tmp_path: Path, damage: str) -> None:
    write(tmp_path)
    (tmp_path / "state.json").write_text(damage)
    assert Store.open(tmp_path) is None


def test_a_state_that_was_edited_is_none(tmp_path: Path) -> None:
    write(tmp_path)
    file = tmp_path / "state.json"
    file.write_text(file.read_text().replace('"rows": 4', '"rows": 3'))
    assert Store.open(tmp_path) is None


NAMES = pytest.mark.parametrize("name", FILES)


@NAMES
def test_a_file_that_is_cut_off_or_gone_is_noticed(tmp_path: Path, name: str) -> None:
    written = write(tmp_path)
    file = tmp_path / name
    file.write_bytes(file.read_bytes()[:-1])
    assert [*damage(tmp_path, written)] == [(name, "is cut off")]
    assert Store.open(tmp_path) is None
    file.unlink()
    assert [*damage(tmp_path, written)] == [(name, "is missing")]
    assert Store.open(tmp_path) is None


@NAMES
def test_other_bytes_in_a_file_are_noticed(tmp_path: Path, name: str) -> None:
    written = write(tmp_path)
    file = tmp_path / name
    file.write_bytes(bytes(byte ^ 255 for byte in file.read_bytes()))
    assert first_damage(tmp_path, written) == (name, "is not as it was written")
    assert Store.open(tmp_path) is None


@NAMES
def test_a_file_of_another_store_is_noticed_however_old_it_is(tmp_path: Path, name: str) -> None:
    write(tmp_path / "other", "brine is cheap", "who knows", "reform", "cod")
    for folder in (tmp_path / "other").iterdir():
        os.utime(folder, (0, 0))
    written = write(tmp_path / "a")
    shutil.copyfile(tmp_path / "a" / name, tmp_path / "kept")
    (tmp_path / "other" / name).replace(tmp_path / "a" / name)
    same = (tmp_path / "kept").read_bytes() == (tmp_path / "a" / name).read_bytes()
    assert (first_damage(tmp_path / "a", written) is None) == same


def test_files_that_nobody_touched_are_compared_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy is compared when it is first opened, and then no more."""
    write(tmp_path / "a")
    shutil.copytree(tmp_path / "a", tmp_path / "b", copy_function=shutil.copyfile)
    os.utime(tmp_path / "b" / "numbers", (2_000_000_000, 2_000_000_000))
    read: list[str] = []

    def counted(file: Path, size: int) -> object:
        read.append(file.name)
        return digest_of(file, size)

    monkeypatch.setattr(state, "digest_of", counted)
    later = 2_000_000_001
    monkeypatch.setattr(state, "vouch", lambda record: os.utime(record, (later, later)))
    assert opened(tmp_path / "b").cables == opened(tmp_path / "a").cables
    assert {*read} == {*FILES}
    read.clear()
    assert opened(tmp_path / "b")
    assert read == []


def test_what_is_sound_of_a_damaged_store_is_taken(tmp_path: Path) -> None:
    """Whatever file is damaged, and however, the paragraphs of other places are still found."""
    written = write(tmp_path / "a")
    kept = {name: (tmp_path / "a" / name).read_bytes() for name in FILES}
    for name in ("paragraphs", "rows", "bits", "numbers"):
        size = len(kept[name])
        for content, lost in (
            (kept[name][: size // 2] + bytes(255 - byte for byte in kept[name][size // 2 :]), 2),
            (kept[name][: size // 2], 2),
            (b"\xff" * size, 4),
            (b"", 4),
        ):
            (tmp_path / "a" / name).write_bytes(content)
            store = Store(tmp_path / "a", written)
            found = [store.find(one.digest) for one in PARAGRAPHS]
            assert found == [*PARAGRAPHS[: 4 - lost], *[None] * lost]
        (tmp_path / "a" / name).write_bytes(kept[name])


@pytest.mark.parametrize("name", ["state.json", "numbers"])
def test_a_damaged_store_is_put_aside_and_begun_anew(tmp_path: Path, name: str) -> None:
    write(tmp_path / "a")
    (tmp_path / "a" / name).write_bytes(b"x")
    with StoreWriter(tmp_path / "a", FRESH) as writer:
        assert writer.state == FRESH
    [aside] = tmp_path.glob("a.*.damaged")
    assert {file.name for file in aside.iterdir()} == {*FILES, "state.json"}


def test_an_open_store_outlives_its_folder(tmp_path: Path) -> None:
    with StoreWriter(tmp_path / "a", FRESH) as writer:
        writer.append("A", 1, [paragraph("salt")])
        writer.commit()
    store = opened(tmp_path / "a")
    if os.name == "posix":
        shutil.rmtree(tmp_path / "a")
    assert store.cables == [("A", 1)]
    assert len(store.numbers) == 1
