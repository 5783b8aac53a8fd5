"""The people tagged by a volume's editors: their names without titles, and in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ...model.cable import Person
from ...model.names import SUFFIXES, fullness

_TITLES = frozenset(
    (
        *("admiral", "amb", "ambassador", "brigadier", "capt", "captain", "chairman", "chancellor", "col"),
        *(
            "colonel",
            "commander",
            "congressman",
            "dr",
            "emir",
            "foreign",
            "gen",
            "general",
            "governor",
            "king",
        ),
        *(
            "lady",
            "lieutenant",
            "lord",
            "lt",
            "maj",
            "major",
            "marshal",
            "minister",
            "miss",
            "mr",
            "mrs",
            "ms",
        ),
        *("premier", "president", "prime", "prince", "princess", "professor", "queen", "rear", "secretary"),
        *("senator", "shah", "sheikh", "sir", "sultan", "the", "under", "vice"),
    )
)

Names = Iterable[tuple[str | None, str]]


def natural_order(listed: str) -> str:
    """Return a name from the list of persons with the surname last.

    >>> natural_order("Hughes, Thomas L."), natural_order("Killian, Dr. James R., Jr.")
    ('Thomas L. Hughes', 'James R. Killian, Jr.')
    """
    last, *rest = [part.strip() for part in re.sub(r"\([^()]*\)", "", listed).split(",")]
    first = next((strip_titles(part) for part in rest if part and _fold(part) not in SUFFIXES), "")
    suffix = next((part for part in rest if _fold(part) in SUFFIXES), "")
    name = f"{first} {strip_titles(last)}".strip().replace("- ", "-")  # Sadat, Anwar el-
    return f"{name}, {suffix}" if suffix else name


def strip_titles(name: str) -> str:
    """Return a name without the titles before it; a title alone stays.

    >>> strip_titles("General J. Lawton Collins"), strip_titles("Colonel King")
    ('J. Lawton Collins', 'King')
    """
    words = name.split()
    while len(words) > 1 and _fold(words[0]) in _TITLES:
        del words[0]
    return " ".join(words)


def _fold(word: str) -> str:
    return word.strip(".,").lower()


def merge_people(names: Names, listed: Mapping[str, str]) -> tuple[Person, ...]:
    """Return each person once, with the fullest of their names.

    Args:
        names: keys in the list of persons, and names as printed.
        listed: full names by key.
    """
    fullest: dict[str, str] = {}
    for key, printed in names:
        name = strip_titles(printed.strip(" ,;:"))
        if _is_name(name, listed.get(key or "", "")):
            who = key or name
            fullest[who] = fuller(fullest.get(who, ""), name)
    return tuple(Person(name, fuller(listed.get(who, ""), name)) for who, name in fullest.items())


def fuller(name: str, other: str) -> str:
    """Return the fuller of two names; of two equally full, the longer."""
    return max(name, other, key=lambda name: (fullness(name), len(name)))


def _is_name(name: str, full_name: str) -> bool:
    """Whether it is a name, not a stray word or a bare title; the name of Winston Lord may be `Lord`."""
    if name in full_name.split():
        return True
    return any(letter.isupper() for letter in name) and _fold(name) not in _TITLES
