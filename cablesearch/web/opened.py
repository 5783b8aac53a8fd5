"""The index that is served; it is opened again when a build has replaced it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread

from .. import Facets, Index, Notebook, State, Timeline, open_index
from ..errors import CablesearchError
from .remembered import Remembered
from .suggestions import Suggestions

REMEMBERED = 100_000  # values, or periods, with their counts; they take 200 bytes each


def _values(counts: Facets) -> int:
    return sum(map(len, counts.values()))


def _periods(counts: Timeline) -> int:
    return len(counts.periods)


@dataclass
class Opened:
    """An index as one build made it.

    Attributes:
        version: what tells it from every other state of the index.
        facets, timelines: what was counted: the other pages and orders of a search show the same counts.
        users: how many requests are reading it.
    """

    index: Index
    state: State
    version: str
    redact: bool
    users: int = 0
    facets: Remembered[Facets] = field(default_factory=lambda: Remembered(REMEMBERED, _values))
    timelines: Remembered[Timeline] = field(default_factory=lambda: Remembered(REMEMBERED, _periods))
    _suggestions: Remembered[Suggestions] = field(default_factory=lambda: Remembered(1, lambda _: 1))

    @property
    def suggestions(self) -> Suggestions:
        """What can be suggested of this index while a query is typed."""
        return self._suggestions.get("all", lambda: Suggestions(self.index, people=not self.redact))


class OpenIndex:
    """Lends the index of a folder, or several as one, in its newest state to one request after the other."""

    def __init__(
        self,
        *folders: Path,
        redact: bool = False,
        seconds: float | None = None,
        notebook: Notebook | None = None,
    ) -> None:
        self._folders = folders
        self._notebook = notebook
        self._seconds = seconds
        self._redact = redact
        self._lock = Lock()
        self._current: Opened | None = None

    @contextmanager
    def use(self) -> Iterator[Opened]:
        """Yield the index; what a build has replaced is closed when its last request is done.

        Raises:
            IndexStateError: there is no index, or it cannot be read.
        """
        with self._lock:
            opened = self._newest()
            opened.users += 1
        try:
            yield opened
        finally:
            with self._lock:
                opened.users -= 1
                self._close_if_done(opened)

    def _newest(self) -> Opened:
        old = self._current
        version = old.index.stamp if old else self._stamp()
        if old and version == old.version:
            return old
        # It is at least as new as its version, which was read before; if it is newer, it is opened once more.
        index = open_index(
            *self._folders, redact=self._redact, seconds=self._seconds, notebook=self._notebook or False
        )
        self._current = Opened(index, index.state, version, self._redact)
        Thread(target=self._join_people, daemon=True).start()
        if old:
            self._close_if_done(old)
        return self._current

    def _stamp(self) -> str:
        with open_index(*self._folders) as index:
            return index.stamp

    def _join_people(self) -> None:
        """Have the names of a new build joined into people, which may take longer than a request may."""
        with suppress(CablesearchError), open_index(*self._folders) as index:
            index.facets("*", "person", people=1)

    def _close_if_done(self, opened: Opened) -> None:
        if opened is not self._current and not opened.users:
            opened.index.close()
