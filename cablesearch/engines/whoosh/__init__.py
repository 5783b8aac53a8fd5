"""The whoosh engine: pure Python, for collections of a few thousand paragraphs.

Whoosh keeps the postings, the columns and the segments. A tree is evaluated here, node by node, to the
paragraphs that it matches and their scores. Whoosh's own search gains its speed by skipping matches, but here
all of them are counted; and its weighting has no exact lengths.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..contract import Member, Reader, Writer
from ..guarded import Engine
from .reader import WhooshReader
from .schema import create_index, open_index
from .writer import WhooshWriter


class WhooshEngine(Engine):
    name = "whoosh"
    writer = WhooshWriter

    def _write(self, folder: Path, *, fresh: bool) -> Writer:
        if fresh:
            return WhooshWriter(create_index(folder))
        with open_index(folder) as index:
            return WhooshWriter(index)

    def _read(self, folder: Path) -> Reader:
        return WhooshReader(Member(folder))

    def _read_together(self, members: Sequence[Member]) -> Reader:
        return WhooshReader(*members)


ENGINE = WhooshEngine()
