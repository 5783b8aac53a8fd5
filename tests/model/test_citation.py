"""Citations of cables and of documents of editions."""

from dataclasses import replace
from datetime import date

import pytest

from cablesearch.model.cable import Cable, Classification, Edition
from cablesearch.model.calendar import Month
from cablesearch.model.citation import archive_number, citation, hashtag, link


def test_a_cable(cable):
    assert (
        citation(cable)
        == 'Embassy Tezgara, "SALT AND REFORM", 07TEZGARA5, 8 January 2007, Confidential//NOFORN'
    )


def test_a_paragraph(cable):
    assert citation(cable, cable.paragraphs[1]).endswith("Confidential//NOFORN, para. 2")


def test_a_position_in_place_of_a_number_is_in_brackets(cable):
    assert citation(cable, cable.paragraphs[2]).endswith("para. [3]")


def test_a_repeated_number_has_its_count(cable):
    again = replace(cable.paragraphs[1], id="07TEZGARA5#2-2")
    assert citation(cable, again).endswith("para. 2-2")


def test_quotes_in_a_subject_are_single():
    assert citation(Cable("07TEZGARA5", subject='THE "REFORM"')) == "\"THE 'REFORM'\", 07TEZGARA5"


def test_unknown_facts_are_left_out():
    assert citation(Cable("07TEZGARA5")) == "07TEZGARA5"


def test_a_level_of_two_words():
    cable = Cable("75TEZGARA5", classification=Classification("LIMITED OFFICIAL USE"))
    assert citation(cable) == "75TEZGARA5, Limited Official Use"


@pytest.mark.parametrize(
    ("id", "cited"),
    [
        ("frus1964-68v02/d1", "Foreign Relations of the United States, 1964–1968, vol. II, doc. 1"),
        (
            "frus1955-57v23p2/d14",
            "Foreign Relations of the United States, 1955–1957, vol. XXIII, pt. 2, doc. 14",
        ),
        ("frus1969-76ve13/d2", "Foreign Relations of the United States, 1969–1976, vol. E–13, doc. 2"),
        ("frus1952-54Guat/d7", "Foreign Relations of the United States (frus1952-54Guat), doc. 7"),
        ("ambrel1966-68v01/d3", "ambrel1966-68v01, doc. 3"),
    ],
)
def test_a_document_of_an_edition_is_cited_by_volume_and_number(id, cited):
    cable = Cable(id, date(1965, 1, 2), origin="Saigon", subject="Telegram")
    assert citation(cable) == f'"Telegram", Saigon, 2 January 1965, {cited}'


def test_only_cables_have_a_hashtag():
    assert hashtag(Cable("07TEZGARA5")) == "#07TEZGARA5"
    assert hashtag(Cable("frus1964-68v02/d1")) is None


def test_only_documents_of_an_edition_have_a_link():
    assert (
        link(Cable("frus1964-68v02/d1")) == "https://history.state.gov/historicaldocuments/frus1964-68v02/d1"
    )
    assert link(Cable("07TEZGARA5")) is None


def test_a_month_is_cited_as_a_month():
    cable = Cable("frus1958-60v11/d4", created=Month(1959, 8, 1), subject="Paper")
    assert citation(cable).startswith('"Paper", August 1959, Foreign Relations')


@pytest.mark.parametrize(
    ("classification", "cited"),
    [
        (Classification("SECRET", ("NODIS", "NOFORN")), "Secret//NODIS//NOFORN"),
        (Classification("UNCLASSIFIED", ("FOR OFFICIAL USE ONLY",)), "Unclassified//For Official Use Only"),
    ],
)
def test_a_level_has_its_caveats(classification, cited):
    assert citation(Cable("07TEZGARA5", classification=classification)) == f"07TEZGARA5, {cited}"


@pytest.mark.parametrize(
    ("edition", "volume"),
    [
        (
            Edition("Relations, Volume II", ("Ada Quell", "Ivo Tessel"), "Washington", "GPO", 1996),
            "Relations, Volume II, ed. Ada Quell and Ivo Tessel (Washington: GPO, 1996)",
        ),
        (Edition("Relations", ("A", "B", "C"), None, "GPO"), "Relations, ed. A, B, and C (GPO)"),
        (Edition("Relations", year=1996), "Relations (1996)"),
        (Edition("Relations"), "Relations"),
    ],
)
def test_a_volume_is_cited_as_its_title_page_names_it(edition, volume):
    cable = Cable("frus1964-68v02/d17", edition=edition)
    assert citation(cable) == f"{volume}, doc. 17"
    assert Cable.from_dict(cable.as_dict()) == cable


def test_a_cable_without_text_is_cited_without_a_paragraph():
    cable = Cable("76KELVO9", without_text="WITHDRAWN")
    assert citation(cable, cable.entries[0]) == "76KELVO9"


@pytest.mark.parametrize(
    ("cable", "number"),
    [
        (Cable("74LAPAZ162", source="nara/1974LAPAZ00162.pdf"), "1974LAPAZ00162"),
        (Cable("77STATE17976", source="all.zip!x/1977STATE017976.txt#2"), "1977STATE017976"),
        (Cable("74LAPAZ162", source="a.txt", concepts=("FISHING",)), "1974LAPAZ00162"),
        (Cable("77STATE17976", source="a.txt", concepts=("FISHING",)), "1977STATE017976"),
        (Cable("74LAPAZ162", source="a.txt"), None),
        (Cable("74LAPAZ162", source="1974LAPAZ00163.txt"), None),
        (Cable("72LAPAZ162", source="1972LAPAZ00162.txt", concepts=("FISHING",)), None),
        (Cable("74BUENOSAIRES162", source="a.txt", concepts=("FISHING",)), None),
        (Cable("frus1973-76v01/d1", concepts=("FISHING",)), None),
    ],
)
def test_a_telegram_known_to_be_in_the_national_archives_has_its_number(cable, number):
    assert archive_number(cable) == number
    assert number is None or link(cable) == f"https://catalog.archives.gov/search?q={number}"


def test_a_preface_has_no_number():
    edition = Edition("Foreign Relations of the United States, 1964–1968, Volume II", (), None, None, 1996)
    preface = Cable("frus1964-68v02/preface", subject="Preface", edition=edition)
    assert citation(preface) == f'"Preface", {edition.title} (1996)'
    assert citation(replace(preface, id="frus1964-68v02/d1")).endswith("(1996), doc. 1")
