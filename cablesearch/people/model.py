"""The trained model, laid out for speed: each piece is weighed once, and a decision adds a few numbers.

Two passes over the pieces that may be in names. The first weighs each in its place; the second weighs that
score against those of the same word elsewhere in the cable, and of the words that it is joined to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from . import features
from .features import (
    MAX_USES,
    NO_NEIGHBOUR,
    SCORE_BOUNDS,
    SCORE_CLASSES,
    Group,
    Word,
    classify,
    key_features,
    score_class,
)
from .lexicon import DATA, Lexicon, load_lexicon
from .tokens import Token, parse_token

try:
    from ._weighing import score, weigh  # compiled
except ImportError:
    from .weighing import score, weigh

MAX_PIECES = 100_000  # kept with their weights; some 25 MB
AFTER_GIVEN_NAME = -2.0  # the least score of a word right before a chosen one: a given name
MIN_BEST_SCORE = -3.0  # a word whose best use scores less is in no name

_PLACES = (*features.BEFORE, *features.AFTER, features.FAR_BEFORE, features.FAR_AFTER)

Weights = dict[str, float]  # by the features' names
WordUses = tuple[int, int, float]  # classes of a word's best and mean score, and the weight of how many


class Piece(NamedTuple):
    """A piece between spaces, and what it weighs.

    Attributes:
        own: its weight by itself.
        before, after: its weight for the word after it, or before it: parted from it, and joined to it.
        far_before, far_after: its weight for the word two pieces on, or back.
        code: the number of its class, times four; plus 2 if it is open, and 1 if it begins.
        open: nothing parts it from the next piece; `begins`: nothing parts it from the one before.
    """

    candidate: bool
    own: float
    before: tuple[float, float]
    after: tuple[float, float]
    far_before: float
    far_after: float
    code: int
    open: bool
    begins: bool
    key: str
    particle: bool
    core: str
    initials: bool


# A word in small letters that is not near any that may be in a name.
UNWEIGHED = Piece(False, 0.0, (0.0, 0.0), (0.0, 0.0), 0.0, 0.0, 0, False, False, "", False, "", False)


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
        self.pieces = _Pieces(self)
        self._pairs = _Pairs(self)
        self._said = _Said(first)
        self._groups: dict[Group, float] = {}
        self._words: dict[tuple[str, bool, bool], tuple[str, str, bool, str, float]] = {}
        self._neighbours: dict[tuple[str, str, str, str], Piece] = {}
        self._known_neighbours = {f.partition(" word ")[2] for f in first if " word " in f}
        self.second = SecondPass(second, self._names)

    def piece(self, raw: str) -> Piece:
        """Weigh a piece."""
        token = parse_token(raw)
        known = self._words.get(token.word)
        if known is None:
            known = self._words[token.word] = self._word(token)
        values = (*known[:2], token.tail, token.lead)
        neighbour = self._neighbours.get(values)
        if neighbour is None:
            neighbour = self._neighbours[values] = self._neighbour(*values)
        _, _, candidate, key, own = known
        if not candidate:
            return neighbour
        return Piece(
            True, own + neighbour[1], *neighbour[2:9], key, neighbour[10], token.core, token.initials
        )

    def _word(self, token: Token) -> tuple[str, str, bool, str, float]:
        """Return what a word is without the signs around it.

        Returns:
            Its class, its key as neighbours see it, whether it may be in a name, its key, its own weight.
        """
        word = classify(token, self._lexicon, self.capitals)
        return word.kind, self.neighbour_key(word), word.candidate, word.key, self._weigh_groups(word.own)

    def drop_words(self) -> None:
        """Drop what is kept of words, of which there is no end."""
        self.pieces.clear()
        self._words.clear()

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
        # By position: keywords take half as long again, in a step that meets every new word.
        places = far_before, far_after, code, not tail, not lead, key, particle, key, False
        return Piece(False, own, before, after, *places)

    def _kind(self, name: str) -> int:
        if name not in self._kinds:
            self._kinds[name] = len(self._names)
            self._names.append(name)
        return self._kinds[name]

    def weigh(self, raw: list[str], whole: bool = False) -> tuple[list[Piece], list[int]]:
        """Return the pieces of a row, weighed, and the places of those that may be in names.

        Args:
            whole: weigh all; otherwise those far from any that may be in a name are `UNWEIGHED`.
        """
        if whole:
            row = [*map(self.pieces.__getitem__, raw)]
            return row, [i for i, piece in enumerate(row) if piece[0]]
        return weigh(raw, self.pieces, UNWEIGHED)

    def choose(self, row: list[Piece], places: list[int]) -> list[int]:
        """Return which of some places have pieces that are in names."""
        return self.second.choose(row, places, self.score(row, places))

    def score(self, row: list[Piece], places: list[int]) -> list[float]:
        """Return the score of the first pass for the piece at each place."""
        return score(row, places, self._pairs)

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


class _Pieces(dict[str, Piece]):
    """Pieces by how they are printed, each weighed once."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def __missing__(self, raw: str) -> Piece:
        if len(self) >= MAX_PIECES:
            self._model.drop_words()
        piece = self[raw] = self._model.piece(raw)
        return piece


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


class SecondPass:
    """The second pass: tables of the sums of weights for each class of score.

    Args:
        kinds: names of the classes of words by their numbers; the model adds to them.
    """

    def __init__(self, weights: Weights, kinds: Sequence[str]) -> None:
        def table(
            name_features: Callable[[int, int], list[str]], rows: Iterable[int], columns: Iterable[int]
        ) -> list[list[float]]:
            return [[_total(name_features(row, column), weights) for column in columns] for row in rows]

        around = (*SCORE_CLASSES, NO_NEIGHBOUR)
        self._best = table(features.best_features, SCORE_CLASSES, SCORE_CLASSES)
        self._mean = table(features.mean_features, SCORE_CLASSES, SCORE_CLASSES)
        self._last = table(features.last_features, SCORE_CLASSES, around)
        self._next = table(features.next_features, SCORE_CLASSES, around)
        self._uses = table(features.use_features, range(MAX_USES + 1), SCORE_CLASSES)
        self._weights = weights
        self._kinds = kinds
        self._by_kind: dict[tuple[int, int, int, int], float] = {}

    def choose(self, row: Sequence[Piece], places: Sequence[int], scores: Sequence[float]) -> list[int]:
        """Return the places whose pieces are in names."""
        words = {
            key: self.sum_up(uses)
            for key, uses in tally(row, places, scores).items()
            if uses[2] >= MIN_BEST_SCORE
        }
        at = dict(zip(places, scores, strict=True))
        chosen: list[int] = []
        last = 0  # the last place chosen
        for i in reversed(places):
            word = words.get(row[i][9])
            if word is None:
                continue
            before_name = last == i + 1 and row[i][7] and row[last][8]
            if self.score(row, at, i, word) > (AFTER_GIVEN_NAME if before_name else 0):
                chosen.append(i)
                last = i
        chosen.reverse()
        return chosen

    def sum_up(self, uses: Sequence[float]) -> WordUses:
        """Return what the scores of a word say, as `tally` sums them up: of the best, the mean, how many."""
        mean = bisect_right(SCORE_BOUNDS, uses[0] / uses[1])
        return bisect_right(SCORE_BOUNDS, uses[2]), mean, self._uses[min(int(uses[1]), MAX_USES)][mean]

    def score(self, row: Sequence[Piece], at: Mapping[int, float], i: int, word: WordUses) -> float:
        """Return the score of the second pass for the piece at place `i`.

        Args:
            at: scores of the first pass by place.
            word: what those of the same word in the cable say.
        """
        piece, own, (best, mean, of_uses) = row[i], bisect_right(SCORE_BOUNDS, at[i]), word
        last = following = NO_NEIGHBOUR
        before, after = row[i - 1], row[i + 1]
        if before[0] or before[10]:  # most neighbours are words in small letters
            last = neighbour_class(row, at, i, -1)
        if after[0] or after[10]:
            following = neighbour_class(row, at, i, 1)
        of_kind = piece[6] >> 2, best, last, following
        by_kind = self._by_kind.get(of_kind)
        if by_kind is None:
            named = features.kind_score_features(self._kinds[of_kind[0]], best, last, following)
            by_kind = self._by_kind[of_kind] = _total(named, self._weights)
        return (
            self._best[own][best]
            + self._mean[own][mean]
            + self._last[own][last]
            + self._next[own][following]
            + by_kind
            + of_uses
        )


def tally(row: Sequence[Piece], places: Sequence[int], scores: Sequence[float]) -> dict[str, list[float]]:
    """Return, by each word's key, the sum of its scores, how many they are, and the best of them."""
    uses: dict[str, list[float]] = {}
    for i, score in zip(places, scores, strict=True):
        key = row[i][9]
        if key in uses:
            of_word = uses[key]
            of_word[0] += score
            of_word[1] += 1
            if score > of_word[2]:
                of_word[2] = score
        else:
            uses[key] = [score, 1, score]
    return uses


def neighbour_class(row: Sequence[Piece], at: Mapping[int, float], i: int, way: int) -> int:
    """Return the class of score of the word that a word is joined to, across particles between them.

    Args:
        at: scores of the first pass by place.
        way: -1 for the word before, 1 for the word after.
    """
    near, far = (i - 1, i) if way < 0 else (i, i + 1)
    while row[near][7] and row[far][8]:
        i += way
        if i in at:
            return score_class(at[i])
        if not row[i][10]:
            break
        near, far = near + way, far + way
    return NO_NEIGHBOUR


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
