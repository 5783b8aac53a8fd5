"""The rows of a notebook, and the one rule by which a row joins those that are there.

Adding rows in any order, and any of them twice, ends with the same notebook.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

# Of two marks the greater one counts: the later, and of one moment the one whose contents are greater, so
# that every notebook decides alike.
_ORDER = "({0}.stamp, {0}.author, ifnull({0}.value, -1e300), ifnull({0}.digest, ''))"
_SET_MARK = f"""
    INSERT INTO mark (kind, name, target, value, digest, stamp, author) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE
    SET value = excluded.value, digest = excluded.digest, stamp = excluded.stamp, author = excluded.author
    WHERE {_ORDER.format("excluded")} > {_ORDER.format("mark")}
"""


@dataclass(frozen=True)
class Revision:
    """A version of a text.

    Attributes:
        kind: `note` or `question`.
        name: the id of a paragraph or a cable; the name of a question.
        text: empty where it was deleted.
        digest: of what the note is about, as it was then.
        stamp: when it was written, in nanoseconds since 1970.
        replaces: the checksums of the versions that it replaces, sorted.
    """

    kind: str
    name: str
    text: str
    digest: str | None
    stamp: int
    author: str
    replaces: tuple[str, ...] = ()

    @cached_property
    def id(self) -> str:
        """The checksum of all that it says."""
        values = (self.kind, self.name, self.text, self.digest, self.stamp, self.author, self.replaces)
        return blake2b(json.dumps(values).encode(), digest_size=12).hexdigest()


class Mark(NamedTuple):
    """A star, a label or a place in a list.

    Attributes:
        kind: `star`, `label` or `list`.
        name: of the label or the list.
        target: the id of a paragraph or a cable.
        value: the place in the list, else 1; None if it was taken away.
        digest, stamp, author: as of a revision.
    """

    kind: str
    name: str
    target: str
    value: float | None
    digest: str | None
    stamp: int
    author: str


def add_revision(connection: sqlite3.Connection, new: Revision) -> bool:
    """Add a version of a text; return whether it was not there."""
    done = connection.execute(
        "INSERT OR IGNORE INTO revision VALUES (?, ?, ?, ?, ?, ?, ?)",
        (new.kind, new.name, new.id, new.text, new.digest, new.stamp, new.author),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO replaced VALUES (?, ?, ?, ?)",
        ((new.kind, new.name, old, new.id) for old in new.replaces),
    )
    return done.rowcount > 0


def add_mark(connection: sqlite3.Connection, mark: Mark) -> bool:
    """Set a mark, unless a later one is there; return whether it is set."""
    return connection.execute(_SET_MARK, mark).rowcount > 0
