"""Stations are found by every name that drafters print, and nothing else is taken for one."""

import re

import pytest

from cablesearch.model.stations import Station, nearest_station, station_named, station_of_telegram
from cablesearch.model.tables import read_table

KINDS = {
    *("embassy", "consulate", "mission", "interests section", "liaison office", "regional office", "office"),
    *("institute", "department", "agency", "delegation", ""),
}
ROWS = read_table("stations.txt", columns=6)
NAMES = [name for name, *_ in ROWS]


def name_of(station: Station | None) -> str | None:
    return station.name if station else None


def test_the_table_is_sorted_and_has_no_station_twice():
    assert sorted(set(NAMES)) == NAMES
    assert len(NAMES) > 350


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_a_row_is_well_formed(row):
    name, city, country, kind, others, _note = row
    assert re.fullmatch("[A-Z]+", name)
    assert re.fullmatch(r"[A-Z][A-Za-z' -]*|", city)
    assert re.fullmatch("[A-Z][A-Z]|", country)
    assert kind in KINDS
    assert re.fullmatch(r"[A-Z.' -]+(, [A-Z.' -]+)*|", others)
    assert not city or country or name == "JERUSALEM"


def test_every_name_leads_to_one_station():
    for name, *_, others, _note in ROWS:
        for printed in [name, *filter(None, others.split(", "))]:
            assert name_of(station_named(printed)) == name


def test_the_words_that_are_no_stations_are_sorted_and_needed():
    words = [word for (word,) in read_table("not_stations.txt", columns=1)]
    assert sorted(set(words)) == words
    assert not [word for word in words if station_named(word)]


@pytest.mark.parametrize(
    ("printed", "station"),
    [
        ("ABU DHABI", "ABUDHABI"),
        ("Ho Chi Minh City", "HOCHIMINHCITY"),
        ("HCMC", "HOCHIMINHCITY"),
        ("RIO", "RIODEJANEIRO"),
        ("BKK", "BANGKOK"),
        ("VAT", "VATICAN"),
        ("MEXICO CITY", "MEXICO"),
        ("BA", "BUENOSAIRES"),
        ("N'DJAMENA", "NDJAMENA"),
        ("SANA’A", "SANAA"),
        ("ST. PETERSBURG", "STPETERSBURG"),
        ("OSAKA/KOBE", "OSAKAKOBE"),
        ("OSAKA-KOBE", "OSAKAKOBE"),
        ("kuala\nlumpur", "KUALALUMPUR"),
        ("SECSTATE WASHDC", "STATE"),
        ("DEPT OF STATE", "STATE"),
        ("USUN", "USUNNEWYORK"),
        ("USEU", "USEUBRUSSELS"),
        ("UNVIE", "UNVIEVIENNA"),
        ("TAIPEI", "AITTAIPEI"),
        ("DUBAI RPO", "RPODUBAI"),
        ("EMBASSY VIENNA", "VIENNA"),
        ("AMEMBASSY LA PAZ", "LAPAZ"),
        ("AMEMBASSYLAPAZ", "LAPAZ"),
        ("AMCONSUL RIO DE JANEIRO", "RIODEJANEIRO"),
        ("USMISSION GENEVA", "GENEVA"),
        ("USMISSION USUN NEW YORK", "USUNNEWYORK"),
        ("USLO PEKING", "PEKING"),
        ("USINT HAVANA", "HAVANA"),
    ],
)
def test_a_station_is_found_by_a_printed_name(printed, station):
    assert name_of(station_named(printed)) == station
    assert name_of(nearest_station(printed)) == station


@pytest.mark.parametrize(
    ("printed", "station"),
    [
        ("KYIV", Station("KYIV", "Kyiv", "UA", "embassy")),
        ("KIEV", Station("KIEV", "Kyiv", "UA", "embassy")),
        ("PEKING", Station("PEKING", "Beijing", "CN", "liaison office")),
        ("LENINGRAD", Station("LENINGRAD", "Saint Petersburg", "RU", "consulate")),
        ("PRISTINA", Station("PRISTINA", "Pristina", "XK", "embassy")),
        ("SECSTATE", Station("STATE", "", "US", "department")),
        ("USUN", Station("USUNNEWYORK", "", "US", "mission")),
        ("USNATO", Station("USNATO", "", "BE", "mission")),
    ],
)
def test_a_station_has_a_city_a_country_and_a_kind(printed, station):
    assert station_named(printed) == station


@pytest.mark.parametrize(
    ("printed", "station"),
    [
        ("0TTAWA", "OTTAWA"),
        ("C0LOMBO", "COLOMBO"),
        ("R0ME", "ROME"),
        ("M1LAN", "MILAN"),
        ("DUB1IN", "DUBLIN"),
        ("0TTWA", "OTTAWA"),
        ("KABULL", "KABUL"),
        ("KABL", None),
        ("CARACUS", "CARACAS"),
        ("TEL AVVI", "TELAVIV"),
        ("BUENOS ARIES", "BUENOSAIRES"),
        ("KATHAMNDU", "KATHMANDU"),
        ("OUGADOGOU", "OUAGADOUGOU"),
        ("ISLMABD", None),
        ("SECSTAE", "STATE"),
        ("SECSATTE", "STATE"),
        ("AMEMBASSY LONDNO", "LONDON"),
        ("THE HAUGE", "THEHAGUE"),
    ],
)
def test_a_misprint_is_the_station_it_is_near(printed, station):
    assert name_of(nearest_station(printed)) == station


@pytest.mark.parametrize(
    "printed",
    [
        *(
            "FROM",
            "AND",
            "PERCENT",
            "REFTEL",
            "EMAIL",
            "PARA",
            "PARAS",
            "ITEM",
            "PAGE",
            "SECTION",
            "THROUGH",
            "AT",
        ),
        *("MARCH", "APRIL", "JUNE", "JULY", "AUGUST", "DECEMBER"),
        *("SECRETARY", "AMBASSADOR", "MINISTER", "GENERAL", "PRESIDENT", "COLONEL", "DCM"),
        *(
            "PARTS",
            "PARISH",
            "QUITE",
            "RECIPE",
            "VICTORY",
            "VICTORIAN",
            "URBAN",
            "KUWAITI",
            "BRAZILIAN",
            "GRENADE",
        ),
        *("STATES", "ESTATE", "SLATE", "DOCS", "EMBASSY", "AMEMBASSY", "EMBASSIES", "CONSULATE", "WHITE"),
        *("ELLINGTON", "HAMPTON", "MERLIN", "SUSAN", "LANDON", "SIDNEY"),
        *("AND KABUL", "MEMO FROM KATHMANDUU", "KATHMANDUU TO", "LA PAZ A-", "BUENOS AIRES CA", "MADRID SP"),
        *("PARIS POINTS", "EMBASSY PARIS DAILY REPORT", "USDAO DUBLIN", "TD", "IIR", "OSC", "DTG"),
        *("", " ", "0", "04", "1990", "2ND", "A1", "É"),
    ],
)
def test_a_word_is_no_station(printed):
    assert station_named(printed) is None
    assert nearest_station(printed) is None


def test_a_misprint_of_two_stations_is_none():
    assert nearest_station("DAKKA") is None  # DAKAR? DHAKA? DACCA?


@pytest.mark.parametrize(
    ("printed", "station"),
    [
        ("BANGKO", "BANGKOK"),
        ("NEW DE", "NEWDELHI"),
        ("NEWDE", "NEWDELHI"),
        ("KUALA", "KUALALUMPUR"),
        ("USUN N", "USUNNEWYORK"),
        ("OECD P", "OECDPARIS"),
        ("LIMA", "LIMA"),
        ("LA PAZ", "LAPAZ"),
        ("PORT O", None),  # Port of Spain, and Porto Alegre
        ("BANGK", None),
    ],
)
def test_a_telegram_of_the_1970s_has_six_characters_of_a_station(printed, station):
    assert name_of(station_of_telegram(printed)) == station


def test_six_characters_are_no_name_elsewhere():
    assert station_named("GEORGE") is None
    assert nearest_station("BRIDGE") is None
