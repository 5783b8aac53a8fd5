"""Words of an index that begin alike, or are near one by their spelling."""

from __future__ import annotations

import pytest

from cablesearch.engines.scoring import NearWord
from tests.engines.truth import cable


@pytest.fixture
def reader(index):
    return index(
        cable("07A1", "reform reforming", "reform", "refrom commission", "commission"),
        cable("07A2", "referendum democracy", "referendum", "referendum", "réforme"),
    )


def test_words_that_begin_so_the_most_frequent_first(reader):
    assert reader.near_words("ref") == [
        NearWord("referendum", 3),
        NearWord("reform", 3),  # of réforme the stem
        NearWord("reforme", 1),
        NearWord("reforming", 1),
        NearWord("refrom", 1),
    ]
    assert reader.near_words("ref", limit=1) == [NearWord("referendum", 3)]
    assert reader.near_words("ref", at_least=2) == [NearWord("referendum", 3), NearWord("reform", 3)]
    assert reader.near_words("zz") == []


def test_words_near_one_the_nearest_first(reader):
    assert reader.near_words("re", to="refrm", distance=1) == [
        NearWord("reform", 3, 1),
        NearWord("refrom", 1, 1),
    ]
    assert reader.near_words("re", to="refrom", distance=1) == [
        NearWord("refrom", 1, 0),
        NearWord("reform", 3, 1),
    ]
    assert reader.near_words("re", to="refrm", distance=1, at_least=2) == [NearWord("reform", 3, 1)]


def test_a_word_is_given_as_it_is_written_not_as_a_stem_in_i(reader):
    assert reader.near_words("democ") == [NearWord("democracy", 1)]
