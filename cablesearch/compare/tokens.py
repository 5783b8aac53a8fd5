"""A text as the words that are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .redactions import marks

_WIDE = "\u2e80-\ua4cf\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"  # written without spaces
_WORD = re.compile(rf"[{_WIDE}]|[^\s{_WIDE}]+")
# Signs that are no part of a word, unless they stand between two digits: 1.5 is not 15.
_SIGNS = r"""[!"'()*,./:;<>?\[\\\]^_`{|}~\u2010-\u2027\u2039\u203a\u00ab\u00bb\u00b7\u00a1\u00bf\u00b4-]"""
_UNPRINTED = re.compile(rf"(?<!\d){_SIGNS}++|{_SIGNS}++(?!\d)")
_PLAIN = re.compile(r"[A-Za-z]+", re.ASCII)

MARK = "\0"  # with which the key of a redaction begins


@dataclass(frozen=True)
class Tokens:
    """The words of a text, and the marks of its redactions.

    Attributes:
        keys: by which they are compared; that of a mark begins with `MARK`.
        starts: where each begins in the text.
        ends: where each ends.
    """

    text: str
    keys: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def whole(self) -> str:
        """All keys as one: texts that differ only in where words are divided have the same."""
        return "".join(self.keys)

    @cached_property
    def is_withheld(self) -> bool:
        """Whether there is nothing but the marks of redactions."""
        return bool(self.keys) and all(key.startswith(MARK) for key in self.keys)

    def slice(self, first: int, last: int) -> str:
        """Return the text of some words, in a row."""
        return self.text[self.starts[first] : self.ends[last - 1]] if last > first else ""


def tokens(text: str) -> Tokens:
    """Return the words of a text; signs alone belong to the word before them."""
    keys: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, key in _parts(text):
        if key:
            keys.append(key)
            starts.append(start)
            ends.append(end)
        elif ends:
            ends[-1] = end
    return Tokens(text, keys, starts, ends)


def _parts(text: str) -> Iterator[tuple[int, int, str]]:
    done = 0
    for start, end, said in marks(text):
        yield from _words(text, done, start)
        yield start, end, MARK + said
        done = end
    yield from _words(text, done, len(text))


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for match in _WORD.finditer(text, start, end):
        yield *match.span(), key_of(match[0])


def key_of(word: str) -> str:
    """Return what a word is compared by; empty if it is none.

    >>> [key_of(word) for word in ("Reform,", "counter-terrorism", "1.5", "--", "5%")]
    ['reform', 'counterterrorism', '1.5', '', '5%']
    """
    if _PLAIN.fullmatch(word):
        return word.lower()
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKC", word) if unicodedata.category(c) != "Cf")
    return _UNPRINTED.sub("", word).casefold()
