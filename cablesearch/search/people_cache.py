"""The people of an index as they were last joined: a small database beside the engine.

Joining all names of an archive takes seconds, and answers depend on it that take milliseconds. So it is done
once for each state of the index and of the user's `people.toml`, by whoever asks first.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeAlias, TypeVar

from .._version import __version__
from ..people.keys import Key, asked_keys, name_key
from ..people.registry import NamedPerson, Overrides, is_called
from .results import People

_TABLES = """
    CREATE TABLE stamp (text TEXT);
    CREATE TABLE person (
        rank INTEGER PRIMARY KEY, name TEXT, forms TEXT, paragraphs INTEGER, "values" TEXT, may_be TEXT,
        checksum INTEGER
    );
    CREATE TABLE form (
        key TEXT, is_name INTEGER, rank INTEGER, PRIMARY KEY (key, is_name, rank)
    ) WITHOUT ROWID;
"""
_PERSON = 'SELECT name, forms, paragraphs, "values", may_be, checksum FROM person'
# Those who are called so; if there are none, those of whom it is another form.
_OF_KEY = f"""
    {_PERSON} JOIN form USING (rank)
    WHERE key = ? AND is_name = (SELECT max(is_name) FROM form WHERE key = ?)
    ORDER BY rank
"""
_OF_WORD = f"""
    {_PERSON} WHERE rank IN (SELECT rank FROM form WHERE instr(' ' || key || ' ', ?)) ORDER BY rank
"""
# Those whose whole name is a surname, and those who may be somebody.
_MAY_BE = f"""
    {_PERSON} WHERE rank IN (SELECT rank FROM form WHERE key = ? AND is_name)
    OR instr(may_be, ?) ORDER BY rank
"""
# SQLite looks through a text in no time, but knows capitals only of ASCII.
_CALLED = """
    SELECT rank FROM person WHERE (:like IS NULL OR name LIKE :like OR forms LIKE :like)
    AND is_called(name, forms) ORDER BY rank
"""

# JSON; `values` and `may_be` are None where they are the forms, or nobody: as of most people.
T = TypeVar("T")

_Row: TypeAlias = tuple[str, str, int, str | None, str | None, int]


class PeopleCache:
    """People in a file, which need not exist, nor be writable: then nothing is kept.

    A file that is damaged is one that is not there.

    Args:
        overrides: what the user says now; people that were joined with anything else do not count.
        of: the states of several indexes whose people they are, which only this user may see then.
    """

    def __init__(self, file: Path, overrides: Overrides, of: Sequence[str] = ()) -> None:
        self._file = file
        self._private = bool(of)
        nobody, apart = sorted(overrides.nobody), sorted(map(sorted, overrides.apart))
        self._stamp = repr((__version__, overrides.names, nobody, apart, *of))

    def read(self, limit: int | None = None, offset: int = 0, called: str = "") -> People | None:
        """Return the most named people, the most named first; None if they are not in the file.

        Args:
            limit: how many, from an offset on; None for all.
            called: what one of their names has to have in it.
        """
        first = -1 if limit is None else limit

        def select(database: sqlite3.Connection) -> People:
            if called:
                ranks = _ranks_called(database, called)
                shown = ranks[offset : None if limit is None else offset + limit]
                one = f"{_PERSON} WHERE rank = ?"
                return People(
                    (person for rank in shown for person in _people(database, one, rank)), total=len(ranks)
                )
            [(total,)] = database.execute("SELECT ifnull(max(rank) + 1, 0) FROM person")
            page = f"{_PERSON} ORDER BY rank LIMIT ? OFFSET ?"
            return People(_people(database, page, first, offset), total=total)

        return self._select(select)

    def find(self, key: Key) -> list[NamedPerson] | None:
        """Return the people whose name, or else a form of it, has a key; None if nobody is in the file."""
        text = " ".join(key)
        return self._select(lambda database: _people(database, _OF_KEY, text, text))

    def with_word(self, key: Key) -> list[NamedPerson] | None:
        """Return everyone with a form that has the longest word of a key; None if nobody is in the file."""
        longest = max(key, key=len)
        word = f" {longest} " if len(longest) > 1 else f" {longest}"
        return self._select(lambda database: _people(database, _OF_WORD, word))

    def near(self, person: NamedPerson) -> list[NamedPerson] | None:
        """Return everyone who may be a person, or has only the surname; None if nobody is in the file."""
        surname, name = " ".join(name_key(person.name)[-1:]), _json(person.name)
        return self._select(lambda database: _people(database, _MAY_BE, surname, name))

    def write(self, people: Iterable[NamedPerson]) -> None:
        """Keep all people, the most named first, as far as the system permits."""
        fresh = self._file.with_suffix(f".{os.getpid()}")
        with suppress(sqlite3.Error, OSError, UnicodeError):
            if self._private:
                fresh.touch(0o600)
            with closing(sqlite3.connect(fresh)) as database, database:
                database.executescript(_TABLES)
                database.execute("INSERT INTO stamp VALUES (?)", (self._stamp,))
                for rank, person in enumerate(people):
                    database.execute("INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?)", (rank, *_row(person)))
                    database.executemany(
                        "INSERT INTO form VALUES (?, ?, ?)", ((*form, rank) for form in _keys(person))
                    )
            fresh.replace(self._file)
        with suppress(OSError):
            fresh.unlink(missing_ok=True)

    def _select(self, select: Callable[[sqlite3.Connection], T]) -> T | None:
        """Return what `select` returns for the file's database, None if it is not what it should be."""
        if not self._file.exists():
            return None
        uri = f"{self._file.absolute().as_uri()}?mode=ro&immutable=1"
        with suppress(sqlite3.Error, ValueError), closing(sqlite3.connect(uri, uri=True)) as database:
            if database.execute("SELECT text FROM stamp").fetchone() == (self._stamp,):
                return select(database)
        return None


def _people(database: sqlite3.Connection, statement: str, *values: str | int) -> list[NamedPerson]:
    """Return the people of the rows that a statement selects.

    Raises:
        ValueError: a row is not as it was written.
    """
    return [_person(*row) for row in database.execute(statement, values)]


def _ranks_called(database: sqlite3.Connection, called: str) -> list[int]:
    """Return the places of those who are called so in part."""
    database.create_function(
        "is_called", 2, lambda name, forms: is_called(called, [name, *json.loads(forms)])
    )
    is_plain = called.isascii() and called.replace(" ", "").isalnum()
    like = {"like": f"%{called}%" if is_plain else None}
    return [rank for (rank,) in database.execute(_CALLED, like)]


def _row(person: NamedPerson) -> _Row:
    values = None if person.values == tuple(person.forms) else _json(person.values)
    may_be = _json(person.may_be) if person.may_be else None
    row = (person.name, _json(person.forms), person.paragraphs, values, may_be)
    return *row, _checksum(*row)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _checksum(*row: str | int | None) -> int:
    return zlib.crc32(repr(row).encode(errors="surrogatepass"))


def _person(
    name: str, forms: str, paragraphs: int, values: str | None, may_be: str | None, checksum: int
) -> NamedPerson:
    """Return the person of a row.

    Raises:
        ValueError: the row is not as it was written.
    """
    if _checksum(name, forms, paragraphs, values, may_be) != checksum:
        raise ValueError("damaged")
    known: dict[str, int] = json.loads(forms)
    known = {name if form == name else form: n for form, n in known.items()}  # a text is kept once
    meant = tuple(json.loads(values) if values else known)
    return NamedPerson(name, known, paragraphs, meant, tuple(json.loads(may_be) if may_be else ()))


def _keys(person: NamedPerson) -> Iterator[tuple[str, bool]]:
    """Yield the keys of a person's name, and of its other forms, each with whether it is the name's."""
    own = asked_keys(person.name)
    others = dict.fromkeys(key for form in person.forms for key in asked_keys(form) if key not in own)
    yield from ((" ".join(key), True) for key in own)
    yield from ((" ".join(key), False) for key in others)
