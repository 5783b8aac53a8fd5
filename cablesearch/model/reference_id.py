"""Reference ids: every spelling of a cable's name, to one canonical form.

    07ASTANA48  07 ASTANA 000048  2007ASTANA00048  2007 Astana 48  ->  07ASTANA48
    ASTANA 48, in a cable of 8 January 2007                         ->  07ASTANA48
    ABU DHABI 2641, SECSTATE 134796                                 ->  ..ABUDHABI2641, ..STATE134796

The canonical form is the two-digit year, the station in capitals without spaces, and the serial
number without leading zeros, as the archive itself names its files.
"""

from __future__ import annotations

import re
from datetime import date

from .stations import nearest_station, station_named

# A serial number has at most six digits, a station's name at most five words (RIO DE JANEIRO).
_SPELLING = re.compile(
    r"""[\#\s]*+
    (?:(?P<year>(?:19|20)?\d\d|['’]\d\d)[\s-]*+)?
    (?P<station>[A-Z][A-Z./'’]*+(?:[\s-]++[A-Z][A-Z./'’]*+){0,4}+)
    [\s.-]*+(?P<serial>\d{1,7})\s*+""",
    re.VERBOSE | re.IGNORECASE,
)

_PREFIX = re.compile(r"^(?:AMEMBASSY|AMCONSUL|AMEMB|EMBASSY|CONSULATE)\s+(?=\w)", re.IGNORECASE)

_COMPACT = re.compile(r"(?P<year>(?:19|20)?\d\d)(?P<station>[A-Z]+)0*(?P<serial>[1-9]\d{0,5})")
# Ids that the archive made of a line that it misread: what stands before the station's name is left over of a
# section heading, a caption, a classification or an address.
_MALFORMED = re.compile(r"(?P<year>(?:19|20)?\d\d)(?P<station>[A-Z][A-Z0-9]*[A-Z])0*(?P<serial>[1-9]\d{0,5})")
_LEFTOVER = re.compile(
    r"(?:(?:S?E)?CTION\d+OF\d+|E?FTO|NOFORN|SIPDIS|UNCLAS(?:SIFIED)?|CONFIDENTIAL|SECRET|SENSITIVE"
    r"|AMEMBASSY|AMCONSUL|USMISSION)+"
)


def canonical(text: str, *, cited: date | None = None) -> str | None:
    """Return the canonical form of a reference id in any spelling.

    Args:
        text: the id, and nothing else.
        cited: when the citing cable was sent, for an id without a year.

    Returns:
        None where the text is not a reference id, or has no year and `cited` is not given.
    """
    match = _SPELLING.fullmatch(text)
    if not match:
        return None
    station = _station(match["station"])
    serial = match["serial"].lstrip("0")
    if not station or not serial or len(serial) > 6:
        return None
    if match["year"]:
        year = match["year"][-2:]
    elif cited:
        year = f"{cited.year % 100:02}"
    else:
        return None
    return f"{year}{station}{serial}"


def published_id(printed: str) -> str:
    """Return the id under which a source files a cable; its station stays as the source has it.

    >>> published_id("1975TEHRAN02069"), published_id("08MONTEREY12"), published_id("08ECTION01OF02MANAMA492")
    ('75TEHRAN2069', '08MONTEREY12', '08ECTION01OF02MANAMA492')
    """
    id = printed.strip()
    if compact := _COMPACT.fullmatch(id):
        return f"{compact['year'][-2:]}{compact['station']}{compact['serial']}"
    return canonical(id) or id


def repaired_id(id: str, own: str | None = None) -> str | None:
    """Return the right id of a cable that is filed under a malformed one, None if its id is sound.

    >>> repaired_id("08ECTION01OF02MANAMA492"), repaired_id("09AMEMBASSYKELVO9"), repaired_id("07ASTANA48")
    ('08MANAMA492', '09KELVO9', None)

    Args:
        id: the id that the source files it under.
        own: the id in the message's own line. It counts where year and serial number are those of `id`.
    """
    malformed = _MALFORMED.fullmatch(id)
    if not malformed or not is_malformed(id):
        return None
    year, filed, serial = malformed["year"][-2:], malformed["station"], malformed["serial"]
    if own and own != id and (split_id(own)[0], split_id(own)[2]) == (year, serial):
        return own
    station = _LEFTOVER.sub("", filed)
    known = nearest_station(station) if station.isalpha() else None
    name = known.name if known else station
    return f"{year}{name}{serial}" if name.isalpha() and name != filed else None


def is_malformed(id: str) -> bool:
    """Whether an id has the shape of a cable's, but its station is none, or begins with what is none."""
    found = _MALFORMED.fullmatch(id)
    return found is not None and bool(
        _LEFTOVER.match(found["station"]) or not station_named(found["station"])
    )


def _station(printed: str) -> str:
    """Return a station as the archive names it: `AMEMBASSY ABU DHABI` is ABUDHABI."""
    known = station_named(printed)
    return known.name if known else re.sub(r"[^A-Z]", "", _PREFIX.sub("", printed).upper())


def split_id(id: str) -> tuple[str, str, str]:
    """Split a canonical id into year, station and serial number; three empty strings if it is not one."""
    match = re.fullmatch(r"(\d\d)([A-Z]+)(\d+)", id)
    return (match[1], match[2], match[3]) if match else ("", "", "")
