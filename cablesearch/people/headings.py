"""People named in headings, who belong to the paragraphs below: `Putin Will Decide in 2012`.

A heading has capitals where nothing is named, so only names that the cable's text has too are read in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from .lexicon import load_lexicon
from .names import PARTICLES
from .sequence import split_pieces
from .tokens import parse_token


def find_in_heading(heading: str, names: Iterable[str]) -> list[str]:
    """Return the names of the cable's text that a heading has: the longest for each surname.

    A surname by itself is the form that the text has by itself, or else the only longer one. Common words are
    none there.

    >>> find_in_heading("Orlov Will Decide", ["Ivan Orlov", "Ana Roa"])
    ['Ivan Orlov']
    """
    surnames = _by_surname(names, heading.lower())
    if not surnames:  # as in most headings
        return []
    tokens = [parse_token(piece) for piece in split_pieces(heading)]
    words = [token.core.lower() for token in tokens]
    found = []
    for n, (token, word) in enumerate(zip(tokens, words, strict=True)):
        if word in surnames and token.capital and (token.tail or not _is_body(words[n + 1 : n + 2])):
            name = _longest(words[: n + 1], surnames[word])
            if name:
                found.append(name)
    return found


def _by_surname(names: Iterable[str], heading: str) -> dict[str, list[str]]:
    """Return the names whose last words a heading in small letters may have, by that word."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        last = name[name.rfind(" ") + 1 :].lower()
        if last in heading:
            found[last].append(name)
    is_common = load_lexicon().is_common
    return {last: some for last, some in found.items() if not is_common(last) and last not in PARTICLES}


def _is_body(following: Sequence[str]) -> bool:
    """Whether the next word makes a name that of a body: `Orlov Foundation`, but not `Orlov Government`."""
    return any(
        load_lexicon().classes.get(word) == "org" and word not in ("government", "administration")
        for word in following
    )


def _longest(before: Sequence[str], names: Sequence[str]) -> str | None:
    """Return the name whose words stand last; none where a surname could be short for several."""
    whole = [name for name in names if before[-len(name.split()) :] == name.lower().split()]
    if whole:
        return max(whole, key=len)
    return names[0] if len(names) == 1 else None
