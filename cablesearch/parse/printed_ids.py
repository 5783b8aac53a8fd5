"""Ids of cables as drafters print them in a reference block or in the text.

    06 ASTANA 573, CY06 ASTANA 573, (06) ASTANA 573, ASTANA 573 (06)   ->  06ASTANA573
    0TTAWA 45 THROUGH 47, O4 CHENNAI 12, EMBASSY VIENNA 0045/01 OF 02  ->  stations with misprints, lists

An invented id is the worst fault here. So each serial number is judged by the words right before it: the
longest row of them that is a station of the register (`model/stations.py`), or the citing cable's own. Of the
945 references of 600 published pages and 158 rows, 940 name a station of the register, and five are none.
A station that the register does not have is read only

- in a reference block: one word of four letters or more, in capitals, or two after a year, at the start of
  an entry or where nothing but other ids and words like `REF` and `PARA 4 OF` stand before it;
- in the text: one word in capitals after a year, in a text that is not all in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from datetime import date
from functools import lru_cache
from string import ascii_uppercase, digits

from ..model.calendar import MONTH_NUMBERS, MONTHS, year_sent
from ..model.reference_id import split_id
from ..model.stations import is_numbered_word, nearest_station, station_named

MIN_UNKNOWN_LETTERS = 4  # of a station that is not in the register
MIN_PROSE_LETTERS = 4  # of a station's name in the text: DAR and POS are words too
MAX_BEFORE = 45  # characters before a serial number that may have its year and station
MAX_ABOVE = 200  # characters between two ids that are still looked through
MAX_RANGE = 20  # serial numbers in `45 THROUGH 47`
FIRST_YEAR = 1945

_MONTHS = "|".join((*(month.upper() for month in MONTHS), *MONTH_NUMBERS, "SEPT"))
_SERIAL = re.compile(
    r"(?<![\d.,:$/])(?P<serial>\d{1,7})(?P<section>/\d\d?(?:\s*OF\s*\d\d?)?)?"
    rf"(?![\w%]|/(?!\d{{3}})|[.:]\d|,\d{{3}}(?!\d)|-[A-Z]|-\d+-|['’]\w|(?:-\d+)?\s*(?:{_MONTHS})\b|\s*(?:PERCENT|MILLION|BILLION|A\.?M\b|P\.?M\b))",
    re.IGNORECASE,
)
# A serial number in the text: capitals and a blank stand right before it.
_SERIAL_IN_PROSE = re.compile(
    r"(?P<serial>\d(?:(?<=[A-Z]{2} \d)|(?<=[A-Z]{2}  \d))(?:(?<=0)0*[1-9]|(?<=[1-9]))\d{0,6})\b"
    rf"(?![.,:/]\d|-[A-Z]|%| *(?:{_MONTHS})\b| (?:PERCENT|MILLION|BILLION)\b)"
    r"(?:\s*\((?:\d{1,2} )?[A-Z][A-Za-z]{2,8}\.? (?:\d{1,2}, )?(?P<year>(?:19|20)\d\d)\))?"
)
_WORD = r"(?:[0158](?=[A-Z]{3}))?[A-Z](?:[A-Z.'’]|[0158](?=[A-Z])){0,30}"
_BEFORE = (
    r"(?:(?<![\w/.])(?P<year>\((?:19|20)?\d\d\)|(?:CY\s?|['’])?(?:19|20)?\d\d|O\d(?=[\s-]))[\s-]*|(?<![\w/]))"
    rf"(?P<words>{_WORD}(?:[\s-]+{_WORD}){{0,4}})[\s.#-]*$"
)
_BEFORE_IN_ENTRY = re.compile(_BEFORE, re.IGNORECASE)
_BEFORE_IN_PROSE = re.compile(
    r"(?:(?<![\w/.])(?P<year>\d\d|(?:19|20)\d\d) +)?(?<![\w/])(?P<words>[A-Z]{2,}(?: [A-Z]{2,}){0,4}) {1,2}$"
)
# `DOHA 75 (06)`, `STATE 22 (15 APRIL 1975)`, `STATE 22 DATED 4/15/75`, `STATE 22, 4/15/75`
_YEAR_AFTER = re.compile(
    r"\s*+(?:\(\s*+(?:CY|['’])?(?P<bare>(?:19|20)?\d\d)\s*+\)|(?:\(|(?:,\s*+)?(?:DATED|DTD|OF)\s|,(?=\s*+\d{1,2}/))\s*+(?:"
    rf"(?:\d{{1,2}}[ -]?)?(?:{_MONTHS})\.?[ -]?(?:\d{{1,2}},\s?)?(?P<worded>(?:19|20)\d\d)"
    r"|\d{1,2}/\d{1,2}/(?P<slashed>(?:19|20)?\d\d))(?!\d))",
    re.IGNORECASE,
)
# `LONDON 05-123`, `LONDON 2005 123`
_YEAR = re.compile(r"0\d|(?:19|20)\d\d")
_SERIAL_AFTER_YEAR = re.compile(r"\s*+(?P<hyphen>-)?\s*+(?P<serial>\d{2,6})(?![\w/.%-])")
_MORE = re.compile(
    r"\s*+(?P<joint>,\s*+(?:AND\b|&)?|/(?=\d{3})|AND\b|&|THROUGH\b|THRU\b|TO\b|-)\s*+(?P<serial>\d{1,6})"
    r"(?=\s*+(?:$|[,;.)(&\-](?!\d)|(?:AND|THROUGH|THRU|TO|NOTAL|PREVIOUS)\b))",
    re.IGNORECASE,
)
_RANGES = ("THROUGH", "THRU", "TO", "-")
# What may stand before an unknown station in an entry.
_NEUTRAL = re.compile(
    r"(?:[\s,;:&/.¶-]|\([^()]{0,30}\)|\(?\b[A-Z][.):]?(?=\s)|\b\d[.)]|\b(?:AND|ALSO|SEE|BOTH|PREVIOUS|NOTAL|CABLES?|TELS?|TELEGRAMS?"
    r"|REFTELS?|REFS?|REFERENCES?|AMEMBASSY|EMBASSY|AMCONSUL|CONSULATE|USMISSION)(?!\w)"
    r"|\b(?:PARA(?:GRAPH)?S?|ITEMS?)\s*\d{1,2}(?:\s*(?:,|AND|-)\s*\d{1,2})*(?:\s*(?:OF|IN))?(?!\w))*+",
    re.IGNORECASE,
)
_POSTS = frozenset(("AMEMBASSY", "AMEMB", "EMBASSY", "AMCONSUL", "AMCONGEN", "CONSULATE", "USMISSION"))
_POSSESSIVE = re.compile(r"['’]S$", re.IGNORECASE)
_FILLERS = frozenset(("TEL", "TELEGRAM", "CABLE", "NO", "NR", "NUMBER", "MESSAGE", "MSG"))
_OTHER_SENDERS = frozenset(("FBIS", "OSC", "DAO", "USDAO", "CIA"))  # what they number is not in the archive
# Endings of common words: AGREEMENT 7, MEETING 2. The register has all stations with such names.
_COMMON_ENDING = re.compile(r"(?:MENTS?|TION|SION|IONS|NCY|ING|ANCE|ENCE|NESS|TELS?|CON|IVE|ALLY|SHIP)$")
_PREPOSITIONS = frozenset(
    ("IN", "AT", "FROM", "TO", "FOR", "OF", "BY", "WITH", "NEAR", "BETWEEN", "SINCE", "UNTIL")
)
_SHAPE = bytes.maketrans(f"{ascii_uppercase}{digits}".encode(), b"A" * 26 + b"0" * 10)


class Citing:
    """The cable that cites: what tells the year and the station of ids that are printed in part.

    Attributes:
        id: its own id, None if it is not known.
        year: in which it was sent: by its date, else by its id.
        station: that sent it, empty if it is not known.
    """

    __slots__ = ("_serial", "id", "station", "year")

    def __init__(self, id: str | None = None, sent: date | None = None) -> None:
        """Describe the cable with this id, sent on this date."""
        year, self.station, self._serial = split_id(id) if id else ("", "", "")
        self.id = id
        self.year = sent.year if sent else year_sent(int(year)) if year else None

    def resolve(self, year: str, station: str, serial: str) -> str | None:
        """Return an id; without a year, it is the citing cable's.

        A serial number of the citing station that is not below the citing cable's own is of the year before.
        """
        serial = serial.lstrip("0")
        if not serial or len(serial) > 6:
            return None
        if year:
            return f"{year[-2:]}{station}{serial}"
        sent = self.year
        if sent is None:
            return None
        if self.id and station == self.station and int(serial) >= int(self._serial):
            sent -= 1
        return f"{sent % 100:02}{station}{serial}"


def ids_in_entry(text: str, citing: Citing) -> Iterator[str]:
    """Yield the ids in an entry of a reference block, which is on one line."""
    end = 0  # of the last id
    for match in _SERIAL.finditer(text):
        if match.start() < end or (match["section"] and len(match["serial"]) < 3):
            continue  # it is in a list after an id; 10/6 is a date
        before = _BEFORE_IN_ENTRY.search(text, max(end, match.start() - MAX_BEFORE), match.start())
        if not before:
            continue
        above = text[end : before.start()] if before.start() - end <= MAX_ABOVE else "more"
        found = _station_in_entry(before, above, match["serial"], citing)
        if not found:
            continue
        year, station = found
        serial, end = match["serial"], match.end()
        if not year and (dated := _SERIAL_AFTER_YEAR.match(text, end)) and _YEAR.fullmatch(serial):
            year, serial, end = _plausible_year(serial, citing), dated["serial"], dated.end()
            if not year or not dated["hyphen"]:
                continue  # two numbers, either of which may be the cable's
        if after := _YEAR_AFTER.match(text, end):
            end = after.end()
            year = year or after["bare"] or after["worded"] or after["slashed"]
        if id := citing.resolve(year, station, serial):
            yield id
            end = yield from _list_after(text, end, split_id(id))


def _station_in_entry(
    before: re.Match[str], above: str, serial: str, citing: Citing
) -> tuple[str, str] | None:
    """Return the year, empty if there is none, and the station of a serial number, None if it is not an id's.

    Args:
        before: the year and the words right before the serial number.
        above: what stands between the last id, or the entry's start, and these words.
    """
    words = re.split(r"[\s-]+", _POSSESSIVE.sub("", before["words"]))
    while words and _letters(words[-1]) in _FILLERS:  # LA PAZ TELEGRAM NO. 12
        words.pop()
    if not words or _is_stop(words[-1]):
        return None
    printed = _plausible_year(before["year"], citing)
    for first in range(len(words)):
        name = " ".join(words[first:])
        if station := _known(name, citing):
            is_clear = len(name) >= MIN_PROSE_LETTERS and not name.islower()
            is_clear = is_clear and not _is_hyphened(before, words, first)
            is_clear = is_clear and not _OTHER_SENDERS.intersection(words[:first])
            if _is_neutral(above, words[:first]) or (is_clear and not _is_place(words[:first], serial)):
                return _year_of(printed, words[:first]), station
            return None
    for first in range(len(words)):
        if _is_neutral(above, words[:first]) and not any(map(_is_stop, words[first:])):
            year = _year_of(printed, words[:first])
            if near := nearest_station(" ".join(words[first:])):
                return year, near.name
            if _is_unknown_station(words[first:], bool(year)):
                return year, _letters("".join(words[first:]))
    return None


def _year_of(printed: str, words: list[str]) -> str:
    """Return the year before a station, empty where other words than AMEMBASSY stand between them."""
    return printed if _POSTS.issuperset(map(str.upper, words)) else ""


def _list_after(text: str, end: int, first: tuple[str, str, str]) -> Generator[str, None, int]:
    """Yield the ids of the serial numbers listed after an id; return where the list ends."""
    year, station, printed = first
    last = int(printed)
    while more := _MORE.match(text, end):
        serial = int(more["serial"])
        is_range = more["joint"].upper() in _RANGES
        if is_range and not last < serial <= last + MAX_RANGE:
            break
        for number in range(last + 1, serial + 1) if is_range else (serial,):
            if number:
                yield f"{year}{station}{number}"
        last, end = serial, more.end()
    return end


@lru_cache(1024)
def _letters(name: str) -> str:
    return re.sub(r"[^A-Z]", "", name.upper())


def _is_stop(word: str) -> bool:
    return is_numbered_word(_letters(word))


def _known(name: str, citing: Citing) -> str | None:
    """Return the station of a name: the citing cable's own, or one of the register."""
    letters = _letters(name)
    if letters and letters == citing.station:
        return letters
    known = station_named(name)
    return known.name if known else None


def _is_unknown_station(words: list[str], dated: bool) -> bool:
    """Whether words may be a station that the register does not have: one word, or two after a year."""
    letters = "".join(map(_letters, words))
    return (
        len(words) <= 1 + dated
        and " ".join(words).isupper()
        and all(word.isalpha() for word in words)
        and len(letters) >= MIN_UNKNOWN_LETTERS
        and not _COMMON_ENDING.search(letters)
        and not _PREPOSITIONS.intersection(words)
    )


def _is_neutral(above: str, words: list[str]) -> bool:
    """Whether nothing but other ids and words like REF stand before a station in its entry."""
    return bool(_NEUTRAL.fullmatch(f"{above}{' '.join(words)} "))


def _is_place(before: list[str], serial: str) -> bool:
    """Whether a station's name is only a place, with another thing's number: IN PARIS 12, FROM ROME 1974."""
    if not before or before[-1].upper() not in _PREPOSITIONS:
        return False
    return len(serial) < 3 or bool(re.fullmatch(r"(?:19|20)\d\d", serial))


def _is_hyphened(before: re.Match[str], words: list[str], first: int) -> bool:
    """Whether a name only ends a row of words joined by hyphens: KABUL-WASHINGTON."""
    rest = len(" ".join(words[first:]))
    return first > 0 and before["words"][-rest - 1] == "-"


def _plausible_year(printed: str | None, citing: Citing) -> str:
    """Return the digits of a year before a station, empty where it is later than the cable."""
    digits = re.sub(r"[^0-9]", "", (printed or "").upper().replace("O", "0"))
    if not digits:
        return ""
    year = year_sent(int(digits))
    latest = citing.year
    return digits if year >= FIRST_YEAR and (latest is None or year <= latest) else ""


def may_print_ids(text: str) -> bool:
    """Whether capitals stand before a number anywhere: most paragraphs need no closer look."""
    shape = text.encode(errors="surrogatepass").translate(_SHAPE)
    return b"0" in shape and (
        b"AA 0" in shape or b"AA  0" in shape
    )  # one character is found faster than several


def ids_in_prose(text: str, citing: Citing, cited: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield the offset and the id of each id that is printed in a paragraph.

    Args:
        text: the paragraph.
        citing: the cable.
        cited: the stations whose cables are cited without a year.
    """
    in_capitals = text.isupper()
    for match in _SERIAL_IN_PROSE.finditer(text):
        before = _BEFORE_IN_PROSE.search(text, max(0, match.start() - MAX_BEFORE), match.start())
        if not before or _is_stop(before["words"].rpartition(" ")[2]):
            continue
        words = before["words"].split()
        year = _plausible_year(before["year"], citing)
        found = _station_in_prose(words, year, match["serial"], cited, in_capitals)
        if not found:
            continue
        first, station = found
        year = (year if first == 0 else "") or match["year"] or ""
        if id := citing.resolve(year, station, match["serial"]):
            yield before.start(), id


def _station_in_prose(
    words: list[str], year: str, serial: str, cited: frozenset[str], in_capitals: bool
) -> tuple[int, str] | None:
    """Return the station of a serial number, and the index of its first word; None if it is not an id's."""
    if not year and len(words) == 1 and words[0] in cited:
        return 0, words[0]
    for first in range(len(words)):
        known = station_named(" ".join(words[first:]))
        station = known.name if known else "".join(words[first:])
        if "WASHDC" in words[first:]:
            return None  # of an addressee's line
        if station in cited or (known and year and first == 0 and len(station) >= MIN_PROSE_LETTERS):
            return None if _is_place(words[:first], serial) else (first, station)
    if len(words) == 1 and year and _is_unknown_station(words, dated=False) and not in_capitals:
        return 0, words[0]
    return None
