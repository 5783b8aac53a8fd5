"""A query that asks by meaning: which words are compared, and what narrows them."""

from __future__ import annotations

import pytest

from cablesearch.errors import QueryError
from cablesearch.query.query import parse, parse_question
from cablesearch.query.tree import EVERYTHING


@pytest.mark.parametrize(
    ("text", "words", "narrowing"),
    [
        ("plane with bombs fell on ice", "plane with bombs fell on ice", ""),
        ("Who shot the minister?", "Who shot the minister?", ""),
        ("What's the U.S. position, if any?", "What's the U.S. position, if any?", ""),
        ("Nasser's army: why did it retreat", "Nasser's army: why did it retreat", ""),
        ("salt, fish - and grain", "salt, fish and grain", ""),
        ("grain,oil", "grain oil", ""),
        ("salt (fish)", "salt fish", ""),
        ("salt AND fish", "salt fish", ""),
        ("salt^3 fish", "salt fish", ""),
        ("origin:Rome salt date:1968 fish", "salt fish", "origin:Rome date:1968"),
        ("salt NOT fish", "salt", "NOT fish"),
        ("salt -origin:Rome", "salt", "NOT origin:Rome"),
        ('salt "price of fish"', "salt", '"price of fish"'),
        ("salt +fish", "salt", "fish"),
        ("salt (fish OR cod)", "salt", "fish OR cod"),
        ("salt NEAR/5 fish cod", "cod", "salt NEAR/5 fish"),
        ("salt origin:(Rome OR Oslo)", "salt", "origin:(Rome OR Oslo)"),
        ("salt text:fish", "salt", "text:fish"),
    ],
)
def test_bare_words_are_compared_and_the_rest_narrows(text: str, words: str, narrowing: str) -> None:
    question = parse_question(text)
    assert question.words == words
    assert question.narrowing.text == text
    assert question.narrowing.tree == (parse(narrowing).tree if narrowing else EVERYTHING)


def test_filters_narrow_too() -> None:
    question = parse_question("salt", {"origin": "Rome"})
    assert (question.words, question.narrowing.tree) == ("salt", parse("origin:Rome").tree)


@pytest.mark.parametrize("text", ["", "  ", "origin:Rome", '"salt"', "NOT salt", "*", "+salt", "a OR b", "?"])
def test_without_bare_words_there_is_nothing_to_compare(text: str) -> None:
    with pytest.raises(QueryError, match="write some words, not in quotes"):
        parse_question(text)


@pytest.mark.parametrize("text", ['salt "fish', "salt (fish", "orign:Rome salt", "salt " * 5_000, "salt NOT"])
def test_a_faulty_question_is_refused(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_question(text)
    assert caught.value.query == text


def test_how_it_is_understood_is_said() -> None:
    assert parse_question("salt works").describe() == ['compared by meaning: "salt works"']
    assert parse_question("salt origin:Rome").describe() == [
        'compared by meaning: "salt"',
        "with paragraphs with",
        '  origin: "rome"',
    ]
