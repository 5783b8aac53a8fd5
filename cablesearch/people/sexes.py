"""Which titles and given names are a man's or a woman's: Mrs. Orlan is not Jorge Orlan."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache, lru_cache

from .keys import OF_WOMEN, main_words
from .lexicon import DATA, Lexicon, load_lexicon
from .offices import is_leader, load_offices

_OF_MEN = frozenset(("mr", "mister", "monsieur", "herr", "senor", "señor", "sir", "king", "prince"))
# Titles by which a wife is called with her husband's name, as they are shown.
_OF_WIVES = dict.fromkeys(("mrs", "senora", "señora", "frau"), "Mrs.") | dict.fromkeys(
    ("mme", "madame", "madam"), "Madame"
)


class Sex(Enum):
    """What a title or a given name says."""

    WOMAN = "woman"
    MAN = "man"


@lru_cache(1 << 12)
def sex_of_title(title: str) -> Sex | None:
    """Return whose a title is; None for what may be either's, as offices are.

    >>> sex_of_title("Mrs."), sex_of_title("Prime Minister")
    (<Sex.WOMAN: 'woman'>, None)
    """
    last = _last_word(title)
    return Sex.WOMAN if last in OF_WOMEN or last in _OF_WIVES else Sex.MAN if last in _OF_MEN else None


@lru_cache(1 << 12)
def title_of_wife(title: str) -> str | None:
    """Return the title by which a wife is called, as it is shown: `Mrs.`, `Madame`; None for others."""
    return _OF_WIVES.get(_last_word(title))


@lru_cache(1 << 12)
def sex_of_name(full_name: str) -> Sex | None:
    """Return whose a full name is by the given name; None where that may be either's, or is not known.

    >>> sex_of_name("Indira Gandhi"), sex_of_name("J. Robin Orlan")
    (<Sex.WOMAN: 'woman'>, None)
    """
    words = main_words(full_name)
    if len(words) > 1 and words[0] in OF_WOMEN:
        return Sex.WOMAN
    if load_lexicon().is_eastern_surname(words[0]):
        return Sex.MAN if is_leader(full_name) else None  # hardly any of whom was a woman
    given = next((word for word in words[:-1] if len(word) > 1), "")
    return _sexes().get(given)


def _last_word(title: str) -> str:
    return title.rpartition(" ")[2].strip("().,").lower()


@cache
def _sexes() -> Mapping[str, Sex]:
    classes = Lexicon((DATA / "womens_names.txt").read_text("utf-8"), "").classes
    given = {_given_name(tenure.name) for tenure in load_offices()}
    of_men = dict.fromkeys(given - classes.keys(), Sex.MAN)
    return of_men | {name: Sex.WOMAN for name, of in classes.items() if of == "women"}


def _given_name(full_name: str) -> str:
    """Return the first word of a name, or the second behind an initial: Averell, of W. Averell Harriman."""
    first, _, rest = full_name.lower().partition(" ")
    return rest.partition(" ")[0] if first.endswith(".") and " " in rest else first
