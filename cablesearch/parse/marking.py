"""Classifications and portion markings, as drafters write them.

C O N F I D E N T I A L  ·  CONFIDENTIAL//NOFORN  ·  UNCLAS  ·  LIMOFFUSE  ->  Classification
(C)  (SBU)  (S/NF)  (C//REL ISAF)  (Secret/Rel Armenia)                    ->  a paragraph's marking
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ..model.classification import (
    CAPTIONS,
    CAVEAT_SPELLINGS,
    CAVEATS,
    CONTROLS,
    LEVEL_NAMES,
    LEVELS,
    OFFICIAL_USE,
    OFFICIAL_USE_PORTIONS,
    Classification,
    alternatives,
)

# A portion marking: a level, then caveats behind slashes, with whom it may be shared after them (`REL ISAF`).
# A known caveat may stand behind a space or a hyphen (`C NF`, `S-NF`), or be joined to the level (`SNF`).
_PORTION_LEVEL = alternatives((*LEVELS, *LEVEL_NAMES, *OFFICIAL_USE_PORTIONS))
_KNOWN_CAVEAT = rf"(?i:{alternatives((*CAVEAT_SPELLINGS, *CAPTIONS, *CONTROLS))})"
_PORTION_CAVEAT = rf"(?>(?:{_KNOWN_CAVEAT}|[A-Z]{{2,4}})\b)"
_JOINT = r"(?:[^\S ]*+ \s*+|\s*+[,-]\s*+)"  # a blank at least, a comma or a hyphen
PORTION = (
    rf"\(\s*+(?P<marking>(?:{_PORTION_LEVEL})(?:{alternatives(CAVEATS)})?"
    rf"(?:(?:\s*+//?\s*+{_PORTION_CAVEAT}|{_JOINT}{_KNOWN_CAVEAT}\b)[A-Za-z,\s]{{0,40}}+)*)\s*+(?://?\s*+)?\)"
)


def _letter_spaced(words: str) -> str:
    """Return a pattern for words that may be printed with spaces between their letters."""
    return " {1,3}".join(" ?".join(word) for word in words.split())


# A message's own classification line: the level at the line's start, then section, station and serial.
_LINE_LEVELS = alternatives(map(_letter_spaced, LEVEL_NAMES))
CLASSIFICATION_LINE = re.compile(rf"^\s*+(?P<level>{_LINE_LEVELS})(?![A-Za-z])(?P<rest>.*)$")

# A caveat behind the level on that line: `S E C R E T NOFORN PARIS 000012`.
CAVEAT = re.compile(rf"\b(?:{alternatives((*CAPTIONS, OFFICIAL_USE, *OFFICIAL_USE_PORTIONS))})\b")

# Levels by the letters of their spellings: `TOPSECRET`.
_LEVELS = {printed.replace(" ", ""): level for printed, level in (LEVELS | LEVEL_NAMES).items()}


@lru_cache(256)
def parse_classification(published: str | None) -> Classification | None:
    """Parse a classification as published: level and caveats between slashes."""
    if not published or not published.strip():
        return None
    printed, *caveats = [" ".join(part.split()) for part in published.strip().split("/") if part.strip()]
    level = _LEVELS.get(re.sub(r"[^A-Z]", "", printed.upper()), printed.upper())
    return Classification(
        level, tuple(dict.fromkeys(_published_caveat(caveat.upper(), level) for caveat in caveats))
    )


def _published_caveat(printed: str, level: str) -> str:
    """Return a caveat as it is published: what is unclassified but sensitive is FOR OFFICIAL USE ONLY."""
    if printed == "SENSITIVE" and level == "UNCLASSIFIED":
        return OFFICIAL_USE
    return CAVEAT_SPELLINGS.get(printed, printed)


def parse_classification_line(line: str, captions: Iterable[str] = ()) -> Classification | None:
    """Parse a message's classification line, None if the line is not one.

    Args:
        line: the line.
        captions: the words of caption lines (`NODIS`), which are its caveats.
    """
    found = CLASSIFICATION_LINE.match(line)
    if not found:
        return None
    return parse_classification("/".join((found["level"], *CAVEAT.findall(found["rest"]), *captions)))


@lru_cache(256)
def normalize_marking(printed: str) -> str:
    """Return a portion marking in one spelling: capitals where it is an abbreviation, single spaces.

    >>> normalize_marking("s / nf"), normalize_marking("Secret/Rel  Aus")
    ('S/NF', 'SECRET/Rel Aus')
    """
    parts = re.split(r"(//?)", " ".join(printed.split()))
    return "".join(part if part.startswith("/") else _capitals(part.strip()) for part in parts)


def _capitals(part: str) -> str:
    """Return `C` for `c` and `SECRET` for `Secret`, but `Rel Aus` as the drafter wrote it."""
    return part.upper() if len(part) <= 4 or part.upper() in LEVEL_NAMES else part
