"""What a build costs each of its processes, and how much faster more processors can make it.

    python -m benchmarks.cores cables.zip

The process that feeds the index has one thread of Python, which reads what the workers send; the engine
indexes in a thread beside it. Whichever of the two works longest bounds a build, however many processors
there are. The bound follows from counted processor time; only as many workers as the machine has processors
can be timed.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
from pathlib import Path

from cablesearch import rebuild_index

from .measure import run


def build(source: Path, folder: Path, workers: int, people: bool) -> None:
    """Build an index, and write the processor seconds of each part of the work beside it."""
    rebuild_index(folder / "index", [source], workers=workers, people=people)
    used = [
        usage.ru_utime + usage.ru_stime
        for usage in map(
            resource.getrusage, (resource.RUSAGE_THREAD, resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
    ]
    (folder / "used.json").write_text(json.dumps([used[0], used[1] - used[0], used[2]]))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--no-people", action="store_true")
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.into:
        build(options.source, options.into, options.workers[0], not options.no_people)
        return
    print(
        f"{'workers':>7} {'seconds':>8} {'all, cpu':>9} {'workers':>8} {'feeding':>8} {'engine':>7}"
        f" {'feeding':>8} {'bound':>6} {'peak MB':>8}"
    )
    for workers in options.workers:
        with tempfile.TemporaryDirectory() as folder:
            people = ["--no-people"] if options.no_people else []
            arguments = [str(options.source), "--workers", str(workers), "--into", folder, *people]
            cost = run([sys.executable, "-m", "benchmarks.cores", *arguments])
            feeding, engine, working = json.loads((Path(folder) / "used.json").read_text())
        used = feeding + engine + working
        print(
            f"{workers:7} {cost.seconds:8.1f} {used:9.1f} {working:8.1f} {feeding:8.1f} {engine:7.1f}"
            f" {feeding / used:8.0%} {used / max(feeding, engine):6.1f} {cost.memory / 1e6:8,.0f}"
        )


if __name__ == "__main__":
    main()
