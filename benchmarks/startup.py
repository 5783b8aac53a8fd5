"""How long a command takes from the shell, as a ratio to `import typer`, which every command needs.

    python -m benchmarks.startup [--runs 15]

The two are timed alternately, so that a machine that slows down affects both; medians of CPU seconds.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[1] / "corpus"
BASE = ("-c", "import typer")


def cpu_seconds(arguments: tuple[str, ...]) -> float:
    """Run Python with these arguments and return the CPU seconds that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        program = ("-m", "cablesearch")
        subprocess.run([sys.executable, *program, "reindex", "--index", folder, str(SAMPLE)], check=True)
        commands = {
            "cablesearch --help": (*program, "--help"),
            "cablesearch QUERY": (*program, "--index", folder, "Democratization Commission"),
            "cablesearch search --help": (*program, "search", "--help"),
            "cablesearch show ID": (*program, "show", "--index", folder, "07ASTANA48"),
            "cablesearch index": (*program, "index", "--index", folder),
        }
        print(f"{'command':26} {'seconds':>8} {'import typer':>13} {'ratio':>6}")
        for name, arguments in commands.items():
            pairs = [(cpu_seconds(arguments), cpu_seconds(BASE)) for _ in range(runs)]
            own, base = (statistics.median(side) for side in zip(*pairs, strict=True))
            ratio = statistics.median(a / b for a, b in pairs)
            print(f"{name:26} {own:8.3f} {base:13.3f} {ratio:6.2f}", flush=True)


if __name__ == "__main__":
    main()
