"""People corrected on a page: what is written, what is shown then, and who may do it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cablesearch import update_index
from tests.web.conftest import write_corpus

ClientOf = Callable[..., TestClient]
TEXTS = {
    "07TEZGARA5": "SUBJECT: SALT\n\n1. (C) President Viktor Orlan met Foreign Minister Maren Dole.\n",
    "07TEZGARA6": "SUBJECT: FISH\n\n1. (C) President Orlan was late.\n",
}
TAKEN_BACK = {"take_back": "1"}


@pytest.fixture(params=["whoosh", "tantivy"])
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    corpus = write_corpus(tmp_path / "corpus", TEXTS, {})
    update_index(tmp_path / "index", [corpus], engine=request.param, workers=0)
    return tmp_path / "index"


@pytest.fixture
def client(folder: Path, client_of: ClientOf) -> TestClient:
    return client_of(folder)


def token(client: TestClient) -> str:
    [found] = {*re.findall(r'name="token" value="([^"]*)"', client.get("/person?name=Viktor+Orlan").text)}
    return str(unescape(found))


def fields(client: TestClient, kind: str, name: str, other: str = "") -> dict[str, str]:
    return {"token": token(client), "kind": kind, "name": name, "other": other}


def forms(client: TestClient, name: str) -> dict[str, int]:
    found: dict[str, int] = client.get("/api/person", params={"name": name}).json()["people"][0]["forms"]
    return found


def test_a_form_is_set_apart_and_that_is_taken_back(client: TestClient, folder: Path) -> None:
    assert forms(client, "Viktor Orlan") == {"Orlan": 1, "Viktor Orlan": 1}
    tag = client.get("/person?name=Viktor+Orlan").headers["etag"]
    form = fields(client, "apart", "Viktor Orlan", "Orlan")
    answer = client.post("/person", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/person?name=Viktor+Orlan")
    assert (folder / "people.toml").read_text("utf-8") == 'apart = [["Viktor Orlan", "Orlan"]]\n'
    assert forms(client, "Viktor Orlan") == {"Viktor Orlan": 1}
    page = client.get("/person?name=Viktor+Orlan", headers={"if-none-match": tag})
    assert page.status_code == 200
    assert "Corrected by hand" in page.text
    assert client.get("/api/search", params={"q": 'person:"Viktor Orlan"'}).json()["total"] == 1
    client.post("/person", data=form | TAKEN_BACK)
    assert forms(client, "Viktor Orlan") == {"Orlan": 1, "Viktor Orlan": 1}


def test_a_name_is_somebodys(client: TestClient) -> None:
    client.post("/person", data=fields(client, "same", "Maren Dole", "Orlan"))
    assert forms(client, "Maren Dole") == {"Maren Dole": 1, "Orlan": 1}


def test_a_name_is_nobodys(client: TestClient) -> None:
    form = fields(client, "nobody", "Maren Dole")
    assert client.post("/person", data=form).headers["location"] == "/people#corrections"
    assert client.get("/person?name=Maren+Dole").status_code == 404
    assert "Maren Dole" in client.get("/people").text.partition('id="corrections"')[2]
    client.post("/person", data=form | TAKEN_BACK)
    assert client.get("/person?name=Maren+Dole").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:8001"},
        {"sec-fetch-site": "cross-site", "origin": "null"},
        {"sec-fetch-site": "same-site"},
        {"content-type": "text/plain"},
        {"content-type": "application/json"},
    ],
)
def test_a_form_from_elsewhere_is_refused(client: TestClient, folder: Path, headers: dict[str, str]) -> None:
    form = fields(client, "nobody", "Maren Dole")
    answer = client.post("/person", data=form, headers=headers)
    assert answer.status_code == 403
    assert not (folder / "people.toml").exists()


@pytest.mark.parametrize("wrong", ["", "x", None, "é"])
def test_a_form_without_the_token_is_refused(client: TestClient, folder: Path, wrong: str | None) -> None:
    form = fields(client, "nobody", "Maren Dole")
    del form["token"]
    answer = client.post("/person", data=form | ({"token": wrong} if wrong is not None else {}))
    assert answer.status_code == 403
    assert "load the page again" in answer.text
    assert not (folder / "people.toml").exists()


@pytest.mark.parametrize(
    "headers", [{"origin": "http://127.0.0.1:8000"}, {"origin": "null", "sec-fetch-site": "same-origin"}]
)
def test_a_form_of_ours_is_taken(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/person", data=fields(client, "nobody", "Maren Dole"), headers=headers)
    assert answer.status_code == 303


def test_only_forms_of_a_bounded_size_are_taken_and_only_where_there_is_one(client: TestClient) -> None:
    form = fields(client, "nobody", "Maren Dole")
    assert client.post("/person", data=form | {"other": "x" * 20_000}).status_code == 413
    assert client.post("/people", data={}).status_code == 405
    assert client.post("/api/search?q=salt").status_code == 405
    assert client.put("/person").status_code == 405
    chunked = client.post("/person", content=iter([b"token=x"]))
    assert chunked.status_code == 413


@pytest.mark.parametrize(
    ("kind", "name"), [("other", "Maren Dole"), ("", ""), ("nobody", ""), ("apart", "Maren Dole")]
)
def test_what_cannot_be_said_is_refused(client: TestClient, folder: Path, kind: str, name: str) -> None:
    assert client.post("/person", data=fields(client, kind, name)).status_code in (400, 503)
    assert not (folder / "people.toml").exists()


def test_where_lists_of_people_are_hidden_nothing_is_corrected(folder: Path, client_of: ClientOf) -> None:
    shown, hidden = client_of(folder), client_of(folder, redact=True)
    form = fields(shown, "nobody", "Maren Dole")
    assert hidden.post("/person", data=form).status_code == 403


def test_a_file_that_is_changed_by_hand_is_heeded_at_once(client: TestClient, folder: Path) -> None:
    (folder / "people.toml").write_text('nobody = ["Maren Dole"]', "utf-8")
    assert client.get("/person?name=Maren+Dole").status_code == 404
    (folder / "people.toml").write_text("nobody = [", "utf-8")
    answer = client.get("/people")
    assert answer.status_code == 503
    assert "mend it" in answer.text
