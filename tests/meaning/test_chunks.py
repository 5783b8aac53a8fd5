"""A paragraph in passages and sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablesearch.meaning.chunks import MAX_WORDS, chunks, digest, passage, sentences
from cablesearch.model.cable import Cable, Paragraph

PARAGRAPH = Paragraph("07TEZGARA5#1", "1", None, "The Works", None, "Salt is dear.")
CABLE = Cable("07TEZGARA5", subject="SALT.", paragraphs=(PARAGRAPH,))


def cut(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n", []),
        ("Salt is dear", ["Salt is dear"]),
        ("Salt is dear.  Fish is not.\n", ["Salt is dear.", "Fish is not."]),
        ("Is it? Yes! “He left.” Then", ["Is it?", "Yes!", "“He left.”", "Then"]),
        ("Mr. Quell met J. B. Orlan. Gen. Sarn left.", ["Mr. Quell met J. B. Orlan.", "Gen. Sarn left."]),
        ("The price is 3.50 a kilo. 40 tons", ["The price is 3.50 a kilo.", "40 tons"]),
        ("He said e.g. salt. (He smiled.) Fish", ["He said e.g. salt.", "(He smiled.)", "Fish"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text, sentences(text)) == expected


def test_a_short_paragraph_is_one_passage() -> None:
    text = "  " + "Salt is dear. " * 60
    assert cut(text, chunks(text)) == [text.strip()]


def test_a_paragraph_without_text_has_one_empty_passage() -> None:
    assert chunks("") == chunks(" \n ") == [(0, 0)]


def test_a_long_paragraph_is_cut_between_sentences_into_about_equal_parts() -> None:
    text = "Salt is very dear in the town of Tezgara today. " * 40  # 400 words
    parts = cut(text, chunks(text))
    assert [part.endswith("today.") for part in parts] == [True] * 3
    assert all(120 <= len(part.split()) <= 150 for part in parts)


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    text = "salt " * 500
    assert all(60 <= len(part.split()) <= MAX_WORDS for part in cut(text, chunks(text)))


@given(st.text(st.sampled_from("ab.?!AB1 \n”"), max_size=3_000))
def test_no_word_is_lost_or_repeated(text: str) -> None:
    for spans in (chunks(text), sentences(text)):
        assert " ".join(cut(text, spans)).split() == text.split()
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@given(st.lists(st.integers(1, 400), max_size=8))
def test_no_passage_has_too_many_words(lengths: list[int]) -> None:
    text = " ".join("Salt " + "is " * (length - 1) + "dear." for length in lengths)
    assert all(len(part.split()) <= MAX_WORDS for part in cut(text, chunks(text)))


def test_subject_and_heading_stand_before_a_passage() -> None:
    assert passage(CABLE, PARAGRAPH, (0, 13)) == "SALT. The Works. Salt is dear."
    assert passage(Cable("X"), PARAGRAPH, (0, 4)) == "The Works. Salt"


def test_a_long_subject_does_not_drown_the_passage() -> None:
    cable = Cable("X", subject="word " * 100)
    assert passage(cable, PARAGRAPH, (0, 4)).count("word") == 30


def test_the_digest_changes_with_all_that_is_read_and_with_nothing_else() -> None:
    same = digest(Cable("08OSTREL7", origin="Ostrel", subject="SALT."), PARAGRAPH)
    assert digest(CABLE, PARAGRAPH) == same
    others = [
        digest(Cable("X", subject="FISH"), PARAGRAPH),
        digest(CABLE, Paragraph("X#1", "1", None, "Others", None, "Salt is dear.")),
        digest(CABLE, Paragraph("X#1", "1", None, "The Works", None, "Salt is cheap.")),
        digest(Cable("X", subject="SALT.The"), Paragraph("X#1", "1", None, " Works", None, "Salt is dear.")),
    ]
    assert len({same, *others}) == 5
