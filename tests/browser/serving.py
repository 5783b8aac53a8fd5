"""A server on a free port, and a browser to look at it with."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cablesearch import Notebook
from cablesearch.web.app import make_server
from cablesearch.web.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SECONDS_TO_START = 20
# A container's root has no sandbox to run it in; what it is shown is our own. Names in .example lead to this
# machine, as those do whose owner means harm.
ARGUMENTS = ["--no-sandbox", "--host-resolver-rules=MAP *.example 127.0.0.1"]


def chromium() -> str | None:
    """Return the Chromium of this machine, None if there is none."""
    found = map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))
    return os.environ.get("CHROMIUM") or next(filter(None, found), None)


@contextmanager
def serving(index: Path, **changes: object) -> Iterator[str]:
    """Serve an index, with changes to the settings, and yield the address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = make_server(Settings(index, **changes))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(SECONDS_TO_START)


@contextmanager
def browser() -> Iterator[Browser]:
    """Yield a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield opened
        opened.close()


def write_notes(index: Path) -> None:
    """Note something on the sample corpus, and save a question."""
    with Notebook.beside(index) as book:
        book.note("07ASTANA48#6", "Compare with the commission's own report.\nWho else was there?")
        book.label("07ASTANA48#6", "reform", "elections")
        book.star("07ASTANA48#6")
        book.label("07PORTVERITY310", "fish")
        book.add("Astana 2007", "07ASTANA48#6", "07PORTVERITY310")
        book.save("reform", "democratic reform origin:Astana")
