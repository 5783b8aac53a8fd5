"""Make the recogniser's data, word lists and model, and score it on what it was not made from.

    python -m benchmarks.people.train --cables DIR --frus DIR ... [--telegrams DIR]
        [--annotations FILE_OR_DIR ...] [--test FILE_OR_DIR] [--held VOLUME ...]

Nothing is learned from the cables of `--test`, from the annotated ones that are held out, or from the volumes
`--held`; the word lists are made without them too. The head of the model file gets the scores on the cables
of `--test`, on those held out by kind, and on each cable learned from by a model of four fifths of the
others; and the share of tagged names that are found in the volumes.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from cablesearch.model.cable import Cable
from cablesearch.people.lexicon import DATA, load_lexicon

from . import fit, lists
from .corpora import add_options, find_volumes, read_annotated
from .examples import Example, edition_examples, make_example
from .labels import KINDS, Annotated, load, load_all
from .score import Score, add, is_in_capitals, rewritten, score_editions

FOLDS = 5
MODES = {"mixed": False, "capitals": True}


def main() -> None:
    """Make the lists, then the model."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add_options(parser)
    parser.add_argument("--test", type=Path, help="annotations to test on")
    parser.add_argument("--held", nargs="*", default=[], help="names of volumes to test on")
    args = parser.parse_args()
    annotated = load_all(args.annotations)
    known, tests = split(annotated, load(args.test) if args.test else {})
    apart = {ref for test in tests.values() for ref in test}
    read = apart.union(annotated)  # a name would be known by its tags in the document that is learned from
    cables = read_annotated({**annotated, **tests["others"]}, args)
    volumes = find_volumes(args.frus)
    editions = [
        cable
        for cable in lists.parsed(path for path in volumes if path.stem not in args.held)
        if cable.id not in read
    ]
    held = list(lists.parsed(path for path in volumes if path.stem in args.held))
    pages = (path for path in args.cables.rglob("*.html") if path.stem not in apart)
    (DATA / "words.txt").write_text(lists.build(editions, lists.parsed(pages)), "utf-8")
    load_lexicon.cache_clear()
    train(cables, known, tests, editions, held)


def split(annotated: Annotated, others: Annotated) -> tuple[Annotated, dict[str, Annotated]]:
    """Return what may be learned from, and the tests by name: held-out cables by kind, and the others."""
    tests = {
        f"held out ({kind})": {
            ref: one for ref, one in annotated.items() if one.held_out and one.kind == kind
        }
        for kind in KINDS
    }
    known = {ref: one for ref, one in annotated.items() if not one.held_out and ref not in others}
    return known, {**tests, "others": others}


def train(
    cables: dict[str, Cable],
    known: Annotated,
    tests: Mapping[str, Annotated],
    editions: Sequence[Cable],
    held: Sequence[Cable],
) -> None:
    """Write the model that the known annotations make, for both ways of writing, with its scores."""
    weights, header = {}, []
    for mode, capitals in MODES.items():
        more = edition_examples(editions, capitals)
        examples = _examples(cables, known, capitals)
        weights[mode] = fit.fit(examples, more)
        for name, test in tests.items():
            if tested := _examples(cables, test, capitals):
                found = score(weights[mode], tested, capitals)
                header.append(f"{mode}: {len(examples)} cables, tested on {len(tested)} {name}: {found}")
                print(header[-1], flush=True)
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


def _examples(cables: dict[str, Cable], known: Annotated, capitals: bool) -> list[Example]:
    """Return the examples, in the same random order each time; texts in capitals are for that mode only."""
    found = [
        make_example(cables[ref], one, capitals)
        for ref, one in sorted(known.items())
        if ref in cables and (capitals or not is_in_capitals(cables[ref]))
    ]
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
        add(total, rewritten(one.cable, str.upper) if capitals else one.cable, one.annotation, model)
    return total


if __name__ == "__main__":
    main()
