"""Cables without an index: from files, as an index would store them, or from the text of one."""

from __future__ import annotations

from collections.abc import Iterator

from .. import corpus
from ..corpus.record import Failure, Record
from ..errors import UnreadableError
from ..model.cable import Cable
from ..parse import parse_record
from ..people import name_people
from ..people.redaction import redact_cable
from .sources import Paths, as_paths


def parse_cable(text: str, id: str | None = None, *, people: bool = False) -> Cable:
    """Parse the text of one cable, with or without its transmission header; odd text never raises.

    Args:
        text: the message as printed.
        id: its reference id, in any spelling; if None, it is taken from the text.
        people: recognise the people named.

    Raises:
        UnreadableError: it has no text at all, or more than any cable.
    """
    cable = parse_record(Record(source="", message=text, id=id))
    return name_people(cable) if people else cable


def read_cables(paths: Paths, *, people: bool = True, redact: bool = False) -> Iterator[Cable | Failure]:
    """Yield the cables in files, folders and archives, and a failure for whatever cannot be read.

    Args:
        paths: one or several.
        people: recognise the people named; if false, there are only those tagged by a source.
        redact: hide the names that drafters asked to protect.
    """
    for path in corpus.files(as_paths(paths)):
        for item in corpus.read(path):
            if isinstance(item, Failure):
                yield item
                continue
            try:
                cable = parse_record(item)
            except UnreadableError as error:
                yield Failure(item.source, str(error))
                continue
            named = name_people(cable) if people else cable
            yield redact_cable(named) if redact else named
