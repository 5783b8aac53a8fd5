"""The manifest: which cables each file gave. By it a build knows what changed, and what the engine holds.

A SQLite file in the generation's folder. Every build works on a copy of the last one, which becomes current
with its generation or is deleted with it, so it needs no transactions of its own.

The same cable in several files is one cable: the engine holds the fullest one. The others are listed here, so
that one of them can take its place when its file goes. Different cables that share an id are all held, each
under the id with a suffix (`likeness`).
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import compress, decompress

from ..corpus.record import Failure
from .sources import FileInfo

if TYPE_CHECKING:
    from .prepare import PreparedCable

_SCHEMA = """
CREATE TABLE files (
    file INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL, inode INTEGER,
    collection TEXT NOT NULL,
    status INTEGER NOT NULL DEFAULT 1   -- 0 up to date, 1 to be read in this build, 2 gone
);
CREATE TABLE cables (
    row INTEGER PRIMARY KEY,
    file INTEGER NOT NULL,
    place BLOB NOT NULL,                -- where in the file: the end of Record.source
    id TEXT NOT NULL,                   -- as it is printed or published
    suffix TEXT NOT NULL DEFAULT '',    -- added to it in the engine, where other cables have the same id
    also_in TEXT NOT NULL DEFAULT '',   -- other collections that have it, as the engine knows; a name a line
    digest INTEGER NOT NULL,            -- of the record
    likeness BLOB NOT NULL,             -- by which it is compared with others of the same id
    format TEXT NOT NULL,
    without_text TEXT,                  -- why it has none
    words INTEGER NOT NULL, partial INTEGER NOT NULL, released INTEGER NOT NULL,
    paragraphs INTEGER NOT NULL, text INTEGER NOT NULL,
    held INTEGER NOT NULL,              -- by the engine: 0 not, 1 since an earlier build, 2 since this one
    stale INTEGER NOT NULL DEFAULT 0    -- its file changed or is gone, and was not yet seen to hold it still
);
CREATE INDEX cables_id ON cables (id);
CREATE INDEX cables_file ON cables (file);
CREATE INDEX cables_without_text ON cables (id) WHERE without_text IS NOT NULL;
CREATE TABLE versions (
    row INTEGER PRIMARY KEY,            -- a cable that the engine does not hold, as it holds a fuller one
    cable TEXT NOT NULL DEFAULT '',     -- the id under which it holds that
    packed BLOB,                        -- its text, if it is not word for word the same
    differs TEXT                        -- in what it differs from that; NULL if not compared yet
);
CREATE TABLE lost (
    built TEXT NOT NULL, id TEXT NOT NULL, collection TEXT NOT NULL, source BLOB NOT NULL,
    vanished INTEGER NOT NULL, removed INTEGER NOT NULL, redacted INTEGER NOT NULL
);
CREATE TABLE failures (
    file INTEGER, source BLOB, reason TEXT, traceback TEXT, PRIMARY KEY (file, source, reason)
) WITHOUT ROWID;
"""

# Of files that were not read to their ends, from where on each shard is to be read.
_REST = """
CREATE TABLE IF NOT EXISTS rest (
    file INTEGER, k INTEGER, n INTEGER, start INTEGER, PRIMARY KEY (file, k)
) WITHOUT ROWID;
"""

# Unsafe in a crash, after which it is deleted with its generation.
_FAST = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"

_FOR_THIS_BUILD = """
CREATE TEMP TABLE seen (
    path BLOB PRIMARY KEY, size INTEGER, modified INTEGER, changed INTEGER, device INTEGER, inode INTEGER,
    collection TEXT,
    UNIQUE (device, inode)  -- a file that two sources reach is read once
) WITHOUT ROWID;
CREATE TEMP TABLE unreadable (prefix BLOB);  -- of the paths in a folder that could not be opened
CREATE TEMP TABLE shared (id TEXT PRIMARY KEY) WITHOUT ROWID;  -- by several entries
CREATE TEMP TABLE prepared (  -- slices of files that need not be read, as `FileToRead` has them
    file INTEGER, k INTEGER, n INTEGER, PRIMARY KEY (file, k)
) WITHOUT ROWID;
CREATE TEMP TABLE resumed (file INTEGER, k INTEGER, n INTEGER, start INTEGER);  -- as in `rest`
CREATE TEMP TABLE requested (  -- cables to be read again, maybe all of a large file
    row INTEGER PRIMARY KEY, file INTEGER, place BLOB, suffix TEXT, also_in TEXT
);
CREATE INDEX temp.requested_place ON requested (file, place);
"""

ENTRIES = """
SELECT row, file, path, collection, place, id, suffix, also_in, likeness, words, partial, released, held,
       stale, status
FROM cables JOIN files USING (file)"""

TO_READ, GONE = 1, 2  # files.status
NOT_HELD, HELD_BEFORE, HELD_NOW = 0, 1, 2  # cables.held


class Filing(NamedTuple):
    """What an engine is to know of a cable that the cable's own file does not tell.

    Attributes:
        suffix: added to its id, where different cables have the same.
        also_in: other collections that have it, sorted.
    """

    suffix: str = ""
    also_in: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, str]:
        """As it is in the tables."""
        return self.suffix, "\n".join(self.also_in)


PLAIN = Filing()


def _filing(suffix: str, also_in: str) -> Filing:
    return Filing(suffix, tuple(also_in.splitlines()))


@dataclass(frozen=True, slots=True)
class FileToRead:
    """A file to be read.

    Attributes:
        number: its key in the manifest.
        size: in bytes.
        modified: when its content last changed, in nanoseconds.
        collection: the name of the one that it is in.
        known: it gave cables before.
        only: the places of the cables that are requested, with the filing of each; None for all.
        slices: those that are to be read, each `(k, n)`: the k-th part of n, from 0.
        rest: of a file of which a build before has read the beginning, each shard, with what it starts from.
    """

    number: int
    path: str
    size: int
    modified: int
    collection: str
    known: bool
    only: Mapping[bytes, Filing] | None = None
    slices: tuple[tuple[int, int], ...] = ((0, 1),)
    rest: tuple[tuple[int, int, int], ...] = ()

    @property
    def bytes_to_read(self) -> int:
        """The bytes of its slices."""
        return sum(self.size // n for _, n in self.slices)


@dataclass(frozen=True, slots=True)
class Entry:
    """A cable that a file gave, and the status of the file; see the schema."""

    row: int
    file: int
    path: bytes
    collection: str
    place: bytes
    id: str
    suffix: str
    also_in: str
    likeness: bytes
    words: int
    partial: bool
    released: bool
    held: int
    stale: bool
    status: int

    @property
    def source(self) -> str:
        """The file, and the place in it."""
        return os.fsdecode(self.path + self.place)

    @property
    def is_there(self) -> bool:
        """Whether the file is there: its source may be gone, or not mounted."""
        return os.path.exists(self.path)  # noqa: PTH110  Path.exists raises where a folder cannot be entered

    @property
    def filing(self) -> Filing:
        return _filing(self.suffix, self.also_in)

    @property
    def rank(self) -> Rank:
        return rank(self.words, self.partial, self.released, self.path, self.place)


Rank = tuple[int, bool, bool, bytes, bytes]


def rank(words: int, partial: bool, released: bool, path: bytes, place: bytes) -> Rank:
    """Return a sort key by which the fullest of several cables comes first; no two entries have the same."""
    return -words, bool(partial), not released, path, place


def read_only(generation: Path) -> str:
    """Return the address by which SQLite opens a manifest for reading."""
    return f"{(generation / 'manifest.sqlite').absolute().as_uri()}?mode=ro&immutable=1"


def failures_in(database: sqlite3.Connection) -> tuple[Failure, ...]:
    """Return all that could not be read, sorted by source."""
    rows: Iterable[tuple[bytes, str, str | None]] = database.execute(
        "SELECT source, reason, traceback FROM failures ORDER BY source, reason"
    )
    return tuple(Failure(os.fsdecode(source), reason, trace) for source, reason, trace in rows)


class Manifest:
    """The manifest of the generation that is being built. A context manager."""

    def __init__(self, path: Path) -> None:
        fresh = not path.exists()
        self._db = sqlite3.connect(path.absolute().as_uri(), uri=True, isolation_level=None)
        self._db.executescript(_FAST + (_SCHEMA if fresh else "") + _REST + _FOR_THIS_BUILD)
        self._db.execute("BEGIN")

    # Which files changed

    def compare(
        self,
        files: Iterable[FileInfo],
        kept: Iterable[bytes] = (),
        *,
        every: bool = False,
        resume: bool = True,
    ) -> None:
        """Mark the files that are new, changed, in another collection, and gone.

        Whoever gives a file another content can give it the same size and date, but not the same inode and
        change time. What is in a folder that cannot be opened stays as it was.

        Args:
            kept: files and folders that stay as they were, though they cannot be found.
            every: mark all as changed, for their cables to be compared.
            resume: read on what was not read to its end; else it is marked as changed, since another version
                may count what stands in a file differently.
        """
        if not resume:
            self._db.execute("UPDATE files SET size = -1 WHERE file IN (SELECT file FROM rest)")
            self._db.execute("DELETE FROM rest")
        for path in kept:
            self._db.execute("INSERT INTO unreadable VALUES (?)", (path + os.sep.encode(),))
            self._db.execute(
                """INSERT INTO seen
                   SELECT path, size, modified, changed, NULL, inode, collection FROM files WHERE path = ?""",
                (path,),
            )
        self._db.executemany(
            "INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?, ?, ?, ?)", self._seen_rows(files)
        )
        self._db.execute(
            """UPDATE files SET status = 2 WHERE path NOT IN (SELECT path FROM seen)
               AND NOT EXISTS (SELECT 1 FROM unreadable WHERE substr(path, 1, length(prefix)) = prefix)"""
        )
        self._db.execute(
            """INSERT INTO files (path, size, modified, changed, inode, collection)
               SELECT path, size, modified, changed, inode, collection FROM seen WHERE true ORDER BY path
               ON CONFLICT (path) DO UPDATE
               SET size = excluded.size, modified = excluded.modified, changed = excluded.changed,
                   inode = excluded.inode, collection = excluded.collection, status = 1
               WHERE ? OR size <> excluded.size OR modified <> excluded.modified
                   OR changed <> excluded.changed OR inode IS NOT excluded.inode
                   OR collection <> excluded.collection""",
            (every,),
        )
        self._db.execute("UPDATE cables SET stale = 1 WHERE file IN (SELECT file FROM files WHERE status)")
        self._db.execute("DELETE FROM failures WHERE file IN (SELECT file FROM files WHERE status)")
        self._resume()
        self._db.execute("DROP TABLE seen")

    def _resume(self) -> None:
        """Mark the files that are as they were, but were not read to their ends.

        One that cannot be found now is read anew when it is there again.
        """
        self._db.execute(
            """INSERT INTO resumed SELECT rest.* FROM rest JOIN files USING (file) JOIN seen USING (path)
               WHERE NOT status AND device IS NOT NULL"""
        )
        self._db.execute(
            """UPDATE files SET size = -1 WHERE NOT status AND file IN (SELECT file FROM rest)
               AND file NOT IN (SELECT file FROM resumed)"""
        )
        self._db.execute("UPDATE files SET status = 1 WHERE file IN (SELECT file FROM resumed)")
        self._db.execute("DELETE FROM rest")

    def _seen_rows(self, files: Iterable[FileInfo]) -> Iterator[tuple[bytes | int | str | None, ...]]:
        for file in files:
            if file.unreadable_folder:
                self._db.execute("INSERT INTO unreadable VALUES (?)", (file.path + os.sep.encode(),))
            yield file[:-1]

    def counts(self) -> tuple[int, int, int]:
        """Return how many files there are, how many of them are to be read, and how many are gone."""
        counts: dict[int, int] = dict(self._db.execute("SELECT status, count(*) FROM files GROUP BY status"))
        gone = counts.pop(GONE, 0)
        return sum(counts.values()), counts.get(TO_READ, 0), gone

    def newest(self) -> int:
        """Return when the last of the files to be read changed, in nanoseconds; 0 if there are none."""
        return self._number("SELECT coalesce(max(max(modified, changed)), 0) FROM files WHERE status = 1")

    def bytes_to_read(self) -> int:
        """Return the bytes of the files to be read."""
        return self._number("SELECT total(size) FROM files WHERE status = 1")

    def files_to_read(self) -> Iterator[FileToRead]:
        """Yield the files to be read, large ones last: a cable that they repeat is better in its own file."""
        rows: Iterable[tuple[int, bytes, int, int, str, int, int, int]] = self._db.execute(
            """SELECT file, path, size, modified, collection,
                      EXISTS (SELECT 1 FROM cables WHERE cables.file = files.file),
                      coalesce(max(n), 1), count(n)
               FROM files LEFT JOIN prepared USING (file)
               WHERE status = 1 GROUP BY file HAVING count(n) < coalesce(max(n), 1)
               ORDER BY size > 1000000, file"""
        )
        for number, path, size, modified, collection, known, n, done in rows:
            slices = self._slices_left(number, n) if done else ((0, 1),)
            rest = self._db.execute("SELECT k, n, start FROM resumed WHERE file = ?", (number,)).fetchall()
            yield FileToRead(
                number,
                os.fsdecode(path),
                size,
                modified,
                collection,
                bool(known),
                slices=slices,
                rest=tuple(rest),
            )

    def leave_rest(self, file: int, shard: tuple[int, int], start: int) -> None:
        """Note from where on a shard of a file is to be read by the next build; see `Job`."""
        self._db.execute("INSERT INTO rest VALUES (?, ?, ?, ?)", (file, *shard, start))

    def files_with_rest(self) -> int:
        """Return how many files were not read to their ends."""
        return self._number("SELECT count(DISTINCT file) FROM rest")

    def forget(self, files: Iterable[int]) -> None:
        """Forget new files, which the next build finds anew."""
        self._db.executemany("DELETE FROM files WHERE file = ?", ((file,) for file in files))

    def _slices_left(self, file: int, n: int) -> tuple[tuple[int, int], ...]:
        done = {k for (k,) in self._db.execute("SELECT k FROM prepared WHERE file = ?", (file,))}
        return tuple((k, n) for k in range(n) if k not in done)

    def unchanged_file(self, path: bytes, size: int, modified: int) -> int | None:
        """Return the number of a file to be read, None if there is none or it is not as it was."""
        found = self._db.execute(
            "SELECT file FROM files WHERE path = ? AND size = ? AND modified = ? AND status = 1",
            (path, size, modified),
        ).fetchone()
        return found and int(found[0])

    def mark_prepared(self, file: int, shard: tuple[int, int]) -> None:
        """Note that a slice of a file need not be read."""
        self._db.execute("INSERT OR IGNORE INTO prepared VALUES (?, ?, ?)", (file, *shard))

    # What they gave

    def add_cable(self, file: int, cable: PreparedCable, *, held: bool) -> int:
        """Add a cable that a file gave, and return its row; `held` says whether the engine was given it."""
        row = self._db.execute(
            """INSERT INTO cables (file, place, id, digest, likeness, format, without_text,
                                   words, partial, released, paragraphs, text, held)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                file,
                cable.place,
                cable.plain_id,
                cable.digest,
                cable.likeness,
                cable.format,
                cable.without_text,
                cable.words,
                cable.partial,
                cable.released,
                len(cable.rows),
                cable.text,
                HELD_NOW if held else NOT_HELD,
            ),
        ).lastrowid
        return row or 0

    def mark_unchanged(self, row: int) -> int:
        """Note that a changed file holds a cable as before; return the bytes of its text."""
        self._db.execute("UPDATE cables SET stale = 0 WHERE row = ?", (row,))
        return self._number("SELECT text FROM cables WHERE row = ?", row)

    def add_failure(self, file: int, failure: Failure) -> None:
        """Note that a file, or something in it, could not be read."""
        row = (file, os.fsencode(failure.source), failure.reason, failure.traceback)
        self._db.execute("INSERT OR IGNORE INTO failures VALUES (?, ?, ?, ?)", row)

    # Which of them the engine holds

    def entries(self, id: str) -> list[Entry]:
        """Return the entries of an id, stale ones too, the fullest first."""
        rows = self._db.execute(f"{ENTRIES} WHERE id = ?", (id,))
        return sorted(starmap(Entry, rows), key=lambda entry: entry.rank)

    def rival(self, id: str) -> Entry | None:
        """Return an entry of an id, if possible one that the engine holds; None if there is none at all."""
        rows = self._db.execute(f"{ENTRIES} WHERE id = ? ORDER BY held DESC, row LIMIT 1", (id,))
        return next(starmap(Entry, rows), None)

    def requested(self, file: int, place: bytes) -> Entry | None:
        """Return the entry for a place in a file whose cable is requested."""
        rows = self._db.execute(
            f"{ENTRIES} WHERE row = (SELECT row FROM requested WHERE file = ? AND place = ?)", (file, place)
        )
        return next(starmap(Entry, rows), None)

    def set_held(self, row: int, held: int, filing: Filing = PLAIN) -> None:
        """Note whether the engine holds an entry's cable (see the schema), and what it knows of it."""
        self._db.execute(
            "UPDATE cables SET held = ?, suffix = ?, also_in = ? WHERE row = ?", (held, *filing.columns, row)
        )

    def mark_shared(self, id: str) -> bool:
        """Mark an id that several entries have; return whether it was not marked before."""
        return self._db.execute("INSERT OR IGNORE INTO shared VALUES (?)", (id,)).rowcount > 0

    def ids_to_settle(self) -> Iterator[str]:
        """Yield the ids that are marked, and those with stale entries."""
        self._db.execute("INSERT OR IGNORE INTO shared SELECT id FROM cables WHERE stale")
        return self._ids("SELECT id FROM shared")

    def request(self, row: int, filing: Filing) -> None:
        """Mark an entry whose cable has to be read again, for the engine to hold it as is said here."""
        self._db.execute(
            "INSERT OR IGNORE INTO requested SELECT row, file, place, ?, ? FROM cables WHERE row = ?",
            (*filing.columns, row),
        )

    def postpone(self, row: int) -> None:
        """Leave an entry as it is until its file is there again, which is then read as if it were new."""
        self._db.execute("UPDATE cables SET digest = 0 WHERE row = ?", (row,))
        self._db.execute(
            "UPDATE files SET size = -1 WHERE file = (SELECT file FROM cables WHERE row = ?)", (row,)
        )

    def requested_files(self) -> Iterator[FileToRead]:
        """Yield the files of the requested entries, with their places in them."""
        rows: list[tuple[int, bytes, int, int, str]] = self._db.execute(
            """SELECT DISTINCT file, path, size, modified, collection
               FROM requested JOIN files USING (file) ORDER BY file"""
        ).fetchall()
        query = "SELECT place, suffix, also_in FROM requested WHERE file = ?"
        for number, path, size, modified, collection in rows:
            places: Iterable[tuple[bytes, str, str]] = self._db.execute(query, (number,))
            only = {place: _filing(suffix, also_in) for place, suffix, also_in in places}
            yield FileToRead(number, os.fsdecode(path), size, modified, collection, False, only)

    def drop_requests(self) -> None:
        """Clear the requests. Entries not found again are deleted, and their files read anew next time."""
        missing = "FROM cables WHERE row IN (SELECT row FROM requested) AND NOT held"
        self._db.execute(f"UPDATE files SET size = -1 WHERE file IN (SELECT file {missing})")
        self._db.execute(f"DELETE {missing}")
        self._db.execute("DELETE FROM requested")

    def ids_held_before(self) -> Iterator[str]:
        """Yield the ids that the engine holds since an earlier build."""
        return self._ids("SELECT id || suffix FROM cables WHERE held = 1")

    def text_held(self) -> int:
        """Return the bytes of text that the engine holds, stale entries left out."""
        return self._number("SELECT total(text) FROM cables WHERE held AND NOT stale")

    # The other versions of what the engine holds

    def keep_version(self, row: int, packed: bytes) -> None:
        """Keep the text of a cable that the engine does not hold."""
        self._db.execute(
            """INSERT INTO versions (row, packed) VALUES (?, ?)
               ON CONFLICT (row) DO UPDATE SET packed = excluded.packed, differs = NULL""",
            (row, compress(packed)),
        )

    def file_version(self, row: int, cable: str, *, changed: bool) -> None:
        """Note of which cable of the engine an entry is another version; it is to be compared with it.

        Args:
            changed: the engine holds the cable since this build.
        """
        self._db.execute(
            """INSERT INTO versions (row, cable) VALUES (?1, ?2) ON CONFLICT (row) DO UPDATE
               SET cable = ?2, differs = NULL WHERE ?3 OR cable <> ?2""",
            (row, cable, changed),
        )

    def versions_to_read(self) -> Iterator[FileToRead]:
        """Yield the files of the versions whose text is not known, with their places in them."""
        unknown = "packed IS NULL AND differs IS NULL"
        rows: list[tuple[int, bytes, int, int, str]] = self._db.execute(
            f"""SELECT DISTINCT file, path, size, modified, collection
                FROM versions JOIN cables USING (row) JOIN files USING (file) WHERE {unknown} AND NOT stale"""
        ).fetchall()
        query = f"SELECT place FROM versions JOIN cables USING (row) WHERE file = ? AND {unknown}"
        for number, path, size, modified, collection in rows:
            places: Iterable[tuple[bytes]] = self._db.execute(query, (number,))
            only = {place: PLAIN for (place,) in places}
            yield FileToRead(number, os.fsdecode(path), size, modified, collection, False, only)

    def version_at(self, file: int, place: bytes) -> int | None:
        """Return the row of the version at a place of a file whose text is not known."""
        found = self._db.execute(
            """SELECT row FROM versions JOIN cables USING (row)
               WHERE file = ? AND place = ? AND packed IS NULL AND differs IS NULL""",
            (file, place),
        ).fetchone()
        return found[0] if found else None

    def versions_to_compare(self) -> Iterator[tuple[int, str, bytes]]:
        """Yield the versions that are to be compared: the row, the id of the cable, the text.

        Those whose text could not be read, as their source is gone, wait until it is there again.
        """
        unknown = "FROM versions WHERE packed IS NULL AND differs IS NULL"
        for (row,) in self._db.execute(f"SELECT row {unknown}").fetchall():
            self.postpone(row)
        self._db.execute(f"DELETE {unknown}")
        rows: list[tuple[int, str]] = self._db.execute(
            "SELECT row, cable FROM versions WHERE differs IS NULL ORDER BY cable, row"
        ).fetchall()
        for row, cable in rows:
            query = "SELECT packed FROM versions WHERE row = ?"
            packed: bytes = self._db.execute(query, (row,)).fetchone()[0]
            yield row, cable, decompress(packed)

    def set_difference(self, row: int, differs: str, *, same_text: bool) -> None:
        """Note in what a version differs from what the engine holds; the same text is kept once."""
        self._db.execute(
            "UPDATE versions SET differs = ?, packed = CASE WHEN ? THEN NULL ELSE packed END WHERE row = ?",
            (differs, same_text, row),
        )

    # What there is in the end

    def settle(self) -> None:
        """Delete what is stale or gone, and mark the rest as up to date: all files are read."""
        self._db.execute("DELETE FROM cables WHERE stale")
        self._db.execute("DELETE FROM versions WHERE row NOT IN (SELECT row FROM cables WHERE NOT held)")
        self._db.execute("DELETE FROM files WHERE status = 2")
        self._db.execute("UPDATE files SET status = 0 WHERE status")
        self._db.execute("UPDATE cables SET held = 1 WHERE held = 2")

    def totals(self) -> tuple[int, int, int]:
        """Return how many cables the engine holds, how many paragraphs, and the bytes of their text."""
        totals: tuple[int, float, float] = self._db.execute(
            "SELECT count(*), total(paragraphs), total(text) FROM cables WHERE held"
        ).fetchone()
        cables, paragraphs, text = totals
        return cables, int(paragraphs), int(text)

    def formats(self) -> dict[str, int]:
        """Return how many of the cables that the engine holds are of each format, most frequent first."""
        rows: Iterable[tuple[str, int]] = self._db.execute(
            "SELECT format, count(*) AS cables FROM cables WHERE held GROUP BY format ORDER BY 2 DESC, 1"
        )
        return dict(rows)

    def collections(self) -> dict[str, int]:
        """Return how many of the cables that the engine holds are in each collection."""
        rows: Iterable[tuple[str, str, int]] = self._db.execute(
            """SELECT collection, also_in, count(*) FROM cables JOIN files USING (file)
               WHERE held GROUP BY collection, also_in"""
        )
        counts: Counter[str] = Counter()
        for collection, also_in, cables in rows:
            counts.update(dict.fromkeys((collection, *also_in.splitlines()), cables))
        return counts

    def without_text(self) -> tuple[tuple[str, str, str], ...]:
        """Return the cables that have no text, sorted by id: the id, the source, and why."""
        rows: Iterable[tuple[str, bytes, str]] = self._db.execute(
            """SELECT id || suffix, path || place, without_text FROM cables JOIN files USING (file)
               WHERE held AND without_text IS NOT NULL ORDER BY id, suffix"""
        )
        return tuple((id, os.fsdecode(source), reason) for id, source, reason in rows)

    def failures(self) -> tuple[Failure, ...]:
        """Return all that could not be read, sorted by source."""
        return failures_in(self._db)

    def commit(self) -> None:
        """Write all of it to the file."""
        self._db.execute("COMMIT")

    @contextmanager
    def beside(self, old: Path) -> Iterator[sqlite3.Connection]:
        """Yield the database, which is complete, with that of the generation before as the schema `old`."""
        self._db.execute("ATTACH ? AS old", (read_only(old),))
        self._db.execute("BEGIN")
        yield self._db
        self._db.execute("COMMIT")

    def __enter__(self) -> Manifest:
        return self

    def __exit__(self, *raised: object) -> None:
        self._db.close()

    def _ids(self, query: str) -> Iterator[str]:
        rows: Iterable[tuple[str]] = self._db.execute(query)
        return (id for (id,) in rows)

    def _number(self, query: str, *values: int) -> int:
        return int(self._db.execute(query, values).fetchone()[0])
