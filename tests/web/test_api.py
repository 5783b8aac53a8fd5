"""The HTTP API: the JSON of docs/json.md, and errors as problem+json."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cablesearch import open_index
from cablesearch.export import unlimited_formats


def test_it_answers_what_the_python_api_answers(client: TestClient, index: Path) -> None:
    with open_index(index) as cables:
        expected = {
            "/api/search?q=salt&limit=3": cables.search("salt", limit=3).as_dict(),
            "/api/search?q=salt&sort=date&offset=1": cables.search("salt", sort="date", offset=1).as_dict(),
            "/api/cable/07%20tezgara%205": cables.cable("07TEZGARA5").as_dict()
            | {"source": "corpus/07TEZGARA5.txt"},
            "/api/facets?q=salt&by=origin,year": cables.facets("salt", ["origin", "year"]).top(10).as_dict(),
            "/api/timeline?q=salt&by=month": cables.timeline("salt", "month").as_dict(),
            "/api/people": cables.people().top(100).as_dict(),
            "/api/person?name=Dole": cables.person("Dole").as_dict(),
            "/api/cited/06OSTREL12": cables.citations("06OSTREL12").as_dict(),
            "/api/thread/06OSTREL12?steps=2": cables.thread("06OSTREL12", steps=2).as_dict(),
            "/api/similar?id=07TEZGARA5%231": cables.similar("07TEZGARA5#1").as_dict(),
            "/api/explain?q=salt": {"query": "salt", "lines": cables.explain("salt")},
            "/api/explain?q=salt&id=07TEZGARA5%231": {
                "query": "salt",
                "lines": cables.explain_hit("salt", "07TEZGARA5#1"),
            },
        }
    for address, answer in expected.items():
        found = client.get(address).json()
        found.pop("next", None)
        assert found == answer, address


def test_one_paragraph(client: TestClient) -> None:
    found = client.get("/api/paragraph/07TEZGARA5%232").json()
    assert [one["id"] for one in found["paragraphs"]] == ["07TEZGARA5#2"]
    assert client.get("/api/paragraph/07TEZGARA5%2399").status_code == 404
    assert client.get("/api/paragraph/07TEZGARA5").status_code == 404


def test_hits_are_grouped(client: TestClient) -> None:
    found = client.get("/api/search?q=salt&group=true&per_cable=1").json()
    assert [one["id"] for one in found["cables"]] == [one["cable"] for one in found["hits"]]


@pytest.mark.parametrize("asked", ["sort=date", "per_cable=1", "", "group=true&sort=cited"])
@pytest.mark.parametrize("by_link", [True, False])
def test_pages_go_on_to_the_last_hit(client: TestClient, asked: str, by_link: bool) -> None:
    address = first = f"/api/search?q=salt+fish&limit=2&{asked}"
    seen: list[str] = []
    while address:
        answer = client.get(address)
        found = answer.json()
        seen += [hit["id"] for hit in found["hits"]]
        link = answer.headers.get("link", "").partition("<")[2].partition(">")[0]
        assert bool(link) == (found["next"] is not None)
        address = link if by_link or not found["next"] else f"{first}&cursor={found['next']}"
    whole = client.get(f"/api/search?q=salt+fish&limit=100&{asked}").json()
    assert seen == [hit["id"] for hit in whole["hits"]]
    assert len(seen) > 2
    assert whole["next"] is None


@pytest.mark.parametrize(
    "cursor", ["x", "é", "W10", "bnVsbA", "WzEsMiwzXQ", "W" * 400, "WzEsICIxMmQ5ZGY5OGI2NzFhYzUyIiwgIngiXQ"]
)
def test_what_is_no_cursor_is_refused(client: TestClient, cursor: str) -> None:
    answer = client.get("/api/search", params={"q": "salt", "cursor": cursor})
    assert answer.status_code == 400
    assert "begin without one" in answer.json()["detail"]


@pytest.mark.parametrize("other", ["q=fish", "q=salt&sort=date", "q=salt&limit=3", "q=salt&per_cable=2"])
def test_a_cursor_is_good_for_its_own_question(client: TestClient, other: str) -> None:
    cursor = client.get("/api/search?q=salt&limit=2").json()["next"]
    assert client.get(f"/api/search?q=salt&limit=2&cursor={cursor}").status_code == 200
    assert client.get(f"/api/search?limit=2&{other}&cursor={cursor}").status_code == 400


def test_the_index_is_told(client: TestClient) -> None:
    found = client.get("/api/info").json()
    assert (found["cables"], found["paragraphs"], found["engine"]) == (3, 9, "whoosh")
    assert found["sources"] == ["corpus"]  # where it is on the disk is not told


@pytest.mark.parametrize(
    ("address", "status", "detail"),
    [
        ("/api/search?q=orign:x", 400, "no field 'orign': did you mean origin?"),
        ("/api/search", 422, "q: Field required"),
        ("/api/search?q=salt&limit=1000", 422, "limit: Input should be less than or equal to 100"),
        ("/api/search?q=salt&sort=size", 422, "sort: Input should be"),
        ("/api/facets?by=size", 400, "nothing is counted by 'size'"),
        ("/api/cable/09NOWHERE1", 404, "09NOWHERE1 is not in the index"),
        ("/api/person?name=Xyz", 404, "nobody is called Xyz here"),
        ("/api/cited/09NOWHERE1", 404, "nothing cites it"),
        ("/api/thread/09NOWHERE1", 404, "not in the index"),
        ("/api/similar?id=09NOWHERE1", 404, "not in the index"),
        ("/api/nothing", 404, "no such page"),
        ("/api/export?q=zeppelin", 404, "nothing to export"),
        ("/api/export?q=salt&format=exe", 422, "format: Input should be"),
        ("/api/export?q=orign:x", 400, "no field 'orign'"),
    ],
)
def test_an_error_is_a_problem_with_its_remedy(
    client: TestClient, address: str, status: int, detail: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["type"]) == (status, "about:blank")
    assert detail in problem["detail"]


def test_a_mistyped_field_comes_with_the_better_query(client: TestClient) -> None:
    assert client.get("/api/search?q=salt orign:x").json()["better"] == "salt origin:x"


def test_an_answer_that_is_known_is_not_sent_again(client: TestClient) -> None:
    for address in ("/api/search?q=salt", "/search?q=salt", "/cable/07TEZGARA5"):
        answer = client.get(address)
        tag = answer.headers["etag"]
        for known in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
            again = client.get(address, headers={"if-none-match": known})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == tag
        for known in ('"other"', "", tag[:-1] + '0"', f"x{tag}"):
            assert client.get(address, headers={"if-none-match": known}).status_code == 200
    assert "etag" not in client.get("/cable/09NOWHERE1").headers


@pytest.mark.parametrize("format", sorted({*unlimited_formats()} - {"graphml", "sqlite"}))
def test_everything_found_is_exported(client: TestClient, format: str) -> None:
    answer = client.get("/api/export", params={"q": "salt", "format": format})
    if answer.status_code == 500:
        assert "pip install" in answer.json()["detail"]  # of the extra
        return
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    assert len(answer.content) > 100


def test_an_export_links_to_the_pages(client: TestClient) -> None:
    text = client.get("/api/export?q=price").content.decode("utf-8-sig")
    rows = [*csv.DictReader(io.StringIO(text))]
    assert len(rows) == 3
    assert "http://127.0.0.1:8000/cable/07TEZGARA5#1" in {row["link"] for row in rows}


@pytest.mark.parametrize(
    ("typed", "query", "kind"),
    [
        ("comm", "commission", "word"),
        ("salt mar", 'salt person:"Maren Dole" ', "person"),
        ("salt dol", 'salt person:"Maren Dole" ', "person"),
        ("ostr", 'origin:"Mission Ostrel" ', "origin"),
        ("salt origin:Os", 'salt origin:"Mission Ostrel" ', "origin"),
        ('origin:"Mission O', 'origin:"Mission Ostrel" ', "origin"),
        ("NOT origin:emb", 'NOT origin:"Embassy Tezgara" ', "origin"),
        ("salt (pg", 'salt (tag:"PGOV" ', "tag"),
        ("cla", "classification:", "field"),
        ("kind:su", 'kind:"summary" ', "kind"),
    ],
)
def test_what_is_typed_is_completed(client: TestClient, typed: str, query: str, kind: str) -> None:
    found = client.get("/api/suggest", params={"q": typed}).json()["suggestions"]
    assert (query, kind) in [(one["query"], one["kind"]) for one in found]


@pytest.mark.parametrize(
    "typed", ["", " ", "s", "salt ", "nofield:sa", '"salt"', "(((", '"' * 300, "a:" * 500, "€"]
)
def test_what_cannot_be_completed_is_not(client: TestClient, typed: str) -> None:
    answer = client.get("/api/suggest", params={"q": typed})
    assert (answer.status_code, answer.json()["suggestions"]) == (200, [])


def test_the_description_needs_nothing_from_elsewhere(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert {path.partition("{")[0] for path in described["paths"]} >= {
        "/api/search",
        "/api/cable/",
        "/api/export",
    }
    assert "HTTPValidationError" not in described["components"]["schemas"]
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404


def test_how_many_citations_lead_to_a_cable(client: TestClient, index: Path) -> None:
    found = client.get("/api/info").json()
    with open_index(index) as cables:
        assert (found["references"], found["resolved"]) == cables.references
    assert found["references"] > 0


@pytest.mark.parametrize("address", ["/api/cable/06OSTREL12", "/api/paragraph/06OSTREL12%231"])
def test_the_source_of_a_cable_does_not_say_where_it_is_on_the_disk(client: TestClient, address: str) -> None:
    assert client.get(address).json()["source"] == "corpus/06OSTREL12.html"
