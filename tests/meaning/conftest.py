"""The tiny model, and an index whose paragraphs have vectors."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from cablesearch.indexing import rebuild

LIBRARIES = ("numpy", "onnx", "onnxruntime", "sklearn", "tokenizers")
if not all(map(find_spec, LIBRARIES)) and not os.environ.get("EVERY_TEST"):
    collect_ignore_glob = ["test_*.py"]  # they need the extra, and import it at once

CABLE = "FM {}\nTO SECSTATE WASHDC\n\n{}\n\nSUBJECT: {}\n\n{}\n"
TEXTS = {
    "68COPENHAGEN3": (
        "Embassy Copenhagen",
        "AN ACCIDENT",
        ["A B-52 with nuclear weapons fell.", "The arctic was dark."],
    ),
    "68ROME7": (
        "Embassy Rome",
        "THE SALT WORKS",
        ["Brine is dear.", "Herring and cod are sold. The secretary talked."],
    ),
    "69ROME9": (
        "Embassy Rome",
        "VOTES",
        ["The ballot is near. Nuclear arms are not debated.", "A boat left."],
    ),
}


def write_cables(folder: Path, texts: dict[str, tuple[str, str, list[str]]] = TEXTS) -> Path:
    folder.mkdir(exist_ok=True)
    for id, (origin, subject, paragraphs) in texts.items():
        numbered = "\n\n".join(f"{k}. (C) {text}" for k, text in enumerate(paragraphs, 1))
        sender = f"AM{origin.upper()}"
        page = CABLE.format(sender, "CONFIDENTIAL", subject, numbered)
        (folder / f"{id}.txt").write_text(page, "utf-8")
    return folder


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.meaning.tiny import write_model

    return write_model(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture
def built(tmp_path: Path, model: Path) -> Callable[..., Path]:
    """A function that writes an index, on an engine, puts the model into it, and makes its vectors."""

    def built(engine: str = "tantivy", *, vectors: bool = True) -> Path:
        from cablesearch import build_vectors, fetch_model

        folder = tmp_path / "index"
        rebuild(folder, [write_cables(tmp_path / "corpus")], engine=engine, workers=0)
        fetch_model(folder, str(model))
        if vectors:
            build_vectors(folder)
        return folder

    return built
