"""Suggests similar words for those that the index does not have."""

from __future__ import annotations

from collections.abc import Iterator

from ..analysis.words import WORD, stems, words
from ..engines.contract import Reader
from ..query.query import Query
from .rewrite import other_spellings

FEW = 2  # paragraphs found; with more of them nothing is suggested
MIN_PARAGRAPHS = 3  # that hold a suggested word, or it may be a misspelling itself
SAME_START = 2  # letters that a word and its misspelling must share, so that few words need comparing
MIN_LETTERS = 4  # of a word that may be misspelt


def suggest(query: Query, reader: Reader) -> str | None:
    """Return the query text with every word that is not in the index replaced by a similar one that is.

    Only words that are searched for in the text are replaced, not the values of fields.

    Returns:
        None if there are no such words, or nothing is similar to one of them.
    """
    unknown = [*_unknown_words(query, reader)]
    better = {word: _similar_word(word, reader) for word in dict.fromkeys(word for *_, word in unknown)}
    if not any(better.values()):
        return None
    if not all(similar or other_spellings(word, reader) for word, similar in better.items()):
        return None
    text = query.text
    for start, end, word in reversed(unknown):
        text = text[:start] + (better[word] or text[start:end]) + text[end:]
    return text


def _unknown_words(query: Query, reader: Reader) -> Iterator[tuple[int, int, str]]:
    """Yield the words that are searched for in the text and not in the index: their places, and folded."""
    searched_for = {*query.cable_terms}
    for start, end in query.word_spans:
        for match in WORD.finditer(query.text, start, end):
            for word, stem in zip(words(match[0]), stems(match[0]), strict=True):
                if stem in searched_for and not reader.frequency("text", stem):
                    yield match.start(), match.end(), word


def _similar_word(word: str, reader: Reader) -> str | None:
    if len(word) < MIN_LETTERS or not word.isalpha():
        return None
    near = reader.near_words(
        word[:SAME_START],
        to=word,
        distance=1 if len(word) < 2 * MIN_LETTERS else 2,
        at_least=MIN_PARAGRAPHS,
        limit=1,
    )
    return near[0].text if near and near[0].distance else None
