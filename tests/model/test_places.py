"""Where posts are."""

from __future__ import annotations

import pytest

from cablesearch.model.places import Place, place_of
from cablesearch.model.stations import _rows
from cablesearch.model.tables import read_table

# The bounds of some countries: south, north, west, east.
BOUNDS = {
    "KZ": (40, 56, 46, 88), "DE": (47, 56, 5, 16), "BR": (-34, 6, -74, -34), "US": (24, 50, -125, -66),
    "IN": (6, 36, 68, 98), "AU": (-44, -10, 112, 154), "ZA": (-35, -22, 16, 33), "MX": (14, 33, -118, -86),
    "JP": (24, 46, 123, 146), "RU": (41, 70, 27, 180), "GB": (49, 61, -9, 2), "CN": (18, 54, 73, 135),
    "VN": (8, 24, 102, 110), "IR": (25, 40, 44, 64), "IQ": (29, 38, 38, 49), "FR": (41, 52, -5, 10),
    "CA": (41, 70, -141, -52), "CD": (-14, 6, 12, 32), "NG": (4, 14, 2, 15), "IT": (36, 48, 6, 19),
    "CO": (-5, 13, -80, -66), "AE": (22, 27, 51, 57), "CH": (45, 48, 5, 11), "AT": (46, 50, 9, 18),
}  # fmt: skip
NOWHERE = {"BENIN", "FESTTWO", "PARTO", "SECTO"}


def test_every_station_has_its_place_but_those_that_have_none() -> None:
    stations = [station for station, _ in _rows()]
    assert {station.name for station in stations if not place_of(station.name)} == NOWHERE


def test_places_are_on_the_earth_and_in_their_countries() -> None:
    for station, _ in _rows():
        place = place_of(station.name)
        if not place:
            continue
        assert -60 < place.latitude < 70, station
        assert -180 <= place.longitude <= 180, station
        if bounds := BOUNDS.get(station.country):
            south, north, west, east = bounds
            assert south <= place.latitude <= north, station
            assert west <= place.longitude <= east, station


def test_no_row_is_unused_or_twice() -> None:
    names = [name for name, *_ in read_table("places.txt", columns=3)]
    assert len(names) == len({*names})
    used = {station.city or station.name for station, _ in _rows()} | {"Secretary of State", "Washington"}
    assert {*names} <= used


@pytest.mark.parametrize(
    ("origin", "place"),
    [
        ("Embassy Astana", Place(51.2, 71.4)),
        ("Consulate Ho Chi Minh City", Place(10.8, 106.7)),
        ("Secretary of State", Place(38.9, -77.0)),
        ("Mission USNATO", Place(50.9, 4.4)),
        ("USUN New York", Place(40.8, -74.0)),
        ("American Institute Taiwan, Taipei", Place(25.0, 121.5)),
        ("US Interests Section Havana", Place(23.1, -82.4)),
        ("REO Basrah", Place(30.5, 47.8)),
        ("Washington", Place(38.9, -77.0)),
        ("Moscow", Place(55.8, 37.6)),
        ("Embassy Saltmere", None),
        ("US Delegation, Secretary", None),
        ("", None),
    ],
)
def test_the_place_of_an_origin(origin: str, place: Place | None) -> None:
    assert place_of(origin) == place
