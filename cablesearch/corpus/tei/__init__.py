"""A volume of *Foreign Relations of the United States* (TEI P5): each `div[@type='document']` is a cable.

So are the sections before them (preface, summary, sources ...), `front/div[@type='section']`, if they are
asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...errors import UnreadableError
from ..record import Failure, Record
from ..source import Source

NAME = "FRUS volume"
FRONT_MATTER = "FRUS front matter"

_ROOT = re.compile(r"<(?:\w+:)?TEI(?:\.2)?[\s>]")


def sniff(start: str, file: str) -> bool:
    """Whether its root element is TEI's."""
    return "<" in start and bool(_ROOT.search(start))


def read_shard(source: Source, in_shard: Iterator[bool]) -> Iterator[Record | Failure]:
    """Yield a volume's documents that are in the shard, each as soon as it is read.

    Raises:
        UnreadableError: it declares entities, which no volume does and which entity bombs are made of.
    """
    if "<!ENTITY" in source.opening:
        raise UnreadableError("XML that declares entities: they are not expanded, for safety")
    from .volume import documents  # lxml is loaded for volumes only

    yield from documents(source, in_shard)
