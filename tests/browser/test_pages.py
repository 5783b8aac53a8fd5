"""What a person does on the pages, with the mouse, with keys alone, and without the script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from cablesearch import update_index
from tests.browser.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def query(page: Page) -> str:
    """Return the query in the address, which is the one in the box."""
    [found] = parse_qs(urlsplit(page.url).query)["q"]
    assert page.input_value("input[name=q]") == found
    return found


def search(page: Page, text: str) -> None:
    page.goto("/")
    page.fill("input[name=q]", text)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")


def test_a_search_from_the_first_page(page: Page) -> None:
    search(page, "democratic reform")
    assert page.locator(".state h1").inner_text().startswith("10 paragraphs")
    assert page.locator(".hit mark").count() > 10
    assert page.title() == "democratic reform · cablesearch"


def test_a_facet_in_and_out(page: Page) -> None:
    search(page, "commission")
    page.locator(".facets").get_by_role("link", name="Embassy Astana", exact=True).click()
    assert query(page) == 'commission origin:"Embassy Astana"'
    page.locator(".facets").get_by_role("link", name="Consulate Saltmere", exact=True).click()
    assert query(page) == 'commission origin:("Embassy Astana" OR "Consulate Saltmere")'
    page.locator(".chip a").click()
    assert query(page) == "commission"


def test_a_value_is_left_out(page: Page) -> None:
    search(page, "commission")
    before = int(page.locator(".state h1").inner_text().split()[0])
    page.get_by_role("link", name="leave out: Embassy Astana").click()
    assert query(page) == 'commission NOT origin:"Embassy Astana"'
    assert int(page.locator(".state h1").inner_text().split()[0]) < before


def test_the_timeline_narrows(page: Page) -> None:
    search(page, "commission")
    page.locator(".timeline a[aria-label^='2007']").click()
    assert query(page) == "commission date:2007"


def test_a_part_of_the_timeline_is_chosen_by_dragging(page: Page) -> None:
    search(page, "commission")
    first, last = (page.locator(f".timeline a[data-period='{year}']") for year in (2005, 2007))
    begin, end = first.bounding_box(), last.bounding_box()
    assert begin
    assert end
    page.mouse.move(begin["x"] + 4, begin["y"] + 20)
    page.mouse.down()
    page.mouse.move(begin["x"] + 14, begin["y"] + 30, steps=4)
    assert page.locator(".timeline .over").count() == 1
    page.mouse.move(end["x"] + 4, end["y"] + 20, steps=8)
    page.mouse.up()
    page.wait_for_url("**date*")
    assert query(page) == "commission date:2005..2007"
    assert page.locator(".timeline .over").count() == 0


def test_a_part_of_the_timeline_is_chosen_by_keys(page: Page) -> None:
    search(page, "commission")
    page.locator(".timeline summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("2004")
    page.keyboard.press("Tab")
    page.keyboard.type("2007-06")
    page.keyboard.press("Enter")
    page.wait_for_url("**date*")
    assert query(page) == "commission date:2004..2007-06"


def test_answers_appear_while_typing_settles_and_the_back_button_takes_them_back(page: Page) -> None:
    search(page, "commission")
    loaded = page.evaluate("performance.timeOrigin")
    page.locator(".choices a", has_text="oldest").click()
    loaded = page.evaluate("performance.timeOrigin")
    box = page.locator("[data-suggest]")
    box.fill("")
    box.press_sequentially("democratic", delay=20)
    page.wait_for_url("**q=democratic&sort=date")
    box.press_sequentially(" reform", delay=20)
    page.wait_for_url("**q=democratic+reform&sort=date")
    assert page.locator(".state h1").inner_text().startswith("10 paragraphs")
    assert page.title() == "democratic reform · cablesearch"
    assert box.evaluate("node => node === document.activeElement")
    assert page.locator("#said").inner_text().startswith("10 paragraphs")
    box.press_sequentially(" date:xyz", delay=5)
    page.wait_for_timeout(700)
    assert page.locator(".state h1").inner_text().startswith("10 paragraphs"), "a query that is half typed"
    page.go_back()
    page.wait_for_url("**q=commission&sort=date")
    page.locator(".hit", has_text="Commission").first.wait_for()
    assert query(page) == "commission"
    page.go_forward()
    page.locator(".hit mark", has_text="democratic").first.wait_for()
    assert query(page) == "democratic reform"
    assert page.evaluate("performance.timeOrigin") == loaded, "the page was never loaded anew"


def test_the_style_of_citations_is_remembered(page: Page) -> None:
    page.goto("/cable/07ASTANA48")
    page.select_option("select[name=style]", "nara")
    page.wait_for_url("**style=nara")
    cited = page.locator(".citing .citation").inner_text()
    assert cited != "Embassy Astana, 07ASTANA48, 8 January 2007, Confidential"
    assert page.context.cookies() == []
    page.goto("/cable/07ASTANA48")
    page.locator(".citing .citation", has_text=cited).wait_for()
    page.goto("/search?q=democratic+reform")
    page.locator(".citation", has_text="telegram").first.wait_for(state="attached")
    page.locator("[data-suggest]").fill("herring origin:Saltmere")
    page.wait_for_url("**q=herring*")
    page.locator(".citation", has_text="Telegram").first.wait_for(state="attached")
    assert page.locator(".citation", has_text="ASTANA").count() == 0, "they are of what is shown now"
    page.select_option("select[name=style]", "plain")
    page.wait_for_url("**style=plain")
    page.goto("/cable/07ASTANA48")
    assert page.locator(".citing .citation").inner_text().startswith("Embassy Astana, 07ASTANA48")


def test_words_are_compared_over_time(page: Page) -> None:
    page.goto("/explore")
    page.locator("input[name=w]").nth(0).fill("reform")
    page.locator("input[name=w]").nth(1).fill("fish")
    page.keyboard.press("Enter")
    page.wait_for_url("**w=reform&w=fish**")
    assert page.locator(".chart g.line").count() == 2
    page.locator(".chart a[aria-label^='fish, 2005']").click()
    page.wait_for_url("**/search?*")
    assert query(page) == "fish date:2005"


def test_a_post_on_the_map_narrows(page: Page) -> None:
    search(page, "commission")
    page.locator(".elsewhere").get_by_role("link", name="On a map").click()
    page.locator(".map a[aria-label^='Embassy Astana']").click()
    page.wait_for_url("**/search?*")
    assert query(page) == 'commission origin:"Embassy Astana"'


def test_the_text_as_it_was_transmitted_is_one_click_away(page: Page) -> None:
    page.goto("/cable/07ASTANA48")
    page.get_by_role("link", name="As transmitted").click()
    assert "C O R R E C T E D  C O P Y" in page.locator(".original").inner_text()


def test_the_back_button_goes_back_in_each_step(page: Page) -> None:
    search(page, "commission")
    page.locator(".facets").get_by_role("link", name="Embassy Astana", exact=True).click()
    page.locator(".hit .ref").first.click()
    page.wait_for_url("**/cable/**")
    page.go_back()
    assert query(page) == 'commission origin:"Embassy Astana"'
    page.go_back()
    assert query(page) == "commission"
    page.go_forward()
    assert query(page) == 'commission origin:"Embassy Astana"'


def test_a_permalink_shows_its_paragraph(page: Page) -> None:
    page.goto("/cable/2007%20ASTANA%2000048#6")
    assert page.url.endswith("/cable/07ASTANA48#6")
    paragraph = page.locator("[id='6']")
    assert paragraph.evaluate("node => node.matches(':target')")
    box = paragraph.bounding_box()
    header = page.locator(".top").bounding_box()
    assert box
    assert header
    assert header["height"] <= box["y"] < 900


def test_a_cable_leads_to_those_that_it_cites_and_back(page: Page) -> None:
    page.goto("/cable/07PORTVERITY310")
    page.locator(".cables a", has_text="05PORTVERITY1202").first.click()
    page.wait_for_url("**/cable/05PORTVERITY1202")
    page.locator(".cables a", has_text="07PORTVERITY310").first.click()
    page.wait_for_url("**/cable/07PORTVERITY310#*")


def test_it_is_used_by_keys_alone(page: Page) -> None:
    page.goto("/people")
    page.keyboard.press("/")
    page.keyboard.type("democratic reform")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator(".hit").nth(1).evaluate("node => node.classList.contains('here')")
    page.keyboard.press("o")
    page.wait_for_url("**/cable/07ASTANA48?q=democratic+reform#*")
    page.keyboard.press("n")
    marks = page.locator("main mark")
    first = marks.evaluate_all("nodes => nodes.findIndex(node => node.classList.contains('here'))")
    assert marks.nth(first).evaluate("node => node.closest('[data-hit]').matches(':target')"), "where one is"
    page.keyboard.press("n")
    assert marks.nth(first + 1).evaluate("node => node.classList.contains('here')")
    page.keyboard.press("p")
    assert marks.nth(first).evaluate("node => node.classList.contains('here')")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_matches_are_gone_through_with_the_mouse(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto("/cable/07ASTANA48?q=democratic+reform")
    marks = page.locator("main mark")
    for number in range(marks.count()):
        page.get_by_role("button", name="next match").click()
        assert marks.nth(number).evaluate("node => node.classList.contains('here')")
        assert marks.nth(number).evaluate(
            "node => document.elementFromPoint(node.getBoundingClientRect().x + 2,"
            " node.getBoundingClientRect().y + 4) === node"
        ), "it is not covered"
    page.get_by_role("button", name="previous match").click()
    assert marks.nth(marks.count() - 2).evaluate("node => node.classList.contains('here')")


def test_what_is_found_is_exported(page: Page) -> None:
    search(page, "democratic reform")
    with page.expect_download() as waiting:
        page.locator(".download").get_by_role("link", name="csv").click()
    assert waiting.value.suggested_filename == "cablesearch.csv"
    rows = waiting.value.path().read_text("utf-8-sig").splitlines()
    assert len(rows) >= 11
    assert "07ASTANA48#6" in "".join(rows)


def test_a_cable_is_exported(page: Page) -> None:
    page.goto("/cable/07ASTANA48")
    with page.expect_download() as waiting:
        page.locator(".citing").get_by_role("link", name="ris").click()
    text = waiting.value.path().read_text("utf-8")
    assert {line for line in text.splitlines() if line.startswith("ID")} == {"ID  - 07ASTANA48"}


def test_a_cable_on_paper_is_a_document(page: Page) -> None:
    page.goto("/cable/07ASTANA48?q=democratic+reform")
    page.emulate_media(media="print")
    for there in (".document h1", ".paragraph .number", ".facts"):
        assert page.locator(there).first.is_visible(), there
    for away in (
        ".top",
        ".bottom",
        ".matches",
        ".steps",
        ".cite summary",
        ".to-note",
        "button",
        "select",
        ".similar",
    ):
        assert page.locator(f"{away} >> visible=true").count() == 0, away
    assert page.locator(".document").evaluate("node => getComputedStyle(node).borderTopWidth") == "0px"


def test_every_control_is_reached_by_the_tab_key(page: Page) -> None:
    page.goto("/search?q=democratic+reform")
    reached = set()
    for _ in range(150):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('class')"))
        if "exclude" in reached:
            break
    assert {"skip", "name", "ref", "value", "exclude"} <= reached


def test_suggestions_are_chosen_by_keys(page: Page) -> None:
    page.goto("/")
    page.locator("input[name=q]").press_sequentially("reform origin:ast")
    page.locator(".suggestions li").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.locator("input[name=q]").get_attribute("aria-activedescendant")
    page.keyboard.press("Enter")
    assert page.input_value("input[name=q]") == 'reform origin:"Embassy Astana" '
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert page.locator(".state h1").inner_text() == "10 paragraphs"


def test_a_citation_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/search?q=democratic+reform")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.locator("text=Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "Embassy Astana, 07ASTANA48, 8 January 2007, Confidential, para. 1"
    page.goto("/cable/07ASTANA48")
    page.locator("p", has_text="#07ASTANA48").get_by_role("button").click()
    page.locator("text=Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "#07ASTANA48"


def test_a_person_is_corrected_and_that_is_taken_back(opened: Browser, tmp_path: Path) -> None:
    texts = {
        "07TEZGARA5": "President Viktor Orlan met Maren Dole.",
        "07TEZGARA6": "President Orlan was late.",
    }
    for id, text in texts.items():
        (tmp_path / f"{id}.txt").write_text(f"SUBJECT: SALT\n\n1. (C) {text}\n", "utf-8")
    update_index(tmp_path / "index", [tmp_path / f"{id}.txt" for id in texts], workers=0)
    with serving(tmp_path / "index") as address:
        for scripted in (True, False):
            with opened.new_context(base_url=address, java_script_enabled=scripted) as context:
                page = context.new_page()
                page.goto("/person?name=Viktor+Orlan")
                assert "2 paragraphs" in page.inner_text("main .lead")
                page.locator(".correct summary").click()
                page.get_by_role("button", name="not this person: Orlan").click()
                page.wait_for_url("**/person?name=Viktor+Orlan")
                assert "1 paragraph " in page.inner_text("main .lead")
                page.get_by_role("button", name="take back: Orlan").click()
                page.wait_for_url("**/person?name=Viktor+Orlan")
                assert "2 paragraphs" in page.inner_text("main .lead")


@pytest.fixture(params=[True, False], ids=["with the script", "without"])
def noted(opened: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of an index of one cable, in whose notebook there is nothing yet."""
    (tmp_path / "07TEZGARA5.txt").write_text(
        "SUBJECT: SALT\n\n1. (C) Salt is dear.\n\n2. (C) So is fish.\n", "utf-8"
    )
    update_index(tmp_path / "index", [tmp_path / "07TEZGARA5.txt"], workers=0)
    with (
        serving(tmp_path / "index") as address,
        opened.new_context(base_url=address, java_script_enabled=request.param) as context,
    ):
        yield context.new_page()


def test_a_note_is_written_found_and_taken_away(noted: Page) -> None:
    noted.goto("/search?q=fish")
    noted.get_by_role("link", name="Note: 07TEZGARA5#2").click()
    noted.get_by_label("Text").fill("which fish?\n\nask Ann")
    noted.get_by_label("Labels").fill("Trade, ref B")
    noted.get_by_label("Star").check()
    noted.get_by_role("button", name="Save").click()
    noted.wait_for_url("**/search?q=fish")
    assert "which fish?" in noted.inner_text("main .hit")
    noted.goto("/search?q=label%3A%22ref+b%22")
    assert noted.locator(".hit").count() == 1
    noted.goto("/notes?label=trade")
    noted.get_by_role("link", name="Note: 07TEZGARA5#2").click()
    noted.get_by_label("Text").fill("")
    noted.get_by_label("Labels").fill("")
    noted.get_by_label("Star").uncheck()
    noted.get_by_role("button", name="Save").click()
    noted.get_by_text("0 notes").wait_for()


def test_a_question_is_saved_asked_again_and_deleted(noted: Page) -> None:
    noted.goto("/search?q=fish+NOT+dear")
    noted.get_by_text("Save this question").click()
    noted.get_by_label("Name").fill("only fish")
    noted.get_by_role("button", name="Save").click()
    noted.wait_for_url("**/notes#questions")
    noted.goto("/search?q=query%3A%22only+fish%22")
    assert noted.locator(".hit").count() == 1
    noted.goto("/notes")
    noted.get_by_role("button", name="delete: only fish").click()
    noted.get_by_text("None are saved yet").wait_for()


def test_a_mistake_has_a_remedy_to_click(page: Page) -> None:
    page.goto("/search?q=orign%3AAstana+reform")
    page.locator("main a.query").click()
    assert query(page) == "origin:Astana reform"
    assert page.locator(".hit").count() == 10


def test_a_hostile_cable_does_nothing(page: Page) -> None:
    page.goto("/cable/09EVIL1?q=herring")
    assert page.title().startswith("09EVIL1 <script>")
    assert page.locator("main img, main script").count() == 0
    assert page.locator("main mark").count() >= 2
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1], "a long line does not widen the page"
    page.goto("/search?q=herring+origin%3A*+OR+esrever")
    assert "\u202e" not in page.content()


@pytest.mark.parametrize("width", [360, 800, 1440])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=*",
        "/cable/07PORTVERITY310",
        "/people",
        "/help",
        "/values?q=*&by=tag",
        "/cable/09EVIL1",
        "/cable/07ASTANA48?as=original",
        "/person?name=Nursultan+Nazarbayev",
        "/explore?w=reform&w=fish",
        "/explore/map",
        "/explore/cited",
        "/explore/index",
    ],
)
def test_nothing_is_wider_than_the_screen(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "path", ["/", "/search?q=commission", "/cable/07ASTANA48?q=reform", "/people", "/explore"]
)
def test_text_may_be_twice_as_large(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 640, "height": 900})
    page.goto(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "32px"


def test_text_is_written_from_the_side_where_it_begins(opened: Browser, tmp_path: Path) -> None:
    salt = "\u0645\u0644\u062d"
    text = f"SUBJECT: {salt}\n\n1. (C) {salt} is dear.\n\n2. (C) Dear is {salt}.\n"
    (tmp_path / "07TEZGARA5.txt").write_text(text, "utf-8")
    update_index(tmp_path / "index", [tmp_path / "07TEZGARA5.txt"], workers=0)
    with serving(tmp_path / "index") as address, opened.new_context(base_url=address) as context:
        page = context.new_page()
        for path in ("/cable/07TEZGARA5", "/search?q=*"):
            page.goto(path)
            sides = page.locator("main .text").evaluate_all(
                "all => all.map(one => getComputedStyle(one).direction)"
            )
            assert sorted(sides) == ["ltr", "rtl"]


def test_without_the_script_everything_is_there(opened: Browser, address: str) -> None:
    with opened.new_context(base_url=address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        page.fill("input[name=q]", "commission")
        page.click("main .box button")
        page.locator(".facets").get_by_role("link", name="Embassy Astana", exact=True).click()
        assert page.input_value("input[name=q]") == 'commission origin:"Embassy Astana"'
        page.locator(".cite summary").first.click()
        assert page.locator(".cite[open] .citation").first.is_visible()
        assert page.locator("[data-copy]:visible").count() == 0
        page.locator(".hit .ref").first.click()
        assert page.locator(".paragraph").count() == 10
        assert page.locator("main mark").count() > 0


def test_a_page_is_shown_from_one_page_and_one_style_sheet(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.goto("/search?q=reform")
    assert sorted(kind for kind in asked if kind not in ("other", "script", "image")) == [
        "document",
        "stylesheet",
    ]


@pytest.mark.parametrize("scripted", [True, False])
def test_a_folder_is_named_on_the_first_page_and_indexed(
    opened: Browser, tmp_path: Path, scripted: bool
) -> None:
    corpus = tmp_path / "cables"
    corpus.mkdir()
    for number in range(40):
        text = f"SUBJECT: SALT\n\n1. (C) Price of salt no. {number}.\n"
        (corpus / f"07TEZGARA{number}.txt").write_text(text, "utf-8")
    with (
        serving(tmp_path / "index") as address,
        opened.new_context(base_url=address, java_script_enabled=scripted) as context,
    ):
        page = context.new_page()
        page.goto("/")
        page.fill("input[name=path]", str(tmp_path / "nowhere"))
        page.keyboard.press("Enter")
        assert "give its whole path" in page.locator("[role=alert]").inner_text()
        page.fill("input[name=path]", str(corpus))
        page.click("text=Index it")
        page.locator("main .box input[name=q]").wait_for(timeout=60_000)
        assert "40 cables" in page.inner_text("main")
        search(page, "salt")
        assert page.locator(".hit").count() == 20


def test_an_index_that_appears_and_changes_while_it_is_served(opened: Browser, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    with serving(tmp_path / "index") as address, opened.new_context(base_url=address) as context:
        page = context.new_page()
        page.goto("/")
        assert "cablesearch index PATH" in (page.text_content("main") or "")
        for number, word in enumerate(("pepper", "cumin"), 1):
            (corpus / f"07TEZGARA{number}.txt").write_text(
                f"SUBJECT: SALT\n\n1. (C) Price of {word}.\n", "utf-8"
            )
            update_index(tmp_path / "index", [corpus], workers=0)
            search(page, "price")
            assert page.locator(".hit").count() == number
