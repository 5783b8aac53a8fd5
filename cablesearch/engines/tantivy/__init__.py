"""The tantivy engine: an archive on one machine, built in minutes and queried in milliseconds.

A paragraph is a tantivy document; whole cables are kept in an index of their own (`store`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..contract import Member, Reader, Writer
from ..guarded import Engine
from .reader import TantivyReader
from .writer import TantivyWriter


class TantivyEngine(Engine):
    name = "tantivy"
    writer = TantivyWriter

    def _write(self, folder: Path, *, fresh: bool) -> Writer:
        return TantivyWriter(folder, fresh=fresh)

    def _read(self, folder: Path) -> Reader:
        return TantivyReader.of(Member(folder))

    def _read_together(self, members: Sequence[Member]) -> Reader:
        return TantivyReader.of(*members)


ENGINE = TantivyEngine()
