"""Three cables written for these tests, an index of them, and the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from cablesearch.cli import run
from cablesearch.indexing import update

PAGE = """<html><body><table class='cable'>
<tr><th>Reference ID</th><th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr>
<tr><td>{id}</td><td>{created}</td><td>2011-08-30 01:44</td><td>{level}</td><td>{origin}</td></tr>
</table><code><pre>P 081231Z JAN 07
FM AMEMBASSY SOMEWHERE
TO SECSTATE WASHDC</pre></code><code><pre>{level}

TAGS: PGOV, QV
SUBJECT: {subject}
{more}
{text}
</pre></code></body></html>
"""
PAGES = {
    "07TEZGARA5.html": PAGE.format(
        id="07TEZGARA5",
        created="2007-01-08 12:31",
        level="CONFIDENTIAL",
        origin="Embassy Tezgara",
        subject="SALT AND DEMOCRATIC REFORM",
        more="REF: 06 OSTREL 12",
        text="1. (C) Summary: The Salt Commission met to show the price of salt. End summary.\n\n"
        "2. (S/NF) Democratic reform is near, says the Commission (reftel).\n\n"
        "3. (C) The price of fish stays where it is.",
    ),
    "06OSTREL12.html": PAGE.format(
        id="06OSTREL12",
        created="2006-11-02 09:00",
        level="SECRET",
        origin="Mission Ostrel",
        subject="THE FISH COMMISSION",
        more="",
        text="1. (S) Fish and salt are dear. Nobody speaks of reform.\n\n"
        "2. (S) =Formulas= are dearer: \x1b[31m.",
    ),
    "08OSTREL7.html": PAGE.format(
        id="08OSTREL7",
        created="2008-05-06 10:00",
        level="UNCLASSIFIED",
        origin="Mission Ostrel",
        subject="A LETTER",
        more="",
        text="1. (U) Élysée sends its compliments to the salt works.",
    ),
}


class Answer(NamedTuple):
    """What a command line returned and printed."""

    status: int
    out: str
    err: str


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for name, page in PAGES.items():
        (folder / name).write_text(page, "utf-8")
    return folder


@pytest.fixture(scope="session")
def index(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    update(folder, [corpus], engine="whoosh", workers=0)
    return folder


@pytest.fixture
def cablesearch(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Answer]:
    """Returns a function that runs a command line in an empty folder, on the index of the three cables."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CABLESEARCH_INDEX", str(index))
    monkeypatch.delenv("CABLESEARCH_CORPUS", raising=False)

    def cablesearch(*arguments: str | Path) -> Answer:
        status = run([str(argument) for argument in arguments])
        return Answer(status, *capsys.readouterr())

    return cablesearch
