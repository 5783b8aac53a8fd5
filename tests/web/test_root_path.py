"""Behind a proxy that shows the pages as a folder of a site: every address begins with the root path."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from cablesearch import Notebook, update_index
from cablesearch.errors import CablesearchError
from cablesearch.web.rendering import TEXTS
from cablesearch.web.settings import Settings
from tests.web.conftest import write_corpus
from tests.web.test_corrections import TEXTS as CORRECTED
from tests.web.test_pages import shown

ClientOf = Callable[..., TestClient]
ROOT = "/cables"
ADDRESS = re.compile(r'\b(?:(href|src)|action|data-\w+|name="back" value)="([^"#][^"]*)"')


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("root")
    update_index(folder / "index", [write_corpus(folder / "corpus")], engine="whoosh", workers=0)
    with Notebook(folder / "notes.sqlite") as book:
        book.note("07TEZGARA5#1", "ask Ann")
        book.label("07TEZGARA5#1", "trade")
        book.add("desk", "07TEZGARA5#1")
        book.save("dear", "price")
    return folder


@pytest.fixture(scope="module")
def client(folder: Path, client_of: ClientOf) -> TestClient:
    return client_of(folder / "index", root_path=ROOT, notebook=folder / "notes.sqlite")


def kind(address: str) -> tuple[str, ...]:
    """Return what the addresses of pages that are made in the same way have in common."""
    parts = urlsplit(address)
    return *parts.path.split("/")[:4], *sorted(parse_qs(parts.query))


@pytest.mark.parametrize("passed_on", ["the whole path", "what is below"])
def test_every_address_of_every_page_begins_with_it(client: TestClient, passed_on: str) -> None:
    waiting = [f"{ROOT}/", f"{ROOT}/nowhere", f"{ROOT}/search?q=orign:salt", f"{ROOT}/values?q=*&by=tag"]
    seen = set()
    while waiting:
        address = waiting.pop()
        if kind(address) in seen:
            continue
        seen.add(kind(address))
        answer = client.get(address if passed_on == "the whole path" else address.removeprefix(ROOT))
        assert (TEXTS["refused_404"] in unescape(answer.text)) == ("nowhere" in address), address
        if answer.headers.get("content-type", "").startswith("text/html"):
            there = [(name, unescape(one)) for name, one in ADDRESS.findall(answer.text) if "/" in one]
            assert [one for _, one in there if not one.startswith(f"{ROOT}/")] == [], address
            waiting += [one for name, one in there if name]
    shown = {one[2] for one in seen}
    assert shown >= {
        "search",
        "values",
        "cable",
        "people",
        "person",
        "explore",
        "notes",
        "note",
        "api",
        "static",
    }


@pytest.mark.parametrize("path", ["", "/"])
def test_the_first_page_is_the_root_path_itself(client: TestClient, path: str) -> None:
    assert "3 cables" in shown(client.get(ROOT + path).text)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/search", "/"),
        ("/search?q=salt&from=2006&to=2007", "/search?q=salt+date%3A2006..2007"),
        ("/cable/2007%20Tezgara%2000005%235", "/cable/07TEZGARA5#5"),
        ("/versions/2007%20tezgara%205", "/versions/07TEZGARA5"),
    ],
)
def test_redirects_lead_below_it(client: TestClient, path: str, place: str) -> None:
    assert client.get(ROOT + path).headers["location"] == ROOT + place


@pytest.fixture
def changeable(tmp_path: Path, client_of: ClientOf) -> TestClient:
    update_index(
        tmp_path / "index", [write_corpus(tmp_path / "c", CORRECTED, {})], engine="whoosh", workers=0
    )
    return client_of(tmp_path / "index", root_path=ROOT, notebook=tmp_path / "notes.sqlite")


def hidden(client: TestClient, path: str, name: str) -> str:
    """Return a hidden field of the forms of a page."""
    [value] = {*re.findall(rf'name="{name}" value="([^"]*)"', client.get(ROOT + path).text)}
    return str(unescape(value))


def test_a_person_is_corrected(changeable: TestClient) -> None:
    form = {"kind": "apart", "name": "Viktor Orlan", "other": "Orlan"}
    assert changeable.post(f"{ROOT}/person", data=form).status_code == 403
    form["token"] = hidden(changeable, "/person?name=Viktor+Orlan", "token")
    answer = changeable.post(f"{ROOT}/person", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ROOT}/person?name=Viktor+Orlan")
    assert changeable.post(f"{ROOT}/search", data=form).status_code == 413


def test_a_question_is_saved(changeable: TestClient) -> None:
    form = {"name": "late", "query": "late", "token": hidden(changeable, "/search?q=late", "token")}
    assert changeable.post(f"{ROOT}/questions", data=form).headers["location"] == f"{ROOT}/notes#questions"


@pytest.mark.parametrize(
    ("back", "place"),
    [
        (f"{ROOT}/search?q=late", "/search?q=late"),
        (f"{ROOT}/notes?star=1", "/notes?star=1"),
        ("/search?q=late", "/cable/07TEZGARA5#1"),
        ("//evil.example/", "/cable/07TEZGARA5#1"),
    ],
)
def test_a_note_leads_back_below_it(changeable: TestClient, back: str, place: str) -> None:
    path = "/note?id=07TEZGARA5%231"
    form = {name: hidden(changeable, path, name) for name in ("token", "id", "seen")}
    answer = changeable.post(f"{ROOT}/note", data=form | {"text": "x" * 90_000, "back": back})
    assert (answer.status_code, answer.headers["location"]) == (303, ROOT + place)
    assert changeable.post(f"{ROOT}/note", content=b"x" * 2_000_000).status_code == 413


def test_the_api_is_below_it(client: TestClient) -> None:
    first = client.get(f"{ROOT}/api/search?q=salt&limit=2")
    [following] = re.findall(r'<([^>]*)>; rel="next"', first.headers["link"])
    assert following.startswith(f"{ROOT}/api/search?q=salt&limit=2&cursor=")
    assert client.get(following).json()["hits"] != first.json()["hits"]
    assert client.get(f"{ROOT}/api/openapi.json").json()["servers"] == [{"url": ROOT}]
    problem = client.get(f"{ROOT}/api/cable/09NOWHERE1")
    assert problem.headers["content-type"] == "application/problem+json"
    assert f"http://127.0.0.1:8000{ROOT}/cable/07TEZGARA5#1" in client.get(f"{ROOT}/api/export?q=price").text


@pytest.mark.parametrize("root", ["/cable", "/api", "/a/b-c.d~e/_1"])
def test_it_may_be_called_as_a_page_is(folder: Path, client_of: ClientOf, root: str) -> None:
    client = client_of(folder / "index", root_path=root)
    assert client.get(f"{root}/cable/07TEZGARA5").status_code == 200
    assert client.get(f"{root}/api/cable/07TEZGARA5").json()["id"] == "07TEZGARA5"
    assert f'href="{root}/cable/07TEZGARA5?q=salt#1"' in client.get(f"{root}/search?q=salt").text


def test_two_servers_of_one_program_have_their_own(
    client: TestClient, folder: Path, client_of: ClientOf
) -> None:
    plain = client_of(folder / "index")
    assert f'href="{ROOT}/help"' in client.get(f"{ROOT}/").text
    assert 'href="/help"' in plain.get("/").text
    assert plain.get(f"{ROOT}/").status_code == 404


@pytest.mark.parametrize(
    "root", ["cables", "/cables/", "//evil.example", "/../x", "/a b", "/ä", "https://news.example/cables"]
)
def test_what_no_address_begins_with_is_refused(tmp_path: Path, root: str) -> None:
    with pytest.raises(CablesearchError, match="write a path, such as /cables"):
        Settings(tmp_path, root_path=root)


def test_it_says_that_others_can_ask(tmp_path: Path) -> None:
    assert Settings(tmp_path).is_private
    assert not Settings(tmp_path, root_path=ROOT).is_private
    assert Settings(tmp_path, root_path=ROOT).notebook_file is None
