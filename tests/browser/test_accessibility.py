"""No page has a fault that axe-core knows, as wide as a phone and as a desk, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from docs.screenshots import PAGES
from tests.browser.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATHS = PAGES | {
    "evil": "/cable/09EVIL1?q=herring",
    "no-such-page": "/values?q=*&by=nonsense",
    "too-large": f"/search?q={'a' * 20_000}",
    "mistake-in-parentheses": "/search?q=(salt",
}
COLOURS = {"runOnly": ["color-contrast"]}


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server without an index."""
    with serving(tmp_path_factory.mktemp("none") / "index") as found:
        yield found


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("name", [*PATHS, "first-run"])
def test_no_page_has_a_fault(opened: Browser, address: str, first_run: str, name: str, width: int) -> None:
    base, path = (first_run, "/") if name == "first-run" else (address, PATHS[name])
    with opened.new_context(base_url=base, viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.goto(path)
        assert faults(page) == []
        page.emulate_media(color_scheme="dark")
        assert faults(page, COLOURS) == []


def test_what_the_script_opens_has_no_fault(page: Page) -> None:
    page.goto("/")
    page.locator("input[name=q]").press_sequentially("reform origin:ast")
    page.locator(".suggestions li").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert faults(page) == []
    page.goto("/search?q=reform")
    page.keyboard.press("j")
    page.keyboard.press("?")
    page.locator("#keys").wait_for()
    assert faults(page) == []


def faults(page: Page, options: dict[str, list[str]] | None = None) -> list[str]:
    """Return what axe-core finds, each with the elements that it is about."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['help']}: {[node['html'][:200] for node in one['nodes'][:4]]}" for one in found]
