"""The encoder that runs an ONNX model."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from cablesearch import CablesearchError, fetch_model
from cablesearch.meaning import model_folder, read_card
from cablesearch.meaning.model import Encoder, load
from tests.meaning.tiny import DIMENSIONS


@pytest.fixture
def encoder(tmp_path: Path, model: Path) -> Encoder:
    fetch_model(tmp_path, str(model))
    return load(model_folder(tmp_path))


def test_texts_that_mean_alike_are_near(encoder: Encoder) -> None:
    plane, aircraft, salt = map(encoder.encode, ("plane crashed", "Aircraft wrecked", "price of salt"))
    assert encoder.dimensions == DIMENSIONS
    assert plane @ aircraft > 0.99
    assert plane @ salt < 0.5
    assert np.linalg.norm(salt) == pytest.approx(1)


@pytest.mark.parametrize("text", ["", " ", "\ud800", "word " * 2_000, "\0"])
def test_any_text_has_a_vector(encoder: Encoder, text: str) -> None:
    assert encoder.encode(text).shape == (DIMENSIONS,)


def test_no_more_of_a_text_is_read_than_the_card_says(encoder: Encoder) -> None:
    long = "salt " * encoder.card.max_tokens
    assert (encoder.encode(long) == encoder.encode(long + "plane " * 99)).all()


def test_a_vector_is_the_same_whatever_else_is_encoded_beside_it(encoder: Encoder) -> None:
    texts = ["salt price", "plane crashed on ice", "war", *("ballot " * k for k in range(1, 40))]
    alone = [encoder.encode(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert all((a == b).all() for a, b in zip(alone, pool.map(encoder.encode, texts), strict=True))


def test_without_a_model_the_error_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(CablesearchError, match="cablesearch meaning fetch"):
        load(model_folder(tmp_path))


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json"])
def test_damaged_files_are_named(tmp_path: Path, model: Path, file: str) -> None:
    fetch_model(tmp_path, str(model))
    (model_folder(tmp_path) / file).write_bytes(b"salt")
    with pytest.raises(CablesearchError, match=file) as caught:
        load(model_folder(tmp_path))
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(": cablesearch meaning fetch puts a model there")


@pytest.mark.parametrize("card", ["", "[]", "{}", '{"name": 1, "other": 2}'])
def test_a_damaged_card_is_none(tmp_path: Path, card: str) -> None:
    (tmp_path / "model.json").write_text(card)
    assert read_card(tmp_path) is None


def test_a_model_of_something_else_is_refused(tmp_path: Path, model: Path) -> None:
    import onnx

    other = tmp_path / "other"
    shutil.copytree(model, other)
    made = onnx.load(str(model / "tiny.onnx"))
    made.graph.input[0].name = "pixels"
    made.graph.node[0].input[1] = "pixels"
    onnx.save(made, str(other / "tiny.onnx"))
    with pytest.raises(CablesearchError, match="no model of sentences: it asks for pixels"):
        fetch_model(tmp_path, str(other))
    assert read_card(model_folder(tmp_path)) is None
