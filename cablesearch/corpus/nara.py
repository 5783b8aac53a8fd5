"""A State Department telegram of 1973-79 as the National Archives publish it: in capitals, page by page.

    Message Text
    CONFIDENTIAL
    PAGE 01        TEHRAN  02069  041125Z
    ...
    Message Attributes
    Document Number: 1975TEHRAN02069
    Original Classification: CONFIDENTIAL

Both headings may be missing, and several telegrams may follow each other. Page lines are left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from ..model.reference_id import canonical
from .moments import parse_moment
from .record import Failure, Record
from .source import Source

_TEXT = re.compile(r"^[ \t]*Message Text:?[ \t]*\n", re.MULTILINE)
_ATTRIBUTES = re.compile(r"^[ \t]*Message Attributes:?[ \t]*$", re.MULTILINE)
# A telegram's first page line, with the classification line above it.
_FIRST_PAGE = re.compile(
    r"^(?:[ \t]*[A-Z][A-Z ]{5,40}\n\s*)?[ \t]*PAGE[ \t]+01[ \t]+(?P<id>[A-Z][A-Z .'-]{1,40}?[ \t]+\d{3,6})\b",
    re.MULTILINE,
)
_HEAD_CHARS = 600  # in which the first page line of a telegram without headings stands
# Lines that the archive has added to the text.
_STAMP = re.compile(r"^.*(?:Declassified/Released US Department|<< ?END OF DOCUMENT ?>>).*\n?", re.MULTILINE)

_KEY = re.compile(r"[ \t]*(?P<key>(?:[A-Z][a-z]+|TAGS)(?:[ /][A-Za-z]+){0,4})[ \t]*:(?P<value>.*)")
_EMPTY = re.compile(r"\s*(?:n/a|none|<blank>)?\s*", re.IGNORECASE)
_UNKNOWN_DATE = date(1960, 1, 1)  # the archive's system has it where no date is known
_RELEASED = re.compile(r"Declassified/Released\D{0,80}(?P<date>\d{1,2} [A-Z]{3} \d{4})", re.IGNORECASE)
_DTG = re.compile(r"^[ \t]*[ZOPR](?:[ \t]+[ZOPR])*[ \t]+\d{6}Z[ \t]+[A-Z]{3}[ \t]+\d\d", re.MULTILINE)
_FROM = re.compile(r"^[ \t]*FM[ \t]+\S", re.MULTILINE)
_TAG = re.compile(r"[^,()]+(?:\([^()]*\))?|\([^()]*\)")  # a person's holds a comma: OVIP (VANCE, CYRUS)


def sniff(start: str, file: str) -> bool:
    """Whether a heading of the archive is in its start, or it begins with a telegram's first page line."""
    return bool(_TEXT.search(start) or _ATTRIBUTES.search(start) or _FIRST_PAGE.search(start[:_HEAD_CHARS]))


def read(source: Source) -> Iterator[Record | Failure]:
    """Yield the telegrams of a file."""
    text = source.text()
    starts = [heading.end() for heading in _TEXT.finditer(text)] or [0, *_next_telegrams(text)]
    for number, (start, end) in enumerate(pairwise((*starts, len(text))), 1):
        name = source.name if len(starts) == 1 else f"{source.name}#{number}"
        message, *attributes = _ATTRIBUTES.split(_TEXT.sub("", text[start:end]), maxsplit=1)
        if message.strip():
            record = _record(name, message, _parse_attributes("".join(attributes)))
            yield record if len(starts) > 1 else replace(record, id=record.id or canonical(source.stem))
        else:
            yield Failure(name, "a telegram's attributes without its text")


def _next_telegrams(text: str) -> list[int]:
    """Return the offsets of all telegrams but the first: a first page with another number begins one."""
    pages = [(" ".join(page["id"].split()), page.start()) for page in _FIRST_PAGE.finditer(text)]
    return [start for (last, _), (id, start) in pairwise(pages) if id != last]


def _parse_attributes(attributes: str) -> dict[str, str]:
    """Return the attributes by key; a value may have several lines."""
    words: dict[str, list[str]] = {}
    key = ""
    for line in attributes.split("\n"):
        if found := _KEY.fullmatch(line):
            key, line = found["key"], found["value"]
            words[key] = []
        if key:
            words[key] += line.split()
    values = {key: " ".join(printed) for key, printed in words.items()}
    return {key: value for key, value in values.items() if not _EMPTY.fullmatch(value)}


def _record(name: str, message: str, values: dict[str, str]) -> Record:
    # What the telegram itself says is more exact than the attributes: a time of day, a whole post's name.
    drafted = None if _DTG.search(message) else _known_date(values.get("Draft Date"))
    origin = None if _FROM.search(message) else values.get("From")
    level = values.get("Original Classification")
    handling = values.get("Original Handling Restrictions")
    released = _RELEASED.search(" ".join(values.values())) or _RELEASED.search(message)
    tags = (tag[0].strip() for tag in _TAG.finditer(values.get("TAGS", "")))
    return Record(
        source=name,
        message=_STAMP.sub("", message),
        id=canonical(values.get("Document Number", "")),
        created=drafted,
        released=_known_date(released["date"]) if released else None,
        classification=f"{level}//{handling}" if level and handling else level,
        origin=origin,
        subject=values.get("Subject"),
        tags=tuple(filter(None, tags)),
        references=tuple(filter(None, map(canonical, re.split("[,;]", values.get("Reference", ""))))),
    )


def _known_date(printed: str | None) -> date | None:
    day = parse_moment(printed)
    return None if day == _UNKNOWN_DATE else day
