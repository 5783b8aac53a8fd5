"""Countries: their names, and which ones a cable is about or from.

KZ, UR, RH        ->  Kazakhstan, Russia, Zimbabwe     (TAGS codes, some of countries that are gone)
Embassy Astana    ->  Kazakhstan                       (posts in a city; departments have no country)
Zaire, Holland    ->  Congo (Kinshasa), Netherlands    (other names, `countries.txt`)
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..analysis.words import words
from .cable import Cable
from .reference_id import split_id
from .stations import station_named, station_of_telegram
from .tables import read_table
from .tag_codes import GEOGRAPHY_LETTERS, REMARK, geographies, tag_code


def station_of(cable: Cable) -> str | None:
    """Return the station in a cable's id (`ASTANA`), by its registered name; None if the id has none."""
    printed = [station for id in (cable.id, *cable.other_ids) if (station := split_id(_own_id(id))[1])]
    known = (station.name for station in map(station_of_telegram, printed) if station)
    return next(known, printed[0] if printed else None)


def countries_of(cable: Cable) -> tuple[str, ...]:
    """Return the names of the countries in a cable's TAGS, and of the one that it was sent from."""
    codes = [entry.country for entry in map(tag_code, cable.tags) if entry]
    post = station_named(station_of(cable) or "") or station_named(cable.origin or "")
    if post and post.city:
        codes.append(post.country)
    return tuple(dict.fromkeys(country_name(code) for code in codes if code))


def countries_named(text: str) -> tuple[str, ...]:
    """Return the countries that a name or a TAGS code stands for: two for Congo, none for an unknown one."""
    geography = tag_code(text) if len(text.strip()) == GEOGRAPHY_LETTERS else None
    if geography and geography.country:
        return (country_name(geography.country),)
    return _countries_by_name().get(" ".join(words(text)), ())


def country_names() -> list[str]:
    """Return every name that `countries_named` knows, in lower case."""
    return list(_countries_by_name())


def country_name(code: str) -> str:
    """Return a country's name by its ISO 3166 code; the code itself if there is none."""
    return _names_by_code().get(code, code)


def _own_id(id: str) -> str:
    """Return an id without the suffix that tells apart cables that share it."""
    return id.partition("-")[0]


@cache
def _names_by_code() -> dict[str, str]:
    named = {entry.country: entry.meaning for entry in geographies() if entry.country}
    return named | {code: name for code, name, _ in _rows()}


@cache
def _countries_by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for code, name in _all_names():
        for spelling in (name, REMARK.sub("", name)):
            found.setdefault(" ".join(words(spelling)), {})[country_name(code)] = None
    return {name: tuple(countries) for name, countries in found.items()}


def _all_names() -> Iterator[tuple[str, str]]:
    for entry in geographies():
        if entry.country:
            yield entry.country, entry.meaning
    for code, name, others in _rows():
        yield from ((code, one) for one in (name, *others.split("; ")) if one)


@cache
def _rows() -> list[list[str]]:
    return read_table("countries.txt", columns=3)
