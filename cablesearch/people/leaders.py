"""Leaders whom a telegram in capitals names by surnames that no list has: the `NATUSCH COUP` of 1979."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from .identity import Setting
from .lexicon import COMMON, load_lexicon
from .names import PARTICLES, NameSpan
from .offices import leaders_of
from .tokens import parse_token

_SIGNS = " .,;:!?\"'()[]-"
_MIN_LETTERS = 5  # of a surname that is told by itself
_NOT_ALONE = frozenset(
    (*COMMON, "proper", "place", "place-part", "acronyms")
)  # lists of words that may be others


def find_leaders(raw: Sequence[str], setting: Setting, names: Iterable[NameSpan]) -> list[NameSpan]:
    """Return where surnames of those who led the cable's countries at its time stand outside the names found.

    Args:
        raw: the pieces of the cable's text.
        names: those found in it.
    """
    if not setting.day:
        return []
    year = setting.day.year
    surnames = frozenset[str]().union(*(_surnames(country, year) for country in setting.countries))
    within = {place for name in names for place in range(name.start, name.end)}
    places = [n for n, piece in enumerate(raw) if _word(piece) in surnames and n not in within]
    return [NameSpan(place, place + 1, parse_token(raw[place]).core) for place in places]


@lru_cache(1 << 14)
def _word(piece: str) -> str:
    return piece.strip(_SIGNS).partition("'")[0].lower()


@lru_cache(1 << 10)
def _surnames(country: str, year: int) -> frozenset[str]:
    """Return the words of leaders' names that are nothing else."""
    lexicon = load_lexicon()
    words = {word.lower() for name in leaders_of(country, year) for word in name.split()[1:]}
    return frozenset(
        word
        for word in words - PARTICLES - lexicon.classes.keys()
        if len(word) >= _MIN_LETTERS
        and not lexicon.is_first_name(word)
        and _NOT_ALONE.isdisjoint(lexicon.lists(word))
    )
