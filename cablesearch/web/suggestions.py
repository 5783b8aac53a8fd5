"""What is suggested while a query is typed: words, people, posts, tags, the names of fields."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from .. import FIELDS, Index, tag_in_words
from .narrowing import quoted

LIMIT = 10  # suggestions shown
MAX_WORDS = 4  # of them
MIN_LETTERS = 2  # of what is being typed
CACHED_STARTS = 2_000  # of words: the shortest ones, of which there are few, have the most words to look at
MAX_VALUES = 20_000  # of a field, the most frequent

Own = Mapping[str, Mapping[str, str | None]]
NONE: Own = {}

_SUGGESTED = ("person", "origin", "tag", "concept", "classification", "caveat", "kind")
# The end of a query that is being typed: the name of a field, if there is one, and a value or a word.
_OPEN_QUOTE = re.compile(r'(?:\b(?P<field>[A-Za-z]+):)?"(?P<typed>[^"]*)\Z')
_WORD = re.compile(r'(?<![^\s(-])(?:(?P<field>[A-Za-z]+):)?(?P<typed>[^\s"():]+)\Z')


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How a query could go on.

    Attributes:
        query: the whole query text.
        text: the word or the value alone.
        kind: `word`, `field`, or the name of the field that has the value.
        paragraphs: how many have it, None for the name of a field, and for those of the notebook.
        meaning: what a code stands for, what a field finds, or None.
    """

    query: str
    text: str
    kind: str
    paragraphs: int | None
    meaning: str | None = None

    def as_dict(self) -> dict[str, object]:
        """Return the suggestion as JSON values."""
        return {name: getattr(self, name) for name in self.__slots__}


class Suggestions:
    """The values of an index by the beginnings of their words.

    Args:
        people: suggest people, too.
    """

    def __init__(self, index: Index, *, people: bool = True) -> None:
        self._words = lru_cache(CACHED_STARTS)(partial(index.words, limit=MAX_WORDS))
        self._by_start: dict[str, dict[str, list[tuple[str, int]]]] = {}
        names = [name for name in _SUGGESTED if people or name != "person"]
        for name, values in index.facets("*", names, people=MAX_VALUES).items():
            starts = self._by_start[name] = defaultdict(list)
            for value, paragraphs in [*values.items()][:MAX_VALUES]:
                for start in {word[:MIN_LETTERS] for word in _words(value)}:
                    starts[start].append((value, paragraphs))

    def complete(self, query: str, own: Own = NONE) -> list[Suggestion]:
        """Return how a query could go on: its last word or value is being typed.

        Args:
            own: the names of the notebook by field, each with its meaning or None.
        """
        match = (_OPEN_QUOTE if query.count('"') % 2 else _WORD).search(query)
        if not match:
            return []
        before, typed = query[: match.start()], " ".join(_words(match["typed"]))
        if len(typed) < MIN_LETTERS:
            return []
        if match["field"]:
            name = match["field"].lower()
            named = _own(before, {name: own.get(name, {})}, typed)
            return [*named, *self._values(before, [name], typed)][:LIMIT]
        found = [*self._fields(before, typed), *_own(before, own, typed)]
        if not match[0].startswith('"'):
            words = self._words(typed).items()
            found += (Suggestion(before + word, word, "word", n) for word, n in words)
        values = self._values(before, self._by_start, typed)
        return (found + sorted(values, key=lambda one: -(one.paragraphs or 0)))[:LIMIT]

    def _values(self, before: str, fields: Iterable[str], typed: str) -> Iterator[Suggestion]:
        """Yield the values of some fields with a word that begins like what was typed."""
        for name in fields:
            for value, paragraphs in self._by_start.get(name, {}).get(typed[:MIN_LETTERS], ()):
                if f" {typed}" in f" {' '.join(_words(value))}":
                    meaning = tag_in_words(value) if name == "tag" else None
                    yield Suggestion(f"{before}{name}:{quoted(value)} ", value, name, paragraphs, meaning)

    def _fields(self, before: str, typed: str) -> Iterator[Suggestion]:
        for field in FIELDS:
            if field.name.startswith(typed):
                yield Suggestion(f"{before}{field.name}:", f"{field.name}:", "field", None, field.help)


def _own(before: str, own: Own, typed: str) -> Iterator[Suggestion]:
    """Yield the names of the notebook with a word that begins like what was typed."""
    for field, names in own.items():
        for name, meaning in names.items():
            if f" {typed}" in f" {' '.join(_words(name))}":
                yield Suggestion(f"{before}{field}:{quoted(name)} ", name, field, None, meaning)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
