"""Names that a drafter asks to protect: `(protect)`, `(strictly protect throughout)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from .names import Found

FARTHEST = 25  # pieces from a name to the mark that is meant for it: `Ann Roe, head of ... (protect)`


def protected(raw: Sequence[str], names: Sequence[Found]) -> Iterator[Found]:
    """Give the names of a paragraph that a mark follows: for each mark the nearest name before it.

    Args:
        raw: the pieces of the cable's text.
        names: those of the paragraph, in order.
    """
    for n, one in enumerate(names):
        stop = names[n + 1].start if n + 1 < len(names) else one.end + FARTHEST
        after = " ".join(raw[one.end : min(stop, one.end + FARTHEST)])
        if _ASKED.search(after.partition("¶")[0]):
            yield one


def asked_for(raw: Sequence[str], classes: Mapping[str, str]) -> Iterator[int]:
    """Give the places of the words right before a mark that are written as names, known or not.

    A name that nobody has heard of is the one to protect: it must not be passed over.

    Args:
        classes: of words that are no part of a name: titles, roles, nations.
    """
    for place, piece in enumerate(raw):
        if piece[:1] in ("(", "[", "{") and _ASKED.match(" ".join(raw[place : place + _LONGEST])):
            for before in range(place - 1, max(place - 1 - _WORDS, -1), -1):
                word = raw[before]
                if not (word[:1].isupper() and word.isalpha()) or word.lower() in classes:
                    break
                yield before


_LONGEST = 8  # pieces of a mark
_WORDS = 2  # of a name before a mark: the given name and the surname

_ASKED = re.compile(r"[(\[{][^()\[\]{}]{0,40}\bprotect\b[^()\[\]{}]{0,40}[)\]}]", re.IGNORECASE)
