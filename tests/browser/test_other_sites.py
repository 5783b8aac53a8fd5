"""A page of another site in the same browser learns nothing of what is served here, and changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FETCH = "([url, mode]) => fetch(url, {mode, credentials: 'include'}).then(one => one.text(), () => 'refused')"
LOAD = """([tag, url]) => new Promise(done => {
    const made = document.createElement(tag)
    made.onload = () => done('loaded')
    made.onerror = () => done('refused')
    made[tag == 'link' ? 'href' : 'src'] = url
    if (tag == 'link') made.rel = 'stylesheet'
    document.body.append(made)
})"""
SEND = """url => {
    document.body.innerHTML = `<form method=post action="${url}"><input name=token value=guessed></form>`
    document.forms[0].submit()
}"""


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>another site</title><body>")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def other_site() -> Iterator[str]:
    """The address of a page of another site's."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://other.example:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def other(opened: Browser, other_site: str) -> Iterator[Page]:
    with opened.new_context() as context:
        page = context.new_page()
        page.goto(other_site)
        assert page.title() == "another site"
        yield page


@pytest.mark.parametrize("path", ["/search?q=reform", "/api/search?q=reform", "/static/script.js"])
@pytest.mark.parametrize("mode", ["cors", "no-cors"])
def test_it_reads_nothing(other: Page, address: str, path: str, mode: str) -> None:
    assert other.evaluate(FETCH, [address + path, mode]) == "refused"


@pytest.mark.parametrize(
    ("tag", "path"),
    [
        ("script", "/api/search?q=reform"),
        ("script", "/static/script.js"),
        ("link", "/static/style.css"),
        ("img", "/static/icon.svg"),
    ],
)
def test_it_loads_nothing(other: Page, address: str, tag: str, path: str) -> None:
    assert other.evaluate(LOAD, [tag, address + path]) == "refused"


def test_it_frames_nothing(other: Page, address: str) -> None:
    other.evaluate(LOAD, ["iframe", address + "/"])
    frame = other.frames[1]
    assert "cablesearch" not in frame.content()


def test_it_holds_no_window(other: Page, address: str) -> None:
    with other.context.expect_page() as opening:
        other.evaluate("url => { window.held = window.open(url) }", address + "/")
    opening.value.wait_for_load_state()
    assert opening.value.title()
    assert opening.value.evaluate("window.opener") is None
    assert other.evaluate("window.held.closed")


@pytest.mark.parametrize("path", ["/search?q=reform", "/person?name=Nursultan+Nazarbayev", "/api/info"])
def test_it_changes_nothing(other: Page, address: str, path: str) -> None:
    with other.expect_response(address + path) as sent:
        other.evaluate(SEND, address + path)
    assert sent.value.status in (403, 405, 413)


@pytest.mark.parametrize("path", ["/search?q=reform", "/api/search?q=reform"])
def test_a_name_of_its_own_for_this_machine_is_refused(opened: Browser, address: str, path: str) -> None:
    rebound = f"http://rebound.example:{urlsplit(address).port}"
    with opened.new_context() as context:
        page = context.new_page()
        answer = page.goto(rebound + path)
        assert answer
        assert answer.status == 403
        assert "reform" not in page.locator("body").inner_text()
        assert "--allow-host" in page.locator("body").inner_text()
