"""An index that is opened with a bound of time gives up whatever question takes longer."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cablesearch.engines import engine
from cablesearch.engines.documents import documents
from cablesearch.errors import SlowQueryError
from cablesearch.model.cable import Cable, Paragraph
from cablesearch.search.index import Index

QUESTIONS: list[Callable[[Index], object]] = [
    lambda index: index.search("salt"),
    lambda index: index.count("salt"),
    lambda index: index.facets("salt", "origin"),
    lambda index: index.timeline("salt"),
    lambda index: index.people(),
    lambda index: index.person("Quell"),
    lambda index: index.similar("07TEZGARA1"),
    lambda index: index.explain("salt"),
    lambda index: index.explain_hit("salt", "07TEZGARA1#1"),
]


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[float | None], Index]:
    """A function that opens an index of one cable with a bound of time."""
    with engine("whoosh").write(tmp_path, fresh=True) as writer:
        cable = Cable(
            "07TEZGARA1", paragraphs=(Paragraph("07TEZGARA1#1", "1", "C", None, None, "Salt rises."),)
        )
        writer.add(cable, documents(cable))
    return lambda seconds: Index(tmp_path, engine("whoosh").read(tmp_path), seconds=seconds)


@pytest.mark.parametrize("question", QUESTIONS, ids=range(len(QUESTIONS)))
def test_a_slow_question_is_given_up(
    opened: Callable[[float | None], Index],
    question: Callable[[Index], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Index, "_typed", lambda *_: time.sleep(1))
    monkeypatch.setattr(Index, "cable", lambda *_: time.sleep(1))
    with opened(0.02) as index, pytest.raises(SlowQueryError, match=r"it takes more than 0\.02 seconds"):
        question(index)


@pytest.mark.parametrize("seconds", [None, 0, 60])
def test_others_are_answered(opened: Callable[[float | None], Index], seconds: float | None) -> None:
    with opened(seconds) as index:
        assert index.search("salt").total == index.count("salt") == 1
        assert index.people().as_dict()
