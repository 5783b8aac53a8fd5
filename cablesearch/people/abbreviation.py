"""Abbreviations that a drafter gives a name: `Abdullah bin Zayed (AbZ)`, `Kim Jong-il (KJI)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .identity import name_words
from .names import NameSpan, initials
from .tokens import parse_token

_IN_PARENTHESES = re.compile(r"\([“\"'‘]?([A-Z][A-Za-z]{1,4})[”\"'’]?\)\W*")


def find_abbreviations(raw: Sequence[str], names: Iterable[NameSpan]) -> dict[str, str]:
    """Return names by their abbreviations: the initials that follow a name in parentheses.

    Args:
        raw: the pieces of the cable's text.
        names: those found in it.
    """
    known: dict[str, str] = {}
    for name in names:
        match = _IN_PARENTHESES.fullmatch(raw[name.end]) if raw[name.end][:1] == "(" else None
        if match and any(own.startswith(match[1].lower()) for own in initials(name_words(name.name))):
            known.setdefault(match[1], name.name)
    return known


def find_uses(raw: Sequence[str], abbreviations: Iterable[str], names: Iterable[NameSpan]) -> list[NameSpan]:
    """Return where abbreviations are used, outside the names found already."""
    known = set(abbreviations)
    within = {i for name in names for i in range(name.start, name.end)}
    places = (i for i, piece in enumerate(raw) if i not in within and any(short in piece for short in known))
    cores = ((i, parse_token(raw[i]).core) for i in places)
    return [NameSpan(i, i + 1, core) for i, core in cores if core in known]
