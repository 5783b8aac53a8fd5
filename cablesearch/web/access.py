"""What a route works with: the index that is served, and what may be shown of it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from .. import Facets, Index, SlowQueryError, Timeline
from .errors import NotModifiedError
from .opened import Opened, OpenIndex
from .questions import Period
from .rendering import TEXTS
from .settings import Settings

_STARTED = f"{time.time_ns():x}"  # a program that is started anew may answer differently


@dataclass(frozen=True, slots=True)
class Access:
    """The index that is served, while a request is answered.

    Attributes:
        shared: what lends it, for an answer that is written later.
        token: that a page's forms are sent with.
        until: when the time of the request is up, on the clock of `time.monotonic`.
    """

    opened: Opened
    shared: OpenIndex
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

    def facets(self, query: str, by: Sequence[str], *, people: int | None = None) -> Facets:
        """Count the matching paragraphs by the values of fields, as `Index.facets` does."""
        return self.opened.facets.get(
            (query, *by, people), lambda: self.index.facets(query, by, people=people)
        )

    def timeline(self, query: str, by: Period) -> Timeline:
        """Count the matching paragraphs over time, as `Index.timeline` does."""
        return self.opened.timelines.get((query, by), lambda: self.index.timeline(query, by))

    @property
    def shows_people(self) -> bool:
        """Whether lists of people may be shown: they name those, too, who are to be protected."""
        return not self.settings.redact

    def needs_people(self) -> None:
        """Refuse a request for a list of people if it may not be shown."""
        if not self.shows_people:
            raise HTTPException(403, TEXTS["refused_people"])


async def access(request: Request) -> AsyncIterator[Access]:
    """Yield the index to a route. It takes no thread for that, as to look for a new build takes no time.

    Raises:
        NotModifiedError: the client has the answer already, from the same build of the index.
    """
    shared: OpenIndex = request.app.state.shared
    settings: Settings = request.app.state.settings
    with shared.use() as opened:
        tag = f'"{_STARTED}-{opened.version}"'
        request.state.etag = f"W/{tag}"
        if {"*", tag} & {one.strip().removeprefix("W/") for one in _known(request).split(",")}:
            raise NotModifiedError
        until = time.monotonic() + settings.seconds
        yield Access(opened, shared, settings, request.app.state.token, until)


def _known(request: Request) -> str:
    """Return the entity tags of the answers that a client has; a change is made whatever it has."""
    return request.headers.get("if-none-match", "") if request.method != "POST" else ""


Here = Annotated[Access, Depends(access)]  # the parameter by which a route gets it
