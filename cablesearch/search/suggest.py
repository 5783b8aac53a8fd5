"""Suggests similar words for those that the index does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice

from ..analysis.words import WORD, stems, words
from ..engines.contract import Reader
from ..people.lexicon import load_lexicon
from ..query.fields import BY_NAME, FieldKind
from ..query.query import Query
from ..query.tree import Prefix, Term, leaves
from .rewrite import other_spellings

FEW = 2  # paragraphs found; with more of them nothing is suggested
MIN_PARAGRAPHS = 3  # that hold a suggested word, or it may be a misspelling itself
SAME_START = 2  # letters that a word and its misspelling must share, so that few words need comparing
MIN_LETTERS = 4  # of a word that may be misspelt
STEMS_AND_WORDS = 4  # times as many terms are looked at, as some are stems only
MAX_NEAR = 5  # similar words, among which a name is looked for
ALIKE = 0.7  # of the letters of a collection's name
NAME_SCORE = 0.5  # of letters that are a name's; no misspelling of 30 common words had as much


def suggest(query: Query, reader: Reader) -> str | None:
    """Return the query text with every word that is not in the index replaced by a similar one that is.

    Only words that are searched for in the text are replaced, and names of collections, not the values of
    other fields. A value that is only the beginning of others gets the `*` that it lacks: `cites:09STATE*`.

    Returns:
        None if there are no such words, or nothing is similar to one of them.
    """
    if completed := _completed(query, reader):
        return completed
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


def words_beginning(start: str, reader: Reader, limit: int) -> dict[str, int]:
    """Return words that begin with some letters, the most frequent first, with their numbers of paragraphs.

    An index has stems beside the words that differ from them. The stem of one of those is left out (minist of
    minister), unless it is a word itself (reform of reforms).
    """
    near = reader.near_words(start, limit=STEMS_AND_WORDS * limit)
    shortened = {stem for word in near for stem in stems(word.text) if stem != word.text}
    is_common = load_lexicon().is_common
    words = (word for word in near if word.text[0].isalnum())  # others mark ends of texts
    found = (word for word in words if word.text not in shortened or is_common(word.text))
    return {word.text: word.paragraphs for word in islice(found, limit)}


def _completed(query: Query, reader: Reader) -> str | None:
    """Return the query text with a `*` behind each value that nothing has, but that others begin with.

    The name of a collection that there is not is replaced by a similar one.
    """
    text = query.text
    for leaf in dict.fromkeys(leaves(query.tree)):
        if not isinstance(leaf, Term) or not _is_keyword(leaf.column) or reader.count(leaf):
            continue
        typed = re.compile(rf"\b{leaf.column}:({re.escape(leaf.text)})(?![\w*#])", re.IGNORECASE)
        if not typed.search(text):
            continue
        if reader.count(Prefix(leaf.column, leaf.text)):
            text = typed.sub(r"\g<0>*", text)
        elif leaf.column == "collection":
            near = get_close_matches(leaf.text, reader.terms(leaf.column), n=1, cutoff=ALIKE)
            text = typed.sub(f'{leaf.column}:"{_spaced(near[0])}"', text) if near else text
    return text if text != query.text else None


def _spaced(term: str) -> str:
    return term.replace("_", " ")


def _is_keyword(column: str) -> bool:
    return column in BY_NAME and BY_NAME[column].kind is FieldKind.KEYWORDS


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
        limit=MAX_NEAR,
    )
    if not near or not near[0].distance:
        return None
    similar = [one.text for one in near if not _has_an_ending(word, one.text)]
    if similar and _looks_like_name(word):
        similar = [other for other in similar if reader.frequency("person", other)]
    return next(iter(similar), None)


def _has_an_ending(word: str, other: str) -> bool:
    """Whether a word is another with letters behind it: nobody types `macron` for `macro`, but `macroo`."""
    return word.startswith(other) and word[-1] != word[-2]


def _looks_like_name(word: str) -> bool:
    """Whether a word is a name, which is only a misspelling of other names: Macron is not meant for macro."""
    lexicon = load_lexicon()
    if lexicon.is_common(word):
        return False
    return lexicon.is_name(word) or lexicon.letter_score(word) > NAME_SCORE
