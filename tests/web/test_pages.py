"""The pages: what they show, whatever is in the cables."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cablesearch import update_index
from cablesearch.web.cable_page import source_name
from cablesearch.web.citing import styles
from cablesearch.web.rendering import TEXTS
from tests.web.conftest import PAGE


def links(text: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'href="([^"]*)"', text)]


def shown(text: str) -> str:
    """Return the text of a page, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text.partition("<main")[2])).split())


def test_a_search_shows_ranked_paragraphs(client: TestClient) -> None:
    page = client.get("/search", params={"q": "price salt"}).text
    text = shown(page)
    assert "3 paragraphs with every word" in text
    assert "07TEZGARA5 #1 2007-01-08 Embassy Tezgara Confidential (C) Confidential Summary" in text
    assert "<mark>price</mark> of <mark>salt</mark>" in page
    assert "/cable/07TEZGARA5?q=price+salt#1" in links(page)
    assert "Embassy Tezgara, &#34;SALT AND DEMOCRATIC REFORM&#34;, 07TEZGARA5" in page


def test_partial_matches_are_set_apart(client: TestClient) -> None:
    text = shown(client.get("/search", params={"q": "price reform"}).text)
    assert TEXTS["partial_after"] in text
    text = shown(client.get("/search", params={"q": "compliments fish"}).text)
    assert TEXTS["partial_alone"] in text


def test_a_facet_narrows_and_is_taken_out_again(client: TestClient) -> None:
    page = client.get("/search", params={"q": "fish"}).text
    narrowed = "/search?q=fish+origin%3A%22Embassy+Tezgara%22"
    assert narrowed in links(page)
    page = client.get(narrowed).text
    assert 'value="fish origin:&#34;Embassy Tezgara&#34;"' in page
    assert "Mission Ostrel 2" in shown(page), "another value can be added"
    assert "/search?q=fish" in links(page)
    assert "/search?q=fish+origin%3A%28%22Embassy+Tezgara%22+OR+%22Mission+Ostrel%22%29" in links(page)


def test_people_are_counted_with_a_search(client: TestClient) -> None:
    person = "/search?q=salt+person%3A%22Maren+Dole%22"
    assert person in links(client.get("/search?q=salt").text)
    assert person in links(client.get("/values?q=salt&by=person").text)
    assert "/search?q=person%3A%22Maren+Dole%22" in links(client.get("/search?q=*").text)


def test_a_value_is_left_out(client: TestClient) -> None:
    page = client.get("/search", params={"q": "fish"}).text
    without = "/search?q=fish+NOT+origin%3A%22Embassy+Tezgara%22"
    assert without in links(page)
    page = client.get(without).text
    assert "07TEZGARA5" not in page.partition("<aside")[0]
    assert "2 paragraphs" in shown(page)
    assert TEXTS["excluded"] in shown(page)
    assert "/search?q=fish" in links(page)


def test_the_timeline_narrows_to_a_period(client: TestClient) -> None:
    page = client.get("/search", params={"q": "salt"}).text
    assert "/search?q=salt+date%3A2007-01" in links(page)
    assert "2006-11: 1 paragraph" in page
    page = client.get("/search?q=salt+date%3A2007-01").text
    assert "/search?q=salt+date%3A2007-01-08" in links(page)


@pytest.mark.parametrize("sort", ["relevance", "date", "-date", "cited"])
@pytest.mark.parametrize("group", ["", "cable"])
def test_every_state_is_an_address(client: TestClient, sort: str, group: str) -> None:
    page = client.get("/search", params={"q": "salt", "sort": sort, "group": group})
    assert page.status_code == 200
    assert 'aria-current="true">' + TEXTS[f"sort_{sort}"] in page.text
    assert 'aria-current="true">' + TEXTS["by_cable" if group else "by_paragraph"] in page.text
    others = [link for link in links(page.text) if link.startswith("/search?q=salt+")]
    assert all(("sort=" in link) == (sort != "relevance") for link in others)


def test_pages_go_on_to_the_last_hit(client: TestClient) -> None:
    page = client.get("/search", params={"q": "*", "page": "2"})
    assert page.status_code == 200
    assert TEXTS["no_more"] in shown(page.text)
    assert client.get("/search?q=salt&page=999999999999999999999").status_code == 200
    assert client.get("/search?q=salt&page=%D9%A3").status_code == 200


def test_a_mistake_is_explained_with_its_remedy(client: TestClient) -> None:
    page = client.get("/search", params={"q": "salt orign:Ostrel"})
    assert page.status_code == 400
    assert "no field 'orign': did you mean origin?" in shown(page.text)
    assert "/search?q=salt+origin%3AOstrel" in links(page.text)


def test_nothing_found_says_what_helps(client: TestClient) -> None:
    page = client.get("/search", params={"q": 'zeppelin origin:"Mission Ostrel"'})
    assert page.status_code == 200
    assert TEXTS["nothing_found_lead"] in shown(page.text)
    assert "/search?q=zeppelin" in links(page.text)


def test_a_cable_has_its_facts_and_what_belongs_to_it(client: TestClient) -> None:
    page = client.get("/cable/07TEZGARA5").text
    text = shown(page)
    for part in ("PGOV", "2007-01-08 12:31", "Embassy Tezgara", "MARCHETANE", "(S/NF) Secret, noforn"):
        assert part in text
    assert 'id="2" data-hit' in page
    assert "/cable/06OSTREL12" in links(page)
    assert "THE FISH COMMISSION" in text
    cited = client.get("/cable/06OSTREL12").text
    assert {"/cable/07TEZGARA5#2", "/cable/07TEZGARA6#3"} <= {*links(cited)}


def test_the_words_searched_for_are_marked_in_a_cable(client: TestClient) -> None:
    page = client.get("/cable/07TEZGARA5", params={"q": "price fish"}).text
    assert "The <mark>price</mark> of <mark>fish</mark>" in page
    assert client.get("/cable/07TEZGARA5", params={"q": "orign:x"}).status_code == 200


@pytest.mark.parametrize("spelling", ["07 TEZGARA 000005", "2007tezgara5", "07tezgara5", "1 07TEZGARA5"])
def test_any_spelling_leads_to_the_cable(client: TestClient, spelling: str) -> None:
    answer = client.get(f"/cable/{spelling}", params={"q": "salt"})
    if spelling.startswith("1 "):
        assert answer.status_code == 404
    else:
        assert (answer.status_code, answer.headers["location"]) == (307, "/cable/07TEZGARA5?q=salt")


def test_a_paragraph_in_an_address_stays_there(client: TestClient) -> None:
    assert client.get("/cable/07%20Tezgara%205%232").headers["location"] == "/cable/07TEZGARA5#2"


def test_a_cable_as_text(client: TestClient) -> None:
    answer = client.get("/cable/07TEZGARA5?as=text")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "\n2. (S/NF) Democratic reform is near, says Minister Ivo Quell" in answer.text
    text = client.get("/cable/07TEZGARA6?as=text").text
    assert '<b>SALT</b> & "PEPPER" <script>' in text
    assert "\x1b" not in text


def test_a_source_is_named_without_its_place_on_the_disk(client: TestClient, index: Path) -> None:
    page = client.get("/cable/07TEZGARA5").text
    assert "corpus/07TEZGARA5.txt" in shown(page)
    assert str(index.parent) not in page


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("/home/quell/cables/2007/a.zip!b.txt", "cables/2007/a.zip!b.txt"),
        ("/home/quell/cables.zip!b.txt", "cables.zip!b.txt"),
        ("/home/quell/cables.csv#3", "cables.csv#3"),
        ("/srv/old/a.txt", "old/a.txt"),
        ("/elsewhere/a.txt", "a.txt"),
        ("a.txt", "a.txt"),
        ("", ""),
    ],
)
def test_names_of_sources(source: str, name: str) -> None:
    sources = ["/home/quell/cables", "/home/quell/cables.zip", "/home/quell/cables.csv", "/srv/old"]
    assert source_name(source, map(Path, sources)) == name


def test_the_exchange_stands_on_the_page_as_a_tree(client: TestClient) -> None:
    page = client.get("/cable/07TEZGARA5").text
    tree = page.partition('<section class="thread')[2].partition("</section>")[0]
    assert re.findall(r"<ul>|</ul>|0[67][A-Z]+\d+(?=<)", tree) == [
        *("<ul>", "06OSTREL12", "<ul>", "07TEZGARA5", "07TEZGARA6", "</ul>", "</ul>")
    ]
    assert "2006-11-02" in tree


def test_the_text_as_it_was_transmitted(
    client: TestClient, client_of: Callable[..., TestClient], index: Path
) -> None:
    assert "/cable/07TEZGARA6?as=original" in links(client.get("/cable/07TEZGARA6").text)
    page = client.get("/cable/07TEZGARA6?as=original").text
    assert "P 081231Z JAN 07\nFM AMEMBASSY TEZGARA\n" in page
    assert_harmless(page)
    hidden = client_of(index, redact=True)
    assert "/cable/07TEZGARA6?as=original" not in links(hidden.get("/cable/07TEZGARA6").text)
    assert hidden.get("/cable/07TEZGARA6?as=original").status_code == 403


def test_a_text_whose_file_is_gone_is_said(client_of: Callable[..., TestClient], tmp_path: Path) -> None:
    file = tmp_path / "06OSTREL12.html"
    file.write_text(
        PAGE.format(id="06OSTREL12", created="2006-11-02 09:00", level="SECRET", origin="Mission Ostrel"),
        "utf-8",
    )
    update_index(tmp_path / "index", [file], workers=0)
    file.unlink()
    answer = client_of(tmp_path / "index").get("/cable/06OSTREL12?as=original")
    assert answer.status_code == 404
    assert TEXTS["no_original"] in shown(answer.text)


def test_citations_in_a_style(client: TestClient) -> None:
    styled = client.get("/cable/07TEZGARA5?style=chicago").text
    if "chicago" not in styles():
        pytest.skip("citeproc-py is not installed")
    assert '<option value="chicago" selected>' in styled
    assert "Embassy Tezgara, “Salt and Democratic Reform" in unescape(styled) or "“SALT AND" in unescape(
        styled
    )
    page = client.get("/search?q=salt&style=nara").text
    assert "/cable/07TEZGARA5?q=salt&style=nara#1" in links(page)
    assert "/api/export?q=salt&format=csv&style=nara" in links(page)
    assert all("style=nara" in link for link in links(page) if link.startswith("/search?q=salt+"))
    assert client.get("/cable/07TEZGARA5?style=nonsense").status_code == 200


def test_a_cable_that_is_not_here(client: TestClient) -> None:
    answer = client.get("/cable/09NOWHERE1")
    assert answer.status_code == 404
    assert "09NOWHERE1 is not in the index" in shown(answer.text)


def test_people_and_a_person(client: TestClient) -> None:
    page = client.get("/people").text
    assert "/person?name=Maren+Dole" in links(page)
    assert TEXTS["nobody_found"] in shown(client.get("/people?find=xyz").text)
    page = client.get("/person?name=Dole").text
    assert "Maren Dole 1 paragraph · 1 cable" in shown(page)
    assert client.get("/person?name=Nobody+Atall").status_code == 404


def test_values_are_found_by_a_part(client: TestClient) -> None:
    text = shown(client.get("/values?q=*&by=origin&find=ostr").text)
    assert "Mission Ostrel" in text
    assert "Embassy Tezgara" not in text
    assert client.get("/values?q=*&by=nonsense").status_code == 404


def test_the_examples_of_the_help_find_something(client: TestClient) -> None:
    page = client.get("/help").text
    examples = [link for link in links(page) if link.startswith("/search?q=")]
    assert len(examples) > 4
    for example in examples:
        assert TEXTS["nothing_found"] not in client.get(example).text, example


def test_the_first_page_shows_what_is_there(client: TestClient) -> None:
    assert "3 cables · 9 paragraphs" in shown(client.get("/").text)
    assert client.get("/search").headers["location"] == "/"


@pytest.mark.parametrize("origin", ['Mission "Ostrel" B', "Mission “Ostrel” B"])
def test_links_to_a_value_with_quotation_marks_find_it(
    client_of: Callable[..., TestClient], tmp_path: Path, origin: str
) -> None:
    page = PAGE.format(id="06OSTREL12", created="2006-11-02 09:00", level="SECRET", origin=origin)
    (tmp_path / "06OSTREL12.html").write_text(page, "utf-8")
    update_index(tmp_path / "index", [tmp_path / "06OSTREL12.html"], workers=0)
    client = client_of(tmp_path / "index")
    for address in ("/", "/cable/06OSTREL12", "/help"):
        found = [link for link in links(client.get(address).text) if link.startswith("/search?q=origin")]
        assert found
        for link in found:
            assert "2 paragraphs" in shown(client.get(link).text), link


def test_without_an_index_a_page_says_how_to_make_one(client_of: object, tmp_path: Path) -> None:
    assert callable(client_of)
    client = client_of(tmp_path / "none")
    page = client.get("/")
    assert page.status_code == 503
    assert "cablesearch index PATH" in shown(page.text)
    assert client.get("/api/info").json()["status"] == 503
    assert client.get("/static/style.css").status_code == 200


ADDRESSES = (
    "/", "/search?q=salt", "/search?q=salt&group=cable", "/search?q=*", "/values?q=*&by=person", "/help",
    "/cable/07TEZGARA6", "/cable/07TEZGARA6?q=salt", "/cable/06OSTREL12", "/people",
    "/person?name=Maren+Dole", "/explore", "/explore?w=salt&w=<b>&by=month", "/explore/map",
    "/explore/map?q=salt", "/explore/cited", "/explore/index",
)  # fmt: skip


class Markup(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))


def assert_harmless(page: str) -> None:
    for tag, attributes in Markup(page).elements:
        assert tag not in ("img", "iframe", "object", "embed", "base")
        if tag == "script":
            assert attributes["src"].startswith("/static/script.js")
        assert not any(name.startswith("on") or name == "style" for name in attributes), attributes
        for name in ("href", "src", "action"):
            address = attributes.get(name, "/")
            assert address.startswith(("/", "#")), address
            assert not address.startswith("//")
    assert "\x1b" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_a_cable_says_never_becomes_markup(client: TestClient, address: str) -> None:
    assert_harmless(client.get(address).text)


def test_what_a_cable_says_is_shown_as_it_is(client: TestClient) -> None:
    page = client.get("/cable/07TEZGARA6").text
    assert "&lt;b&gt;SALT&lt;/b&gt; &amp; &#34;PEPPER&#34; &lt;script&gt;" in page
    assert "&lt;script&gt;alert(&#39;salt&#39;)&lt;/script&gt; &lt;img src=x onerror=alert(1)&gt;" in page
    assert "␛[31m red \\u202eesrever\\u202c." in page
    assert "{{ 7 * 7 }} {% raw %} price" in page


@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script>", "\"'><img src=x>", "\u202esalt", "{{7*7}}", "&lt;b&gt;"]
)
def test_what_is_asked_never_becomes_markup(client: TestClient, query: str) -> None:
    for address in ("/search", "/people", "/cable/07TEZGARA5", "/values"):
        page = client.get(address, params={"q": query, "find": query, "by": "origin"}).text
        assert_harmless(page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_needs_one_style_sheet_and_nothing_from_elsewhere(client: TestClient, address: str) -> None:
    page = client.get(address).text
    assert page.count('rel="stylesheet"') == 1
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert " style=" not in page
    assert not re.findall(r"\son[a-z]+=\"", page)
    assert len(page) < 100_000


def test_every_label_is_used_and_every_text_is_a_label() -> None:
    folder = Path(__file__).parents[2] / "cablesearch" / "web"
    sources = "".join(file.read_text("utf-8") for file in [*folder.glob("templates/*"), *folder.glob("*.py")])
    used = {*re.findall(r"\bt\.(\w+)", sources)}
    assert used <= {*TEXTS}
    made = (
        "building_",
        "corrected_",
        "edit_",
        "explore_",
        "by_",
        "style_",
        "sort_",
        "facet_",
        "kind_",
        "timeline_by_",
        "status_",
        "refused_",
    )
    nouns = {key for key in TEXTS if key.endswith(("_one", "_many"))}
    others = {key for key in TEXTS if key not in used | nouns and not key.startswith(made)}
    assert {key for key in others if f'TEXTS["{key}"]' not in sources} == set()


def test_the_script_is_small() -> None:
    folder = Path(__file__).parents[2] / "cablesearch" / "web" / "static"
    assert (folder / "script.js").stat().st_size < 30_000
