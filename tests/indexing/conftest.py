"""A small corpus to index: pages written here, one cable each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cablesearch.indexing import open_reader

PAGE = """<html><body><table class='cable'>
<tr><th>Reference ID</th><th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr>
<tr><td>{id}</td><td>2007-01-08 12:31</td><td>{released}</td>
<td>CONFIDENTIAL</td><td>Embassy Port Verity</td></tr>
</table><code><pre>{warning}P 081231Z JAN 07
FM AMEMBASSY PORT VERITY
TO SECSTATE WASHDC</pre></code><code><pre>C O N F I D E N T I A L PORT VERITY 000001

SUBJECT: HARBOR DUES

{body}
</pre></code></body></html>
"""
EXTRACT = "This record is a partial extract of the original cable. The full text is not available.\n"


def page(id: str, *texts: str, released: str = "2011-08-30 01:44", partial: bool = False) -> str:
    """Write a page with a cable of numbered paragraphs."""
    body = "\n\n".join(f"{number}. (C) {text}" for number, text in enumerate(texts, 1))
    return PAGE.format(id=id, released=released, warning=EXTRACT if partial else "", body=body)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def write(corpus: Path) -> Callable[..., Path]:
    """Write a page into the corpus: `write("a/1.html", "07VERITY1", "text of paragraph 1", ...)`."""

    def write(name: str, id: str, *texts: str, **facts: object) -> Path:
        file = corpus / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(id, *texts, **facts), "utf-8")  # type: ignore[arg-type]
        return file

    return write


@pytest.fixture
def texts(index: Path) -> Callable[[], dict[str, str]]:
    """Give what the index holds: each cable's paragraphs by its id."""

    def texts() -> dict[str, str]:
        with open_reader(index) as reader:
            cables = [reader.cable(id) for id in reader.cables()]
        return {cable.id: " / ".join(p.text for p in cable.paragraphs) for cable in cables if cable}

    return texts
