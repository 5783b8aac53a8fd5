"""The register of stations (`stations.txt`): posts and offices that send cables, by their printed names.

    RIO, AMCONSUL RIO DE JANEIRO   ->  RIODEJANEIRO
    N'DJAMENA, St. Petersburg      ->  NDJAMENA, STPETERSBURG
    0TTAWA, KATHAMNDU              ->  OTTAWA, KATHMANDU      (misprints)

Reference lines are read with it, and a station too many makes up a reference: in doubt there is none.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from ..analysis.distance import edit_distance
from .tables import read_table


class Station(NamedTuple):
    """A post or an office that sends cables; a field is empty where it does not apply or is not known."""

    name: str  # as the archive files its cables: HOCHIMINHCITY
    city: str  # by its present name: Ho Chi Minh City
    country: str  # ISO 3166 code of the country today
    kind: str  # embassy, consulate, mission, department ...


CHARACTERS_IN_TELEGRAMS = 6  # of a station, spaces counted

_PREFIXES = (
    *("AMERICANEMBASSY", "AMEMBASSY", "AMEMB", "EMBASSY", "AMCONSULATE", "AMCONSUL", "AMCONGEN"),
    *("CONSULATEGENERAL", "CONSULATE", "CONGEN", "USMISSION", "USLO", "USINT"),
)
_IGNORED = str.maketrans(dict.fromkeys(".'’/-", " "))

# Letters that a name and its misprint need. Shorter words are too often an edit away from other words.
MIN_LETTERS_ONE_EDIT = 5
MIN_LETTERS_TWO_EDITS = 8
MIN_LETTERS_LAST_WORD = 3  # of a name of several: CAN THO

# 1 is printed for I and for L.
_DIGITS_AS_LETTERS = (str.maketrans("0158", "OISB"), str.maketrans("0158", "OLSB"))


@lru_cache(4096)
def station_named(printed: str) -> Station | None:
    """Return the station of a printed name; case, spaces, dots, apostrophes and AMEMBASSY do not matter."""
    return _named(_letters(printed))


@lru_cache(4096)
def nearest_station(printed: str) -> Station | None:
    """Return the station of a printed name, or the one station of which it is a misprint.

    Returns:
        None for words of the language and phrases, and for a misprint of two stations alike.
    """
    words = _words(printed)
    key = "".join(words)
    exact = _named(key)
    if exact or key in _other_words() or _is_phrase(words):
        return exact
    if key.isalpha():
        return _nearest(_without_prefix(key))
    if 2 * sum(map(str.isdigit, key)) >= len(key):
        return None
    readings = [key.translate(table) for table in _DIGITS_AS_LETTERS]
    exact = _named(readings[0]) or _named(readings[1])
    if exact or not readings[0].isalpha():
        return exact
    return _nearest(_without_prefix(readings[0]))


def station_of_telegram(printed: str) -> Station | None:
    """Return the station of a name in a telegram of 1973-79: page lines and ids have six characters of it.

    >>> [station_of_telegram(name).name for name in ("BANGKO", "NEW DE", "KUALA", "LIMA")]
    ['BANGKOK', 'NEWDELHI', 'KUALALUMPUR', 'LIMA']
    """
    key = _letters(printed)
    return _named(key) or _stations_by_six_characters().get(key)


def is_numbered_word(word: str) -> bool:
    """Whether a word in capitals stands before numbers that are no cable's: REPORT 30, MARCH 12."""
    return word in _numbered_words()


def _words(printed: str) -> list[str]:
    return printed.upper().translate(_IGNORED).split()


def _letters(printed: str) -> str:
    return "".join(_words(printed))


def _is_phrase(words: list[str]) -> bool:
    """Whether other words stand with a name; a letter or two after it are a series (LA PAZ A-23)."""
    return len(words) > 1 and (len(words[-1]) < MIN_LETTERS_LAST_WORD or not _other_words().isdisjoint(words))


def _named(key: str) -> Station | None:
    stations = _stations_by_name()
    return stations.get(key) or stations.get(_without_prefix(key))


def _without_prefix(key: str) -> str:
    prefix = next((prefix for prefix in _PREFIXES if key.startswith(prefix)), "")
    return key[len(prefix) :]


def _nearest(word: str) -> Station | None:
    if len(word) < MIN_LETTERS_ONE_EDIT:
        return None
    letters = _letter_set(word)
    for edits in (1, 2):
        near = {
            target.station
            for target in _targets()
            if target.max_edits >= edits
            and target.name[0] == word[0]  # else ELLINGTON were WELLINGTON
            # One edit takes away one letter and adds one at most. This saves nearly all comparisons.
            and (target.letters ^ letters).bit_count() <= 2 * edits
            and edit_distance(target.name, word, edits) <= edits
        }
        if near:
            return near.pop() if len(near) == 1 else None
        if len(word) < MIN_LETTERS_TWO_EDITS:
            return None
    return None


class _Target(NamedTuple):
    """A name that a misprint may be meant for."""

    name: str
    letters: int
    max_edits: int
    station: Station


@cache
def _targets() -> list[_Target]:
    return [
        _Target(name, _letter_set(name), max_edits, station)
        for name, station in _stations_by_name().items()
        if (max_edits := _max_edits(name, station))
    ]


def _max_edits(name: str, station: Station) -> int:
    """Return how many edits a misprint may have: none if short, or if words are near (STATE, DOC)."""
    if len(name) >= MIN_LETTERS_TWO_EDITS:
        return 2 if station.city else 1
    is_full = name == station.name or len(name) > MIN_LETTERS_ONE_EDIT
    return 1 if station.city and is_full and len(name) >= MIN_LETTERS_ONE_EDIT else 0


def _letter_set(word: str) -> int:
    """Return the letters of a word as bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits


@cache
def _stations_by_name() -> dict[str, Station]:
    stations = {}
    for station, others in _rows():
        stations[station.name] = station
        stations.update((_letters(other), station) for other in others)
    return stations


@cache
def _stations_by_six_characters() -> dict[str, Station]:
    stations: dict[str, Station | None] = {}
    for station, others in _rows():
        spellings = [station.city.upper().replace("-", " "), *others, station.name]
        spaced = next(name for name in spellings if _letters(name) == station.name)
        short = _letters(spaced[:CHARACTERS_IN_TELEGRAMS])
        stations[short] = None if short in stations else station
    return {short: station for short, station in stations.items() if station}


@cache
def _other_words() -> frozenset[str]:
    return frozenset(word for (word,) in read_table("not_stations.txt", columns=1))


@cache
def _numbered_words() -> frozenset[str]:
    return frozenset(word for (word,) in read_table("numbered_words.txt", columns=1))


@cache
def _rows() -> list[tuple[Station, list[str]]]:
    """Return each station with its other names as they are printed."""
    return [
        (Station(name, city, country, kind), others.split(", ") if others else [])
        for name, city, country, kind, others, _note in read_table("stations.txt", columns=6)
    ]
