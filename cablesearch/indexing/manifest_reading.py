"""Reads the manifests of complete generations."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from typing import NamedTuple
from zlib import crc32, decompress

from ..corpus.record import Failure
from ..errors import BrokenIndexError, IndexStateError
from .manifest import ENTRIES, Entry, failures_in, read_only

_LISTED = "(SELECT value FROM json_each(?))"  # of values in JSON


def read_failures(generation: Path) -> tuple[Failure, ...]:
    """Return what could not be read when a generation was built, sorted by source.

    Raises:
        BrokenIndexError: it cannot be read.
    """
    with _reading(generation) as database:
        return failures_in(database)


def read_records(generation: Path) -> dict[str, int]:
    """Return the ids of the cables in a generation, each with the digest of the record that it was read from.

    Raises:
        BrokenIndexError: it cannot be read.
    """
    with _reading(generation) as database:
        return dict(database.execute("SELECT id || suffix, digest FROM cables WHERE held"))


def read_texts(generation: Path) -> dict[str, int]:
    """Return the ids of the cables in a generation, each with a number that a change of its text changes.

    Neither the file nor the collection that it is in make a difference. Texts that begin alike and have as
    many words, bytes and paragraphs are not told apart.

    Raises:
        BrokenIndexError: it cannot be read.
    """
    with _reading(generation) as database:
        found = database.execute(
            "SELECT id || suffix, likeness, words, paragraphs, text FROM cables WHERE held"
        )
        return {
            id: crc32(likeness) << 96 | text << 64 | words << 32 | paragraphs
            for id, likeness, words, paragraphs, text in found
        }


def read_shared_ids(generation: Path, larger: Path) -> list[str]:
    """Return the ids, without suffixes, that the files of two generations gave cables of.

    Raises:
        BrokenIndexError: they cannot be read.
    """
    with _reading(generation) as database:
        database.execute("ATTACH ? AS larger", (read_only(larger),))
        rows: Iterable[tuple[str]] = database.execute(
            """SELECT DISTINCT id FROM cables
               WHERE EXISTS (SELECT 1 FROM larger.cables AS other WHERE other.id = cables.id)"""
        )
        return [id for (id,) in rows]


def read_entries(generation: Path, ids: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries of a generation that have some ids.

    Raises:
        BrokenIndexError: they cannot be read.
    """
    with _reading(generation) as database:
        yield from starmap(Entry, database.execute(f"{ENTRIES} WHERE id IN {_LISTED}", (_list(ids),)))


@dataclass(frozen=True, slots=True)
class NumberedEntry:
    """An entry in the manifest of one of several indexes, which are numbered from 0."""

    index: int
    entry: Entry

    @property
    def likeness(self) -> bytes:
        return self.entry.likeness

    @property
    def partial(self) -> bool:
        return self.entry.partial


def read_all_entries(generations: Iterable[Path], ids: Collection[str]) -> Iterator[NumberedEntry]:
    """Yield the entries that have some ids, of the generations of several indexes.

    Raises:
        BrokenIndexError: they cannot be read.
    """
    for index, generation in enumerate(generations):
        for entry in read_entries(generation, ids):
            yield NumberedEntry(index, entry)


def count_held(generation: Path, ids: Iterable[str]) -> list[tuple[str, int, int, int]]:
    """Return by format how many cables with some ids a generation holds, their paragraphs, and bytes of text.

    Args:
        ids: with suffixes.

    Raises:
        BrokenIndexError: it cannot be read.
    """
    with _reading(generation) as database:
        return database.execute(
            f"""SELECT format, count(*), sum(paragraphs), sum(text) FROM cables
                WHERE held AND id || suffix IN {_LISTED} GROUP BY format""",
            (_list(ids),),
        ).fetchall()


def _list(values: Iterable[str | int]) -> str:
    return json.dumps([*values])


class Copy(NamedTuple):
    """What is known of a file's version of a cable beside its entry.

    Attributes:
        modified: when the file was, in nanoseconds.
        packed: its text, if the engine does not hold it.
        same_as: the id under which the engine holds a fuller text of it, or the same; empty if not known.
    """

    words: int
    format: str
    modified: int
    packed: bytes | None
    same_as: str


def read_copies(generation: Path, rows: Iterable[int]) -> dict[int, Copy]:
    """Return what is known of some entries, by their rows.

    Raises:
        BrokenIndexError: it cannot be read.
    """
    with _reading(generation) as database:
        found = database.execute(
            f"""SELECT row, words, format, modified, packed, coalesce(cable, '')
                FROM cables JOIN files USING (file) LEFT JOIN versions USING (row) WHERE row IN {_LISTED}""",
            (_list(rows),),
        )
        return {
            row: Copy(words, format, modified, packed and decompress(packed), same_as)
            for row, words, format, modified, packed, same_as in found
        }


def read_changed(generation: Path) -> dict[str, set[str]]:
    """Return the ids of the cables whose versions differ, each with what they differ in.

    Raises:
        BrokenIndexError: it cannot be read.
    """
    found: dict[str, set[str]] = {}
    with _reading(generation) as database:
        for id, differs in database.execute("SELECT cable, differs FROM versions WHERE differs <> ''"):
            found.setdefault(id, set()).update(differs.split())
    return found


def read_lost(generation: Path) -> list[tuple[str, str, str, bytes, int, int, int]]:
    """Return the rows of the table of what was lost, the latest first.

    Raises:
        BrokenIndexError: it cannot be read.
    """
    with _reading(generation) as database:
        return database.execute("SELECT * FROM lost ORDER BY built DESC, id, source").fetchall()


@contextmanager
def _reading(generation: Path) -> Iterator[sqlite3.Connection]:
    if not (generation / "manifest.sqlite").exists():
        raise IndexStateError("a build has just replaced the index: ask again")
    try:
        with closing(sqlite3.connect(read_only(generation), uri=True)) as database:
            yield database
    except sqlite3.Error as error:
        path = generation / "manifest.sqlite"
        raise BrokenIndexError(f"{path} cannot be read: cablesearch reindex builds the index anew") from error
