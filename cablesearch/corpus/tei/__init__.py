"""A volume of *Foreign Relations of the United States* (TEI P5): each `div[@type='document']` is a cable."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..record import Failure, Record
from ..source import Source

_ROOT = re.compile(r"<(?:\w+:)?TEI(?:\.2)?[\s>]")


def knows(start: str, file: str) -> bool:
    """Whether its root element is TEI's."""
    return bool(_ROOT.search(start))


def read(source: Source) -> Iterator[Record | Failure]:
    """Give a volume's documents, streaming."""
    from .volume import documents

    return documents(source)
