"""Cache of analysed tokens: most words of an archive recur.

The analysis takes a quarter of a build. `_token_cache.c` does the same in a fifth of the time, and is used in
place of this where it was compiled when cablesearch was installed.
"""

from __future__ import annotations

from collections.abc import Callable

MAX_PIECE_BYTES = 64  # a longer piece is not kept: it hardly recurs


class TokenCache:
    """Analyses texts piece by piece, each piece once; pieces stand between spaces.

    Args:
        analyse: returns two texts for a piece.
        capacity: pieces that are kept. When it is full all are dropped, since new names never end.
    """

    def __init__(self, analyse: Callable[[str], tuple[str, str]], capacity: int) -> None:
        self._pieces = _Pieces(analyse, capacity)

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
        """Return the start and end of each piece whose second text has one of some words.

        Args:
            text: as above.
            wanted: the words.
        """
        words = {word.decode("utf-8", "surrogatepass") for word in wanted}
        pieces = text.split(b" ")
        found = {piece for piece in {*pieces} if not words.isdisjoint(self._pieces[piece][1].split())}
        places, start = [], 0
        for piece in pieces if found else ():
            if piece in found:
                places.append((start, start + len(piece)))
            start += len(piece) + 1
        return places


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
