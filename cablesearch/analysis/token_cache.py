"""What is made of the pieces of texts, of each once: most words of an archive come again and again.

A quarter of a build goes into this. `_token_cache.c` does the same in a fifth of the time and is used in its
place where it was compiled when cablesearch was installed.
"""

from __future__ import annotations

from collections.abc import Callable

LONGEST = 64  # bytes of a piece that is kept


class TokenCache:
    """Gives two texts for one: what is made of its pieces, which stand between spaces.

    Args:
        make: gives two texts for a piece.
        most: pieces that are kept; at the bound all are forgotten, since names never end.
    """

    def __init__(self, make: Callable[[str], tuple[str, str]], most: int) -> None:
        self._made = _Made(make, most)

    def __call__(self, text: bytes, /) -> tuple[str, str]:
        """Give the first texts, those of a piece that comes again not always again, and all second ones.

        Args:
            text: in UTF-8; halves of surrogate pairs may stand in it.
        """
        made = [*map(self._made.__getitem__, text.split(b" "))]
        firsts = dict.fromkeys([first for first, _ in made])
        return " ".join(filter(None, firsts)), " ".join([second for _, second in made if second])


class _Made(dict[bytes, tuple[str, str]]):
    def __init__(self, make: Callable[[str], tuple[str, str]], most: int) -> None:
        self._make = make
        self._most = most

    def __missing__(self, piece: bytes) -> tuple[str, str]:
        made = self._make(piece.decode("utf-8", "surrogatepass")) if piece else ("", "")
        if len(piece) <= LONGEST:
            if len(self) >= self._most:
                self.clear()
            self[piece] = made
        return made
