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

from .stations import station_named

# A serial number has at most six digits, a station's name at most five words (RIO DE JANEIRO).
_SPELLING = re.compile(
    r"""[\#\s]*
    (?:(?P<year>(?:19|20)?\d\d|['’]\d\d)[\s-]*)?
    (?P<station>[A-Z][A-Z./'’]*(?:[\s-]+[A-Z][A-Z./'’]*){0,4})
    [\s.-]*(?P<serial>\d{1,7})\s*""",
    re.VERBOSE | re.IGNORECASE,
)

_PREFIX = re.compile(r"^(?:AMEMBASSY|AMCONSUL|AMEMB|EMBASSY|CONSULATE)\s+(?=\w)", re.IGNORECASE)


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


def _station(printed: str) -> str:
    """Return a station as the archive names it: `AMEMBASSY ABU DHABI` is ABUDHABI."""
    known = station_named(printed)
    return known.name if known else re.sub(r"[^A-Z]", "", _PREFIX.sub("", printed).upper())


def split_id(id: str) -> tuple[str, str, str]:
    """Split a canonical id into year, station and serial number; three empty strings if it is not one."""
    match = re.fullmatch(r"(\d\d)([A-Z]+)(\d+)", id)
    return (match[1], match[2], match[3]) if match else ("", "", "")
