"""What can go wrong, named by what the caller should do next.

    CablesearchError            show the message, stop: exit status 2
    ├── UnreadableError         skip this file or record, name it, go on
    ├── QueryError              ask again: the query text is at fault
    ├── UnknownEngineError      name another engine
    ├── PeopleFileError         mend people.toml
    └── IndexStateError         see to the index first
        ├── NoIndexError        build one
        ├── BrokenIndexError    rebuild it
        └── LockedError         wait for the build that holds the lock

Every message is one line and carries its remedy.
"""

from __future__ import annotations


class CablesearchError(Exception):
    """Something the user can mend; its text says how."""


class UnreadableError(CablesearchError):
    """A file or a record that cannot be read: skip it, report it, go on."""


class QueryError(CablesearchError):
    """A query that cannot be understood.

    Args:
        message: what is wrong and what would be right.
        query: the query text.
        position: where in it the fault is, in characters from 0; None if nowhere in particular.
    """

    def __init__(self, message: str, query: str = "", position: int | None = None) -> None:
        super().__init__(message)
        self.query = query
        self.position = position


class UnknownEngineError(CablesearchError, ValueError):
    """An engine that cablesearch does not have: name another one."""


class PeopleFileError(CablesearchError):
    """The user's `people.toml` cannot be understood: mend it."""


class IndexStateError(CablesearchError):
    """The index cannot serve as it is."""


class NoIndexError(IndexStateError):
    """There is no index here yet: build one."""


class BrokenIndexError(IndexStateError):
    """The index was damaged or written by another version: rebuild it."""


class LockedError(IndexStateError):
    """Another build holds the lock: wait for it."""
