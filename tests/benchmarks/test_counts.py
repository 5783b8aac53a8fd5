"""The raw pages are counted without cablesearch, and a wrong count is seen."""

from pathlib import Path

import pytest

from benchmarks.counts import QUESTIONS, column, differences, near, read_page, says, sent
from cablesearch import open_index, rebuild_index

PAGE = """<html><body><table class='cable'>
<tr><th>Reference ID</th><th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr>
<tr><td>{id}</td><td>{created}</td><td>2011-08-30 01:44</td><td>SECRET</td><td>Embassy Tezgara</td></tr>
</table><code><pre>P 081231Z JAN 07
FM AMEMBASSY TEZGARA
TO SECSTATE WASHDC</pre></code><code><pre>S E C R E T TEZGARA 000005

SIPDIS

E.O. 12958: DECL: 01/08/2017
TAGS: PGOV, QV
SUBJECT: SALT AND
FISH

REF: OSTREL 12

Classified By: A

&#182;1. (S) Counter-terrorism needs
{words}.

&#182;2. (S/NF) Fish.
</pre></code></body></html>
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for id, created, words in (
        ("07TEZGARA5", "2007-01-08 12:31", "oil and gas"),
        ("08TEZGARA6", "2008-01-08 12:31", "gas, oil"),
    ):
        (folder / f"{id}.html").write_text(PAGE.format(id=id, created=created, words=words), "utf-8")
    return folder


def test_a_page_is_read(pages: Path) -> None:
    page = read_page(pages / "07TEZGARA5.html")
    assert (page.id, page.created, page.classification) == ("07TEZGARA5", "2007-01-08 12:31", "SECRET")
    assert (page.origin, page.subject, page.tags) == ("Embassy Tezgara", "SALT AND FISH", "PGOV, QV")
    assert page.paragraphs == ("1. (S) Counter-terrorism needs oil and gas.", "2. (S/NF) Fish.")


def test_counts_are_compared(pages: Path, tmp_path: Path) -> None:
    raw = [read_page(path) for path in sorted(pages.iterdir())]
    questions = {
        "counterterrorism": says(r"counter-?terrorism"),
        "oil NEAR/2 gas": near("oil", "gas", 1),
        '"oil gas"~2': near("oil", "gas", 1, ordered=True),
        "date:2007": sent("2007-01-01", "2007-12-31"),
        "tag:PGOV": column("tags", "XXXX"),  # wrong
        "date:2009": sent("2008-01-01", "2008-12-31"),  # wrong
    }
    rebuild_index(tmp_path / "index", pages, engine="whoosh", workers=0)
    with open_index(tmp_path / "index") as index:
        found = {query: rest for query, *rest in differences(index, raw, questions)}
    assert found == {
        "counterterrorism": [2, set(), set()],
        "oil NEAR/2 gas": [2, set(), set()],
        '"oil gas"~2': [1, set(), set()],
        "date:2007": [1, set(), set()],
        "tag:PGOV": [2, {"07TEZGARA5", "08TEZGARA6"}, set()],
        "date:2009": [0, set(), {"08TEZGARA6"}],
    }


def test_there_are_sixty_questions() -> None:
    assert len(QUESTIONS) >= 60
