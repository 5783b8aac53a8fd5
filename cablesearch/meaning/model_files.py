"""The files of a model, and whether they are those that were fetched."""

from __future__ import annotations

import hashlib
from pathlib import Path

from . import CARD, ModelCard
from .files import touched, vouch

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"  # beside the card


def digest_of_model(folder: Path) -> str:
    """Return what tells the model in a folder from every other one.

    Raises:
        OSError: a file cannot be read.
    """
    digest = hashlib.sha256()
    for name in (MODEL, TOKENIZER):
        with (folder / name).open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def is_as_fetched(folder: Path, card: ModelCard) -> bool:
    """Whether the files of a model are those of its card; they are only read if they were touched since.

    Raises:
        OSError: a file cannot be read.
    """
    if not touched((folder / MODEL, folder / TOKENIZER), folder / CARD):
        return True
    if digest_of_model(folder) != card.digest:
        return False
    vouch(folder / CARD)
    return True
