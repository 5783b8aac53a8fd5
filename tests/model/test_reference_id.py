"""Spellings of reference ids."""

from datetime import date

import pytest

from cablesearch.model.reference_id import canonical, split_id


@pytest.mark.parametrize(
    ("printed", "id"),
    [
        ("07ASTANA48", "07ASTANA48"),
        ("07 ASTANA 000048", "07ASTANA48"),
        ("2007 Astana 48", "07ASTANA48"),
        ("1975TEHRAN02069", "75TEHRAN2069"),
        ("'07 Abu Dhabi 2641", "07ABUDHABI2641"),
        ("05 SECSTATE 134796", "05STATE134796"),
        ("05 AMEMBASSY PARIS 9", "05PARIS9"),
        ("ASTANA 48", None),
        ("07 ASTANA 0", None),
        ("07 ASTANA 1234567", None),
        ("1.4 (b)", None),
        ("", None),
    ],
)
def test_an_id_has_one_canonical_form(printed, id):
    assert canonical(printed) == id


def test_an_id_without_a_year_is_of_the_citing_cables_year():
    assert canonical("ASTANA 48", cited=date(2007, 1, 8)) == "07ASTANA48"


def test_an_id_is_split_into_year_station_and_serial_number():
    assert split_id("07ASTANA48") == ("07", "ASTANA", "48")
    assert split_id("frus1964-68v02/d1") == ("", "", "")
