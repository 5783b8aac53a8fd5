"""Asking an index on a cluster by meaning: it says what is compared, the vectors are on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cablesearch import (
    Index,
    build_vectors,
    check_index,
    fetch_model,
    open_index,
    rebuild_index,
    update_index,
    vector_state,
)
from tests.engines.engines import URLS, cleaned, cluster
from tests.extras import require

require("numpy", "onnx", "onnxruntime", "opensearchpy", "sklearn", "tokenizers")
pytestmark = pytest.mark.skipif(not URLS, reason="no cluster is named in CLUSTER_URLS: make test-cluster")

QUESTIONS = (
    "atomic bombs crashed",
    "cost of salt",
    "atomic bombs origin:Rome",
    "atomic bombs NOT origin:Rome",
    'atomic bombs "secretary talked"',
    "atomic bombs (dark OR boat)",
    "vote date:1969",
    "vote origin:nowhere",
)


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    with cleaned():
        yield


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    from tests.meaning.conftest import write_cables

    return write_cables(tmp_path / "corpus")


@pytest.fixture
def folders(tmp_path: Path, corpus: Path) -> tuple[Path, Path]:
    """An index on the cluster and one on this machine, of the same cables, with vectors."""
    from tests.meaning.tiny import write_model

    model = write_model(tmp_path / "tiny")
    there, here = tmp_path / "there", tmp_path / "here"
    rebuild_index(there, [corpus], engine="opensearch", cluster=cluster("opensearch"), workers=0)
    rebuild_index(here, [corpus], engine="tantivy", workers=0)
    for folder in (there, here):
        fetch_model(folder, str(model))
        assert build_vectors(folder).paragraphs == 6
    return there, here


def asked(index: Index, question: str) -> list[tuple[str, float]]:
    found = index.search(question, meaning=True)
    return [(hit.paragraph.id, hit.score) for hit in found]


def test_it_answers_as_an_index_on_this_machine(folders: tuple[Path, Path]) -> None:
    there, here = folders
    with open_index(there) as index, open_index(here) as same:
        for question in QUESTIONS:
            assert asked(index, question) == asked(same, question)
            assert index.explain(question, meaning=True) == same.explain(question, meaning=True)
        assert asked(index, "atomic bombs crashed")[0][0] == "68COPENHAGEN3#1"
        for id in ("68COPENHAGEN3#1", "68ROME7"):
            found, expected = (one.similar(id, meaning=True) for one in (index, same))
            assert [hit.paragraph.id for hit in found] == [hit.paragraph.id for hit in expected]
        assert index.clusters("*", groups=2).as_dict() == same.clusters("*", groups=2).as_dict()
        [hit] = index.search("herring", meaning=True, limit=1)
        assert hit.paragraph.text[slice(*hit.highlights[0])] == "Herring and cod are sold."
    assert check_index(there).sound


def test_what_changed_since_is_told_and_then_made(folders: tuple[Path, Path], corpus: Path) -> None:
    from tests.meaning.conftest import write_cables

    there, _ = folders
    write_cables(corpus, {"69OSLO1": ("Embassy Oslo", "NEW", ["Nuclear weapons."])})
    update_index(there, f"fish={corpus}", workers=0)  # and all others are in another collection now
    with open_index(there) as index:
        found = index.search("atomic bombs collection:fish", meaning=True)
        assert (len(found.hits), found.without_vectors) == (6, 1)
        assert build_vectors(there).made == 1
        assert asked(index, "atomic bombs")[0][0] == "69OSLO1#1"
    assert vector_state(there).with_vectors == 7
