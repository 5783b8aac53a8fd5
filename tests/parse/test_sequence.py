"""Paragraph numbers of a message."""

import pytest

from cablesearch.corpus.record import Record
from cablesearch.parse import parse_record
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


@pytest.mark.parametrize("unknown", ["(XX)", "(S/ZZ-QQ)", "(SUB)", "(C/MAYBE)"])
def test_an_unknown_marking_takes_no_number_away(unknown):
    assert values(f"1. (C) A.\n\n2. {unknown} B.\n\n3. (C) C.\n\n4. {unknown} D.\n\n5. {unknown} E.") == [
        1,
        2,
        3,
        4,
        5,
    ]


@pytest.mark.parametrize(
    "last",
    [
        "¶4. xxxxxxxxxxxx",
        "¶4. The Admiral did not clear this cable.",
        "¶4. This cable was cleared by",
        "¶4. and so on",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_next_number_after_a_pilcrow_begins_a_paragraph(last, gap):
    assert values(gap.join(["¶1. (C) A.", "¶2. (C) B.", "¶3. (S) C.", last])) == [1, 2, 3, 4]
    assert values(gap.join(["¶1. A.", "¶2. B.", "¶3. C.", last])) == [1, 2, 3, 4]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_redacted_paragraphs_keep_their_numbers(gap):
    text = gap.join(["1. (C) A.", "2. xxxxxxxxxxxx", "3. XXXXXXXXXXXX", "4. xxxxxxxxxxxx", "5. (C) B."])
    assert values(text) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. (C) A.\n\n3. (C) B.\n\n8. (C) C.\n\n11. (C) D.", [1, 3, 8, 11]),
        ("1. (C) A.\n\n2. (C) B.\n\n3. (C) C.\n\n3. (C) D.\n\n4. (C) E.", [1, 2, 3, 3, 4]),
        ("1. (C) A.\n\n6. (C) B.\n\n5. (C) C.\n\n7. (C) D.", [1, 6, 5, 7]),
        ("1. (C) A.\n\n2. (C) B.\n\n4. (C) C.\n\n3. (C) D.", [1, 2, 4, 3]),
    ],
)
def test_gaps_repeats_and_numbers_out_of_order_are_kept_as_printed(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    "letter",
    ["1. We thank you.\n2. We agree.\n3. We sign.", "¶1. We thank you.\n\n¶2. We agree.\n\n¶3. We sign."],
)
def test_numbers_in_a_quoted_letter_stay_in_their_paragraph(letter):
    assert values(f"1. (C) A.\n\n2. (C) The letter:\n\n{letter}\n\n3. (C) B.\n\n4. (C) C.") == [1, 2, 3, 4]
    assert values(f"1. (C) A.\n\n2. (C) B.\n\n3. (C) The letter:\n\n{letter}") == [1, 2, 3]


@pytest.mark.parametrize(
    ("begin", "end"),
    [("Begin text:", "End text."), ("BEGIN QUOTE", "END QUOTE"), ("Begin text.", "End of text")],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_numbers_between_the_marks_of_a_quoted_text_stay_in_their_paragraph(begin, end, gap):
    quoted = f"{begin}{gap}1. We thank you.{gap}2. We agree.{gap}{end}"
    assert values(f"1. It reads:{gap}{quoted}{gap}2. Salt is dear.{gap}3. Tin is not.") == [1, 2, 3]
    assert values(f"1. Salt.{gap}2. It reads:{gap}{quoted}") == [1, 2]


def test_numbers_that_go_on_in_a_quoted_text_are_paragraphs():
    assert values("1. It reads.\nBegin text\n2. We thank you.\n3. We agree.\nEnd text.\n4. Salt.") == [
        1,
        2,
        3,
        4,
    ]
    assert values("Begin text:\n1. We thank you.\n2. We agree.\nEnd text.") == [1, 2]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_numbers_begin_again_below_a_lettered_heading(gap):
    text = gap.join(
        ["A. THE FLEET", "1. ONE.", "2. TWO.", "B. SALT AND TIN", "1. ONE.", "2. TWO.", "3. THREE."]
    )
    assert values(text) == [1, 2, 1, 2, 3]


def test_pilcrows_before_numbers_are_no_part_of_any_text():
    message = "¶1. (C) It rained.\n¶2. (C) Two of the\n¶9. tents fell.\n¶3. (C) It stopped."
    cable = parse_record(Record(format="plain text", source="x", message=message))
    assert [(p.number, p.text) for p in cable.paragraphs] == [
        ("1", "It rained."),
        ("2", "Two of the 9. tents fell."),
        ("3", "It stopped."),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FLEET WILL SAIL ASAP.\n3. MINISTER ALSO SAID THAT THE NETS ARE OLD.", [3]),
        ("FLEET WILL SAIL ASAP.\n\n3. MINISTER ALSO SAID THAT THE NETS ARE OLD.", [3]),
        ("WELL DISPOSED TO THE FLEET.\n2. NETS ARE OLD.\n3. HARBOUR IS DEEP.", [2, 3]),
        ("THE MINISTER SAID TODAY THAT THE FLEET WILL LAND AT SOME TIME, AND\n3. MINISTER ALSO", []),
        ("FLEET WILL LAND ITS\n45 TONS OF HERRING.", []),
    ],
)
def test_a_message_without_its_beginning_keeps_its_numbers(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    "stop",
    [".- (C)", "./ (C)", ".) (C)", ".. (C)", " - (C)", "/ (C)", "; (C)", "  .(C)", ".\n(C)", ".\n\n(C)"],
)
def test_a_marking_is_read_behind_every_stop(stop):
    message = f"1{stop} It rained.\n\n2{stop} It snowed.\n\n3{stop} It stopped."
    cable = parse_record(Record(format="plain text", source="x", message=message))
    assert [(p.number, p.marking, p.text) for p in cable.paragraphs] == [
        ("1", "C", "It rained."),
        ("2", "C", "It snowed."),
        ("3", "C", "It stopped."),
    ]


@pytest.mark.parametrize("stop", [".- ", ".) ", "./ "])
def test_a_stop_of_two_signs_is_no_part_of_the_text(stop):
    message = f"1{stop}It rained.\n\n2{stop}It snowed."
    cable = parse_record(Record(format="plain text", source="x", message=message))
    assert [(p.number, p.text) for p in cable.paragraphs] == [("1", "It rained."), ("2", "It snowed.")]


def test_a_bullet_behind_a_number_stays():
    message = "1. -- fish\n\n2. -- salt"
    cable = parse_record(Record(format="plain text", source="x", message=message))
    assert [p.text for p in cable.paragraphs] == ["-- fish", "-- salt"]
