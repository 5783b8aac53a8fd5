"""How a cable or one of its paragraphs is cited, in a footnote and as a hashtag."""

from __future__ import annotations

import re
from datetime import date, datetime

from .cable import Cable, Paragraph
from .calendar import MONTHS, Month

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_SERIES = "Foreign Relations of the United States"
_VOLUME = re.compile(r"frus(\d{4})(?:-(\d\d))?v(e)?0*(\d{1,3})(?:p(\d))?")


def citation(cable: Cable, paragraph: Paragraph | None = None) -> str:
    """Return the citation of a cable, or of a paragraph of it.

    Embassy Astana, "SUBJECT", 07ASTANA48, 8 January 2007, Confidential, para. 6
    "Telegram ...", Saigon, 2 January 1965, Foreign Relations of the United States, 1964–1968, vol. II, doc. 1
    """
    subject = _quoted(cable.subject) if cable.subject else None
    day = _in_words(cable.created) if cable.created else None
    level = cable.classification.level.title() if cable.classification else None
    if volume := _edition(cable.id):
        parts = [subject, cable.origin, day, volume]
    else:
        parts = [cable.origin, subject, cable.id, day, level]
    if paragraph:
        parts.append(f"para. {_number(paragraph)}")
    return ", ".join(part for part in parts if part)


def hashtag(cable: Cable) -> str | None:
    """Return the tag that a cable is discussed under, None for a document of an edition."""
    return f"#{cable.id}" if re.fullmatch(r"\w+", cable.id) else None


def link(cable: Cable) -> str | None:
    """Return the address of a published document, None where the edition has none."""
    if not cable.id.startswith("frus") or "/" not in cable.id:
        return None
    return f"https://history.state.gov/historicaldocuments/{cable.id}"


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


def _number(paragraph: Paragraph) -> str:
    """Return the printed number, or the position in brackets, as editors mark what they add."""
    own = suffix(paragraph)
    return own if paragraph.number else f"[{own.removeprefix('p')}]"


def _edition(id: str) -> str | None:
    """Return the volume and document that an edition's id names (`frus1964-68v02/d1`), None for a cable."""
    volume, slash, document = id.partition("/")
    if not slash:
        return None
    number = f"doc. {document.removeprefix('d')}"
    if found := _VOLUME.fullmatch(volume):
        first, last, electronic, volume_number, part = found.groups()
        years = f"{first}–{first[:2]}{last}" if last else first
        roman = f"E–{volume_number}" if electronic else _roman(int(volume_number))
        return ", ".join([_SERIES, years, f"vol. {roman}", *([f"pt. {part}"] if part else []), number])
    return f"{_SERIES} ({volume}), {number}" if volume.startswith("frus") else f"{volume}, {number}"


def _roman(number: int) -> str:
    letters = ""
    for value, letter in _ROMAN:
        letters += letter * (number // value)
        number %= value
    return letters
