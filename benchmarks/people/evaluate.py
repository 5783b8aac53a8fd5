"""How well the model that ships finds the people of annotated cables.

    python -m benchmarks.people.evaluate --cables DIR [--telegrams DIR] [--frus DIR ...]
        [--annotations FILE_OR_DIR ...] [--held-out] [--errors 30]

Pages, telegrams and editions are scored apart, and so are the cables held out of training: as they are
written, and in capitals. Names that the texts do not have where the annotations say are listed first.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from cablesearch.model.cable import Cable

from .corpora import add_options, read_annotated
from .labels import KINDS, Annotated, find_misplaced, load_all
from .score import Score, add, rewritten

WRITINGS: dict[str, Callable[[str], str]] = {"as written": str, "in capitals": str.upper}


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add_options(parser)
    parser.add_argument("--held-out", action="store_true", help="only the cables held out of training")
    parser.add_argument("--errors", type=int, default=0, help="list so many of each group's errors")
    args = parser.parse_args()
    known = load_all(args.annotations)
    cables = read_annotated(known, args)
    for ref, cable in cables.items():
        for name in find_misplaced(known[ref], cable):
            print(f"not in the text of {ref}: {name}")
    for held_out in (True,) if args.held_out else (True, False):
        for kind in KINDS:
            group = {
                r: a for r, a in known.items() if a.kind == kind and a.held_out == held_out and r in cables
            }
            if group:
                report(f"{kind}, {'held out' if held_out else 'for training'}", group, cables, args.errors)


def report(title: str, group: Annotated, cables: dict[str, Cable], errors: int) -> None:
    """Print the scores of a group of cables in each way of writing, and its errors as it is written."""
    for writing, change in WRITINGS.items():
        score = Score()
        for ref, annotation in group.items():
            add(score, rewritten(cables[ref], change), annotation)
        names = score.found + score.missed
        print(f"{title}, {writing}: {len(group)} cables, {names} names: {score}", flush=True)
        if change is str:
            for error, n in score.errors.most_common(errors):
                print(f"{n:5} {error}")


if __name__ == "__main__":
    main()
