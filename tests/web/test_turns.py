"""In which order requests are worked on, and what is asked for them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from cablesearch import Index
from cablesearch.web import guard
from cablesearch.web.guard import AT_A_TIME, Guard
from cablesearch.web.opened import OpenIndex
from cablesearch.web.settings import Settings

ClientOf = Callable[..., TestClient]
SOON = 10  # seconds in which a busy machine does next to nothing


class Desk:
    """An application that answers when it is told to."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.go_on = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.begun.append(scope["path"])
        await self.go_on.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def ask(guard: Guard, path: str) -> int:
    """Return the status of an answer."""
    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b""}
    statuses = []

    async def send(message: Message) -> None:
        statuses.append(message.get("status"))

    async def receive() -> Message:
        raise AssertionError

    await guard({**scope, "headers": [(b"host", b"localhost")]}, receive, send)
    return statuses[0]


async def until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + SOON
    while not done():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


def test_they_are_worked_on_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    async def check() -> None:
        desk = Desk()
        at_the_door = Guard(desk, Settings(tmp_path))
        paths = [f"/search/{number}" for number in range(3 * AT_A_TIME)]
        asked = [asyncio.create_task(ask(at_the_door, path)) for path in paths]
        await until(lambda: len(desk.begun) == AT_A_TIME)
        await asyncio.sleep(0.05)
        assert desk.begun == paths[:AT_A_TIME]
        desk.go_on.set()
        assert {*await asyncio.gather(*asked)} == {200}
        assert desk.begun == paths

    asyncio.run(check())


@pytest.mark.parametrize("path", ["/static/style.css", "/api/suggest"])
def test_what_is_quick_does_not_wait_for_the_others(tmp_path: Path, path: str) -> None:
    async def check() -> None:
        desk = Desk()
        at_the_door = Guard(desk, Settings(tmp_path))
        asked = [asyncio.create_task(ask(at_the_door, "/search")) for _ in range(2 * AT_A_TIME)]
        await until(lambda: len(desk.begun) == AT_A_TIME)
        asked.append(asyncio.create_task(ask(at_the_door, path)))
        await until(lambda: path in desk.begun)
        desk.go_on.set()
        await asyncio.gather(*asked)

    asyncio.run(check())


def test_what_takes_long_holds_up_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "SECONDS_A_TURN", 0.05)

    async def check() -> None:
        desk = Desk()
        at_the_door = Guard(desk, Settings(tmp_path))
        asked = [asyncio.create_task(ask(at_the_door, "/search")) for _ in range(3 * AT_A_TIME)]
        await until(lambda: len(desk.begun) == 3 * AT_A_TIME)
        desk.go_on.set()
        await asyncio.gather(*asked)
        # Turns that were given up are not given back once more.
        desk.begun, desk.go_on = [], asyncio.Event()
        monkeypatch.setattr(guard, "SECONDS_A_TURN", SOON)
        asked = [asyncio.create_task(ask(at_the_door, "/search")) for _ in range(2 * AT_A_TIME)]
        await until(lambda: len(desk.begun) == AT_A_TIME)
        await asyncio.sleep(0.05)
        assert len(desk.begun) == AT_A_TIME
        desk.go_on.set()
        await asyncio.gather(*asked)

    asyncio.run(check())


def test_those_who_wait_count_among_those_at_once(tmp_path: Path) -> None:
    async def check() -> None:
        desk = Desk()
        at_the_door = Guard(desk, Settings(tmp_path, at_once=2 * AT_A_TIME))
        asked = [asyncio.create_task(ask(at_the_door, "/search")) for _ in range(2 * AT_A_TIME)]
        await until(lambda: len(desk.begun) == AT_A_TIME)
        assert await ask(at_the_door, "/search") == 429
        desk.go_on.set()
        assert {*await asyncio.gather(*asked)} == {200}

    asyncio.run(check())


def test_the_pages_of_a_search_are_counted_once(
    index: Path, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(OpenIndex, "_join_people", lambda _: None)
    for name in ("facets", "timeline"):
        count = getattr(Index, name)

        def counted(*args: object, count: Callable[..., object] = count, **options: object) -> object:
            asked.append(count.__name__)
            return count(*args, **options)

        monkeypatch.setattr(Index, name, counted)
    client = client_of(index)
    pages = [
        client.get(f"/search?q=salt{more}").text for more in ("", "&page=2", "&sort=date", "&group=cable")
    ]
    assert asked.count("facets") == 1
    assert asked.count("timeline") <= 2  # months, then days of a short time
    assert all("Embassy Tezgara" in page for page in pages)


def test_for_a_request_that_is_given_up_nothing_more_is_asked(
    index: Path, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(OpenIndex, "_join_people", lambda _: None)
    search = Index.search

    def slowly(*args: object, **options: object) -> object:
        time.sleep(0.5)
        asked.append("search")
        return search(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Index, "search", slowly)
    monkeypatch.setattr(Index, "facets", lambda *_, **__: asked.append("facets"))
    assert client_of(index, seconds=0.2).get("/search?q=salt").status_code == 503
    end = time.monotonic() + SOON
    while not asked and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(0.2)
    assert "facets" not in asked  # on a busy machine not even the search was asked in time
