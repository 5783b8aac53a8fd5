"""How often questions in other words find what answers them: by words, by meaning, by both.

Each line of a file has the ids of what answers a question, documents or paragraphs, and the question. What
nobody has read counts as no answer, so the figures are a little too low, for fusion in particular: what was
read is what words and meaning found first.

    python -m benchmarks.meaning.questions INDEX [FILE.tsv...]

INDEX holds frus1952-54Guat, frus1955-57v15, frus1961-63v21 and frus1964-68v12, with vectors.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from random import Random

from cablesearch import Index, open_index

FILES = ("events.tsv", "sentences.tsv")
FIRST = 5  # hits among which one has to be right
DEEP = 50  # hits of each that are fused
SMOOTHING = 60  # of reciprocal ranks
ROUNDS = 10_000  # of the bootstrap

Hits = list[tuple[str, str]]  # the ids of cables and of their paragraphs


def by_words(index: Index, question: str) -> Hits:
    return _ids(index, question, meaning=False)


def by_meaning(index: Index, question: str) -> Hits:
    return _ids(index, question, meaning=True)


def fused(weight: float) -> Callable[[Index, str], Hits]:
    """Return a function that fuses both by reciprocal ranks, those by meaning with a weight."""

    def search(index: Index, question: str) -> Hits:
        scores: dict[tuple[str, str], float] = {}
        for times, hits in ((1.0, by_words(index, question)), (weight, by_meaning(index, question))):
            for rank, hit in enumerate(hits, 1):
                scores[hit] = scores.get(hit, 0.0) + times / (SMOOTHING + rank)
        return sorted(scores, key=lambda hit: -scores[hit])

    return search


WAYS: dict[str, Callable[[Index, str], Hits]] = {
    "words": by_words,
    "meaning": by_meaning,
    "fusion, equal weights": fused(1),
    "fusion, meaning twice": fused(2),
}


def _ids(index: Index, question: str, *, meaning: bool) -> Hits:
    hits = index.search(question, limit=DEEP, meaning=meaning)
    return [(hit.cable_id, hit.paragraph.id) for hit in hits]


def is_right(hits: Hits, answers: set[str]) -> bool:
    return any(cable in answers or paragraph in answers for cable, paragraph in hits[:FIRST])


def interval(right: list[bool]) -> tuple[float, float]:
    """Return the bounds between which 95 of 100 samples of as many questions have their share."""
    random = Random(0)
    shares = sorted(sum(random.choices(right, k=len(right))) / len(right) for _ in range(ROUNDS))
    return shares[ROUNDS // 40], shares[-ROUNDS // 40]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("files", type=Path, nargs="*")
    options = parser.parse_args()
    files = options.files or [Path(__file__).with_name(name) for name in FILES]
    with open_index(options.index) as index:
        for file in files:
            lines = [line.split("\t") for line in file.read_text("utf-8").splitlines()]
            print(f"{file.name}: {len(lines)} questions, one right among the first {FIRST}")
            for name, search in WAYS.items():
                right = [is_right(search(index, question), {*ids.split()}) for ids, question in lines]
                low, high = interval(right)
                share = sum(right) / len(right)
                print(f"  {name:<24} {share:.2f}  ({low:.2f}-{high:.2f})")


if __name__ == "__main__":
    main()
