"""Paragraph numbers of a message."""

import pytest

from cablesearch.parse.sequence import find_numbers


def values(text):
    return [number.value for number in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. (C) One.\n\n2. (C) Two.\n\n3. (C) Three.", [1, 2, 3]),
        ("1. ONE.\n2. TWO.\n3. THREE.", [1, 2, 3]),
        ("", []),
        ("No numbers at all.", []),
    ],
)
def test_numbers_in_order_are_paragraph_numbers(text, expected):
    assert values(text) == expected


def test_a_date_at_the_start_of_a_line_is_not_a_paragraph_number():
    assert values("1. (C) The talks ended on\n15. April was worse.\n\n2. (C) Then came May.") == [1, 2]


def test_a_year_at_the_start_of_a_line_is_not_a_paragraph_number():
    assert values("1. (C) It was signed in\n2004. Nothing came of it.\n\n2. (C) It lapsed.") == [1, 2]


def test_a_small_number_that_ends_a_sentence_is_not_a_paragraph_number():
    assert values("1. (C) The bill passed by\n2. He was glad.\n\n2. (C) Then it failed.") == [1, 2]


def test_list_items_are_not_paragraphs_where_paragraphs_have_markings():
    text = "1. (C) Points:\n\n1. Fish.\n2. Salt.\n3. Tin.\n\n2. (C) He agreed.\n\n3. (C) So did she."
    assert [n.start for n in find_numbers(text)] == [0, text.index("2. (C)"), text.index("3. (C)")]


def test_list_items_are_not_paragraphs_where_nothing_has_a_marking():
    text = "1. POINTS FOLLOW.\n\n2. THE TEXT IS:\n\n1. FISH.\n\n2. SALT.\n\n3. HE AGREED.\n\n4. SO DID SHE."
    assert values(text) == [1, 2, 3, 4]


def test_numbers_with_parentheses_are_items_where_paragraphs_have_points():
    text = "1. (S) Questions follow.\n\n1) (S) Who pays?\n2) (S) Who knows?\n\n2. (S) Please cite us."
    assert values(text) == [1, 2]


def test_numbers_with_parentheses_are_paragraphs_where_there_are_no_others():
    assert values("1) (C) One.\n\n2) (C) Two.") == [1, 2]


def test_numbers_that_the_drafter_skipped_or_repeated_are_kept():
    assert values("1. (C) A.\n\n2. (C) B.\n\n5. (C) C.\n\n5. (C) D.\n\n6. (C) E.") == [1, 2, 5, 5, 6]


def test_a_paragraph_without_its_marking_is_found_by_its_place_in_the_sequence():
    assert values("1. (C) A.\n\n2. In short, B.\n\n3. (C) C.\n\n4. (C) D.") == [1, 2, 3, 4]


def test_a_number_within_a_joined_line_is_found_by_its_marking():
    text = "Classified By: DCM for reasons 1.4 b and d 1.(C) Summary. It rained. 2. (C) It snowed."
    assert values(text) == [1, 2]


def test_a_number_may_follow_its_marking():
    text = "(C) 1. The Embassy obtained a copy.\n\n(SBU) 2. It was read."
    assert [(n.value, n.marking) for n in find_numbers(text)] == [(1, "C"), (2, "SBU")]


@pytest.mark.parametrize(
    "printed", ["6 (C) He left.", "6, (C) He left.", "6.(c) He left.", "6 . (C) He left."]
)
def test_a_number_is_found_whatever_its_punctuation(printed):
    assert values(f"5. (C) He came.\n\n{printed}") == [5, 6]


def test_reasons_for_classification_are_not_paragraph_numbers():
    assert values("Classified By: DCM, reasons\n1.4 (b) and (d).\n\n1. (C) Summary: rain.") == [1]


def test_an_extract_may_begin_anywhere():
    assert values("XXXX\n\n22. (C) Cyber security.\n\n23. (C) More of it.") == [22, 23]
