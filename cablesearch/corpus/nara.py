"""A State Department telegram of 1973-79 as the National Archives publish it: in capitals, page by page.

    Message Text
    CONFIDENTIAL
    PAGE 01        TEHRAN  02069  041125Z
    ...
    Message Attributes
    Document Number: 1975TEHRAN02069
    Original Classification: CONFIDENTIAL

Both headings may be missing, and several telegrams may follow each other. Of those that are withdrawn or on
microfilm only there are the attributes alone. Page lines are left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from ..model.calendar import MONTH_NUMBERS
from ..model.classification import LEVEL_NAMES
from ..model.reference_id import canonical
from .moments import parse_moment
from .names import split_tags
from .record import Failure, Record
from .source import Source
from .stamps import find_release, join_pages

NAME = "NARA telegram"

_TEXT = re.compile(r"^[ \t\f]*Message Text:?[ \t]*\n", re.MULTILINE)
_ATTRIBUTES = re.compile(r"^[ \t\f]*Message Attributes:?[ \t]*$", re.MULTILINE)
# A telegram's first page line, with the classification line above it.
_FIRST_PAGE = re.compile(
    r"^(?:[ \t]*+[A-Z][A-Z ]{5,40}+\n\s*+)?[ \t]*+PAGE[ \t]++01[ \t]++"
    r"(?P<id>[A-Z][A-Z .'-]{1,40}?[ \t]++\d{3,6})\b",
    re.MULTILINE,
)
_HEAD_CHARS = 600  # in which the first page line of a telegram without headings stands
# A page line that a tool has broken: `PAGE 02` and, below it, `LA PAZ 06049  01 OF 02  132315Z`.
_BROKEN_PAGE = re.compile(
    r"^([ \t]*+PAGE[ \t]++\d{2,3})[ \t]*+\n\s{0,40}"
    r"(?=[A-Z][A-Z .'-]{1,40}?[ \t]++\d{3,6}\b[\d OF\t]{1,40}\d{6}Z)",
    re.MULTILINE,
)
# What may stand in place of a text that is not there.
_NO_TEXT = re.compile(
    r"\W*+(?:n/a|none|(?:telegram )?text\b.{0,60}\b(?:(?:un|not )available|withdrawn|microfilm).{0,60})?\W*+",
    re.IGNORECASE,
)

_KEY = re.compile(
    r"[ \t]*(?P<key>(?:[A-Z][a-z]+|TAGS|SAS|ISecure|vdkvgwkey)(?:[ /][A-Za-z]+){0,4})[ \t]*:(?P<value>.*)"
)
_EMPTY = re.compile(r"\s*+(?:n/a|none|<blank>)?\s*+", re.IGNORECASE)
_PLACEHOLDERS = (date(1960, 1, 1), date(1994, 1, 1))  # what the archive's system has for a date unknown
_NUMBER = re.compile(r"19\d\d[A-Z]{2,}\d{5,6}")
_OFFICER = re.compile(r"(?<![ \t])[ \t]++OR-[A-Z]$")  # who classified it, behind the post
_CITED = re.compile(r"\W*+(?:[A-Z][.)]\W*+)?(?P<id>.*\d)\W*+")  # without the letter before it
_AIRGRAM = re.compile(r"\bA-\d")  # its numbers are no telegram's

_HEADER_END = re.compile(r"^[ \t]*(?:E\.?[ ]?O\.?[ ]?\d|TAGS|SUBJ|1\.)", re.MULTILINE)
_DTG = re.compile(
    r"^[ \t]*[ZOPR](?:[ \t]+[ZOPR])*[ \t]+(?P<day>\d\d)(?:[01]\d|2[0-3])[0-5]\dZ[ \t]+"
    rf"(?P<month>{'|'.join(MONTH_NUMBERS)})[ \t]+(?P<year>\d\d)\b",
    re.MULTILINE,
)
_MAX_DAYS = 31  # between drafting and sending: a date-time group beyond is garbled
_FROM = re.compile(r"^[ \t]*FM[ \t]+\S", re.MULTILINE)


def sniff(start: str, file: str) -> bool:
    """Whether a heading of the archive is in its start, or it begins with a telegram's first page line."""
    headed = "Message " in start and (_TEXT.search(start) or _ATTRIBUTES.search(start))
    return bool(headed or _FIRST_PAGE.search(start[:_HEAD_CHARS]))


def read(source: Source) -> Iterator[Record | Failure]:
    """Yield the telegrams of a file."""
    telegrams = list(_split(source.text()))
    for number, (message, sheet) in enumerate(telegrams, 1):
        name = source.name if len(telegrams) == 1 else f"{source.name}#{number}"
        released = find_release(sheet) or find_release(message)
        values = _parse_attributes(join_pages(sheet))
        message = _BROKEN_PAGE.sub(r"\1  ", join_pages(message))
        if not _NO_TEXT.fullmatch(message):
            record = _record(name, message, values)
        elif values.get("Document Number") or values.get("Subject"):
            missing = values.get("Locator") or " ".join(message.split()) or "no text"
            record = replace(_record(name, "", values), without_text=missing, paragraphs=())
        else:
            yield Failure(name, "a telegram's attributes without its text")
            continue
        id = record.id or (canonical(source.stem) if len(telegrams) == 1 else None)
        yield replace(record, id=id, released=released)


def _split(text: str) -> Iterator[tuple[str, str]]:
    """Yield the text and the attributes of each telegram."""
    starts = [heading.end() for heading in _TEXT.finditer(text)] or [0, *_next_telegrams(text)]
    if _ATTRIBUTES.search(text, 0, starts[0]):
        starts.insert(0, 0)
    for start, end in pairwise((*starts, len(text))):
        message, *sheets = _ATTRIBUTES.split(_TEXT.sub("", text[start:end]))
        yield message, "".join(sheets[:1])
        yield from (("", sheet) for sheet in sheets[1:])


def _next_telegrams(text: str) -> list[int]:
    """Return the offsets of all telegrams but the first: a first page with another number begins one."""
    pages = [(" ".join(page["id"].split()), page.start()) for page in _FIRST_PAGE.finditer(text)]
    return [start for (last, _), (id, start) in pairwise(pages) if id != last]


def _parse_attributes(sheet: str) -> dict[str, str]:
    """Return the attributes by key; a value may have several lines, and begin below its key."""
    words: dict[str, list[str]] = {}
    key = ""
    for line in sheet.replace("\\'", "'").split("\n"):
        if found := _KEY.fullmatch(line):
            key, line = found["key"], found["value"]
            words[key] = []
        if key:
            words[key] += line.split()
    values = {key: " ".join(printed) for key, printed in words.items()}
    return {key: value for key, value in values.items() if not _EMPTY.fullmatch(value)}


def _record(name: str, message: str, values: dict[str, str]) -> Record:
    # What the telegram itself says is more exact than the attributes, unless it is garbled: a time of day, a
    # whole post's name. What is garbled in the attributes is left to the telegram.
    drafted = _known_date(values.get("Draft Date")) or _known_date(values.get("Sent Date"))
    number, level = values.get("Document Number", ""), values.get("Original Classification")
    handling = values.get("Original Handling Restrictions")
    if level not in LEVEL_NAMES:
        level = None
    return Record(
        format=NAME,
        source=name,
        message=message,
        id=canonical(number) if _NUMBER.fullmatch(number) else None,
        created=None if _has_time(message, drafted) else drafted,
        classification=f"{level}//{handling}" if level and handling else level,
        origin=None if _FROM.search(message) else _OFFICER.sub("", values.get("From", "")) or None,
        subject=values.get("Subject"),
        tags=split_tags(values.get("TAGS", "")),
        references=_split_references(values.get("Reference", "")),
        concepts=tuple(filter(None, map(str.strip, values.get("Concepts", "").split(",")))),
        locator=values.get("Legacy Key") or values.get("Message ID"),
    )


def _has_time(message: str, drafted: date | None) -> bool:
    """Whether the telegram's header has a date-time group that can be believed."""
    end = _HEADER_END.search(message)
    found = _DTG.search(message, 0, end.start() if end else len(message))
    if not found:
        return False
    try:
        sent = date(1900 + int(found["year"]), MONTH_NUMBERS[found["month"]], int(found["day"]))
    except ValueError:  # the 31st of February
        return False
    return drafted is None or abs((sent - drafted).days) <= _MAX_DAYS


def _known_date(printed: str | None) -> date | None:
    day = parse_moment(printed)
    return None if day in _PLACEHOLDERS else day


def _split_references(printed: str) -> tuple[str, ...]:
    """Split references into ids, or `STATE 97359` where the year is not said."""
    cited = (_CITED.fullmatch(part) for part in re.split("[,;:]", printed))
    ids = (found["id"] for found in cited if found and not _AIRGRAM.search(found["id"]))
    return tuple(canonical(id) or id for id in ids)
