"""Words of an index that share a prefix, or are spelt like another."""

from __future__ import annotations

import pytest

from cablesearch.engines.scoring import NearWord
from tests.engines.model import cable


@pytest.fixture
def reader(index):
    return index(
        cable("07A1", "reform reforming", "reform", "refrom commission", "commission"),
        cable("07A2", "referendum democracy", "referendum", "referendum", "réforme"),
    )


def test_words_with_a_prefix_come_most_frequent_first(reader):
    assert reader.near_words("ref") == [
        NearWord("referendum", 3),
        NearWord("reform", 3),  # also the stem of réforme
        NearWord("reforme", 1),
        NearWord("reforming", 1),
        NearWord("refrom", 1),
    ]
    assert reader.near_words("ref", limit=1) == [NearWord("referendum", 3)]
    assert reader.near_words("ref", at_least=2) == [NearWord("referendum", 3), NearWord("reform", 3)]
    assert reader.near_words("zz") == reader.near_words("ref", limit=0) == []
    assert len(reader.near_words("ref", limit=10**9)) == 5


def test_words_near_another_come_nearest_first(reader):
    assert reader.near_words("re", to="refrm", distance=1) == [
        NearWord("reform", 3, 1),
        NearWord("refrom", 1, 1),
    ]
    assert reader.near_words("re", to="refrom", distance=1) == [
        NearWord("refrom", 1, 0),
        NearWord("reform", 3, 1),
    ]
    assert reader.near_words("re", to="refrm", distance=1, at_least=2) == [NearWord("reform", 3, 1)]


def test_a_stem_in_i_is_not_a_word(reader):
    assert reader.near_words("democ") == [NearWord("democracy", 1)]
