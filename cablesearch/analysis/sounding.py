"""How a name sounds, roughly: its spellings in different transliterations have one key.

    Nazarbayev Nazarbaev        nazarbav
    Qadhafi Gaddafi Kadafi      kadafi
    Mohammed Muhammad Mohamed   mohamad
    Yushchenko Yuschenko        oshanko

A key is for finding names: that two names share one is no proof that they are one person.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .words import words

MIN_LETTERS = 5  # of a word that has a sound; a shorter one is taken as written: Li, Lee and Lu are three

_CONSONANTS = (
    (re.compile("s?h?tch|s[hc]*ch"), "sh"),
    (re.compile("kh|gh|q|ck|c(?=[aouklrst]|$)"), "k"),
    (re.compile("^g(?=[ao]d)"), "k"),
    (re.compile("ph"), "f"),
    (re.compile("([dt])h"), r"\1"),
    (re.compile("zh"), "j"),
    (re.compile("ff?$"), "v"),  # Ivanoff
    (re.compile(r"([b-df-hj-np-tv-z])\1+"), r"\1"),
    (re.compile("w"), "v"),
)
_VOWELS = (
    (re.compile("^[iy](?=[eou])"), ""),  # Yeltsin, Eltsin
    (re.compile("(?<=[aeou])[iy](?=[aeou])"), ""),
    (re.compile("[iy](?=ev)"), ""),
    (re.compile("o[uo]?|u+"), "o"),
    (re.compile("[ae]+"), "a"),
    (re.compile("[iy]+"), "i"),
)


@lru_cache(1 << 16)
def sound(word: str) -> str:
    """Return the key of a folded word."""
    if len(word) < MIN_LETTERS or not word.isascii():
        return word
    for pattern, key in (*_CONSONANTS, *_VOWELS):
        word = pattern.sub(key, word)
    return word


def sounds(name: str) -> list[str]:
    """Return the keys of a name's words, in order."""
    return [sound(word) for word in words(name)]
