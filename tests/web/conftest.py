"""An index of a few cables, some of them hostile, and a client of its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cablesearch import update_index
from cablesearch.web.app import make_app
from cablesearch.web.settings import Settings

EVIL_TEXT = (
    "1. (C) Summary: <script>alert('salt')</script> <img src=x onerror=alert(1)> &lt;b&gt; \x1b[31m red"
    " \u202eesrever\u202c. \"'><svg onload=alert(2)> javascript:alert(3). End summary.\n\n"
    "2. (S/NF) {{ 7 * 7 }} {% raw %} price of salt " + "x" * 20_000 + "\n\n"
    "3. (C) Foreign Minister Maren Dole told the Ambassador that"
    " <a href='javascript:alert(4)'>salt</a> is dear (reftel)."
)
CABLE = """P 081231Z JAN 07
FM AMEMBASSY TEZGARA
TO SECSTATE WASHDC

{level}

TAGS: PGOV, UV
SUBJECT: {subject}
REF: 06 OSTREL 12

{text}

MARCHETANE
"""
TEXTS = {
    "07TEZGARA5": CABLE.format(
        level="C O N F I D E N T I A L TEZGARA 000005",
        subject="SALT AND DEMOCRATIC REFORM",
        text="1. (C) Summary: The Salt Commission met to show the price of salt. End summary.\n\n"
        "2. (S/NF) Democratic reform is near, says Minister Ivo Quell of the Commission (reftel).\n\n"
        "3. (C) The price of fish stays where it is.\n\n4. (C) Comment: Fish and salt. End comment.",
    ),
    "07TEZGARA6": CABLE.format(
        level="S E C R E T TEZGARA 000006", subject='<b>SALT</b> & "PEPPER" <script>', text=EVIL_TEXT
    ),
}
PAGE = """<html><body><table class='cable'>
<tr><th>Reference ID</th><th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr>
<tr><td>{id}</td><td>{created}</td><td>2011-08-30 01:44</td><td>{level}</td><td>{origin}</td></tr>
</table><code><pre>P 021231Z NOV 06
FM AMEMBASSY SOMEWHERE
TO SECSTATE WASHDC</pre></code><code><pre>{level}

TAGS: PREL
SUBJECT: THE FISH COMMISSION

1. (S) Fish and salt are dear. Nobody speaks of reform.

2. (S) Formulas are dearer.
</pre></code></body></html>
"""
PAGES = {
    "06OSTREL12": PAGE.format(
        id="06OSTREL12", created="2006-11-02 09:00", level="SECRET", origin="Mission Ostrel"
    )
}


def write_corpus(folder: Path, texts: Mapping[str, str] = TEXTS, pages: Mapping[str, str] = PAGES) -> Path:
    """Write cables, and return their folder."""
    folder.mkdir()
    for id, text in texts.items():
        (folder / f"{id}.txt").write_text(text, "utf-8")
    for id, page in pages.items():
        (folder / f"{id}.html").write_text(page, "utf-8")
    return folder


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web")
    update_index(folder / "index", [write_corpus(folder / "corpus")], engine="whoosh", workers=0)
    return folder / "index"


@pytest.fixture(scope="session")
def client_of() -> Callable[..., TestClient]:
    """A function that returns a client of an index, with changes to the settings."""

    def client_of(folder: Path, **changes: object) -> TestClient:
        app = make_app(Settings(folder, **changes))
        return TestClient(app, "http://127.0.0.1:8000", follow_redirects=False)

    return client_of


@pytest.fixture(scope="session")
def client(index: Path, client_of: Callable[..., TestClient]) -> TestClient:
    return client_of(index)
