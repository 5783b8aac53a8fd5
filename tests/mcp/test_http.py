"""The server over HTTP: for this machine, and for whoever has the token."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from cablesearch.mcp.http import make_app
from cablesearch.mcp.server import make_server

TOKEN = "a-token-of-some-length"
REQUEST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
HEADERS = {"accept": "application/json, text/event-stream", "authorization": f"Bearer {TOKEN}"}


def post(folder: Path, path: str = "/mcp", **headers: str) -> Any:
    app = make_app(make_server(folder), 8001, TOKEN)
    with TestClient(app, base_url="http://127.0.0.1:8001") as client:
        return client.post(path, json=REQUEST, headers=HEADERS | headers)


def test_the_tools_are_there_for_whoever_has_the_token(sample: Path) -> None:
    answer = post(sample / "index")
    assert answer.status_code == 200
    assert "search" in {tool["name"] for tool in answer.json()["result"]["tools"]}


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"bearer {TOKEN}x"])
def test_without_the_token_nothing_is_answered(sample: Path, given: str) -> None:
    assert post(sample / "index", authorization=given).status_code == 401
    assert post(sample / "index", "/other", authorization=given).status_code == 401


@pytest.mark.parametrize("headers", [{"host": "evil.example:8001"}, {"origin": "http://evil.example"}])
def test_another_name_or_page_is_refused(sample: Path, headers: dict[str, str]) -> None:
    assert post(sample / "index", **headers).status_code in (403, 421)


def test_nothing_else_is_served(sample: Path) -> None:
    assert post(sample / "index", "/").status_code == 404
    assert post(sample / "index", "/api/search").status_code == 404
