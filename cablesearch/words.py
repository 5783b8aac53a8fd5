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
    """Remembers what a function makes of a text without spaces; forgets all at a bound: names never end."""

    MOST = 1 << 17

    def __init__(self, make: Callable[[str], str]) -> None:
        self.make = make

    def __missing__(self, token: str) -> str:
        made = self.make(token)
        if len(token) <= LONGEST:
            if len(self) >= self.MOST:
                self.clear()
            self[token] = made
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


def _words(piece: str) -> str:
    return " ".join(filter(None, map(_folded, WORD.findall(piece))))


def _stems(piece: str) -> str:
    return " ".join(_stemmer().stemWords(_WORDS[piece].split()))


def _inflected(piece: str) -> str:
    pairs = zip(_WORDS[piece].split(), _STEMS[piece].split(), strict=True)
    return " ".join(word for word, stem in pairs if word != stem)


# The words of what stands between two spaces, most often one with a comma or a full stop, and their stems.
_WORDS = _Memo(_words)
_STEMS = _Memo(_stems)
_INFLECTED = _Memo(_inflected)


def words(text: str) -> list[str]:
    """Give the folded words of a text, in order."""
    return " ".join(map(_WORDS.__getitem__, text.split())).split()


def stems(text: str) -> list[str]:
    """Give the English stems of a text's words (Snowball), in order, one for each word."""
    return " ".join(map(_STEMS.__getitem__, text.split())).split()


def terms(text: str) -> tuple[str, str]:
    """Give, with spaces between, the words of a text that are not their own stems, and all stems in order."""
    pieces = text.split()
    return (
        " ".join(filter(None, map(_INFLECTED.__getitem__, dict.fromkeys(pieces)))),
        " ".join(filter(None, map(_STEMS.__getitem__, pieces))),
    )


def spans(text: str) -> list[tuple[int, int]]:
    """Give where each of a text's words stands: start and end, one for each of `words` and of `stems`."""
    return [match.span() for match in WORD.finditer(text) if _folded(match.group())]
