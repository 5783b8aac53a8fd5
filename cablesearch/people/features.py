"""What of a word and its neighbours speaks for a name or against it: the names of features."""

from __future__ import annotations

import re
from typing import NamedTuple

from .lexicon import Lexicon
from .tokens import Token

_INNER = re.compile(r"[A-Z][a-z]+[A-Z][a-z]|[A-Z]['’][A-Z]")
_DIGIT = re.compile(r"\d")
NEVER = frozenset(("function", "month", "number", "mark"))  # classes that are in no name
SOUNDS = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)


class Word(NamedTuple):
    """A token with what is known of it.

    Attributes:
        key: lower case, by which uses of one word are told to be one.
        kind: its class.
        candidate: it may be part of a name.
        own: features of the word itself.
        beside: features that it gives to its neighbours.
    """

    key: str
    kind: str
    candidate: bool
    own: tuple[str, ...]
    beside: tuple[str, ...]


def word(token: Token, lexicon: Lexicon, capitals: bool = False) -> Word:
    """Describe a token.

    Args:
        capitals: the text is all in capitals, so that letters' shapes say nothing.
    """
    key = token.core.lower().rstrip(".")
    kind = _kind(token, key, lexicon, capitals)
    candidate = token.capital and kind not in NEVER
    beside = (f"kind {kind}", f"word {key}", f"tail {token.tail}", f"lead {token.lead}")
    own = tuple(_own(token, key, kind, lexicon, capitals)) if candidate else ()
    return Word(key, kind, candidate, own, beside)


def _kind(token: Token, key: str, lexicon: Lexicon, capitals: bool) -> str:
    if not key:
        return "mark"
    if _DIGIT.search(key):
        return "number"
    if set(key) == {"x"}:
        return "redacted"
    if token.initials and key not in lexicon.classes:
        return "initials"
    kind = lexicon.kind(key, token.capital)
    if kind in ("function", "particle"):
        return kind
    upper = token.core.isupper() and len(key) > 1
    if key in lexicon.lists["acronyms"] and (capitals or upper) and kind not in ("title", "role"):
        return "acronym"
    if upper and not capitals and len(key) < 4 and kind != "title":
        return "acronym"
    return kind


def _own(token: Token, key: str, kind: str, lexicon: Lexicon, capitals: bool) -> list[str]:
    parts = [part for part in re.split(r"[-'’.]", key) if len(part) > 2]
    found = [f"kind {kind}", *lexicon.known(key), f"tail {token.tail}", f"lead {token.lead}", f"own {key}"]
    sound = lexicon.sound(key)
    step = sum(sound >= limit for limit in SOUNDS)
    found += [f"sound {step}", f"sound {step} {kind}", f"long {min(9, len(key))}", "any"]
    if len(parts) > 1 or "-" in key:
        found.append("hyphen")
        found += [f"part {lexicon.kind(part, True)}" for part in parts]
    if not capitals:
        upper = token.core.isupper() and len(key) > 1
        if upper:
            found += [f"upper {min(7, len(key))}", f"upper {kind}"]
        if _INNER.search(token.core):
            found.append("inner")
        if not token.core[0].isupper():
            found.append("joined particle")
    return found
