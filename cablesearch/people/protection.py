"""Names that a drafter asks to protect: `(protect)`, `(strictly protect throughout)`, `(both protected)`."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from .names import NameSpan
from .sequence import BREAK

_MAX_DISTANCE = 25  # pieces from a name to the mark meant for it: `Ann Roe, head of ... (protect)`
_MAX_MARK = 8  # pieces of a mark
_MAX_WORDS = 2  # of a name before a mark: the given name and the surname

_MARK = re.compile(
    r"[(\[{](?P<words>[^()\[\]{}]{0,40}\bprotect(?:ed)?\b[^()\[\]{}]{0,40})[)\]}]|\bstrictly protect\b",
    re.IGNORECASE,
)
# What every mark has, in a text that is not yet cut into pieces.
_MAY_BE_MARK = re.compile(r"[(\[{][^()\[\]{}]*\bprotect(?:ed)?\b|\bstrictly\s+protect\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:both|all|each)\b", re.IGNORECASE)  # names before a mark


def may_have_mark(text: str) -> bool:
    """Whether a text may have a mark, and not only the word: `to protect the border`.

    >>> [may_have_mark(text) for text in ("Ann Roe (protect)", "Roe protected (both of) us")]
    [True, False]
    """
    return ("rotect" in text or "ROTECT" in text) and bool(_MAY_BE_MARK.search(text))


def find_protected(raw: Sequence[str], names: Sequence[NameSpan]) -> Iterator[NameSpan]:
    """Yield the names of a paragraph that are marked: for each mark the nearest name before it, or several.

    Args:
        raw: the pieces of the cable's text.
        names: those of the paragraph, in order.
    """
    for n, name in enumerate(names):
        stop = names[n + 1].start if n + 1 < len(names) else name.end + _MAX_DISTANCE
        after = " ".join(raw[name.end : min(stop, name.end + _MAX_DISTANCE)])
        mark = _MARK.search(after.partition(BREAK)[0])
        if not mark:
            continue
        yield name
        if _SEVERAL.search(mark["words"] or ""):
            yield from (other for other in names[:n] if other.end > name.start - _MAX_DISTANCE)


def find_marked_words(raw: Sequence[str], no_names: Container[str]) -> Iterator[int]:
    """Yield the places of words right before a mark that are written as names, whether known or not.

    The name that nobody has heard of is the one to protect: it must not be passed over.

    Args:
        no_names: words, in lower case, that are no part of a name: titles, roles, nations.
    """
    for place, piece in enumerate(raw):
        if piece[:1] in ("(", "[", "{") and _MARK.match(" ".join(raw[place : place + _MAX_MARK])):
            for before in range(place - 1, max(place - 1 - _MAX_WORDS, -1), -1):
                word = raw[before]
                if not (word[:1].isupper() and word.isalpha()) or word.lower() in no_names:
                    break
                yield before
