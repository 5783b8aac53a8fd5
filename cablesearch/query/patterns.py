"""Inexact words: `democrati*` and `nazarb?yev` match by a pattern, `nazarbaev~1` by similar spelling."""

from __future__ import annotations

import re

from ..analysis.words import words
from ..errors import QueryError
from .tree import Fuzzy, Prefix, Tree, Wildcard

MAX_EDITS = 2  # with three, half of all short words are alike
MAX_WILDCARDS = 8  # in a word; each may double the states of an automaton
MAX_INEXACT = 24  # words and values with these signs; each looks through all words of an index
MIN_LETTERS = 2  # beside the wildcards, in running text: `a*` matches a tenth of all words

_FUZZY = re.compile(r"(.*\w)~(\d*)", re.DOTALL)
_INEXACT = re.compile(r"[*?~]")
_WILD = re.compile(r"([*?])")
_STARS = re.compile(r"\*+")
_PREFIX = re.compile(r"[^*?]+\*")


def is_inexact(value: str) -> bool:
    """Whether a word or value as typed has a sign of inexact ones, though it may have another meaning."""
    return _INEXACT.search(value) is not None


def parse_inexact(column: str, text: str) -> Tree | None:
    """Return the tree for an inexact word in a column, None if the text is to be matched exactly."""
    fuzzy = _FUZZY.fullmatch(text)
    if fuzzy:
        return _fuzzy_word(column, fuzzy[1], fuzzy[2])
    return _word_pattern(column, text) if _WILD.search(text) and words(text) else None


def parse_pattern(column: str, shape: str) -> Tree:
    """Return the tree for a pattern in a column: `*` is any text, `?` one character."""
    shape = _STARS.sub("*", shape)
    if len(_WILD.findall(shape)) > MAX_WILDCARDS:
        raise QueryError(f"{shape!r}: a pattern has at most {MAX_WILDCARDS} * and ?")
    if _PREFIX.fullmatch(shape):
        return Prefix(column, shape[:-1])
    return Wildcard(column, shape)


def _fuzzy_word(column: str, text: str, typed: str) -> Tree:
    word, distance = words(text), int(typed or 1)
    if not 1 <= distance <= MAX_EDITS:
        raise QueryError(f"{text + '~' + typed!r} allows too many wrong letters: write ~1 or ~{MAX_EDITS}")
    if len(word) != 1 or len(word[0]) <= 2 * distance:
        raise QueryError(
            f"{text + '~' + typed!r}: ~{distance} goes behind one word of {2 * distance + 1} letters or more"
        )
    return Fuzzy(column, word[0], distance)


def _word_pattern(column: str, text: str) -> Tree:
    pieces = [[piece] if piece in ("*", "?") else words(piece) for piece in _WILD.split(text)]
    if any(len(piece) > 1 for piece in pieces):
        raise QueryError(f"{text!r}: a pattern is one word: put a space between it and the others")
    shape = "".join(part for piece in pieces for part in piece)
    if column == "words" and len(_WILD.sub("", shape)) < MIN_LETTERS:
        raise QueryError(f"{text!r} fits too many words: write at least {MIN_LETTERS} of its letters")
    return parse_pattern(column, shape)
