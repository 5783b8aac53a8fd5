"""The analysis of text."""

from time import process_time
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablesearch.analysis.words import MAX_WORD_CHARS, WORD, Finder, fold, stems, terms, words


def spans(text):
    return [match.span() for match in WORD.finditer(text) if words(match.group())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Democratic reform", ["democratic", "reform"]),
        ("Nazarbayev's and MBEKI'S and Mbeki’s", ["nazarbayev", "and", "mbeki", "and", "mbeki"]),
        ("U.S. and U.S.-Spain and U.S", ["us", "and", "us", "spain", "and", "us"]),
        ("A.K. Antony, E.O. 12958", ["ak", "antony", "eo", "12958"]),
        ("O'Donnell, Ak-Zhol, 1.4(b)", ["o", "donnell", "ak", "zhol", "1", "4", "b"]),
        ("Élysée straße Łódź İstanbul Ağrı", ["elysee", "strasse", "lodz", "istanbul", "agri"]),
        ("Москва الرياض", ["москва", "الرياض"]),
        ("snake_case ___", ["snake", "case"]),
        ("x" * 99, ["x" * MAX_WORD_CHARS]),
        ("", []),
    ],
)
def test_words_are_folded_runs_of_letters_and_digits(text, expected):
    assert words(text) == expected


def test_stems_bring_the_forms_of_a_word_together():
    assert stems("Democratization democratic Commission commissions") == [
        "democrat",
        "democrat",
        "commiss",
        "commiss",
    ]


@pytest.mark.parametrize(
    "word",
    [
        "skis",
        "skies",
        "dying",
        "lying",
        "tying",
        "idly",
        "ugly",
        "early",
        "only",
        "singly",
        "y",
        "ys",
        "7ths",
    ],
)
def test_a_stem_begins_as_its_word_does(word):
    """So highlights need not be looked for in others."""
    assert stems(word)[0][0] == word[0]


@given(st.text("abdefgilnosty", min_size=1), st.sampled_from(["", "s", "ies", "ied", "ing", "ly", "edly"]))
def test_stems_of_made_up_words_begin_as_these_do(start, end):
    assert stems(start + end)[0][0] == start[0]


def test_fold_drops_case_and_accents():
    assert fold("Élysée ÇA") == "elysee ca"


@given(st.text())
def test_words_stems_and_places_are_in_step(text):
    assert len(words(text)) == len(stems(text)) == len(spans(text))
    assert terms(text)[1].split() == stems(text)
    assert set(terms(text)[0].split()) == {w for w, s in zip(words(text), stems(text), strict=True) if w != s}
    assert all(word.isalnum() for word in words(text))


@given(st.text(), st.sampled_from(["", "reform", "U.S. and us: Élysée's, o'neil-x"]))
def test_a_finder_finds_the_words_where_they_stand(text, more):
    assert sorted(Finder(set(), [lambda term: True]).spans(text + more)) == spans(text + more)
    wanted = set(stems(more))
    found = [span for span, stem in zip(spans(text), stems(text), strict=True) if stem in wanted]
    assert sorted(Finder(wanted).spans(text)) == found


@given(st.lists(st.text(alphabet="ab .'’é漢", max_size=20), max_size=6), st.sampled_from([1, 1 << 20]))
def test_a_finder_finds_the_same_in_every_text(texts, kept):
    """Whatever it remembers of those before, and if it forgets them."""
    wanted, begins = set(stems("ab bab é")), "ba"
    finder = Finder(wanted, [lambda term: term.startswith(begins)])
    with patch("cablesearch.analysis.words._MAX_PIECES", kept):
        for text in texts:
            found = [
                span
                for span, word, stem in zip(spans(text), words(text), stems(text), strict=True)
                if stem in wanted or word.startswith(begins) or stem.startswith(begins)
            ]
            assert sorted(finder.spans(text)) == found


@pytest.mark.parametrize("letter", ["é", "漢"])
def test_a_finder_takes_as_long_for_each_word_of_a_long_text(letter):
    """Not longer for those behind, since characters and bytes differ: 64,000 words took half a minute."""
    size = len(f"{letter} ")
    begun = process_time()
    found = Finder({"reform"}).spans(f"{letter} " + "reform and more of it " * 64_000)
    assert process_time() - begun < 5
    assert found[:2] == [(size, size + 6), (size + 22, size + 28)]
    assert len(found) == 64_000
