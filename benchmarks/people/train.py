"""Make the recogniser's data: word lists, then the model; print how good it is on cables that it was not trained on.

    python -m benchmarks.people.train --cables DIR --annotations FILE_OR_DIR ... [--frus DIR] [--test DIR]

With `--frus` the word lists are made first, from volumes and cables. Each annotated cable counts for as much as it is long.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cablesearch.cable import Cable

from . import fit, lists
from .labels import Annotation, load
from .score import Score, add

DATA = Path(__file__).resolve().parents[2] / "cablesearch" / "people" / "data"
FOLDS = 5
MODES = {"mixed": False, "capitals": True}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cables", type=Path, required=True, help="pages of the annotated cables, and more")
    parser.add_argument("--annotations", type=Path, nargs="+", required=True)
    parser.add_argument("--test", type=Path, help="annotations to test on first")
    parser.add_argument("--frus", type=Path, help="volumes to make the word lists from")
    args = parser.parse_args()
    if args.frus:
        (DATA / "words.txt").write_text(lists.build(args.frus, args.cables), "utf-8")
    cables = {cable.id: cable for cable in lists.parsed(args.cables, "*.html")}
    known = {ref: found for place in args.annotations for ref, found in load(place).items()}
    test = load(args.test) if args.test else {}
    train(cables, known, test)


def train(cables: dict[str, Cable], known: dict[str, Annotation], test: dict[str, Annotation]) -> None:
    """Report scores, then write the model that all annotations make."""
    models, header = {}, []
    for mode, capitals in MODES.items():
        examples = _examples(cables, known, capitals)
        if test:
            tested = _examples(cables, test, capitals)
            header.append(f"{mode}, {len(examples)} cables, tested on {len(tested)} others: {_tested(examples, tested, capitals)}")
            print(header[-1])
            examples += tested
        header.append(f"{mode}, {len(examples)} cables, {FOLDS} folds: {cross(examples, capitals)}")
        print(header[-1])
        models[mode] = fit.fit(examples)
    (DATA / "model.txt").write_text(fit.render(models, "\n".join(header)), "utf-8")


def _examples(cables: dict[str, Cable], known: dict[str, Annotation], capitals: bool) -> list[fit.Example]:
    """Give the examples, shuffled alike each time."""
    found = [fit.example(cables[ref], one, capitals) for ref, one in sorted(known.items())]
    random.Random(1).shuffle(found)
    return found


def cross(examples: Sequence[fit.Example], capitals: bool) -> Score:
    """Score each cable by a model of the others."""
    total = Score()
    for fold in range(FOLDS):
        rest = [one for n, one in enumerate(examples) if n % FOLDS != fold]
        _score(total, fit.fit(rest), examples[fold::FOLDS], capitals)
    return total


def _tested(examples: Sequence[fit.Example], tested: Sequence[fit.Example], capitals: bool) -> Score:
    total = Score()
    _score(total, fit.fit(examples), tested, capitals)
    return total


def _score(total: Score, weights: fit.Weights, examples: Sequence[fit.Example], capitals: bool) -> None:
    model = fit.model(weights, capitals)
    for one in examples:
        cable = upper(one.cable) if capitals else one.cable
        add(total, cable, one.annotation, model)


def upper(cable: Cable) -> Cable:
    """Give a cable with its paragraphs in capitals."""
    return replace(cable, paragraphs=tuple(replace(p, text=p.text.upper()) for p in cable.paragraphs))


if __name__ == "__main__":
    main()
