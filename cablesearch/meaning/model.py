"""A model that makes vectors of texts: an ONNX file and its tokenizer, in a folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

from ..errors import CablesearchError, NoVectorsError
from . import ModelCard, read_card
from .model_files import MODEL, TOKENIZER, is_as_fetched

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Vector: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float32]]


class Encoder(Protocol):
    """Makes vectors of texts. Several threads may ask it at once.

    Attributes:
        card: which model it is.
        dimensions: how many numbers a vector has: a multiple of 8.
    """

    @property
    def card(self) -> ModelCard: ...
    @property
    def dimensions(self) -> int: ...
    def encode(self, text: str) -> Vector:
        """Return the vector of a text, of length 1; always the same, whatever else is encoded beside it."""


def load(folder: Path) -> Encoder:
    """Return the encoder of the model in a folder.

    Raises:
        NoVectorsError: there is none.
        CablesearchError: it is damaged, or no model of sentences.
    """
    card = read_card(folder)
    if not card:
        raise NoVectorsError("there is no model here to compare meanings with: cablesearch meaning fetch")
    encoder = OnnxEncoder(folder, card)  # which names the file that cannot be read at all
    if not is_as_fetched(folder, card):
        raise NoVectorsError(
            f"the model in {folder} is not {card.name} as it was fetched:"
            " cablesearch meaning fetch puts it there again"
        )
    return encoder


class OnnxEncoder:
    """An encoder that runs an ONNX model: the mean of what it makes of the pieces of a text.

    Texts are encoded one by one. A quantised model scales what it computes by the largest number in a batch,
    so a text's vector would depend on the texts beside it.
    """

    def __init__(self, folder: Path, card: ModelCard) -> None:
        self.card = card
        self._tokenizer = _tokenizer(folder / TOKENIZER, card.max_tokens)
        self._session = _session(folder / MODEL)
        self._inputs = [given.name for given in self._session.get_inputs()]
        if unknown := {*self._inputs} - {"input_ids", "attention_mask", "token_type_ids"}:
            raise CablesearchError(
                f"{card.name} is no model of sentences: it asks for {', '.join(sorted(unknown))}"
            )
        self.dimensions = len(self.encode("a"))
        if self.dimensions % 8:
            raise CablesearchError(
                f"{card.name} makes vectors of {self.dimensions} numbers: no multiple of 8"
            )

    def encode(self, text: str) -> Vector:
        ids = self._tokenizer.encode(text.encode("utf-8", "replace").decode()).ids
        if not ids:  # of a tokenizer that adds nothing to a text without words
            return np.zeros(self.dimensions, dtype=np.float32)
        tokens = np.array([ids], dtype=np.int64)
        ones = np.ones_like(tokens)
        known = {"input_ids": tokens, "attention_mask": ones, "token_type_ids": np.zeros_like(tokens)}
        [output, *_] = self._session.run(None, {name: known[name] for name in self._inputs})
        found = np.asarray(output, dtype=np.float32)
        pooled: Vector = found.reshape(-1, found.shape[-1]).mean(axis=0)
        length = float(np.linalg.norm(pooled))
        return pooled / np.float32(length) if length > 0 else pooled


def _tokenizer(file: Path, max_tokens: int) -> Tokenizer:
    from tokenizers import Tokenizer

    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # else it warns of processes that fork
    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as error:  # its only type
        raise _damaged(file, "a tokenizer", error) from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


def _session(file: Path) -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # a build has threads of its own
    options.log_severity_level = 3
    try:
        return InferenceSession(file, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its errors have no type in common
        raise _damaged(file, "an ONNX model", error) from error


def _damaged(file: Path, kind: str, error: Exception) -> CablesearchError:
    reason = " ".join(str(error).split())[:200]
    return CablesearchError(
        f"{file} cannot be read as {kind} ({reason}): cablesearch meaning fetch puts a model there"
    )
