"""Inexact words: `democrati*` and `nazarb?yev` by their shape, `nazarbaev~1` by its spelling."""

from __future__ import annotations

import re

from whoosh.query import FuzzyTerm, Prefix, Query, Wildcard

from ..analysis.words import words
from ..errors import QueryError

FARTHEST = 2  # wrong letters: at three, half of all short words are alike
MOST = 8  # wildcards in a word: an automaton may need twice the states for each
FEWEST = 2  # letters beside a wildcard in running text: `a*` is a tenth of all its words

_MISSPELT = re.compile(r"(.*\w)~(\d*)", re.DOTALL)


def inexact(column: str, text: str) -> Query | None:
    """Give the words of a column that are like the text; None if it is a word or phrase as it stands."""
    misspelt = _MISSPELT.fullmatch(text)
    if misspelt:
        return _misspelt(column, misspelt[1], misspelt[2])
    return _pattern(column, text) if words(text) and re.search(r"[*?]", text) else None


def shaped(column: str, shape: str) -> Query:
    """Give the terms of a shape: `*` is any text, `?` one character."""
    shape = re.sub(r"\*+", "*", shape)
    if len(re.findall(r"[*?]", shape)) > MOST:
        raise QueryError(f"{shape!r}: a pattern has at most {MOST} * and ?")
    if re.fullmatch(r"[^*?]+\*", shape):
        return Prefix(column, shape[:-1])
    return Wildcard(column, shape)


def _misspelt(column: str, text: str, typed: str) -> Query:
    word, distance = words(text), int(typed or 1)
    if not 1 <= distance <= FARTHEST:
        raise QueryError(f"{text + '~' + typed!r} allows too many wrong letters: write ~1 or ~{FARTHEST}")
    if len(word) != 1 or len(word[0]) <= 2 * distance:
        raise QueryError(
            f"{text + '~' + typed!r}: ~{distance} goes behind one word of {2 * distance + 1} letters or more"
        )
    return FuzzyTerm(column, word[0], maxdist=distance)


def _pattern(column: str, text: str) -> Query:
    pieces = [[piece] if piece in ("*", "?") else words(piece) for piece in re.split(r"([*?])", text)]
    if any(len(piece) > 1 for piece in pieces):
        raise QueryError(f"{text!r}: a pattern is one word: put a space between it and the others")
    shape = "".join(part for piece in pieces for part in piece)
    if column == "words" and len(re.sub(r"[*?]", "", shape)) < FEWEST:
        raise QueryError(f"{text!r} fits too many words: write at least {FEWEST} of its letters")
    return shaped(column, shape)
