"""The pages in a browser: `make test-web`, which sets BROWSER_TESTS."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cablesearch import update_index
from tests.browser.serving import browser, chromium, serving, write_notes

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CORPUS = Path(__file__).parents[2] / "corpus"
SECONDS = 10  # that a step may take
_TAKE = "document.title='taken'"
EVIL = (
    f"SUBJECT: <script>{_TAKE}</script> HERRING\n\n"
    f'1. (C) Herring <script>{_TAKE}</script> <img src=http://evil.example/x onerror="{_TAKE}">'
    " \x1b[31m \u202eesrever \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627\n\n"
    f"2. (C) herring {'y' * 1_000_000}\n"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests of this folder where they cannot run, and say why."""
    if not os.environ.get("BROWSER_TESTS"):
        reason = "they run by: make test-web"
    elif not find_spec("playwright"):
        reason = "Playwright is not installed: make test-web installs it"
    elif not chromium():
        reason = "there is no Chromium (Debian: apt-get install chromium)"
    else:
        return
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    (folder / "09EVIL1.txt").write_text(EVIL, "utf-8")
    update_index(folder / "index", [CORPUS, folder / "09EVIL1.txt"], workers=0)
    write_notes(folder / "index")
    return folder / "index"


@pytest.fixture(scope="session")
def address(index: Path) -> Iterator[str]:
    with serving(index) as found:
        yield found


@pytest.fixture(scope="session")
def opened() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture
def page(opened: Browser, address: str) -> Iterator[Page]:
    """A page whose requests all stay with the server, and on which no script fails."""
    with opened.new_context(base_url=address, viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(SECONDS * 1_000)
        asked: list[str] = []
        failed: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        made = context.new_page()
        made.on("pageerror", lambda error: failed.append(str(error)))
        made.on("console", lambda message: failed.append(message.text) if message.type == "error" else None)
        yield made
        assert [url for url in asked if not url.startswith(f"{address}/")] == []
        assert [line for line in failed if "status of 4" not in line] == []
