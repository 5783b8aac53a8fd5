"""Classifications and portion markings, as drafters write them.

C O N F I D E N T I A L  ·  CONFIDENTIAL//NOFORN  ·  UNCLAS  ·  LIMOFFUSE  ->  Classification
(C)  (SBU)  (S/NF)  (C//REL ISAF)  (Secret/Rel Armenia)                    ->  a paragraph's marking
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ..model.cable import Classification

# A portion marking: a level, then caveats behind slashes (5 FAH-3 H-700; the spellings are the archive's).
_LEVEL = r"(?:TS|SBU|LOU|FOUO|UNCLASSIFIED|CONFIDENTIAL|SECRET|TOP SECRET|UNCLAS|C|S|U)"
_CAVEAT = r"(?:(?i:NF|NOFORN|REL|FGI|OC|ORCON|SI|TK|FOUO|SBU|PROPIN|LIMDIS|EXDIS|NODIS)|[A-Z]{2,4})"
PORTION = rf"\(\s*(?P<marking>{_LEVEL}(?:\s*//?\s*{_CAVEAT}\b[A-Za-z, ]{{0,40}})*)\s*\)"

_LEVELS = {
    "UNCLASSIFIED": "UNCLASSIFIED",
    "UNCLAS": "UNCLASSIFIED",
    "LIMITEDOFFICIALUSE": "LIMITED OFFICIAL USE",
    "LIMOFFUSE": "LIMITED OFFICIAL USE",
    "LOU": "LIMITED OFFICIAL USE",
    "CONFIDENTIAL": "CONFIDENTIAL",
    "SECRET": "SECRET",
    "TOPSECRET": "TOP SECRET",
}
_CAVEATS = {
    "FOUO": "FOR OFFICIAL USE ONLY",
    "SBU": "FOR OFFICIAL USE ONLY",
    "NF": "NOFORN",
}


def _spaced(words: str) -> str:
    """Give a pattern for words that may be printed with spaces between their letters."""
    return " {1,3}".join(" ?".join(word) for word in words.split())


_PRINTED = (
    "LIMITED OFFICIAL USE",
    "LIMOFFUSE",
    "TOP SECRET",
    "SECRET",
    "CONFIDENTIAL",
    "UNCLASSIFIED",
    "UNCLAS",
)
# A message's own classification line: the level at the line's start, then section, station and serial.
CLASSIFICATION_LINE = re.compile(
    rf"^\s*(?P<level>{'|'.join(map(_spaced, _PRINTED))})(?![A-Za-z])(?P<rest>.*)$"
)


@lru_cache(256)
def classification(published: str | None) -> Classification | None:
    """Read a classification as published: level and caveats between slashes."""
    if not published or not published.strip():
        return None
    printed, *caveats = [" ".join(part.split()) for part in published.strip().split("/") if part.strip()]
    level = _LEVELS.get(re.sub(r"[^A-Z]", "", printed.upper()), printed.upper())
    return Classification(level, tuple(_caveat(caveat.upper(), level) for caveat in caveats))


def _caveat(printed: str, level: str) -> str:
    """Give a caveat as it is published: what is unclassified but sensitive is FOR OFFICIAL USE ONLY."""
    if printed == "SENSITIVE":
        return "FOR OFFICIAL USE ONLY" if level == "UNCLASSIFIED" else printed
    return _CAVEATS.get(printed, printed)


def message_level(line: str, captions: Iterable[str] = ()) -> Classification | None:
    """Read the level from a message's classification line, None if the line is not one.

    Args:
        line: the line.
        captions: the words of caption lines (`NODIS`), which are its caveats.
    """
    found = CLASSIFICATION_LINE.match(line)
    return classification("/".join((found["level"], *captions))) if found else None


@lru_cache(256)
def marking(printed: str) -> str:
    """Give a portion marking in one spelling: capitals where it is an abbreviation, single spaces."""
    parts = re.split(r"(//?)", " ".join(printed.split()))
    return "".join(part.strip() if part.startswith("/") else _portion(part.strip()) for part in parts)


def _portion(part: str) -> str:
    """`c` is C and `Secret` is SECRET, but `Rel Aus` stays as the drafter wrote it."""
    return part.upper() if len(part) <= 4 or part.upper() in _LEVELS else part
