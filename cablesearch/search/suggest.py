"""Another word where one is unknown or rare: the nearest by spelling that the corpus has much more often."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..analysis.words import stems, words
from ..engines.contract import Reader, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..query import Query

RARE = 2  # paragraphs: a word in more of them is taken to be meant
OFTENER = 10  # times that another word must be in more paragraphs
BEGINNING = 2  # letters in which a word and its misspelling agree, so that few words have to be compared
SHORTEST = 4  # letters of a word that can be misspelt


def suggestion(asked: Query, reader: Reader) -> str | None:
    """Give the query with its doubtful words replaced, None where there is nothing to suggest."""
    text = asked.text
    for typed in dict.fromkeys(re.findall(r"[^\W\d_]+", asked.text)):
        if (
            len(typed) >= SHORTEST
            and {*stems(typed)} <= {*asked.whole}
            and (better := _better(typed, reader))
        ):
            text = re.sub(rf"\b{typed}\b", better, text)
    return None if text == asked.text else text


def _better(typed: str, reader: Reader) -> str | None:
    """Give the nearest word that is much more common than one that was typed."""
    from whoosh.support.levenshtein import distance

    word = words(typed)[0]
    times = reader.frequency("text", stems(word)[0])
    if times > RARE:
        return None
    most = 1 if len(word) < 2 * SHORTEST else 2
    near = [
        (distance(word, other, most), -count, other)
        for other, count in _words(reader, word[:BEGINNING])
        if abs(len(other) - len(word)) <= most and count > RARE and count >= OFTENER * times
    ]
    best = min(near, default=None)
    return best[2] if best and 0 < best[0] <= most else None


def _words(reader: Reader, beginning: str) -> Iterator[tuple[str, int]]:
    """Give the words with a beginning; a stem that ends in -i is none (`democraci`)."""
    for source in sources("words"):
        for word, count in reader.lexicon(source, beginning):
            if source == "words" or not word.endswith("i"):
                yield word, count
