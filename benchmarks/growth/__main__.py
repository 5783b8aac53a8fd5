"""`make growth`: the time of every pattern, and of cables in which one thing is blown up, must grow linearly.

Each is run on inputs of 5,000 to 40,000 characters. Where the time per character grows by more than half when
the input doubles, the pattern or the cable is printed with the times, and the exit status is 1.

    python -m benchmarks.growth                  all; two or three minutes
    python -m benchmarks.growth message._REASON  patterns and inputs with this in their names
"""

from __future__ import annotations

import sys
from itertools import chain

from .check_inputs import check_input
from .check_patterns import check_pattern
from .inputs import cases
from .patterns import find_uses, package_modules


def main() -> int:
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    uses = [use for use in find_uses(package_modules("cablesearch")) if wanted in use.where]
    inputs = [case for case in cases() if wanted in case.name]
    found = 0
    for finding in chain.from_iterable(chain(map(check_pattern, uses), map(check_input, inputs))):
        print(finding, flush=True)
        found += 1
    print(f"{len(uses)} patterns, {len(inputs):,} whole inputs: {found or 'none'} slower than linear")
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())
