"""The pages that show a corpus as a whole."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from cablesearch import update_index
from cablesearch.web.rendering import TEXTS
from cablesearch.web.world import HEIGHT, WIDTH, draw_map, land, project
from tests.web.conftest import PAGE
from tests.web.test_pages import links, shown


def test_queries_are_compared_over_time(client: TestClient) -> None:
    page = client.get("/explore", params={"w": ["salt", "price of fish"]}).text
    assert "salt, 2006: 50.00%, 1 of 2" in unescape(page)
    assert "/search?q=salt+date%3A2006" in links(page)
    assert 'value="price of fish"' in page
    row = re.search(r'<th scope="row">2007</th>.*', page)
    assert row
    assert re.sub(r"<[^>]*>", " ", row[0]).split()[:4] == ["2007", "7", "7", "100.00"]
    assert client.get("/explore?w=salt&by=month").text.count("2006-12") >= 1


def test_without_words_there_is_an_example(client: TestClient) -> None:
    text = shown(client.get("/explore").text)
    assert TEXTS["trends_example"] in text
    assert 'tag:"PREL"' in text


def test_queries_are_bounded_and_a_mistake_is_explained(client: TestClient) -> None:
    page = client.get("/explore", params={"w": [f"w{n}" for n in range(50)]}).text
    assert page.count('name="w"') == 6
    answer = client.get("/explore?w=orign:x")
    assert answer.status_code == 400
    assert "did you mean origin?" in shown(answer.text)


def test_a_trend_is_downloaded(client: TestClient) -> None:
    rows = [*csv.DictReader(io.StringIO(client.get("/explore?w=salt&as=csv").text))]
    assert [row["year"] for row in rows] == ["2006", "2007"]
    picture = client.get("/explore?w=salt&as=svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "attachment" in picture.headers["content-disposition"]
    assert ElementTree.fromstring(picture.text).tag.endswith("svg")
    assert client.get("/explore?w=salt&as=json").json()["by"] == "year"
    assert client.get("/explore?w=salt&as=exe").headers["content-type"].startswith("text/html")


def test_posts_on_a_map(client_of: Callable[..., TestClient], tmp_path: Path) -> None:
    posts = {"06OSTREL12": "Mission Ostrel", "07ASTANA1": "Embassy Astana", "07LIMA3": "Embassy Lima"}
    for id, origin in posts.items():
        page = PAGE.format(id=id, created="2006-11-02 09:00", level="SECRET", origin=origin)
        (tmp_path / f"{id}.html").write_text(page, "utf-8")
    files = [tmp_path / f"{id}.html" for id in posts]
    update_index(tmp_path / "index", files, workers=0)
    client = client_of(tmp_path / "index")
    page = client.get("/explore/map").text
    assert page.count("<circle") == 2
    assert 'aria-label="Embassy Astana: 2 paragraphs"' in page
    assert "2 paragraphs from posts whose place is not known" in shown(page)
    page = client.get("/explore/map?q=fish").text
    assert "/search?q=fish+origin%3A%22Embassy+Lima%22" in links(page)
    assert client.get("/explore/map?q=zeppelin").text.count("<circle") == 0


def test_circles_that_share_a_place_are_one_and_the_largest_is_below() -> None:
    found = draw_map({"Embassy Lima": 4, "Embassy Vienna": 1, "Mission UNVIE Vienna": 8, "Elsewhere": 5})
    assert [circle.paragraphs for circle in found.circles] == [9, 4]
    assert found.circles[0].radius > found.circles[1].radius
    assert (found.placed, found.elsewhere) == (13, 5)


@pytest.mark.parametrize(
    ("longitude", "latitude", "x", "y"),
    [(0, 0, 500, 242), (0, 83.5, 500, 0), (-180, 0, 0, 242), (180, 0, 1000, 242), (71.4, 51.2, 646, 82)],
)
def test_the_projection(longitude: float, latitude: float, x: float, y: float) -> None:
    point = project(longitude, latitude)
    assert point.x == pytest.approx(x, abs=25)
    assert point.y == pytest.approx(y, abs=25)


def test_the_outlines_of_the_land_are_small_and_in_the_picture() -> None:
    path = land()
    assert len(path) < 20_000
    numbers = [float(one) for one in re.findall(r"-?\d+", path)]
    assert all(-5 <= x <= WIDTH + 5 for x in numbers[::2])
    assert all(-5 <= y <= HEIGHT + 5 for y in numbers[1::2])


def test_the_most_cited_cables(client: TestClient) -> None:
    page = client.get("/explore/cited").text
    assert "06OSTREL12" in shown(page)
    assert "THE FISH COMMISSION" in shown(page)
    assert "/search?q=cites%3A06OSTREL12" in links(page)
    assert TEXTS["cited_nothing"] in shown(client.get("/explore/cited?q=zeppelin").text)


def test_what_is_in_the_index_and_what_is_not(client_of: Callable[..., TestClient], tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "07TEZGARA1.txt").write_text("SUBJECT: SALT\n\n1. (C) Price of salt.\n", "utf-8")
    (corpus / "<b>.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9)
    update_index(tmp_path / "index", [corpus], workers=0)
    page = client_of(tmp_path / "index").get("/explore/index").text
    text = shown(page)
    assert "1 cable · 1 paragraph" in text
    assert "corpus/<b>.doc an office document" in text
    assert str(tmp_path) not in page


def test_when_everything_was_read_that_is_said(client: TestClient) -> None:
    assert TEXTS["contents_all_read"] in shown(client.get("/explore/index").text)
