"""A volume of *Foreign Relations of the United States* (TEI P5): each `div[@type='document']` is a cable."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...errors import UnreadableError
from ..record import Failure, Record
from ..source import Source

_ROOT = re.compile(r"<(?:\w+:)?TEI(?:\.2)?[\s>]")


def knows(start: str, file: str) -> bool:
    """Whether its root element is TEI's."""
    return bool(_ROOT.search(start))


def read(source: Source, turns: Iterator[bool]) -> Iterator[Record | Failure]:
    """Give a volume's documents, streaming, those whose turn it is.

    Raises:
        UnreadableError: it declares entities, which no volume does and a bomb is made of.
    """
    if "<!ENTITY" in source.opening:
        raise UnreadableError("XML that declares entities: they are not expanded, for safety")
    from .volume import documents

    yield from documents(source, turns)
