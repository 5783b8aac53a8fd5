"""Without an index: a folder is named on the page, by whoever sits at the machine and by nobody else."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from cablesearch import BuildProgress, update_index
from cablesearch.web import first_run, pages
from cablesearch.web.app import make_app
from cablesearch.web.rendering import TEXTS
from cablesearch.web.settings import Settings
from tests.web.conftest import write_corpus
from tests.web.test_pages import shown

HERE = ("127.0.0.1", 50_000)
SECONDS = 60


def client_of(index: Path, client: tuple[str, int] = HERE, **settings: object) -> TestClient:
    app = make_app(Settings(index, **settings))  # type: ignore[arg-type]
    return TestClient(app, "http://127.0.0.1:8000", follow_redirects=False, client=client)


def token(client: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]*)"', client.get("/").text)
    assert found
    return found[1]


def until_done(client: TestClient) -> str:
    """Return the page when nothing is built any more."""
    for _ in range(SECONDS * 20):
        page = client.get("/", follow_redirects=True).text
        if "data-building" not in page:
            return page
        assert TEXTS["first_run_building"] in page
        time.sleep(0.05)
    raise AssertionError("it takes too long")


@pytest.mark.parametrize("spelling", ["{}", " {} ", '"{}"', "file://{}", "{}/"])
def test_a_folder_is_indexed_and_then_searched(tmp_path: Path, spelling: str) -> None:
    corpus = write_corpus(tmp_path / "my cables")
    client = client_of(tmp_path / "index")
    typed = spelling.format(str(corpus).replace(" ", "%20") if "file" in spelling else corpus)
    answer = client.post("/", data={"token": token(client), "path": typed})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "3 cables · 9 paragraphs" in shown(until_done(client))
    assert client.get("/api/search?q=salt").json()["total"] > 0
    again = client.post("/", data={"token": client.app._app.state.token, "path": str(corpus)})  # type: ignore[attr-defined]
    assert again.status_code == 403, "there is an index now"


@pytest.mark.parametrize(
    "typed", ["", "corpus", "../corpus", "/", "/no/such/folder", "~nobody-x/y", "\0", "/" + "x" * 3_000]
)
def test_what_is_no_whole_path_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    write_corpus(tmp_path / "corpus")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path)
    client = client_of(tmp_path / "index")
    answer = client.post("/", data={"token": token(client), "path": typed})
    assert answer.status_code == 400
    assert not typed.strip() or TEXTS["first_run_no_path"] in shown(answer.text)
    assert not (tmp_path / "index").exists()


def test_a_folder_without_cables_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    client = client_of(tmp_path / "index")
    client.post("/", data={"token": token(client), "path": str(tmp_path / "empty")})
    page = until_done(client)
    assert TEXTS["first_run_nothing"] in shown(page)
    client.post("/", data={"token": token(client), "path": str(write_corpus(tmp_path / "corpus"))})
    assert "3 cables" in shown(until_done(client))


def test_an_index_that_comes_while_its_page_is_made_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a build ends between the look at the index and that at the build."""
    corpus, folder = write_corpus(tmp_path / "corpus"), tmp_path / "index"
    (tmp_path / "empty").mkdir()
    update_index(folder, [tmp_path / "empty"])
    client, build = client_of(folder), first_run.first_run_page

    def page(*asked: object) -> Response:
        update_index(folder, [corpus])
        return build(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(pages, "first_run_page", page)
    answer = client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "3 cables" in shown(client.get("/").text)


def test_a_build_that_ends_while_its_page_is_made_is_shown_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not as the page where a folder is to be named."""
    client = client_of(tmp_path / "index")
    build = client.app._app.state.first_build  # type: ignore[attr-defined]
    build.source, build.progress = tmp_path, BuildProgress("looking", 0, 0, 0, 0)

    def page(*args: object, **keywords: object) -> Response:
        build.progress = None
        return make_page(*args, **keywords)  # type: ignore[arg-type]

    make_page = first_run.page
    monkeypatch.setattr(first_run, "page", page)
    assert "data-building" in client.get("/").text
    assert "data-building" not in client.get("/").text


def test_one_of_several_that_is_missing_is_told(tmp_path: Path) -> None:
    """And who asks is not sent to where the same is missing."""
    folder, other = tmp_path / "index", tmp_path / "other"
    for each in (folder, other):
        update_index(each, [write_corpus(tmp_path / f"corpus-{each.name}")])
    client = client_of(folder, others=(other,))
    assert client.get("/").status_code == 200
    other.rename(tmp_path / "away")
    answers = [client_of(folder, others=(other,)).get(path) for path in ("/", "/search?q=salt")]
    assert [answer.status_code for answer in answers] == [503, 503]


@pytest.mark.parametrize(
    ("client", "settings", "headers"),
    [
        (("192.0.2.7", 1), {}, {}),
        (("testclient", 1), {}, {}),
        (HERE, {"password": "a long password"}, {"authorization": "Bearer a long password"}),
        (HERE, {"names": ("cables.example.org",)}, {}),
        (
            HERE,
            {"host": "0.0.0.0", "password": "a long password"},
            {"authorization": "Bearer a long password"},
        ),
        (HERE, {}, {"x-forwarded-for": "192.0.2.7"}),
        (HERE, {}, {"forwarded": "for=192.0.2.7"}),
        (HERE, {}, {"x-real-ip": "192.0.2.7"}),
        (HERE, {}, {"via": "1.1 proxy"}),
        (HERE, {}, {"host": "192.168.0.7:8000"}),
    ],
)
def test_nobody_else_names_a_path(
    tmp_path: Path, client: tuple[str, int], settings: dict[str, object], headers: dict[str, str]
) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    asking = client_of(tmp_path / "index", client, **settings)
    page = asking.get("/", headers=headers)
    assert 'name="path"' not in page.text
    assert "cablesearch index PATH" in shown(page.text)
    form = {"token": asking.app._app.state.token, "path": str(corpus)}  # type: ignore[attr-defined]
    assert asking.post("/", data=form, headers=headers).status_code == 403
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"content-type": "text/plain"}],
)
def test_a_form_from_elsewhere_is_refused(tmp_path: Path, headers: dict[str, str]) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    client = client_of(tmp_path / "index")
    form = {"token": token(client), "path": str(corpus)}
    assert client.post("/", data=form, headers=headers).status_code == 403
    assert client.post("/", data=form | {"token": "x"}).status_code == 403
    assert not (tmp_path / "index").exists()
