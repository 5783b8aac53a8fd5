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
from ..model.classification import LEVEL_NAMES, alternatives
from ..model.reference_id import canonical
from .entities import decode_entities
from .moments import parse_moment
from .record import Failure, Record
from .source import Source

_LABEL = re.compile(r"(?:reference id|id|subject|date|created|classification|origin)\s*:\s*", re.IGNORECASE)
_CLASSIFICATION = re.compile(rf"(?:{alternatives(LEVEL_NAMES)})\b.{{0,60}}", re.IGNORECASE)
_SUFFIXES = (".txt", ".text", ".asc", ".cable", ".tel")
# Lines that show a text with another suffix to be a cable.
_CABLE = re.compile(
    r"^[ \t]*(?:E\.?O\.?[ \t]*1\d{4}\b|TAGS?[ \t]*:|DE R[A-Z]{3,6} |FM (?:AM|SEC|US)[A-Z]+)", re.MULTILINE
)


def sniff(start: str, file: str) -> bool:
    """Whether its name has the suffix of a text, or its start has lines of a cable."""
    return file.lower().endswith(_SUFFIXES) or bool(_CABLE.search(start))


def read(source: Source) -> Iterator[Record | Failure]:
    """Yield the file's only cable.

    Raises:
        UnreadableError: there is no text in it.
    """
    text = decode_entities(source.text())
    if not text.strip():
        raise UnreadableError("there is no text in it")
    yield _read_five_lines(text, source.name) or Record(
        source=source.name, message=text, id=canonical(source.stem)
    )


def _read_five_lines(text: str, source: str) -> Record | None:
    """Return the cable of a text that begins with the five lines, None where it does not."""
    lines = text.lstrip().split("\n", 5)
    if len(lines) < 6:
        return None
    id, subject, created, classification, origin = (_LABEL.sub("", line.strip(), 1) for line in lines[:5])
    if not (
        canonical(id) and _CLASSIFICATION.fullmatch(classification) and (parse_moment(created) or not created)
    ):
        return None
    return Record(
        source=source,
        message=lines[5],
        id=canonical(id),
        created=parse_moment(created),
        classification=classification,
        origin=origin or None,
        subject=subject or None,
    )
