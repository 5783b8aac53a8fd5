"""Classification: the levels and caveats, and the other forms in which they are printed.

The patterns and look-ups of readers, parser and queries are built from these tables, so that a level or a
caveat is added here alone. Portion markings follow 5 FAH-3 H-700; the other spellings are the archive's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Classification:
    """A level (`CONFIDENTIAL`), and the caveats beside it (`NOFORN`)."""

    level: str
    caveats: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "//".join((self.level, *self.caveats))


# Levels by their abbreviations in portion markings, the lowest first.
LEVELS = {
    "U": "UNCLASSIFIED",
    "LOU": "LIMITED OFFICIAL USE",
    "C": "CONFIDENTIAL",
    "S": "SECRET",
    "TS": "TOP SECRET",
}
# All forms of the levels but these abbreviations, as they are printed above a message.
LEVEL_NAMES = {
    **{level: level for level in LEVELS.values()},
    "UNCLAS": "UNCLASSIFIED",
    "LIMOFFUSE": "LIMITED OFFICIAL USE",
}

# Caveats by their abbreviations in portion markings.
CAVEATS = {"NF": "NOFORN", "OC": "ORCON"}
# What is unclassified but sensitive: its portion markings, and the caveat that it is published with.
OFFICIAL_USE_PORTIONS = ("SBU", "FOUO")
OFFICIAL_USE = "FOR OFFICIAL USE ONLY"
CAVEAT_SPELLINGS = CAVEATS | dict.fromkeys(OFFICIAL_USE_PORTIONS, OFFICIAL_USE)

# Caveats that stand on a line of their own below a message's classification.
CAPTIONS = ("NOFORN", "NODIS", "EXDIS", "LIMDIS", "STADIS", "SENSITIVE")
# What else stands behind the level in a portion marking.
CONTROLS = ("ORCON", "PROPIN", "REL", "FGI", "SI", "TK")

# Older documents, in the words of FRUS's editors: levels, portion markings (OUO is OFFICIAL USE ONLY), and
# caveats by the names that they also have here.
EDITION_LEVELS = (
    *LEVELS.values(),
    "OFFICIAL USE",
    "OFFICIAL USE ONLY",
    "LIMITED OFFICIAL USE ONLY",
    "RESTRICTED",
)
EDITION_PORTIONS = (*LEVELS, *OFFICIAL_USE_PORTIONS, "OUO")
EDITION_CAVEATS = {"LIMIT DISTRIBUTION": "LIMDIS", "LIMITED DISTRIBUTION": "LIMDIS"} | {
    caveat: caveat
    for caveat in (
        *("CODEWORD", "CONTROLLED DISSEM", "EYES ONLY", "NO DISSEM ABROAD", "NO DISTRIBUTION"),
        *("NO FOREIGN DISSEM", "RESTRICTED DATA", "ROGER CHANNEL", *CAPTIONS),
    )
}


_IN_WORDS = LEVELS | dict.fromkeys(OFFICIAL_USE_PORTIONS, "SENSITIVE BUT UNCLASSIFIED") | CAVEATS
_IN_WORDS |= {"FOUO": OFFICIAL_USE, "OUO": "OFFICIAL USE ONLY"}


def marking_in_words(marking: str) -> str:
    """Return what a paragraph's marking stands for; what is no abbreviation stays.

    >>> marking_in_words("S//NF"), marking_in_words("C//REL ISAF")
    ('SECRET, NOFORN', 'CONFIDENTIAL, REL ISAF')
    """
    parts = (part.strip() for part in marking.split("/"))
    return ", ".join(_IN_WORDS.get(part, part) for part in parts if part)


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first, as `re` takes the first that fits."""
    return "|".join(sorted(words, key=len, reverse=True))
