"""Lines rejoined into prose."""

import pytest

from cablesearch.parse.prose import rejoin


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (
            "There is widespread expectation in the islands that the\nquota will fall.  The fleet is ready.",
            "There is widespread expectation in the islands that the quota will fall. The fleet is ready.",
        ),
        (
            "Participants from the ministry and from the fleet were:\nMr. A",
            "Participants from the ministry and from the fleet were: Mr. A",
        ),
        (
            "He will agree to the following, he said at last:\n-- fish\n-- salt and tin\n   in equal parts",
            "He will agree to the following, he said at last:\n-- fish\n-- salt and tin in equal parts",
        ),
        ("", ""),
    ],
)
def test_lines_are_joined_unless_the_drafter_ended_them(block, expected):
    assert rejoin(block) == expected


def test_short_lines_are_a_list():
    block = "Minister of Fish\nMinister of Salt\nThe Permanent Secretary for Tin and Other Metals"
    assert rejoin(block) == block


def test_a_table_keeps_its_columns():
    block = "Year      Catch    Price\n2001         12       34\n2002         15       29"
    assert rejoin(block) == block


def test_a_table_below_prose_keeps_its_columns():
    block = (
        "The catch of the fleet fell, and with it the price of\ncod, as this shows:\n"
        "Year      Catch    Price\n----\n2001         12       34\n2002         15       29\nIt will fall on."
    )
    assert rejoin(block) == (
        "The catch of the fleet fell, and with it the price of cod, as this shows:\n"
        "Year      Catch    Price\n----\n2001         12       34\n2002         15       29\nIt will fall on."
    )


@pytest.mark.parametrize(
    ("block", "vocabulary", "expected"),
    [
        ("the communica-\ntions gear", (), "the communications gear"),
        ("their juris-\ndiction ends", ("jurisdiction",), "their jurisdiction ends"),
        ("a decision-\nmaker", ("decision-maker",), "a decision-maker"),
        ("the anti-\ntank gun", (), "the anti-tank gun"),
        ("one thing --\nand another", (), "one thing -- and another"),
        ("a word -\nand another", (), "a word - and another"),
    ],
)
def test_a_hyphen_at_a_lines_end_is_removed_only_where_it_certainly_splits_a_word(
    block, vocabulary, expected
):
    assert rejoin(block, frozenset(vocabulary)) == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("THE HIS-\nTORICAL FLEET", "THE HISTORICAL FLEET"),
        ("IT IS AVAIL-\nABLE NOW", "IT IS AVAILABLE NOW"),
        ("a signi-\nficant catch", "a significant catch"),
        ("the approach-\ning ships", "the approaching ships"),
        ("their co-\noperation ends", "their co-operation ends"),
        ("the sub-\nstandard tin", "the sub-standard tin"),
        ("a pro-\nherring view", "a pro-herring view"),
    ],
)
def test_a_hyphen_is_removed_where_the_whole_is_a_common_word(block, expected):
    assert rejoin(block) == expected


def test_a_hyphen_stays_where_the_message_has_the_word_with_one():
    assert rejoin("a signi-\nficant catch", frozenset({"signi-ficant"})) == "a signi-ficant catch"


def test_lines_that_a_tool_made_longer_do_not_make_the_others_short():
    lines = [
        "THE FLEET OF PORT VERITY WILL SAIL FOR SALTMERE AND THE FAR",
        "ISLANDS WITH ALL THE PRECAUTIONS THAT WERE TAKEN LAST YEAR BY THE AUTHORITIES OF THE PORT",
        "BEFORE THE WINTER, AND NOBODY WILL KNOW WHAT HAPPENS THERE",
        "UNTIL IT IS BACK.",
    ]
    assert rejoin("\n".join(lines)) == " ".join(lines)


def test_the_first_line_counts_with_the_number_before_it():
    block = "Minister Ada Marlow told our\nAmbassador of Saltmere on Monday that she would never resign."
    assert "\n" in rejoin(block)
    assert "\n" not in rejoin(block, frozenset(), len("12. (C/REL TO USA, AUS) "))
