"""The people that a volume's editors tag: their names without titles, and in full."""

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


def in_order(listed: str) -> str:
    """Give a name of the list of persons as it is said.

    >>> in_order("Hughes, Thomas L."), in_order("Killian, Dr. James R., Jr."), in_order("Chou En-lai")
    ('Thomas L. Hughes', 'James R. Killian, Jr.', 'Chou En-lai')
    """
    last, *rest = [part.strip() for part in re.sub(r"\([^()]*\)", "", listed).split(",")]
    first = next((untitled(part) for part in rest if part and _plain(part) not in SUFFIXES), "")
    suffix = next((part for part in rest if _plain(part) in SUFFIXES), "")
    name = f"{first} {untitled(last)}".strip().replace("- ", "-")  # Sadat, Anwar el-
    return f"{name}, {suffix}" if suffix else name


def untitled(name: str) -> str:
    """Give a name without the titles before it; a title alone stays.

    >>> untitled("General J. Lawton Collins"), untitled("Colonel King")
    ('J. Lawton Collins', 'King')
    """
    words = name.split()
    while len(words) > 1 and _plain(words[0]) in _TITLES:
        del words[0]
    return " ".join(words)


def _plain(word: str) -> str:
    return word.strip(".,").lower()


def people(names: Names, listed: Mapping[str, str]) -> tuple[Person, ...]:
    """Give each person once, by the fullest of the names.

    Args:
        names: keys in the list of persons, and names as printed.
        listed: full names by key.
    """
    fullest: dict[str, str] = {}
    for key, printed in names:
        name = untitled(printed.strip(" ,;:"))
        if _is_name(name, listed.get(key or "", "")):
            who = key or name
            fullest[who] = fuller(fullest.get(who, ""), name)
    return tuple(Person(name, fuller(listed.get(who, ""), name)) for who, name in fullest.items())


def fuller(name: str, other: str) -> str:
    """Return the fuller of two names; of two equally full, the longer."""
    return max(name, other, key=lambda name: (fullness(name), len(name)))


def _is_name(name: str, full_name: str) -> bool:
    """Whether it is no stray word and no bare title, unless that is the person's name (Winston Lord)."""
    if name in full_name.split():
        return True
    return any(letter.isupper() for letter in name) and _plain(name) not in _TITLES
