"""The features that speak for or against a word being in a name: what is observed, and what it is called.

Training weighs features by these names, and recognition looks the weights up by them. They come in groups,
each made of few values, so that recognition sums up a group once and keeps the sum.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from .lexicon import COMMON, FIRST_NAMES, LAST_NAMES, Lexicon, Lists
from .tokens import Token

_INNER_CAPITAL = re.compile(r"[A-Z][a-z]+[A-Z][a-z]|[A-Z]['’][A-Z]")
_CONTRACTED = re.compile(r".+['’](?:ll|re|ve|t|m|d)")  # We'll, Don’t
_MIXED_ACRONYM = re.compile(r"[A-Z]{2,}(?:s|[a-z][A-Z]+)")  # PRTs, GIRoA
_ADDRESS = re.compile(r"(?:am)?(?:emb|congen|consul|legat)|(?:dep|sep|ref|emb|con)tel|ru[eh][a-z]{2}")
_DIGIT = re.compile(r"\d")
_PART = re.compile(r"[-'’`.]")
_NEVER = frozenset(("function", "number", "mark", "redacted"))  # classes that are in no name
# Classes whose words are in names only where a list of names has them.
_RARELY = frozenset(
    ("frequent", "common", "title", "role", "org", "country", "nation", "acronym", "group", "month")
)
_LETTER_BOUNDS = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)  # between the classes of `Lexicon.letter_score`
_MAX_LENGTH = 9  # letters; longer words count as this long
_MIN_CAPITALS = 4  # letters; a shorter word in capitals is an acronym

SCORE_BOUNDS = (-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0)  # between the classes of a score of the first pass
SCORE_CLASSES = range(len(SCORE_BOUNDS) + 1)
NO_NEIGHBOUR = len(SCORE_CLASSES)  # the class of a neighbour's score where a word is joined to none
MAX_USES = 5  # of a word in a cable; more count as so many

Group = tuple[Callable[..., list[str]], tuple[object, ...]]  # a function that names features, its arguments


class Word(NamedTuple):
    """A token with what is known of it.

    Attributes:
        key: lower case; uses of one word have the same.
        kind: its class.
        candidate: it may be part of a name.
        own: groups of features of the word itself; none if it is no candidate.
    """

    key: str
    kind: str
    candidate: bool
    own: tuple[Group, ...]


def classify(token: Token, lexicon: Lexicon, capitals: bool = False) -> Word:
    """Look a token up in the lexicon.

    Args:
        capitals: the text is all in capitals, so that the shape of a word says nothing.
    """
    key = token.core.lower().rstrip(".")
    if not token.core[:1].isupper() and token.capital:
        key = _PART.split(key, 1)[1]  # al-Maliki is Maliki
    upper = token.capital and len(key) > 1 and token.core.isupper()
    kind = _kind(token, key, upper, lexicon, capitals)
    candidate = (
        token.capital and kind not in _NEVER and not (kind in _RARELY and _is_no_name(lexicon.lists(key)))
    )
    return Word(
        key, kind, candidate, _own_groups(token, key, kind, upper, lexicon, capitals) if candidate else ()
    )


def _kind(token: Token, key: str, upper: bool, lexicon: Lexicon, capitals: bool) -> str:
    if not key:
        return "mark"
    if not key.isalpha():
        if _DIGIT.search(key):
            return "number"
        if token.initials and key not in lexicon.classes:
            return "initials"
        if _CONTRACTED.fullmatch(key):
            return "function"
    elif len(key) == 1 and token.initials:
        return "initials"
    if key.count("x") == len(key) > 1:
        return "redacted"
    if key[0] == "q" and key[1:2] != "u" and token.capital and lexicon.is_common(key[1:]):
        return "frequent"  # Qwhat: a bullet that the archive turned into a letter
    if capitals and lexicon.classes.get(key) == "say":
        return "say"  # SAID is the verb more often than the given name
    kind = lexicon.kind(key, token.capital)
    if not token.capital:  # as most words
        return kind
    if not capitals and _MIXED_ACRONYM.fullmatch(token.core) and kind not in ("title", "role"):
        return "acronym"
    if not upper or kind in ("function", "particle", "title", "role", "generation"):
        return kind
    if not capitals and len(key) < _MIN_CAPITALS:
        return "acronym"
    if kind == "unknown" and _ADDRESS.match(key):
        return "acronym"  # AMEMBOSA: an address cut short
    return "acronym" if "acronyms" in lexicon.lists(key) else kind


@cache
def _is_no_name(lists: Lists) -> bool:
    return not any(name in lists for name in (*LAST_NAMES, *FIRST_NAMES))


def _own_groups(
    token: Token, key: str, kind: str, upper: bool, lexicon: Lexicon, capitals: bool
) -> tuple[Group, ...]:
    letters = bisect_right(_LETTER_BOUNDS, lexicon.letter_score(key))
    groups: list[Group] = [
        (list_features, (lexicon.lists(key),)),
        (letter_features, (letters, kind, min(_MAX_LENGTH, len(key)))),
        (key_features, (key,)),
    ]
    if _is_no_name(lexicon.lists(key)):
        groups.append((ending_features, (key[-3:],)))
    if not key.isalpha():
        parts = [part for part in _PART.split(key) if len(part) > 2]
        if len(parts) > 1 or "-" in key:
            groups.append((part_features, tuple(sorted({lexicon.kind(part, True) for part in parts}))))
    if not capitals and not token.core[1:].islower():
        inner = bool(_INNER_CAPITAL.search(token.core))
        small = not token.core[:1].isupper()
        groups.append((shape_features, (upper and min(7, len(key)), upper and kind, inner, small)))
    return tuple(groups)


# The first pass: a word, and the words around it.


def list_features(lists: Lists) -> list[str]:
    """Name the lists that a word stands in, and how these go together."""
    common = next((str(i) for i, name in enumerate(COMMON) if name in lists), "-")
    last = sum(name in lists for name in LAST_NAMES)
    first = sum(name in lists for name in FIRST_NAMES)
    place = "p" if "place" in lists else "q" if "place-part" in lists else "-"
    proper = "o" if "proper" in lists else "-"
    return [
        *(f"in {name}" for name in lists),
        f"common {common} last {last} first {first}",
        f"common {common} names {min(1, last + first)} place {place}{proper}",
    ]


def kind_features(kind: str, tail: str, lead: str) -> list[str]:
    """Name a word's class and the signs around it."""
    return ["any", f"kind {kind}", f"tail {tail}", f"lead {lead}"]


def letter_features(letters: int, kind: str, length: int) -> list[str]:
    """Name how much like a name's a word's letters are, and how many there are."""
    return [f"sound {letters}", f"sound {letters} {kind}", f"long {length}"]


def key_features(key: str) -> list[str]:
    """Name the word itself."""
    return [f"own {key}"]


def ending_features(ending: str) -> list[str]:
    """Name the letters that a word ends with which no list of names has: `-ov`, `-sen`, `-ing`."""
    return [f"ends {ending[-2:]}", f"ends {ending}"]


def part_features(*kinds: str) -> list[str]:
    """Name the classes of the parts of a word with a hyphen."""
    return ["hyphen", *(f"part {kind}" for kind in kinds)]


def shape_features(upper: int, kind: str, inner: bool, small: bool) -> list[str]:
    """Name what is unusual in how a word is written: `ROHANI`, `McCain`, `al-Maliki`."""
    capitals = [f"upper {upper}", f"upper {kind}"] if upper else []
    return capitals + ["inner"] * inner + ["joined particle"] * small


def neighbour_features(kind: str, key: str, tail: str, lead: str) -> list[str]:
    """Name what a word says to its neighbours; a number's digits say nothing.

    One of the places below is put before each name. Two pieces off, only the first `FAR` count.
    """
    if kind == "number":
        key = ""
    return [f"kind {kind}", f"word {key}", f"tail {tail}", f"lead {lead}"]


# Places of a word beside its neighbour, parted from it and joined to it; and two pieces off.
BEFORE, AFTER = ("-1b ", "-1j "), ("+1b ", "+1j ")
FAR_BEFORE, FAR_AFTER = "-2 ", "+2 "
FAR = 2  # features that count two pieces off


def pair_features(last: str, joined: bool, kind: str, joined_to_next: bool, following: str) -> list[str]:
    """Name a word's class together with those of its neighbours."""
    before, after = "bj"[joined], "bj"[joined_to_next]
    return [
        f"pair {before} {last} {kind}",
        f"pair {kind} {after} {following}",
        f"around {last} {before} {after} {following}",
    ]


# The second pass: a word's score of the first, beside those of its other uses and of its neighbours.


def score_class(score: float) -> int:
    """Return the class of a score."""
    return bisect_right(SCORE_BOUNDS, score)


def best_features(own: int, best: int) -> list[str]:
    """Name a use's score and the best score of the word in the cable."""
    return ["any", f"own {own} most {best}"]


def mean_features(own: int, mean: int) -> list[str]:
    """Name a use's score and the word's mean score in the cable."""
    return [f"own {own} mean {mean}"]


def last_features(own: int, last: int) -> list[str]:
    """Name a use's score and that of the word joined to it before it."""
    return [f"own {own} before {last}"]


def next_features(own: int, following: int) -> list[str]:
    """Name a use's score and that of the word joined to it after it."""
    return [f"own {own} after {following}"]


def kind_score_features(kind: str, best: int, last: int, following: int) -> list[str]:
    """Name a word's class with its best score and its neighbours' scores."""
    return [f"kind {kind} most {best}", f"kind {kind} before {last}", f"kind {kind} after {following}"]


def use_features(uses: int, mean: int) -> list[str]:
    """Name how often a word is used in the cable, and its mean score there."""
    return [f"uses {min(uses, MAX_USES)} mean {mean}"]
