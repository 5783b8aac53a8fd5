"""The trained model, laid out for speed: each piece is weighed once, and a decision adds a few numbers.

Two passes over the pieces that may be in names. The first weighs each in its place; the second weighs that
score against those of the same word elsewhere in the cable, and of the words that it is joined to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from . import features
from .features import MAX_USES, NO_NEIGHBOUR, SCORE_CLASSES, Group, Word, classify, key_features, score_class
from .lexicon import DATA, Lexicon, load_lexicon
from .tokens import parse_token

MAX_PIECES = 100_000  # kept with their weights; some 25 MB
AFTER_GIVEN_NAME = -2.0  # the least score of a word right before a chosen one: a given name
MIN_BEST_SCORE = -3.0  # a word whose best use scores less is in no name

Weights = dict[str, float]  # by the features' names


class Piece(NamedTuple):
    """A piece between spaces, and what it weighs.

    Attributes:
        own: its weight by itself.
        before, after: its weight for the word after it, or before it: parted from it, and joined to it.
        far_before, far_after: its weight for the word two pieces on, or back.
        kind: the number of its class.
        open: nothing parts it from the next piece; `begins`: nothing parts it from the one before.
    """

    candidate: bool
    own: float
    before: tuple[float, float]
    after: tuple[float, float]
    far_before: float
    far_after: float
    kind: int
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
        self._pairs: dict[int, float] = {}
        self._groups: dict[Group, float] = {}
        self._neighbours: dict[tuple[str, str, str, str], Piece] = {}
        self._known_neighbours = {f.partition(" word ")[2] for f in first if " word " in f}
        self.second = SecondPass(second, self._names)

    def piece(self, raw: str) -> Piece:
        """Weigh a piece."""
        token = parse_token(raw)
        word = classify(token, self._lexicon, self.capitals)
        values = (word.kind, self.neighbour_key(word), token.tail, token.lead)
        neighbour = self._neighbours.get(values)
        if neighbour is None:
            neighbour = self._neighbours[values] = self._neighbour(*values)
        if not word.candidate:
            return neighbour
        own = self._weigh_groups(word.own) + neighbour[1]
        return Piece(True, own, *neighbour[2:9], word.key, neighbour[10], token.core, token.initials)

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
        weights, named = self._first, features.neighbour_features(kind, key, tail, lead)
        own = _total(features.kind_features(kind, tail, lead), weights)
        near = [_total(named, weights, place) for place in (*features.BEFORE, *features.AFTER)]
        before, after = (near[0], near[1]), (near[2], near[3])
        far_before = _total(named[: features.FAR], weights, features.FAR_BEFORE)
        far_after = _total(named[: features.FAR], weights, features.FAR_AFTER)
        number, particle = self._kind(kind), kind == "particle"
        # By position: keywords take half as long again, in a step that meets every new word.
        places = far_before, far_after, number, not tail, not lead, key, particle, key, False
        return Piece(False, own, before, after, *places)

    def _kind(self, name: str) -> int:
        if name not in self._kinds:
            self._kinds[name] = len(self._names)
            self._names.append(name)
        return self._kinds[name]

    def weigh(self, raw: Sequence[str]) -> list[Piece]:
        """Return the pieces of a row, weighed; of words in small letters only those near one with a capital.

        The others, three words in four, are in no name and say nothing about one: `UNWEIGHED`.
        """
        pieces, row = self.pieces, [UNWEIGHED] * len(raw)
        capitals = [i for i, is_small in enumerate(map(str.islower, raw)) if not is_small]
        for i in capitals:
            row[i] = pieces[raw[i]]
        for i in capitals:
            if row[i][0]:
                for at in (i - 2, i - 1, i + 1, i + 2):
                    if row[at] is UNWEIGHED:
                        row[at] = pieces[raw[at]]
                for way in (-1, 1):
                    at = i + 2 * way
                    while row[at][10]:  # names go on across particles
                        at += way
                        row[at] = pieces[raw[at]]
        return row

    def choose(self, row: Sequence[Piece]) -> list[int]:
        """Return the places of the pieces that are in names."""
        places = [i for i, piece in enumerate(row) if piece[0]]
        return self.second.choose(row, places, self.score(row, places))

    def score(self, row: Sequence[Piece], places: Sequence[int]) -> list[float]:
        """Return the score of the first pass for the piece at each place."""
        pairs, scores = self._pairs, []
        for i in places:
            last, piece, following = row[i - 1], row[i], row[i + 1]
            a = last[7] and piece[8]
            b = piece[7] and following[8]
            code = ((((last[6] << 6) | piece[6]) << 6 | following[6]) << 2) | (a << 1) | b
            pair = pairs.get(code)
            if pair is None:
                pair = pairs[code] = self._weigh_pair(last[6], a, piece[6], b, following[6])
            scores.append(piece[1] + pair + last[2][a] + following[3][b] + row[i - 2][4] + row[i + 2][5])
        return scores

    def _weigh_pair(self, last: int, a: bool, kind: int, b: bool, following: int) -> float:
        names = self._names
        return _total(features.pair_features(names[last], a, names[kind], b, names[following]), self._first)


class _Pieces(dict[str, Piece]):
    """Pieces by how they are printed, each weighed once."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def __missing__(self, raw: str) -> Piece:
        if len(self) >= MAX_PIECES:
            self.clear()
        piece = self[raw] = self._model.piece(raw)
        return piece


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
        uses = tally(row, places, scores)
        at = dict(zip(places, scores, strict=True))
        chosen: list[int] = []
        last = 0  # the last place chosen
        for i in reversed(places):
            of_word = uses[row[i][9]]
            if of_word[2] < MIN_BEST_SCORE:
                continue
            before_name = last == i + 1 and row[i][7] and row[last][8]
            if self.score(row, at, i, of_word) > (AFTER_GIVEN_NAME if before_name else 0):
                chosen.append(i)
                last = i
        chosen.reverse()
        return chosen

    def score(self, row: Sequence[Piece], at: Mapping[int, float], i: int, uses: Sequence[float]) -> float:
        """Return the score of the second pass for the piece at place `i`.

        Args:
            at: scores of the first pass by place.
            uses: those of the same word in the cable, as `tally` sums them up.
        """
        own, best, mean = score_class(at[i]), score_class(uses[2]), score_class(uses[0] / uses[1])
        last, following = neighbour_class(row, at, i, -1), neighbour_class(row, at, i, 1)
        of_kind = row[i][6], best, last, following
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
            + self._uses[min(int(uses[1]), MAX_USES)][mean]
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


def _total(named: Iterable[str], weights: Weights, place: str = "") -> float:
    get = weights.get
    return sum([get(place + feature, 0.0) for feature in named])


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
