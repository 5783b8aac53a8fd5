"""Abbreviations that a cable itself explains: `the National Front (FNLA)`, `the Human Rights Council (HRC)`.

What stands before the parentheses is a run of words with capitals, small words between them passed over; of
these the most whose first letters are all in the abbreviation, two at least. So it need not be in English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

MOST = 50  # abbreviations of a cable; the most that are known of are some thirty

_GIVEN = re.compile(r"\([\"“'‘]?([A-Z]{2,8})[\"”'’]?\)")
_BEFORE = 120  # characters before the parentheses that are looked at
_SMALL = re.compile(
    r"(?i:and?|da|de[lrs]?|d[iou]|dos|el?|et|for|in|las?|les|los|o[fn]|the|to|und|von|[aduy])"
)
_ENDS = re.compile(r"[.:;,!?()\[\]\"“”/]\s|[()\"“”\[\]]")


def explained(texts: Iterable[str]) -> dict[str, str]:
    """Give the abbreviations that some texts explain, each with what it is first said to stand for."""
    known: dict[str, str] = {}
    for text in texts:
        if "(" in text:
            for match in _GIVEN.finditer(text):
                short = match[1]
                if short not in known and len(known) < MOST:
                    before = text[max(0, match.start() - _BEFORE) : match.start()]
                    if full := _named(before, short):
                        known[short] = full
    return known


def other_forms(text: str, known: dict[str, str]) -> list[str]:
    """Give what else could stand in a text: what its abbreviations stand for, and the other way round."""
    forms = []
    for short, full in known.items():
        has_short, has_full = short in text and bool(re.search(rf"\b{short}\b", text)), full in text
        if has_short != has_full:
            forms.append(full if has_short else short)
    return forms


def _named(before: str, short: str) -> str | None:
    """Give the end of a text that an abbreviation behind it can stand for."""
    words = _ENDS.split(before.rstrip())[-1].split()
    left = Counter(short)
    first = named = 0  # words from the end: of the longest name, and of them those with capitals
    for place, word in enumerate(reversed(words), 1):
        if _SMALL.fullmatch(word):
            continue
        if not word[:1].isupper() or not left[word[0]]:
            break
        left[word[0]] -= 1
        first, named = place, named + 1
    return " ".join(words[-first:]) if named > 1 else None
