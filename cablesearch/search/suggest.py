"""Suggests a similar word for one that the corpus hardly has: the nearest that is much more frequent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..analysis.words import stems, words
from ..engines.contract import Reader
from ..query import Query

RARE = 2  # paragraphs; a word in more of them is assumed to be intended
TIMES_MORE_FREQUENT = 10  # that the suggested word must be
SAME_START = 2  # letters that a word and its misspelling must share, so that few words need comparing
MIN_LETTERS = 4  # of a word that may be misspelt

_LETTERS = re.compile(r"[^\W\d_]+")


def suggest(query: Query, reader: Reader) -> str | None:
    """Return the query text with its rare words replaced, None if there is nothing to suggest.

    Only words that are searched for in the text are replaced, not the values of fields.
    """
    better: dict[str, str | None] = {}
    text = query.text
    for start, end, typed in reversed([*_typed_words(query)]):
        if typed not in better:
            better[typed] = _better_word(typed, reader) if {*stems(typed)} <= {*query.cable_terms} else None
        if replacement := better[typed]:
            text = text[:start] + replacement + text[end:]
    return None if text == query.text else text


def _typed_words(query: Query) -> Iterator[tuple[int, int, str]]:
    """Yield the query's words that may be misspelt, with their places."""
    for start, end in query.word_spans:
        for match in _LETTERS.finditer(query.text, start, end):
            if len(match[0]) >= MIN_LETTERS:
                yield match.start(), match.end(), match[0]


def _better_word(typed: str, reader: Reader) -> str | None:
    """Return the nearest word that is much more frequent than the one typed, None if there is none."""
    folded = words(typed)
    if len(folded) != 1:  # letters that fold to nothing
        return None
    word = folded[0]
    times = reader.frequency("text", stems(word)[0])
    if times > RARE:
        return None
    near = reader.near_words(
        word[:SAME_START],
        to=word,
        distance=1 if len(word) < 2 * MIN_LETTERS else 2,
        at_least=max(RARE + 1, TIMES_MORE_FREQUENT * times),
        limit=1,
    )
    return near[0].text if near and near[0].distance else None
