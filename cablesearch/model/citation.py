"""How a cable or one of its paragraphs is cited, in a footnote and as a hashtag."""

from __future__ import annotations

import re
from datetime import date, datetime

from .cable import Cable, Paragraph

# strftime would write them in the reader's language, and a citation is in that of the cable.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_SERIES = "Foreign Relations of the United States"
_VOLUME = re.compile(r"frus(\d{4})(?:-(\d\d))?v(e)?0*(\d{1,3})(?:p(\d))?")


def citation(cable: Cable, paragraph: Paragraph | None = None) -> str:
    """Give the citation of a cable, or of a paragraph of it.

    Embassy Astana, "SUBJECT", 07ASTANA48, 8 January 2007, Confidential, para. 6
    "Telegram ...", Saigon, 2 January 1965, Foreign Relations of the United States, 1964–1968, vol. II, doc. 1
    """
    subject = _quoted(cable.subject) if cable.subject else None
    day = written(cable.created) if cable.created else None
    level = cable.classification.level.title() if cable.classification else None
    if volume := _edition(cable.id):
        parts = [subject, cable.origin, day, volume]
    else:
        parts = [cable.origin, subject, cable.id, day, level]
    if paragraph:
        parts.append(f"para. {_number(paragraph)}")
    return ", ".join(part for part in parts if part)


def hashtag(cable: Cable) -> str | None:
    """Give the tag that a cable is discussed under, None for a document of an edition."""
    return f"#{cable.id}" if re.fullmatch(r"\w+", cable.id) else None


def link(cable: Cable) -> str | None:
    """Give the address of a published document, where the edition has one."""
    if not cable.id.startswith("frus") or "/" not in cable.id:
        return None
    return f"https://history.state.gov/historicaldocuments/{cable.id}"


def suffix(paragraph: Paragraph) -> str:
    """Give the paragraph's own part of its id: `6`, `12-2`, `p3`."""
    return paragraph.id.rpartition("#")[2]


def facts(cable: Cable) -> list[str]:
    """Give what is known of when a cable was sent, by whom and how secret."""
    day = cable.created and iso(cable.created)[:10]
    level = cable.classification and str(cable.classification)
    return [fact for fact in (day, cable.origin, level) if fact]


def written(moment: date) -> str:
    """Give a day in words: `8 January 2007`."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def iso(moment: date) -> str:
    """Give a date, with its time where one is known: `2007-01-08 12:31`."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return moment.isoformat(" ", "seconds" if moment.second else "minutes")


def _quoted(subject: str) -> str:
    inner = subject.replace('"', "'")
    return f'"{inner}"'


def _number(paragraph: Paragraph) -> str:
    """Give the printed number; a counted one stands in brackets, as what an editor adds does."""
    own = suffix(paragraph)
    return own if paragraph.number else f"[{own.removeprefix('p')}]"


def _edition(id: str) -> str | None:
    """Name the volume and document of an edition's id (`frus1964-68v02/d1`)."""
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
    values = (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    )
    letters = ""
    for value, letter in values:
        letters += letter * (number // value)
        number %= value
    return letters
