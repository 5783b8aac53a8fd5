"""How a cable or one of its paragraphs is cited: in a footnote, as a hashtag, by its address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from .cable import Cable, Paragraph
from .calendar import MONTHS, Month
from .reference_id import published_id, split_id

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_SERIES = "Foreign Relations of the United States"
_ARCHIVE_NUMBER = re.compile(r"(?<![A-Za-z0-9])197[3-9][A-Z]{2,}\d{5,6}(?!\d)")
_ARCHIVE_STATION = 6  # letters, to which its numbers cut the names of stations
_VOLUME = re.compile(r"frus(\d{4})(?:-(\d\d))?v(e)?0*(\d{1,3})(?:p(\d))?")


def citation(cable: Cable, paragraph: Paragraph | None = None) -> str:
    """Return the citation of a cable, or of a paragraph of it.

    Embassy Astana, "SUBJECT", 07ASTANA48, 8 January 2007, Confidential//NOFORN, para. 6
    "Telegram ...", Saigon, 2 January 1965, Foreign Relations of the United States, 1964–1968, Volume II,
        Vietnam, January–June 1965, ed. David C. Humphrey (Washington: Publisher, 1996), doc. 1
    """
    subject = _quoted(cable.subject) if cable.subject else None
    day = _in_words(cable.created) if cable.created else None
    if (document := document_number(cable)) is not None:
        parts = [subject, cable.origin, day, _volume(cable), document]
    else:
        parts = [cable.origin, subject, cable.id, day, level(cable)]
    if paragraph and paragraph.id != cable.id:
        parts.append(f"para. {number(paragraph)}")
    return ", ".join(part for part in parts if part)


def hashtag(cable: Cable) -> str | None:
    """Return the tag that a cable is discussed under, None for a document of an edition."""
    return f"#{cable.id}" if re.fullmatch(r"\w+", cable.id) else None


def link(cable: Cable) -> str | None:
    """Return the address of a cable, None where its archive or its edition has none.

    A document of FRUS has its page. A telegram of the National Archives has a search for its number, as the
    catalog's own number of it does not stand in the telegram.
    """
    if cable.id.startswith("frus") and "/" in cable.id:
        return f"https://history.state.gov/historicaldocuments/{cable.id}"
    number = archive_number(cable)
    return f"https://catalog.archives.gov/search?q={number}" if number else None


def level(cable: Cable) -> str | None:
    """Return a cable's level with its caveats: `Confidential//NOFORN`, None where it has none."""
    if not cable.classification:
        return None
    caveats = (caveat.title() if " " in caveat else caveat for caveat in cable.classification.caveats)
    return "//".join((cable.classification.level.title(), *caveats))


def document_number(cable: Cable) -> str | None:
    """Return the number of a document of an edition: `doc. 1`; empty for a preface, None for a cable."""
    _, slash, document = cable.id.partition("/")
    if not slash:
        return None
    return f"doc. {document.removeprefix('d')}" if re.search(r"\d", document) else ""


def archive_number(cable: Cable) -> str | None:
    """Return the number of a telegram in the Central Foreign Policy Files (1973-1979): `1974LAPAZ00162`.

    None where it is not known to be there. It is if its file is called by that number, or if it has what only
    the archive adds: subject headings.
    """
    year, station, serial = split_id(cable.id)
    if not "73" <= year <= "79":
        return None
    for found in _ARCHIVE_NUMBER.finditer(cable.source):
        if split_id(published_id(found[0])) == (year, station, serial):
            return found[0]
    if not cable.concepts or len(station) > _ARCHIVE_STATION:
        return None
    return f"19{year}{station}{serial:>0{6 if station == 'STATE' else 5}}"


def suffix(paragraph: Paragraph) -> str:
    """Return the paragraph's own part of its id: `6`, `12-2`, `p3`."""
    return paragraph.id.rpartition("#")[2]


def facts(cable: Cable) -> list[str]:
    """Return what is known of when a cable was sent, by whom, and its classification."""
    day = cable.created and iso(cable.created)[:10]
    level = cable.classification and str(cable.classification)
    return [fact for fact in (day, cable.origin, level) if fact]


def _in_words(moment: date) -> str:
    """Return a day or a month in words: `8 January 2007`, `August 1959`."""
    month = f"{MONTHS[moment.month - 1]} {moment.year}"
    return month if isinstance(moment, Month) else f"{moment.day} {month}"


def iso(moment: date) -> str:
    """Return a date, with its time where one is known: `2007-01-08 12:31`."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return moment.isoformat(" ", "seconds" if moment.second else "minutes")


def _quoted(subject: str) -> str:
    inner = subject.replace('"', "'")
    return f'"{inner}"'


def number(paragraph: Paragraph) -> str:
    """Return the printed number, or the position in brackets, as editors mark what they add."""
    own = suffix(paragraph)
    return own if paragraph.number else f"[{own.removeprefix('p')}]"


def volume_title(cable: Cable) -> str:
    """Return the volume that a document is in: by its title page, or else by its id (`frus1964-68v02/d1`)."""
    if cable.edition:
        return cable.edition.title
    volume = cable.id.partition("/")[0]
    if found := _VOLUME.fullmatch(volume):
        first, last, electronic, volume_number, part = found.groups()
        years = f"{first}–{first[:2]}{last}" if last else first
        roman = f"E–{volume_number}" if electronic else _roman(int(volume_number))
        return ", ".join([_SERIES, years, f"vol. {roman}", *([f"pt. {part}"] if part else [])])
    return f"{_SERIES} ({volume})" if volume.startswith("frus") else volume


def _volume(cable: Cable) -> str:
    """Return the volume that a document is in, with its editors and its imprint."""
    title, edition = volume_title(cable), cable.edition
    if not edition:
        return title
    editors = f", ed. {_listed(edition.editors)}" if edition.editors else ""
    by = ", ".join(part for part in (edition.publisher, str(edition.year or "")) if part)
    imprint = ": ".join(part for part in (edition.place, by) if part)
    return f"{title}{editors}" + (f" ({imprint})" if imprint else "")


def _listed(names: Sequence[str]) -> str:
    """Return names as in a sentence: `A, B, and C`."""
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def _roman(number: int) -> str:
    letters = ""
    for value, letter in _ROMAN:
        letters += letter * (number // value)
        number %= value
    return letters
