"""The one analysis of text: how prose becomes folded words and stems.

Every engine indexes exactly the terms made here, and a query is split by the same functions, so that which
paragraphs match does not depend on the engine.

    "Nazarbayev's U.S. visit, Élysée"  ->  nazarbayev us visit elysee  (words)
                                       ->  nazarbayev us visit elyse   (stems)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence, Set
from functools import cache

try:
    from ._token_cache import TokenCache  # compiled
except ImportError:
    from .token_cache import TokenCache

# Accents, vowel points and the like that stand behind letters: of Latin, Cyrillic, Hebrew and Arabic.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
)

# A word is a run of letters and digits; a possessive belongs to it, and dotted initials are one word.
WORD = re.compile(
    rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*(?:['’][sS](?![^\W_])|(?<=\b[^\W\d_])(?:\.[^\W\d_])+\.?(?![^\W_]))?"
)

MAX_WORD_CHARS = 64  # a longer word is cut: it is noise, and engines bound the length of a term

_PUNCTUATION = '.,;:!?()[]"“”'  # around a word, no part of it

# Lower-case letters, and a space for each ASCII sign that never stands in a word; other bytes stay.
_TO_PIECES = bytes(
    ord(sign.lower()) if sign.isalnum() or sign in "'._" else ord(" ") for sign in map(chr, range(128))
) + bytes(range(128, 256))

# Letters that Unicode does not decompose, without their strokes; signs for sounds that are not written, and
# that which lengthens an Arabic word.
_STROKES = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe",
        "þ": "th", "ŋ": "n", "ə": "a", "ƒ": "f", "ĸ": "k", "ʼ": None, "ʻ": None, "ʿ": None, "ʾ": None,
        "\u0640": None,
    }
)  # fmt: skip


def fold(text: str) -> str:
    """Return the text in lower case without accents: `Élysée` and `ELYSEE` are one word."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_STROKES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _fold_word(token: str) -> str:
    if token[-2:] in ("'s", "'S", "’s", "’S"):
        token = token[:-2]
    folded = fold(token)
    return (folded if folded.isalnum() else "".join(c for c in folded if c.isalnum()))[:MAX_WORD_CHARS]


@cache
def _stemmer() -> Callable[[Sequence[str]], list[str]]:
    import Stemmer

    stem_words: Callable[[Sequence[str]], list[str]] = Stemmer.Stemmer("english", 0).stemWords
    return stem_words


def _separate(text: str) -> str:
    """Return a text of the same length with spaces between pieces; ASCII texts have few different ones."""
    return text.encode().translate(_TO_PIECES).decode() if text.isascii() else text


def _split_piece(piece: str) -> tuple[str, ...]:
    """Return the words of a piece. Most pieces are one word with a comma or a full stop."""
    core = piece.strip(_PUNCTUATION)
    if core.isascii() and core.isalnum():
        return (core[:MAX_WORD_CHARS].lower(),)
    return tuple(filter(None, map(_fold_word, WORD.findall(piece))))


def _analyse_piece(piece: str) -> tuple[str, str]:
    """Return what `terms` does, for a piece."""
    words = _split_piece(piece)
    stems = _stemmer()(words)
    return " ".join([word for word, stem in zip(words, stems, strict=True) if word != stem]), " ".join(stems)


_MAX_PIECES = 1 << 20  # kept: those of some 200,000 cables

_TERMS = TokenCache(_analyse_piece, _MAX_PIECES)


def words(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return [word for piece in _separate(text).split() for word in _split_piece(piece)]


def stems(text: str) -> list[str]:
    """Return the English stems of a text's words (Snowball), in order, one for each word."""
    return terms(text)[1].split()


def terms(text: str) -> tuple[str, str]:
    """Return the words of a text that are not their own stems, and all stems in order, with spaces between.

    The former are in no order, and each comes at least once.
    """
    return _TERMS(text.encode("utf-8", "surrogatepass").translate(_TO_PIECES))


class Finder:
    """Finds words in texts, and remembers for each piece whether it holds one that is like those wanted.

    Args:
        wanted: stems of the words to find.
        fits: predicates; words that satisfy one, or whose stems do, are found too.
    """

    def __init__(self, wanted: Set[str], fits: Sequence[Callable[[str], object]] = ()) -> None:
        self._wanted = wanted
        self._wanted_bytes = tuple([word.encode("utf-8", "surrogatepass") for word in wanted])
        self._fits = fits
        # All pieces so far; and those with such words, each with the place of its word if it is only one.
        self._known: tuple[set[str], dict[str, tuple[int, int] | None]] = set(), {}

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the start and end of each such word in a text, each once, in no order."""
        return self._spans_of_like(text) if self._fits else self._spans_of_wanted(text)

    def _spans_of_wanted(self, text: str) -> list[tuple[int, int]]:
        pieces = text.encode("utf-8", "surrogatepass").translate(_TO_PIECES)
        places = _TERMS.find(pieces, self._wanted_bytes)
        found: list[tuple[int, int]] = []
        for start, end in places:
            piece = text[start:end]
            core = piece.strip(_PUNCTUATION)
            if core.isalnum() and core.isascii():
                first = start + piece.index(core)
                found.append((first, first + len(core)))
            else:
                found += self._words_in(piece, start)
        return found

    def _words_in(self, piece: str, at: int) -> list[tuple[int, int]]:
        """Return the start and end of each such word in a piece that begins at a place."""
        words = WORD.finditer(piece)
        return [(at + word.start(), at + word.end()) for word in words if self._is_wanted(word.group())]

    def _spans_of_like(self, text: str) -> list[tuple[int, int]]:
        plain = _separate(text)
        pieces = set(plain.split())
        known, held = self._known
        if new := pieces - known:
            if len(known) >= _MAX_PIECES:
                known, held = self._known = set(), {}
                new = pieces
            held.update(self._wanted_among(new))
            known |= new
        found: list[tuple[int, int]] = []
        for piece in pieces.intersection(held):
            place = held[piece]
            for at in _find_piece(piece, plain):
                if place:
                    found.append((at + place[0], at + place[1]))
                else:
                    found += self._words_in(text[at : at + len(piece)], at)
        return found

    def _wanted_among(self, pieces: set[str]) -> Iterator[tuple[str, tuple[int, int] | None]]:
        """Yield the pieces that hold such a word; those of one word are analysed all at once."""
        single = [p for p in pieces if (core := p.strip(_PUNCTUATION)).isalnum() and core.isascii()]
        for piece, stem in zip(single, stems(" ".join(single)), strict=True):
            if stem in self._wanted or (self._fits and any(map(self._is_like, (stem, *_split_piece(piece))))):
                yield piece, (len(piece) - len(piece.lstrip(_PUNCTUATION)), len(piece.rstrip(_PUNCTUATION)))
        yield from ((piece, None) for piece in pieces.difference(single) if self._is_wanted(piece))

    def _is_wanted(self, piece: str) -> bool:
        others, own = (part.split() for part in terms(piece))
        if not self._wanted.isdisjoint(own):
            return True
        return bool(self._fits) and any(map(self._is_like, (*others, *own)))

    def _is_like(self, term: str) -> bool:
        return any(fits(term) for fits in self._fits)


def _find_piece(piece: str, text: str) -> Iterator[int]:
    """Yield where a piece, as `_separate` leaves it, begins in a text."""
    at = text.find(piece)
    while at >= 0:
        end = at + len(piece)
        if (not at or text[at - 1].isspace()) and (end == len(text) or text[end].isspace()):
            yield at
        at = text.find(piece, end)
