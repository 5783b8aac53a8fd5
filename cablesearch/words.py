"""The one analysis of text: how prose becomes words, folded words and stems.

Every engine indexes exactly the terms made here, and a query is cut by the same functions,
so that which paragraphs match does not depend on the engine.

    "Nazarbayev's U.S. visit, Élysée"  ->  nazarbayev us visit elysee  (words)
                                       ->  nazarbayev us visit elyse   (stems)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any

# A word is a run of letters and digits; a possessive belongs to it, and dotted initials are one word.
WORD = re.compile(r"[^\W_]+(?:['’][sS](?![^\W_])|(?<=\b[^\W\d_])(?:\.[^\W\d_])+\.?(?![^\W_]))?")

LONGEST = 64  # characters of a word that are kept: longer ones are noise, and engines bound a term's length

# Letters that Unicode does not decompose, as they are written without their strokes.
_STROKES = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe",
        "þ": "th", "ŋ": "n", "ə": "a", "ƒ": "f", "ĸ": "k", "ʼ": None, "ʻ": None, "ʿ": None, "ʾ": None,
    }
)  # fmt: skip


def fold(text: str) -> str:
    """Give the text in lower case without accents: `Élysée` and `ELYSEE` are one word."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_STROKES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


class _Memo(dict[str, str]):
    """Remembers what a function makes of a token; forgets all at a bound, since names never end."""

    MOST = 1 << 18

    def __init__(self, make: Callable[[str], str]) -> None:
        self.make = make

    def __missing__(self, token: str) -> str:
        if len(self) >= self.MOST:
            self.clear()
        self[token] = made = self.make(token)
        return made


def _folded(token: str) -> str:
    if token[-2:] in ("'s", "'S", "’s", "’S"):
        token = token[:-2]
    folded = fold(token)
    return (folded if folded.isalnum() else "".join(c for c in folded if c.isalnum()))[:LONGEST]


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english", 0)


def _stemmed(token: str) -> str:
    stem: str = _stemmer().stemWord(_WORDS[token])
    return stem


_WORDS = _Memo(_folded)
_STEMS = _Memo(_stemmed)


def words(text: str) -> list[str]:
    """Give the folded words of a text, in order."""
    return [*filter(None, map(_WORDS.__getitem__, WORD.findall(text)))]


def stems(text: str) -> list[str]:
    """Give the English stems of a text's words (Snowball), in order, one for each word."""
    return [*filter(None, map(_STEMS.__getitem__, WORD.findall(text)))]


def words_and_stems(text: str) -> tuple[list[str], list[str]]:
    """Give both, the text cut once."""
    tokens = WORD.findall(text)
    return [*filter(None, map(_WORDS.__getitem__, tokens))], [*filter(None, map(_STEMS.__getitem__, tokens))]


def spans(text: str) -> list[tuple[int, int]]:
    """Give where each of a text's words stands: start and end, one for each of `words` and of `stems`."""
    return [match.span() for match in WORD.finditer(text) if _WORDS[match.group()]]
