"""A process that searches for weeks beside builds: its memory and its open files must stay level.

    python -m benchmarks.endurance                      50,000 searches, 200 reopenings, each engine
    python -m benchmarks.endurance --engine tantivy --searches 5000 --reopenings 20

Before each reopening, this process brings the index up to date with a changed cable, as a server may. Prints
what it holds at each tenth; the exit status is 1 if it holds a tenth more in the end than after a third.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil

from cablesearch import Index, open_index, rebuild_index, update_index
from cablesearch.engines import LOCAL

from .survival import WORDS, write_corpus

CABLES = 100
MAX_GROWTH = 1.1


class Held(NamedTuple):
    """What a process holds: memory of its own in megabytes, open files."""

    memory: float
    files: int


def held() -> Held:
    process = psutil.Process()
    files = process.num_fds() if hasattr(process, "num_fds") else process.num_handles()
    return Held(process.memory_full_info().uss / (1 << 20), files)


def endure(folder: Path, engine: str, searches: int, reopenings: int) -> Iterator[Held]:
    """Search and build, and yield what is held after each reopening."""
    chance = random.Random(7)
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    write_corpus(corpus, CABLES, "aaa0", chance)
    rebuild_index(index, corpus, engine=engine, workers=0)
    for number in range(reopenings):
        write_corpus(corpus, 1, f"aaa{number}", chance)
        update_index(index, workers=0)
        with open_index(index, seconds=60 * (number % 2)) as opened:
            for _ in range(max(1, searches // reopenings)):
                ask(opened, chance)
        yield held()


def ask(index: Index, chance: random.Random) -> None:
    """Ask a question of one of several kinds."""
    word, other = chance.sample(WORDS, 2)
    match chance.randrange(6):
        case 0:
            index.facets(word, ["origin", "year"])
        case 1:
            index.search(f"{word[:3]}* {other}~1", limit=3)
        case 2:
            index.search(f'"{word} {other}" OR {word}', sort="date")
        case _:
            [hit.as_dict() for hit in index.search(f"{word} {other}", limit=3)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", choices=LOCAL, nargs="+", default=list(LOCAL))
    parser.add_argument("--searches", type=int, default=50_000)
    parser.add_argument("--reopenings", type=int, default=200)
    options = parser.parse_args()
    return max(run(engine, options.searches, options.reopenings) for engine in options.engine)


def run(engine: str, searches: int, reopenings: int) -> int:
    """Print what is held in the course of time; return 1 if it grows."""
    with tempfile.TemporaryDirectory() as folder:
        course: list[Held] = []
        for now in endure(Path(folder), engine, searches, reopenings):
            course.append(now)
            if len(course) % max(1, reopenings // 10) == 0:
                done = len(course) * searches // reopenings
                print(
                    f"{engine}: {done:,} searches, {len(course)} reopenings:"
                    f" {now.memory:.0f} MB, {now.files} files",
                    flush=True,
                )
    return int(grows(course))


def grows(course: list[Held]) -> bool:
    """Whether more is held in the end than after a third of the time, but for what varies."""
    third = len(course) // 3
    early, late = course[third : 2 * third], course[-third:]
    if not early:
        return False
    memory = max(now.memory for now in late) > MAX_GROWTH * max(now.memory for now in early)
    return memory or min(now.files for now in late) > max(now.files for now in early)


if __name__ == "__main__":
    sys.exit(main())
