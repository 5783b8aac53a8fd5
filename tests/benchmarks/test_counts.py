"""The raw pages are counted without cablesearch, and a wrong count is seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.counts import (
    OF_CABLES,
    QUESTIONS,
    alike,
    cables,
    column,
    differences,
    found_cables,
    found_numbered,
    marked,
    near,
    numbered,
    paragraphs,
    read_page,
    read_pages,
    says,
    sent,
    words,
)
from cablesearch import Index, open_index, rebuild_index
from cablesearch.query.fields import FIELDS, FieldKind

PAGE = """<html><body><table class='cable'>
<tr><th>Reference ID</th><th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr>
<tr><td>{id}</td><td>{created}</td><td>2011-08-30 01:44</td><td>SECRET</td><td>Embassy Tezgara</td></tr>
</table><code><pre>P 081231Z JAN 07
FM AMEMBASSY TEZGARA
TO RUEHC/SECSTATE WASHDC
INFO RUEHAB/AMEMBASSY OSTREL</pre></code><code><pre>S E C R E T TEZGARA 000005

SIPDIS

E.O. 12958: DECL: 01/08/2017
TAGS: PGOV, QV
SUBJECT: SALT AND
FISH

REF: OSTREL 12

Classified By: A. Quell, reasons 1.4 (b) and (d)

&#182;1. (S) Counter-terrorism needs
{words}.

Fish
----

&#182;2. (S/NF) Herring, as 07 TEZGARA 5 says.

TINDHOLT
</pre></code></body></html>
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for id, created, end in (
        ("07TEZGARA5", "2007-01-08 12:31", "oil and gas"),
        ("08TEZGARA6", "2008-01-08 12:31", "gas, oil"),
    ):
        (folder / f"{id}.html").write_text(PAGE.format(id=id, created=created, words=end), "utf-8")
    return folder


def test_a_page_is_read(pages: Path) -> None:
    page = read_page(pages / "07TEZGARA5.html")
    assert (page.id, page.created, page.classification) == ("07TEZGARA5", "2007-01-08 12:31", "SECRET")
    assert (page.origin, page.subject, page.tags) == ("Embassy Tezgara", "SALT AND FISH", "PGOV, QV")
    assert page.paragraphs == (
        "1. (S) Counter-terrorism needs oil and gas. Fish ----",
        "2. (S/NF) Herring, as 07 TEZGARA 5 says. TINDHOLT",
    )


def test_the_lines_above_and_below_the_text_are_read(pages: Path) -> None:
    page = read_page(pages / "07TEZGARA5.html")
    assert page.sender == "AMEMBASSY TEZGARA"
    assert (page.to, page.info) == ("RUEHC/SECSTATE WASHDC", "RUEHAB/AMEMBASSY OSTREL")
    assert (page.classifier, page.reasons) == ("A. Quell,", "1.4 (b) and (d)")
    assert page.signature == "TINDHOLT"


def test_other_pages_that_name_a_cable_are_counted(pages: Path) -> None:
    assert {page.id: page.cited for page in read_pages(pages)} == {"07TEZGARA5": 1, "08TEZGARA6": 0}


def test_a_page_is_cut_into_its_numbered_paragraphs_with_their_headings(pages: Path) -> None:
    first, second = paragraphs(read_page(pages / "07TEZGARA5.html")).items()
    assert (first[0], first[1].paragraphs) == ("1", ("| 1. (S) Counter-terrorism needs oil and gas.",))
    assert (second[0], second[1].paragraphs[0][:31]) == ("2", "Fish | 2. (S/NF) Herring, as 07")


def test_cables_are_compared(pages: Path, index: Index) -> None:
    questions = {
        "counterterrorism": says(r"counter-?terrorism"),
        "oil NEAR/2 gas": near("oil", "gas", 1),
        '"oil gas"~2': near("oil", "gas", 1, ordered=True),
        "date:2007": sent("2007-01-01", "2007-12-31"),
        "tag:PGOV": column("tags", "XXXX"),  # wrong
        "date:2009": sent("2008-01-01", "2008-12-31"),  # wrong
    }
    raw = cables(read_pages(pages), questions)
    assert {query: rest for query, *rest in differences(found_cables(index, questions), raw)} == {
        "counterterrorism": [2, set(), set()],
        "oil NEAR/2 gas": [2, set(), set()],
        '"oil gas"~2': [1, set(), set()],
        "date:2007": [1, set(), set()],
        "tag:PGOV": [2, {"07TEZGARA5", "08TEZGARA6"}, set()],
        "date:2009": [0, set(), {"08TEZGARA6"}],
    }


def test_paragraphs_are_compared(pages: Path, index: Index) -> None:
    questions = {
        "herring": says("herring"),
        "fish": says("fish"),  # the subject is of every paragraph
        "marking:S/NF": marked("S"),  # wrong
        "length:<6": words(0, 5),
    }
    same = alike(index, read_pages(pages))
    assert len(same) == 2
    one, two = ({(id, number) for id in ("07TEZGARA5", "08TEZGARA6")} for number in "12")
    raw = numbered(same, questions)
    assert {query: rest for query, *rest in differences(found_numbered(index, questions), raw)} == {
        "herring": [2, set(), set()],
        "fish": [4, set(), set()],
        "marking:S/NF": [2, two, one],
        "length:<6": [1, set(), set()],
    }


def test_every_field_and_operator_is_asked() -> None:
    assert len(QUESTIONS) >= 90
    asked = " ".join(QUESTIONS)
    elsewhere = (FieldKind.NOTEBOOK, FieldKind.VERSIONS)
    indexed = [field.name for field in FIELDS if field.kind not in elsewhere]
    assert [name for name in indexed if f"{name}:" not in asked] == []
    for operator in (
        " AND ",
        " OR ",
        "NOT ",
        " NEAR/",
        " w/",
        "&&",
        "||",
        "+",
        "^",
        " -",
        " !",
        "*",
        "?",
        "~",
        ",",
        '"',
        "(",
        "//",
        "..",
    ):
        assert operator in asked, operator
    assert set(QUESTIONS) >= OF_CABLES


@pytest.fixture(scope="module")
def index(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("index")
    rebuild_index(folder, pages, engine="whoosh", workers=0)
    with open_index(folder) as index:
        yield index
