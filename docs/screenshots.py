"""Takes pictures of every page at three widths, in light and in dark, to be looked at.

    make screenshots
    .venv/bin/python docs/screenshots.py FOLDER

They are of the sample corpus and go to a folder outside of the repository by default; with --docs instead of
a folder, those are written that docs/web.md shows. It needs what the browser tests need.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from cablesearch import update_index  # noqa: E402
from tests.browser.serving import browser, serving, write_notes  # noqa: E402

WIDTHS = (360, 800, 1440)
PAGES = {
    "home": "/",
    "search": "/search?q=democratic+reform",
    "search-narrowed": "/search?q=salt+OR+fish+NOT+kind%3A%22comment%22+classification%3A%22CONFIDENTIAL%22",
    "search-partial": "/search?q=herring+commission+minister",
    "search-by-cable": "/search?q=commission&group=cable",
    "search-all": "/search?q=*",
    "nothing": "/search?q=zeppelin+origin%3AAstana",
    "mistake": "/search?q=orign%3AAstana",
    "values": "/values?q=*&by=tag",
    "cable": "/cable/07ASTANA48?q=democratic+reform#6",
    "cable-references": "/cable/07PORTVERITY310",
    "people": "/people",
    "person": "/person?name=Nursultan+Nazarbayev",
    "original": "/cable/07ASTANA48?as=original",
    "trends": "/explore?w=reform&w=fish&w=election",
    "map": "/explore/map",
    "cited": "/explore/cited",
    "contents": "/explore/index",
    "notes": "/notes",
    "note": "/note?id=07ASTANA48%236",
    "noted": "/search?q=noted%3Ayes",
    "help": "/help",
    "not-found": "/cable/07NOWHERE1",
}
IN_DOCS = ("search", "cable-references", "trends")
DARK = ("home", "search", "cable", "trends", "map", "notes")


def main(folder: Path) -> None:
    """Take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        index = Path(made) / "index"
        with serving(index) as address, browser() as chromium:
            for width in WIDTHS:
                page = chromium.new_page(viewport={"width": width, "height": 900})
                page.goto(address)
                page.screenshot(path=folder / f"first-run-{width}.png", full_page=True)
                page.close()
            update_index(index, ROOT / "corpus", workers=0)
            write_notes(index)
            for scheme, names in (("light", [*PAGES]), ("dark", DARK)):
                for width in WIDTHS:
                    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                    for name in names:
                        page.goto(address + PAGES[name])
                        shown = name if scheme == "light" else f"{name}-dark"
                        page.screenshot(path=folder / f"{shown}-{width}.png", full_page=True)
                    page.close()
    print(f"{len([*folder.glob('*.png')])} pictures in {folder}")


def illustrate(folder: Path) -> None:
    """Take the pictures that the documentation shows."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        update_index(Path(made) / "index", ROOT / "corpus", workers=0)
        with serving(Path(made) / "index") as address, browser() as chromium:
            page = chromium.new_page(viewport={"width": 1200, "height": 720})
            for name in IN_DOCS:
                page.goto(address + PAGES[name])
                page.screenshot(path=folder / f"{name}.png")


if __name__ == "__main__":
    if sys.argv[1:] == ["--docs"]:
        illustrate(ROOT / "docs" / "images")
    else:
        main(Path(sys.argv[1]) if sys.argv[1:] else Path(tempfile.gettempdir()) / "cablesearch-screenshots")
