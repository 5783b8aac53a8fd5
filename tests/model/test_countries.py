"""Countries: their names, and those that a cable is about or from."""

from __future__ import annotations

import pytest

from cablesearch.model.cable import Cable
from cablesearch.model.countries import countries_named, countries_of, country_name, station_of
from cablesearch.model.tables import read_table
from cablesearch.model.tag_codes import geographies


@pytest.mark.parametrize(
    ("facts", "countries"),
    [
        ({"tags": ("PGOV", "KZ")}, ("Kazakhstan",)),
        ({"tags": ("KZ", "RS", "KZ")}, ("Kazakhstan", "Russia")),
        ({"tags": ("UR", "RH")}, ("Russia", "Zimbabwe")),  # gone: their successors
        ({"tags": ("OVIP (KZ, ANNA)", "XA")}, ()),  # a person, a region
        ({"id": "07ASTANA48"}, ("Kazakhstan",)),
        ({"id": "07STATE48"}, ()),  # a department is in no city
        ({"id": "07PARISFR1", "tags": ("IZ",)}, ("Iraq",)),
        ({"id": "letter", "origin": "Embassy Abu Dhabi"}, ("United Arab Emirates",)),
        ({"id": "letter", "origin": "Secretary of State"}, ()),
        ({"id": "letter", "origin": "Saigon"}, ("Vietnam",)),
        ({"id": "07ASTANA48", "tags": ("CH",)}, ("China", "Kazakhstan")),
        ({"id": "letter"}, ()),
    ],
)
def test_the_countries_of_a_cable(facts: dict[str, object], countries: tuple[str, ...]) -> None:
    assert countries_of(Cable(**({"id": "07KELVO1"} | facts))) == countries


@pytest.mark.parametrize(
    ("id", "others", "station"),
    [
        ("07ASTANA48", (), "ASTANA"),
        ("75BANGKO2069", (), "BANGKOK"),  # cut off, as in telegrams
        ("07KELVO48", (), "KELVO"),  # not registered
        ("76STATE290286-q7x2m", (), "STATE"),
        ("08ECTION01OF02MANAMA492", ("08MANAMA492",), "MANAMA"),
        ("frus1969-76v28/d3", (), None),
    ],
)
def test_the_station_in_an_id(id: str, others: tuple[str, ...], station: str | None) -> None:
    assert station_of(Cable(id, other_ids=others)) == station


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Kazakhstan", ("Kazakhstan",)),
        ("kazakhstan", ("Kazakhstan",)),
        ("KZ", ("Kazakhstan",)),
        ("CH", ("China",)),  # a TAGS code, which Switzerland's ISO code is not
        ("Soviet Union", ("Russia",)),
        ("USSR", ("Russia",)),
        ("Zaire", ("Congo (Kinshasa)",)),
        ("Congo", ("Congo (Brazzaville)", "Congo (Kinshasa)")),
        ("Côte d'Ivoire", ("Ivory Coast",)),
        ("Rhodesia", ("Zimbabwe",)),
        ("West Bank", ("Palestinian territories",)),
        ("Africa", ()),
        ("Kazakstan", ()),
        ("", ()),
    ],
)
def test_what_a_name_or_a_code_stands_for(text: str, countries: tuple[str, ...]) -> None:
    assert tuple(sorted(countries_named(text))) == countries


def test_every_country_has_one_name() -> None:
    """One that several codes stand for, or none, has its name in countries.txt."""
    codes = [entry.country for entry in geographies() if entry.country]
    listed = {code for code, *_ in read_table("countries.txt", columns=3)}
    assert {code for code in codes if codes.count(code) > 1} <= listed
    posts = {country for _, city, country, *_ in read_table("stations.txt", columns=6) if city and country}
    assert posts <= listed | set(codes)
    for code in listed | set(codes):
        assert countries_named(country_name(code)) == (country_name(code),)
