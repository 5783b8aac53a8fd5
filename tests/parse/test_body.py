"""A message's body, cut into paragraphs under their headings."""

import pytest

from cablesearch import parse_cable

FIRST = "1. (C) The quota for herring, the fish on which the islands live, falls. {end}"
SECOND = "2. (C) Salt is dear."
RULE = "-" * 12


def headings(text: str) -> list[str | None]:
    return [p.heading for p in parse_cable(f"SUBJECT: FISH\n\n{text}").paragraphs]


@pytest.mark.parametrize(
    "heading",
    [
        f"{RULE}\nSalt and Tin\n{RULE}",
        f"{RULE}\n\nSalt and Tin\n\n{RULE}",
        f"Salt and Tin\n\n{RULE}",
        f"Salt and Tin\n{RULE}",
        f"{RULE}\n\n\nSalt and Tin",
        "Salt and Tin",
        "Salt and tin",
        "Salt and Tin\n- - - - - -- - -",
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n\n"])
def test_a_heading_is_found_whatever_blank_lines_stand_around_it(heading, gap):
    text = f"{FIRST.format(end='End summary.')}{gap}{heading}{gap}{SECOND}"
    assert headings(text) == [None, "Salt and Tin"] or headings(text) == [None, "Salt and tin"]


@pytest.mark.parametrize(
    "table",
    [
        "Port Tons\nOstrel 119",
        "Begin text:\nThe dues fall.\nEnd text.",
        "Port        Tons\nSaltmere      40\nOstrel       119",
        "A LONG LINE OF A LIST, OF SALT\nANOTHER LINE OF IT, OF TIN",
    ],
)
def test_a_tables_last_lines_are_no_part_of_the_heading_below_it(table):
    found = headings(f"{FIRST.format(end='Catches:')}\n\n{table}\nSalt and Tin\n------------\n{SECOND}")
    assert found == [None, "Salt and Tin"]


@pytest.mark.parametrize(
    "end", ["End summary.", "It rains.", 'She said, "no."', "END SUMMARY", "It is 'a catastrophe.'"]
)
@pytest.mark.parametrize("rule", [f"\n{RULE}", ""])
def test_a_heading_is_found_at_a_paragraphs_end_without_blank_lines(end, rule):
    assert headings(f"{FIRST.format(end=end)}\nSalt and Tin{rule}\n{SECOND}") == [None, "Salt and Tin"]


def test_a_heading_that_a_copyist_joined_to_the_line_above_is_as_long_as_its_rule():
    assert headings(f"{FIRST.format(end='It rains.')} Salt and Tin\n{RULE}\n{SECOND}") == [
        None,
        "Salt and Tin",
    ]


def test_a_rule_of_two_lines_and_a_rule_below_each_line_are_a_headings():
    assert (
        headings(f"{FIRST.format(end='')}\n\nSalt and Tin\n\n------\n------\n\n{SECOND}")[1] == "Salt and Tin"
    )
    assert headings(f"{FIRST.format(end='')}\nSalt and\n--------\nTin\n---\n{SECOND}")[1] == "Salt and Tin"


@pytest.mark.parametrize(
    "people",
    [
        "Participants:\n\nAda Marlow\n\nTom Reed (notetaker)\n\nMinister Balan",
        "Participants:\nAda Marlow\nTom Reed (notetaker)\nMinister Balan",
        "Participants:\n\nSaltmere:\nMinister Balan\n\nUnited States:\nTom Reed",
    ],
)
def test_participants_are_no_heading(people):
    assert headings(f"1. (U) {people}\n\n{SECOND}") == [None, None]


def test_a_whole_paragraph_is_no_heading():
    prose = "\n".join(["The fleet of the islands sails with the herring on which they live"] * 4)
    assert headings(f"{FIRST.format(end='')}\n\n{prose}\n{RULE}\n\n{SECOND}")[1] is None


def test_marked_lines_of_unnumbered_text_are_paragraphs():
    cable = parse_cable("SUBJECT: FISH\n\n(C) It falls.\n(S/NF) It rises.\n(C NF) It stays.\n\nREED")
    assert [(p.marking, p.text) for p in cable.paragraphs] == [
        ("C", "It falls."),
        ("S/NF", "It rises."),
        ("C NF", "It stays."),
    ]


def test_a_line_behind_a_long_marking_did_not_end_early():
    text = (
        "(C/REL TO USA, AUS) We think that the Foreign Minister\n| he is also harbor master | said to us in\n"
        "confidence in an e-mail on Monday that it rains in town."
    )
    [paragraph] = parse_cable(f"SUBJECT: FISH\n\n{text}").paragraphs
    assert paragraph.text == " ".join(text.removeprefix("(C/REL TO USA, AUS) ").split())


def test_a_heading_may_follow_a_redacted_paragraph():
    redacted = "1. (C) One.\n2. (C) XXXXXXXXXXXX\nSalt and Tin\n------------\n3. (C) Salt is dear."
    assert headings(redacted) == [None, None, "Salt and Tin"]


def test_a_lists_letters_are_no_markings():
    cable = parse_cable("SUBJECT: FISH\n\n1. ONE:\n\n(A) SALT.\n\n(B) TIN.\n\n(C) FISH.\n\n2. TWO.")
    assert [(p.number, p.marking) for p in cable.paragraphs] == [("1", None), ("2", None)]


@pytest.mark.parametrize("cut", ["\n\n", "\n\n\n\n"])
def test_a_sentence_in_capitals_runs_on_over_blank_lines(cut):
    above = "NONE OF THESE BENEFITS WOULD ACCRUE TO SALTMERE IF WE"
    cable = parse_cable(
        f"SUBJECT: FISH\n\n1. ONE.\n\n2. {above}{cut}PARTICIPATED IN ITS SEMINAR.\n\n3. THREE."
    )
    assert cable.paragraphs[1].text == f"{above} PARTICIPATED IN ITS SEMINAR."
