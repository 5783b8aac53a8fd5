"""From examples to a model: both passes are learned, and written to the file of weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cablesearch.people.lexicon import load_lexicon
from cablesearch.people.model import Model, Weights

from . import learn
from .examples import Example, second_pass

Passes = tuple[Weights, Weights]
CLEARLY_NO_NAME = -1.5  # a word of an edition that scores less is in no name, though names are left untagged
PARTS = 4  # of the examples: each part's scores of the first pass are by a model of the others


def fit(examples: Sequence[Example], tagged: Sequence[Example] = ()) -> Passes:
    """Learn both passes.

    Args:
        tagged: examples from editions, whose editors leave some names untagged.
    """
    every = [*examples, *(_reliable(tagged, _fit_first(examples)) if tagged else ())]
    rows: list[learn.Row] = []
    for part in range(PARTS):
        first = _fit_first([one for n, one in enumerate(every) if n % PARTS != part])
        for one in every[part::PARTS]:
            rows += _second_rows(one, first)
    return _fit_first(every), learn.weights(rows, least=2, epochs=8)


def _fit_first(examples: Sequence[Example]) -> Weights:
    return learn.weights([(one.features[i], wanted) for one in examples for i, wanted in one.wanted.items()])


def _reliable(tagged: Sequence[Example], first: Weights) -> list[Example]:
    """Return what editions teach: the words of tagged names, and untagged ones that are clearly in none."""
    return [
        replace(
            one,
            wanted={
                i: wanted
                for i, wanted in one.wanted.items()
                if wanted or learn.score(one.features[i], first) < CLEARLY_NO_NAME
            },
        )
        for one in tagged
    ]


def _second_rows(one: Example, first: Weights) -> list[learn.Row]:
    scores = {i: learn.score(features, first) for i, features in one.features.items()}
    features = second_pass(one, scores)
    return [(features[i], wanted) for i, wanted in one.wanted.items() if i in features]


def make_model(weights: Passes, capitals: bool) -> Model:
    """Return the model as the package uses it."""
    return Model(*_rounded(weights), load_lexicon(), capitals)


def _rounded(weights: Passes) -> Passes:
    """Return weights as the file keeps them."""
    one, two = ({f: round(w, 2) for f, w in some.items() if abs(w) >= 0.01} for some in weights)
    return one, two


def render(by_mode: dict[str, Passes], header: str) -> str:
    """Return the file of weights that the package reads."""
    lines = [f"# {line}" for line in header.splitlines()]
    for mode, weights in by_mode.items():
        for number, some in enumerate(_rounded(weights), 1):
            lines.append(f"\n[{mode} {number}]")
            lines += (f"{feature}\t{weight:g}" for feature, weight in sorted(some.items()))
    return "\n".join(lines) + "\n"
