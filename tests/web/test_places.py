"""Where on the disk something is: the user of this machine may be told, nobody else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cablesearch import Notebook, update_index
from cablesearch.web.app import make_app
from cablesearch.web.rendering import TEXTS
from cablesearch.web.settings import Settings
from tests.web.conftest import write_corpus
from tests.web.test_first_run import HERE
from tests.web.test_pages import shown

OTHERS = [
    {"password": "long enough a password"},
    {"names": ("cables.example.org",)},
    {"root_path": "/cables"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    update_index(tmp_path / "index", [write_corpus(tmp_path / "corpus")], engine="whoosh", workers=0)
    return tmp_path


def client_of(folder: Path, **settings: object) -> TestClient:
    """Return a client at this machine, of a server that others may ask if the settings say so."""
    app = make_app(Settings(folder / "index", notebook=folder / "notes.sqlite", **settings))  # type: ignore[arg-type]
    client = TestClient(app, "http://127.0.0.1:8000", client=HERE)
    if "password" in settings:
        client.headers["authorization"] = f"Bearer {settings['password']}"
    return client


def said(client: TestClient, path: str) -> str:
    page, problem = client.get(path), client.get(f"/api{path}")
    assert page.status_code == problem.status_code == 503
    assert problem.json()["detail"] in shown(page.text)
    return str(problem.json()["detail"])


@pytest.mark.parametrize("others", OTHERS)
@pytest.mark.parametrize(
    ("content", "fault"),
    [("nobody = 7\n", "nobody is no list of names"), ("[nobody\n", "Expected ']' at the end of a table")],
)
def test_a_fault_of_people_toml(folder: Path, others: dict[str, object], content: str, fault: str) -> None:
    (folder / "index" / "people.toml").write_text(content, "utf-8")
    assert said(client_of(folder), "/people").startswith(f"{folder}/index/people.toml: ")
    assert said(client_of(folder, **others), "/people").startswith("index/people.toml: ")


@pytest.mark.parametrize("others", OTHERS)
def test_a_damaged_index(folder: Path, others: dict[str, object], capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "index" / "current.json").write_text("{", "utf-8")
    assert str(folder) in said(client_of(folder), "/search?q=salt")
    assert capsys.readouterr().err == ""
    assert said(client_of(folder, **others), "/search?q=salt") == TEXTS["refused_state"]
    assert f"cablesearch: the index in {folder}/index is damaged" in capsys.readouterr().err


@pytest.mark.parametrize("others", OTHERS)
def test_no_index(tmp_path: Path, others: dict[str, object]) -> None:
    here, elsewhere = (client_of(tmp_path, **settings).get("/api/info") for settings in ({}, others))
    assert str(tmp_path) in here.json()["detail"]
    assert elsewhere.json()["detail"] == TEXTS["refused_state"]
    page = client_of(tmp_path, **others).get("/").text
    assert str(tmp_path) not in page
    assert "cablesearch index PATH" in page


@pytest.mark.parametrize("others", OTHERS)
@pytest.mark.parametrize("notebook", ["a file", "a folder"])
def test_a_notebook_that_is_none(folder: Path, others: dict[str, object], notebook: str) -> None:
    if notebook == "a file":
        (folder / "notes.sqlite").write_bytes(b"no notebook at all" * 100)
    else:
        (folder / "notes.sqlite").mkdir()
    assert str(folder) in shown(client_of(folder).get("/notes").text)
    page = shown(client_of(folder, **others).get("/notes").text)
    assert str(folder) not in page
    assert f"{folder.name}/notes.sqlite" in page


@pytest.mark.parametrize("others", OTHERS)
def test_every_page_of_an_index(folder: Path, others: dict[str, object]) -> None:
    (folder / "corpus" / "broken.zip").write_bytes(b"PK\x03\x04 cut off")
    update_index(folder / "index", engine="whoosh", workers=0)
    with Notebook(folder / "notes.sqlite") as book:
        book.note("07TEZGARA5#1", "ask Ann")
    client, root = client_of(folder, **others), others.get("root_path", "")
    for path in (
        *("/", "/explore/index", "/cable/07TEZGARA5", "/versions/07TEZGARA5", "/notes", "/search?q=salt"),
        *("/api/info", "/api/cable/07TEZGARA5", "/api/paragraph/07TEZGARA5%231", "/api/versions/07TEZGARA5"),
        *("/api/diff/07TEZGARA5?other=07TEZGARA6", "/api/cited/07TEZGARA5", "/api/search?q=salt"),
        *(f"/api/export?q=salt&format={format}" for format in ("csv", "jsonl", "markdown", "html", "ris")),
        *("/cable/07TEZGARA5?as=text", "/cable/07TEZGARA5?as=original", "/api/thread/07TEZGARA5"),
    ):
        answer = client.get(f"{root}{path}")
        assert answer.status_code == 200, path
        assert not re.search(rf"{folder.parent}|site-packages", answer.text), path
