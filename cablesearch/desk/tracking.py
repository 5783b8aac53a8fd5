"""What changed in an index from one look at it to the next: a log of paragraphs, beside the notebook.

An index says which records its cables were read from. Of the cables whose record is another one than at the
last look, and only of these, the paragraphs are compared with what they were. So a look after an update takes
as long as the update was large, and what an index was rebuilt from without a change is no change.

The file can be deleted: the next look then is the first one.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import NotebookError
from ..model.cable import Cable
from ..notebook.database import PATIENCE
from ..notebook.note import digest_of
from ..search.index import Index

VERSION = 1

_TABLES = """
    CREATE TABLE tracked (
        number INTEGER PRIMARY KEY, folder TEXT NOT NULL UNIQUE,
        generation TEXT NOT NULL, look INTEGER NOT NULL);
    CREATE TABLE cable (
        tracked INTEGER NOT NULL, id TEXT NOT NULL, record INTEGER NOT NULL, paragraphs TEXT NOT NULL,
        PRIMARY KEY (tracked, id)) WITHOUT ROWID;
    CREATE TABLE change (
        tracked INTEGER NOT NULL, paragraph TEXT NOT NULL, look INTEGER NOT NULL, new INTEGER NOT NULL,
        PRIMARY KEY (tracked, paragraph)) WITHOUT ROWID;
    CREATE TABLE looked (
        tracked INTEGER NOT NULL, name TEXT NOT NULL, query TEXT NOT NULL, look INTEGER NOT NULL,
        PRIMARY KEY (tracked, name)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Tracked:
    """An index as it was looked at last.

    Attributes:
        number: its key in the file.
        look: how many times it had changed when it was looked at.
    """

    number: int
    look: int


class Tracking:
    """The log of what changed in indexes. A context manager; all of it is one transaction."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(file, PATIENCE, isolation_level=None)
        self._db.execute("BEGIN IMMEDIATE")
        if not self._db.execute("PRAGMA user_version").fetchone()[0]:
            for statement in filter(str.strip, _TABLES.split(";")):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {VERSION}")

    def bring_up_to_date(self, index: Index) -> Tracked:
        """Add to the log what changed in an index since the last look at it."""
        folder = os.pathsep.join(sorted(str(folder.absolute()) for folder in index.folders))
        generation = index.generation
        row = self._db.execute(
            "SELECT number, look, generation FROM tracked WHERE folder = ?", (folder,)
        ).fetchone()
        if row and row[2] == generation:
            return Tracked(row[0], row[1])
        if not row:
            number = self._db.execute(
                "INSERT INTO tracked (folder, generation, look) VALUES (?, ?, 0)", (folder, generation)
            ).lastrowid
            tracked = Tracked(number or 0, 1)
        else:
            tracked = Tracked(row[0], row[1] + 1)
        self._compare(index, tracked)
        self._db.execute(
            "UPDATE tracked SET generation = ?, look = ? WHERE number = ?",
            (generation, tracked.look, tracked.number),
        )
        return tracked

    def _compare(self, index: Index, tracked: Tracked) -> None:
        number, look = tracked.number, tracked.look
        before: dict[str, int] = dict(
            self._db.execute("SELECT id, record FROM cable WHERE tracked = ?", (number,))
        )
        now = index.records_held()
        for id in before.keys() - now.keys():
            self._db.execute("DELETE FROM cable WHERE tracked = ? AND id = ?", (number, id))
        for id, record in now.items():
            if before.get(id) == record or not (cable := index.as_printed(id)):
                continue
            paragraphs = _digests(cable)
            if look > 1:
                self._log(tracked, cable.id, paragraphs)
            self._db.execute(
                "INSERT OR REPLACE INTO cable VALUES (?, ?, ?, ?)",
                (number, id, record, " ".join(f"{own}:{digest}" for own, digest in paragraphs.items())),
            )

    def _log(self, tracked: Tracked, id: str, paragraphs: dict[str, str]) -> None:
        """Log the paragraphs of a cable that are others than before."""
        row = self._db.execute(
            "SELECT paragraphs FROM cable WHERE tracked = ? AND id = ?", (tracked.number, id)
        ).fetchone()
        old = dict(part.rsplit(":", 1) for part in row[0].split()) if row else {}
        there = set(old.values())
        self._db.executemany(
            "INSERT OR REPLACE INTO change VALUES (?, ?, ?, ?)",
            (
                (tracked.number, id + own, tracked.look, own not in old)
                for own, digest in paragraphs.items()
                if digest not in there
            ),
        )

    def changes(self, tracked: Tracked, since: int) -> dict[str, bool]:
        """Return the ids of the paragraphs that changed after a look, and whether each is new."""
        rows = self._db.execute(
            "SELECT paragraph, new FROM change WHERE tracked = ? AND look > ?", (tracked.number, since)
        )
        return {paragraph: bool(new) for paragraph, new in rows}

    def last_look(self, tracked: Tracked, name: str, query: str) -> int | None:
        """Return when a question was last looked at; None if it never was, or was another one then."""
        row = self._db.execute(
            "SELECT look FROM looked WHERE (tracked, name, query) = (?, ?, ?)", (tracked.number, name, query)
        ).fetchone()
        return row[0] if row else None

    def mark(self, tracked: Tracked, questions: Iterable[tuple[str, str]], saved: Iterable[str]) -> None:
        """Note that questions were looked at, each with its name; drop what nobody will ask for any more.

        Args:
            saved: the names of all questions.
        """
        self._db.executemany(
            "INSERT OR REPLACE INTO looked VALUES (?, ?, ?, ?)",
            ((tracked.number, name, query, tracked.look) for name, query in questions),
        )
        looks = dict(self._db.execute("SELECT name, look FROM looked WHERE tracked = ?", (tracked.number,)))
        gone = looks.keys() - set(saved)
        self._db.executemany(
            "DELETE FROM looked WHERE tracked = ? AND name = ?", ((tracked.number, name) for name in gone)
        )
        first = min((look for name, look in looks.items() if name not in gone), default=tracked.look)
        self._db.execute("DELETE FROM change WHERE tracked = ? AND look <= ?", (tracked.number, first))

    def close(self, *, keep: bool) -> None:
        """Close the file, with what was changed in it or without."""
        if keep:
            self._db.execute("COMMIT")
        self._db.close()  # which undoes what was not kept


@contextmanager
def tracking(file: Path) -> Iterator[Tracking]:
    """Yield the log in a file; what is written into it is kept unless there is an error.

    Raises:
        NotebookError: it cannot be used.
    """
    try:
        log = Tracking(file)
        try:
            yield log
        except BaseException:
            log.close(keep=False)
            raise
        log.close(keep=True)
    except sqlite3.Error as error:
        raise NotebookError(
            f"{file}, which says what was new, cannot be used ({error}): delete it"
        ) from error


def _digests(cable: Cable) -> dict[str, str]:
    """Return the checksums of a cable's paragraphs, by the part of their ids behind the cable's."""
    return {each.id.removeprefix(cable.id): digest_of(each) for each in cable.paragraphs}
