"""The queries that trees become, where they differ from what one would write first."""

from __future__ import annotations

import pytest

from cablesearch.engines.documents import SCORED
from cablesearch.engines.opensearch.compile import MAX_LONG, NOTHING, PARAGRAPHS, Lexicon, compile_tree
from cablesearch.engines.opensearch.schema import FILLER
from cablesearch.errors import QueryError
from cablesearch.query.tree import (
    All,
    Any,
    Between,
    Boost,
    Everything,
    Filter,
    Has,
    Not,
    Nothing,
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
)

WORDS = {"text": ["abcdefghijkl", "abx"], "words": ["abcdefghijklm"]}
LEXICON = Lexicon(
    dict.fromkeys(SCORED, 0.5),
    lambda column, start: [word for word in WORDS.get(column, ()) if word.startswith(start)],
    lambda leaf: (["07A1"], []),
)


def constant(query, score=1.0):
    return {"constant_score": {"filter": query, "boost": score}}


def compiled(tree):
    return compile_tree(tree, LEXICON)


@pytest.mark.parametrize(
    ("tree", "query"),
    [
        (Term("text", "salt"), {"term": {"c_text": {"value": "salt", "boost": 0.5}}}),
        (Term("origin", "oslo"), constant({"term": {"c_origin": "oslo"}})),
        (Term("marking", "c"), constant({"term": {"c_marking": "c"}})),
        (Phrase("text", ("a", "b")), {"match_phrase": {"c_text": {"query": "a b", "boost": 0.5}}}),
        (
            Phrase("person", ("a", "b")),
            constant({"match_phrase": {"c_person": {"query": "a b", "boost": 1.0}}}),
        ),
        (Everything(), constant(PARAGRAPHS)),
        (Nothing(), constant(NOTHING)),
        (All(()), NOTHING),
        (Any(()), NOTHING),
        (Filter(Everything(), 0.0), constant(constant(PARAGRAPHS), 0.0)),
        (Filter(Filter(Everything(), 3.0), 0.0), constant(constant(PARAGRAPHS), 0.0)),
        (Boost(Everything(), 2.0), {"bool": {"must": [constant(PARAGRAPHS)], "boost": 2.0}}),
        (Not(Nothing()), {"bool": {"filter": [PARAGRAPHS], "must_not": [constant(NOTHING)]}}),
        (
            Has("subject"),
            constant({"bool": {"filter": [PARAGRAPHS], "must_not": [{"term": {"c_subject": FILLER}}]}}),
        ),
        (Has("marking"), constant({"exists": {"field": "c_marking"}})),
        (Between("length", 3, 10**30), constant({"range": {"length": {"gte": 3, "lt": MAX_LONG}}})),
        (Range(5, None), constant({"range": {"date": {"gte": 5}}})),
        (
            Between("cited", 1, 9),
            constant({"bool": {"filter": [{"terms": {"c_id": ["07A1"]}}], "must_not": []}}),
        ),
    ],
    ids=repr,
)
def test_a_tree_becomes_this_query(tree, query):
    assert compiled(tree) == query


def test_alternatives_whose_scores_do_not_count_are_one_set():
    terms = (
        Term("origin", "oslo"),
        Term("origin", "lima"),
        Term("marking", "c"),
        Filter(Any((Has("date"),))),
    )
    found = [
        {"terms": {"c_origin": ["oslo", "lima"]}},
        {"terms": {"c_marking": ["c"]}},
        constant({"exists": {"field": "date"}}),
    ]
    either = {"bool": {"should": found, "minimum_should_match": 1}}
    assert compiled(Filter(Any(terms), 2.0)) == constant(either, 2.0)
    assert compiled(Not(Any(terms))) == {"bool": {"filter": [PARAGRAPHS], "must_not": [either]}}
    assert compiled(Filter(Any(()))) == constant(NOTHING, 0.0)


@pytest.mark.parametrize(
    ("pattern", "words", "stems"),
    [
        ("ab*?????????", {"terms": {"c_words": ["abcdefghijklm"]}}, {"terms": {"c_text": ["abcdefghijkl"]}}),
        ("zz*?????????", NOTHING, NOTHING),
    ],
)
def test_a_pattern_whose_automaton_would_be_too_large_is_looked_up(pattern, words, stems):
    found = compiled(Wildcard("words", pattern))["constant_score"]["filter"]
    assert found == {"bool": {"should": [words, stems], "minimum_should_match": 1}}


def test_such_a_pattern_is_refused_where_terms_cannot_be_looked_up():
    with pytest.raises(QueryError, match="too many"):
        compiled(Wildcard("person", "a*?????????"))


@pytest.mark.parametrize(("pattern", "escaped"), [("a\\b*", "a\\\\b*"), ("a[b?", "a[b?")])
def test_only_the_two_signs_of_a_wildcard_are_special(pattern, escaped):
    query = compiled(Wildcard("marking", pattern))["constant_score"]["filter"]
    assert query == {"wildcard": {"c_marking": {"value": escaped, "rewrite": "constant_score"}}}


def test_a_prefix_longer_than_an_automaton_is_looked_up():
    short = {"prefix": {"c_text": {"value": "x" * 900, "rewrite": "constant_score"}}}
    assert compiled(Prefix("text", "x" * 900)) == constant(short)
    assert compiled(Prefix("text", "x" * 901)) == constant(NOTHING)


def test_a_value_that_is_not_a_tree_is_an_assertion_error():
    with pytest.raises(AssertionError):
        compiled("reform")
