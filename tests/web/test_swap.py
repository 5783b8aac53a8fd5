"""An index that a build replaces while it is served."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cablesearch import rebuild_index, update_index
from cablesearch.web.opened import OpenIndex

ClientOf = Callable[..., TestClient]

PARAGRAPHS = "SUBJECT: SALT\n\n1. (C) The price of salt.\n\n2. (C) The price of {word}.\n"


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_new_build_is_served_at_once(
    tmp_path: Path, client_of: Callable[..., TestClient], engine: str
) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    client = client_of(index)
    assert client.get("/api/search?q=pepper").status_code == 503
    tags = []
    for number, word in enumerate(("pepper", "cumin", "mace"), 1):
        (corpus / f"07TEZGARA{number}.txt").write_text(PARAGRAPHS.format(word=word), "utf-8")
        update_index(index, [corpus], engine=engine, workers=0)
        answer = client.get(f"/api/search?q={word}")
        assert answer.json()["total"] == 1
        assert client.get(f"/search?q={word}").status_code == 200
        tags.append(answer.headers["etag"])
    assert len({*tags}) == 3


def test_a_cursor_of_a_replaced_index_says_so(tmp_path: Path, client_of: ClientOf) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "07TEZGARA1.txt").write_text(PARAGRAPHS.format(word="pepper"), "utf-8")
    update_index(index, [corpus], workers=0)
    client = client_of(index)
    cursor = client.get("/api/search?q=price&limit=1").json()["next"]
    second = f"/api/search?q=price&limit=1&cursor={cursor}"
    assert client.get(second).status_code == 200
    (corpus / "07TEZGARA2.txt").write_text(PARAGRAPHS.format(word="cumin"), "utf-8")
    update_index(index, workers=0)
    answer = client.get(second)
    assert answer.status_code == 410
    assert "begin anew" in answer.json()["detail"]


def test_requests_go_on_while_the_index_is_replaced(
    tmp_path: Path, client_of: Callable[..., TestClient]
) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "07TEZGARA1.txt").write_text(PARAGRAPHS.format(word="pepper"), "utf-8")
    update_index(index, [corpus], engine="tantivy", workers=0)
    client, done, seen = client_of(index), threading.Event(), []

    def ask() -> None:
        while not done.is_set():
            seen.append(client.get("/api/search?q=price").status_code)

    askers = [threading.Thread(target=ask) for _ in range(2)]
    for asker in askers:
        asker.start()
    for _ in range(3):
        rebuild_index(index, [corpus], engine="tantivy", workers=0)
    done.set()
    for asker in askers:
        asker.join()
    assert {*seen} == {200}


def test_what_is_replaced_is_closed_when_its_last_request_is_done(index: Path, tmp_path: Path) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "07TEZGARA1.txt").write_text(PARAGRAPHS.format(word="pepper"), "utf-8")
    update_index(folder, [corpus], engine="tantivy", workers=0)
    shared = OpenIndex(folder)
    with shared.use() as old:
        (corpus / "07TEZGARA2.txt").write_text(PARAGRAPHS.format(word="cumin"), "utf-8")
        update_index(folder, workers=0)
        with shared.use() as new:
            assert new.index.count("price") == 4
        assert old.index.count("price") == 2, "it is still lent"
    with pytest.raises(Exception, match="closed"):
        old.index.count("price")
    with shared.use() as again:
        assert again is new
