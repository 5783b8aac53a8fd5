"""Vectors in files: what was committed counts, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from cablesearch.meaning.store import Store, StoredParagraph, StoreState, StoreWriter, compress
from tests.meaning.fakes import HashingEncoder

ENCODER = HashingEncoder()
FRESH = StoreState(ENCODER.card.digest, "2007 abc", "1.0", ENCODER.dimensions)


def paragraph(*texts: str) -> StoredParagraph:
    passages = tuple(compress((0, len(text)), ENCODER.encode(text)) for text in texts)
    return StoredParagraph(abs(hash(texts)) % 1_000_003, passages)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


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
    assert store.passages(0) == salt.passages
    assert store.passages(1) == ()
    assert store.find(salt.digest) == salt.passages
    assert store.find(12345678) is None
    assert store.state.size == sum((tmp_path / name).stat().st_size for name in store.state.sizes)


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


@pytest.mark.parametrize("other", ["model", "index", "version"])
def test_a_store_of_something_else_is_begun_anew(tmp_path: Path, other: str) -> None:
    with StoreWriter(tmp_path, FRESH) as writer:
        writer.append("A", 1, [paragraph("salt")])
        writer.commit(complete=True)
    changed = StoreState(
        **{"model": FRESH.model, "index": FRESH.index, "version": "1.0", "dimensions": 64} | {other: "x"}
    )
    with StoreWriter(tmp_path, changed) as writer:
        assert writer.state == changed


def test_a_reader_sees_what_was_there_when_it_was_opened(tmp_path: Path) -> None:
    with StoreWriter(tmp_path, FRESH) as writer:
        writer.append("A", 1, [paragraph("salt")])
        writer.commit()
        store = opened(tmp_path)
        writer.append("B", 1, [paragraph("fish")])
        writer.commit()
        assert store.cables == [("A", 1)]
        assert len(store.rows) == 1


@pytest.mark.parametrize("damage", ["{}", "[]", "", '{"format": 1}', '{"format": 99, "model": "x"}'])
def test_a_damaged_store_is_none(tmp_path: Path, damage: str) -> None:
    with StoreWriter(tmp_path, FRESH) as writer:
        writer.append("A", 1, [paragraph("salt")])
        writer.commit()
    (tmp_path / "state.json").write_text(damage)
    assert Store.open(tmp_path) is None


@pytest.mark.parametrize("name", ["rows", "bits", "numbers", "paragraphs", "cables"])
def test_a_file_that_is_cut_off_or_gone_is_noticed(tmp_path: Path, name: str) -> None:
    with StoreWriter(tmp_path, FRESH) as writer:
        writer.append("A", 1, [paragraph("salt")])
        writer.commit()
    file = tmp_path / name
    file.write_bytes(file.read_bytes()[:-1])
    assert Store.open(tmp_path) is None
    file.unlink()
    assert Store.open(tmp_path) is None
    assert json.loads((tmp_path / "state.json").read_text())["rows"] == 1


def test_an_open_store_outlives_its_folder(tmp_path: Path) -> None:
    with StoreWriter(tmp_path / "a", FRESH) as writer:
        writer.append("A", 1, [paragraph("salt")])
        writer.commit()
    store = opened(tmp_path / "a")
    if os.name == "posix":
        shutil.rmtree(tmp_path / "a")
    assert store.cables == [("A", 1)]
    assert len(store.numbers) == 1
