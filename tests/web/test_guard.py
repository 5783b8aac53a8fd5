"""Who may ask, how much and for how long; what every response says."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cablesearch import CablesearchError
from cablesearch.web import guard
from cablesearch.web.settings import Settings, is_this_machine

PASSWORD = "a long password"
ClientOf = Callable[..., TestClient]


@pytest.mark.parametrize(
    "address", ["/", "/search?q=salt", "/nowhere", "/api/info", "/api/nowhere", "/static/script.js"]
)
def test_every_response_is_safe_to_show(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers
    assert headers["cache-control"].startswith("private")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("LOCALHOST:8000", 200),
        ("[::1]:8000", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("localhost.evil.example:8000", 403),
        ("", 403),
    ],
)
def test_a_host_of_another_name_is_refused(client: TestClient, host: str, status: int) -> None:
    assert client.get("/", headers={"host": host}).status_code == status
    assert client.get("/api/info", headers={"host": host}).status_code == status


def test_a_name_may_be_allowed(index: Path, client_of: ClientOf) -> None:
    client = client_of(index, names=("Cables.example.org",))
    assert client.get("/", headers={"host": "cables.example.org:443"}).status_code == 200
    assert client.get("/", headers={"host": "x.cables.example.org"}).status_code == 403


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.7", "::", "cables.example.org"])
def test_other_machines_need_a_password(host: str, tmp_path: Path) -> None:
    with pytest.raises(CablesearchError, match="--password-file"):
        Settings(tmp_path, host)
    assert Settings(tmp_path, host, password=PASSWORD)


@pytest.mark.parametrize(
    ("host", "is_here"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("10.0.0.1", False)]
)
def test_this_machine(host: str, is_here: bool) -> None:
    assert is_this_machine(host) == is_here


def test_a_short_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CablesearchError, match="too short"):
        Settings(tmp_path, password="secret")
    with pytest.raises(CablesearchError, match="too short"):
        Settings(tmp_path, password="")


def test_the_password_is_asked_for(index: Path, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "SECONDS_A_WRONG_PASSWORD", 0)
    client = client_of(index, password=PASSWORD)
    for address in ("/", "/api/info", "/static/style.css", "/nowhere"):
        refused = client.get(address)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"].startswith("Basic")
        assert client.get(address, auth=("anybody", "another password")).status_code == 401
        assert client.get(address, headers={"authorization": "Basic !"}).status_code == 401
        assert client.get(address, headers={"authorization": f"Digest {PASSWORD}"}).status_code == 401
    assert client.get("/", auth=("anybody", PASSWORD)).status_code == 200
    assert client.get("/api/info", headers={"authorization": f"Bearer {PASSWORD}"}).status_code == 200


def test_a_wrong_password_costs_time(
    index: Path, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "SECONDS_A_WRONG_PASSWORD", 0.2)
    client = client_of(index, password=PASSWORD)
    start = time.monotonic()
    client.get("/", auth=("anybody", "another password"))
    assert time.monotonic() - start >= 0.2


def test_what_is_too_large_is_refused(client: TestClient) -> None:
    assert client.get("/search", params={"q": "a" * 20_000}).status_code == 413
    assert client.get("/api/search", params={"q": "a" * 20_000}).json()["status"] == 413
    assert client.post("/api/search", content=b"x" * 10).status_code == 413
    assert client.get("/search", params={"q": "a" * 4_001}).status_code == 400


def test_nothing_can_be_changed(client: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert client.request(method, "/search?q=salt").status_code == 405
    assert client.head("/search?q=salt").status_code == 200


def test_too_many_at_once_are_told_to_wait(index: Path, client_of: ClientOf) -> None:
    refused = client_of(index, at_once=0).get("/")
    assert refused.status_code == 429
    assert refused.headers["retry-after"]


def test_what_takes_too_long_is_given_up(index: Path, client_of: ClientOf) -> None:
    client = client_of(index, seconds=0.000_01)
    assert client.get("/search?q=salt").status_code == 503
    problem = client.get("/api/search?q=salt").json()
    assert (problem["status"], problem["title"]) == (503, "Not now")


def test_an_error_of_our_own_tells_nobody_what_was_asked(
    index: Path, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from cablesearch import Index

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("confidential words")

    monkeypatch.setattr(Index, "search", fail)
    client = client_of(index)
    for address in ("/search?q=confidential", "/api/search?q=confidential"):
        answer = client.get(address)
        assert answer.status_code == 500
        assert "confidential words" not in answer.text
    said = capsys.readouterr()
    assert "RuntimeError at" in said.err
    assert "confidential" not in said.out + said.err


def test_protected_names_are_hidden_with_every_list_of_people(index: Path, client_of: ClientOf) -> None:
    client = client_of(index, redact=True)
    for address in (
        "/people",
        "/person?name=Dole",
        "/values?q=*&by=person",
        "/api/people",
        "/api/person?name=Dole",
    ):
        assert client.get(address).status_code == 403
    assert client.get("/api/facets?q=*&by=person").status_code == 403
    page = client.get("/search?q=salt")
    assert page.status_code == 200
    assert "/person" not in page.text
    assert "/people" not in page.text
    kinds = {one["kind"] for one in client.get("/api/suggest?q=mar").json()["suggestions"]}
    assert "person" not in kinds


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/%2e%2e/labels.toml",
        "/static//etc/passwd",
        "/cable/../../etc/passwd",
    ],
)
def test_no_path_reaches_the_disk(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
