"""How documents are made for OpenSearch."""

from __future__ import annotations

import json

import pytest

from cablesearch.engines.documents import BREAK, GAP, POSITIONED, SCORED, documents
from cablesearch.engines.opensearch.schema import (
    CUT_VALUE_CHARS,
    FILLER,
    field_of,
    lexemes,
    mappings,
    text_values,
    value,
)
from cablesearch.engines.opensearch.writer import OpenSearchWriter
from cablesearch.query.tree import Fuzzy
from tests.engines.model import cable


@pytest.mark.parametrize(
    ("terms", "values"),
    [
        ("a b", "a b"),
        ("a b | c", ["a b |", "c"]),
        ("a | b c | d", ["a |", "b c |", "d"]),
    ],
)
def test_each_value_is_one_of_its_own_and_breaks_count_as_terms(terms, values):
    assert text_values(terms) == values
    assert " ".join(values if isinstance(values, list) else [values]).split() == terms.split()


def test_no_phrase_spans_two_values():
    properties = mappings()["properties"]
    assert all(properties[field_of(column)]["position_increment_gap"] == GAP for column in POSITIONED)


@pytest.mark.parametrize("text", ["", BREAK, BREAK * 2, "abc"])
def test_no_fuzzy_word_is_like_the_filler(text):
    assert not Fuzzy("text", text, 2).matcher()(FILLER)


@pytest.mark.parametrize(("letter", "kept"), [("a", 10_000), ("漢", 10_000), ("𝒳", CUT_VALUE_CHARS)])
def test_a_value_is_not_longer_than_lucene_takes(letter, kept):
    assert value(letter * 10_000) == letter * kept
    assert len(value(letter * 10_000).encode()) < 32_766


def test_the_lexicon_tells_words_from_stems_and_stems_in_i():
    assert lexemes(["democraci", "salt", BREAK], ["democracy"]) == {"idemocraci", "tsalt", "sdemocracy"}


def test_every_paragraph_has_every_column_that_scores():
    made = cable("07X1", "salt", "", subject="ships", people=[["Ivo Quell"], []])
    rows = OpenSearchWriter.rows(documents(made))
    assert len(rows) == 2
    for row in rows:
        action, document = map(json.loads, row.action.splitlines())
        assert action["index"]["routing"] == action["index"]["_id"].partition("-")[0]
        for column in SCORED:
            assert (document[field_of(column)] == FILLER) == (column not in row.lengths)
    assert rows[0].lengths == {"text": 6, "subject": 1}
    assert rows[1].lengths == {"text": 1, "subject": 1}
