"""Codes of TAGS have a kind and a meaning; runs are cut and misprints corrected only where that is sure."""

import re

import pytest

from cablesearch.model.tables import read_table
from cablesearch.model.tag_codes import CODES, TagCode, codes_meaning, near_code, split_run, tag_code

ROWS = read_table("tags.txt", columns=5)
FORMS = {
    "subject": "[ABCEMOPST][A-Z]{3}|ENRG|GORM",
    "program": "K[A-Z]{3}",
    "geography": "[A-Z]{2}",
    "organisation": "[A-Z][A-Z0-9&'/ -]+",
}


def test_the_table_is_sorted_and_has_no_code_twice():
    assert sorted(ROWS, key=lambda row: (row[1], row[0])) == ROWS
    assert len({code for code, *_ in ROWS}) == len(ROWS) > 1000


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_row_is_well_formed(row):
    code, kind, meaning, country, common = row
    assert re.fullmatch(FORMS[kind], code)
    assert meaning == meaning.strip()
    assert re.fullmatch("[A-Z][A-Z]|", country)
    assert not country or kind == "geography"
    assert common in ("common", "")
    assert not common or meaning or kind == "organisation"


def test_the_words_that_are_no_codes_are_sorted():
    words = [word for (word,) in read_table("not_tags.txt", columns=1)]
    assert sorted(set(words)) == words
    assert not [word for word in words if word in CODES]


@pytest.mark.parametrize(
    ("printed", "entry"),
    [
        ("PGOV", TagCode("PGOV", "subject", "domestic politics and government", "")),
        ("pgov", TagCode("PGOV", "subject", "domestic politics and government", "")),
        ("KDEM", TagCode("KDEM", "program", "democracy", "")),
        ("KSPR", TagCode("KSPR", "program", "", "")),
        ("KZ", TagCode("KZ", "geography", "Kazakhstan", "KZ")),
        ("GM", TagCode("GM", "geography", "Germany", "DE")),
        ("UP", TagCode("UP", "geography", "Ukraine", "UA")),
        ("SF", TagCode("SF", "geography", "South Africa", "ZA")),
        ("XA", TagCode("XA", "geography", "Africa", "")),
        ("UR", TagCode("UR", "geography", "Soviet Union", "RU")),
        ("UNSC", TagCode("UNSC", "organisation", "UN Security Council", "")),
        ("Alitalia", TagCode("ALITALIA", "organisation", "Italian airline", "")),
        ("PSI", TagCode("PSI", "organisation", "", "")),
        ("KELVO", None),
        ("HUMAN RIGHTS", None),
        ("", None),
    ],
)
def test_a_code_is_known_by_kind_meaning_and_country(printed, entry):
    assert tag_code(printed) == entry


def test_codes_are_asked_for_with_in():
    assert "PREL" in CODES
    assert "prel" not in CODES


@pytest.mark.parametrize(
    ("printed", "codes"),
    [
        ("KFRDKIRFCVIS", ["KFRD", "KIRF", "CVIS"]),
        ("PGOVPRELKDEM", ["PGOV", "PREL", "KDEM"]),
        ("PHUMBA", ["PHUM", "BA"]),
        ("PRELEG", ["PREL", "EG"]),
        ("prelirIZ", ["PREL", "IR", "IZ"]),
        ("ITPHUM", ["IT", "PHUM"]),
        ("ECONECON", ["ECON", "ECON"]),
        ("ASECAFIN", ["ASEC", "AFIN"]),  # not ASEC, AF, IN
        ("AORCUNGA", ["AORC", "UNGA"]),  # not AORC, UN, GA
        ("PRELNATOEUN", ["PREL", "NATO", "EUN"]),
    ],
)
def test_a_run_is_cut_into_as_few_codes_as_possible(printed, codes):
    assert split_run(printed) == codes


@pytest.mark.parametrize(
    "printed",
    [
        *("PREL", "NATO", "UNGA", "KZ", "EL AL", "COMIBOL"),
        *("TERRORISM", "RIGHTS", "AFFAIRS", "REACTION", "REPORT", "MEDIA", "ELECTIONS", "ISRAELI"),
        *("SOCIAL", "PROPAGANDA", "MASSACRE", "PREFER", "TECHNOLOGY", "MILITARY", "BLAMED"),
        *("RICE", "CHEN", "DRAPER", "SCULLY", "STEINBERG", "KELVO"),
        *("IRIZ", "IRIZAF", "PRELX", "PRELKELVO", "XPREL", "", "PREL EG", "ASEC" * 30),
    ],
)
def test_a_code_a_word_and_what_is_no_run_are_not_cut(printed):
    assert split_run(printed) is None


def test_a_run_with_two_ways_is_not_cut():
    assert split_run("PRELKSCASC") is None  # KS CASC? KSCA SC?


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("MOPPS", "MOPS"),
        ("POGOV", "PGOV"),
        ("PHUMM", "PHUM"),
        ("AGMT", "AMGT"),
        ("ecno", "ECON"),
        ("KPOA", "KPAO"),
    ],
)
def test_a_letter_repeated_and_two_swapped_are_corrected(printed, code):
    assert near_code(printed) == code


@pytest.mark.parametrize(
    "printed",
    [
        *("PREL", "KZ", "PTEL", "PINL", "PRE", "PRELLL", "KNPP", "KCRC", "TFIN", ""),
        *("MARK", "MARY", "PARK", "CHAN", "PITT", "PETER", "CASE", "MISS", "ASIA", "ARMED", "POINT", "PAPER"),
        *("SERV", "STAR", "CAPS", "ELBA", "PERF"),
    ],
)
def test_what_may_be_something_else_is_not_corrected(printed):
    assert near_code(printed) is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("human rights", ("PHUM", "SHUM")),  # SHUM: human rights (about 1980)
        ("Human Rights", ("PHUM", "SHUM")),
        ("Congo", ("CF", "CG")),
        ("Congo (Kinshasa)", ("CG",)),
        ("Kazakhstan", ("KZ",)),
        ("Guinea", ("GV",)),  # not Guinea-Bissau, which mentions it
        ("herring", ()),
        ("right", ()),  # a part of a word
        ("", ()),
    ],
)
def test_codes_by_what_they_mean(text, codes):
    assert codes_meaning(text) == codes


def test_where_no_code_is_called_so_all_that_mention_it_are_meant():
    assert codes_meaning("demining") == ("KHDP",)  # humanitarian demining
    assert codes_meaning("nuclear terrorism") == ("KGIC",)
    assert codes_meaning("terrorism") == ("PTER",)  # it is called so
