"""The REF block, and citations in the text."""

from datetime import date

import pytest

from cablesearch.model.cable import Reference
from cablesearch.parse import references
from cablesearch.parse.printed_ids import Citing

SENT = date(2007, 1, 8)
ME = "07ASTANA48"


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("A. 06 ASTANA 573 \n     B. 06 ASTANA 585", [("A", "06ASTANA573"), ("B", "06ASTANA585")]),
        (
            "(A) STATE 71143 (B) 06 LONDON 12 AND 13",
            [("A", "07STATE71143"), ("B", "06LONDON12"), ("B", "06LONDON13")],
        ),
        ("A) 2006 BRASILIA 672", [("A", "06BRASILIA672")]),
        ("STATE 2311", [(None, "07STATE2311")]),
        ("SECSTATE 134796", [(None, "07STATE134796")]),
        ("REF (A) MADRID 3785 (B) MADRID 3566", [("A", "07MADRID3785"), ("B", "07MADRID3566")]),
        ("A. A. STATE 99125  B. B. SOFIA 1046", [("A", "07STATE99125"), ("B", "07SOFIA1046")]),
        ("a. State 77660\nb. 06 berlin 3726", [("A", "07STATE77660"), ("B", "06BERLIN3726")]),
        ("MOSCOW 5461 AND PREVIOUS", [(None, "07MOSCOW5461")]),
        ("DOHA 75 (06)", [(None, "06DOHA75")]),
        ("SAO PAULO 273, SAO PAULO 90", [(None, "07SAOPAULO273"), (None, "07SAOPAULO90")]),
        ("A. EMBASSY PARIS DAILY REPORT FOR MAY 17\nB. PARIS 9", [("A", None), ("B", "07PARIS9")]),
        ("NONE", []),
        ("", []),
    ],
)
def test_a_block_is_parsed_into_letters_and_ids(block, expected):
    assert [(r.label, r.id) for r in references.parse_references(block, ME, SENT)] == expected


def test_an_entry_keeps_its_text():
    assert references.parse_references("A. 06 ASTANA 573 (NOTAL)", ME, SENT) == (
        Reference("A", "06ASTANA573", "06 ASTANA 573 (NOTAL)"),
    )


def test_an_id_without_a_year_is_of_the_citing_year_or_of_the_year_before_if_it_would_be_later():
    assert Citing(ME, SENT).resolve("", "ASTANA", "47") == "07ASTANA47"
    assert Citing(ME, SENT).resolve("", "ASTANA", "49") == "06ASTANA49"
    assert Citing(ME, SENT).resolve("", "ALMATY", "49") == "07ALMATY49"


BLOCK = references.parse_references(
    "A. 06 ASTANA 573 B. 06 ASTANA 585 C. 06 ASTANA 712 D. STATE 22", ME, SENT
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("as reported (Ref B).", ["06ASTANA585"]),
        ("(See Refs A and C for details.)", ["06ASTANA573", "06ASTANA712"]),
        ("refs A-C", ["06ASTANA573", "06ASTANA585", "06ASTANA712"]),
        ("(REFS A, B AND D)", ["06ASTANA573", "06ASTANA585", "07STATE22"]),
        ("per reftels", ["06ASTANA573", "06ASTANA585", "06ASTANA712", "07STATE22"]),
        ("see 05 SALTMERE 12 for more", ["05SALTMERE12"]),
        ("AS OUTLINED IN STATE 085417, ALL", ["07STATE85417"]),
        ("AS OUTLINED IN STATE 085417 (15 APRIL 1975) AND LATER", ["75STATE85417"]),
        ("signed on 15 APRIL 1975 and 21 JULY 1975", []),
        ("UNSCR 1701 and BOEING 737 and ARTICLE 5", []),
        ("he referred a question to us", []),
        ("his reform is a reflex", []),
        ("this cable, 07 ASTANA 48, itself", []),
    ],
)
def test_a_paragraph_cites_what_its_letters_and_ids_stand_for(text, expected):
    assert list(references.Citations(BLOCK, ME, SENT).find(text)) == expected


def test_a_lone_reference_without_a_letter_may_be_cited_as_ref():
    block = references.parse_references("STATE 22", ME, SENT)
    assert references.Citations(block, ME, SENT).find("As ref requests, we called.") == ("07STATE22",)


@pytest.mark.parametrize(
    "block",
    [
        "[A] ROME 9 [B] PARIS 3",
        "A - ROME 9 B - PARIS 3",
        "A/ ROME 9 B/ PARIS 3",
        "A.) ROME 9 B.) PARIS 3",
        "(A): ROME 9 (B): PARIS 3",
        "(A)ROME 9(B)PARIS 3",
    ],
)
def test_letters_are_read_in_every_printing(block):
    found = references.parse_references(block, ME, SENT)
    assert [(r.label, r.id, r.text) for r in found] == [
        ("A", "07ROME9", "ROME 9"),
        ("B", "07PARIS3", "PARIS 3"),
    ]


@pytest.mark.parametrize("text", ["A/S HILL'S MEMO", "A/DCM REED'S LETTER"])
def test_an_acting_office_is_no_letter(text):
    assert [(r.label, r.text) for r in references.parse_references(f"A. {text}", ME, SENT)] == [("A", text)]


@pytest.mark.parametrize(
    ("block", "id"),
    [
        ("ROME 9, 11/12/05", "05ROME9"),
        ("ROME 9 OF 5/4/05", "05ROME9"),
        ("ROME 9 OF NOVEMBER 2005", "05ROME9"),
        ("ROME 9 OF 4 MAY", "07ROME9"),
        ("ROME 05-123", "05ROME123"),
        ("ROME 2005-123", "05ROME123"),
        ("ROME 05 123", None),
        ("ROME 2005 123", None),
    ],
)
def test_a_year_behind_the_station_or_the_number_is_the_ids(block, id):
    assert [r.id for r in references.parse_references(block, ME, SENT)] == [id]
