"""The one analysis of text: how prose becomes words, folded words and stems.

Every engine indexes exactly the terms made here, and a query is cut by the same functions,
so that which paragraphs match does not depend on the engine.

    "Nazarbayev's U.S. visit, Élysée"  ->  nazarbayev us visit elysee  (words)
                                       ->  nazarbayev us visit elyse   (stems)
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

# A word is a run of letters and digits; a possessive belongs to it, and dotted initials are one word.
WORD = re.compile(r"[^\W\d_](?:\.[^\W\d_])+\.?(?![^\W_])|[^\W_]+(?:['’][sS](?![^\W_]))?")

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


@lru_cache(maxsize=1 << 17)
def _word(token: str) -> str:
    if token[-2:] in ("'s", "'S", "’s", "’S"):
        token = token[:-2]
    folded = fold(token)
    return "".join(c for c in folded if c.isalnum())[:LONGEST] if not folded.isalnum() else folded[:LONGEST]


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english", 0)


@lru_cache(maxsize=1 << 17)
def _stem(token: str) -> str:
    stem: str = _stemmer().stemWord(_word(token))
    return stem


def words(text: str) -> list[str]:
    """Give the folded words of a text, in order."""
    return [word for word in map(_word, WORD.findall(text)) if word]


def stems(text: str) -> list[str]:
    """Give the English stems of a text's words (Snowball), in order, one for each word."""
    return [stem for stem in map(_stem, WORD.findall(text)) if stem]


def spans(text: str) -> list[tuple[int, int]]:
    """Give where each of a text's words stands: start and end, one for each of `words` and of `stems`."""
    return [match.span() for match in WORD.finditer(text) if _word(match.group())]
