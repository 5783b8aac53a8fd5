"""What a `Near` stands for: phrases of terms that an index has, each word at a given distance from the first.

A pattern is matched against the words as they are spelt, but only stems have places. So it stands for the
stems of all words of that shape, each in paragraphs that hold such a word, and for stems of that shape.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, product
from math import prod
from typing import NamedTuple

from ..analysis.words import stems
from ..errors import QueryError
from ..query.tree import Near, Prefix, Run, Term, Wildcard, Word
from .scoring import spacings

MAX_PHRASES = 2_000  # that a `Near` may stand for; an engine searches for each

Lexicon = Callable[[str, str], Iterable[str]]  # the terms of a column that begin with a text


class Option(NamedTuple):
    """A term that a word stands for, and words of which the paragraph must hold one, None if it need not."""

    term: str
    words: tuple[str, ...] | None = None


class Way(NamedTuple):
    """One choice of runs: what each of its words may be, and the places of all words, from the first word."""

    options: tuple[tuple[Option, ...], ...]
    places: tuple[tuple[int, ...], ...]

    def phrases(self) -> Iterator[tuple[Option, ...]]:
        """Yield one option for each word, in every way."""
        return product(*self.options)


def ways(near: Near, lexicon: Lexicon) -> list[Way]:
    """Return the ways in which the words of a `Near` can stand.

    Raises:
        QueryError: there are more than `MAX_PHRASES`.
    """
    options = {word: tuple(_options(word, lexicon)) for word in near.words}
    found = [
        Way(tuple(options[word] for run in runs for word in run), tuple(_places(runs, near.slop)))
        for runs in near.choices
    ]
    if sum(prod(map(len, way.options)) * len(way.places) for way in found) > MAX_PHRASES:
        raise QueryError(
            "words, patterns and alternatives that stand near each other fit too many: "
            "write more of their letters, or a smaller distance"
        )
    return found


def _places(runs: tuple[Run, ...], slop: int) -> Iterator[tuple[int, ...]]:
    """Yield the places of the words of some runs, which stand so far apart at most."""
    before = [0, *accumulate(len(run) - 1 for run in runs)]
    for starts in spacings([_shown(run) for run in runs], slop):
        yield tuple(
            start + longer + k
            for start, longer, run in zip(starts, before, runs, strict=False)
            for k in range(len(run))
        )


def _shown(run: Run) -> str:
    return " ".join(word.pattern if isinstance(word, Wildcard) else word.text for word in run)


def _options(word: Word, lexicon: Lexicon) -> Iterator[Option]:
    if isinstance(word, Term):
        yield Option(word.text)
        return
    start, matches = _start(word), word.matcher()
    as_stems = {term for term in lexicon("text", start) if matches(term)}
    yield from map(Option, sorted(as_stems))
    spelt: defaultdict[str, list[str]] = defaultdict(list)
    for term in lexicon("words", start):
        if matches(term):
            for stem in stems(term):
                spelt[stem].append(term)
    for stem, words in spelt.items():
        if stem not in as_stems:
            yield Option(stem, tuple(words))


def _start(pattern: Prefix | Wildcard) -> str:
    """Return the letters with which all words of a pattern begin."""
    if isinstance(pattern, Prefix):
        return pattern.text
    return pattern.pattern.partition("*")[0].partition("?")[0]
