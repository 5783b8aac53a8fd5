"""The one analysis of text: how prose becomes words, folded words and stems.

Every engine indexes exactly the terms made here, and a query is cut by the same functions,
so that which paragraphs match does not depend on the engine.

    "Nazarbayev's U.S. visit, Élysée"  ->  nazarbayev us visit elysee  (words)
                                       ->  nazarbayev us visit elyse   (stems)
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

# A word is a run of letters and digits; a possessive belongs to it, and dotted initials are one word.
WORD = re.compile(r"[^\W_]+(?:['’][sS](?![^\W_])|(?<=\b[^\W\d_])(?:\.[^\W\d_])+\.?(?![^\W_]))?")

LONGEST = 64  # characters of a word that are kept: longer ones are noise, and engines bound a term's length

_STOPS = '.,;:!?()[]"“”'  # about a word, no part of it

# What parts words, in ASCII: all but what may stand within one.
_APART = str.maketrans(
    {sign: " " for sign in map(chr, range(128)) if not sign.isalnum() and sign not in "'._"}
)

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


def _folded(token: str) -> str:
    if token[-2:] in ("'s", "'S", "’s", "’S"):
        token = token[:-2]
    folded = fold(token)
    return (folded if folded.isalnum() else "".join(c for c in folded if c.isalnum()))[:LONGEST]


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english", 0)


class _Memo(dict[str, str]):
    """What `_cut` gives, in one place of it, for the pieces of texts, each cut once.

    All is forgotten at a bound: names never end.
    """

    MOST = 1 << 18

    def __init__(self, place: int) -> None:
        self._place = place

    def __missing__(self, piece: str) -> str:
        made = _cut(piece)
        if len(piece) <= LONGEST:
            for memo, text in zip(_MEMOS, made, strict=True):
                if len(memo) >= self.MOST:
                    memo.clear()
                memo[piece] = text
        return made[self._place]


_MEMOS = _WORDS, _STEMS, _INFLECTED = _Memo(0), _Memo(1), _Memo(2)


def _pieces(text: str) -> list[str]:
    """Cut a text at its spaces, and a plain one at all that parts words: so that fewer pieces differ."""
    if text.isascii():
        return text.lower().translate(_APART).replace(". ", " ").split()
    return text.split()


def _cut(piece: str) -> tuple[str, str, str]:
    """Give the words of a piece, their stems, and the words that are not their own stems.

    Most pieces are one word, with a comma or a full stop.
    """
    core = piece.strip(_STOPS)
    if core in _STEMS:
        return _WORDS[core], _STEMS[core], _INFLECTED[core]
    if core.isascii() and core.isalnum():
        word = core[:LONGEST].lower()
        stem: str = _stemmer().stemWord(word)
        return word, stem, "" if word == stem else word
    words = [word for word in map(_folded, WORD.findall(piece)) if word]
    stems = _stemmer().stemWords(words)
    inflected = (word for word, stem in zip(words, stems, strict=True) if word != stem)
    return " ".join(words), " ".join(stems), " ".join(inflected)


def words(text: str) -> list[str]:
    """Give the folded words of a text, in order."""
    return " ".join(map(_WORDS.__getitem__, _pieces(text))).split()


def stems(text: str) -> list[str]:
    """Give the English stems of a text's words (Snowball), in order, one for each word."""
    return " ".join(map(_STEMS.__getitem__, _pieces(text))).split()


def terms(text: str) -> tuple[str, str]:
    """Give, with spaces between, the words of a text that are not their own stems, and all stems in order."""
    pieces = _pieces(text)
    return (
        " ".join(filter(None, map(_INFLECTED.__getitem__, dict.fromkeys(pieces)))),
        " ".join(filter(None, map(_STEMS.__getitem__, pieces))),
    )


def spans(text: str) -> list[tuple[int, int]]:
    """Give where each of a text's words stands: start and end, one for each of `words` and of `stems`."""
    return [match.span() for match in WORD.finditer(text) if _WORDS[match.group()]]
