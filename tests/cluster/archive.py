"""An archive for the tests of faults: cables, what of them must be found, and who asks for it.

python -m tests.cluster.archive FOLDER URL...     builds it, so that the builder can be killed
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from threading import Event, Thread

from cablesearch.engines import engine
from cablesearch.engines.cluster import Cluster
from cablesearch.engines.contract import Reader
from cablesearch.engines.documents import documents
from cablesearch.engines.guarded import Engine
from cablesearch.model.cable import Cable
from cablesearch.query.tree import EVERYTHING, Term, Tree
from tests.engines.model import cable

NAME = "faults"  # of the index on the cluster
PARAGRAPHS = 3  # of each cable
CABLES = 1500  # that are built while nodes and builders are killed
RARE = 7  # every seventh cable has a word of its own kind


def cables(count: int, start: int = 0) -> list[Cable]:
    """Return cables of three paragraphs, some hundred words each, that all hold `salt` and some `her`."""
    filling = " ".join(f"word{number}" for number in range(100))
    return [
        cable(
            f"07TEZGARA{number}", *(f"salt {_extra(number)} {filling} {part}" for part in range(PARAGRAPHS))
        )
        for number in range(start + 1, start + count + 1)
    ]


def opensearch(urls: Sequence[str], replicas: int | None = None) -> Engine:
    return engine("opensearch").on(Cluster(tuple(urls), NAME, shards=3, replicas=replicas))


def build(engine: Engine, folder: Path, cables: Sequence[Cable], *, fresh: bool = True) -> None:
    """Write an index of cables, or add them to the one that is there."""
    with engine.write(folder, fresh=fresh) as writer:
        for each in cables:
            writer.add(each, documents(each))


def check(reader: Reader, cables: Sequence[Cable]) -> None:
    """Make sure that each cable and each paragraph is there once and only once, and is counted."""
    ids = sorted(each.id for each in cables)
    assert [*reader.cables()] == ids
    found = Counter((match.cable, match.ordinal) for match in reader.scan(EVERYTHING))
    assert found == {(id, ordinal): 1 for id in ids for ordinal in range(PARAGRAPHS)}
    assert reader.size() == (len(ids), len(found))
    for tree, count in expected(cables).items():
        assert reader.count(tree) == count
        assert reader.search(tree, limit=5).total == count
        assert reader.by_cable(tree).total == count // PARAGRAPHS
    assert reader.cable(ids[-1]) == cables[[each.id for each in cables].index(ids[-1])]


def expected(cables: Sequence[Cable]) -> dict[Tree, int]:
    """Return how many paragraphs match some queries."""
    rare = sum(" her " in each.paragraphs[0].text for each in cables)
    return {
        EVERYTHING: PARAGRAPHS * len(cables),
        Term("text", "salt"): PARAGRAPHS * len(cables),
        Term("text", "her"): PARAGRAPHS * rare,
    }


def _extra(number: int) -> str:
    return "her" if number % RARE == 0 else ""


class Load:
    """Threads that ask an index the same questions again and again. A context manager.

    Args:
        reopen: open the index anew for each question.

    Attributes:
        answers: how many questions were answered.
        wrong: the counts that were not as expected.
        errors: what was raised instead of an answer.
        slowest: seconds of the slowest answer.
    """

    def __init__(
        self,
        engine: Engine,
        folder: Path,
        expected: dict[Tree, int],
        threads: int = 4,
        *,
        reopen: bool = False,
    ) -> None:
        self.answers, self.slowest = 0, 0.0
        self.wrong: list[tuple[Tree, int]] = []
        self.errors: list[Exception] = []
        self._engine, self._folder, self._expected, self._reopen = engine, folder, expected, reopen
        self._ended = Event()
        self._threads = [Thread(target=self._ask_always) for _ in range(threads)]

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _ask_always(self) -> None:
        while not self._ended.is_set():
            try:
                with self._engine.read(self._folder) as reader:
                    self._ask(reader)
                    while not (self._reopen or self._ended.is_set()):
                        self._ask(reader)
            except Exception as error:
                self.errors.append(error)

    def _ask(self, reader: Reader) -> None:
        for tree, count in self._expected.items():
            begun = time.monotonic()
            page = reader.search(tree, limit=10)
            self.slowest = max(self.slowest, time.monotonic() - begun)
            self.answers += 1
            if page.total != count or len(page.matches) != min(10, count):
                self.wrong.append((tree, page.total))


if __name__ == "__main__":
    build(opensearch(sys.argv[2:]), Path(sys.argv[1]), cables(CABLES))
