"""Abbreviations that a cable itself explains: `the National Front (FNLA)`, `the Human Rights Council (HRC)`.

The name before the parentheses is a run of capitalised words, with small words between them: as many as have
all their first letters in the abbreviation, two at least. So it need not be in English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

MAX_ABBREVIATIONS = 50  # of a cable; the most in any known cable is about thirty

_IN_PARENTHESES = re.compile(r"\([\"“'‘]?([A-Z]{2,8})[\"”'’]?\)")
_MAX_NAME_CHARS = 120  # before the parentheses
_SMALL = re.compile(
    r"(?i:and?|da|de[lrs]?|d[iou]|dos|el?|et|for|in|las?|les|los|o[fn]|the|to|und|von|[aduy])"
)
_ENDS = re.compile(r"[.:;,!?()\[\]\"“”/]\s|[()\"“”\[\]]")


def find_abbreviations(texts: Iterable[str]) -> dict[str, str]:
    """Return the abbreviations that some texts explain, each with the first name that it stands for."""
    known: dict[str, str] = {}
    for text in texts:
        if "(" in text:
            for match in _IN_PARENTHESES.finditer(text):
                short = match[1]
                if short not in known and len(known) < MAX_ABBREVIATIONS:
                    before = text[max(0, match.start() - _MAX_NAME_CHARS) : match.start()]
                    if full := _find_name(before, short):
                        known[short] = full
    return known


def other_forms(text: str, known: dict[str, str]) -> list[str]:
    """Return what could also stand in a text: names for its abbreviations, abbreviations for its names."""
    forms = []
    for short, full in known.items():
        has_short, has_full = short in text and bool(re.search(rf"\b{short}\b", text)), full in text
        if has_short != has_full:
            forms.append(full if has_short else short)
    return forms


def _find_name(before: str, short: str) -> str | None:
    """Return the end of a text that an abbreviation behind it can stand for."""
    words = _ENDS.split(before.rstrip())[-1].split()
    left = Counter(short)
    length = capitalised = 0  # words of the longest name so far
    for place, word in enumerate(reversed(words), 1):
        if _SMALL.fullmatch(word):
            continue
        if not word[:1].isupper() or not left[word[0]]:
            break
        left[word[0]] -= 1
        length, capitalised = place, capitalised + 1
    return " ".join(words[-length:]) if capitalised > 1 else None
