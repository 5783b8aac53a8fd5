"""What of a word and its neighbours speaks for a name or against it: the names of features.

Features come in groups, each made of few values, so that a model can sum up the weights of a group once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from .lexicon import COMMON, FIRST, LAST, Lexicon, Lists
from .tokens import Token

_INNER = re.compile(r"[A-Z][a-z]+[A-Z][a-z]|[A-Z]['’][A-Z]")
_CONTRACTED = re.compile(r".+['’](?:ll|re|ve|t|m|d)")  # We'll, Don’t
_MIXED_ACRONYM = re.compile(r"[A-Z]{2,}(?:s|[a-z][A-Z]+)")  # PRTs, GIRoA
_DIGIT = re.compile(r"\d")
_PART = re.compile(r"[-'’.]")
NEVER = frozenset(("function", "number", "mark", "redacted"))  # classes that are in no name
# Classes whose words are in names only where a list of names has them.
RARELY = frozenset(
    ("frequent", "common", "title", "role", "org", "country", "nation", "acronym", "group", "month")
)
SOUNDS = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
LONG = 9  # letters; longer words count as this long
SHORT = 4  # letters below which a word in capitals is an acronym

Group = tuple[Callable[..., list[str]], tuple[object, ...]]


class Word(NamedTuple):
    """A token with what is known of it.

    Attributes:
        key: lower case, by which uses of one word are told to be one.
        kind: its class.
        candidate: it may be part of a name.
        own: groups of features of the word itself.
    """

    key: str
    kind: str
    candidate: bool
    own: tuple[Group, ...]


def word(token: Token, lexicon: Lexicon, capitals: bool = False) -> Word:
    """Describe a token.

    Args:
        capitals: the text is all in capitals, so that letters' shapes say nothing.
    """
    key = token.core.lower().rstrip(".")
    if not token.core[:1].isupper() and token.capital:
        key = _PART.split(key, 1)[1]  # al-Maliki is Maliki
    upper = token.capital and len(key) > 1 and token.core.isupper()
    kind = _kind(token, key, upper, lexicon, capitals)
    candidate = (
        token.capital and kind not in NEVER and not (kind in RARELY and _is_no_name(lexicon.lists(key)))
    )
    return Word(key, kind, candidate, _own(token, key, kind, upper, lexicon, capitals) if candidate else ())


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
    kind = lexicon.kind(key, token.capital)
    if not capitals and _MIXED_ACRONYM.fullmatch(token.core) and kind not in ("title", "role"):
        return "acronym"
    if not upper or kind in ("function", "particle", "title", "role"):
        return kind
    if not capitals and len(key) < SHORT:
        return "acronym"
    return "acronym" if "acronyms" in lexicon.lists(key) else kind


@cache
def _is_no_name(lists: Lists) -> bool:
    return not any(name in lists for name in (*LAST, *FIRST))


def _own(
    token: Token, key: str, kind: str, upper: bool, lexicon: Lexicon, capitals: bool
) -> tuple[Group, ...]:
    sound = bisect_right(SOUNDS, lexicon.sound(key))
    groups: list[Group] = [
        (of_lists, (lexicon.lists(key),)),
        (of_sound, (sound, kind, min(LONG, len(key)))),
        (of_key, (key,)),
    ]
    if not key.isalpha():
        parts = [part for part in _PART.split(key) if len(part) > 2]
        if len(parts) > 1 or "-" in key:
            groups.append((of_parts, tuple(sorted({lexicon.kind(part, True) for part in parts}))))
    if not capitals and not token.core[1:].islower():
        inner = bool(_INNER.search(token.core))
        small = not token.core[:1].isupper()
        groups.append((of_shape, (upper and min(7, len(key)), upper and kind, inner, small)))
    return tuple(groups)


def of_lists(lists: Lists) -> list[str]:
    """Name the lists that a word stands in, and how these go together."""
    common = next((str(i) for i, name in enumerate(COMMON) if name in lists), "-")
    last = sum(name in lists for name in LAST)
    first = sum(name in lists for name in FIRST)
    place = "p" if "place" in lists else "q" if "place-part" in lists else "-"
    proper = "o" if "proper" in lists else "-"
    return [
        *(f"in {name}" for name in lists),
        f"common {common} last {last} first {first}",
        f"common {common} names {min(1, last + first)} place {place}{proper}",
    ]


def of_place(kind: str, tail: str, lead: str) -> list[str]:
    """Name a word's class and the signs around it."""
    return ["any", f"kind {kind}", f"tail {tail}", f"lead {lead}"]


def of_sound(sound: int, kind: str, length: int) -> list[str]:
    """Name how its letters sound, and how many they are."""
    return [f"sound {sound}", f"sound {sound} {kind}", f"long {length}"]


def of_key(key: str) -> list[str]:
    """Name the word itself."""
    return [f"own {key}"]


def of_parts(*kinds: str) -> list[str]:
    """Name the classes of the parts of a word with a hyphen."""
    return ["hyphen", *(f"part {kind}" for kind in kinds)]


def of_shape(upper: int, kind: str, inner: bool, small: bool) -> list[str]:
    """Name what is odd in how it is written: `ROHANI`, `McCain`, `al-Maliki`."""
    found = [f"upper {upper}", f"upper {kind}"] if upper else []
    return found + ["inner"] * inner + ["joined particle"] * small


def beside(kind: str, key: str, tail: str, lead: str) -> list[str]:
    """Name what a word tells of its neighbours; a number's digits tell nothing."""
    if kind == "number":
        key = ""
    return [f"kind {kind}", f"word {key}", f"tail {tail}", f"lead {lead}"]
