"""The loops of the model over the pieces of a text, and its table of pieces.

`_weighing.c` does the same in a fifth of the time, and is used in place of this where it was compiled when
cablesearch was installed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import compress
from operator import not_
from typing import NamedTuple

from .features import MAX_USES, NO_NEIGHBOUR, score_class

MIN_BEST_SCORE = -3.0  # a word whose best use scores less is in no name
AFTER_GIVEN_NAME = -2.0  # the least score of a word right before a chosen one: a given name
_CODES = 0xFEFFFD  # the bits of three codes that count: the first may be open, and the last begin


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


class Pieces(dict[str, Piece]):
    """Pieces by how they are printed, each weighed once.

    Args:
        weigh: weighs one.
        drop: is called when there were too many, and all are dropped.
        capacity: how many are kept.
    """

    def __init__(self, weigh: Callable[[str], Piece], drop: Callable[[], None], capacity: int) -> None:
        self._weigh = weigh
        self._drop = drop
        self._capacity = capacity

    def __missing__(self, raw: str) -> Piece:
        if len(self) >= self._capacity:
            self.clear()
            self._drop()
        piece = self[raw] = self._weigh(raw)
        return piece


class SecondTables(NamedTuple):
    """What the classes of scores weigh in the second pass, each row by the class of a use's own score.

    Attributes:
        best, mean: by the class of the word's best score, or of its mean score.
        last, next: by the class of the score of the word joined to it, before it or after it.
        uses: by how often the word is used, and its mean score.
        by_kind: by `kind_code`.
    """

    best: list[list[float]]
    mean: list[list[float]]
    last: list[list[float]]
    next: list[list[float]]
    uses: list[list[float]]
    by_kind: dict[int, float]


WordUses = tuple[int, int, float]  # classes of a word's best and mean score, and the weight of how many
Pairs = dict[int, tuple[float, bool, bool]]  # what three pieces weigh together, and whether they are joined


def cut(texts: list[str], mark: str, /) -> tuple[Sequence[str], list[int]]:
    """Return the pieces of some texts in one row, and where each text begins in it.

    Args:
        mark: stands after each text, twice before the first and twice after the last.
    """
    row, starts = [mark, mark], []
    for text in texts:
        starts.append(len(row))
        row += text.split()
        row.append(mark)
    row.append(mark)
    return row, starts


def count_small(raw: Sequence[str], stop: int, /) -> int:
    """Return how many of a row's first pieces are in small letters."""
    return sum(map(str.islower, raw[:stop]))


def choose(
    raw: Sequence[str], pieces: Pieces, pairs: Pairs, tables: SecondTables, whole: bool, /
) -> tuple[Sequence[Piece], list[int]]:
    """Return the pieces of a row, weighed, and the places of those that are in names.

    Args:
        pairs: by the pieces' codes, eight bits each.
        whole: weigh all pieces.
    """
    row, places = weigh(raw, pieces, whole)
    return row, decide(row, places, score(row, places, pairs), tables)


def weigh(raw: Sequence[str], pieces: Pieces, whole: bool = False) -> tuple[list[Piece], list[int]]:
    """Return the pieces of a row, weighed, and the places of those that may be in names.

    Of words in small letters only those near one that may be in a name are weighed. The others, three words
    in four, are in no name and say nothing about one.

    Args:
        raw: two that are in no name at either end.
        whole: weigh all.
    """
    if whole:
        row = [*map(pieces.__getitem__, raw)]
        return row, [i for i, piece in enumerate(row) if piece[0]]
    row, places = [UNWEIGHED] * len(raw), []
    for i in compress(range(len(raw)), map(not_, map(str.islower, raw))):
        piece = row[i] = pieces[raw[i]]
        if piece[0]:
            places.append(i)
    left = right = 0  # as far as particles have been followed, so that each is once
    for i in places:
        for at in (i - 2, i - 1, i + 1, i + 2):
            if row[at] is UNWEIGHED:
                row[at] = pieces[raw[at]]
        at = i - 2
        while row[at][10] and at > left:  # names go on across particles
            at -= 1
            row[at] = pieces[raw[at]]
        left = i - 2
        at = i + 2 if i + 2 > right else right
        while row[at][10]:
            at += 1
            row[at] = pieces[raw[at]]
        right = at
    return row, places


def score(row: Sequence[Piece], places: Sequence[int], pairs: Pairs) -> list[float]:
    """Return the score of the first pass for the piece at each place."""
    scores = []
    for i in places:
        last, piece, following = row[i - 1], row[i], row[i + 1]
        pair, a, b = pairs[(last[6] << 16 | piece[6] << 8 | following[6]) & _CODES]
        scores.append(piece[1] + pair + last[2][a] + following[3][b] + row[i - 2][4] + row[i + 2][5])
    return scores


def decide(
    row: Sequence[Piece], places: Sequence[int], scores: Sequence[float], tables: SecondTables
) -> list[int]:
    """Return the places whose pieces are in names, by the second pass.

    Args:
        scores: of the first pass, for each place.
    """
    words = {
        key: sum_up(uses, tables)
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
        if score_again(row, at, i, word, tables) > (AFTER_GIVEN_NAME if before_name else 0):
            chosen.append(i)
            last = i
    chosen.reverse()
    return chosen


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


def sum_up(uses: Sequence[float], tables: SecondTables) -> WordUses:
    """Return what the scores of a word say, as `tally` sums them up: of the best, the mean, how many."""
    mean = score_class(uses[0] / uses[1])
    return score_class(uses[2]), mean, tables.uses[min(int(uses[1]), MAX_USES)][mean]


def score_again(
    row: Sequence[Piece], at: Mapping[int, float], i: int, word: WordUses, tables: SecondTables
) -> float:
    """Return the score of the second pass for the piece at place `i`.

    Args:
        at: scores of the first pass by place.
        word: what those of the same word in the cable say.
    """
    own, (best, mean, of_uses) = score_class(at[i]), word
    last = neighbour_class(row, at, i, -1)
    following = neighbour_class(row, at, i, 1)
    return (
        tables.best[own][best]
        + tables.mean[own][mean]
        + tables.last[own][last]
        + tables.next[own][following]
        + tables.by_kind[kind_code(row[i][6] >> 2, best, last, following)]
        + of_uses
    )


def kind_code(kind: int, best: int, last: int, following: int) -> int:
    """Return one number for the number of a word's class and three classes of scores, four bits each."""
    return kind << 12 | best << 8 | last << 4 | following


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
