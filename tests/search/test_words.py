"""Words of an index by their beginnings, for those who are typing them."""

from __future__ import annotations

import pytest

from cablesearch import Index, open_index, update_index
from tests.engines.engines import ENGINES, cluster

TEXT = """SUBJECT: SALT

1. (C) The minister and other ministers spoke of reforms; a minister of state wants one reform.

2. (C) Ministries wait. The Élysée sends an elegant reforming minister.

3. (C) Government governs, say the governed; they govern.
"""


@pytest.fixture(scope="module", params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("words")
    (folder / "07TEZGARA5.txt").write_text(TEXT, "utf-8")
    update_index(
        folder / "index",
        [folder / "07TEZGARA5.txt"],
        engine=request.param,
        cluster=cluster(request.param),
        workers=0,
    )
    return open_index(folder / "index")


def test_stems_that_are_no_words_are_left_out(index: Index) -> None:
    assert index.words("minist") == {"minister": 2, "ministers": 1, "ministries": 1}


def test_stems_that_are_words_stay(index: Index) -> None:
    assert [*index.words("ref")] == ["reform", "reforming", "reforms"]
    assert "govern" in index.words("gov")


@pytest.mark.parametrize("start", ["el", "EL", "él", "ÉL"])
def test_case_and_accents_make_no_difference(index: Index, start: str) -> None:
    assert {*index.words(start)} == {"elegant", "elysee"}


def test_the_most_frequent_come_first(index: Index) -> None:
    assert [*index.words("m", limit=1)] == ["minister"]
    assert index.words("m", limit=0) == {}
    assert index.words("zz") == {}


def test_nothing_is_a_word_that_is_none(index: Index) -> None:
    assert all(word.isalnum() for word in index.words("", limit=100))
