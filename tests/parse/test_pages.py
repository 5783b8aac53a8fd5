"""Lines between a telegram's pages."""

import pytest

from cablesearch.parse.pages import remove_pages

STAMP = "Declassified/Released US Department of State EO Systematic Review 30 JUN 2005"


@pytest.mark.parametrize(
    "page",
    [
        "SECRET\nSECRET\nPAGE 02 STATE 017976",
        "SECRET\n\n\nSECRET\n\nPAGE 02        STATE  017976  231245Z",
        "SECRET\nSECRET\nPAGE 02\n\nPORT V 00048 01 OF 02 132315Z\n",
        "SECRET NOFORN\nPAGE 03 PORT V 00048 132315Z",
    ],
)
def test_page_lines_go_with_their_classifications_and_a_sentence_runs_on(page):
    text = f"1. POST SHOULD\n{page}\nADVISE.\n2. SECRET TALKS GO ON."
    assert remove_pages(text) == "1. POST SHOULD\nADVISE.\n2. SECRET TALKS GO ON."


@pytest.mark.parametrize(
    "stamp",
    [
        STAMP,
        f"   Tom P. Reed {STAMP}",
        STAMP.replace(" US ", " \tUS ")
        .replace(" EO ", " \tEO ")
        .replace("Declassified", "\tTom P. Reed \tDeclassified"),
        "Tom P. Reed\nDeclassified/Released\nUS Department of State\nEO Systematic Review\n20 Mar 2014",
        f"\n{STAMP}\n\n\x0c\tAda Marlow \t{STAMP}",
        STAMP.replace("State EO", "State\n EO"),
    ],
)
def test_release_stamps_go_with_the_name_of_who_signed_them(stamp):
    assert (
        remove_pages(f"1. THE FLEET WILL\n{stamp}\nSAIL.\n2. SALT IS DEAR.")
        == "1. THE FLEET WILL\nSAIL.\n2. SALT IS DEAR."
    )


@pytest.mark.parametrize(
    "stamp",
    [
        "UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05760445 Date: 06/30/2015",
        "RELEASE IN PART B1,1.4(D)",
        "STATE DEPT. - PRODUCED TO HOUSE SELECT HERRING COMM.\nRELEASE IN FULL",
    ],
)
def test_other_stamps_are_removed_as_readers_of_text_do(stamp):
    assert remove_pages(f"1. ONE FLEET\n\n{stamp}\n\nSAILS.") == "1. ONE FLEET\nSAILS."


def test_paragraphs_stay_apart_at_a_stamp():
    assert remove_pages(f"1. ONE.\n\n{STAMP}\n\n2. TWO.") == "1. ONE.\n\n2. TWO."


def test_a_line_above_a_stamp_is_no_signer():
    assert remove_pages(f"1. HE MET\nTom Reed\n{STAMP}\nAT SEA.") == "1. HE MET\nTom Reed\nAT SEA."


def test_a_classification_that_a_tool_joined_to_a_word_is_parted_from_it():
    text = "1. LAS CONSECRET\nSECRET\nPAGE 02 PORT V 00048 132315Z\nSECUENCIAS."
    assert remove_pages(text) == "1. LAS CON-\nSECUENCIAS."


HEADER = """ACTION ARA-15
INFO OCT-01 ADS-00 INR-10 SS-15
DODE-00 AID-05 /162 W
------------------071930 220102Z /66
R 181615Z DEC 79
FM AMEMBASSY PORT VERITY
TO SECSTATE WASHDC 9786
AMEMBASSY SALTMERE
"""


@pytest.mark.parametrize(
    "end", ["\nCONFIDENTIAL\n\nNNN\nCONFIDENTIAL\nPAGE 01 PORT V 00048 02 OF 02 212345Z\n67", "\n"]
)
def test_the_transmission_header_of_a_later_section_goes(end):
    first = f"{HEADER}C O N F I D E N T I A L SECTION 1 OF 2 PORT VERITY 48\n1. THE FLEET"
    second = f"{end}\n{HEADER}C O N F I D E N T I A L SECTION 2 OF 2 PORT VERITY 48\nWILL SAIL."
    text = remove_pages(first + second)
    assert text.count("FM AMEMBASSY") == text.count("ACTION") == text.count("OCT-01") == 1
    assert text.startswith(first)
    assert text.endswith("WILL SAIL.")


@pytest.mark.parametrize(
    "text",
    [
        "C O N F I D E N T I A L PORT VERITY 48\n1. FM AND PM MET\nTO TALK.\nSECRET\n2. THE END.",
        "1. (C) See page 12.\n\nFM Reed said so.",
    ],
)
def test_other_text_stays(text):
    assert remove_pages(text) == text


def test_the_first_transmission_header_stays_even_below_a_classification_line():
    text = f"UNCLASSIFIED PORT VERITY 00048\n{HEADER}UNCLAS PORT VERITY 48\nSUBJECT: FISH\n1. ONE."
    assert remove_pages(text) == text


@pytest.mark.parametrize("page", ["PAGE 02 OF 03", "PAGE 2 OF 3", "CONFIDENTIAL\nPAGE 2 OF 3\nCONFIDENTIAL"])
def test_a_page_line_without_a_station_is_removed(page):
    assert remove_pages(f"It rained on\n\n{page}\n\nthe islands.") == "It rained on\nthe islands."


def test_a_sentence_about_a_page_stays():
    text = "It is on\nPAGE 2 OF 3 reports\nof ours."
    assert remove_pages(text) == text
