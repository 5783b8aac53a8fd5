"""The page and the API of versions: what differs is heard and seen without colour, and nothing in it runs."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cablesearch import update_index

TEXT = """P 081231Z JAN 07
FM AMEMBASSY TEZGARA
TO SECSTATE WASHDC

{level}

SUBJECT: THE PRICE OF SALT

1. (C) Foreign Minister {name} told the Ambassador that the price of salt is {price} and rises until spring.

2. (C) قال {word} إن السعر مرتفع جدا هذا العام في الميناء <script>alert(1)</script>
{more}"""
OLD = TEXT.format(
    level="C O N F I D E N T I A L TEZGARA 000005",
    price="high",
    name="Maren Dole",
    word="الوزير",
    more="\n3. (C) Nobody answered, and nobody asked him why.\n",
)
NEW = TEXT.format(
    level="S E C R E T TEZGARA 000005", price="<b>low</b>", name="XXXXXXXXXXXX", word="السفير", more=""
)


@pytest.fixture
def client(tmp_path: Path, client_of: Callable[..., TestClient]) -> Callable[..., TestClient]:
    """A function that returns a client of an index with two versions of a cable."""
    for number, (name, text) in enumerate((("leak", OLD), ("release", NEW))):
        (tmp_path / name).mkdir()
        file = tmp_path / name / "07TEZGARA5.txt"
        file.write_text(text, "utf-8")
        os.utime(file, (1_000_000_000 + number * 86_400,) * 2)
    (tmp_path / "leak" / "07TEZGARA6.txt").write_text(OLD.replace("000005", "000006").replace("SALT", "FISH"))
    update_index(tmp_path / "index", [tmp_path / "leak", tmp_path / "release"], workers=0)
    return lambda **settings: client_of(tmp_path / "index", **settings)


def test_the_page_of_a_cable_leads_to_its_versions(client: Callable[..., TestClient]) -> None:
    browser = client()
    assert '<a href="/versions/07TEZGARA5">2 versions</a>' in browser.get("/cable/07TEZGARA5").text
    assert "/versions/" not in browser.get("/cable/07TEZGARA6").text


def test_what_differs_is_inserted_and_deleted(client: Callable[..., TestClient]) -> None:
    browser = client()
    shown = browser.get("/versions/07 tezgara 5", follow_redirects=True).text
    assert '<del><span class="hidden"> removed: </span>CONFIDENTIAL</del>' in shown
    assert '<ins><span class="hidden"> inserted: </span>SECRET</ins>' in shown
    assert '<del><span class="hidden"> removed: </span>Maren Dole</del>' in shown
    assert "<b>Redacted:</b> <bdi>Maren Dole</bdi> → <bdi>XXXXXXXXXXXX</bdi> (<bdi>Maren Dole</bdi>)" in shown
    assert '<del><span class="hidden"> removed: </span>الوزير</del>' in shown
    assert "Nobody answered, and nobody asked him why.</del>" in shown
    assert "&lt;b&gt;low&lt;/b&gt;" in shown
    assert "<script>alert" not in shown
    assert "/leak/" not in shown.replace("leak/07TEZGARA5.txt", "")


def test_another_version_is_chosen(client: Callable[..., TestClient]) -> None:
    browser = client()
    assert "<del>" not in browser.get("/versions/07TEZGARA5?new=1").text
    assert browser.get("/versions/07TEZGARA5?new=2").status_code == 200
    assert browser.get("/versions/07TEZGARA5?new=3").status_code == 404
    assert browser.get("/versions/07TEZGARA9").status_code == 404
    assert "1 version<" in browser.get("/versions/07TEZGARA6").text


def test_the_api(client: Callable[..., TestClient], tmp_path: Path) -> None:
    browser = client()
    listed = browser.get("/api/versions/07TEZGARA5").json()["versions"]
    assert [(one["collection"], one["source"]) for one in listed] == [
        ("leak", "leak/07TEZGARA5.txt"),
        ("release", "release/07TEZGARA5.txt"),
    ]
    [found] = browser.get("/api/diff/07TEZGARA5").json()["differences"]
    assert found["differs"]
    assert found["counts"]["redacted"] == 1
    assert [fact["name"] for fact in found["facts"]] == ["classification"]
    assert str(tmp_path) not in str(found)
    back = browser.get("/api/diff/07TEZGARA5?other=2&other=leak").json()["differences"]
    assert back[0]["counts"]["restored"] == 1
    other = browser.get("/api/diff/07TEZGARA5?other=07TEZGARA6").json()["differences"]
    assert other[0]["new"]["id"] == "07TEZGARA6"
    assert browser.get("/api/diff/07TEZGARA6").status_code == 400
    assert browser.get("/api/diff/07TEZGARA5?other=9").status_code == 400
    assert browser.get("/api/versions/07TEZGARA9").status_code == 404


def test_names_that_are_protected_are_hidden(client: Callable[..., TestClient], tmp_path: Path) -> None:
    file = tmp_path / "release" / "07TEZGARA5.txt"
    file.write_text(NEW.replace("XXXXXXXXXXXX", "Maren Dole (strictly protect)"), "utf-8")
    update_index(tmp_path / "index", workers=0)
    browser = client(redact=True)
    for address in ("/versions/07TEZGARA5", "/api/diff/07TEZGARA5"):
        assert "Dole" not in browser.get(address).text
