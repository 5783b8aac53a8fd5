"""A cable's text as one row of pieces, and the features of each in its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from .features import Word, beside, of_place
from .tokens import Token

MARK = "¶"  # stands between paragraphs, and between lines
_APART = (("/", " / "), ("--", " -- "), ("–", " – "), ("—", " — "), ("\n", f" {MARK} "))
STEPS = (-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0)
NO_NEIGHBOUR = 8
FAR = 2  # features of a neighbour that still count two pieces off


def pieces(text: str) -> list[str]:
    """Cut a paragraph at spaces, slashes and dashes; a line's end parts words like a paragraph's."""
    for sign, spaced in _APART:
        if sign in text:
            text = text.replace(sign, spaced)
    return text.split()


def joined(before: Token, after: Token) -> bool:
    """Whether nothing parts two neighbours."""
    return not (before.tail or after.lead)


def first(tokens: Sequence[Token], words: Sequence[Word], i: int) -> list[str]:
    """Give a word's features of the first pass: of itself, of two neighbours each side, and of the pairs.

    The row must have two marks before its first piece and after its last.
    """
    before, after = (
        "j" if joined(tokens[i - 1], tokens[i]) else "b",
        "j" if joined(tokens[i], tokens[i + 1]) else "b",
    )
    own, last, following = words[i].kind, words[i - 1].kind, words[i + 1].kind
    return [
        *of_place(own, tokens[i].tail, tokens[i].lead),
        *(feature for describe, values in words[i].own for feature in describe(*values)),
        *(f"-1{before} {feature}" for feature in _beside(tokens, words, i - 1)),
        *(f"+1{after} {feature}" for feature in _beside(tokens, words, i + 1)),
        *(f"-2 {feature}" for feature in _beside(tokens, words, i - 2)[:FAR]),
        *(f"+2 {feature}" for feature in _beside(tokens, words, i + 2)[:FAR]),
        f"pair {before} {last} {own}",
        f"pair {own} {after} {following}",
        f"around {last} {before} {after} {following}",
    ]


def _beside(tokens: Sequence[Token], words: Sequence[Word], i: int) -> list[str]:
    return beside(words[i].kind, words[i].key, tokens[i].tail, tokens[i].lead)


def step(score: float) -> int:
    """Give the class of a score."""
    return bisect_right(STEPS, score)


def second(
    score: float, mean: float, most: float, last: float | None, following: float | None, kind: str, uses: int
) -> list[str]:
    """Give a word's features of the second pass.

    Args:
        score: its own of the first pass; `mean` and `most` those of the same word in the cable.
        last: the score of the word that it is joined to before it, None where there is none.
        following: likewise after it.
        uses: how often the word is in the cable.
    """
    own, average, best = step(score), step(mean), step(most)
    before = NO_NEIGHBOUR if last is None else step(last)
    after = NO_NEIGHBOUR if following is None else step(following)
    return [
        "any",
        f"own {own} most {best}",
        f"own {own} mean {average}",
        f"own {own} before {before}",
        f"own {own} after {after}",
        f"kind {kind} most {best}",
        f"kind {kind} before {before}",
        f"kind {kind} after {after}",
        f"uses {min(uses, 5)} mean {average}",
    ]


def rows(paragraphs: Iterable[str]) -> tuple[list[str], list[int]]:
    """Give the pieces of all paragraphs in one row, and where each paragraph begins in it."""
    row, starts = [MARK, MARK], []
    for text in paragraphs:
        starts.append(len(row))
        row += pieces(text)
        row.append(MARK)
    row.append(MARK)
    return row, starts
