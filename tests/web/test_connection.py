"""Clients that mean harm, on real connections: they are cut off, and the others are answered."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cablesearch import Index
from cablesearch.web import connection
from tests.browser.serving import serving

SECONDS = 0.4  # that a client has here
AT_ONCE = 4
SOON = 30  # seconds in which a busy machine has done what takes SECONDS
HEAD = b"GET /api/search?q=salt HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture
def server(index: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """The address and the port of a server that is in a hurry, and answers few at once."""
    monkeypatch.setattr(connection, "SECONDS_TO_ASK", SECONDS)
    monkeypatch.setattr(connection, "SECONDS_TO_TAKE", SECONDS)
    with serving(index, at_once=AT_ONCE) as address:
        url = urlsplit(address)
        assert url.hostname
        assert url.port
        yield url.hostname, url.port


def status(server: tuple[str, int], path: str = "/api/search?q=salt") -> int:
    """Return the status of the answer to somebody who means well."""
    asking = http.client.HTTPConnection(*server, timeout=SOON)
    asking.request("GET", path)
    answer = asking.getresponse()
    answer.read()
    asking.close()
    return answer.status


def is_cut_off(client: socket.socket) -> bool:
    """Whether a connection is closed soon; what comes before is read."""
    client.settimeout(SOON)
    try:
        while client.recv(1 << 20):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("said", [b"", b"G", HEAD, HEAD + b"X: " + b"x" * 1_000])
def test_who_does_not_ask_is_cut_off(server: tuple[str, int], said: bytes) -> None:
    with socket.create_connection(server) as client:
        client.sendall(said)
        assert is_cut_off(client)


@pytest.mark.parametrize("before", [b"", HEAD + b"\r\n"])
def test_who_asks_byte_by_byte_is_cut_off(server: tuple[str, int], before: bytes) -> None:
    with socket.create_connection(server) as client:
        client.sendall(before + HEAD)
        started = time.monotonic()
        with pytest.raises(ConnectionError):  # noqa: PT012
            while time.monotonic() < started + SOON:
                client.sendall(b"X: x\r\n")
                time.sleep(SECONDS / 10)


@pytest.mark.parametrize("framing", [b"Content-Length: 1000000000", b"Transfer-Encoding: chunked"])
def test_content_without_end_is_refused_at_once_and_not_read_for_long(
    server: tuple[str, int], framing: bytes
) -> None:
    with socket.create_connection(server, timeout=SOON) as client:
        client.sendall(HEAD.replace(b"GET", b"POST") + framing + b"\r\n\r\n")
        assert client.recv(1_000).startswith(b"HTTP/1.1 413 ")
        started = time.monotonic()
        with pytest.raises(ConnectionError):  # noqa: PT012
            while time.monotonic() < started + SOON:
                client.sendall(b"1\r\nx\r\n" * 100)
                time.sleep(SECONDS / 10)


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: x\r\n" * 20_000 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        b"GET /\xff\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_what_is_no_request_is_refused(server: tuple[str, int], head: bytes) -> None:
    with socket.create_connection(server, timeout=SOON) as client:
        client.sendall(head)
        assert client.recv(1_000).startswith(b"HTTP/1.1 4")
    assert status(server) == 200


def test_who_takes_no_answers_is_cut_off_and_keeps_nobody_else_out(server: tuple[str, int]) -> None:
    with ExitStack() as stack:
        for _ in range(2 * AT_ONCE):
            client = stack.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            client.connect(server)
            client.sendall(b"GET /static/style.css HTTP/1.1\r\nHost: localhost\r\n\r\n" * 1_000)
        time.sleep(SECONDS * 2)
        end = time.monotonic() + SOON
        while (found := status(server)) == 429 and time.monotonic() < end:
            time.sleep(SECONDS)
        assert found == 200


def test_many_who_only_listen_keep_nobody_out(server: tuple[str, int]) -> None:
    with ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(socket.create_connection(server))
        assert status(server) == 200


def test_who_asks_again_and_again_stays(server: tuple[str, int]) -> None:
    end = time.monotonic() + SOON
    while (pause := _longest_pause_of_eight(server)) > SECONDS / 2:  # a busy machine: it may be cut off then
        assert time.monotonic() < end, pause


def _longest_pause_of_eight(server: tuple[str, int]) -> float:
    """Ask eight times over twice the time that a client has; return the longest time between two."""
    asking = http.client.HTTPConnection(*server, timeout=SOON)
    last, longest = time.monotonic(), 0.0
    try:
        for _ in range(8):
            asking.request("GET", "/static/icon.svg")
            assert asking.getresponse().read()
            time.sleep(SECONDS / 4)
            last, longest = time.monotonic(), max(longest, time.monotonic() - last)
    except (ConnectionError, http.client.HTTPException):
        if (longest := max(longest, time.monotonic() - last)) <= SECONDS / 2:
            raise
    finally:
        asking.close()
    return longest


def test_who_waits_for_an_answer_is_not_cut_off(
    server: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Index.search

    def slow(*arguments: object, **options: object) -> object:
        time.sleep(SECONDS * 3)
        return search(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Index, "search", slow)
    assert status(server) == 200
