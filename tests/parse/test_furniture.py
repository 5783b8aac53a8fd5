"""Removal of lines that are no part of a message's text."""

import pytest

from cablesearch import parse_cable
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


@pytest.mark.parametrize("end", ["It is no news, they say.", "THAT IS ALL."])
def test_a_paragraphs_short_last_line_may_stand_on_the_next_page(end):
    line = "The quota falls, and the fleet stays at home. They know."
    page = "\n\nSALTMERE 00000048  002 OF 003\n\n\n"
    assert remove_furniture(f"{line}{page}{end}") == f"{line}\n{end}"
    assert remove_furniture(f"They know.{page}{end}") == f"They know.\n\n{end}"
    assert remove_furniture(f"{line}{page}Salt and Tin") == f"{line}\n\nSalt and Tin"


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


@pytest.mark.parametrize("station", ["SALTMERE", "PORT VERITY ON THE SOUTHERN SHORE"])
def test_a_section_heading_is_removed_however_long_the_stations_name_is(station):
    first = f"C O N F I D E N T I A L SECTION 01 OF 02 {station} 000048"
    text = (
        f"{first}\n\nSUBJECT: FISH\n\n1. (C) Fish are\n\n{first.replace('01 OF', '02 OF')}\n\nfew this year."
    )
    assert remove_furniture(text) == f"{first}\n\nSUBJECT: FISH\n\n1. (C) Fish are\nfew this year."


@pytest.mark.parametrize("number", ["1. (C) ", "(C) ", ""])
def test_a_line_of_text_below_a_section_heading_is_no_header_that_it_repeats(number):
    text = (
        f"{HEAD}{number}The catch is low.\nThe quota falls.\n\n"
        "C O N F I D E N T I A L SECTION 02 OF 02 SALTMERE 000048\n\nThe quota falls.\nSo they say."
    )
    assert remove_furniture(text).count("The quota falls.") == 2


def test_the_first_classification_line_stays():
    assert "SECTION 01 OF 02" in remove_furniture(f"{HEAD}1. (C) Fish.")
    assert "SECTION 01 OF 02" in remove_furniture(f"Friday, 23 February 2001\n{HEAD}1. (C) Fish.")


def test_pilcrows_stay_before_numbers_only_and_line_ends_are_normalized():
    assert (
        remove_furniture("¶1. (C) One.\r\n¶B. SALTMERE 12\rthree\xa0four ¶ five")
        == "¶1. (C) One.\nB. SALTMERE 12\nthree four  five"
    )


@pytest.mark.parametrize(
    "mark", ["NNNN", "NNN", "N N N N", "EEEEEEEE", "E E E E E", "BT", "#0048", "<< END OF DOCUMENT >>"]
)
def test_end_of_message_marks_are_removed(mark):
    assert remove_furniture(f"1. (C) One.\n{mark}\n") == "1. (C) One."


@pytest.mark.parametrize(
    "record",
    [
        "id: 31335\ndate: 4/25/2005 9:41\nrefid: 05SALTMERE12\norigin: Embassy Saltmere",
        "50972\n2006-01-27 20:41:00\n06SALTMERE12\nEmbassy Saltmere\nCONFIDENTIAL",
        "31335\n\n4/25/2005 9:41\n\n05SALTMERE12",
    ],
)
def test_a_databases_record_of_the_cable_is_removed(record):
    expected = remove_furniture(f"{HEAD}1. (C) Fish.").split()
    assert remove_furniture(f"{HEAD}{record}\n\n1. (C) Fish.").split() == expected
    assert remove_furniture(f"{HEAD}1. (C) Fish.\n{record}").split() == expected


@pytest.mark.parametrize("line", ["12345", "2005", "Catch: 12", "Embassy Saltmere"])
def test_a_number_or_a_post_alone_on_a_line_is_no_record(line):
    text = f"1. (C) Fish.\n\n{line}\n\n2. (C) Salt."
    assert remove_furniture(text) == text


def test_a_message_that_is_sent_again_keeps_what_its_first_header_lacks():
    first = "C O N F I D E N T I A L SALTMERE 000048\n\nE.O. 12958: N/A\nTAGS: EFIS\n\n"
    assert (
        remove_furniture(f"{first}{first}SUBJECT: FISH\n\n1. (C) Fish.")
        == f"{first.rstrip()}\nSUBJECT: FISH\n\n1. (C) Fish."
    )


@pytest.mark.parametrize("furniture", ["SIPDIS", "NOFORN", "NOFORN\nSIPDIS"])
@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("SUBJECT: THE FLEET", ("THE FLEET", [], "TOLD BY A FISHERMAN")),
        ("SUBJECT: THE FLEET\nREF: ROME 9", ("THE FLEET", ["ROME 9"], "TOLD BY A FISHERMAN")),
        ("SUBJECT: THE FLEET,", ("THE FLEET, TOLD BY A FISHERMAN", [], None)),
    ],
)
def test_a_caption_does_not_join_what_stands_above_and_below_it(furniture, field, facts):
    cable = parse_cable(
        f"{field}\n\n{furniture}\n\nTOLD BY A FISHERMAN\n\n1. (C) It rained.\n\n2. (C) It snowed."
    )
    first = cable.paragraphs[0]
    assert (cable.subject, [r.text for r in cable.references], first.heading) == facts


@pytest.mark.parametrize("block", ["REF: ROME 9", "REF: A. ROME 9\n     B. PARIS 3 (NOTAL)"])
def test_a_page_line_does_not_join_references_and_text(block):
    cable = parse_cable(
        f"SUBJECT: THE FLEET\n{block}\n\nKELVO 00000048  002 OF 003\n\nFrom a guest.\n\n1. (C) It rained."
    )
    assert [p.text for p in cable.paragraphs] == ["From a guest.", "It rained."]
    assert "guest" not in " ".join(r.text for r in cable.references)
