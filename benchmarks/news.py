"""How long does it take to look what is new of many saved questions, after an update of a large index?

python -m benchmarks.news --cables 50000 --added 1000 --questions 1000
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from itertools import islice
from pathlib import Path

from cablesearch import Notebook, WhatsNew, index_sources, open_index, rebuild_index, update_index, whats_new

from . import synthetic
from .corpora import write


def questions(words: list[str], count: int) -> dict[str, str]:
    """Return so many questions of one to three words, phrases and fields."""
    chance = random.Random(2)
    shapes = ("{} {}", "{} OR {} OR {}", '"{} {}"', "{} classification:secret", "{} NOT {}", "{}", "{}* {}")
    return {
        f"question {number}": shapes[number % len(shapes)].format(*chance.choices(words, k=3))
        for number in range(count)
    }


def look(folder: Path, notebook: Notebook) -> tuple[WhatsNew, float, float]:
    """Return what is new, and the seconds that it took: on the clock, and of the processor."""
    with open_index(folder, notebook=notebook) as index:
        clock, processor = time.perf_counter(), time.process_time()
        news = whats_new(index, notebook)
        return news, time.perf_counter() - clock, time.process_time() - processor


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the looks at saved questions.")
    parser.add_argument("--cables", type=int, default=50_000)
    parser.add_argument("--added", type=int, default=1_000)
    parser.add_argument("--questions", type=int, default=1_000)
    parser.add_argument("--folder", type=Path, help="where the index is made, and used again if it is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder: Path = options.folder or Path(made)
        measure(folder, options.cables, options.added, options.questions)


def measure(folder: Path, cables: int, added: int, asked: int) -> None:
    first, more = folder / "first.csv", folder / "more.csv"
    if not index_sources(folder / "index"):
        made = synthetic.cables(cables + added)
        write(islice(made, cables), first)
        write(made, more)
        rebuild_index(folder / "index", first, engine="tantivy", people=False)
    report = update_index(folder / "index", remove=[more] if more in index_sources(folder / "index") else ())
    print(f"{report.cables:,} cables, {report.paragraphs:,} paragraphs")
    for old in folder.glob("notebook*"):
        old.unlink()
    notebook = Notebook(folder / "notebook.sqlite")
    with open_index(folder / "index") as index:
        words = list(
            islice((word for letter in "bdfgklmnprstvz" for word in index.words(letter, limit=60)), 800)
        )
    with notebook.writing():
        for name, query in questions(words, asked).items():
            notebook.save(name, query)
    news, clock, processor = look(folder / "index", notebook)
    print(f"first look: {clock:.1f} s ({processor:.1f} s of the processor), {news.total} new")
    report = update_index(folder / "index", more)
    print(f"{report.added:,} cables added")
    news, clock, processor = look(folder / "index", notebook)
    found = sum(1 for each in news if each.total)
    print(
        f"look: {clock:.1f} s ({processor:.1f} s of the processor), {news.total:,} new for {found} questions"
    )


if __name__ == "__main__":
    main()
