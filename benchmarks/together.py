"""Do two indexes that are searched as one give the order of one index of all cables, and what does it cost?

python -m benchmarks.together --cables 40000 --engine tantivy
python -m benchmarks.together --cables 40000 --engine whoosh --words 100 --questions 40
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from cablesearch import Index, Results, index_sources, open_index, rebuild_index

from . import synthetic
from .corpora import write
from .news import questions

ENGINES = ("tantivy", "whoosh")
PAGE = 50  # hits that are compared
LETTERS = "bdfgklmnprstvz"  # with which the words that are asked for begin
TURNS = 5  # of each measurement, of which the shortest counts


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare two indexes, as one, with one of all cables.")
    parser.add_argument("--cables", type=int, default=40_000)
    parser.add_argument("--words", type=int, default=synthetic.WORDS, help="of a cable, on average")
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    parser.add_argument("--folder", type=Path, help="where indexes are made, and used again if there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder: Path = options.folder or Path(made)
        measure(folder, options.engine, options.cables, options.words, options.questions)


def measure(folder: Path, engine: str, cables: int, words: int, asked: int) -> int:
    """Print the comparison; return how many answers differ."""
    halves, whole = build(folder, engine, cables, words)
    with open_index(*halves) as joined, open_index(whole) as one:
        print(f"{engine}: {joined.state.cables:,} cables, {joined.state.paragraphs:,} paragraphs")
        frequent = [word for letter in LETTERS for word in one.words(letter, limit=60) if len(word) > 2]
        asking = [*questions(frequent[:800], asked).values()]
        differing = [query for query in asking if not _agree(joined, one, query)]
        print(f"{len(asking)} questions, {len(differing)} of them answered otherwise: {differing[:5]}")
        for what, ask in (("search", _search), ("facets", _facets)):
            taken = [
                _seconds(partial(_ask_all, ask, index, asking)) / asked * 1000 for index in (one, joined)
            ]
            print(f"{what}: {taken[0]:.2f} ms in one index, {taken[1]:.2f} in two")
    alone, both = _seconds(lambda: open_index(whole).close()), _seconds(lambda: open_index(*halves).close())
    print(f"to open: {alone * 1000:.1f} ms for one index, {both * 1000:.1f} for two")
    return len(differing)


def build(folder: Path, engine: str, cables: int, words: int) -> tuple[tuple[Path, Path], Path]:
    """Return the folders of two indexes, each of every second cable, and of one index of all."""
    first, second, whole = (folder / f"{engine}-{name}" for name in ("first", "second", "whole"))
    files = {first: folder / f"{words}-first.csv", second: folder / f"{words}-second.csv"}
    for place, file in enumerate(files.values()):
        if not file.exists():
            write(islice(synthetic.cables(cables, words=words), place, None, 2), file)
    for index, sources in ((first, [files[first]]), (second, [files[second]]), (whole, [*files.values()])):
        if not index_sources(index):
            rebuild_index(index, sources, engine=engine, people=False)
    return (first, second), whole


def _ask_all(ask: Callable[[Index, str], object], index: Index, queries: list[str]) -> None:
    for query in queries:
        ask(index, query)


def _agree(joined: Index, one: Index, query: str) -> bool:
    """Whether both answer alike: the same paragraphs in the same order, and the same counts."""
    return all(ask(joined, query) == ask(one, query) for ask in (_ranking, _latest, _facets))


def _ranking(index: Index, query: str) -> object:
    results = _search(index, query)
    return results.total, [*_by_score(results)]


def _by_score(results: Results) -> Iterator[tuple[str, set[str]]]:
    """Yield the hits in order, those of one score together; the last score may go on behind the page."""
    found: dict[str, set[str]] = {}
    for hit in results:
        found.setdefault(f"{hit.score:.4g}", set()).add(f"{hit.cable_id} {hit.ordinal}")
    yield from [*found.items()][: -1 if len(results) == PAGE else None]


def _search(index: Index, query: str) -> Results:
    return index.search(query, limit=PAGE)


def _latest(index: Index, query: str) -> object:
    return [(hit.cable_id, hit.ordinal) for hit in index.search(query, sort="-date", limit=PAGE)]


def _facets(index: Index, query: str) -> object:
    return dict(index.facets(query, ("origin", "year", "classification", "tag")))


def _seconds(work: Callable[[], object]) -> float:
    """Return the processor time that some work takes."""
    shortest = float("inf")
    for _ in range(TURNS):
        began = time.process_time()
        work()
        shortest = min(shortest, time.process_time() - began)
    return shortest


if __name__ == "__main__":
    main()
