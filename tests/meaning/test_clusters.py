"""Groups of paragraphs by theme."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest

from cablesearch import CablesearchError, QueryError, build_vectors, fetch_model, open_index
from cablesearch.indexing import rebuild, update
from cablesearch.meaning.clusters import grouped, usual_number
from cablesearch.search import clusters as clustering
from tests.meaning.conftest import write_cables

THEMES = {"salt": "Brine is dear.", "war": "The battle of the Orlan.", "vote": "A ballot near Tezgara."}


@pytest.fixture
def index(tmp_path: Path, model: Path) -> Path:
    texts = {
        f"68ROME{number}": ("Embassy Rome", "", [THEMES[theme] + f" Number {number}."])
        for number, theme in enumerate([*["salt"] * 9, *["war"] * 7, *["vote"] * 5], 1)
    }
    rebuild(tmp_path / "index", [write_cables(tmp_path / "corpus", texts)], engine="whoosh", workers=0)
    fetch_model(tmp_path / "index", str(model))
    build_vectors(tmp_path / "index")
    return tmp_path / "index"


def test_themes_are_groups_with_the_words_that_mark_them(index: Path) -> None:
    with open_index(index) as opened:
        found = opened.clusters("*", groups=3)
        assert [group.size for group in found.groups] == [9, 7, 5]
        assert [{*group.words} & {"brine", "battle", "ballot"} for group in found.groups] == [
            {"brine"},
            {"battle"},
            {"ballot"},
        ]
        assert all(len(group.hits) == 3 for group in found.groups)
        assert "dear" in found.groups[0].hits[0].paragraph.text
        assert (found.total, found.grouped) == (21, 21)
        assert opened.clusters("*", groups=3) == found


def test_only_what_matches_is_grouped(index: Path) -> None:
    with open_index(index) as opened:
        assert opened.clusters("brine OR battle").total == 16
        assert opened.clusters("*", {"text": "ballot"}).total == 5
        with pytest.raises(QueryError, match=r"nothing to group: .* are found$"):
            opened.clusters("herring")
        with pytest.raises(QueryError, match="ask for 2 groups or more"):
            opened.clusters("*", groups=1)


def test_if_too_few_have_vectors_the_remedy_is_told(index: Path, tmp_path: Path) -> None:
    texts = {f"68ROME{number}": ("Embassy Rome", "", ["Brine is dearer."]) for number in range(30, 33)}
    update(index, [write_cables(tmp_path / "more", texts)], workers=0)
    with (
        open_index(index) as opened,
        pytest.raises(QueryError, match=r"are found \(3 have none yet: cablesearch meaning build\)$"),
    ):
        opened.clusters("dearer")


def test_there_are_no_more_groups_than_different_paragraphs(index: Path) -> None:
    with open_index(index) as opened:
        assert len(opened.clusters("*", groups=500).groups) <= 21


def test_of_very_many_a_part_is_grouped(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "MOST_PARAGRAPHS", 10)
    with open_index(index) as opened:
        found = opened.clusters("*", groups=2)
        assert (found.total, found.grouped, sum(group.size for group in found.groups)) == (21, 7, 7)


def test_as_rows_and_as_values(index: Path) -> None:
    with open_index(index) as opened:
        found = opened.clusters("*", groups=3)
        assert [row["paragraphs"] for row in found.rows()] == [9, 7, 5]
        assert [*next(found.rows())] == [*found.columns]
        values = found.as_dict()
        assert values["query"] == "*"
        assert [group["paragraphs"] for group in found.records()] == [9, 7, 5]


def test_an_index_without_vectors_is_refused(index: Path, tmp_path: Path) -> None:
    rebuild(tmp_path / "bare", [tmp_path / "corpus"], engine="whoosh", workers=0)
    with open_index(tmp_path / "bare") as opened, pytest.raises(CablesearchError, match="meaning fetch"):
        opened.clusters("*")


@pytest.mark.parametrize(("paragraphs", "number"), [(2, 2), (30, 2), (200, 5), (5_000, 12), (10_000, 12)])
def test_the_usual_number_of_groups(paragraphs: int, number: int) -> None:
    assert usual_number(paragraphs) == number


def test_the_most_central_come_first() -> None:
    random = np.random.default_rng(Random(3).randrange(99))
    centres = np.eye(8, dtype=np.float32)[:2]
    vectors = np.repeat(centres, 20, axis=0) + random.normal(size=(40, 8)).astype(np.float32) * 0.2
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    for members in grouped(vectors, 2):
        centre = vectors[members].mean(axis=0)
        nearness = vectors[members] @ centre
        assert (np.diff(nearness) <= 1e-6).all()


def test_equal_paragraphs_are_one_group() -> None:
    [members] = grouped(np.ones((5, 8), dtype=np.float32) / np.sqrt(8).astype(np.float32), 3)
    assert members.tolist() == [0, 1, 2, 3, 4]
