"""Collections on the pages and in the HTTP API."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from starlette.testclient import TestClient

from cablesearch import update_index
from cablesearch.engines import LOCAL
from tests.web.conftest import TEXTS, write_corpus

NARA = "/search?q=fish+collection%3A%22NARA%22"
WITHOUT = "/search?q=fish+NOT+collection%3A%22NARA%22"


def links(page: str) -> set[str]:
    return {unescape(address) for address in re.findall(r'href="([^"]*)"', page)}


@pytest.fixture(scope="module", params=LOCAL)
def several(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    client_of: Callable[..., TestClient],
) -> TestClient:
    """A client of an index of two collections that both have 07TEZGARA5."""
    folder = tmp_path_factory.mktemp("several")
    one = write_corpus(folder / "one")
    two = write_corpus(folder / "two", {"07TEZGARA5": TEXTS["07TEZGARA5"]}, {})
    index = folder / "index"
    update_index(index, [f"NARA={one}", f"second={two}"], engine=request.param, workers=0)
    return client_of(index)


def test_a_search_is_narrowed_to_a_collection_or_to_the_others(several: TestClient) -> None:
    assert {NARA, WITHOUT} <= links(several.get("/search?q=fish").text)
    assert "/search?q=fish" in links(several.get(NARA).text)
    assert "07TEZGARA5" not in several.get(WITHOUT).text
    assert NARA in links(several.get("/values?q=fish&by=collection").text)


def test_one_collection_narrows_nothing(client: TestClient) -> None:
    assert "collection" not in "".join(links(client.get("/search?q=fish").text))
    assert "collection" not in "".join(links(client.get("/explore/index").text))


def test_a_cable_names_its_collections(several: TestClient) -> None:
    found = links(several.get("/cable/07TEZGARA5").text)
    assert {"/search?q=collection%3A%22NARA%22", "/search?q=collection%3A%22second%22"} <= found
    assert "/search?q=collection%3A%22second%22" in links(several.get("/explore/index").text)


def test_the_api_counts_by_collection(several: TestClient) -> None:
    counts = several.get("/api/facets?q=*&by=collection").json()["facets"]["collection"]
    info = several.get("/api/info").json()
    assert counts == info["facets"]["collection"] == {"NARA": 9, "second": 4}
    assert (info["names"], info["collections"]) == (["NARA", "second"], {"NARA": 3, "second": 1})
    hits = several.get("/api/search?q=collection:second").json()["hits"]
    assert {(hit["cable"], *hit["collections"]) for hit in hits} == {("07TEZGARA5", "NARA", "second")}
