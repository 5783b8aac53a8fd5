"""What sources have lost since the last build: cables that vanished, paragraphs and words that went.

What the old generation has is compared with what the new one has. Only that something was lost is kept, not
the words: whoever takes something out of a source takes it out of the index.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, NamedTuple
from zlib import decompress

from .. import engines
from .._version import __version__
from ..compare.difference import compare
from ..engines.contract import Reader
from ..engines.storage import unpack
from ..model.cable import Cable, Row
from .generations import State
from .likeness import is_same
from .manifest import Manifest
from .manifest_reading import read_lost


@dataclass(frozen=True, slots=True)
class Loss:
    """What a collection has lost of a cable.

    Attributes:
        built: when the build was that found it, in UTC.
        source: where it was.
        vanished: the whole cable is gone.
        removed: how many paragraphs are gone; `redacted`: how many redactions took words away.
    """

    built: datetime
    id: str
    collection: str
    source: str
    vanished: bool
    removed: int = 0
    redacted: int = 0

    def as_row(self) -> Row:
        """Return the loss as a flat record."""
        values = {column: getattr(self, column) for column in Losses.columns}
        return values | {"built": self.built.isoformat(timespec="seconds")}


class Losses(list[Loss]):
    """What the sources of an index have lost, the latest first."""

    columns: ClassVar = ("built", "id", "collection", "source", "vanished", "removed", "redacted")

    def rows(self) -> Iterator[Row]:
        """Yield a record for each loss."""
        return (loss.as_row() for loss in self)

    def records(self) -> Iterator[Row]:
        """Yield the rows."""
        return self.rows()

    def as_dict(self) -> dict[str, object]:
        """Return all of them as JSON values, with the keys of docs/json.md."""
        return {"lost": list(self.records())}


def losses(generations: Iterable[Path]) -> Losses:
    """Return what was found to be lost when some generations were built, and before.

    Raises:
        BrokenIndexError: it cannot be read.
    """
    found = [
        Loss(datetime.fromisoformat(built), id, collection, os.fsdecode(source), bool(vanished), *counts)
        for generation in generations
        for built, id, collection, source, vanished, *counts in read_lost(generation)
    ]
    return Losses(sorted(found, key=lambda loss: loss.built, reverse=True))


class _Entry(NamedTuple):
    """A cable that a file gave, in the manifest of one generation."""

    row: int
    id: str
    suffix: str
    held: int
    digest: int
    likeness: bytes
    partial: bool
    collection: str
    path: bytes
    place: bytes


_COLUMNS = ", ".join(_Entry._fields)


def note_losses(
    manifest: Manifest,
    old: State,
    generation: Path,
    engine: str,
    sources: Iterable[Path],
    *,
    fresh: bool,
    waiting: bool,
) -> int:
    """Note in the manifest of a new generation what its sources have lost since the old one.

    Args:
        engine: of the new generation.
        sources: that it is built from; what others had is not lost, but removed.
        fresh: it was built from nothing.
        waiting: files are left to be read, which may have what is not in the others any more.

    Returns:
        Of how many cables something was lost.
    """
    inside = tuple(os.fsencode(source) for source in sources)
    with manifest.beside(old.generation) as database:
        if fresh:
            database.execute("INSERT INTO main.lost SELECT * FROM old.lost")
        gone = [
            entry
            for entry in _gone(database, fresh=fresh)
            if any(entry.path == source or entry.path.startswith(_folder(source)) for source in inside)
        ]
        found = [*_losses(database, gone, old, generation, engine, waiting=waiting)] if gone else []
        database.executemany(
            "INSERT INTO main.lost VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    loss.built.isoformat(),
                    *(loss.id, loss.collection, os.fsencode(loss.source)),
                    *(loss.vanished, loss.removed, loss.redacted),
                )
                for loss in found
            ),
        )
    return len(found)


def _folder(source: bytes) -> bytes:
    separator = os.sep.encode()
    return source if source.endswith(separator) else source + separator


def _gone(database: sqlite3.Connection, *, fresh: bool) -> list[_Entry]:
    """Return the entries of the old generation whose record the new one has not got."""
    rows = "" if fresh else "AND row IN (SELECT row FROM old.cables EXCEPT SELECT row FROM main.cables)"
    return [
        _Entry(*row)
        for row in database.execute(
            f"""SELECT {_COLUMNS} FROM old.cables AS before JOIN old.files USING (file)
                WHERE NOT EXISTS (SELECT 1 FROM main.cables AS now
                                  WHERE now.id = before.id AND now.digest = before.digest) {rows}
                ORDER BY id, row"""
        )
    ]


def _losses(
    database: sqlite3.Connection,
    gone: Sequence[_Entry],
    old: State,
    generation: Path,
    engine: str,
    *,
    waiting: bool,
) -> Iterator[Loss]:
    now = datetime.now(UTC)
    shared = Counter((entry.id, entry.collection) for entry in gone)
    # Another version may parse the same text otherwise; and a cluster may have deleted the old one.
    can_compare = old.version == __version__ and not {old.engine, engine} & {*engines.REMOTE}
    with (
        _Texts(database, "old", old.engine, old.generation) as before,
        _Texts(database, "main", engine, generation) as after,
    ):
        for entry in gone:
            there = [
                _Entry(*row)
                for row in database.execute(
                    f"""SELECT {_COLUMNS} FROM main.cables JOIN main.files USING (file)
                        WHERE id = ? AND (collection = ? OR path = ?)""",
                    (entry.id, entry.collection, entry.path),
                )
            ]
            if not there and waiting:
                continue
            loss = Loss(
                now,
                entry.id + entry.suffix,
                entry.collection,
                os.fsdecode(entry.path + entry.place),
                vanished=not there,
            )
            if loss.vanished:
                yield loss
                continue
            alone = len(there) == shared[entry.id, entry.collection] == 1
            same = there if alone else [one for one in there if is_same(one, entry)]
            if not can_compare or not same:
                continue
            text = before.read(entry)
            counts = [_lost(text, after.read(one)) for one in same]
            removed, redacted = min(counts, key=sum)
            if removed or redacted:
                yield replace(loss, removed=removed, redacted=redacted)


def _lost(old: Cable | None, new: Cable | None) -> tuple[int, int]:
    """Return how many paragraphs and how many redactions went from one text to the next."""
    if not (old and new):
        return 0, 0
    there = {paragraph.text for paragraph in new.paragraphs}
    if all(paragraph.text in there for paragraph in old.paragraphs):
        return 0, 0
    counts = compare(old, new).counts
    return counts.get("removed", 0), counts.get("redacted", 0)


class _Texts:
    """The texts of a generation, by the entries of its manifest. A context manager.

    Args:
        schema: the manifest's, in the database.
    """

    def __init__(self, database: sqlite3.Connection, schema: str, engine: str, generation: Path) -> None:
        self._database = database
        self._schema = schema
        self._engine = engine
        self._generation = generation
        self._reader: Reader | None = None

    def read(self, entry: _Entry) -> Cable | None:
        """Return the cable of an entry; None if its text was not kept."""
        if entry.held:
            return self._held(entry.id + entry.suffix)
        version = self._database.execute(
            f"SELECT packed, cable FROM {self._schema}.versions WHERE row = ?", (entry.row,)
        ).fetchone()
        if not version:
            return None
        packed, id = version
        return unpack(decompress(packed)) if packed else self._held(id)

    def _held(self, id: str) -> Cable | None:
        if not self._reader:
            self._reader = engines.engine(self._engine).read(self._generation / "engine")
        return self._reader.cable(id)

    def __enter__(self) -> _Texts:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._reader:
            self._reader.close()
