"""Classifications and portion markings."""

import re

import pytest

from cablesearch.model.classification import Classification
from cablesearch.parse.marking import (
    PORTION,
    normalize_marking,
    parse_classification,
    parse_classification_line,
)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("CONFIDENTIAL", Classification("CONFIDENTIAL")),
        ("SECRET//NOFORN", Classification("SECRET", ("NOFORN",))),
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY", Classification("UNCLASSIFIED", ("FOR OFFICIAL USE ONLY",))),
        ("Limited Official Use", Classification("LIMITED OFFICIAL USE")),
        ("unclas", Classification("UNCLASSIFIED")),
        ("S//NF//OC", Classification("SECRET", ("NOFORN", "ORCON"))),
        ("Top Secret//Nodis", Classification("TOP SECRET", ("NODIS",))),
        ("Top Secret//Sensitive", Classification("TOP SECRET", ("SENSITIVE",))),
        ("UNCLASSIFIED//SENSITIVE", Classification("UNCLASSIFIED", ("FOR OFFICIAL USE ONLY",))),
        ("", None),
        (None, None),
    ],
)
def test_a_published_classification_is_level_and_caveats(published, expected):
    assert parse_classification(published) == expected


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("C O N F I D E N T I A L SECTION 01 OF 02 SALTMERE 000123", "CONFIDENTIAL"),
        ("S E C R E T SALTMERE 000123", "SECRET"),
        ("UNCLAS SALTMERE 000123", "UNCLASSIFIED"),
        ("L I M I T E D  O F F I C I A L  U S E  SALTMERE 12", "LIMITED OFFICIAL USE"),
        ("LIMITED OFFICIAL USE", "LIMITED OFFICIAL USE"),
        ("TOP SECRET SALTMERE 9", "TOP SECRET"),
    ],
)
def test_a_classification_line_may_have_spaces_between_its_letters(line, level):
    assert parse_classification_line(line) == Classification(level)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("S E C R E T NOFORN SALTMERE 000123", ("SECRET", "NOFORN")),
        ("C O N F I D E N T I A L//NODIS SECTION 01 OF 02 SALTMERE 000123", ("CONFIDENTIAL", "NODIS")),
        ("UNCLAS SENSITIVE SALTMERE 000123", ("UNCLASSIFIED", "FOR OFFICIAL USE ONLY")),
        ("UNCLAS FOR OFFICIAL USE ONLY SALTMERE 000123", ("UNCLASSIFIED", "FOR OFFICIAL USE ONLY")),
    ],
)
def test_a_caveat_may_stand_behind_the_level(line, expected):
    level, *caveats = expected
    assert parse_classification_line(line, caveats[:1]) == Classification(level, tuple(caveats))
    assert parse_classification_line(line) == Classification(level, tuple(caveats))


@pytest.mark.parametrize(
    "line", ["SECRETARY OF STATE FOR TRADE", "Secret talks were held", "1. (C) SUMMARY", ""]
)
def test_other_lines_are_not_classification_lines(line):
    assert parse_classification_line(line) is None


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("(C)", "C"),
        ("(SBU)", "SBU"),
        ("(S/NF)", "S/NF"),
        ("(C//REL ISAF)", "C//REL ISAF"),
        ("( S )", "S"),
        ("(S/REL to USA, FVEY)", "S/REL to USA, FVEY"),
        ("(C/Rel Aus)", "C/Rel Aus"),
    ],
)
def test_a_portion_marking_stays_as_the_drafter_wrote_it(printed, expected):
    found = re.fullmatch(PORTION, printed)
    assert found
    assert normalize_marking(found["marking"]) == expected


@pytest.mark.parametrize("printed", ["(Ref C)", "(b)", "(as she has before)", "(CDU)", "(UN)", "(Comment)"])
def test_other_parentheses_are_not_markings(printed):
    assert not re.fullmatch(PORTION, printed)


def test_a_marking_in_small_letters_is_capitalized():
    assert normalize_marking("c") == "C"
    assert normalize_marking("s/nf") == "S/NF"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("(C NF)", "C NF"),
        ("(SNF)", "SNF"),
        ("(CNF)", "CNF"),
        ("(S-NF)", "S-NF"),
        ("(C-REL UK)", "C-REL UK"),
        ("(S//NF)", "S//NF"),
        ("( C )", "C"),
        ("(LOU)", "LOU"),
        ("(C/REL TO USA,\nAUS)", "C/REL TO USA, AUS"),
        ("(S//REL TO USA,\n  FVEY)", "S//REL TO USA, FVEY"),
        ("(S//NF//)", "S//NF"),
    ],
)
def test_a_portion_marking_is_read_in_all_its_forms(printed, expected):
    found = re.fullmatch(PORTION, printed)
    assert found
    assert normalize_marking(found["marking"]) == expected


@pytest.mark.parametrize("printed", ["(S UK)", "(C and D)", "(U of Texas)", "(SN)", "(C-130)"])
def test_a_level_with_other_words_is_no_marking(printed):
    assert not re.fullmatch(PORTION, printed)
