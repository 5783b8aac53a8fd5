"""Who may ask, how much and for how long; and the headers of every response.

It stands around the whole application, so that no route can be without it.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
from collections.abc import Iterable, Iterator
from contextlib import suppress

from fastapi import Request, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .addresses import below, own_path
from .changes import CHANGES
from .errors import refusal
from .settings import Settings

MAX_HEADERS = 64_000  # bytes
MAX_TARGET = 16_000  # bytes of a path and its query string: a query text of 4,000 characters fits
SECONDS_A_WRONG_PASSWORD = 1.0
AT_A_TIME = 4  # requests that are worked on side by side: while one waits for the engine, another goes on
SECONDS_A_TURN = 1.0  # after which a request no longer counts among them
QUICK = ("/static/", "/api/suggest")  # they have a turn of their own, as they take next to nothing

HEADERS = {
    # Nothing is loaded from elsewhere, no script or style stands in a page, no page of others frames ours.
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "cache-control": "private, no-cache",
}

_HEADERS = [(name.encode(), value.encode()) for name, value in HEADERS.items()]


class Guard:
    """Lets through what may be asked, within bounds of time and size."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._running: set[asyncio.Task[None]] = set()
        self._turns = {False: asyncio.Semaphore(AT_A_TIME), True: asyncio.Semaphore(1)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request: pass it on, or refuse it."""
        if scope["type"] != "http":
            return
        scope = below(self._settings.root_path, scope)
        scope["state"] = {"settings": self._settings}  # routes leave their entity tags there, too
        request = Request(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                tag = scope["state"].get("etag") if message["status"] in (200, 304) else None
                message = {**message, "headers": [*_with_headers(message["headers"], tag)]}
            await send(message)

        if refused := await self._refuse(request):
            await refused(scope, receive, send_with_headers)
        else:
            await self._answer(request, receive, send_with_headers)

    async def _refuse(self, request: Request) -> Response | None:
        """Return why a request is refused, None if it is not."""
        if not self._settings.is_known(request.headers.get("host", "")):
            return refusal(request, 403, "unknown_host")
        if not self._has_password(request):
            if "authorization" in request.headers:
                await asyncio.sleep(SECONDS_A_WRONG_PASSWORD)
            realm = {"www-authenticate": 'Basic realm="cablesearch", charset="UTF-8"'}
            return refusal(request, 401, "password", headers=realm)
        if _is_too_large(request):
            return refusal(request, 413, "too_large")
        if request.method not in ("GET", "HEAD") and not _is_change(request):
            return refusal(request, 405, "method", headers={"allow": "GET, HEAD"})
        if len(self._running) >= self._settings.at_once:
            return refusal(request, 429, "busy", headers={"retry-after": "2"})
        return None

    def _has_password(self, request: Request) -> bool:
        """Whether a request gives the password, as a browser does (Basic) or a program (Bearer)."""
        if self._settings.password is None:
            return True
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            try:
                given = base64.b64decode(given, validate=True).decode("utf-8").partition(":")[2]
            except (binascii.Error, ValueError):
                return False
        elif scheme.lower() != "bearer":
            return False
        return hmac.compare_digest(given.strip().encode(), self._settings.password.encode())

    async def _answer(self, request: Request, receive: Receive, send: Send) -> None:
        """Answer within the time allowed.

        A thread that is answering cannot be stopped. It counts as running until it is done, but nobody waits
        for it any more.
        """
        started = given_up = False

        async def send_in_time(message: Message) -> None:
            nonlocal started
            if not given_up:
                started = True
                await send(message)

        scope = dict(request.scope)
        if request.method == "HEAD":
            scope["method"] = "GET"  # the server leaves out the content
        task = asyncio.ensure_future(self._in_turn(scope, receive, send_in_time))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            await asyncio.wait({task}, timeout=self._settings.seconds)
            if not task.done() and not started:
                given_up = True
                slow = refusal(request, 503, "too_slow")
                await slow(request.scope, receive, send)
                task.add_done_callback(_ignore_failure)
                return
            with suppress(Exception):  # the application has answered it, and said where it happened
                await task  # what has begun, an export, may take its time
        except asyncio.CancelledError:
            task.cancel()
            raise

    async def _in_turn(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request when its turn comes, in the order in which they were asked.

        Side by side, all of them would take as long as the last one. What takes long gives up its turn and
        goes on, so that it holds up nobody.
        """
        turns = self._turns[own_path(scope).startswith(QUICK)]
        await turns.acquire()
        loop, is_over = asyncio.get_running_loop(), False

        def end() -> None:
            nonlocal is_over
            if not is_over:
                is_over = True
                turns.release()

        timer = loop.call_later(SECONDS_A_TURN, end)
        try:
            await self._app(scope, receive, send)
        finally:
            timer.cancel()
            end()


def _is_change(request: Request) -> bool:
    """Whether a request is a form that a page of ours may send; `changes.py` looks at where it is from."""
    return request.method == "POST" and own_path(request.scope) in CHANGES


def _is_too_large(request: Request) -> bool:
    """Whether a request has too long an address, or content where none is taken, or more than is taken."""
    target = len(request.scope.get("raw_path") or b"") + len(request.scope["query_string"])
    headers = sum(len(name) + len(value) + 4 for name, value in request.headers.raw)
    content = request.headers.get("content-length", "0")
    most = CHANGES[own_path(request.scope)] if _is_change(request) else 0
    fits = content.isascii() and content.isdecimal() and int(content[:12]) <= most
    if target > MAX_TARGET or headers > MAX_HEADERS:
        return True
    return not fits or "transfer-encoding" in request.headers


def _with_headers(own: Iterable[tuple[bytes, bytes]], tag: str | None) -> Iterator[tuple[bytes, bytes]]:
    """Yield the headers of a response, then those of ours that it does not have, and its entity tag."""
    there = set()
    for name, value in own:
        there.add(name)
        yield name, value
    yield from (header for header in _HEADERS if header[0] not in there)
    if tag:
        yield b"etag", tag.encode()


def _ignore_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled():
        task.exception()
