"""Paragraphs in Spanish, French or Portuguese in a text in capitals, whose words may look like names."""

from __future__ import annotations

from collections.abc import Sequence

from .lexicon import load_lexicon
from .names import NameSpan

_ENGLISH = frozenset(("THE", "OF", "AND", "TO", "IN", "IS", "THAT", "FOR", "ON", "WITH", "WAS", "BY", "IT"))
_ROMANCE = frozenset(
    (
        "QUE", "LOS", "LAS", "DEL", "POR", "PARA", "CON", "UNA", "SUS", "EL", "LA", "DE", "EN", "Y", "LES",
        "DES", "ET", "DANS", "POUR", "QUI", "UNE", "DU", "OS", "DOS", "DAS", "DA", "AO", "UM", "UMA",
        "PELO", "PELA", "NAO", "SU", "SE", "LO", "COMO", "MAS", "ESTE", "ESTA", "AL", "LE", "AU",
        "SUR",
    )
)  # fmt: skip
_MIN_WORDS = 4  # of those above, to tell a language by


def is_foreign(pieces: Sequence[str]) -> bool:
    """Whether a paragraph has more different small words of Spanish, French or Portuguese than of English."""
    romance = len(_ROMANCE.intersection(pieces))
    return romance >= _MIN_WORDS and romance > 2 * len(_ENGLISH.intersection(pieces))


def drop_foreign_words(
    raw: Sequence[str], starts: Sequence[int], names: Sequence[NameSpan]
) -> list[NameSpan]:
    """Return the names of a text in capitals without the words of other languages that were taken for names.

    A name in a foreign paragraph stays if it begins with a given name, or is named in English too.

    Args:
        raw: the pieces of the cable's text.
        starts: where each paragraph begins among them.
        names: those found in it.
    """
    if len(_ROMANCE.intersection(raw)) < _MIN_WORDS:
        return list(names)
    ends = (*starts[1:], len(raw))
    foreign = [(start, end) for start, end in zip(starts, ends, strict=True) if is_foreign(raw[start:end])]
    if not foreign:
        return list(names)
    doubtful = {name for name in names if any(start <= name.start < end for start, end in foreign)}
    elsewhere = {name.name for name in names if name not in doubtful}
    return [
        name
        for name in names
        if name not in doubtful or name.name in elsewhere or _begins_with_given_name(name.name)
    ]


def _begins_with_given_name(name: str) -> bool:
    first, _, rest = name.partition(" ")
    return bool(rest) and first not in _ROMANCE and load_lexicon().is_given_name(first.lower())
