"""Searching by meaning, on an index with the vectors of a tiny model."""

from __future__ import annotations

import gc
import pickle
import shutil
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import pytest

from cablesearch import CablesearchError, Index, QueryError, Results, build_vectors, fetch_model, open_index
from cablesearch.indexing import rebuild, update
from cablesearch.meaning import nearest
from cablesearch.meaning.chunks import chunks, passage
from cablesearch.meaning.model import load
from cablesearch.meaning.store import compress
from tests.meaning.conftest import TEXTS, write_cables
from tests.meaning.tiny import KINDS, write_model

BUILT = Callable[..., Path]


def ids(results: Results) -> list[str]:
    return [hit.paragraph.id for hit in results]


def ask(index: Index, query: str, limit: int = 10, **filters: str) -> list[str]:
    return ids(index.search(query, meaning=True, limit=limit, filters=filters))


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_question_in_other_words_finds_its_paragraph(built: BUILT, engine: str) -> None:
    with open_index(built(engine)) as index:
        assert not index.search("atomic bombs crashed").total
        assert ask(index, "atomic bombs crashed")[0] == "68COPENHAGEN3#1"
        assert ask(index, "cost of salt", 1) == ["68ROME7#1"]


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_fields_phrases_and_operators_say_what_is_compared(built: BUILT, engine: str) -> None:
    with open_index(built(engine)) as index:
        assert ask(index, "atomic bombs origin:Rome")[0] == "69ROME9#1"
        assert set(ask(index, "atomic bombs origin:Rome")) == {
            "68ROME7#1",
            "68ROME7#2",
            "69ROME9#1",
            "69ROME9#2",
        }
        assert ask(index, "atomic bombs", origin="Rome")[0] == "69ROME9#1"
        assert ask(index, "atomic bombs NOT origin:Rome") == ["68COPENHAGEN3#1", "68COPENHAGEN3#2"]
        assert ask(index, 'atomic bombs "secretary talked"') == ["68ROME7#2"]
        assert ask(index, "atomic bombs +dark") == ["68COPENHAGEN3#2"]
        assert sorted(ask(index, "atomic bombs (dark OR boat)")) == ["68COPENHAGEN3#2", "69ROME9#2"]
        assert sorted(ask(index, "atomic bombs id:68ROME7")) == ["68ROME7#1", "68ROME7#2"]
        assert ask(index, "atomic bombs origin:nowhere") == []


def test_a_question_has_words(built: BUILT) -> None:
    with open_index(built()) as index:
        for query in ("origin:Rome", '"salt works"', "*", "NOT salt"):
            with pytest.raises(QueryError, match="write some words"):
                index.search(query, meaning=True)
        with pytest.raises(QueryError, match="order of its own"):
            index.search("salt", meaning=True, sort="date")
        with pytest.raises(QueryError, match="not closed"):
            index.search('salt "works', meaning=True)


def test_200_random_questions_agree_with_brute_force(built: BUILT, tmp_path: Path) -> None:
    """All that match the filter is compared, and nothing else, whichever way it is looked for."""
    random = Random(7)
    words = [word for kind in KINDS for word in kind]
    origins = ("Embassy Rome", "Embassy Oslo", "Mission Ostrel")
    texts = {
        f"{random.choice(['68', '69'])}ROME{number}": (
            random.choice(origins),
            " ".join(random.choices(words, k=3)).upper(),
            [" ".join(random.choices(words, k=random.choice((5, 9, 200)))) for _ in range(3)],
        )
        for number in range(100, 160)
    }
    folder = built(vectors=False)
    rebuild(folder, [write_cables(tmp_path / "many", texts)], engine="tantivy", workers=0)
    build_vectors(folder)
    encoder = load(folder / "meaning" / "model")
    filters = (
        "origin:Rome",
        "origin:Oslo OR origin:Ostrel",
        "NOT origin:Rome",
        "salt",
        '"bank credit"',
        "id:68*",
        "*",
    )
    with open_index(folder) as index:
        vectors = {}
        for hit in index.scan("*"):
            of = [passage(hit.cable, hit.paragraph, span) for span in chunks(hit.paragraph.text)]
            stored = [compress((0, 0), encoder.encode(text)) for text in of]
            vectors[hit.paragraph.id] = [
                np.frombuffer(s.numbers, np.int8) * np.float32(s.scale) for s in stored
            ]
        for _ in range(200):
            question = " ".join(random.choices(words, k=4))
            narrowed = random.choice(filters)
            allowed = [hit.paragraph.id for hit in index.scan(narrowed)]
            vector = encoder.encode(question)
            scores = {id: max(float(one @ vector) for one in vectors[id]) for id in allowed}
            query = question if narrowed == "*" else f"{question} +({narrowed})"
            found = index.search(query, meaning=True, limit=10)
            expected = sorted(scores.values(), reverse=True)[:10]
            assert [hit.score for hit in found] == pytest.approx(expected, abs=1e-4)
            assert all(scores[hit.paragraph.id] == pytest.approx(hit.score, abs=1e-4) for hit in found)


def test_pages_continue_where_the_one_before_ended(built: BUILT) -> None:
    with open_index(built()) as index:
        whole = ask(index, "nuclear salt")
        assert len(whole) == 6
        pages = [ids(index.search("nuclear salt", meaning=True, limit=2, offset=k)) for k in (0, 2, 4, 6)]
        assert pages == [whole[:2], whole[2:4], whole[4:], []]
        assert ids(index.search("nuclear salt", meaning=True, limit=0)) == []


def test_a_number_of_paragraphs_per_cable(built: BUILT) -> None:
    with open_index(built()) as index:
        found = index.search("nuclear salt", meaning=True, per_cable=1)
        assert sorted(hit.cable_id for hit in found) == sorted(TEXTS)
        best = {id: next(one for one in ask(index, "nuclear salt") if one.startswith(id)) for id in TEXTS}
        assert sorted(ids(found)) == sorted(best.values())


def test_the_nearest_sentence_is_marked_and_nothing_else(built: BUILT) -> None:
    with open_index(built()) as index:
        [hit] = index.search("minister met 68ROME7 id:68ROME7", meaning=True, limit=1)
        [(start, end)] = hit.highlights
        assert hit.paragraph.text[start:end] == "The secretary talked."
        [hit] = index.search("herring", meaning=True, limit=1)
        [(start, end)] = hit.highlights
        assert hit.paragraph.text[start:end] == "Herring and cod are sold."
        assert hit.query.highlights(hit.cable.subject or "") == ()


def test_hits_outlive_their_index(built: BUILT) -> None:
    with open_index(built()) as index:
        [hit] = pickle.loads(pickle.dumps(index.search("herring", meaning=True, limit=1).hits))
    assert hit.paragraph.text[slice(*hit.highlights[0])] == "Herring and cod are sold."


def test_results_say_that_they_are_by_meaning(built: BUILT) -> None:
    with open_index(built()) as index:
        found = index.search("herring", meaning=True, limit=1)
        assert (found.total, found.relaxed, found.by_meaning, found.without_vectors) == (None, False, True, 0)
        assert found.as_dict()["by_meaning"] is True
        assert "by_meaning" not in index.search("herring").as_dict()


def test_what_has_no_vectors_yet_is_said_and_what_is_gone_is_not_found(built: BUILT, tmp_path: Path) -> None:
    folder = built()
    changed = {
        **TEXTS,
        "68COPENHAGEN3": ("Embassy Copenhagen", "AN ACCIDENT", ["The bomber is wrecked."]),
        "69OSLO1": ("Embassy Oslo", "NEW", ["Nuclear weapons."]),
    }
    del changed["68ROME7"]
    (tmp_path / "corpus" / "68ROME7.txt").unlink()
    update(folder, [write_cables(tmp_path / "corpus", changed)])
    with open_index(folder) as index:
        found = index.search("atomic bombs", meaning=True)
        assert ids(found) == ["69ROME9#1", "69ROME9#2"]
        assert found.without_vectors == 2
        assert index.explain("atomic bombs", meaning=True)[-1] == (
            "2 paragraphs have no vectors yet: cablesearch meaning build"
        )
        assert index.explain_hit("atomic bombs", "69OSLO1#1", meaning=True) == [
            "69OSLO1#1 has no text, or no vectors yet: cablesearch meaning build"
        ]
        build_vectors(folder)
        found = index.search("atomic bombs", meaning=True)  # the same index, still open
        assert ids(found)[0] == "69OSLO1#1"
        assert found.without_vectors == 0


def test_what_reads_as_before_is_found_wherever_it_comes_from_now(built: BUILT, tmp_path: Path) -> None:
    """In another folder, in a collection of another name, in another file: no vector is made anew."""
    folder = built()
    with open_index(folder) as index:
        before = ask(index, "atomic bombs")
        alike = ids(index.similar("68COPENHAGEN3#1", meaning=True))
    (tmp_path / "corpus").rename(tmp_path / "moved")
    for paths, gone in (
        (f"fish={tmp_path / 'moved'}", [tmp_path / "corpus"]),
        (f"salt={tmp_path / 'moved'}", []),
    ):
        update(folder, paths, remove=gone, workers=0)
        with open_index(folder) as index:
            found = index.search("atomic bombs", meaning=True)
            assert (ids(found), found.without_vectors) == (before, 0)
            assert ids(index.similar("68COPENHAGEN3#1", meaning=True)) == alike
            assert index.explain_hit("bombs", "68COPENHAGEN3#1", meaning=True)[0].startswith(
                "68COPENHAGEN3#1 scores 0."
            )
            assert len(ask(index, "atomic bombs collection:fish OR collection:salt")) == 6
    rebuild(folder, [tmp_path / "moved"], engine="whoosh", workers=0)
    with open_index(folder) as index:
        assert ask(index, "atomic bombs") == before
    assert build_vectors(folder).made == 0


def test_a_text_that_only_looks_the_same_is_not_found_by_what_it_was(built: BUILT, tmp_path: Path) -> None:
    """It has as many words and bytes; only when it is found it is seen that it reads otherwise."""
    long = {"68ROME7": ("Embassy Rome", "FISH", ["Herring and nothing else. " * 20, "The price of cod."])}
    folder = built(vectors=False)
    update(folder, [write_cables(tmp_path / "corpus", long)], workers=0)
    build_vectors(folder)
    long["68ROME7"][2][1] = "The price of ice."
    update(folder, [write_cables(tmp_path / "corpus", long)], workers=0)
    with open_index(folder) as index:
        found = index.search("cod", meaning=True)
        assert "68ROME7#1" in ids(found)
        assert "68ROME7#2" not in ids(found)
        assert (len(found.hits), found.without_vectors) == (5, 1)
        assert "68ROME7#2" not in ids(index.similar("68ROME7#1", meaning=True))
        with pytest.raises(QueryError, match="no vectors yet: cablesearch meaning build"):
            index.similar("68ROME7#2", meaning=True)
        assert index.explain_hit("cod", "68ROME7#2", meaning=True) == [
            "68ROME7#2 has no text, or no vectors yet: cablesearch meaning build"
        ]
        pages = [ids(index.search("cod", meaning=True, limit=2, offset=k)) for k in (0, 2, 4)]
        assert [id for page in pages for id in page] == ids(found)


def test_an_index_that_was_replaced_says_so(built: BUILT, tmp_path: Path) -> None:
    folder = built()
    with open_index(folder) as index:
        update(folder, [write_cables(tmp_path / "corpus", {"69OSLO1": ("Embassy Oslo", "NEW", ["Salt."])})])
        with pytest.raises(CablesearchError, match="ask again"):
            index.search("salt", meaning=True)


def test_vectors_of_another_model_are_not_compared(built: BUILT, tmp_path: Path) -> None:
    folder = built()
    fetch_model(folder, str(write_model(tmp_path / "other", seed=5)))
    with open_index(folder) as index, pytest.raises(CablesearchError, match="cablesearch meaning build"):
        index.search("salt", meaning=True)


def test_without_a_model_or_vectors_the_error_says_what_to_do(built: BUILT, tmp_path: Path) -> None:
    with open_index(built(vectors=False)) as index, pytest.raises(CablesearchError, match="meaning build"):
        index.search("salt", meaning=True)
    rebuild(tmp_path / "bare", [tmp_path / "corpus"], engine="whoosh", workers=0)
    with open_index(tmp_path / "bare") as index, pytest.raises(CablesearchError, match="meaning fetch"):
        index.search("salt", meaning=True)


WITHOUT = """
import sys
import weakref
sys.modules[sys.argv[1]] = None
from cablesearch import CablesearchError, build_vectors, open_index, vector_state
folder = sys.argv[2]
with open_index(folder) as index:
    assert index.search("salt").hits
    for call in (
        lambda: index.search("salt", meaning=True),
        lambda: index.similar("68ROME7", meaning=True),
        lambda: index.clusters("*"),
        lambda: build_vectors(folder),
    ):
        try:
            call()
            print("done")
        except CablesearchError as error:
            print(error)
"""


@pytest.mark.parametrize("library", ["numpy", "onnxruntime", "tokenizers", "sklearn"])
def test_without_the_extra_the_error_says_how_to_get_it(built: BUILT, library: str) -> None:
    command = [sys.executable, "-c", WITHOUT, library, built()]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    needed = (
        f"a search by meaning needs {library}, which is not installed: pip install 'cablesearch[meaning]'"
    )
    assert lines == (["done", "done", needed, "done"] if library == "sklearn" else [needed] * 4)


def test_explanations(built: BUILT) -> None:
    with open_index(built()) as index:
        assert index.explain("atomic bombs origin:Rome", meaning=True) == [
            'compared by meaning: "atomic bombs"',
            "with paragraphs with",
            '  origin: "rome"',
            "these are 4 with vectors, by the model tiny",
        ]
        lines = index.explain_hit("minister met", "68ROME7#2", meaning=True)
        assert lines[0].startswith("68ROME7#2 scores 0.")
        assert lines[-1].endswith("its nearest sentence: The secretary talked.")
        [line] = index.explain_hit("salt origin:Copenhagen", "68ROME7#2", meaning=True)
        assert line == "68ROME7#2 is not compared: it does not match what narrows the question"
        assert index.explain_hit("salt", "68ROME7#99", meaning=True) == [
            "68ROME7#99 is no paragraph of this index"
        ]
        assert index.explain_hit("salt", "nothing", meaning=True) == ["nothing is no paragraph of this index"]


def test_what_means_alike(built: BUILT) -> None:
    with open_index(built()) as index:
        found = index.similar("68COPENHAGEN3#1", meaning=True)
        assert ids(found)[0] == "69ROME9#1"
        assert "68COPENHAGEN3#1" not in ids(found)
        assert "68COPENHAGEN3#2" in ids(found)
        assert found.query == "like 68COPENHAGEN3#1"
        assert {one.partition("#")[0] for one in ids(index.similar("68COPENHAGEN3", meaning=True))} == {
            "68ROME7",
            "69ROME9",
        }
        with pytest.raises(QueryError, match="has no paragraph 9"):
            index.similar("68COPENHAGEN3#9", meaning=True)


def test_every_paragraph_is_compared_whole_or_after_a_first_look(
    built: BUILT, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_index(built()) as index:
        whole = ask(index, "atomic bombs origin:Rome")
        monkeypatch.setattr(nearest, "COMPARED_WHOLE", 0)
        assert ask(index, "atomic bombs origin:Rome") == whole


def test_redacted_hits_are_marked(built: BUILT) -> None:
    with open_index(built(), redact=True) as index:
        [hit] = index.search("herring", meaning=True, limit=1)
        assert hit.paragraph.text[slice(*hit.highlights[0])] == "Herring and cod are sold."


def test_whether_there_are_vectors_is_known_and_part_of_the_stamp(built: BUILT) -> None:
    folder = built(vectors=False)
    with open_index(folder) as index:
        assert not index.has_vectors
        before = index.stamp
        build_vectors(folder)
        assert index.has_vectors
        assert index.stamp != before


MORE = {
    "69OSLO1": ("Embassy Oslo", "NEW", ["Nuclear weapons.", "Grain is dear. The bomber is wrecked."]),
    "68ROME7": TEXTS["68ROME7"],  # the same cable
    "69ROME9": ("Embassy Oslo", "A BATTLE", ["The vessel is in the stream.", "A bank."]),  # another one
}


@pytest.fixture
def both(built: BUILT, tmp_path: Path, model: Path) -> tuple[Path, Path]:
    """Two indexes, with cables in common, and one of all their sources."""
    folder, other, whole = built(), tmp_path / "other", tmp_path / "whole"
    rebuild(other, [write_cables(tmp_path / "more", MORE)], engine="tantivy", workers=0)
    rebuild(whole, [tmp_path / "corpus", tmp_path / "more"], engine="tantivy", workers=0)
    for one in (other, whole):
        fetch_model(one, str(model))
        build_vectors(one)
    return folder, other


def test_several_indexes_are_asked_as_one(both: tuple[Path, Path], tmp_path: Path) -> None:
    with open_index(*both) as index, open_index(tmp_path / "whole") as whole:
        assert index.has_vectors
        refiled = {hit.paragraph.id for hit in index.scan("id:69ROME9")}
        assert len(refiled) == 4
        assert all("-" in id for id in refiled)  # their cables have another id than in their own index
        for query in (
            "atomic bombs crashed",
            "cost of salt",
            "herring origin:Rome",
            "plane NOT origin:Copenhagen",
            "minister collection:more",
        ):
            found = index.search(query, meaning=True, limit=20)
            expected = [
                (hit.paragraph.id, pytest.approx(hit.score, abs=1e-6))
                for hit in whole.search(query, meaning=True, limit=20)
                if hit.paragraph.id not in refiled
            ]
            assert [(hit.paragraph.id, hit.score) for hit in found] == expected
            assert found.without_vectors == 4
        assert ids(index.similar("69OSLO1#1", meaning=True))[0] == "68COPENHAGEN3#1"
        assert ids(index.similar("68COPENHAGEN3#1", meaning=True))[0] == "69OSLO1#1"
        assert "the model tiny" in index.explain("salt origin:Oslo", meaning=True)[-2]
        assert "scores" in index.explain_hit("salt", "69OSLO1#2", meaning=True)[0]
        [hit] = index.search("bomber", meaning=True, limit=1, filters={"id": "69OSLO1"})
        assert hit.paragraph.text[slice(*hit.highlights[0])] == "The bomber is wrecked."
        groups = index.clusters("*", groups=2)
        assert groups.total == 6
        pages = [ids(index.search("salt", meaning=True, limit=2, offset=k)) for k in (0, 2, 4, 6)]
        assert [id for page in pages for id in page] == ids(index.search("salt", meaning=True))


def test_of_several_indexes_all_need_vectors_by_one_model(both: tuple[Path, Path], tmp_path: Path) -> None:
    folder, other = both
    fetch_model(other, str(write_model(tmp_path / "tiny2", seed=5)))
    with open_index(folder, other) as index:
        with pytest.raises(CablesearchError, match=r"meanings by in .*other"):
            index.search("salt", meaning=True)
        build_vectors(other)
        with pytest.raises(CablesearchError, match="fetch the same model"):
            index.search("salt", meaning=True)
    shutil.rmtree(other / "meaning")
    with open_index(folder, other) as index:
        assert not index.has_vectors
        with pytest.raises(CablesearchError, match=r"meanings by in .*other"):
            index.search("salt", meaning=True)
        assert index.search("herring").total


def test_what_answers_is_freed_with_the_index(built: BUILT) -> None:
    gc.disable()
    try:
        with open_index(built()) as index:
            index.search("salt origin:Rome", meaning=True)
            answering = weakref.ref(index._by_meaning())
        del index
        assert answering() is None
    finally:
        gc.enable()
