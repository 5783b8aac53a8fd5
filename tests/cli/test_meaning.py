"""The commands that ask by meaning, on an index with the vectors of a tiny model."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.extras import require

if TYPE_CHECKING:
    from .conftest import Answer

require("numpy", "onnx", "onnxruntime", "sklearn", "tokenizers")

Run = Callable[..., "Answer"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.meaning.tiny import write_model

    return write_model(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture
def own(cablesearch: Run, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line, on an index of its own without a model."""
    monkeypatch.setenv("CABLESEARCH_INDEX", str(tmp_path / "own"))
    cablesearch("index", corpus)
    return cablesearch


@pytest.fixture
def ready(own: Run, model: Path) -> Run:
    """The command line, on an index with vectors."""
    assert own("meaning", "fetch", model).out == "the model tiny is there; next: cablesearch meaning build\n"
    done = own("meaning", "build")
    assert done.err.startswith(
        "cablesearch: up to 6 paragraphs to encode, less than a minute; all vectors take"
    )
    assert done.out.startswith("6 paragraphs with vectors by tiny\n  6 passages encoded in ")
    return own


def test_from_nothing_each_step_says_the_next(own: Run, model: Path, tmp_path: Path) -> None:
    assert own("meaning").out == "no model yet: cablesearch meaning fetch\n"
    assert own("--meaning", "salt") == (
        2,
        "",
        "cablesearch: there is no model here to compare meanings with: cablesearch meaning fetch\n",
    )
    assert own("meaning", "build").err.endswith("cablesearch meaning fetch\n")
    own("meaning", "fetch", model)
    assert "0 of 6 have vectors\n" in own("meaning").out
    assert "the others: cablesearch meaning build; all take about" in own("meaning").out
    assert own("--meaning", "salt").err == (
        f"cablesearch: no vectors to compare meanings by in {tmp_path / 'own'}:"
        " cablesearch meaning build makes them\n"
    )
    own("meaning", "build")
    assert "6 of 6 have vectors\n" in own("meaning").out
    assert "1 nearest in meaning" not in own("--meaning", "brine").out


def test_no_model_is_put_where_no_index_is(own: Run, model: Path, tmp_path: Path) -> None:
    refused = own("meaning", "fetch", model, "--index", tmp_path / "typo")
    assert refused.status == 2
    assert "cablesearch index PATH builds one" in refused.err
    assert not (tmp_path / "typo").exists()


def test_a_question_in_other_words(ready: Run) -> None:
    found = ready("--meaning", "cost", "of", "brine", "--limit", "2")
    assert (found.status, found.err) == (0, "")
    assert found.out.startswith("07TEZGARA5#1  2007-01-08")
    assert found.out.endswith("the 2 nearest in meaning; next: --offset 2\n")
    assert ready("herring", "--meaning", "origin:Ostrel", "--limit", "1").out.startswith("06OSTREL12#")
    assert ready("--origin", "Ostrel", "--meaning", "--limit", "1", "cod").out.startswith("06OSTREL12#")


def test_as_json(ready: Run) -> None:
    found = json.loads(ready("--meaning", "brine", "--limit", "1", "--format", "json").out)
    assert (found["total"], found["by_meaning"], found["without_vectors"]) == (None, True, 0)
    [[start, end]] = found["hits"][0]["highlights"]
    assert "salt" in found["hits"][0]["text"][start:end]


def test_by_cable(ready: Run) -> None:
    out = ready("--meaning", "brine", "--group", "--per-cable", "1").out
    assert out.count("\n\n") == 3


def test_what_does_not_go_with_it_is_refused(ready: Run) -> None:
    assert "order of its own" in ready("--meaning", "salt", "--sort", "date").err
    assert "leave --count out" in ready("--meaning", "salt", "--count").err
    assert "write some words, not in quotes" in ready("--meaning", '"salt"').err
    assert ready("meaning", "build", "somewhere").err == (
        "cablesearch: build takes no somewhere: only fetch takes the source of a model\n"
    )
    assert "no folder, and no name on a hub" in ready("meaning", "fetch", "nowhere").err
    assert ready("meaning", "make").status == 2


def test_it_is_offered_where_no_paragraph_has_every_word(ready: Run) -> None:
    offer = "to find what is meant, whatever the words: --meaning\n"
    assert ready("herring", "brine").err.endswith(f"; {offer}")
    some = ready("salt", "brine")
    assert "No paragraph has every word" in some.out
    assert some.err == f"cablesearch: {offer}"
    assert ready("salt").err == ""
    assert "--meaning" not in ready("origin:Nowhere").err
    assert ready("salt", "brine", "--format", "json").err == ""
    assert ready("--meaning", "brine", "origin:Nowhere").err == (
        "cablesearch: nothing found: no paragraph is left to compare,"
        " so narrow the question less, or lower --offset\n"
    )


def test_without_vectors_nothing_is_offered(own: Run) -> None:
    assert own("salt", "brine").err == ""
    assert "--meaning" not in own("herring", "brine").err


def test_explanations(ready: Run) -> None:
    assert ready("explain", "--meaning", "brine", "origin:Ostrel").out == (
        'compared by meaning: "brine"\nwith paragraphs with\n  origin: "ostrel"\n'
        "these are 3 with vectors, by the model tiny\n"
    )
    assert ready("explain", "--meaning", "brine", "--hit", "06OSTREL12#1").out.startswith(
        "06OSTREL12#1 scores 0."
    )


def test_what_means_alike(ready: Run) -> None:
    assert ready("similar", "07TEZGARA5#3", "--meaning", "--limit", "1").out.endswith(
        "the one most like it\n"
    )


def test_groups(ready: Run) -> None:
    out = ready("clusters", "--groups", "2").out
    assert out.endswith("6 paragraphs with vectors in 2 groups\n")
    found = json.loads(ready("clusters", "--groups", "2", "--format", "json").out)
    assert sum(group["paragraphs"] for group in found["groups"]) == found["total"] == 6
    assert ready("clusters", "origin:nowhere").status == 1
    assert "fewer than two" in ready("clusters", "Élysée").err
    assert ready("clusters", "--groups", "1").status == 2
    assert len(ready("clusters", "--groups", "2", "--format", "csv").out.splitlines()) == 3


def test_what_is_new_has_no_vectors_yet(ready: Run, tmp_path: Path) -> None:
    (tmp_path / "09OSTREL8.txt").write_text(
        "FM AMEMBASSY OSTREL\nTO SECSTATE WASHDC\n\nSECRET\n\nSUBJECT: BRINE\n\n1. (C) Brine is dear.\n"
    )
    ready("index", tmp_path / "09OSTREL8.txt")
    out = ready("--meaning", "brine").out
    assert "09OSTREL8" not in out
    assert out.endswith(
        "the 6 nearest in meaning; 1 paragraph not compared, without vectors yet:\n"
        "cablesearch meaning build\n"
    )
    assert ready("--meaning", "brine", "id:09OSTREL8").err == (
        "cablesearch: nothing found (1 without vectors yet: cablesearch meaning build)\n"
    )
    ready("meaning", "build")
    assert ready("--meaning", "brine", "dear").out.startswith("09OSTREL8#1")


def test_a_collection_that_is_renamed_is_asked_as_before(
    ready: Run, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ready("--meaning", "brine")
    ready("index", f"fish={corpus}")
    assert ready("--meaning", "brine") == before
    assert ready("--meaning", "brine", "collection:fish") == before


def test_damaged_vectors_are_one_line_and_are_repaired(ready: Run, tmp_path: Path) -> None:
    assert ready("check").status == 0
    [file] = (tmp_path / "own" / "meaning" / "vectors").glob("*/numbers")
    file.write_bytes(bytes(file.stat().st_size))
    line = (
        "the vectors cannot be used (numbers is not as it was written):"
        " cablesearch meaning build repairs them\n"
    )
    assert ready("--meaning", "brine") == (2, "", f"cablesearch: {line}")
    assert ready("clusters").err == f"cablesearch: {line}"
    assert ready("similar", "07TEZGARA5#3", "--meaning").err == f"cablesearch: {line}"
    assert " ".join(ready("meaning").out.split()).endswith(line.strip())
    checked = ready("check")
    assert checked.status == 2
    assert f"  meaning/vectors/{file.parent.name}/numbers is not as it was written\n" in checked.out
    assert "meaning build" in checked.out
    assert "reindex" not in checked.out
    assert json.loads(ready("check", "--format", "json").out)["sound"] is False
    assert "passages encoded" in ready("meaning", "build").out
    assert ready("check").status == 0
    assert ready("--meaning", "brine", "--limit", "1").status == 0
