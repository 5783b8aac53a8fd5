"""What a route works with: the index that is served, and what may be shown of it."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from .. import FIELDS, Cable, Facets, Index, Note, SlowQueryError, Timeline
from .errors import NotModifiedError
from .noted import OpenNotebook
from .opened import Opened, OpenIndex
from .questions import Period
from .rendering import TEXTS
from .settings import Settings

# Words of a query that may be a field of the notebook's.
_ASKS_NOTEBOOK = re.compile(
    "|".join(one.name for one in FIELDS if one.kind.value == "notebook"), re.IGNORECASE
)
_STARTED = f"{time.time_ns():x}"  # a program that is started anew may answer differently


@dataclass(frozen=True, slots=True)
class Access:
    """The index that is served, while a request is answered.

    Attributes:
        shared: what lends it, for an answer that is written later.
        notebook: what is noted on it, None if that is not served.
        token: that a page's forms are sent with.
        until: when the time of the request is up, on the clock of `time.monotonic`.
    """

    opened: Opened
    shared: OpenIndex
    notebook: OpenNotebook | None
    settings: Settings
    token: str
    until: float

    @property
    def index(self) -> Index:
        """The index itself.

        Raises:
            SlowQueryError: the time of the request is up, so that nobody waits for what would be asked.
        """
        if time.monotonic() > self.until:
            raise SlowQueryError(self.settings.seconds)
        return self.opened.index

    def version_for(self, query: str) -> str:
        """Return the state of what a query asks: of the index, and of the notebook if it may ask that."""
        return f"{self.opened.version}{self._noted_in(query)}"

    def facets(self, query: str, by: Sequence[str], *, people: int | None = None) -> Facets:
        """Count the matching paragraphs by the values of fields, as `Index.facets` does."""
        return self.opened.facets.get(
            (query, *by, people, self._noted_in(query)), lambda: self.index.facets(query, by, people=people)
        )

    def timeline(self, query: str, by: Period) -> Timeline:
        """Count the matching paragraphs over time, as `Index.timeline` does."""
        return self.opened.timelines.get(
            (query, by, self._noted_in(query)), lambda: self.index.timeline(query, by)
        )

    def _noted_in(self, query: str) -> str:
        """Return the state of the notebook if a query may ask it: what was counted is then counted again."""
        may_ask = self.notebook and _ASKS_NOTEBOOK.search(query)
        return self.notebook.state if self.notebook and may_ask else ""

    @property
    def own_notebook(self) -> OpenNotebook:
        """The notebook, for a request that is about nothing else.

        Raises:
            HTTPException: none is served.
        """
        if not self.notebook:
            raise HTTPException(403, TEXTS["refused_notes"])
        return self.notebook

    def notes_on_paragraphs(self, paragraphs: Iterable[str]) -> dict[str, Note]:
        """Return by id what is noted on some paragraphs, and what became of them since."""
        if not self.notebook:
            return {}
        noted = self.notebook.contents.noted
        ids = (id for id in paragraphs if id in noted.get(id.partition("#")[0], ()))
        return self.notes_on(ids)

    def notes_on_cable(self, cable: Cable) -> dict[str, Note]:
        """Return by id what is noted on a cable and its paragraphs, and what became of them since."""
        if not self.notebook:
            return {}
        noted = self.notebook.contents.noted
        return self.notes_on(id for name in (cable.id, *cable.other_ids) for id in noted.get(name, ()))

    def notes_on(self, ids: Iterable[str]) -> dict[str, Note]:
        """Return what is noted under some ids, and what became of what it is about."""
        notes = [self.notebook.reader.get(id) for id in ids] if self.notebook else []
        return {note.id: note for note in self.index.compare_notes(notes)}

    def needs_people(self) -> None:
        """Refuse a request for a list of people if it may not be shown."""
        if not self.settings.shows_people:
            raise HTTPException(403, TEXTS["refused_people"])


async def access(request: Request) -> AsyncIterator[Access]:
    """Yield the index to a route. It takes no thread for that, as to look for a new build takes no time.

    Raises:
        NotModifiedError: the client has the answer already, from the same build of the index.
    """
    shared: OpenIndex = request.app.state.shared
    settings: Settings = request.state.settings
    notebook: OpenNotebook | None = request.app.state.notebook
    with shared.use() as opened:
        noted = f"-{notebook.state}" if notebook else ""
        tag = f'"{_STARTED}-{opened.version}{noted}"'
        request.state.etag = f"W/{tag}"
        if {"*", tag} & {one.strip().removeprefix("W/") for one in _known(request).split(",")}:
            raise NotModifiedError
        until = time.monotonic() + settings.seconds
        yield Access(opened, shared, notebook, settings, request.app.state.token, until)


def _known(request: Request) -> str:
    """Return the entity tags of the answers that a client has; a change is made whatever it has."""
    return request.headers.get("if-none-match", "") if request.method != "POST" else ""


Here = Annotated[Access, Depends(access)]  # the parameter by which a route gets it
