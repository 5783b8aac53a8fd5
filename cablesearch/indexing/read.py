"""Cables as an index stores them, without an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from .. import corpus
from ..corpus.record import Failure
from ..errors import UnreadableError
from ..model.cable import Cable
from ..parse import parse_record
from ..people import name_people
from ..people.redaction import redact_cable


def read_cables(
    paths: Path | str | Iterable[Path | str], *, people: bool = True, redact: bool = False
) -> Iterator[Cable | Failure]:
    """Yield the cables of files, folders and archives, and a failure for whatever cannot be read.

    Args:
        paths: one or several.
        people: look for those who are named, not only those that a source tags.
        redact: leave out the names that their drafters asked to protect.
    """
    several = [paths] if isinstance(paths, Path | str) else paths
    for path in corpus.files(map(Path, several)):
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
