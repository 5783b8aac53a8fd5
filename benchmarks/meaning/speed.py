"""How long a question by meaning takes, and in how much memory, over vectors that are made up.

The index is real, and so is the model that encodes the questions; the vectors of the paragraphs are drawn at
random around some thousand directions, as encoding so many paragraphs would take an hour. Times are of the
processor, as other work may be going on; those of the clock stand beside them.

    python -m benchmarks.synthetic 19300 cables.csv && cablesearch index cables.csv --index INDEX
    cablesearch meaning fetch --index INDEX
    python -m benchmarks.meaning.speed INDEX --make
    python -m benchmarks.meaning.speed INDEX
"""

from __future__ import annotations

import argparse
import os
import resource
import time
import zlib
from pathlib import Path

import numpy as np

from cablesearch import Index, open_index
from cablesearch.indexing import open_generation
from cablesearch.indexing.manifest_reading import read_texts
from cablesearch.meaning import model_folder
from cablesearch.meaning.build import build
from cablesearch.meaning.model import Vector, load

DIRECTIONS = 4_000
QUESTIONS = 200
WORDS = [
    "plane",
    "ice",
    "salt",
    "war",
    "army",
    "river",
    "price",
    "treaty",
    "minister",
    "radio",
    "coup",
    "vote",
]
NARROWED = {
    "all": "",
    "a post": "origin:Balabad",
    "a year": "date:2006",
    "a level": "classification:confidential",
    "NOT": "NOT classification:secret",
}


class MadeUp:
    """An encoder that draws a vector for each text."""

    def __init__(self, folder: Path) -> None:
        real = load(folder)
        self.card, self.dimensions = real.card, real.dimensions
        self._random = np.random.default_rng(0)
        self._directions = self._random.normal(size=(DIRECTIONS, self.dimensions)).astype(np.float32)

    def encode(self, text: str) -> Vector:
        near = self._directions[zlib.crc32(text.encode()) % DIRECTIONS]
        vector = near + self._random.normal(size=self.dimensions).astype(np.float32)
        unit: Vector = vector / np.linalg.norm(vector)
        return unit


def make(index: Path) -> None:
    reader, now = open_generation(index)
    with reader:
        report = build(index, reader, read_texts(now.generation), now, MadeUp(model_folder(index)))
    print(f"{report.paragraphs:,} paragraphs, {report.passages:,} passages, {report.size / 1e6:,.0f} MB")


def ask(index: Index, narrowing: str, *, marks: bool) -> tuple[list[float], list[float]]:
    """Return the seconds of the processor and of the clock that each question took."""
    chance = np.random.default_rng(1)
    processor, clock = [], []
    for _ in range(QUESTIONS):
        question = " ".join([*chance.choice(WORDS, 8), narrowing])
        began, ticked = time.process_time(), time.perf_counter()
        results = index.search(question, meaning=True)
        if marks:
            for hit in results:
                assert hit.snippet().pieces
        processor.append(time.process_time() - began)
        clock.append(time.perf_counter() - ticked)
    return processor, clock


def recall(index: Index) -> float:
    """Return the share of the ten nearest that the first look keeps, by questions near to some passages."""
    near = index._by_meaning().nearest
    chance = np.random.default_rng(2)
    rows = np.arange(near.store.state.rows)
    kept = 0
    for row in chance.choice(rows, 50):
        vector = near.vectors(np.array([row]))[0] + chance.normal(size=near.store.state.dimensions) * 0.05
        unit = (vector / np.linalg.norm(vector)).astype(np.float32)
        scores = near._scores(unit, rows)
        best = {near.place(int(near.store.rows["paragraph"][k])) for k in np.argsort(-scores)[:10]}
        kept += len(best & {(one.cable, one.ordinal) for one in near.search(unit, 10)})
    return kept / 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--make", action="store_true", help="draw the vectors of the index")
    options = parser.parse_args()
    if options.make:
        make(options.index)
        return
    with open_index(options.index) as index:
        began = time.process_time()
        index.search("salt", meaning=True)
        print(f"first question: {(time.process_time() - began) * 1000:.0f} ms of the processor")
        print(f"load {os.getloadavg()[0]:.1f}; of {QUESTIONS} questions, processor (clock)")
        for marks in (False, True):
            for name, narrowing in NARROWED.items():
                times = ask(index, narrowing, marks=marks)
                shown = [f"{np.percentile(some, p) * 1000:6.1f}" for p in (50, 95) for some in times]
                what = f"{name}{', with its ten hits marked' if marks else ''}"
                first = "" if marks else f", the first {times[0][0] * 1000:.0f}"
                print(
                    f"  {what:<36} median {shown[0]} ({shown[1]}) ms, 95 % {shown[2]} ({shown[3]}) ms{first}"
                )
        print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at the most")
        print(f"first look: {recall(index):.3f} of the ten nearest kept")


if __name__ == "__main__":
    main()
