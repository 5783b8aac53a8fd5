"""How fast people are recognised, compared with splitting the text into words; loading time; memory.

python -m benchmarks.people.speed --cables DIR
"""

from __future__ import annotations

import argparse
import re
import resource
import time
from collections.abc import Callable
from pathlib import Path

from cablesearch.people.model import load_model
from cablesearch.people.recognise import recognise

from .lists import parsed
from .score import rewritten

ROUNDS = 3  # in the first, every word is met for the first time


def main() -> None:
    """Print processor seconds and words a second."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cables", type=Path, required=True, help="pages")
    cables = list(parsed(parser.parse_args().cables.rglob("*.html")))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"loading {_seconds(lambda: load_model(False)):.3f} s")
    texts = [paragraph.text for cable in cables for paragraph in cable.paragraphs]
    words = sum(len(re.findall(r"\w+", text)) for text in texts)
    reference = _seconds(lambda: [re.findall(r"\w+", text) for text in texts])
    for name, some in (("mixed", cables), ("capitals", [rewritten(cable, str.upper) for cable in cables])):
        for _ in range(ROUNDS):
            spent = _seconds(lambda some=some: [recognise(cable) for cable in some])  # type: ignore[misc]
            print(f"{name}: {words / spent:,.0f} words a second, {spent / reference:.1f} times the reference")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"memory {(after - before) // 1024} MB more at the peak")


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    main()
