"""Titles: what a heading without a rule above or below it looks like, and what only looks like one."""

from __future__ import annotations

import re

from ..model.classification import LEVEL_NAMES, alternatives

BULLET = re.compile(r"^\s*(?:[-•·*>]|\(|\d+[.)]|[a-zA-Z][.)]\s)")
END = re.compile(r"^\(?\s*end\b", re.IGNORECASE)
WEBSITE = re.compile(
    r"^\s*(?:please\s+)?visit\b.{0,80}\b(?:web\s?site|web\s?page|home\s?page)\b", re.IGNORECASE
)
REDACTED = re.compile(r"^\s*[Xx]{4,}\s*$")

# Whom a communicator is to pass the message to, and what in it is classified.
INSTRUCTION = re.compile(
    r"^\s*(?:(?:DEPARTMENT|DEPT|STATE|PLEASE|PLS)\s+(?:PLEASE\s+|PLS\s+)?(?:ALSO\s+)?PASS\b"
    r"|(?:FOR|PASS|ATTN)\s*:|PASS TO\b|MINIMIZE (?:CONSIDERED|FOR)\b"
    r"|\(?[A-Z][A-Z ]{0,23}(?: ?--? ?| )ENTIRE TEXT\b"
    r"|FOR (?:THE )?(?:ACTING |DEPUTY |UNDER |ASSISTANT |ASST )*"
    r"(?:AMBASSADOR|SECRETARY|SEC|CHARGE|DCM|DIRECTOR)\b.{0,40} FROM\b)",
    re.IGNORECASE,
)

_OTHER = re.compile("|".join(p.pattern for p in (BULLET, END, INSTRUCTION, REDACTED, WEBSITE)), re.IGNORECASE)

MAX_TITLE = 160  # characters of a title
_STOPPED = re.compile(r"(?<!\.\.)[.,;]\s*$")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
# Words that stay in small letters in a title.
_SMALL = frozenset(
    re.findall(
        r"\w+", "a al an and as at but by de del el et for from in into is its la not of on or the to vs with"
    )
)


MAX_ITEM = 4  # characters of an item's letter or number: `IV)`
_BANNER = re.compile(rf"(?:{alternatives(LEVEL_NAMES)})(?: ?//?[A-Z ,/-]+)?")  # of a page


def is_title(line: str) -> bool:
    """Whether a line is a title, not a sentence: capitalized words, no full stop, no item of a list."""
    if (
        len(line) > MAX_TITLE
        or _STOPPED.search(line)
        or _is_cut(line)
        or _BANNER.fullmatch(line)
        or _OTHER.match(line)
    ):
        return False
    words: list[str] = _WORD.findall(line)
    long = [word for word in words if word.lower() not in _SMALL]
    capital = sum(1 for word in long if word[0].isupper())
    quoted = line.startswith(('"', "'", "“", "‘", ".")) or line.endswith(("...", "?", "!"))
    return any(len(word) > 1 for word in long) and (
        (capital >= 0.6 * len(long) and len(words) <= 22) or (quoted and len(words) <= 12)
    )


def _is_cut(line: str) -> bool:
    """Whether a line closes a parenthesis that another line opened; the letter of an item has one, too."""
    return line.count(")", MAX_ITEM) > line.count("(")
