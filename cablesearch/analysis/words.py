"""The one analysis of text: how prose becomes words, folded words and stems.

Every engine indexes exactly the terms made here, and a query is cut by the same functions,
so that which paragraphs match does not depend on the engine.

    "Nazarbayev's U.S. visit, Élysée"  ->  nazarbayev us visit elysee  (words)
                                       ->  nazarbayev us visit elyse   (stems)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence, Set
from functools import cache
from typing import Any

try:
    from ._token_cache import TokenCache  # compiled
except ImportError:
    from .token_cache import TokenCache

# A word is a run of letters and digits; a possessive belongs to it, and dotted initials are one word.
WORD = re.compile(r"[^\W_]+(?:['’][sS](?![^\W_])|(?<=\b[^\W\d_])(?:\.[^\W\d_])+\.?(?![^\W_]))?")

LONGEST = 64  # characters of a word that are kept: longer ones are noise, and engines bound a term's length

_STOPS = '.,;:!?()[]"“”'  # about a word, no part of it

# Small letters, and a space for each sign of ASCII that never stands in a word; other bytes stay.
_PLAIN = bytes(
    ord(sign.lower()) if sign.isalnum() or sign in "'._" else ord(" ") for sign in map(chr, range(128))
) + bytes(range(128, 256))

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


def _plain(text: str) -> str:
    """Give a text of the same length in which pieces stand between spaces; of ASCII few of them differ."""
    return text.encode().translate(_PLAIN).decode() if text.isascii() else text


def _cut(piece: str) -> tuple[str, ...]:
    """Give the words of a piece. Most pieces are one, with a comma or a full stop."""
    core = piece.strip(_STOPS)
    if core.isascii() and core.isalnum():
        return (core[:LONGEST].lower(),)
    return tuple(filter(None, map(_folded, WORD.findall(piece))))


def _made(piece: str) -> tuple[str, str]:
    """Give what `terms` gives, for a piece."""
    words = _cut(piece)
    stems = _stemmer().stemWords(words)
    return " ".join([word for word, stem in zip(words, stems, strict=True) if word != stem]), " ".join(stems)


_MOST = 1 << 20  # pieces that are kept: those of some 200,000 cables

_TERMS = TokenCache(_made, _MOST)


def words(text: str) -> list[str]:
    """Give the folded words of a text, in order."""
    return [word for piece in _plain(text).split() for word in _cut(piece)]


def stems(text: str) -> list[str]:
    """Give the English stems of a text's words (Snowball), in order, one for each word."""
    return terms(text)[1].split()


def terms(text: str) -> tuple[str, str]:
    """Give, with spaces between, the words of a text that are not their own stems, and all stems in order.

    The former are in no order, and each stands there at least once.
    """
    return _TERMS(text.encode("utf-8", "surrogatepass").translate(_PLAIN))


def spans(text: str) -> list[tuple[int, int]]:
    """Give where each of a text's words stands: start and end, one for each of `words` and of `stems`."""
    return [match.span() for match in WORD.finditer(text) if _cut(match.group())]


class Finder:
    """Finds words in texts; what it has made out of a piece of them it knows the next time.

    Args:
        wanted: stems of words that are found.
        fits: tests; words that pass one, or whose stems do, are found too.
    """

    def __init__(self, wanted: Set[str], fits: Sequence[Callable[[str], object]] = ()) -> None:
        self._wanted = wanted
        self._fits = fits
        self._known: dict[str, bool] = {}

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Give where such words stand in a text: start and end, in no order."""
        plain = _plain(text)
        for piece in set(plain.split()):
            known = self._known.get(piece)
            if known is None:
                if len(self._known) >= _MOST:
                    self._known.clear()
                known = self._known[piece] = self._is_found(piece)
            if known:
                for at in _places(piece, plain):
                    yield from (
                        (at + word.start(), at + word.end())
                        for word in WORD.finditer(text[at : at + len(piece)])
                        if self._is_found(word.group())
                    )

    def _is_found(self, piece: str) -> bool:
        own = stems(piece)
        if not self._wanted.isdisjoint(own):
            return True
        return any(fits(term) for fits in self._fits for term in (*words(piece), *own))


def _places(piece: str, text: str) -> Iterator[int]:
    """Give where a piece begins in a text that has spaces about it."""
    at = text.find(piece)
    while at >= 0:
        end = at + len(piece)
        if (not at or text[at - 1].isspace()) and (end == len(text) or text[end].isspace()):
            yield at
        at = text.find(piece, end)
