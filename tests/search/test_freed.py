"""An index that nobody closes is freed as soon as nobody refers to it."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest

from cablesearch.engines.contract import Reader
from cablesearch.engines.documents import documents
from cablesearch.model.cable import Cable, Paragraph
from cablesearch.search.index import Index
from tests.engines.engines import ENGINES, engine


def _opened(folder: Path, name: str) -> tuple[Index, weakref.ref[Reader]]:
    reader = engine(name).read(folder)
    return Index(folder, reader), weakref.ref(reader)


@pytest.fixture(params=ENGINES)
def name(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    with engine(request.param).write(tmp_path, fresh=True) as writer:
        cable = Cable(
            "07TEZGARA1", paragraphs=(Paragraph("07TEZGARA1#1", "1", "C", None, None, "Salt rises."),)
        )
        writer.add(cable, documents(cable))
    return str(request.param)


def test_a_forgotten_index_is_freed_at_once(name: str, tmp_path: Path) -> None:
    index, reader = _opened(tmp_path, name)
    assert index.search("salt*").hits[0].cable.id == "07TEZGARA1"
    assert index.facets("salt", "origin").total == 1
    gc.disable()
    try:
        del index
        assert reader() is None
    finally:
        gc.enable()


def test_hits_keep_what_they_read_from(name: str, tmp_path: Path) -> None:
    index, reader = _opened(tmp_path, name)
    [hit] = index.search("salt")
    del index
    gc.collect()
    assert reader()
    assert hit.paragraph.text == "Salt rises."
