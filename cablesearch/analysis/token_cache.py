"""Cache of analysed tokens: most words of an archive recur.

The analysis takes a quarter of a build. `_token_cache.c` does the same in a fifth of the time, and is used in
place of this where it was compiled when cablesearch was installed.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

MAX_PIECE_BYTES = 64  # a longer piece is not kept: it hardly recurs
MAX_SOUGHT = 64  # different pieces that are looked for in a text one by one: sooner, if they are few
MAX_ASKED = 8  # sets of words that are wanted, whose pieces are kept

_CONTINUING = bytes(range(0x80, 0xC0))  # bytes that continue a character


class TokenCache:
    """Analyses texts piece by piece, each piece once; pieces stand between spaces.

    Args:
        analyse: returns two texts for a piece. All words of the second one begin as the piece does, if that
            has only letters and digits (ASCII).
        capacity: pieces that are kept. When it is full all are dropped, since new names never end.
    """

    def __init__(self, analyse: Callable[[str], tuple[str, str]], capacity: int) -> None:
        self._pieces = _Pieces(analyse, capacity)
        self._capacity = capacity
        # By the words that are wanted, the pieces seen so far, and those of them that have one.
        self._seen: dict[tuple[bytes, ...], tuple[set[bytes], set[bytes]]] = {}

    def __call__(self, text: bytes, /) -> tuple[str, str]:
        """Return the first texts of all pieces, and the second ones, each joined by spaces.

        Of a piece that recurs, the first text may come once only.

        Args:
            text: in UTF-8; halves of surrogate pairs may stand in it.
        """
        pairs = [*map(self._pieces.__getitem__, text.split(b" "))]
        firsts = dict.fromkeys([first for first, _ in pairs])
        return " ".join(filter(None, firsts)), " ".join([second for _, second in pairs if second])

    def find(self, text: bytes, wanted: tuple[bytes, ...], /) -> list[tuple[int, int]]:
        """Return the start and end, in characters, of each piece whose second text has one of some words.

        Args:
            text: as above.
            wanted: the words.
        """
        pieces = text.split(b" ")
        held = self._holding({*pieces}, wanted)
        if len(held) > MAX_SOUGHT:
            ends = [*accumulate([len(piece) + 1 for piece in pieces])]
            found = [
                (end - len(piece) - 1, end - 1)
                for piece, end in zip(pieces, ends, strict=True)
                if piece in held
            ]
            return _of_characters(found, text)
        padded = b" %b " % text
        places = []
        for piece in held:
            alone = b" %b " % piece
            at = padded.find(alone)
            while at >= 0:
                places.append((at, at + len(piece)))
                at = padded.find(alone, at + len(piece) + 1)
        return _of_characters(sorted(places), text)

    def _holding(self, pieces: set[bytes], wanted: tuple[bytes, ...]) -> set[bytes]:
        """Return the pieces whose second text has one of some words."""
        seen, held = self._seen.setdefault(wanted, (set(), set()))
        if not pieces <= seen:
            words = {word.decode("utf-8", "surrogatepass") for word in wanted}
            firsts = {word[:1] for word in wanted}
            new = pieces - seen
            likely = [piece for piece in new if piece[:1] in firsts or not piece.isalnum()]
            held.update([piece for piece in likely if not words.isdisjoint(self._pieces[piece][1].split())])
            seen |= new  # behind the others, as another thread may ask
            if len(self._seen) > MAX_ASKED or len(seen) > self._capacity:
                self._seen = {}
        return pieces & held


def _of_characters(places: list[tuple[int, int]], text: bytes) -> list[tuple[int, int]]:
    """Return places of bytes, in order, as places of characters."""
    if text.isascii():
        return places
    found, at, passed = [], 0, 0
    for start, end in places:
        first = passed + _characters(text[at:start])  # from the last place on, not from the beginning
        at, passed = end, first + _characters(text[start:end])
        found.append((first, passed))
    return found


def _characters(text: bytes) -> int:
    return len(text.translate(None, _CONTINUING))


class _Pieces(dict[bytes, tuple[str, str]]):
    def __init__(self, analyse: Callable[[str], tuple[str, str]], capacity: int) -> None:
        self._analyse = analyse
        self._capacity = capacity

    def __missing__(self, piece: bytes) -> tuple[str, str]:
        pair = self._analyse(piece.decode("utf-8", "surrogatepass")) if piece else ("", "")
        if len(piece) <= MAX_PIECE_BYTES:
            if len(self) >= self._capacity:
                self.clear()
            self[piece] = pair
        return pair
