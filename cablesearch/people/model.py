"""The trained model, laid out for speed: what a piece weighs is summed once, a decision adds a few numbers.

Two passes over the pieces that may be in names. The first weighs each in its place; the second weighs that
against what the first gave the same word elsewhere in the cable, and the words that it is joined to.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from .features import Group, beside, of_key, of_place, word
from .lexicon import Lexicon, lexicon
from .sequence import FAR, NO_NEIGHBOUR, STEPS, step
from .tokens import token

LONGEST_MEMORY = 100_000  # pieces kept; some 25 MB
BEFORE_NAME = -2.0  # what a word may weigh that a name follows: a given name
HOPELESS = -3.0  # a word whose best use weighs less is in no name
_SCORES = range(len(STEPS) + 1)
_SIDES = ("b", "j")  # parted from the neighbour, joined to it


class Piece(NamedTuple):
    """A piece between spaces, and what it weighs.

    Attributes:
        own: for itself; `before` and `after` for the word after or before it, parted and joined;
            `far_before` and `far_after` for those one further off.
        kind: the number of its class.
        open: nothing parts it from the next; `begins`: nothing parts it from the one before.
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


class Model:
    """Weights of one way of writing: with small letters, or all in capitals.

    Args:
        first, second: weights by the features' names.
    """

    def __init__(
        self, first: dict[str, float], second: dict[str, float], known: Lexicon, capitals: bool
    ) -> None:
        self.capitals = capitals
        self._lexicon = known
        self._first = first
        self._kinds: dict[str, int] = {}
        self._names: list[str] = []
        self.pieces = _Pieces(self)
        self._pairs: dict[int, float] = {}
        self._groups: dict[Group, float] = {}
        self._plain: dict[tuple[str, str, str, str], Piece] = {}
        self._heard = {f.partition(" word ")[2] for f in first if " word " in f}
        self._second = _Second(second)

    def piece(self, raw: str) -> Piece:
        """Weigh a piece."""
        it = token(raw)
        known = word(it, self._lexicon, self.capitals)
        heard = known.key if known.key in self._heard or known.kind == "particle" else ""
        values = (known.kind, heard, it.tail, it.lead)
        plain = self._plain.get(values)
        if plain is None:
            plain = self._plain[values] = self._beside(*values)
        if not known.candidate:
            return plain
        own = self._own(known.own) + plain[1]
        return Piece(True, own, *plain[2:9], known.key, plain[10], it.core, it.initials)

    def _own(self, groups: tuple[Group, ...]) -> float:
        total = 0.0
        for group in groups:
            weight = self._groups.get(group)
            if weight is None:
                describe, values = group
                weight = self._sum(describe(*values))
                if describe is not of_key:
                    self._groups[group] = weight
            total += weight
        return total

    def _beside(self, kind: str, key: str, tail: str, lead: str) -> Piece:
        """Give a piece that is in no name, as all are that tell their neighbours the same."""
        names = beside(kind, key, tail, lead)
        near = [self._sum(names, place) for place in ("-1b ", "-1j ", "+1b ", "+1j ")]
        far = [self._sum(names[:FAR], place) for place in ("-2 ", "+2 ")]
        own = self._sum(of_place(kind, tail, lead))
        sides = (near[0], near[1]), (near[2], near[3])
        number = self._kind(kind)
        return Piece(
            False,
            own,
            *sides,
            far[0],
            far[1],
            number,
            not tail,
            not lead,
            key,
            kind == "particle",
            key,
            False,
        )

    def _sum(self, features: list[str], place: str = "") -> float:
        get = self._first.get
        return sum([get(place + feature, 0.0) for feature in features])

    def _kind(self, name: str) -> int:
        if name not in self._kinds:
            self._kinds[name] = len(self._names)
            self._names.append(name)
            self._second.kinds.append(name)
        return self._kinds[name]

    def chosen(self, row: Sequence[Piece]) -> list[int]:
        """Give the places of the pieces that are in names."""
        places = [i for i, piece in enumerate(row) if piece[0]]
        scores = self.scores(row, places)
        return self._second.chosen(row, places, scores)

    def scores(self, row: Sequence[Piece], places: Sequence[int]) -> list[float]:
        """Weigh pieces in their places."""
        pairs, found = self._pairs, []
        for i in places:
            last, piece, following = row[i - 1], row[i], row[i + 1]
            a = last[7] and piece[8]
            b = piece[7] and following[8]
            code = ((((last[6] << 6) | piece[6]) << 6 | following[6]) << 2) | (a << 1) | b
            pair = pairs.get(code)
            if pair is None:
                pair = pairs[code] = self._pair(last[6], piece[6], following[6], _SIDES[a], _SIDES[b])
            found.append(piece[1] + pair + last[2][a] + following[3][b] + row[i - 2][4] + row[i + 2][5])
        return found

    def _pair(self, last: int, own: int, following: int, a: str, b: str) -> float:
        before, kind, after = self._names[last], self._names[own], self._names[following]
        get = self._first.get
        return (
            get(f"pair {a} {before} {kind}", 0.0)
            + get(f"pair {kind} {b} {after}", 0.0)
            + get(f"around {before} {a} {b} {after}", 0.0)
        )


class _Pieces(dict[str, Piece]):
    """Pieces weighed once, by how they are printed."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def __missing__(self, raw: str) -> Piece:
        if len(self) >= LONGEST_MEMORY:
            self.clear()
        piece = self[raw] = self._model.piece(raw)
        return piece


class _Second:
    """The second pass: tables of the sums of weights for each class of score."""

    def __init__(self, weights: dict[str, float]) -> None:
        get = weights.get
        steps = range(len(_SCORES))
        around = (*steps, NO_NEIGHBOUR)
        any_word = get("any", 0.0)
        self._most = [[any_word + get(f"own {a} most {b}", 0.0) for b in steps] for a in steps]
        self._mean = [[get(f"own {a} mean {b}", 0.0) for b in steps] for a in steps]
        self._before = [[get(f"own {a} before {b}", 0.0) for b in around] for a in steps]
        self._after = [[get(f"own {a} after {b}", 0.0) for b in around] for a in steps]
        self._uses = [[get(f"uses {n} mean {b}", 0.0) for b in steps] for n in range(6)]
        self._weights = weights
        self._by_kind: dict[tuple[int, int, int, int], float] = {}
        self.kinds: list[str] = []

    def chosen(self, row: Sequence[Piece], places: Sequence[int], scores: Sequence[float]) -> list[int]:
        """Give the places whose pieces are in names."""
        sums: dict[str, list[float]] = {}
        for i, score in zip(places, scores, strict=True):
            key = row[i][9]
            if key in sums:
                of = sums[key]
                of[0] += score
                of[1] += 1
                if score > of[2]:
                    of[2] = score
            else:
                sums[key] = [score, 1, score]
        at = dict(zip(places, scores, strict=True))
        found: list[int] = []
        following = 0  # the last place chosen
        for i in reversed(places):
            of = sums[row[i][9]]
            if of[2] < HOPELESS:
                continue
            before_name = following == i + 1 and row[i][7] and row[following][8]
            if self._weigh(row, at, i, of) > (BEFORE_NAME if before_name else 0):
                found.append(i)
                following = i
        found.reverse()
        return found

    def _weigh(self, row: Sequence[Piece], at: dict[int, float], i: int, of: list[float]) -> float:
        own, most, mean = step(at[i]), step(of[2]), step(of[0] / of[1])
        before, after = _neighbour(row, at, i, -1), _neighbour(row, at, i, 1)
        of_kind = row[i][6], most, before, after
        by_kind = self._by_kind.get(of_kind)
        if by_kind is None:
            by_kind = self._by_kind[of_kind] = self._of_kind(*of_kind)
        return (
            self._most[own][most]
            + self._mean[own][mean]
            + self._before[own][before]
            + self._after[own][after]
            + by_kind
            + self._uses[min(int(of[1]), 5)][mean]
        )

    def _of_kind(self, number: int, most: int, before: int, after: int) -> float:
        get, kind = self._weights.get, f"kind {self.kinds[number]}"
        return (
            get(f"{kind} most {most}", 0.0)
            + get(f"{kind} before {before}", 0.0)
            + get(f"{kind} after {after}", 0.0)
        )


def _neighbour(row: Sequence[Piece], at: dict[int, float], i: int, way: int) -> int:
    """Give the class of score of the word that a word is joined to, across particles between them."""
    near, far = (i - 1, i) if way < 0 else (i, i + 1)
    while row[near][7] and row[far][8]:
        i += way
        if i in at:
            return step(at[i])
        if not row[i][10]:
            break
        near, far = near + way, far + way
    return NO_NEIGHBOUR


@cache
def model(capitals: bool = False) -> Model:
    """Give the model that comes with the package, read once."""
    text = (files(__package__) / "data" / "model.txt").read_text("utf-8")
    return Model(*weights(text, capitals), lexicon(), capitals)


def weights(text: str, capitals: bool) -> tuple[dict[str, float], dict[str, float]]:
    """Read the weights of both passes out of the file: sections `[mixed 1]` ... `[capitals 2]`."""
    name = "capitals" if capitals else "mixed"
    found = {}
    for section in text.split("\n[")[1:]:
        title, _, lines = section.partition("]\n")
        if title.startswith(name):
            pairs = (line.rpartition("\t") for line in lines.splitlines())
            found[title[-1]] = {feature: float(weight) for feature, _, weight in pairs}
    return found["1"], found["2"]
