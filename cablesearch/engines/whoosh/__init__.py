"""The whoosh engine: pure Python, for collections of a few thousand paragraphs.

Whoosh keeps the postings, the columns and the segments. A tree is evaluated here, node by node, to the
paragraphs that it matches and their scores. Whoosh's own search gains its speed by skipping matches, but here
all of them are counted; and its weighting has no exact lengths.
"""

from __future__ import annotations

from pathlib import Path

from whoosh.index import FileIndex

from ..contract import Engine, Reader, Writer
from .reader import WhooshReader
from .schema import Files, make_schema, open_index
from .writer import WhooshWriter


class WhooshEngine(Engine):
    name = "whoosh"
    writer = WhooshWriter

    def write(self, folder: Path, *, fresh: bool) -> Writer:
        if fresh:
            folder.mkdir(parents=True, exist_ok=True)
            return WhooshWriter(FileIndex.create(Files(folder), make_schema()))
        with open_index(folder) as index:
            return WhooshWriter(index)

    def read(self, folder: Path) -> Reader:
        return WhooshReader(folder)


ENGINE = WhooshEngine()
