"""Training examples: which words of annotated cables may be in names, which are, and their features."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cablesearch.model.cable import Cable
from cablesearch.people import features
from cablesearch.people.features import Word, classify, score_class
from cablesearch.people.lexicon import Lexicon, Lists, load_lexicon
from cablesearch.people.model import Model
from cablesearch.people.sequence import build_row
from cablesearch.people.tokens import Token, parse_token
from cablesearch.people.weighing import MIN_BEST_SCORE, Piece, neighbour_class, tally

from .corpora import retype
from .labels import Annotation, Label, letters, names_in, paragraph_key
from .score import rewritten

DOCUMENTS = 500  # of editions
MIN_TAGGED = 4  # people tagged in a document that is learned from
_WEAK = frozenset(("particle", "initials", "acronym", "generation"))  # in a name only beside a word that is


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated cable.

    Attributes:
        row: its pieces without weights; `words` describes each.
        wanted: for each annotated place in the row that may be in a name, whether it is.
        features: those of the first pass, for each place that may be in a name.
    """

    cable: Cable
    annotation: Annotation
    row: list[Piece]
    words: list[Word]
    wanted: dict[int, bool]
    features: dict[int, list[str]]


def make_example(
    cable: Cable, annotation: Annotation, capitals: bool, lexicon: Lexicon | None = None
) -> Example:
    """Make an example of a cable, in capitals if so asked."""
    lexicon = lexicon or load_lexicon()
    texts = [p.text.upper() if capitals else p.text for p in cable.paragraphs]
    raw, starts = build_row(texts)
    tokens = [parse_token(piece) for piece in raw]
    words = [classify(token, lexicon, capitals) for token in tokens]
    row = [*map(Model({}, {}, lexicon, capitals).pieces.__getitem__, raw)]
    wanted = _wanted(tokens, words, starts, names_in(annotation, cable))
    first = {i: first_pass(tokens, words, i) for i, word in enumerate(words) if word.candidate}
    return Example(cable, annotation, row, words, wanted, first)


def _wanted(
    tokens: Sequence[Token], words: Sequence[Word], starts: list[int], names: list[set[str] | None]
) -> dict[int, bool]:
    """Return, for each annotated piece that may be in a name, whether it is; initials only beside others."""
    wanted: dict[int, bool] = {}
    weak: list[int] = []
    for start, end, known in zip(starts, [*starts[1:], len(tokens)], names, strict=True):
        if known is None:
            continue
        for i in range(start, end):
            if not words[i].candidate:
                continue
            parts = letters(tokens[i].core)
            wanted[i] = bool(parts) and parts <= known
            if wanted[i] and words[i].kind in _WEAK:
                weak.append(i)
                wanted[i] = False
    for i in reversed(weak):
        wanted[i] = _are_joined(tokens, i) and wanted.get(i + 1, False)
    for i in weak:
        wanted[i] = wanted[i] or (_are_joined(tokens, i - 1) and wanted.get(i - 1, False))
    return wanted


def first_pass(tokens: Sequence[Token], words: Sequence[Word], i: int) -> list[str]:
    """Return a word's features of the first pass: of itself, of two neighbours a side, and of the pairs."""
    last, following = _are_joined(tokens, i - 1), _are_joined(tokens, i)

    def neighbour(offset: int, place: str) -> list[str]:
        token, word = tokens[i + offset], words[i + offset]
        named = features.neighbour_features(word.kind, word.key, token.tail, token.lead)
        return [place + feature for feature in named]

    return [
        *features.kind_features(words[i].kind, tokens[i].tail, tokens[i].lead),
        *(feature for name_features, values in words[i].own for feature in name_features(*values)),
        *neighbour(-1, features.BEFORE[last]),
        *neighbour(1, features.AFTER[following]),
        *neighbour(-2, features.FAR_BEFORE)[: features.FAR],
        *neighbour(2, features.FAR_AFTER)[: features.FAR],
        *features.pair_features(words[i - 1].kind, last, words[i].kind, following, words[i + 1].kind),
    ]


def _are_joined(tokens: Sequence[Token], i: int) -> bool:
    """Whether nothing parts a token from the next."""
    return not (tokens[i].tail or tokens[i + 1].lead)


def second_pass(example: Example, scores: Mapping[int, float]) -> dict[int, list[str]]:
    """Return the features of the second pass, for each place that is not hopeless after the first.

    Args:
        scores: those of the first pass by place.
    """
    uses = tally(example.row, [*scores], [*scores.values()])
    found = {}
    for i, score in scores.items():
        total, count, most = uses[example.row[i].key]
        if most < MIN_BEST_SCORE:
            continue
        own, best, mean = score_class(score), score_class(most), score_class(total / count)
        last, following = (neighbour_class(example.row, scores, i, way) for way in (-1, 1))
        found[i] = [
            *features.best_features(own, best),
            *features.mean_features(own, mean),
            *features.last_features(own, last),
            *features.next_features(own, following),
            *features.kind_score_features(example.words[i].kind, best, last, following),
            *features.use_features(int(count), mean),
        ]
    return found


class Untagged(Lexicon):
    """The lexicon without the lists of tagged names: these know every name that is learned from tags."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.classes, self.letter_score = lexicon.classes, lexicon.letter_score  # type: ignore[method-assign]

    def lists(self, word: str) -> Lists:
        return tuple(name for name in self._lexicon.lists(word) if not name.startswith("tagged"))


def edition_examples(cables: Sequence[Cable], capitals: bool) -> list[Example]:
    """Make examples of documents whose editors tag names: a few hundred, with many names each.

    Args:
        capitals: they are put into capitals, as telegrams are sent.
    """
    lexicon = Untagged(load_lexicon())
    rich = [c for c in cables if MIN_TAGGED <= sum(len(p.people) for p in c.paragraphs) <= 10 * MIN_TAGGED]
    chosen = random.Random(3).sample(rich, min(DOCUMENTS, len(rich)))
    change = retype if capitals else str
    return [make_example(rewritten(cable, change), _tags(cable), capitals, lexicon) for cable in chosen]


def _tags(cable: Cable) -> Annotation:
    return Annotation(
        {paragraph_key(p): [Label(who.name, who.name, False) for who in p.people] for p in cable.paragraphs},
        "edition",
    )
