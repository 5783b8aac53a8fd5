"""What each file gave: how a build knows what changed, and which file's cable is the one in the index.

A SQLite file in the generation's folder. Every build works on a copy of the last one, which becomes
current with the generation or goes with it, so it needs no transactions of its own.

The same cable in several files is one cable: the engine holds the fullest, the others are known here,
so that one of them can take its place when its file goes.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..corpus.record import Failure
from .sources import Seen

if TYPE_CHECKING:
    from .prepare import PreparedCable

_SCHEMA = """
CREATE TABLE files (
    file INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL,
    failed INTEGER NOT NULL DEFAULT 0,  -- something of it could not be read
    status INTEGER NOT NULL DEFAULT 1   -- 0 settled, 1 to be read in this build, 2 gone
);
CREATE TABLE cables (
    row INTEGER PRIMARY KEY,
    file INTEGER NOT NULL,
    place BLOB NOT NULL,                -- in the file: the end of Record.source
    id TEXT NOT NULL,
    digest INTEGER NOT NULL,            -- of the record
    words INTEGER NOT NULL, partial INTEGER NOT NULL, released INTEGER NOT NULL,
    paragraphs INTEGER NOT NULL, text INTEGER NOT NULL,
    held INTEGER NOT NULL,              -- by the engine: 0 not, 1 since an earlier build, 2 since this one
    stale INTEGER NOT NULL DEFAULT 0    -- its file changed or is gone, and has not given it again
);
CREATE INDEX cables_id ON cables (id);
CREATE INDEX cables_file ON cables (file);
CREATE TABLE failures (
    file INTEGER, source BLOB, reason TEXT, PRIMARY KEY (file, source, reason)
) WITHOUT ROWID;
"""

# What a crash leaves of it is thrown away with its generation.
_FAST = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"

_FOR_THIS_BUILD = """
CREATE TEMP TABLE seen (
    path BLOB PRIMARY KEY, size INTEGER, modified INTEGER, changed INTEGER, device INTEGER, inode INTEGER,
    UNIQUE (device, inode)  -- a file that two sources reach is read once
) WITHOUT ROWID;
CREATE TEMP TABLE closed (start BLOB);  -- of the paths in a folder that could not be opened
CREATE TEMP TABLE contested (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE wanted (row INTEGER PRIMARY KEY);
"""

TO_READ, GONE = 1, 2  # files.status


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read.

    Attributes:
        number: by which the manifest knows it.
        size: in bytes.
        known: it gave cables before.
        only: the places of the cables that are wanted of it, None for all.
    """

    number: int
    path: str
    size: int
    known: bool
    only: frozenset[bytes] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A cable that a file gave, and the file's status; see the schema."""

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
        """Give the file, and the place in it."""
        return os.fsdecode(self.path + self.place)

    @property
    def rank(self) -> Rank:
        return rank(self.words, self.partial, self.released, self.path, self.place)


Rank = tuple[int, bool, bool, bytes, bytes]


def rank(words: int, partial: bool, released: bool, path: bytes, place: bytes) -> Rank:
    """Give what the fullest of several cables has least of; no two entries have the same."""
    return -words, bool(partial), not released, path, place


class Manifest:
    """The manifest of the generation that is being built. A context manager."""

    def __init__(self, path: Path) -> None:
        fresh = not path.exists()
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(_FAST + (_SCHEMA if fresh else "") + _FOR_THIS_BUILD)
        self._db.execute("BEGIN")

    # Which files changed

    def compare(self, walked: Iterable[Seen]) -> None:
        """Mark the files that are new, changed and gone.

        A file of which something could not be read counts as changed when its rights did. What is in a
        folder that cannot be opened stays as it was.
        """
        self._db.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?, ?, ?)", self._noted(walked))
        self._db.execute(
            """UPDATE files SET status = 2 WHERE path NOT IN (SELECT path FROM seen)
               AND NOT EXISTS (SELECT 1 FROM closed WHERE substr(path, 1, length(start)) = start)"""
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

    def _noted(self, walked: Iterable[Seen]) -> Iterator[tuple[Any, ...]]:
        for seen in walked:
            if seen.folder:
                self._db.execute("INSERT INTO closed VALUES (?)", (seen.path + os.sep.encode(),))
            yield seen[:-1]

    def counts(self) -> tuple[int, int, int]:
        """Count the files that there are, those to be read, and those gone."""
        counts = dict(self._db.execute("SELECT status, count(*) FROM files GROUP BY status"))
        gone = counts.pop(GONE, 0)
        return sum(counts.values()), counts.get(TO_READ, 0), gone

    def bytes_to_read(self) -> int:
        """Count the bytes of the files to be read."""
        return self._one("SELECT total(size) FROM files WHERE status = 1")

    def to_read(self) -> Iterator[File]:
        """Give the files to be read, large ones last: what they repeat, a file of one cable says better."""
        rows = self._db.execute(
            """SELECT file, path, size, EXISTS (SELECT 1 FROM cables WHERE cables.file = files.file)
               FROM files WHERE status = 1 ORDER BY size > 1000000, file"""
        )
        for number, path, size, known in rows:
            yield File(number, os.fsdecode(path), size, bool(known))

    # What they gave

    def insert(self, file: int, found: PreparedCable, *, held: bool) -> None:
        """Note a cable that a file gave, and whether the engine was given it."""
        self._db.execute(
            """INSERT INTO cables (file, place, id, digest, words, partial, released, paragraphs, text, held)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                file,
                found.place,
                found.id,
                found.digest,
                found.words,
                found.partial,
                found.released,
                len(found.rows),
                found.text,
                2 if held else 0,
            ),
        )

    def confirm(self, row: int) -> int:
        """Note that a changed file gave a cable again as it was; gives the bytes of its text."""
        self._db.execute("UPDATE cables SET stale = 0 WHERE row = ?", (row,))
        return self._one("SELECT text FROM cables WHERE row = ?", row)

    def fail(self, file: int, failure: Failure) -> None:
        """Note that a file, or something in it, could not be read."""
        self._db.execute("UPDATE files SET failed = 1 WHERE file = ?", (file,))
        source = os.fsencode(failure.source)
        self._db.execute("INSERT OR IGNORE INTO failures VALUES (?, ?, ?)", (file, source, failure.reason))

    # Which of it the engine holds

    def entries(self, id: str) -> list[Entry]:
        """Give the entries with an id, stale ones too, the fullest first."""
        rows = self._db.execute(
            """SELECT row, file, path, place, words, partial, released, held, stale, status
               FROM cables JOIN files USING (file) WHERE id = ?""",
            (id,),
        )
        return sorted((Entry(*row) for row in rows), key=lambda entry: entry.rank)

    def hold(self, row: int, held: int) -> None:
        """Note whether the engine holds an entry's cable (see the schema)."""
        self._db.execute("UPDATE cables SET held = ? WHERE row = ?", (held, row))

    def contest(self, id: str) -> None:
        """Mark an id that several entries have."""
        self._db.execute("INSERT OR IGNORE INTO contested VALUES (?)", (id,))

    def contested(self) -> Iterator[str]:
        """Give the ids marked, and those with stale entries."""
        self._db.execute("INSERT OR IGNORE INTO contested SELECT id FROM cables WHERE stale")
        return (id for (id,) in self._db.execute("SELECT id FROM contested"))

    def want(self, row: int) -> None:
        """Mark an entry whose cable has to be read again, for the engine."""
        self._db.execute("INSERT OR IGNORE INTO wanted VALUES (?)", (row,))

    def wanted(self) -> Iterator[File]:
        """Give the files of the wanted entries, and their places in them."""
        rows = self._db.execute(
            """SELECT DISTINCT file, path, size FROM wanted JOIN cables USING (row) JOIN files USING (file)
               ORDER BY file"""
        ).fetchall()
        places = "SELECT place FROM cables WHERE file = ? AND row IN (SELECT row FROM wanted)"
        for number, path, size in rows:
            found = frozenset(place for (place,) in self._db.execute(places, (number,)))
            yield File(number, os.fsdecode(path), size, False, found)

    def drop_wanted(self) -> None:
        """Forget the wanted entries that were not found again; their files are read anew next time."""
        missing = "FROM cables WHERE row IN (SELECT row FROM wanted) AND NOT held"
        self._db.execute(f"UPDATE files SET size = -1 WHERE file IN (SELECT file {missing})")
        self._db.execute(f"DELETE {missing}")
        self._db.execute("DELETE FROM wanted")

    def kept(self) -> Iterator[str]:
        """Give the ids that the engine holds since an earlier build."""
        return (id for (id,) in self._db.execute("SELECT id FROM cables WHERE held = 1"))

    def text_kept(self) -> int:
        """Count the bytes of text that the engine holds, but for stale entries."""
        return self._one("SELECT total(text) FROM cables WHERE held AND NOT stale")

    # What there is in the end

    def settle(self) -> None:
        """Forget what is stale or gone: no file is left to be read."""
        self._db.execute("DELETE FROM cables WHERE stale")
        self._db.execute("DELETE FROM files WHERE status = 2")
        self._db.execute("UPDATE files SET status = 0 WHERE status")
        self._db.execute("UPDATE cables SET held = 1 WHERE held = 2")

    def totals(self) -> tuple[int, int, int]:
        """Count the cables that the engine holds, their paragraphs, and the bytes of their text."""
        totals = self._db.execute("SELECT count(*), total(paragraphs), total(text) FROM cables WHERE held")
        cables, paragraphs, text = totals.fetchone()
        return cables, int(paragraphs), int(text)

    def failures(self) -> tuple[Failure, ...]:
        """Give all that could not be read, by source."""
        rows = self._db.execute("SELECT source, reason FROM failures ORDER BY source, reason")
        return tuple(Failure(os.fsdecode(source), reason) for source, reason in rows)

    def write(self) -> None:
        """Put all of it on the disk."""
        self._db.execute("COMMIT")

    def __enter__(self) -> Manifest:
        return self

    def __exit__(self, *raised: object) -> None:
        self._db.close()

    def _one(self, query: str, *values: Any) -> int:
        return int(self._db.execute(query, values).fetchone()[0])
