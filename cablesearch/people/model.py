"""The trained model, laid out for speed: each piece is weighed once, and a decision adds a few numbers.

Two passes over the pieces that may be in names. The first weighs each in its place; the second weighs that
score against those of the same word elsewhere in the cable, and of the words that it is joined to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from . import features
from .features import (
    MAX_USES,
    NO_NEIGHBOUR,
    SCORE_CLASSES,
    Group,
    Word,
    classify,
    key_features,
)
from .lexicon import DATA, Lexicon, load_lexicon
from .tokens import Token, parse_token
from .weighing import Piece, SecondTables

try:
    from ._weighing import Pieces, choose  # compiled
except ImportError:
    from .weighing import Pieces, choose

MAX_PIECES = 100_000  # kept with their weights; some 25 MB

_PLACES = (*features.BEFORE, *features.AFTER, features.FAR_BEFORE, features.FAR_AFTER)

Weights = dict[str, float]  # by the features' names


class Model:
    """Weights for one way of writing: with small letters, or all in capitals.

    Args:
        first, second: the weights of the two passes.
    """

    def __init__(self, first: Weights, second: Weights, lexicon: Lexicon, capitals: bool) -> None:
        self.capitals = capitals
        self._lexicon = lexicon
        self._first = first
        self._kinds: dict[str, int] = {}
        self._names: list[str] = []
        self.pairs = _Pairs(self)
        self._said = _Said(first)
        self._groups: dict[Group, float] = {}
        self._words: dict[tuple[str, bool, bool], tuple[str, str, bool, str, float]] = {}
        self.pieces = Pieces(self.piece, self._words.clear, MAX_PIECES)
        self._neighbours: dict[tuple[str, str, str, str], Piece] = {}
        self._known_neighbours = {f.partition(" word ")[2] for f in first if " word " in f}
        self.second = _second_tables(second, self._names)

    def piece(self, raw: str) -> Piece:
        """Weigh a piece."""
        token = parse_token(raw)
        core, lead, tail, capital, initials = token
        word = core, capital, initials
        known = self._words.get(word)
        if known is None:
            known = self._words[word] = self._word(token)
        kind, seen, candidate, key, own = known
        values = kind, seen, tail, lead
        neighbour = self._neighbours.get(values)
        if neighbour is None:
            neighbour = self._neighbours[values] = self._neighbour(*values)
        if not candidate:
            return neighbour
        _, of_kind, before, after, far_before, far_after, code, is_open, begins, _, particle, _, _ = neighbour
        # By position: keywords take half as long again, in a step that meets every new word.
        places = far_before, far_after, code, is_open, begins, key, particle, core, initials
        return Piece(True, own + of_kind, before, after, *places)

    def _word(self, token: Token) -> tuple[str, str, bool, str, float]:
        """Return what a word is without the signs around it.

        Returns:
            Its class, its key as neighbours see it, whether it may be in a name, its key, its own weight.
        """
        word = classify(token, self._lexicon, self.capitals)
        return word.kind, self.neighbour_key(word), word.candidate, word.key, self._weigh_groups(word.own)

    def neighbour_key(self, word: Word) -> str:
        """Return the key of a word as its neighbours see it: that of no word if no weight knows it.

        Training sees every word, and weighs the empty key by numbers and signs alone. Without this rule the
        weights that come with the package find 1.6 % more names, but not better ones: the F1 on the 22
        annotated cables is 0.992 in place of 0.994.
        """
        return word.key if word.key in self._known_neighbours or word.kind == "particle" else ""

    def _weigh_groups(self, groups: tuple[Group, ...]) -> float:
        total = 0.0
        for group in groups:
            weight = self._groups.get(group)
            if weight is None:
                name_features, values = group
                weight = _total(name_features(*values), self._first)
                if name_features is not key_features:
                    self._groups[group] = weight
            total += weight
        return total

    def _neighbour(self, kind: str, key: str, tail: str, lead: str) -> Piece:
        """Return a piece that is in no name, as all are that say the same to their neighbours."""
        own = self._weigh_groups(((features.kind_features, (kind, tail, lead)),))
        k, w, t, e = map(self._said.__getitem__, features.neighbour_features(kind, key, tail, lead))
        before = k[0] + w[0] + t[0] + e[0], k[1] + w[1] + t[1] + e[1]
        after = k[2] + w[2] + t[2] + e[2], k[3] + w[3] + t[3] + e[3]
        far_before, far_after = k[4] + w[4], k[5] + w[5]
        code, particle = self._kind(kind) << 2 | (not tail) << 1 | (not lead), kind == "particle"
        places = far_before, far_after, code, not tail, not lead, key, particle, key, False
        return Piece(False, own, before, after, *places)

    def _kind(self, name: str) -> int:
        if name not in self._kinds:
            self._kinds[name] = len(self._names)
            self._names.append(name)
        return self._kinds[name]

    def choose(self, raw: Sequence[str], whole: bool = False) -> tuple[Sequence[Piece], list[int]]:
        """Return the pieces of a row, weighed, and the places of those that are in names.

        Args:
            raw: from `build_row`.
            whole: weigh all; otherwise those far from any that may be in a name are `UNWEIGHED`.
        """
        return choose(raw, self.pieces, self.pairs, self.second, whole)

    def weigh_pair(self, code: int) -> tuple[float, bool, bool]:
        """Return what the classes of three pieces weigh together, and which of them are joined.

        Args:
            code: the codes of the pieces, eight bits each.
        """
        last, piece, following = code >> 16, code >> 8 & 255, code & 255
        joined, joined_to_next = bool(last & 2 and piece & 1), bool(piece & 2 and following & 1)
        kinds = [self._names[code >> 2] for code in (last, piece, following)]
        named = features.pair_features(kinds[0], joined, kinds[1], joined_to_next, kinds[2])
        return _total(named, self._first), joined, joined_to_next


class _Pairs(dict[int, tuple[float, bool, bool]]):
    """What three pieces weigh together by their classes, each weighed once."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def __missing__(self, code: int) -> tuple[float, bool, bool]:
        pair = self[code] = self._model.weigh_pair(code)
        return pair


class _Said(dict[str, tuple[float, ...]]):
    """What each feature of a word weighs for its neighbours, in the order of `_PLACES`."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    def __missing__(self, feature: str) -> tuple[float, ...]:
        get = self._weights.get
        said = self[feature] = tuple([get(place + feature, 0.0) for place in _PLACES])
        return said


class _ByKind(dict[int, float]):
    """What a word's class weighs with the classes of its best score and its neighbours' scores.

    Each is worked out once, by the number that the four make: see `weighing.kind_code`.
    """

    def __init__(self, weights: Weights, kinds: Sequence[str]) -> None:
        self._weights = weights
        self._kinds = kinds

    def __missing__(self, code: int) -> float:
        named = features.kind_score_features(
            self._kinds[code >> 12], code >> 8 & 15, code >> 4 & 15, code & 15
        )
        weight = self[code] = _total(named, self._weights)
        return weight


def _second_tables(weights: Weights, kinds: Sequence[str]) -> SecondTables:
    """Return the tables of the second pass: sums of weights for each class of score.

    Args:
        kinds: names of the classes of words by their numbers; the model adds to them.
    """

    def table(
        name_features: Callable[[int, int], list[str]], rows: Iterable[int], columns: Iterable[int]
    ) -> list[list[float]]:
        return [[_total(name_features(row, column), weights) for column in columns] for row in rows]

    around = (*SCORE_CLASSES, NO_NEIGHBOUR)
    return SecondTables(
        best=table(features.best_features, SCORE_CLASSES, SCORE_CLASSES),
        mean=table(features.mean_features, SCORE_CLASSES, SCORE_CLASSES),
        last=table(features.last_features, SCORE_CLASSES, around),
        next=table(features.next_features, SCORE_CLASSES, around),
        uses=table(features.use_features, range(MAX_USES + 1), SCORE_CLASSES),
        by_kind=_ByKind(weights, kinds),
    )


def _total(named: Iterable[str], weights: Weights) -> float:
    get = weights.get
    return sum([get(feature, 0.0) for feature in named])


@cache
def load_model(capitals: bool = False) -> Model:
    """Return the model that comes with the package, read once for each way of writing."""
    text = (DATA / "model.txt").read_text("utf-8")
    return Model(*parse_weights(text, capitals), load_lexicon(), capitals)


def parse_weights(text: str, capitals: bool) -> tuple[Weights, Weights]:
    """Parse the weights of both passes from the model file: sections `[mixed 1]` ... `[capitals 2]`."""
    mode = "capitals" if capitals else "mixed"
    passes = {}
    for section in text.split("\n[")[1:]:
        title, _, lines = section.partition("]\n")
        if title.startswith(mode):
            pairs = (line.rpartition("\t") for line in lines.splitlines())
            passes[title[-1]] = {feature: float(weight) for feature, _, weight in pairs}
    return passes["1"], passes["2"]
