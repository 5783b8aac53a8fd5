"""`make fuzz`: damaged files, hostile names and queries, for ten minutes or as long as you like.

    python -m benchmarks.fuzz --minutes 60
    python -m benchmarks.fuzz --only queries --inputs 200000 --seed 7

A finding is an input at which the program fails, shows something harmful, or takes longer than a second for
each 100 kB begun. Each is printed, and kept as a file in `--keep`, as small as could be made of it; then the
exit status is 1. What inputs are made of is in `seeds.py` and `pieces.py`; the same seed makes the same ones.
"""

from __future__ import annotations

import argparse
import resource
import sys
from contextlib import suppress
from pathlib import Path

from .run import Limits, run
from .targets import TARGETS

MEMORY = 4 << 30  # bytes; an input that needs more is a finding, and does not stop the machine


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10, help="how long, for all targets together")
    parser.add_argument("--inputs", type=int, help="stop each target after this many inputs")
    parser.add_argument(
        "--only", nargs="+", choices=[target.name for target in TARGETS], help="these targets"
    )
    parser.add_argument("--seed", type=int, default=1, help="another number makes other inputs")
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="the folder for what is found")
    options = parser.parse_args()
    targets = [target for target in TARGETS if not options.only or target.name in options.only]
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    whole, found = sum(target.share for target in targets), 0
    for kind in targets:
        limits = Limits(options.minutes * 60 * kind.share / whole, options.inputs)
        with kind() as target:
            found += run(target, limits, options.seed, options.keep)
    return min(found, 1)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
