"""Notes on pages: what is written, what is shown then, and who may do it."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cablesearch import Notebook, open_index, update_index, whats_new
from tests.web.conftest import write_corpus

ClientOf = Callable[..., TestClient]
TEXTS = {
    "07TEZGARA5": "SUBJECT: SALT\n\n1. (C) The price of salt.\n\n2. (C) The price of fish.\n",
    "07TEZGARA6": "SUBJECT: FISH\n\n1. (C) Salt and fish are dear.\n",
}


@pytest.fixture(params=["whoosh", "tantivy"])
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    corpus = write_corpus(tmp_path / "corpus", TEXTS, {})
    update_index(tmp_path / "index", [corpus], engine=request.param, workers=0)
    return tmp_path / "index"


@pytest.fixture
def client(folder: Path, client_of: ClientOf) -> TestClient:
    return client_of(folder)


def fields(client: TestClient, id: str, back: str = "") -> dict[str, str]:
    """Return the hidden fields of the form of a note."""
    page = client.get("/note", params={"id": id, "back": back}).text
    found = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def total(client: TestClient, query: str) -> int:
    found: int = client.get("/api/search", params={"q": query}).json()["total"]
    return found


def test_a_note_is_written_shown_and_found(client: TestClient, folder: Path) -> None:
    form = fields(client, "07TEZGARA5#1", "/search?q=salt")
    answer = client.post(
        "/note", data=form | {"text": "ask <b>Ann</b>", "labels": "Price, ref B", "star": "1"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=salt")
    with Notebook.beside(folder) as book:
        note = book.get("07TEZGARA5#1")
    assert (note.text, note.labels, note.starred) == ("ask <b>Ann</b>", ("price", "ref b"), True)
    for address in ("/search?q=salt", "/cable/07TEZGARA5"):
        page = client.get(address).text
        assert "ask &lt;b&gt;Ann&lt;/b&gt;" in page
        assert "/search?q=label%3A%22ref+b%22" in page
    assert total(client, "label:price") == 1
    assert total(client, "price noted:no") == 1


def test_a_note_is_changed_and_taken_away(client: TestClient, folder: Path) -> None:
    client.post("/note", data=fields(client, "07TEZGARA5") | {"text": "first", "labels": "a, b", "star": "1"})
    assert total(client, "label:a") == 2
    client.post("/note", data=fields(client, "07TEZGARA5") | {"text": "second", "labels": "B"})
    with Notebook.beside(folder) as book:
        note = book.get("07TEZGARA5")
        assert (note.text, note.labels, note.starred) == ("second", ("b",), False)
        client.post("/note", data=fields(client, "07TEZGARA5") | {"text": ""})
        assert not book.get("07TEZGARA5")
    assert total(client, "label:a") == 0


def test_what_was_counted_of_the_notebook_is_counted_again(client: TestClient) -> None:
    counts = "/api/timeline?q=noted:yes", "/api/facets?q=noted:yes&by=kind"
    assert [client.get(address).json()["total"] for address in counts] == [0, 0]
    client.post("/note", data=fields(client, "07TEZGARA5#1") | {"star": "1"})
    assert [client.get(address).json()["total"] for address in counts] == [1, 1]


def test_no_file_is_made_before_the_first_note(client: TestClient, folder: Path) -> None:
    for address in (
        "/",
        "/search?q=salt",
        "/search?q=noted:yes",
        "/cable/07TEZGARA5",
        "/note?id=07TEZGARA5%231",
    ):
        assert client.get(address).status_code == 200
    client.post("/note", data=fields(client, "07TEZGARA5#1") | {"text": " \r\n", "labels": " ,"})
    assert [each.name for each in folder.parent.glob("notebook*")] == []


@pytest.mark.parametrize("address", ["/search?q=salt", "/cable/07TEZGARA5", "/api/search?q=label:price"])
def test_an_answer_from_before_a_note_is_sent_again(client: TestClient, folder: Path, address: str) -> None:
    tag = client.get(address).headers["etag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    with Notebook.beside(folder) as book:
        book.label("07TEZGARA5#1", "price")
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_a_paragraph_that_was_changed_since_is_said_to_be(client: TestClient, folder: Path) -> None:
    client.post("/note", data=fields(client, "07TEZGARA5#1") | {"text": "look"})
    client.post("/note", data=fields(client, "07TEZGARA5#2") | {"text": "look"})
    new = "SUBJECT: SALT\n\n1. (C) The price of mace.\n\n2. (C) The price of fish.\n"
    (folder.parent / "corpus" / "07TEZGARA5.txt").write_text(new, "utf-8")
    update_index(folder, workers=0)
    for address, times in (("/search?q=mace", 1), ("/search?q=price", 1), ("/note?id=07TEZGARA5%231", 1)):
        assert client.get(address).text.count("the paragraph was changed since") == times


def test_a_note_on_what_is_gone_can_be_taken_away(client: TestClient, folder: Path) -> None:
    client.post("/note", data=fields(client, "07TEZGARA5#2") | {"text": "look"})
    short = "SUBJECT: SALT\n\n1. (C) The price of salt.\n"
    (folder.parent / "corpus" / "07TEZGARA5.txt").write_text(short, "utf-8")
    update_index(folder, workers=0)
    assert "it is no longer in the index" in client.get("/cable/07TEZGARA5").text
    client.post("/note", data=fields(client, "07TEZGARA5#2") | {"text": ""})
    assert "it is no longer in the index" not in client.get("/cable/07TEZGARA5").text
    assert client.get("/note?id=07TEZGARA5%232").status_code == 404


def test_a_form_that_is_older_than_the_note_changes_nothing(client: TestClient, folder: Path) -> None:
    form = fields(client, "07TEZGARA5#1")
    with Notebook.beside(folder) as book:
        book.note("07TEZGARA5#1", "hers")
        answer = client.post("/note", data=form | {"text": "mine"})
        assert answer.status_code == 409
        assert "hers" in answer.text
        assert "mine</textarea>" in answer.text
        assert book.get("07TEZGARA5#1").text == "hers"


def test_a_disputed_text_stays_so_where_only_a_label_is_changed(
    client: TestClient, folder: Path, tmp_path: Path
) -> None:
    with Notebook.beside(folder) as book, Notebook(tmp_path / "other.sqlite", "bob") as other:
        book.note("07TEZGARA5#1", "mine")
        other.note("07TEZGARA5#1", "his")
        book.read(other.file)
        text = book.get("07TEZGARA5#1").text
        client.post("/note", data=fields(client, "07TEZGARA5#1") | {"text": text, "labels": "price"})
        assert book.get("07TEZGARA5#1").is_disputed
        assert book.get("07TEZGARA5#1").labels == ("price",)


@pytest.mark.parametrize("labels", ["a;b", "x" * 101, 'say "no"'])
def test_a_label_that_no_query_could_ask_for_is_refused(client: TestClient, labels: str) -> None:
    answer = client.post("/note", data=fields(client, "07TEZGARA5#1") | {"text": "kept", "labels": labels})
    assert answer.status_code == 400
    assert "is no name" in answer.text
    assert "kept</textarea>" in answer.text
    assert total(client, "noted:yes") == 0


@pytest.mark.parametrize(
    "back", ["", "//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:x"]
)
def test_the_way_back_is_a_page_of_ours(client: TestClient, back: str) -> None:
    form = fields(client, "07TEZGARA5#1", back)
    answer = client.post("/note", data=form | {"star": "1", "back": back})
    assert answer.headers["location"] == "/cable/07TEZGARA5#1"


def test_a_long_note_in_any_script_is_taken(client: TestClient, folder: Path) -> None:
    text = "\U0001f41f" * 99_999
    assert client.post("/note", data=fields(client, "07TEZGARA5#1") | {"text": text}).status_code == 303
    with Notebook.beside(folder) as book:
        assert book.get("07TEZGARA5#1").text == text


def test_a_form_without_the_token_is_refused(client: TestClient, folder: Path) -> None:
    form = fields(client, "07TEZGARA5#1") | {"text": "look"}
    assert client.post("/note", data=form | {"token": "x"}).status_code == 403
    assert client.post("/note", data=form, headers={"origin": "http://evil.example"}).status_code == 403
    assert not (folder.parent / "notebook.sqlite").exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"redact": True, "notebook": "notebook.sqlite"},
        {"names": ("cables.example",)},
        {"password": "a long password"},
    ],
)
def test_where_others_may_ask_no_notebook_is_opened_that_was_not_named(
    client: TestClient, folder: Path, client_of: ClientOf, changes: dict[str, object]
) -> None:
    form = fields(client, "07TEZGARA5#1") | {"text": "nobody else’s"}
    client.post("/note", data=form)
    if "notebook" in changes:
        changes = changes | {"notebook": folder.parent / "notebook.sqlite"}
    others = client_of(folder, **changes)
    others.headers["authorization"] = "Bearer a long password"
    page = others.get("/cable/07TEZGARA5").text
    assert "/note" not in page
    assert "nobody else’s" not in page
    assert others.get("/note?id=07TEZGARA5%231").status_code == 403
    assert others.get("/api/search?q=noted:yes").status_code == 400


def test_others_see_the_notebook_that_was_named(folder: Path, client_of: ClientOf, tmp_path: Path) -> None:
    others = client_of(folder, names=("cables.example",), notebook=tmp_path / "shared.sqlite")
    others.post("/note", data=fields(others, "07TEZGARA5#1") | {"labels": "price"})
    with open_index(folder, notebook=tmp_path / "shared.sqlite") as index:
        assert index.count("label:price") == 1


def test_a_notebook_that_cannot_be_read_leaves_searching_as_it_is(client: TestClient, folder: Path) -> None:
    (folder.parent / "notebook.sqlite").write_bytes(b"no database" * 200)
    assert client.get("/search?q=salt").status_code == 200
    assert client.get("/cable/07TEZGARA5").status_code == 200
    answer = client.get("/api/search?q=noted:yes")
    assert answer.status_code == 503
    assert "notebook" in answer.json()["detail"]


def test_all_notes_are_listed_by_label_by_star_and_in_the_order_of_a_list(
    client: TestClient, folder: Path
) -> None:
    with Notebook.beside(folder) as book:
        book.note("07TEZGARA5#1", "one <i>")
        book.label("07TEZGARA5#2", "price of salt")
        book.star("07TEZGARA6")
        book.add("dossier", "07TEZGARA6", "07TEZGARA5#1")
    shown = {
        address: re.findall(r'href="[^"]*" data-open>([^<]*)<', client.get(address).text)
        for address in ("/notes", "/notes?label=price+of+salt", "/notes?star=1", "/notes?list=dossier")
    }
    assert shown == {
        "/notes": ["07TEZGARA5#1", "07TEZGARA5#2", "07TEZGARA6"],
        "/notes?label=price+of+salt": ["07TEZGARA5#2"],
        "/notes?star=1": ["07TEZGARA6"],
        "/notes?list=dossier": ["07TEZGARA6", "07TEZGARA5#1"],
    }
    page = client.get("/notes").text
    assert "one &lt;i&gt;" in page
    assert "/search?q=" not in page.partition("<aside")[0].partition("<article")[0]
    assert client.get("/notes?label=none").status_code == 200


def question(client: TestClient, name: str, query: str, **more: str) -> dict[str, str]:
    [token] = {*re.findall(r'name="token" value="([^"]*)"', client.get("/search?q=salt").text)}
    return {"token": str(unescape(token)), "name": name, "query": query, **more}


def test_a_question_is_saved_asked_suggested_and_deleted(client: TestClient) -> None:
    answer = client.post("/questions", data=question(client, "Dear things", "salt OR fish"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/notes#questions")
    assert "salt OR fish" in client.get("/notes").text
    assert total(client, 'query:"dear things" dear') == 1
    for typed in ("dea", "query:th"):
        [found] = [
            one
            for one in client.get("/api/suggest", params={"q": typed}).json()["suggestions"]
            if one["kind"] == "query"
        ]
        assert found["query"] == 'query:"dear things" '
        assert (found["meaning"], found["paragraphs"]) == ("salt OR fish", None)
    client.post("/questions", data=question(client, "dear things", "", take_back="1"))
    assert client.get("/api/search", params={"q": 'query:"dear things"'}).status_code == 400


@pytest.mark.parametrize(
    ("name", "query"), [("a", "orign:x"), ("a", ""), ("a;b", "salt"), ("", "salt"), ("a", "query:a")]
)
def test_a_question_that_cannot_be_asked_is_not_saved(
    client: TestClient, folder: Path, name: str, query: str
) -> None:
    assert client.post("/questions", data=question(client, name, query)).status_code == 400
    with Notebook.beside(folder) as book:
        assert not book.questions()


def test_labels_and_lists_are_suggested(client: TestClient, folder: Path) -> None:
    with Notebook.beside(folder) as book:
        book.label("07TEZGARA5#1", "market prices")
        book.add("prices", "07TEZGARA5#1")
    found = client.get("/api/suggest?q=salt pric").json()["suggestions"]
    assert [one["query"] for one in found][:2] == ['salt label:"market prices" ', 'salt list:"prices" ']


def test_the_first_page_says_how_much_is_new_of_saved_questions(client: TestClient, folder: Path) -> None:
    assert "/notes#questions" not in client.get("/").text
    client.post("/questions", data=question(client, "dear", "salt"))
    assert "etag" not in client.get("/").headers
    assert not (folder.parent / "notebook.seen.sqlite").exists()  # nobody has looked yet
    with Notebook.beside(folder) as book, open_index(folder, notebook=book) as index:
        whats_new(index, book)
    assert news(client) == []
    (folder.parent / "corpus" / "07TEZGARA7.txt").write_text("SUBJECT: MACE\n\n1. (C) No salt.\n", "utf-8")
    update_index(folder, workers=0)
    assert news(client) == ["1 new"]
    assert news(client) == ["1 new"]  # to see the number is not to look at them
    with Notebook.beside(folder) as book, open_index(folder, notebook=book) as index:
        whats_new(index, book)
    assert news(client) == []


def news(client: TestClient) -> list[str]:
    return re.findall(r'<span class="number">([^<]* new)</span>', client.get("/").text)


def test_the_first_page_does_not_wait_for_what_takes_long(
    client: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = threading.Event()
    monkeypatch.setattr("cablesearch.web.news.whats_new", lambda *_, **__: done.wait(10) and [])
    client.post("/questions", data=question(client, "dear", "salt"))
    started = time.monotonic()
    assert "dear" in client.get("/").text
    assert time.monotonic() - started < 5
    done.set()


@pytest.mark.parametrize(("query", "status"), [("noted:no AND (salt OR fish)", 410), ("salt OR fish", 200)])
def test_a_cursor_is_good_until_the_notebook_changes_what_is_found(
    client: TestClient, folder: Path, query: str, status: int
) -> None:
    with Notebook.beside(folder) as book:
        book.note("07TEZGARA6#1", "dear")
        asked = {"q": query, "limit": "1"}
        cursor = client.get("/api/search", params=asked).json()["next"]
        book.note("07TEZGARA5#2", "which fish?")
    assert client.get("/api/search", params=asked | {"cursor": cursor}).status_code == status
