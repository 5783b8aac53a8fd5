"""A cable in a plain text file: its message, or five lines that name it and then the message.

    07ASTANA48
    KAZAKHSTAN: DEMOCRATIC REFORM
    2007-01-08 12:31
    CONFIDENTIAL
    Embassy Astana

The lines may say what they are: `Subject: KAZAKHSTAN: DEMOCRATIC REFORM`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import UnreadableError
from ..model.reference_id import canonical
from .entities import decoded
from .moments import moment
from .record import Failure, Record
from .source import Source

_LABEL = re.compile(r"(?:reference id|id|subject|date|created|classification|origin)\s*:\s*", re.IGNORECASE)
_LEVEL = re.compile(
    r"(?:UNCLAS(?:SIFIED)?|LIMITED OFFICIAL USE|CONFIDENTIAL|SECRET|TOP SECRET)\b.{0,60}", re.IGNORECASE
)
_SUFFIXES = (".txt", ".text", ".asc", ".cable", ".tel")
# What a text of another name is known for a cable by.
_CABLE = re.compile(
    r"^[ \t]*(?:E\.?O\.?[ \t]*1\d{4}\b|TAGS?[ \t]*:|DE R[A-Z]{3,6} |FM (?:AM|SEC|US)[A-Z]+)", re.MULTILINE
)


def knows(start: str, file: str) -> bool:
    """Whether its name is a text's, or its start has a cable's lines."""
    return file.lower().endswith(_SUFFIXES) or bool(_CABLE.search(start))


def read(source: Source) -> Iterator[Record | Failure]:
    """Give the file's one cable.

    Raises:
        UnreadableError: there is no text in it.
    """
    text = decoded(source.text())
    if not text.strip():
        raise UnreadableError("there is no text in it")
    named = _named(text, source.name)
    yield named or Record(source=source.name, message=text, id=canonical(source.stem))


def _named(text: str, source: str) -> Record | None:
    """Give the cable of a text that begins with the five lines, None where it does not."""
    lines = text.lstrip().split("\n", 5)
    if len(lines) < 6:
        return None
    id, subject, created, classification, origin = (_LABEL.sub("", line.strip(), 1) for line in lines[:5])
    if not (canonical(id) and _LEVEL.fullmatch(classification) and (moment(created) or not created)):
        return None
    return Record(
        source=source,
        message=lines[5],
        id=canonical(id),
        created=moment(created),
        classification=classification,
        origin=origin or None,
        subject=subject or None,
    )
