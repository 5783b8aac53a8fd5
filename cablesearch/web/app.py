"""The application: routes, errors, and the guard around them."""

from __future__ import annotations

import sys
from secrets import token_urlsafe
from socket import socket
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI

from .. import __version__
from . import api, errors, explore, first_run, notes, pages
from .guard import MAX_HEADERS, Guard
from .news import NewsCounts
from .noted import OpenNotebook
from .opened import OpenIndex
from .settings import Settings

if TYPE_CHECKING:
    import uvicorn

MAX_CONNECTIONS = 512
SECONDS_TO_GO_ON = 0.001  # for which one thread runs while others wait: answers are sent by a thread, too
SHARE_OF_A_QUESTION = 0.8  # of the time of a request, so that what is said is what takes so long


class Application(FastAPI):
    """The routes. In their description errors are problem+json, as they are in fact."""

    def openapi(self) -> dict[str, Any]:
        """Return the description of the API, which is made once."""
        if self.openapi_schema:
            return self.openapi_schema
        described = super().openapi()
        for path in described["paths"].values():
            for status, response in path["get"]["responses"].items():
                if status >= "400":
                    response["content"] = {
                        "application/problem+json": response["content"]["application/json"]
                    }
        return described


def make_app(settings: Settings) -> Guard:
    """Return the application for an index, which need not be there yet."""
    app = Application(
        title="cablesearch",
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,  # they would load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.first_build = first_run.FirstBuild(settings.index)
    app.state.token = token_urlsafe(32)  # which forms have to come with
    app.state.notebook = notebook = OpenNotebook(file) if (file := settings.notebook_file) else None
    app.state.news = NewsCounts(settings.indexes, file) if file else None
    app.state.shared = OpenIndex(
        *settings.indexes,
        redact=settings.redact,
        seconds=settings.seconds * SHARE_OF_A_QUESTION,
        notebook=notebook.reader if notebook else None,
    )
    app.include_router(api.router)
    app.include_router(pages.router)
    app.include_router(explore.router)
    app.include_router(notes.router)
    app.include_router(first_run.router)
    errors.install(app)
    return Guard(app, settings)


def run(settings: Settings, listening: socket) -> None:
    """Serve until interrupted."""
    sys.setswitchinterval(SECONDS_TO_GO_ON)
    make_server(settings).run(sockets=[listening])


def make_server(settings: Settings) -> uvicorn.Server:
    """Return a server of the application. What is asked is not logged."""
    import uvicorn

    from .connection import SECONDS_TO_ASK, Connection

    config = uvicorn.Config(
        make_app(settings),
        access_log=False,
        log_level="error",
        server_header=False,
        lifespan="off",
        ws="none",
        h11_max_incomplete_event_size=MAX_HEADERS,
        limit_concurrency=MAX_CONNECTIONS,
        timeout_keep_alive=SECONDS_TO_ASK,
        http=Connection,
    )
    return uvicorn.Server(config)
