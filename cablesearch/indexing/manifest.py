"""The manifest: which cables each file gave. It tells a build what changed and what the engine holds.

It is a SQLite file in the generation's folder. Every build works on a copy of the last one, which becomes
current with its generation or is deleted with it, so it needs no transactions of its own.

The same cable in several files is one cable: the engine holds the fullest one. The others are listed here, so
that one of them can replace it when its file is gone.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..corpus.record import Failure
from .sources import FileInfo

if TYPE_CHECKING:
    from .prepare import PreparedCable

_SCHEMA = """
CREATE TABLE files (
    file INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL,
    failed INTEGER NOT NULL DEFAULT 0,  -- some of it could not be read
    status INTEGER NOT NULL DEFAULT 1   -- 0 up to date, 1 to be read in this build, 2 gone
);
CREATE TABLE cables (
    row INTEGER PRIMARY KEY,
    file INTEGER NOT NULL,
    place BLOB NOT NULL,                -- where in the file: the end of Record.source
    id TEXT NOT NULL,
    digest INTEGER NOT NULL,            -- of the record
    words INTEGER NOT NULL, partial INTEGER NOT NULL, released INTEGER NOT NULL,
    paragraphs INTEGER NOT NULL, text INTEGER NOT NULL,
    held INTEGER NOT NULL,              -- by the engine: 0 not, 1 since an earlier build, 2 since this one
    stale INTEGER NOT NULL DEFAULT 0    -- its file changed or is gone, and was not found to hold it still
);
CREATE INDEX cables_id ON cables (id);
CREATE INDEX cables_file ON cables (file);
CREATE TABLE failures (
    file INTEGER, source BLOB, reason TEXT, PRIMARY KEY (file, source, reason)
) WITHOUT ROWID;
"""

# Not safe in a crash, but after a crash the file is deleted with its generation.
_FAST = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"

_FOR_THIS_BUILD = """
CREATE TEMP TABLE seen (
    path BLOB PRIMARY KEY, size INTEGER, modified INTEGER, changed INTEGER, device INTEGER, inode INTEGER,
    UNIQUE (device, inode)  -- a file that two sources reach is read once
) WITHOUT ROWID;
CREATE TEMP TABLE unreadable (prefix BLOB);  -- of the paths in a folder that could not be opened
CREATE TEMP TABLE duplicates (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE requested (row INTEGER PRIMARY KEY);  -- cables to be read again
"""

TO_READ, GONE = 1, 2  # files.status
NOT_HELD, HELD_BEFORE, HELD_NOW = 0, 1, 2  # cables.held


@dataclass(frozen=True, slots=True)
class FileToRead:
    """A file to be read.

    Attributes:
        number: its key in the manifest.
        size: in bytes.
        known: it gave cables in an earlier build.
        only: the places of the cables that are requested, None for all.
    """

    number: int
    path: str
    size: int
    known: bool
    only: frozenset[bytes] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A cable that a file gave, and the status of the file; see the schema."""

    row: int
    file: int
    path: bytes
    place: bytes
    words: int
    partial: bool
    released: bool
    held: int
    stale: bool
    status: int

    @property
    def source(self) -> str:
        """The path of the file, and the place in it."""
        return os.fsdecode(self.path + self.place)

    @property
    def rank(self) -> Rank:
        return rank(self.words, self.partial, self.released, self.path, self.place)


Rank = tuple[int, bool, bool, bytes, bytes]


def rank(words: int, partial: bool, released: bool, path: bytes, place: bytes) -> Rank:
    """Return a sort key that puts the fullest of several cables first; no two entries have the same key."""
    return -words, bool(partial), not released, path, place


class Manifest:
    """The manifest of the generation that is being built. A context manager."""

    def __init__(self, path: Path) -> None:
        fresh = not path.exists()
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(_FAST + (_SCHEMA if fresh else "") + _FOR_THIS_BUILD)
        self._db.execute("BEGIN")

    # Which files changed

    def compare(self, files: Iterable[FileInfo]) -> None:
        """Mark the files that are new, changed and gone.

        A file that could not be read completely also counts as changed if its permissions changed. Files in a
        folder that cannot be opened stay as they were.
        """
        self._db.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?, ?, ?)", self._seen_rows(files))
        self._db.execute(
            """UPDATE files SET status = 2 WHERE path NOT IN (SELECT path FROM seen)
               AND NOT EXISTS (SELECT 1 FROM unreadable WHERE substr(path, 1, length(prefix)) = prefix)"""
        )
        self._db.execute(
            """INSERT INTO files (path, size, modified, changed)
               SELECT path, size, modified, changed FROM seen WHERE true ORDER BY path
               ON CONFLICT (path) DO UPDATE
               SET size = excluded.size, modified = excluded.modified, changed = excluded.changed,
                   failed = 0, status = 1
               WHERE size <> excluded.size OR modified <> excluded.modified
                   OR failed AND changed <> excluded.changed"""
        )
        self._db.execute("DROP TABLE seen")
        self._db.execute("UPDATE cables SET stale = 1 WHERE file IN (SELECT file FROM files WHERE status)")
        self._db.execute("DELETE FROM failures WHERE file IN (SELECT file FROM files WHERE status)")

    def _seen_rows(self, files: Iterable[FileInfo]) -> Iterator[tuple[bytes | int | None, ...]]:
        for file in files:
            if file.unreadable_folder:
                self._db.execute("INSERT INTO unreadable VALUES (?)", (file.path + os.sep.encode(),))
            yield file[:-1]

    def counts(self) -> tuple[int, int, int]:
        """Return how many files there are, how many of them are to be read, and how many are gone."""
        counts = dict(self._db.execute("SELECT status, count(*) FROM files GROUP BY status"))
        gone = counts.pop(GONE, 0)
        return sum(counts.values()), counts.get(TO_READ, 0), gone

    def bytes_to_read(self) -> int:
        """Return the bytes of the files to be read."""
        return self._number("SELECT total(size) FROM files WHERE status = 1")

    def files_to_read(self) -> Iterator[FileToRead]:
        """Yield the files to be read, large ones last: a cable that they repeat is better in its own file."""
        rows = self._db.execute(
            """SELECT file, path, size, EXISTS (SELECT 1 FROM cables WHERE cables.file = files.file)
               FROM files WHERE status = 1 ORDER BY size > 1000000, file"""
        )
        for number, path, size, known in rows:
            yield FileToRead(number, os.fsdecode(path), size, bool(known))

    # Which cables they gave

    def add_cable(self, file: int, cable: PreparedCable, *, held: bool) -> None:
        """Add a cable that a file gave; `held` says whether the engine holds it."""
        self._db.execute(
            """INSERT INTO cables (file, place, id, digest, words, partial, released, paragraphs, text, held)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                file,
                cable.place,
                cable.id,
                cable.digest,
                cable.words,
                cable.partial,
                cable.released,
                len(cable.rows),
                cable.text,
                HELD_NOW if held else NOT_HELD,
            ),
        )

    def mark_unchanged(self, row: int) -> int:
        """Note that a changed file has a cable unchanged; return the bytes of its text."""
        self._db.execute("UPDATE cables SET stale = 0 WHERE row = ?", (row,))
        return self._number("SELECT text FROM cables WHERE row = ?", row)

    def add_failure(self, file: int, failure: Failure) -> None:
        """Note that a file, or something in it, could not be read."""
        self._db.execute("UPDATE files SET failed = 1 WHERE file = ?", (file,))
        source = os.fsencode(failure.source)
        self._db.execute("INSERT OR IGNORE INTO failures VALUES (?, ?, ?)", (file, source, failure.reason))

    # Which of them the engine holds

    def entries(self, id: str) -> list[Entry]:
        """Return the entries for an id, including stale ones, the fullest first."""
        rows = self._db.execute(
            """SELECT row, file, path, place, words, partial, released, held, stale, status
               FROM cables JOIN files USING (file) WHERE id = ?""",
            (id,),
        )
        return sorted((Entry(*row) for row in rows), key=lambda entry: entry.rank)

    def set_held(self, row: int, held: int) -> None:
        """Note whether the engine holds an entry's cable (see the schema)."""
        self._db.execute("UPDATE cables SET held = ? WHERE row = ?", (held, row))

    def mark_duplicate(self, id: str) -> None:
        """Note that several entries have this id."""
        self._db.execute("INSERT OR IGNORE INTO duplicates VALUES (?)", (id,))

    def ids_to_settle(self) -> Iterator[str]:
        """Yield the ids that are marked as duplicates or have stale entries."""
        self._db.execute("INSERT OR IGNORE INTO duplicates SELECT id FROM cables WHERE stale")
        return (id for (id,) in self._db.execute("SELECT id FROM duplicates"))

    def request(self, row: int) -> None:
        """Request that an entry's cable be read again for the engine."""
        self._db.execute("INSERT OR IGNORE INTO requested VALUES (?)", (row,))

    def requested_files(self) -> Iterator[FileToRead]:
        """Yield the files of the requested entries, with their places in them."""
        rows = self._db.execute(
            """SELECT DISTINCT file, path, size FROM requested JOIN cables USING (row) JOIN files USING (file)
               ORDER BY file"""
        ).fetchall()
        query = "SELECT place FROM cables WHERE file = ? AND row IN (SELECT row FROM requested)"
        for number, path, size in rows:
            places = frozenset(place for (place,) in self._db.execute(query, (number,)))
            yield FileToRead(number, os.fsdecode(path), size, False, places)

    def drop_requests(self) -> None:
        """Clear the requests; delete entries not found again, and have their files read by the next build."""
        missing = "FROM cables WHERE row IN (SELECT row FROM requested) AND NOT held"
        self._db.execute(f"UPDATE files SET size = -1 WHERE file IN (SELECT file {missing})")
        self._db.execute(f"DELETE {missing}")
        self._db.execute("DELETE FROM requested")

    def ids_held_before(self) -> Iterator[str]:
        """Yield the ids of the cables that the engine holds from earlier builds."""
        return (id for (id,) in self._db.execute("SELECT id FROM cables WHERE held = 1"))

    def text_held(self) -> int:
        """Return the bytes of text that the engine holds, without stale entries."""
        return self._number("SELECT total(text) FROM cables WHERE held AND NOT stale")

    # The result

    def settle(self) -> None:
        """Delete what is stale or gone, and mark the rest as up to date, now that all files are read."""
        self._db.execute("DELETE FROM cables WHERE stale")
        self._db.execute("DELETE FROM files WHERE status = 2")
        self._db.execute("UPDATE files SET status = 0 WHERE status")
        self._db.execute("UPDATE cables SET held = 1 WHERE held = 2")

    def totals(self) -> tuple[int, int, int]:
        """Return how many cables the engine holds, how many paragraphs, and the bytes of their text."""
        totals = self._db.execute("SELECT count(*), total(paragraphs), total(text) FROM cables WHERE held")
        cables, paragraphs, text = totals.fetchone()
        return cables, int(paragraphs), int(text)

    def failures(self) -> tuple[Failure, ...]:
        """Return everything that could not be read, sorted by source."""
        rows = self._db.execute("SELECT source, reason FROM failures ORDER BY source, reason")
        return tuple(Failure(os.fsdecode(source), reason) for source, reason in rows)

    def commit(self) -> None:
        """Write everything to the file."""
        self._db.execute("COMMIT")

    def __enter__(self) -> Manifest:
        return self

    def __exit__(self, *raised: object) -> None:
        self._db.close()

    def _number(self, query: str, *values: int) -> int:
        return int(self._db.execute(query, values).fetchone()[0])
