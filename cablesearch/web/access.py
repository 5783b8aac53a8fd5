"""What a route works with: the index that is served, and what may be shown of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from .. import Index
from .errors import NotModifiedError
from .opened import Opened, OpenIndex
from .rendering import TEXTS
from .settings import Settings

_STARTED = f"{time.time_ns():x}"  # a program that is started anew may answer differently


@dataclass(frozen=True, slots=True)
class Access:
    """The index that is served, while a request is answered.

    Attributes:
        shared: what lends it, for an answer that is written later.
        token: that a page's forms are sent with.
    """

    opened: Opened
    shared: OpenIndex
    settings: Settings
    token: str

    @property
    def index(self) -> Index:
        """The index itself."""
        return self.opened.index

    @property
    def shows_people(self) -> bool:
        """Whether lists of people may be shown: they name those, too, who are to be protected."""
        return not self.settings.redact

    def needs_people(self) -> None:
        """Refuse a request for a list of people if it may not be shown."""
        if not self.shows_people:
            raise HTTPException(403, TEXTS["refused_people"])


def access(request: Request) -> Iterator[Access]:
    """Yield the index to a route.

    Raises:
        NotModifiedError: the client has the answer already, from the same build of the index.
    """
    shared: OpenIndex = request.app.state.shared
    with shared.use() as opened:
        tag = f'"{_STARTED}-{opened.version}"'
        request.state.etag = f"W/{tag}"
        if {"*", tag} & {one.strip().removeprefix("W/") for one in _known(request).split(",")}:
            raise NotModifiedError
        yield Access(opened, shared, request.app.state.settings, request.app.state.token)


def _known(request: Request) -> str:
    """Return the entity tags of the answers that a client has; a change is made whatever it has."""
    return request.headers.get("if-none-match", "") if request.method != "POST" else ""


Here = Annotated[Access, Depends(access)]  # the parameter by which a route gets it
