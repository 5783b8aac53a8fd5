"""A small corpus to index, and the texts that the index holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cablesearch.indexing import open_reader
from tests.indexing.pages import page


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def write(corpus: Path) -> Callable[..., Path]:
    """A function that writes a page: `write("a/1.html", "07VERITY1", "text of paragraph 1", ...)`."""

    def write(name: str, id: str, *texts: str, **facts: object) -> Path:
        file = corpus / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(id, *texts, **facts), "utf-8")  # type: ignore[arg-type]
        return file

    return write


@pytest.fixture
def texts(index: Path) -> Callable[[], dict[str, str]]:
    """A function that returns the text of each cable in the index, by its id."""

    def texts() -> dict[str, str]:
        with open_reader(index) as reader:
            cables = [reader.cable(id) for id in reader.cables()]
        return {cable.id: " / ".join(p.text for p in cable.paragraphs) for cable in cables if cable}

    return texts
