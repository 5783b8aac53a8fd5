"""From chosen words to names: which words belong together, and where a name begins and ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .lexicon import load_lexicon
from .offices import is_in_tables, is_spelling_of
from .weighing import Piece

PARTICLES = frozenset(  # may begin a name
    (
        "abu", "al", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn",
        "le", "ould", "ter", "van", "von", "zu",
    )
)  # fmt: skip
_BEFORE_SURNAMES = PARTICLES | {"ben"}
_ARTICLES = frozenset(("la", "las", "los"))  # may follow `de` in a name: de la Rocha
_ENGLISH = frozenset(("as", "at", "an"))  # words, and Arabic articles: Castro as Ortega, Abd as Salam
_BEFORE_ARTICLE = frozenset(("abd", "abu", "bin", "bint", "ibn"))
_MAX_PARTICLES = 3  # between two words of a name
MAX_PIECES = 24  # of a name; of a longer run, as a garbled text may have, only the last are one


class NameSpan(NamedTuple):
    """A name where it stands: pieces `start` to `end` of the row, `end` not included."""

    start: int
    end: int
    name: str


def find_names(row: Sequence[Piece], chosen: Sequence[int]) -> Iterator[NameSpan]:
    """Yield the names that the chosen pieces make up; initials alone are none.

    Args:
        chosen: the places of pieces taken to be in a name, in order.
    """
    taken, end = set(chosen), 0
    for start in chosen:
        if start < end:
            continue
        end = _end(row, taken, start)
        if not (row[start].initials and all(piece.initials for piece in row[start:end])):
            begin = max(_begin(row, start), end - MAX_PIECES)
            yield NameSpan(begin, end, " ".join([piece.core for piece in row[begin:end]]))


def initials(words: Sequence[str]) -> tuple[str, str]:
    """Return the first letters of a name's words, in small letters, and of those that are no particles.

    >>> initials(("cristina", "fernandez", "de", "kirchner"))
    ('cfdk', 'cfk')
    """
    return "".join(word[:1] for word in words), "".join(word[:1] for word in words if word not in PARTICLES)


def may_leave_out_first(word: str, first: str, name: str, full_name: str) -> bool:
    """Whether a name may be a fuller one without its first given name, as far as the tables tell.

    Abdullah Saleh is not Ali Abdullah Saleh, but Norman Orlan may be H. Norman Orlan.

    Args:
        word: the first word of the name, in small letters.
        first: the first word of the fuller one.
    """
    lexicon = load_lexicon()
    if word in _BEFORE_SURNAMES or not lexicon.is_published_given_name(word):
        return True  # Ben Ali, Lopez Obrador
    if len(first) == 1 or not is_in_tables(full_name):
        return True  # H. Norman Orlan; Muhammad Saeed, for Hafiz Muhammad Saeed
    return is_spelling_of(name, full_name)


def _end(row: Sequence[Piece], taken: set[int], start: int) -> int:
    """Return where the name that begins at `start` ends: across particles if it goes on after them."""
    end = start + 1
    while row[end - 1].open and row[end].begins:
        after = end
        while (
            _joins(row, after) and after < end + _MAX_PARTICLES and row[after].open and row[after + 1].begins
        ):
            after += 1
        if after not in taken:
            break
        end = after + 1
    else:
        return end
    if load_lexicon().classes.get(row[end].core.rstrip(".").lower()) == "generation":
        end += 1  # the model knows too few of them
    return end + 1 if row[end].initials and _ends_in_initial(row, start, end) else end


def _joins(row: Sequence[Piece], at: int) -> bool:
    """Whether a word may stand between two words of a name."""
    is_article = row[at].core in _ENGLISH
    return row[at - 1].key in _BEFORE_ARTICLE if is_article else row[at].particle


def _ends_in_initial(row: Sequence[Piece], start: int, end: int) -> bool:
    """Whether the initial after a name of two words is that of a mother's surname: `DIEGO URIBE V.,`."""
    last = row[end - 1]
    joined = last.open and row[end].begins
    is_last = not (row[end].open and row[end + 1].begins)
    return joined and is_last and end - start > 1 and not last.initials


def _begin(row: Sequence[Piece], start: int) -> int:
    begin = start
    while row[begin - 1].open and row[begin].begins:
        is_article = row[begin - 1].key in _ARTICLES and row[begin - 2].key in ("de", "del")
        if not (row[begin - 1].initials or row[begin - 1].key in PARTICLES or is_article):
            break
        begin -= 1
    return begin
