"""From annotated cables to a model: examples, both passes, and the file of weights."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cablesearch.model.cable import Cable
from cablesearch.people.features import Word, word
from cablesearch.people.lexicon import Lexicon, Lists, lexicon
from cablesearch.people.model import HOPELESS, Model
from cablesearch.people.sequence import first, joined, rows, second
from cablesearch.people.tokens import Token, token

from . import learn
from .labels import Annotation, Named, key, letters, names_in

Weights = tuple[dict[str, float], dict[str, float]]
Row = tuple[list[str], bool]
DOCUMENTS = 500  # of editions
MANY = 4  # tagged people in a document, at least
CLEAR = -1.5  # a word that weighs less is in no name, tagged or not
PARTS = 4  # of the examples, for scores of the first pass that it was not trained on
_WEAK = frozenset(("particle", "initials", "acronym"))


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated cable: which of its pieces are in names, and the features of the first pass."""

    cable: Cable
    annotation: Annotation
    tokens: list[Token]
    words: list[Word]
    wanted: dict[int, bool]
    features: dict[int, list[str]]


def example(cable: Cable, annotation: Annotation, capitals: bool, known: Lexicon | None = None) -> Example:
    """Make an example of a cable."""
    texts = [p.text.upper() if capitals else p.text for p in cable.paragraphs]
    raw, starts = rows(texts)
    tokens = [token(piece) for piece in raw]
    words = [word(one, known or lexicon(), capitals) for one in tokens]
    wanted = _wanted(tokens, words, starts, names_in(annotation, cable))
    features = {i: first(tokens, words, i) for i in wanted}
    return Example(cable, annotation, tokens, words, wanted, features)


def _wanted(
    tokens: list[Token], words: list[Word], starts: list[int], names: list[set[str]]
) -> dict[int, bool]:
    """Give, for each piece that may be in a name, whether it is; initials only beside other words."""
    sure: dict[int, bool] = {}
    weak: list[int] = []
    for start, end, known in zip(starts, [*starts[1:], len(tokens)], names, strict=True):
        for i in range(start, end):
            if not words[i].candidate:
                continue
            parts = letters(tokens[i].core)
            sure[i] = bool(parts) and parts <= known
            if sure[i] and words[i].kind in _WEAK:
                weak.append(i)
                sure[i] = False
    for i in reversed(weak):
        sure[i] = joined(tokens[i], tokens[i + 1]) and sure.get(i + 1, False)
    for i in weak:
        sure[i] = sure[i] or (joined(tokens[i - 1], tokens[i]) and sure.get(i - 1, False))
    return sure


def fit(examples: Sequence[Example], tagged: Sequence[Example] = ()) -> Weights:
    """Learn both passes.

    Args:
        tagged: of editions, which tag some names only; see `_sure`.
    """
    sure = _sure(tagged, _first(examples)) if tagged else []
    every = [*examples, *sure]
    rows: list[Row] = []
    for part in range(PARTS):
        learned = _first([one for n, one in enumerate(every) if n % PARTS != part])
        for one in every[part::PARTS]:
            rows += _second(one, learned)
    return _first(every), learn.weights(rows, least=2, epochs=8)


def _first(examples: Sequence[Example]) -> dict[str, float]:
    return learn.weights([(one.features[i], wanted) for one in examples for i, wanted in one.wanted.items()])


def _sure(tagged: Sequence[Example], learned: dict[str, float]) -> list[Example]:
    """Give what editions teach: the words of tagged names, and untagged ones that are clearly in none."""
    return [
        replace(
            one,
            wanted={
                i: wanted
                for i, wanted in one.wanted.items()
                if wanted or learn.score(one.features[i], learned) < CLEAR
            },
        )
        for one in tagged
    ]


class Untagged(Lexicon):
    """The lists without those of tagged names, which would know every name that is learned from tags."""

    def __init__(self, known: Lexicon) -> None:
        self._known = known
        self.classes, self.sound = known.classes, known.sound  # type: ignore[method-assign]

    def lists(self, word: str) -> Lists:
        return tuple(name for name in self._known.lists(word) if not name.startswith("tagged"))


def editions(cables: Sequence[Cable]) -> list[Example]:
    """Make examples of documents whose editors tag names: a few hundred, with many names each."""
    known = Untagged(lexicon())
    rich = [c for c in cables if MANY <= sum(len(p.people) for p in c.paragraphs) <= 10 * MANY]
    chosen = random.Random(3).sample(rich, min(DOCUMENTS, len(rich)))
    return [example(cable, _tags(cable), False, known) for cable in chosen]


def _tags(cable: Cable) -> Annotation:
    return {key(p): [Named(who.name, who.name, False) for who in p.people] for p in cable.paragraphs}


def _second(one: Example, learned: dict[str, float]) -> list[Row]:
    """Give the examples of the second pass."""
    scores = {i: learn.score(features, learned) for i, features in one.features.items()}
    same: dict[str, list[float]] = defaultdict(list)
    for i, score in scores.items():
        same[one.words[i].key].append(score)
    found = []
    for i, score in scores.items():
        uses = same[one.words[i].key]
        if max(uses) < HOPELESS:
            continue
        last, following = _neighbour(one, scores, i, -1), _neighbour(one, scores, i, 1)
        features = second(
            score, sum(uses) / len(uses), max(uses), last, following, one.words[i].kind, len(uses)
        )
        if i in one.wanted:
            found.append((features, one.wanted[i]))
    return found


def _neighbour(one: Example, scores: dict[int, float], i: int, way: int) -> float | None:
    """Give the score of the word that a word is joined to, across particles between them."""
    near, far = (i - 1, i) if way < 0 else (i, i + 1)
    while joined(one.tokens[near], one.tokens[far]):
        i += way
        if i in scores:
            return scores[i]
        if one.words[i].kind != "particle":
            break
        near, far = near + way, far + way
    return None


def model(weights: Weights, capitals: bool) -> Model:
    """Give the model as the package uses it."""
    return Model(*rounded(weights), lexicon(), capitals)


def rounded(weights: Weights) -> Weights:
    """Give weights as the file keeps them."""
    one, two = ({f: round(w, 2) for f, w in some.items() if abs(w) >= 0.01} for some in weights)
    return one, two


def render(by_mode: dict[str, Weights], header: str) -> str:
    """Give the file of weights: what the package reads."""
    lines = [f"# {line}" for line in header.splitlines()]
    for mode, weights in by_mode.items():
        for number, some in enumerate(rounded(weights), 1):
            lines.append(f"\n[{mode} {number}]")
            lines += (f"{feature}\t{weight:g}" for feature, weight in sorted(some.items()))
    return "\n".join(lines) + "\n"
