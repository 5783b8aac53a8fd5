"""Vectors and models that are not as they were written: what to do is said, and a build repairs them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cablesearch import (
    CablesearchError,
    build_vectors,
    check_index,
    fetch_model,
    open_index,
    vector_state,
)
from cablesearch.errors import NoVectorsError
from cablesearch.indexing import rebuild
from cablesearch.meaning.state import FILES
from tests.meaning.conftest import write_cables
from tests.meaning.tiny import write_model

BUILT = Callable[..., Path]


def vectors(folder: Path) -> Path:
    """Return the folder of an index's vectors."""
    [found] = (folder / "meaning" / "vectors").iterdir()
    return found


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in vectors(folder).iterdir()}


def garbage(file: Path) -> None:
    """Turn each bit of a file."""
    file.write_bytes(bytes(255 - byte for byte in file.read_bytes()))


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-3])


def turn_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 16
    file.write_bytes(content)


DAMAGES = pytest.mark.parametrize("damage", [garbage, cut, turn_a_bit, Path.unlink])


@DAMAGES
@pytest.mark.parametrize("name", [*FILES, "state.json"])
def test_damage_is_told_and_repaired(built: BUILT, name: str, damage: Callable[[Path], None]) -> None:
    folder = built()
    whole = contents(folder)
    with open_index(folder) as index:
        before = [(hit.paragraph.id, hit.score) for hit in index.search("atomic bombs", meaning=True)]
    damage(vectors(folder) / name)
    state = vector_state(folder)
    assert state.with_vectors == 0
    with open_index(folder) as index:
        for ask in (
            lambda: index.search("atomic bombs", meaning=True),
            lambda: index.similar("68ROME7", meaning=True),
            lambda: index.clusters("*"),
            lambda: index.explain("atomic bombs", meaning=True),
            lambda: index.explain_hit("atomic bombs", "68ROME7#1", meaning=True),
        ):
            with pytest.raises(NoVectorsError, match="cablesearch meaning build") as refused:
                ask()
            assert "\n" not in str(refused.value)
        assert index.search("herring").total == 1
    if (vectors(folder) / "state.json").exists():
        assert state.problem
        [(file, _)] = check_index(folder).vectors
        assert file == f"meaning/vectors/{vectors(folder).name}/{name}"
    build_vectors(folder)
    assert contents(folder) == whole
    assert check_index(folder).sound
    with open_index(folder) as index:
        assert [(hit.paragraph.id, hit.score) for hit in index.search("atomic bombs", meaning=True)] == before


def test_only_what_is_damaged_is_encoded_again(built: BUILT) -> None:
    folder = built()
    turn_a_bit(vectors(folder) / "numbers")
    assert build_vectors(folder).made == 1
    for damage in (garbage, cut, Path.unlink):
        for name in ("cables", "state.json"):
            damage(vectors(folder) / name)
            assert build_vectors(folder).made == 0
    garbage(vectors(folder) / "state.json")
    turn_a_bit(vectors(folder) / "numbers")
    assert build_vectors(folder).made == 1
    cut(vectors(folder) / "bits")
    assert build_vectors(folder).made == 1
    garbage(vectors(folder) / "numbers")
    assert build_vectors(folder).made == 6


def test_a_bit_that_turned_without_a_trace_is_found_by_a_check_and_by_a_build(built: BUILT) -> None:
    """As a disk does it: no time of a file tells."""
    folder = built()
    whole = contents(folder)
    file, record = vectors(folder) / "numbers", vectors(folder) / "state.json"
    turn_a_bit(file)
    os.utime(record)
    [(name, problem)] = check_index(folder).vectors
    assert (Path(name).name, problem) == ("numbers", "is not as it was written")
    assert not check_index(folder).damaged
    assert build_vectors(folder).made == 1
    assert contents(folder) == whole


def test_a_copy_of_an_index_answers(built: BUILT, tmp_path: Path) -> None:
    folder = built()
    shutil.copytree(folder, tmp_path / "copy", copy_function=shutil.copyfile)
    with open_index(tmp_path / "copy") as index:
        assert index.search("atomic bombs", meaning=True).hits


def test_vectors_of_another_index_are_not_taken_for_its_own(
    built: BUILT, model: Path, tmp_path: Path
) -> None:
    """The folder of the vectors of another one, whole, in the place of this one's."""
    folder = built(vectors=False)
    other = tmp_path / "other"
    texts = {
        "68ROME7": ("Embassy Rome", "FISH", ["Nothing.", "Cod."]),
        "69ROME8": ("Embassy Rome", "X", ["Ice."]),
    }
    rebuild(other, [write_cables(tmp_path / "more", texts)], engine="tantivy", workers=0)
    fetch_model(other, str(model))
    build_vectors(other)
    shutil.copytree(other / "meaning" / "vectors", folder / "meaning" / "vectors")
    with open_index(folder) as index:
        found = index.search("cod", meaning=True)
        assert (found.hits, found.without_vectors) == ((), 6)
    assert build_vectors(folder).made == 6


@pytest.mark.parametrize("damage", [garbage, cut, turn_a_bit])
@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_model_that_is_not_the_one_that_was_fetched_is_told(
    built: BUILT, name: str, damage: Callable[[Path], None], model: Path
) -> None:
    folder = built()
    damage(folder / "meaning" / "model" / name)
    with open_index(folder) as index, pytest.raises(CablesearchError, match="cablesearch meaning fetch"):
        index.search("salt", meaning=True)
    with pytest.raises(CablesearchError, match="cablesearch meaning fetch"):
        build_vectors(folder)
    assert check_index(folder).vectors == (("meaning/model", "is not as it was fetched"),)
    fetch_model(folder, str(model))
    with open_index(folder) as index:
        assert index.search("salt", meaning=True).hits


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "model.json"])
def test_a_model_without_a_file_is_told(built: BUILT, name: str) -> None:
    folder = built()
    (folder / "meaning" / "model" / name).unlink()
    with open_index(folder) as index, pytest.raises(CablesearchError, match="cablesearch meaning fetch"):
        index.search("salt", meaning=True)


def test_another_model_put_in_its_place_by_hand_is_told(built: BUILT, tmp_path: Path) -> None:
    """It would compare the vectors of one with those of the other."""
    folder = built()
    write_model(tmp_path / "other", seed=9)
    (tmp_path / "other" / "tiny.onnx").replace(folder / "meaning" / "model" / "model.onnx")
    with open_index(folder) as index, pytest.raises(NoVectorsError, match="not tiny as it was fetched"):
        index.search("salt", meaning=True)


@pytest.mark.parametrize("damage", [garbage, cut])
def test_a_damaged_card_of_a_model_is_told(built: BUILT, model: Path, damage: Callable[[Path], None]) -> None:
    folder = built()
    damage(folder / "meaning" / "model" / "model.json")
    assert check_index(folder).vectors == (("meaning/model/model.json", "is not as this version writes it"),)
    with (
        open_index(folder) as index,
        pytest.raises(NoVectorsError, match="cablesearch meaning fetch"),
    ):
        index.search("atomic bombs", meaning=True)
    fetch_model(folder, str(model))
    assert check_index(folder).sound
    with open_index(folder) as index:
        assert index.search("atomic bombs", meaning=True).hits
