"""Abbreviations that a drafter gives a name: `Abdullah bin Zayed (AbZ)`, `Kim Jong-il (KJI)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .identity import parts
from .names import Found
from .tokens import token

_GIVEN = re.compile(r"\([“\"'‘]?([A-Z][A-Za-z]{1,4})[”\"'’]?\)\W*")


def given(raw: Sequence[str], names: Iterable[Found]) -> dict[str, str]:
    """Give the names that abbreviations stand for: those in parentheses that have a name's first letters.

    Args:
        raw: the pieces of the cable's text.
        names: those found in it.
    """
    found: dict[str, str] = {}
    for one in names:
        match = _GIVEN.fullmatch(raw[one.end]) if raw[one.end][:1] == "(" else None
        if match and _letters(one.name).startswith(match[1].lower()):
            found.setdefault(match[1], one.name)
    return found


def uses(raw: Sequence[str], short: Iterable[str], taken: Iterable[Found]) -> list[Found]:
    """Give where abbreviations are used, beside the names found already."""
    known = set(short)
    within = {i for one in taken for i in range(one.start, one.end)}
    places = (i for i, piece in enumerate(raw) if i not in within and any(one in piece for one in known))
    cores = ((i, token(raw[i]).core) for i in places)
    return [Found(i, i + 1, core) for i, core in cores if core in known]


def _letters(name: str) -> str:
    return "".join(part[:1] for part in parts(name))
