"""How long an export takes, how large it is, and how much memory it needs, by format and by number of rows.

    python -m benchmarks.exports INDEX                 10,000 and 100,000 paragraphs, in every format
    python -m benchmarks.exports INDEX --style apa     the same with citations in a style

Memory that does not grow with the rows is what makes an export of any length possible. Each export runs in a
process of its own, whose peak is measured.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

ROWS = (10_000, 100_000)


def export(index: Path, name: str, rows: int, style: str, file: Path) -> str:
    """Export paragraphs; return the seconds, the megabytes of the file and those of the process."""
    from resource import RUSAGE_SELF, getrusage

    from cablesearch import Passages, open_index
    from cablesearch import export as exporting

    start = time.perf_counter()
    with open_index(index) as cables:
        hits = islice(cables.scan("*"), rows)
        exporting.save(name, [Passages(hits, exporting.citing(style))], file)
    seconds = time.perf_counter() - start
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 1024  # kilobytes on Linux
    return f"{seconds:8.1f} s {file.stat().st_size / 1e6:8.1f} MB {peak:8.0f} MB in memory"


def main() -> None:
    """Measure every format, or one as a process of its own."""
    from cablesearch.cli.export import FORMATS

    parser = argparse.ArgumentParser(description="Measure exports.")
    parser.add_argument("index", type=Path)
    parser.add_argument("--style", default="plain")
    parser.add_argument("--one", nargs=2, metavar=("FORMAT", "ROWS"))
    given = parser.parse_args()
    if given.one:
        with TemporaryDirectory() as folder:
            name, rows = given.one
            print(export(given.index, name, int(rows), given.style, Path(folder) / "export"))
        return
    for name in FORMATS:
        for rows in ROWS:
            command = [sys.executable, "-m", "benchmarks.exports", str(given.index), "--style", given.style]
            done = subprocess.run(
                [*command, "--one", name, str(rows)], capture_output=True, text=True, check=True
            )
            print(f"{name:10} {rows:>8,} {done.stdout.rstrip()}", flush=True)


if __name__ == "__main__":
    main()
