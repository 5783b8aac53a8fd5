"""The features of a word."""

import pytest

from cablesearch.people.features import classify, score_class
from cablesearch.people.lexicon import load_lexicon
from cablesearch.people.tokens import parse_token


def kind(raw: str, capitals: bool = False) -> str:
    return classify(parse_token(raw), load_lexicon(), capitals).kind


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Minister", "title"),
        ("Director", "role"),
        ("said", "say"),
        ("Tuesday", "month"),
        ("Ministry", "org"),
        ("Ukraine", "country"),
        ("Ukrainians", "nation"),
        ("Gazprom", "group"),
        ("PRTs", "acronym"),
        ("GIRoA", "acronym"),
        ("We’ll", "function"),
        ("Qwhat", "frequent"),
        ("XXXXXXXX", "redacted"),
        ("2007", "number"),
        ("--", "mark"),
        ("bin", "particle"),
        ("A.K.", "initials"),
        ("U.S.", "acronym"),
    ],
)
def test_each_word_has_a_class(raw, expected):
    """Titles, roles, verbs of saying, months, offices, places, peoples, acronyms, marks."""
    assert kind(raw) == expected


@pytest.mark.parametrize(
    "raw", ["Minister", "Tuesday", "Ministry", "XXXX", "We’ll", "2007", "said", "NATO", "Meeting"]
)
def test_some_words_are_in_no_name(raw):
    """Words of some classes are no candidates, unless a list of names has them."""
    assert not classify(parse_token(raw), load_lexicon()).candidate


@pytest.mark.parametrize("raw", ["Masimov", "al-Maliki", "ROHANI", "Brown", "A.K.", "McCain"])
def test_other_capitalised_words_may_be_in_names(raw):
    """Names, unknown words, and common words that are names too are candidates."""
    assert classify(parse_token(raw), load_lexicon()).candidate


def test_a_joined_particle_does_not_hide_the_word():
    """`al-Maliki` is the word `maliki`."""
    assert classify(parse_token("al-Maliki"), load_lexicon()).key == "maliki"


def test_shape_says_nothing_in_capitals():
    """In a text all in capitals, a short word is not an acronym because it is in capitals."""
    assert (kind("RAU"), kind("RAU", capitals=True)) == ("acronym", "last")


def test_scores_fall_into_classes():
    """The second pass looks at classes of scores."""
    assert [score_class(score) for score in (-9.0, -0.5, 0.5, 9.0)] == [0, 3, 4, 7]


@pytest.mark.parametrize(("raw", "key"), [("d`Estaing", "estaing"), ("al`Assad,", "assad"), ("d'Arc", "arc")])
def test_a_particle_may_be_joined_by_any_apostrophe(raw, key):
    """Typists have backticks for apostrophes."""
    assert classify(parse_token(raw), load_lexicon()).key == key
