"""Citations in the styles of historians."""

from __future__ import annotations

import warnings
from dataclasses import replace
from datetime import date

import pytest

from cablesearch.export import STYLES, citing
from cablesearch.model.cable import Cable, Edition, Paragraph
from cablesearch.model.calendar import Month
from cablesearch.model.classification import Classification
from tests.extras import require

require()

TELEGRAM = Cable(
    "07TEZGARA48",
    date(2007, 1, 8),
    origin="Embassy Tezgara",
    subject="Salt, and reform",
    classification=Classification("CONFIDENTIAL", ("NOFORN",)),
    to=("SECSTATE WASHDC",),
    paragraphs=(Paragraph("07TEZGARA48#6", "6", "C", None, None, "Salt."),),
)
ARCHIVED = replace(
    TELEGRAM,
    id="74TEZGAR162",
    created=date(1974, 1, 9),
    to=("USIA WASHDC",),
    source="nara/1974TEZGAR00162.pdf",
    paragraphs=(Paragraph("74TEZGAR162#2", "2", None, None, None, "Salt."),),
)
DOCUMENT = Cable(
    "frus1964-68v02/d17",
    date(1965, 1, 2),
    subject="Telegram From the Embassy in Verrane",
    edition=Edition(
        "Foreign Relations, 1964–1968, Volume II, Herring",
        ("Odile K. Marchetane", "Ivo Quell"),
        "Washington",
        "Printing Office",
        1996,
    ),
    paragraphs=(Paragraph("frus1964-68v02/d17#p1", None, None, None, None, "Herring."),),
)
PAGE = "https://history.state.gov/historicaldocuments/frus1964-68v02/d17"
FILES = (
    "Electronic Telegrams, 1974; Central Foreign Policy Files, 1973–1979;"
    " General Records of the Department of State, Record Group 59"
)
COLLEGE_PARK = "National Archives at College Park, College Park, MD"
SEARCH = "https://catalog.archives.gov/search?q=1974TEZGAR00162"


def cited(style, cable):
    return citing(style)(cable, cable.paragraphs[0])


@pytest.mark.parametrize(
    ("style", "citation"),
    [
        (
            "plain",
            'Embassy Tezgara, "Salt, and reform", 07TEZGARA48, 8 January 2007, Confidential//NOFORN, para. 6',
        ),
        (
            "chicago",
            "Embassy Tezgara, “Salt, and reform,” to Secretary of State, telegram 07TEZGARA48,"
            " January 8, 2007, para. 6, Confidential//NOFORN.",
        ),
        (
            "mla",
            "Embassy Tezgara. “Salt, and reform.” telegram 07TEZGARA48, 8 Jan. 2007. Confidential//NOFORN.",
        ),
        (
            "apa",
            "Embassy Tezgara. (2007, January 8). Salt, and reform (Telegram 07TEZGARA48)"
            " [Confidential//NOFORN to Secretary of State].",
        ),
        (
            "nara",
            "Telegram 07TEZGARA48 from Embassy Tezgara to Secretary of State, “Salt, and reform,”"
            " January 8, 2007, Confidential//NOFORN, para. 6.",
        ),
    ],
)
def test_a_telegram(style, citation):
    assert cited(style, TELEGRAM) == citation


@pytest.mark.parametrize(
    ("style", "citation"),
    [
        (
            "chicago",
            "Embassy Tezgara, “Salt, and reform,” to USIA WASHDC, telegram 74TEZGAR162, January 9, 1974,"
            f" para. 2, Confidential//NOFORN, 1974TEZGAR00162; {FILES}, {COLLEGE_PARK}, {SEARCH}.",
        ),
        (
            "nara",
            "Telegram 74TEZGAR162 from Embassy Tezgara to USIA WASHDC, “Salt, and reform,” January 9, 1974,"
            f" Confidential//NOFORN, para. 2; 1974TEZGAR00162; {FILES}; {COLLEGE_PARK}; {SEARCH}.",
        ),
    ],
)
def test_a_telegram_of_the_national_archives(style, citation):
    assert cited(style, ARCHIVED) == citation


@pytest.mark.parametrize(
    ("style", "citation"),
    [
        (
            "chicago",
            "U.S. Department of State, “Telegram From the Embassy in Verrane,” in Foreign Relations,"
            " 1964–1968, Volume II, Herring, doc. 17, ed. Odile K. Marchetane and Ivo Quell (January 2, 1965;"
            f" Washington: Printing Office, 1996), para. [1], {PAGE}.",
        ),
        (
            "mla",
            "U.S. Department of State. “Telegram From the Embassy in Verrane.” 2 Jan. 1965. Foreign"
            " Relations, 1964–1968, Volume II, Herring, edited by Odile K. Marchetane and Ivo Quell,"
            f" doc. 17, Printing Office, 1996, {PAGE}.",
        ),
        (
            "apa",
            "U.S. Department of State. (1996). Telegram From the Embassy in Verrane. In O. K. Marchetane &"
            " I. Quell (eds.), Foreign Relations, 1964–1968, Volume II, Herring (doc. 17). Printing Office."
            f" {PAGE} (Original work published 1965)",
        ),
        (
            "nara",
            "“Telegram From the Embassy in Verrane,” January 2, 1965, para. [1]; Foreign Relations,"
            " 1964–1968, Volume II, Herring, ed. Odile K. Marchetane and Ivo Quell"
            f" (Washington: Printing Office, 1996), doc. 17; {PAGE}.",
        ),
    ],
)
def test_a_document_of_an_edition(style, citation):
    assert cited(style, DOCUMENT) == citation


@pytest.mark.parametrize("style", STYLES)
def test_what_differs_between_cables_of_a_day_differs_in_their_citations(style):
    """They are made from one template."""
    other = replace(
        TELEGRAM,
        id="07KELVO5",
        origin="Mission Kelvo",
        subject="Fish?",
        classification=None,
        paragraphs=(Paragraph("07KELVO5#3", "3", None, None, None, "Fish."),),
    )
    cite = citing(style)
    for cable in (TELEGRAM, other, TELEGRAM):
        text = cite(cable, cable.paragraphs[0])
        assert text == cited(style, cable)
        assert cable.subject in text
        assert cable.origin in text
        assert ("Confidential" in text) == (cable is TELEGRAM)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "cable",
    [
        Cable("07TEZGARA5", without_text="WITHDRAWN"),
        Cable("C05739545", subject="A LETTER", without_text="x"),
        replace(TELEGRAM, subject=None),
        replace(TELEGRAM, origin=None, created=Month(2007, 1, 1)),
        replace(DOCUMENT, edition=None),
        replace(TELEGRAM, subject='<i>A</i> "B" {C} \\1 \\g<0> & {}'),
    ],
    ids=lambda cable: cable.id,
)
def test_a_cable_of_which_little_is_known_has_a_citation(style, cable):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        text = citing(style)(cable, cable.entries[0])
    assert cable.id in text or "doc. 17" in text
    assert not any("\ufdd0" <= character <= "\ufdef" for character in text)


@pytest.mark.parametrize("style", ["chicago", "nara"])
def test_quotation_marks_in_a_title_are_single_and_its_question_mark_stays(style):
    cable = replace(TELEGRAM, subject='WHO SAID "SALT"?')
    assert "“WHO SAID 'SALT'?" in cited(style, cable)


def test_our_own_style_is_valid():
    from citeproc import CitationStylesStyle

    from cablesearch.export import _styles

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        CitationStylesStyle(str(_styles._OWN), validate=True)
