"""Cables without an index: from files, as an index would store them, or from the text of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from .. import corpus
from ..corpus.record import Failure, Record, as_failure
from ..engines.deadline import check_deadline
from ..model.cable import Cable
from ..parse import parse_record
from ..people import name_people
from ..people.redaction import redact_cable
from .sources import Paths, Source, absolute, as_paths, collection_finder, own_name, split_name
from .time_limit import SECONDS_A_FILE, each_in_time, time_limit


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


def read_cables(
    paths: Paths, *, people: bool = True, redact: bool = False, seconds_a_file: float | None = SECONDS_A_FILE
) -> Iterator[Cable | Failure]:
    """Yield the cables in files, folders and archives, and a failure for whatever cannot be read.

    Args:
        paths: one or several, each with the name of its collection before it or without, as for an index.
        people: recognise the people named; if false, there are only those tagged by a source.
        redact: hide the names that drafters asked to protect.
        seconds_a_file: how long a file, or a cable of one with several, may take, where the process's alarm
            is free to stop it; None for no limit.
    """
    named = list(map(split_name, as_paths(paths)))
    sources = [(absolute(path), name) for name, path in named]
    collection_of = collection_finder(Source(path, name or own_name(path), 0) for path, name in sources)
    for path in corpus.files(path for _, path in named):
        collection = collection_of(str(absolute(path)))
        for item in each_in_time(corpus.read(path), seconds_a_file):
            if isinstance(item, Failure):
                yield item
            else:
                yield _cable(item, collection, people, redact, seconds_a_file)


def original_text(cable: Cable) -> str | None:
    """Return the message that a cable was made of, below its transmission header, as its source has them.

    It is read again from the file, of a large one up to its place. None if the file is gone or has changed,
    or has no such text: an edition, a cable that was parsed before.
    """
    path = _file_of(cable.source)
    for record in corpus.read(path) if path else ():
        check_deadline()
        if isinstance(record, Record) and record.source == cable.source and _is_of(record, cable):
            parts = (record.header, record.message)
            return "\n\n".join(part.strip("\n") for part in parts if part.strip()) or None
    return None


def _file_of(source: str) -> Path | None:
    """Return the file of a source, which may be a member or a row in it; None if it is gone."""
    ends = [len(source), *(match.start() for match in re.finditer("[!#]", source))]
    files = (Path(source[:end]) for end in sorted(ends, reverse=True) if end)
    return next((file for file in files if file.is_file()), None)


def _is_of(record: Record, cable: Cable) -> bool:
    """Whether a record is that of a cable, whose id may have a suffix that tells it from another one."""
    parsed = parse_record(record)
    same_id = parsed.id == cable.id or cable.id.startswith(f"{parsed.id}-")
    return same_id and (parsed.created, parsed.subject) == (cable.created, cable.subject)


def _cable(
    record: Record, collection: str, people: bool, redact: bool, seconds: float | None
) -> Cable | Failure:
    """Return the cable of a record, or why there is none."""
    try:
        with time_limit(seconds):
            cable = replace(parse_record(record), collection=collection)
            named = name_people(cable) if people else cable
            return redact_cable(named) if redact else named
    except Exception as error:  # one cable never stops the others
        return as_failure(record.source, error)
