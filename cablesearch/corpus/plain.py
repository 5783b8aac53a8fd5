"""A cable in a plain text file: its message, or five lines that name it and then the message.

    07ASTANA48
    KAZAKHSTAN: DEMOCRATIC REFORM
    2007-01-08 12:31
    CONFIDENTIAL
    Embassy Astana

The lines may say what they are (`Subject: KAZAKHSTAN: DEMOCRATIC REFORM`), and the date be as Ruby prints it
(`Tue Jan 30 00:00:00 +0100 2001`). The transmission header may run into the message's first line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..errors import UnreadableError
from ..model.classification import LEVEL_NAMES, alternatives
from ..model.reference_id import canonical, is_malformed
from .entities import decode_entities
from .moments import parse_moment
from .record import Failure, Record
from .source import Source
from .stamps import find_release, join_pages

NAME = "plain text"

_LABEL = re.compile(r"(?:reference id|id|subject|date|created|classification|origin)\s*:\s*", re.IGNORECASE)
_CLASSIFICATION = re.compile(rf"(?:{alternatives(LEVEL_NAMES)})\b.{{0,60}}", re.IGNORECASE)
# A line of addressees that runs into the message's own classification line: `... WASHDCUNCLAS ASTANA 000048`.
# It begins with a literal, which is fast to search for; so the message gets a line end before it.
_LEVEL = alternatives([*LEVEL_NAMES, *map(" ".join, LEVEL_NAMES)])
_RUN_ON = re.compile(
    r"\n(?:FM |TO |INFO |R[A-Z]{4,7}/)[^\n]*?[A-Z0-9]"
    rf"(?=(?:{_LEVEL}) (?:SECTION|[A-Z][A-Z ]{{1,30}} \d{{4,6}})\b)"
)
_SUFFIXES = (".txt", ".text", ".asc", ".cable", ".tel")
# Lines that show a text with another suffix to be a cable.
CABLE_LINE = re.compile(
    r"^[ \t]*(?:E\.?O\.?[ \t]*1\d{4}\b|TAGS?[ \t]*:|DE R[A-Z]{3,6} |FM (?:AM|SEC|US)[A-Z]+)", re.MULTILINE
)


def sniff(start: str, file: str) -> bool:
    """Whether its name has the suffix of a text, or its start has lines of a cable."""
    return file.lower().endswith(_SUFFIXES) or bool(CABLE_LINE.search(start))


def read(source: Source) -> Iterator[Record | Failure]:
    """Yield the file's only cable.

    Raises:
        UnreadableError: there is no text in it.
    """
    stamped = decode_entities(source.text())
    text = join_pages(stamped)
    if not text.strip():
        raise UnreadableError("there is no text in it")
    record = _read_five_lines(text, source.name) or Record(
        format=NAME, source=source.name, message=text, id=canonical(source.stem)
    )
    released = find_release(stamped) if text is not stamped else None  # without a stamp
    yield replace(record, released=released) if released else record


def _read_five_lines(text: str, source: str) -> Record | None:
    """Return the cable of a text that begins with the five lines, None where it does not."""
    lines = text.lstrip().split("\n", 5)
    if len(lines) < 6:
        return None
    id, subject, created, classification, origin = (_LABEL.sub("", line.strip(), 1) for line in lines[:5])
    known = canonical(id) or (id if is_malformed(id) else None)
    moment = parse_moment(created)
    if not (known and _CLASSIFICATION.fullmatch(classification) and (moment or not created)):
        return None
    return Record(
        format=NAME,
        source=source,
        message=_RUN_ON.sub(r"\g<0>\n", f"\n{lines[5]}", 1)[1:],
        id=known,
        created=moment,
        classification=classification,
        origin=origin or None,
        subject=subject or None,
    )
