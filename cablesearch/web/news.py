"""How much is new of saved questions, as the first page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from threading import Lock, Thread

from .. import Notebook, open_index, whats_new
from ..errors import CablesearchError

SECONDS = 0.3  # that the first page waits for the numbers; after an update of the index they may take longer


class NewsCounts:
    """Counts what is new of saved questions since `cablesearch new`; one count is under way at a time."""

    def __init__(self, folders: Sequence[Path], notebook: Path) -> None:
        self._folders = folders
        self._notebook = notebook
        self._lock = Lock()
        self._counting: Future[Mapping[str, int]] | None = None

    def get(self) -> Mapping[str, int]:
        """Return the new and changed paragraphs by the names of questions; nothing if that takes long."""
        with self._lock:
            if not self._counting or self._counting.done():
                self._counting = Future()
                Thread(target=self._count, args=(self._counting,), daemon=True).start()
            counting = self._counting
        try:
            return counting.result(SECONDS)
        except (CablesearchError, TimeoutError):  # `cablesearch new` says what is wrong
            return {}

    def _count(self, counting: Future[Mapping[str, int]]) -> None:
        try:
            with Notebook(self._notebook) as book, open_index(*self._folders, notebook=book) as index:
                found = whats_new(index, book, limit=0, mark=False)
                counting.set_result({each.name: each.total for each in found})
        except BaseException as error:
            counting.set_exception(error)
