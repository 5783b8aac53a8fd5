"""Removal of lines that are no part of a message's text."""

import pytest

from cablesearch.parse.furniture import remove_furniture

HEAD = (
    "C O N F I D E N T I A L SECTION 01 OF 02 SALTMERE 000048\n\nSIPDIS\n\n"
    "E.O. 12958: N/A\nTAGS: EFIS\nSUBJECT: FISH\n\n"
)


@pytest.mark.parametrize(
    "line",
    [
        "SALTMERE 00000048  002 OF 003",
        "PORT VERITY 00000048  001.2 OF 003 ",
        "  PORT VERIT 00002069 003 OF 003",
    ],
)
def test_a_page_line_in_mid_sentence_is_removed_with_its_blank_lines(line):
    assert remove_furniture(f"the ties that\n\n{line}\n\n\nbind us all.") == "the ties that\nbind us all."


def test_paragraphs_stay_apart_where_a_page_line_between_them_is_removed():
    assert (
        remove_furniture("End of one.\n\nSALTMERE 00000048  002 OF 003\n\n\n2. (C) Two.")
        == "End of one.\n\n2. (C) Two."
    )


def test_a_page_line_within_a_joined_line_is_removed():
    text = "he delivered a PORT VERITY 00000459 002 OF 004 ringing speech"
    assert remove_furniture(text) == "he delivered a ringing speech"


def test_sipdis_lines_are_removed_but_not_the_word_in_a_sentence():
    assert remove_furniture("SIPDIS\n\nSIPDIS\nThe SIPDIS caption is old.") == "The SIPDIS caption is old."


def test_a_section_heading_is_removed_with_the_header_that_it_repeats():
    text = (
        f"{HEAD}1. (C) Fish are\n\n"
        "C O N F I D E N T I A L SECTION 02 OF 02 SALTMERE 000048\n\nSIPDIS\n\nE.O. 12958: N/A\n"
        "TAGS: EFIS\nSUBJECT: FISH\n\nfew this year.\n"
    )
    assert remove_furniture(text).endswith("1. (C) Fish are\nfew this year.\n")


def test_the_first_classification_line_stays():
    assert "SECTION 01 OF 02" in remove_furniture(f"{HEAD}1. (C) Fish.")
    assert "SECTION 01 OF 02" in remove_furniture(f"Friday, 23 February 2001\n{HEAD}1. (C) Fish.")


def test_page_lines_of_the_seventies_are_removed_with_their_classification_lines():
    text = "1. POST SHOULD\nSECRET\nSECRET\nPAGE 02 STATE 017976\nADVISE.\n2. SECRET TALKS GO ON."
    assert remove_furniture(text) == "1. POST SHOULD\n\nADVISE.\n2. SECRET TALKS GO ON." or remove_furniture(
        text
    ) == ("1. POST SHOULD\nADVISE.\n2. SECRET TALKS GO ON.")


def test_pilcrows_are_removed_and_line_ends_normalized():
    assert (
        remove_furniture("¶1. (C) One.\r\n¶2. (C) Two.\rthree\xa0four")
        == "1. (C) One.\n2. (C) Two.\nthree four"
    )
