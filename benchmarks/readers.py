"""Eight processes search an index, first on their own, then while it is rebuilt.

    python -m benchmarks.readers CORPUS [--readers 8] [--pause 0.05] [--seconds 20]

They behave like people at terminals, with a pause between two queries. Prints how long the queries took, and
fails if one of them fails.
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

from .archive import as_text, make_queries, percentile, synthetic_language


def search_repeatedly(folder: Path, seed: int, pause: float, seconds: float) -> list[float]:
    """Run queries until the time is up; return the milliseconds that each query took."""
    queries = list(make_queries(synthetic_language(), seed))
    milliseconds: list[float] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        text, options = as_text(queries[len(milliseconds) % len(queries)])
        begun = time.perf_counter()
        with open_index(folder) as index:  # whichever generation is current
            results = index.search(text, limit=10, **options)
            for hit in results:
                assert hit.paragraph.text
        milliseconds.append((time.perf_counter() - begun) * 1000)
        time.sleep(pause)
    return milliseconds


def search_in_parallel(folder: Path, readers: int, pause: float, seconds: float) -> Iterator[float]:
    with ProcessPoolExecutor(readers, get_context("spawn")) as pool:
        futures = [pool.submit(search_repeatedly, folder, seed, pause, seconds) for seed in range(readers)]
        for future in futures:
            yield from future.result()


def report(name: str, milliseconds: list[float]) -> float:
    """Print a line of the table and return the 95th percentile."""
    p50, p95, p99 = (percentile(milliseconds, share) for share in (0.5, 0.95, 0.99))
    print(
        f"{name:22} {len(milliseconds):7} queries  p50 {p50:7.2f}  p95 {p95:7.2f}  p99 {p99:7.2f} ms",
        flush=True,
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
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "cablesearch", "reindex", "--engine", "tantivy", "--no-people"]
        command += ["--index", scratch, str(arguments.corpus)]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        workload = (Path(scratch), arguments.readers, arguments.pause, arguments.seconds)
        alone = report("alone", list(search_in_parallel(*workload)))
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as build:
            during = report("during a rebuild", list(search_in_parallel(*workload)))
            ended = build.poll()
            status = build.wait()
    last = "the build ended first" if ended is not None else "the build was still running"
    print(f"p95 {during / alone:.2f} times as long; {last}")
    sys.exit(status)


if __name__ == "__main__":
    main()
