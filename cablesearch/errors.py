"""The errors, grouped by what the caller should do next.

    CablesearchError            show the message and stop: exit status 2
    ├── UnreadableError         skip this file or record, report it, go on
    │   └── TookTooLongError    allow it more time, if it is worth it
    ├── QueryError              correct the query
    │   └── SlowQueryError      ask for less, or allow it more time
    ├── UnknownEngineError      name another engine
    ├── PeopleFileError         correct people.toml
    ├── NotebookError           name another notebook, or correct what is written into it
    └── IndexStateError         attend to the index first
        ├── NoIndexError        build one
        ├── BrokenIndexError    rebuild it
        ├── NoVectorsError      fetch a model, make the vectors, or ask by words
        ├── ClusterError        attend to the cluster that holds it
        └── LockedError         wait for the build that holds the lock

Every message is one line and says what to do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager


class CablesearchError(Exception):
    """An error that the user can correct; its message says how."""


class UnreadableError(CablesearchError):
    """A file or a record that cannot be read: skip it, report it, go on."""


class TookTooLongError(UnreadableError):
    """A file or a record that took longer to read than is allowed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"it takes more than {seconds:g} seconds: --seconds-a-file allows more")


class QueryError(CablesearchError):
    """A query that cannot be understood.

    Args:
        message: what is wrong, and what to write instead.
        query: the query text.
        position: where in it the mistake is, in characters from 0; None if it has no place.

    Attributes:
        better: the query as it was probably meant, None if that is not known.
    """

    better: str | None = None

    def __init__(self, message: str, query: str = "", position: int | None = None) -> None:
        super().__init__(message)
        self.query = query
        self.position = position


class SlowQueryError(QueryError):
    """A query that took longer than is allowed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"it takes more than {seconds:g} seconds: ask for fewer words and patterns, or for more --seconds"
        )


class UnknownEngineError(CablesearchError, ValueError):
    """An engine that cablesearch does not have: name another one."""


class PeopleFileError(CablesearchError):
    """The user's `people.toml` cannot be understood: correct it."""


class NotebookError(CablesearchError):
    """A notebook that cannot be used, or something that cannot be written into it."""


class IndexStateError(CablesearchError):
    """The index cannot be used as it is."""


class NoIndexError(IndexStateError):
    """There is no index here yet: build one."""


class NoVectorsError(IndexStateError):
    """An index cannot be asked by meaning: it has no model, no vectors, or the extra is not installed."""


class BrokenIndexError(IndexStateError):
    """The index was damaged or written by another version: rebuild it."""


class ClusterError(IndexStateError):
    """The cluster that holds the index does not answer as it should; the message says why."""


class LockedError(IndexStateError):
    """Another build holds the lock: wait for it."""


@contextmanager
def needs_extra(
    extra: str, libraries: Collection[str], what: str, kind: type[CablesearchError] = CablesearchError
) -> Iterator[None]:
    """Turn the lack of a library of an extra into an error that says how to install it.

    Args:
        what: needs the library.
        kind: of the error.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library not in libraries:
            raise
        raise kind(
            f"{what} needs {library}, which is not installed: pip install 'cablesearch[{extra}]'"
        ) from error
