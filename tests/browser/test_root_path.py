"""The pages in a folder of a site: the script, too, asks and leads nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = "/cables"


@pytest.fixture
def page(opened: Browser, index: Path) -> Iterator[Page]:
    """A page whose requests all stay below the root path."""
    with (
        serving(index, root_path=ROOT) as address,
        opened.new_context(base_url=address, viewport={"width": 1280, "height": 900}) as context,
    ):
        made = context.new_page()
        asked: list[str] = []
        made.on("request", lambda request: asked.append(request.url))
        yield made
        assert [url for url in asked if not url.startswith(f"{address}{ROOT}/")] == []


def test_suggestions_and_answers_while_typing_settles(page: Page) -> None:
    page.goto(f"{ROOT}/")
    box = page.locator("[data-suggest]")
    box.press_sequentially("reform origin:ast")
    page.locator(".suggestions li").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{ROOT}/search?q=reform+origin*")
    box.fill("")
    box.press_sequentially("democratic reform", delay=20)
    page.wait_for_url(f"**{ROOT}/search?q=democratic+reform")
    page.locator(".hit mark", has_text="democratic").first.wait_for()
    page.go_back()
    page.wait_for_url(f"**{ROOT}/search?q=reform+origin*")


def test_the_timeline_and_the_style_of_citations(page: Page) -> None:
    page.goto(f"{ROOT}/search?q=commission")
    first, last = (page.locator(f".timeline a[data-period='{year}']").bounding_box() for year in (2005, 2007))
    assert first
    assert last
    page.mouse.move(first["x"] + 4, first["y"] + 20)
    page.mouse.down()
    page.mouse.move(last["x"] + 4, last["y"] + 20, steps=8)
    page.mouse.up()
    page.wait_for_url(f"**{ROOT}/search?q=commission+date%3A2005..2007")
    page.goto(f"{ROOT}/cable/2007%20astana%2048")
    page.select_option("select[name=style]", "nara")
    page.wait_for_url(f"**{ROOT}/cable/07ASTANA48?style=nara")
    page.goto(f"{ROOT}/search?q=democratic+reform")
    page.locator(".citation", has_text="telegram").first.wait_for(state="attached")
