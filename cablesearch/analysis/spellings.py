"""Words that are written in one piece, in several, or with other signs: they are one word.

counterterrorism   counter-terrorism   counter terrorism
Shi'a   shia        Qa'ida   qaida
F-16   F16   F-16s  F16s
U.S.   U. S.        3,500,000   3500000
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .words import MAX_WORD_CHARS, stems, words

Form = tuple[str, ...]  # the stems of one way to write a word

MAX_JOINED_PARTS = 4  # of a word: with more of them it is a list or an address

_HYPHENS = "-‐‑"
_APOSTROPHES = "'’‘`"
_APOSTROPHE = re.compile(rf"(?<=[^\W_])[{_APOSTROPHES}](?=[^\W_])")
# A sign within a word, but no possessive's at its end, or between spaced initials. A pattern that begins with
# the signs is found eight times as fast as one that begins with what stands before them.
_WITHIN = re.compile(
    rf"[{_HYPHENS}{_APOSTROPHES}.](?:(?<=[^\W_][{_HYPHENS}{_APOSTROPHES}])(?=[^\W_])"
    rf"(?!(?<=[{_APOSTROPHES}])[sS](?![{_HYPHENS}{_APOSTROPHES}]?[^\W_]))|(?<=[A-Z]\.) (?=[A-Z](?:\.|\b)))"
)
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]\Z")
_COMPOUND = re.compile(rf"[^\W_]+(?:[{_HYPHENS}{_APOSTROPHES}][^\W_]+)+")
_INITIALS = re.compile(r"(?<![^\W_])[A-Z](?:\. [A-Z])+(?![^\W_])")

_DESIGNATOR = re.compile(r"([a-z]{1,4}?)(\d{1,4})(s?)", re.ASCII)  # F-16s
_NUMBER = re.compile(r"\d{4,15}", re.ASCII)
_GROUPS = re.compile(r"\d{1,3}(?:,\d{3}){1,4}", re.ASCII)


def joined(text: str) -> Iterator[str]:
    """Yield the stems of words that a text writes in several parts, as if they were written in one.

    `al-Qa'ida` gives alqaida and qaida, `U. S.` us.
    """
    end = 0
    for sign in _WITHIN.finditer(text):
        if sign.start() < end:
            continue
        initials = sign[0][0] == "."
        start = sign.start() - 1
        while not initials and start and (text[start - 1].isalnum() or text[start - 1] in _APOSTROPHES):
            start -= 1
        while text[start] in _APOSTROPHES:
            start += 1
        found = (_INITIALS if initials else _COMPOUND).match(text, start)
        if found:
            end = found.end()
            yield from (_joined_once if len(found[0]) <= MAX_WORD_CHARS else _joined)(found[0])


def _joined(written: str) -> tuple[str, ...]:
    own = _POSSESSIVE.sub("", written)
    plain = _APOSTROPHE.sub("", own)
    parts = words(plain)
    bare = [stem for part in parts for stem in stems(part)] if plain != own else []
    return (*bare, *_in_one_piece(parts))


_joined_once = lru_cache(8_192)(_joined)  # most recur


def _in_one_piece(parts: list[str]) -> list[str]:
    """Return the stem of a word whose parts are written in one; none of numbers, or of too many parts."""
    if 1 < len(parts) <= MAX_JOINED_PARTS and not all(part.isdigit() for part in parts):
        return stems("".join(parts))
    return []


def other_forms(written: str) -> list[Form]:
    """Return other ways to write a word, that do not depend on a corpus, each as its stems."""
    parts = words(written)
    own = tuple(stems(written))
    plain = tuple(stems(_APOSTROPHE.sub("", _POSSESSIVE.sub("", written))))
    forms = dict.fromkeys([*_numbers(parts), *_designators(parts), plain, tuple(_in_one_piece(parts))])
    return [form for form in forms if form and form != own]


def _numbers(parts: list[str]) -> Iterator[Form]:
    """Yield a number without its groups of three digits, or with them."""
    if len(parts) == 1 and _NUMBER.fullmatch(parts[0]):
        yield tuple(f"{int(parts[0]):,}".split(","))
    elif len(parts) > 1 and _GROUPS.fullmatch(",".join(parts)):
        yield ("".join(parts),)


def _designators(parts: list[str]) -> Iterator[Form]:
    """Yield the other ways to write a letter or some with a number, in the singular and the plural."""
    if len(parts) <= 2 and (match := _DESIGNATOR.fullmatch("".join(parts))):
        letters, number, _ = match.groups()
        for last in (number, f"{number}s"):
            yield (letters + last,)
            yield (letters, last)
