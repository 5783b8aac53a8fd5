"""A closed index says so; what was read from it stays."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from cablesearch.engines.documents import documents
from cablesearch.errors import IndexStateError
from cablesearch.model.cable import Cable, Paragraph
from cablesearch.search.index import Index
from tests.engines.engines import ENGINES, engine


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    with engine(request.param).write(tmp_path, fresh=True) as writer:
        for id in ("07TEZGARA1", "08OSTREL2"):
            paragraphs = (Paragraph(f"{id}#1", "1", "C", None, None, "The price of salt rises."),)
            cable = Cable(id, origin="Embassy", paragraphs=paragraphs)
            writer.add(cable, documents(cable))
    return Index(tmp_path, engine(request.param).read(tmp_path))


QUESTIONS: list[Callable[[Index], object]] = [
    lambda index: index.search("salt"),
    lambda index: index.scan("salt"),
    lambda index: index.count("salt"),
    lambda index: index.facets("salt", "origin"),
    lambda index: index.timeline("salt"),
    lambda index: index.people(),
    lambda index: index.person("Quell"),
    lambda index: index.similar("07TEZGARA1"),
    lambda index: index.explain("salt"),
    lambda index: index.explain_hit("salt", "07TEZGARA1#1"),
    lambda index: index.cable("07TEZGARA1"),
]


@pytest.mark.parametrize("ask", QUESTIONS)
def test_a_closed_index_answers_nothing(index: Index, ask: Callable[[Index], object]) -> None:
    index.close()
    with pytest.raises(IndexStateError, match="the index is closed: open it again"):
        ask(index)


def test_an_index_may_be_closed_twice(index: Index) -> None:
    with index:
        index.close()
    index.close()


def test_a_hit_that_was_read_outlives_its_index(index: Index) -> None:
    with index:
        read, unread = index.search("salt", limit=2).hits
        assert read.paragraph.text == "The price of salt rises."
    assert read.as_dict()["text"] == "The price of salt rises."
    for use in (lambda: unread.paragraph, unread.as_dict, lambda: copy.copy(unread)):
        with pytest.raises(IndexStateError, match="read what hits hold before it is closed"):
            use()


def test_a_scan_ends_with_its_index(index: Index) -> None:
    begun, not_begun = index.scan("salt"), index.scan("salt")
    next(begun)
    index.close()
    for scan in (begun, not_begun):
        with pytest.raises(IndexStateError, match="the index is closed"):
            next(scan)


def by_pickle(value: object) -> object:
    return pickle.loads(pickle.dumps(value))


@pytest.mark.parametrize("copied", [by_pickle, copy.deepcopy, copy.copy])
def test_answers_can_be_copied(index: Index, copied: Callable[[object], object]) -> None:
    """And pickled; what they hold is then independent of the index."""
    with index:
        answers = (
            index.search('salt "of salt" pri?e embassy~1 NOT fish date:..2020 OR *', per_cable=1),
            index.facets("salt", ["origin"]).top(1),
            index.timeline("salt"),
            index.people().top(3),
            index.person("Quell"),
        )
        copies = [copied(answer) for answer in answers]
        hit = copied(index.search("salt").hits[0])
        expected = [answer.as_dict() for answer in answers]
    assert [one.as_dict() for one in copies] == expected  # type: ignore[attr-defined]
    assert hit.paragraph.text == "The price of salt rises."  # type: ignore[attr-defined]
