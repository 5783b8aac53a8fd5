"""Citations between cables: both ends, threads, sorting and filtering by them; the same in all engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cablesearch.engines.documents import documents
from cablesearch.model.cable import Cable, Paragraph, Reference
from cablesearch.search.index import Index
from tests.engines.engines import ENGINES, engine


def cable(id: str, day: date | None, *paragraphs: tuple[str, ...], refs: str = "", **facts: object) -> Cable:
    """Return a cable whose paragraphs cite ids; `refs` are `A=06X1 B=06X2`."""
    listed = (entry.split("=") for entry in refs.split())
    return Cable(
        id=id,
        created=day,
        subject=f"About {id}",
        references=tuple(Reference(label, cited, cited) for label, cited in listed),
        paragraphs=tuple(
            Paragraph(f"{id}#{n}", str(n), None, None, None, "salt", cites=ids)
            for n, ids in enumerate(paragraphs, 1)
        ),
        **facts,  # type: ignore[arg-type]
    )


# 06A1 <- 07B2 <- 07C3 <- 08D4;  06A1 <- 08D4;  07C3 also cites 05GONE9, which is not here, as does 09E5
CABLES = (
    cable("06A1", date(2006, 1, 1), (), ()),
    cable("07B2", date(2007, 1, 1), (), ("06A1",), refs="A=06A1"),
    cable("07C3", date(2007, 2, 1), ("07B2",), ("07B2",), refs="A=07B2 B=05GONE9"),
    cable("08D4", date(2008, 1, 1), (), refs="A=07C3 B=06SECTIONA1 C=08D4"),
    cable("09E5", None, ("05GONE9",)),
    cable("10F6", date(2010, 1, 1), ()),
)
RENAMED = cable("06SECTIONA1", date(2006, 1, 1), (), (), other_ids=("06A1",))


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    made = engine(request.param)
    with made.write(tmp_path, fresh=True) as writer:
        for each in (RENAMED, *CABLES[1:]):
            writer.add(each, documents(each))
    with Index(tmp_path, made.read(tmp_path)) as index:
        yield index


def found(index: Index, query: str, **options: object) -> list[str]:
    return [hit.paragraph.id for hit in index.search(query, **options)]  # type: ignore[arg-type]


def test_what_a_cable_cites_and_what_cites_it(index: Index) -> None:
    citations = index.citations("07 C 3")
    assert [(one.label, one.id, bool(one.cable), one.paragraphs) for one in citations.cites] == [
        ("A", "07B2", True, ("07C3#1", "07C3#2")),
        ("B", "05GONE9", False, ()),
    ]
    assert [(one.label, one.id, one.paragraphs) for one in citations.cited_by] == [("A", "08D4", ())]
    assert citations.total == 1


def test_a_cable_is_cited_by_each_of_its_ids(index: Index) -> None:
    citations = index.citations("06A1")
    assert citations.id == "06SECTIONA1"
    assert [one.id for one in citations.cited_by] == ["07B2", "08D4"]
    assert [one.label for one in citations.cited_by] == ["A", "B"]


def test_a_cable_that_is_not_here_may_be_cited(index: Index) -> None:
    citations = index.citations("05GONE9")
    assert (citations.cable, citations.cites) == (None, ())
    assert [one.id for one in citations.cited_by] == ["07C3", "09E5"]


def test_no_citations_are_false(index: Index) -> None:
    assert not index.citations("10F6")
    assert not index.citations("66NOWHERE1")


def test_references_are_found_that_no_paragraph_mentions(index: Index) -> None:
    assert found(index, "cites:05GONE9", sort="date") == ["07C3#1", "09E5#1"]
    assert found(index, "cites:07B2", sort="date") == ["07C3#1", "07C3#2"]
    assert found(index, "cites:06A1", sort="date") == ["07B2#2", "08D4#1"]
    assert found(index, "cites:08D4") == []


@pytest.mark.parametrize(
    ("query", "cables"),
    [
        ("cited:>=2", set()),  # 06A1 is cited twice, but by two ids, each once
        ("cited:1", {"06SECTIONA1", "07B2", "07C3"}),
        ("cited:*", {"06SECTIONA1", "07B2", "07C3"}),
        ("cited:0", {"08D4", "09E5", "10F6"}),
        ("cited:<2", {"06SECTIONA1", "07B2", "07C3", "08D4", "09E5", "10F6"}),
    ],
)
def test_how_often_a_cable_is_cited(index: Index, query: str, cables: set[str]) -> None:
    assert {hit.cable_id for hit in index.search(query, limit=99)} == cables


def test_the_most_cited_come_first(index: Index) -> None:
    ids = found(index, "salt", sort="cited", limit=99)
    assert len(ids) == len({*ids}) == 9
    assert {id.partition("#")[0] for id in ids[:6]} == {"06SECTIONA1", "07B2", "07C3"}
    pages = [found(index, "salt", sort="cited", limit=2, offset=start) for start in range(0, 10, 2)]
    assert [id for page in pages for id in page] == ids
    assert index.search("salt", sort="cited", limit=2).total == 9
    assert found(index, "salt", sort="cited", limit=0) == []


def test_references_are_counted(index: Index) -> None:
    assert index.references == (6, 4)
    assert index.references is index.references, "they are counted once"
    assert index.facets("*", "cites")["cites"] == {
        "05GONE9": 2,
        "07B2": 2,
        "06A1": 1,
        "06SECTIONA1": 1,
        "07C3": 1,
    }


def tree(index: Index, id: str, **options: int) -> list[tuple[int, str]]:
    return [(link.depth, link.id) for link in index.thread(id, **options).links]


def test_a_thread_goes_both_ways(index: Index) -> None:
    assert tree(index, "07C3") == [
        (0, "05GONE9"),
        (1, "09E5"),
        (0, "06SECTIONA1"),
        (1, "07B2"),
        (2, "07C3"),
        (3, "08D4"),
    ]


def test_what_else_a_cable_of_a_thread_cites(index: Index) -> None:
    links = {link.id: link for link in index.thread("07C3").links}
    assert (links["07C3"].parent, links["07C3"].also) == ("07B2", ("05GONE9",))
    assert (links["08D4"].parent, links["08D4"].also) == ("07C3", ("06SECTIONA1",))
    assert links["05GONE9"].cable is None


@pytest.mark.parametrize(
    ("id", "steps", "limit", "cables", "cut"),
    [
        ("07C3", 1, 50, {"07C3", "07B2", "05GONE9", "08D4"}, False),
        ("07B2", 1, 50, {"07B2", "06SECTIONA1", "07C3"}, False),
        ("07C3", 3, 1, {"07C3"}, True),
        ("07C3", 3, 3, {"07C3", "07B2", "05GONE9"}, True),
        ("07C3", 3, 6, {"07C3", "07B2", "05GONE9", "08D4", "06SECTIONA1", "09E5"}, False),
        ("10F6", 3, 50, {"10F6"}, False),
        ("66NOWHERE1", 3, 50, {"66NOWHERE1"}, False),
    ],
)
def test_a_thread_is_bounded(
    index: Index, id: str, steps: int, limit: int, cables: set[str], cut: bool
) -> None:
    thread = index.thread(id, steps=steps, limit=limit)
    assert ({link.id for link in thread.links}, thread.cut) == (cables, cut)


def test_cables_that_cite_each_other_end_a_thread(tmp_path: Path) -> None:
    pair = (
        cable("07B2", date(2007, 1, 1), ("07C3",)),
        cable("07C3", date(2007, 1, 1), ("07B2",)),
    )
    made = engine("whoosh")
    with made.write(tmp_path, fresh=True) as writer:
        for each in pair:
            writer.add(each, documents(each))
    with Index(tmp_path, made.read(tmp_path)) as index:
        assert tree(index, "07C3") == [(0, "07B2"), (1, "07C3")]


def test_cables_are_counted_with_paragraphs(index: Index) -> None:
    totals = index.totals("salt", list_cables=1)
    assert (totals.paragraphs, totals.cables) == (9, 6)
    assert totals.by_cable is not None
    assert [*totals.by_cable.values()] == [2]
    assert index.search("salt", per_cable=1).cables == 6
