"""What spellings of a name have in common, by which the people of a corpus are looked up."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from ..analysis.sounding import sound, sounds
from ..analysis.words import words
from ..model.tables import read_table
from .lexicon import DATA, load_lexicon

KNOWN_AS = "|"  # in what a person is counted by: stands between the full name in a cable and who that is
Key = tuple[str, ...]  # the sounds of a name's words

# Titles of women, with which some are named: Madame Nhu is not Nhu.
OF_WOMEN = frozenset(
    ("mrs", "ms", "miss", "mme", "madame", "madam", "lady", "dame", "queen", "princess", "senora", "begum")
)

_MENS_SKI = ("ski", "sky", "cki", "cky", "dzki")

_INITIALS = re.compile(r"\b(\w)\.(?=\w)")  # R.G.K. Thompson
_PARTED = re.compile(r"[.'’‘ʻʼ`]")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʻʼ`"))  # Khamene'i is Khamenei
# H.E. Feridun Erkin, but H.E. Orlan may have two initials; S.E.M. Couve
_HONORIFIC = re.compile(r"H\.\s*E\.\s+(?=\S+\s+\S)|S\.\s*E\.\s*M\.\s+")
# Titles that names are found with; beside these, those of the lexicon that are no names.
_TITLES = frozenset(
    (
        "sec", "secs", "min", "genl", "secgen", "formin", "fonsec", "pres", "mister", "doctor", "governor",
        "mentor", "sr", "sra",
    )
)  # fmt: skip


@lru_cache(1 << 16)
def name_key(name: str) -> Key:
    """Return what spellings of a name have in common: the sounds of its words, titles left out.

    >>> name_key("Sec. Masimov"), name_key("K.X. Masimov")
    (('masimov',), ('k', 'x', 'masimov'))
    """
    return tuple(map(sound, main_words(name)))


@lru_cache(1 << 16)
def main_words(name: str) -> tuple[str, ...]:
    """Return the words of a name, folded; initials are words, titles are left out."""
    main = words(_INITIALS.sub(r"\1. ", _HONORIFIC.sub("", name, count=1)).translate(_APOSTROPHES))
    while len(main) > 1 and _is_title(main[0]):
        del main[0]
    return tuple(main)


def asked_keys(name: str) -> tuple[Key, ...]:
    """Return the keys that a name has where it is asked for: its own, and that of the words that signs part.

    >>> asked_keys("Paul O'Neill"), asked_keys("O'Neill")
    ((('paul', 'onail'), ('paul', 'o', 'nail')), (('onail',),))
    """
    key = name_key(name)
    if len(key) < 2 or not _PARTED.search(name):
        return (key,)
    return tuple(dict.fromkeys((key, tuple(sounds(name)))))


def value_parts(value: str) -> tuple[str, str]:
    """Return the full name of a value that people are counted by, and who that is, empty where not known."""
    name, _, known_as = value.partition(KNOWN_AS)
    return name, known_as


@cache
def given_name_forms() -> dict[str, set[str]]:
    """Return what else a given name may be printed as: other spellings, short forms; all by their sounds."""
    forms: dict[str, set[str]] = defaultdict(set)
    rows = read_table(DATA / "given_names.txt", columns=2)
    spellings = [set(map(sound, spelt.lower().split())) for spelt, full in rows if not full]
    for some in spellings:
        for word in some:
            forms[word] |= some
    for short, full in ((sound(short.lower()), full.lower().split()) for short, full in rows if full):
        for word in map(sound, full):
            for spelling in {word}.union(*(some for some in spellings if word in some)):
                forms[short].add(spelling)
                forms[spelling].add(short)
    return forms


def are_of_man_and_woman(surname: str, other: str) -> bool:
    """Whether two surnames in small letters are those of a man and a woman of one family.

    >>> are_of_man_and_woman("petrova", "petrov"), are_of_man_and_woman("kowalski", "kowalska")
    (True, True)
    """
    mans, womans = (other, surname) if surname.endswith("a") else (surname, other)
    if womans == f"{mans}a":
        return mans.endswith(("ov", "ev", "in", "yn"))
    return womans[:-1] == mans[:-1] and mans.endswith(_MENS_SKI) and womans.endswith("ka")


@cache
def _is_title(word: str) -> bool:
    if word in _TITLES:
        return True
    lexicon = load_lexicon()
    return lexicon.classes.get(word) == "title" and word not in OF_WOMEN and not lexicon.is_name(word)
