"""The file of a notebook: a SQLite database, which several processes may read and write at once.

Two tables hold what two notebooks can be merged by, and neither ever loses a row:

    revision    texts (of notes, of saved questions): every version that was ever written, with the versions
                that it replaces. Those that none replaces are current; several are current if two people
                changed one text without knowing of each other. A merge is the union of the rows.
    mark        everything else (a star, a label, a place in a list): the latest value of each, NULL where it
                was taken away. A merge takes the later of two values.

Both say when a row was written, in nanoseconds, by a clock that never goes back within a notebook: what is
changed later counts as later, even if the computer's clock was set back.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock

from ..errors import NotebookError

APPLICATION_ID = 0x43534E42  # by which SQLite files tell what made them: "CSNB"
PATIENCE = 60.0  # seconds to wait while another process writes

# Each brings a notebook from the version of its place to the next one. Never change one that was released.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE revision (
            kind TEXT NOT NULL,      -- note or question
            name TEXT NOT NULL,      -- the id of a paragraph or a cable; the name of a question
            id TEXT NOT NULL,        -- the checksum of the row
            text TEXT NOT NULL,      -- empty where it was deleted
            digest TEXT,             -- of what the note is about, as it was then
            stamp INTEGER NOT NULL,
            author TEXT NOT NULL,
            PRIMARY KEY (kind, name, id)
        ) WITHOUT ROWID""",
        """CREATE TABLE replaced (
            kind TEXT NOT NULL, name TEXT NOT NULL, id TEXT NOT NULL,  -- a revision, here or not yet
            by TEXT NOT NULL,                                          -- the revision that replaces it
            PRIMARY KEY (kind, name, id, by)
        ) WITHOUT ROWID""",
        """CREATE TABLE mark (
            kind TEXT NOT NULL,      -- star, label or list
            name TEXT NOT NULL,      -- of the label or list
            target TEXT NOT NULL,    -- the id of a paragraph or a cable
            value REAL,              -- the place in a list, else 1
            digest TEXT,             -- of what is marked, as it was then
            stamp INTEGER NOT NULL,
            author TEXT NOT NULL,
            PRIMARY KEY (kind, name, target)
        ) WITHOUT ROWID""",
        "CREATE INDEX mark_target ON mark (target)",
        """CREATE VIEW current AS SELECT * FROM revision WHERE NOT EXISTS (
            SELECT 1 FROM replaced WHERE (replaced.kind, replaced.name, replaced.id)
                = (revision.kind, revision.name, revision.id))""",
        # Not merged: what was asked.
        "CREATE TABLE asked (number INTEGER PRIMARY KEY, stamp INTEGER NOT NULL, query TEXT NOT NULL)",
        "CREATE TABLE setting (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID",
        "INSERT INTO setting VALUES ('clock', 0), ('state', lower(hex(randomblob(8))))",
    ),
)


class Database:
    """The file of a notebook, opened when it is first read and made when it is first written.

    A file that is not there reads as an empty notebook. Several threads may share one.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = RLock()
        self._opened: sqlite3.Connection | None = None
        self._in_memory = False

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection that sees one state of the notebook."""
        with self._lock, self._explained():
            connection = self._connection(create=False)
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                _roll_back(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection whose changes are on the disk when the block ends, all of them or none."""
        with self._lock, self._explained():
            connection = self._connection(create=True)
            if connection.in_transaction:  # a part of what is written together
                yield connection
                return
            with _changing(connection):
                yield connection
                connection.execute(
                    "UPDATE setting SET value = lower(hex(randomblob(8))) WHERE name = 'state'"
                )

    def shrink(self) -> None:
        """Write the file anew, without what was deleted."""
        with self._lock, self._explained():
            self._connection(create=True).execute("VACUUM")
            self._connection(create=True).execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @property
    def state(self) -> str:
        """A word that is another one after every change."""
        with self._lock, self._explained():
            query = "SELECT value FROM setting WHERE name = 'state'"
            return str(self._connection(create=False).execute(query).fetchone()[0])

    def tick(self) -> int:
        """Return the time of a change, later than that of every change before it; only while writing."""
        with self.writing() as connection:
            [(last,)] = connection.execute("SELECT value FROM setting WHERE name = 'clock'")
            now = max(time.time_ns(), int(last) + 1)
            connection.execute("UPDATE setting SET value = ? WHERE name = 'clock'", (now,))
            return now

    def close(self) -> None:
        """Close the file; it is opened again when it is needed."""
        with self._lock:
            opened, self._opened = self._opened, None
            if opened:
                opened.close()

    def _connection(self, *, create: bool) -> sqlite3.Connection:
        if self._opened and self._in_memory and (create or self.file.exists()):
            self.close()
        if not self._opened:
            self._in_memory = not create and not self.file.exists()
            self._opened = self._open()
        return self._opened

    def _open(self) -> sqlite3.Connection:
        if not self._in_memory:
            if self.file.exists() and not self.file.is_file():  # SQLite would put its own files beside it
                raise NotebookError(f"{self.file} is no file: name another notebook, --notebook FILE")
            with suppress(FileExistsError):  # notes are for their owner only
                os.close(os.open(self.file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        name = "file::memory:" if self._in_memory else _address(self.file)
        connection = sqlite3.connect(name, PATIENCE, isolation_level=None, check_same_thread=False, uri=True)
        try:
            _prepare(connection, self.file)
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn what SQLite or the system says into an error that says what to do."""
        try:
            yield
        except sqlite3.Error as error:
            remedy = "is it a notebook, may you write it, and is there room on the disk?"
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                remedy = f"another program has been writing it for {PATIENCE:g} seconds: wait for its end"
            raise NotebookError(f"the notebook {self.file} cannot be used ({error}): {remedy}") from error
        except FileNotFoundError as error:
            raise NotebookError(
                f"there is no folder {self.file.parent} for a notebook: make it first"
            ) from error
        except OSError as error:
            raise NotebookError(
                f"the notebook {self.file} is not to be had ({error.strerror}): take another, --notebook FILE"
            ) from error


def _address(file: Path) -> str:
    """Return what SQLite opens a file by.

    Where it may not write, as in somebody else's folder, it makes no log; without one it can only read if it
    is told that nobody changes the file.
    """
    address = file.absolute().as_uri()
    if all(os.access(each, os.W_OK) for each in (file, file.parent)):
        return address
    log = file.with_name(f"{file.name}-wal")
    return f"{address}?mode=ro{'' if log.exists() else '&immutable=1'}"


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    """Make a connection durable, and bring its notebook to the present version.

    Raises:
        NotebookError: it is no notebook, or of a later version.
    """
    [(version, made_by, tables)] = connection.execute(
        "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_master)"
        " FROM pragma_user_version, pragma_application_id"
    )
    if made_by != APPLICATION_ID and (version or tables):
        raise NotebookError(f"{file} is a database of another program: name another file, --notebook FILE")
    if version > len(MIGRATIONS):
        raise NotebookError(f"the notebook {file} was written by a later cablesearch: install that version")
    connection.execute("PRAGMA synchronous = FULL")
    if version == len(MIGRATIONS):
        return
    _use_log(connection)
    with _changing(connection):
        [(version,)] = connection.execute("PRAGMA user_version")  # another process may have been faster
        for statements in MIGRATIONS[version:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


@contextmanager
def _changing(connection: sqlite3.Connection) -> Iterator[None]:
    """Keep what is changed in the block, all of it or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


def _roll_back(connection: sqlite3.Connection) -> None:
    """Undo what was changed, unless SQLite did so itself (a full disk): an error here would hide that one."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _use_log(connection: sqlite3.Connection) -> None:
    """Let readers and a writer not wait for each other; SQLite does not wait for that by itself."""
    last = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > last:
                raise
            time.sleep(0.01)
