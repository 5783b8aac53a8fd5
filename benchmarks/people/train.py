"""Make the recogniser's data, word lists and model, and score it on what it was not made from.

    python -m benchmarks.people.train --frus DIR --cables DIR --annotations FILE_OR_DIR ... \\
        [--test FILE_OR_DIR] [--held VOLUME ...]

Three scores go into the head of the model file: the annotated cables of `--test` by a model of the others;
all annotated cables, each by a model of four fifths of the others; and the share of tagged names that are
found in the volumes `--held`, which are left out of lists and training.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cablesearch.model.cable import Cable
from cablesearch.people.lexicon import load_lexicon

from . import fit, lists
from .examples import Example, edition_examples, make_example
from .labels import Annotation, load
from .score import Score, add, score_editions

DATA = Path(__file__).resolve().parents[2] / "cablesearch" / "people" / "data"
FOLDS = 5
MODES = {"mixed": False, "capitals": True}
Annotated = dict[str, Annotation]


def main() -> None:
    """Make the lists, then the model."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--frus", type=Path, required=True, help="volumes in TEI")
    parser.add_argument("--cables", type=Path, required=True, help="pages of the annotated cables, and more")
    parser.add_argument("--annotations", type=Path, nargs="+", required=True)
    parser.add_argument("--test", type=Path, help="annotations to test on first")
    parser.add_argument("--held", nargs="*", default=[], help="names of volumes to test on")
    args = parser.parse_args()
    volumes = sorted(args.frus.rglob("*.xml"))
    editions = list(lists.parsed(path for path in volumes if path.stem not in args.held))
    held = list(lists.parsed(path for path in volumes if path.stem in args.held))
    cables = {cable.id: cable for cable in lists.parsed(args.cables.rglob("*.html"))}
    (DATA / "words.txt").write_text(lists.build(editions, cables.values()), "utf-8")
    load_lexicon.cache_clear()
    known = {ref: found for place in args.annotations for ref, found in load(place).items()}
    train(cables, known, load(args.test) if args.test else {}, editions, held)


def train(
    cables: dict[str, Cable],
    known: Annotated,
    test: Annotated,
    editions: Sequence[Cable],
    held: Sequence[Cable],
) -> None:
    """Score both ways of writing; write the model that all annotations make."""
    weights, header = {}, []
    for mode, capitals in MODES.items():
        more = [] if capitals else edition_examples(editions)
        examples, tested = _examples(cables, known, capitals), _examples(cables, test, capitals)
        if test:
            found = score(fit.fit(examples, more), tested, capitals)
            header.append(f"{mode}: {len(examples)} cables, tested on {len(tested)} others: {found}")
            print(header[-1], flush=True)
        examples += tested
        weights[mode] = fit.fit(examples, more)
        found = cross_validate(examples, capitals, more)
        header.append(f"{mode}: {len(examples)} cables in {FOLDS} folds: {found}")
        print(header[-1], flush=True)
        for error, n in found.errors.most_common(50):
            print(f"{n:4} {error}")
    if held:
        recall = score_editions(held, fit.make_model(weights["mixed"], False)).recall
        header.append(f"tagged names found in volumes kept apart: {recall:.3f}")
        print(header[-1])
    (DATA / "model.txt").write_text(fit.render(weights, "\n".join(header)), "utf-8")


def _examples(cables: dict[str, Cable], known: dict[str, Annotation], capitals: bool) -> list[Example]:
    """Return the examples, in the same random order each time."""
    found = [make_example(cables[ref], one, capitals) for ref, one in sorted(known.items())]
    random.Random(1).shuffle(found)
    return found


def cross_validate(examples: Sequence[Example], capitals: bool, more: Sequence[Example] = ()) -> Score:
    """Score each cable by a model of the others."""
    total = Score()
    for fold in range(FOLDS):
        rest = [one for n, one in enumerate(examples) if n % FOLDS != fold]
        total = score(fit.fit(rest, more), examples[fold::FOLDS], capitals, total)
    return total


def score(
    weights: fit.Passes, examples: Sequence[Example], capitals: bool, total: Score | None = None
) -> Score:
    """Score a model on examples, added to a total."""
    total, model = total or Score(), fit.make_model(weights, capitals)
    for one in examples:
        add(total, in_capitals(one.cable) if capitals else one.cable, one.annotation, model)
    return total


def in_capitals(cable: Cable) -> Cable:
    """Return a cable with its paragraphs in capitals."""
    return replace(cable, paragraphs=tuple(replace(p, text=p.text.upper()) for p in cable.paragraphs))


if __name__ == "__main__":
    main()
