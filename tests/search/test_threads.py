"""An index answers several threads at once as it answers one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import cycle, islice
from pathlib import Path

import pytest

from cablesearch.engines.documents import documents
from cablesearch.model.cable import Cable, Paragraph, Person
from cablesearch.search.index import Index
from tests.engines.engines import ENGINES, engine

THREADS, QUESTIONS = 4, 400

VOWELS, ENDS = "aeiou", ("mar", "quin", "tor", "vale", "stan", "ly")
WORDS = [f"{c}{v}{end}" for c in "bdfgkln" for v in VOWELS for end in ENDS]  # 210
CABLES = 60


def _cable(number: int) -> Cable:
    """Return a cable of six paragraphs, which shares words with its neighbours."""
    words = list(islice(cycle(WORDS), number * 3, number * 3 + 60))
    person = Person(f"Ivo {words[0].title()}", f"Ivo {words[0].title()}")
    id = f"07TEZGARA{number + 1}"
    paragraphs = tuple(
        Paragraph(f"{id}#{n}", str(n), "C", None, None, " ".join(words[n * 5 :: 2]), people=(person,))
        for n in range(1, 7)
    )
    return Cable(id, date(2007, 1 + number % 12, 1), origin=f"Embassy {words[1]}", paragraphs=paragraphs)


@pytest.fixture(params=ENGINES)
def reopened(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Index]:
    """A function that opens the same index again, in which nothing is cached."""
    with engine(request.param).write(tmp_path, fresh=True) as writer:
        for cable in map(_cable, range(CABLES)):
            writer.add(cable, documents(cable))
    return lambda: Index(tmp_path, engine(request.param).read(tmp_path))


@pytest.fixture(autouse=True)
def _impatient() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def _ask(index: Index, number: int) -> object:
    """Ask one of many different questions."""
    one, two = WORDS[number % len(WORDS)], WORDS[(number * 7 + 2) % len(WORDS)]
    match number % 8:
        case 0:
            return index.search(f"{one} {two}").as_dict()
        case 1:
            return index.search(f"{one[:2]}* NOT {two}", sort="date").as_dict()
        case 2:
            return index.search(f"{one}x").as_dict()  # a suggestion
        case 3:
            return index.facets(f"{one} OR {two}", ["origin", "person"])
        case 4:
            return [hit.as_dict() for hit in index.scan(f'"{one} {two}" OR {two}~1')]
        case 5:
            return index.timeline(one, "month").periods, [*index.people(two)]
        case 6:
            return index.cable(f"07TEZGARA{number % CABLES + 1}")
        case _:
            return index.similar(f"07TEZGARA{number % CABLES + 1}#2").as_dict()


def test_threads_share_an_index(reopened: Callable[[], Index]) -> None:
    with reopened() as index:
        expected = [_ask(index, number) for number in range(QUESTIONS)]
    with reopened() as index, ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(lambda number: _ask(index, number), range(QUESTIONS))) == expected
