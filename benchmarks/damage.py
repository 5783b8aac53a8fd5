"""Flip bits of an index, one at a time: what does a search say, and does `check` find it?

    python -m benchmarks.damage                                  1,000 bits for each engine
    python -m benchmarks.damage --engines whoosh --bits 200 --cables 2000

Half of the bits are anywhere in the index, half in a file drawn by chance, so that small files have their
share. Each is searched by a process of its own. Exits with 1 if one ends in a traceback, a crash or a hang,
or in a wrong answer that `check` does not find.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from cablesearch import CablesearchError, check_index, open_index
from cablesearch.engines import engine as engine_named

SECONDS = 30  # that a process may take
QUERIES = (
    "ba",
    "ba be bi",
    '"ba be"',
    "bra*",
    "bra~1",
    "origin:Embassy",
    "tag:PGOV date:2005",
    "NOT ba",
    "person:Katya",
)
FAULTS = ("traceback", "crash", "hang", "wrong, not found")

BUILD = """
import sys
from cablesearch import rebuild_index
rebuild_index(sys.argv[1], sys.argv[2], engine=sys.argv[3], workers=0)
"""


def make_corpus(corpus: Path, cables: int) -> None:
    """Write so many synthetic cables."""
    make = [sys.executable, "-m", "benchmarks.synthetic", str(cables), str(corpus)]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL)


def build(index: Path, corpus: Path) -> None:
    """Build an index by the engine it is named after, in a process of its own: children share no threads."""
    subprocess.run([sys.executable, "-c", BUILD, str(index), str(corpus), index.name], check=True)


def answers(index: Path) -> str:
    """Return what an index answers to all questions, as text."""
    with open_index(index) as opened:
        found = [
            [results.total, [(hit.score, hit.as_dict()["text"]) for hit in results]]
            for results in map(opened.search, QUERIES)
        ]
        counts = opened.facets("*", ["origin", "year", "person"])
        first = opened.search("*", limit=5, sort="date")
        return json.dumps([found, dict(counts), [hit.cable.as_dict() for hit in first]], sort_keys=True)


def in_a_process(task: Callable[[], str]) -> tuple[str, str]:
    """Run a task in a child, and return how it ended, with its text or the reason.

    It ends in `done`, `told`, `traceback`, `crash` or `hang`.
    """
    receiving, sending = os.pipe()
    child = os.fork()
    if not child:
        os.close(receiving)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # where Rust says that it panics
        signal.alarm(SECONDS)
        try:
            outcome = "done", task()
        except CablesearchError as error:
            outcome = "told", str(error)
        except BaseException as error:
            outcome = "traceback", repr(error)
        with os.fdopen(sending, "w") as out:
            json.dump(outcome, out)
        os._exit(0)
    os.close(sending)
    with os.fdopen(receiving) as coming:
        sent = coming.read()
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        kind, text = json.loads(sent)
        return kind, text
    return ("hang" if os.WTERMSIG(status) == signal.SIGALRM else "crash"), signal.strsignal(
        os.WTERMSIG(status)
    ) or ""


def outcome(index: Path, expected: str) -> tuple[str, str]:
    """Return what becomes of a search, and its text: one of `FAULTS`, or what is as it should be."""
    kind, text = in_a_process(lambda: answers(index))
    if kind == "done":
        found = in_a_process(lambda: is_sound(index)) != ("done", "sound")
        kind = ("right" if text == expected else "wrong") + (", found" if found else ", not found")
    return kind, text


def is_sound(index: Path) -> str:
    return "" if check_index(index).damaged else "sound"


def flip(file: Path, place: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(place // 8)
        [byte] = opened.read(1)
        opened.seek(place // 8)
        opened.write(bytes([byte ^ 1 << place % 8]))


def measure(index: Path, bits: int, chance: random.Random) -> Counter[str]:
    """Flip bits one at a time, and count what became of them."""
    engine_named(index.name)  # imported here, so that not every process has to
    kind, expected = in_a_process(lambda: answers(index))
    assert kind == "done", expected
    files = sorted(file for file in index.rglob("*") if file.is_file() and file.stat().st_size)
    sizes = [file.stat().st_size for file in files]
    counts: Counter[str] = Counter()
    for number in range(bits):
        file = chance.choices(files, sizes)[0] if number % 2 else chance.choice(files)
        place = chance.randrange(8 * file.stat().st_size)
        flip(file, place)
        kind, text = outcome(index, expected)
        flip(file, place)
        counts[kind] += 1
        if kind in FAULTS:
            print(f"  bit {place} of {file.relative_to(index)}: {kind} {text[:200]}")
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engines", nargs="+", default=["whoosh", "tantivy"])
    parser.add_argument("--cables", type=int, default=200)
    parser.add_argument("--bits", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=16)
    options = parser.parse_args()
    faults = 0
    with tempfile.TemporaryDirectory() as name:
        corpus = Path(name) / "cables.csv"
        make_corpus(corpus, options.cables)
        for engine in options.engines:
            index = Path(name) / engine
            build(index, corpus)
            counts = measure(index, options.bits, random.Random(options.seed))
            print(f"{engine}: {', '.join(f'{count} {what}' for what, count in counts.most_common())}")
            faults += sum(counts[fault] for fault in FAULTS)
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
