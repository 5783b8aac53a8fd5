"""Words near each other: in quotes with patterns and alternatives, or joined by `NEAR/5`.

"minis* office"  "(reform OR human rights) commission"~5  reform NEAR/5 (party OR "working group")
"""

from __future__ import annotations

import re
from itertools import chain

from ..errors import QueryError
from .fields import Field
from .patterns import parse_inexact
from .tree import Near, Prefix, Run, Term, Tree, Wildcard, Word

MAX_PHRASE_WORDS = 64  # alternatives counted

_SPECIAL = re.compile(r"\w[*?]+\w|\w\*|\*\w|(?<!\S)\*+(?!\S)|\([^()]*[^()\s]\s++(?:OR|\|\|?)\s[^()]*\)")
_PART = re.compile(r"\(([^()]*)\)|[^\s()]+")
_OR = re.compile(r"(?<!\s)\s++(?:OR|\|\|?)\s++")


def is_special(text: str) -> bool:
    """Whether quoted text has patterns or alternatives, so that it is no phrase of plain words."""
    return _SPECIAL.search(text) is not None


def parse_quoted(field: Field, text: str, slop: int = 1) -> Tree:
    """Return the tree for quoted words with patterns or alternatives, in this order."""
    parts: list[tuple[Run, ...]] = []
    for match in _PART.finditer(text):
        if match[1] is not None and _OR.search(match[1]):
            runs = tuple(parse_run(field, each) for each in _OR.split(match[1]))
            if not all(runs):
                raise QueryError(f"an alternative is missing in {match[0]!r}: write it, or take OR out")
            parts.append(runs)
        else:
            parts += (((word,),) for word in parse_run(field, match[1] or match[0]))
    return near(field, tuple(parts), slop)


def parse_run(field: Field, text: str) -> Run:
    """Return words side by side, some of which may be patterns.

    Raises:
        QueryError: one is neither a word nor a pattern, or a pattern in a field that has none.
    """
    return tuple(chain.from_iterable(_words(field, each) for each in text.split()))


def _words(field: Field, text: str) -> tuple[Word, ...]:
    plain = text.rstrip("?!.,;:")
    if not re.search(r"[*?]", plain):
        return tuple(Term(field.name, term) for term in field.terms(text))
    pattern = parse_inexact("words", plain)
    if not isinstance(pattern, Prefix | Wildcard):
        raise QueryError(f"{text!r} is no word: leave it out; ~2 behind the quotes allows a word in between")
    refuse_inexact(field)
    return (pattern,)


def refuse_inexact(field: Field) -> None:
    """Raise an error for an inexact word of a field, unless it is the text: others have only stems."""
    if field.name != "text":
        raise QueryError(f"{field.name}: takes words and phrases, no * ? or ~: write {field.example}")


def near(field: Field, parts: tuple[tuple[Run, ...], ...], slop: int, *, ordered: bool = True) -> Tree:
    """Return the tree for parts near each other; a single word stands for itself."""
    tree = Near(field.name, parts, slop, ordered)
    if sum(len(run) for part in parts for run in part) > MAX_PHRASE_WORDS:
        raise QueryError(f"more than {MAX_PHRASE_WORDS} words near each other: write fewer")
    return tree.words[0] if len(parts) == len(tree.words) == 1 else tree
