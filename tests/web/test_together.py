"""Several indexes are served as one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cablesearch import update_index
from cablesearch.web.app import make_app
from cablesearch.web.settings import Settings

PARAGRAPHS = "SUBJECT: SALT\n\n1. (C) The price of salt.\n\n2. (C) The price of {word}.\n"


@pytest.fixture
def indexes(tmp_path: Path) -> list[Path]:
    for name, word in (("a", "pepper"), ("b", "cumin")):
        (tmp_path / f"of-{name}").mkdir()
        (tmp_path / f"of-{name}" / f"07TEZGARA{ord(name)}.txt").write_text(PARAGRAPHS.format(word=word))
        update_index(tmp_path / name, [tmp_path / f"of-{name}"], workers=0)
    return [tmp_path / "a", tmp_path / "b"]


@pytest.fixture
def client(indexes: list[Path], client_of: Callable[..., TestClient]) -> TestClient:
    return client_of(indexes[0], others=(indexes[1],))


def test_all_of_them_answer(client: TestClient) -> None:
    assert client.get("/api/search?q=price").json()["total"] == 4
    assert client.get("/api/cable/07TEZGARA98").status_code == 200
    assert "cumin" in client.get("/search?q=cumin").text
    assert client.get("/api/info").json()["cables"] == 2
    for page in ("/", "/explore", "/people", "/cable/07TEZGARA97", "/notes"):
        assert client.get(page).status_code == 200, page


def test_a_build_of_any_of_them_is_served(client: TestClient, indexes: list[Path], tmp_path: Path) -> None:
    first = client.get("/api/search?q=price&limit=1")
    (tmp_path / "of-b" / "07TEZGARA99.txt").write_text(PARAGRAPHS.format(word="mace"))
    second = f"/api/search?q=price&limit=1&cursor={first.json()['next']}"
    assert client.get(second).status_code == 200
    update_index(indexes[1], workers=0)
    assert client.get(second).status_code == 410
    again = client.get("/api/search?q=price&limit=1")
    assert again.json()["total"] == 6
    assert again.headers["etag"] != first.headers["etag"]


def test_a_missing_one_is_not_built_from_the_page(indexes: list[Path], tmp_path: Path) -> None:
    def page(*others: Path) -> str:
        app = make_app(Settings(tmp_path / "nowhere", others=others))
        found = TestClient(app, "http://127.0.0.1:8000", client=("127.0.0.1", 50_000)).get("/")
        assert found.status_code == 503
        return found.text

    assert "nowhere" in page(*indexes)
    assert 'name="path"' in page()
    assert 'name="path"' not in page(*indexes)
