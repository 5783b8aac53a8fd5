"""The pages and the API asked by meaning."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cablesearch import build_vectors, fetch_model, update_index
from cablesearch.web.app import make_app
from cablesearch.web.questions import Question
from cablesearch.web.settings import Settings
from tests.extras import require
from tests.web.conftest import TEXTS

require("numpy", "onnx", "onnxruntime", "sklearn", "tokenizers")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.meaning.tiny import write_model

    folder = tmp_path_factory.mktemp("meaning")
    for id, text in TEXTS.items():
        (folder / f"{id}.txt").write_text(text, "utf-8")
    update_index(folder / "index", list(folder.glob("*.txt")), engine="whoosh", workers=0)
    fetch_model(folder / "index", str(write_model(folder / "tiny")))
    return folder


def client_of(folder: Path) -> TestClient:
    settings = Settings(folder / "index")
    return TestClient(make_app(settings), "http://127.0.0.1:8000", follow_redirects=False)


@pytest.fixture
def without(folder: Path) -> TestClient:
    """A client of an index with a model, but without vectors."""
    return client_of(folder)


@pytest.fixture
def client(folder: Path) -> TestClient:
    build_vectors(folder / "index")
    return client_of(folder)


def test_without_vectors_nothing_is_offered_and_the_remedy_is_said(without: TestClient) -> None:
    assert "by meaning" not in without.get("/search", params={"q": "herring brine"}).text
    page = without.get("/search", params={"q": "brine", "meaning": "1"})
    assert page.status_code == 400
    assert "cablesearch meaning build" in page.text
    answer = without.get("/api/search", params={"q": "brine", "meaning": "true"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_the_page_has_a_switch_that_keeps_the_question(client: TestClient) -> None:
    words = client.get("/search", params={"q": "salt", "group": "cable"}).text
    assert 'href="/search?q=salt&amp;group=cable&amp;meaning=1">by meaning</a>' in words
    meaning = client.get("/search", params={"q": "brine", "meaning": "1"}).text
    assert "<h1>Nearest in meaning" in meaning
    assert 'href="/search?q=brine">by words</a>' in meaning
    assert '<input type="hidden" name="meaning" value="1">' in meaning
    assert "newest first" not in meaning
    assert "<mark>" in meaning


def test_it_is_offered_where_no_paragraph_has_every_word(client: TestClient) -> None:
    offer = "Find what is meant, whatever the words"
    assert offer in client.get("/search", params={"q": "salt brine"}).text
    assert offer in client.get("/search", params={"q": "herring"}).text
    assert offer not in client.get("/search", params={"q": "salt"}).text
    assert offer not in client.get("/search", params={"q": "herring", "meaning": "1"}).text


def test_facets_count_all_that_is_compared_and_narrow_the_question(client: TestClient) -> None:
    page = client.get("/search", params={"q": 'brine id:"07TEZGARA5"', "meaning": "1"}).text
    assert "07TEZGARA6" not in page
    assert "q=brine+id%3A%2207TEZGARA5%22+kind%3A%22comment%22&amp;meaning=1" in page.replace("%20", "+")


def test_a_question_that_has_no_words_is_a_mistake(client: TestClient) -> None:
    page = client.get("/search", params={"q": '"salt"', "meaning": "1"})
    assert page.status_code == 400
    assert "write some words, not in quotes" in page.text


def test_the_api(client: TestClient) -> None:
    found = client.get("/api/search", params={"q": "brine", "meaning": "true", "limit": 2}).json()
    assert (found["total"], found["by_meaning"], found["without_vectors"]) == (None, True, 0)
    more = client.get(
        "/api/search", params={"q": "brine", "meaning": "true", "limit": 2, "cursor": found["next"]}
    ).json()
    assert {hit["id"] for hit in found["hits"]}.isdisjoint(hit["id"] for hit in more["hits"])
    lines = client.get("/api/explain", params={"q": "brine", "meaning": "true"}).json()["lines"]
    assert lines[0] == 'compared by meaning: "brine"'
    id = found["hits"][0]["id"]
    [line, *_] = client.get("/api/explain", params={"q": "brine", "meaning": "true", "id": id}).json()[
        "lines"
    ]
    assert line.startswith(f"{id} scores 0.")
    assert client.get("/api/similar", params={"id": id, "meaning": "true"}).json()["hits"]


@pytest.mark.parametrize(
    ("query", "counted"),
    [
        ("brine", "*"),
        ("who shot the minister?", "*"),
        ("brine origin:Rome fish NOT kind:comment", "origin:Rome NOT kind:comment"),
        ('date:2007 brine id:"a b"', 'date:2007 id:"a b"'),
    ],
)
def test_what_is_counted(query: str, counted: str) -> None:
    assert Question(query, meaning=True).counted == counted
    assert Question(query).counted == query
