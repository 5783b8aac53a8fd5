"""Eight readers ask an index, first by themselves, then while it is built anew beside them.

    python -m benchmarks.readers CORPUS [--readers 8] [--pause 0.05] [--seconds 20]

Each is a process of its own, as people at their terminals are, with a pause between two questions. Prints how
long the questions took, and fails where one of them failed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from cablesearch import open_index

from .archive import percentile, questions, typed


def ask(folder: Path, seed: int, pause: float, seconds: float) -> list[float]:
    """Ask questions until the time is over; gives what each took, in milliseconds."""
    asked = list(questions(seed))
    taken = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        text, options = typed(asked[len(taken) % len(asked)])
        begun = time.perf_counter()
        with open_index(folder) as index:  # whatever generation is the current one
            results = index.search(text, limit=10, **options)
            for hit in results:
                assert hit.paragraph.text
        taken.append((time.perf_counter() - begun) * 1000)
        time.sleep(pause)
    return taken


def all_ask(folder: Path, readers: int, pause: float, seconds: float) -> Iterator[float]:
    with ProcessPoolExecutor(readers, get_context("spawn")) as pool:
        for taken in [pool.submit(ask, folder, seed, pause, seconds) for seed in range(readers)]:
            yield from taken.result()


def report(name: str, taken: list[float]) -> float:
    p50, p95, p99 = (percentile(taken, share) for share in (0.5, 0.95, 0.99))
    print(
        f"{name:22} {len(taken):7} questions  p50 {p50:7.2f}  p95 {p95:7.2f}  p99 {p99:7.2f} ms", flush=True
    )
    return p95


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--pause", type=float, default=0.05, help="seconds")
    parser.add_argument("--seconds", type=float, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "cablesearch", "reindex", "--engine", "tantivy", "--no-people"]
        command += ["--index", scratch, str(given.corpus)]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        asked = (Path(scratch), given.readers, given.pause, given.seconds)
        quiet = report("by themselves", list(all_ask(*asked)))
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as build:
            beside = report("while it is built anew", list(all_ask(*asked)))
            ended = build.poll()
            status = build.wait()
    print(f"p95 {beside / quiet:.2f} times; the build {'ended first' if ended is not None else 'went on'}")
    sys.exit(status)


if __name__ == "__main__":
    main()
