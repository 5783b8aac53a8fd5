"""The contract of an engine: it stores cables, finds paragraphs by their terms, scores and counts them.

An engine never sees query text or prose. It is given terms that `words` and `query.fields` made, and
query trees in those terms, so that every engine matches the same paragraphs in the same order.

A tree is of whoosh's query classes, and of these alone:

    Term Phrase(slop) Prefix Wildcard FuzzyTerm NumericRange And Or Not Every NullQuery ConstantScoreQuery
    and subclasses of And and Or, which match as their bases do

on the columns of `documents()`: a field's name for its terms, `words` for the folded words of the paragraph's
text and their stems, in no order (prefixes, wildcards and spelling distances are asked of it), `date` for
`instant` seconds. What `text` has is left out of `words`, which spares a third of an index: a leaf on it is
asked of all its `sources`. `sounds` has the people named, each word by its sound; `named` the stems of full
names (of people, of what an abbreviation stands for), which are at the end of `text` too.

- A tree is a set and nothing else: Not is everything but, wherever it stands (in an Or too), And and Or of
  nothing match nothing. Every without a column is every paragraph, with one those that have a term there.
- A Phrase is for the columns in `POSITIONED`. Its words stand in order with at most slop - 1 others among
  them in all: slop 1 is adjacent, `"a b c"~2` matches `a x b c` and `a b x c`. `spacings` bounds it.
- In a Wildcard `*` is any text, `?` any one character, all else itself.
- A FuzzyTerm is for `words` and `POSITIONED`. It is within `maxdist` (at most 2) insertions, deletions,
  substitutions and swaps of neighbours, none of which touches what another one made; `prefixlength` is not
  read.

In `POSITIONED`, terms and phrases score by BM25 (k1 1.2, b 0.75):

    boost * idf * 2.2 * tf / (tf + 1.2 * (0.25 + 0.75 * length / mean length))
    idf = ln(1 + (N - n + 0.5) / (n + 0.5))

with N paragraphs in the index, n that hold the term, `length` the column's terms in the paragraph after
`quantised` below, and the mean of the unquantised over all N. A phrase
of slop 1 takes the sum of its words' idf and its own frequency; of a greater slop, it scores as its words do.
Other leaves score their boost, Not scores 0, a ConstantScoreQuery its score whatever it holds. The scores of
what matches are added up; a boost on And or Or multiplies their sum. Scores that are equal to five digits are
equal.

A search may be told by what to put the best paragraphs in order `Again`: each of the first `DEPTH` scores
in addition `WHOLE` times what its cable does for some terms (`cables.Judge`: by which of its paragraphs hold
what in `text` and in `named`), and `NEAR` times what it scores itself for another tree; the others come
behind them as they were. So the best paragraphs of the best cables come first, and a next page goes on where
the one before it ended.

Paragraphs that were removed may count in N, n, the means and a `frequency` until the engine has cleared them
away.
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fnmatch import translate
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations
from math import comb
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self

from ..analysis.abbreviations import find_abbreviations, other_forms
from ..analysis.sounding import sounds
from ..analysis.words import terms as cut
from ..errors import BrokenIndexError, QueryError
from ..model.cable import Cable, Paragraph, as_dict, from_dict
from ..query.fields import BY_NAME, FIELDS, Field, FieldKind, instant

Sort = Literal["relevance", "date", "-date"]

BREAK = "|"  # a term between two values of a names field, so that no phrase runs from one into the next
NAMED = "||"  # a term of the text, before the full names of those whom it names

DEPTH = 25  # paragraphs that are put in order again: what more of them give is worth less than their time
WHOLE = 1.5  # what a cable's score counts beside its paragraph's: see benchmarks/relevance.md
NEAR = 1.0  # what words that stand together count beside that

COLUMNS = ("words", "sounds", "named", *(field.name for field in FIELDS if field.kind is not FieldKind.DATE))
POSITIONED = frozenset(
    ("sounds", *(field.name for field in FIELDS if field.kind in (FieldKind.PROSE, FieldKind.NAMES)))
)
FACETS = (*(field.name for field in FIELDS if field.facet), "year")

DAY = 86_400  # seconds

# Bits of a turn for the place in a cable. 47 are for the cable: of a million hardly two share a number.
PLACES = 16

AT_HAND = 4_096  # headings and values whose terms are kept, since the next paragraphs have most of them too

MOST_SPACINGS = 200  # of a phrase: each one is a phrase of its own to an engine


class Columns(NamedTuple):
    """What an engine is given of some fields.

    Attributes:
        terms: for each column its terms in order, separated by spaces; a column without terms is left out.
        facets: for each facet field, the values as they are shown, on one line.
    """

    terms: dict[str, str]
    facets: dict[str, tuple[str, ...]]


class Document(NamedTuple):
    """A paragraph as an engine indexes it; a tuple, which goes fast from process to process.

    Attributes:
        cable: the cable's id.
        ordinal: the paragraph's place in its cable, from 0.
        date: seconds since 1970, None if unknown.
        own: what it has by itself.
        whole: what all paragraphs of its cable have.
    """

    cable: str
    ordinal: int
    date: int | None
    own: Columns
    whole: Columns

    @property
    def terms(self) -> dict[str, str]:
        """Give the terms of all columns."""
        return self.whole.terms | self.own.terms

    @property
    def facets(self) -> dict[str, tuple[str, ...]]:
        """Give the values of all facets."""
        return self.whole.facets | self.own.facets


def documents(cable: Cable) -> Iterator[Document]:
    """Give a cable's paragraphs as an engine indexes them, in order.

    What a bare word is looked for in is one column, `text`: the paragraph's own words, those of the heading
    above it and of the cable's subject, the full names of the people named, and what abbreviations of the
    cable's stand for.
    """
    date = instant(cable.created) if cable.created else None
    subject = cut(cable.subject or "")
    short = find_abbreviations(paragraph.text for paragraph in cable.paragraphs)
    whole = Columns({}, {"year": (str(cable.created.year),)} if cable.created else {})
    for paragraph in cable.paragraphs[:1]:
        _add(whole, _OF_CABLES, cable, paragraph)
    for ordinal, paragraph in enumerate(cable.paragraphs):
        own = Columns(_text(paragraph, subject, short), {})
        _add(own, _OF_PARAGRAPHS, cable, paragraph)
        if paragraph.people:
            names = dict.fromkeys(name for who in paragraph.people for name in (who.full_name, who.name))
            own.terms["sounds"] = f" {BREAK} ".join(" ".join(sounds(name)) for name in names)
            own.facets["person"] = tuple(
                dict.fromkeys(" ".join(w.full_name.split()) for w in paragraph.people)
            )
        yield Document(cable.id, ordinal, date, own, whole)


def _text(paragraph: Paragraph, subject: tuple[str, str], short: dict[str, str]) -> dict[str, str]:
    """Give the columns that bare words are looked for in."""
    own = [cut(paragraph.text), _heading(paragraph.heading or ""), subject]
    words = " ".join(words for words, _ in own if words)
    stems = f" {BREAK} ".join(stems for _, stems in own if stems)
    fuller = (*(person.full_name for person in paragraph.people), *other_forms(paragraph.text, short))
    names = [cut(name)[1] for name in dict.fromkeys(fuller)]
    if names:
        stems = f"{stems} {NAMED} {f' {BREAK} '.join(names)}"
    named = " ".join(dict.fromkeys(" ".join(names).split()))
    return {name: terms for name, terms in (("words", words), ("text", stems), ("named", named)) if terms}


_heading = lru_cache(AT_HAND)(cut)  # one stands above several paragraphs


_OTHERS = tuple(f for f in FIELDS if f.kind is not FieldKind.DATE and f.name != "text")
_OF_CABLES = tuple(field for field in _OTHERS if field.whole)
_OF_PARAGRAPHS = tuple(field for field in _OTHERS if not field.whole)


def _add(columns: Columns, fields: Iterable[Field], cable: Cable, paragraph: Paragraph) -> None:
    """Add what a paragraph has in some fields."""
    for field in fields:
        if values := tuple(field.values(cable, paragraph)):
            columns.terms[field.name] = _BETWEEN[field.name].join([_made(field.name, v) for v in values])
            if field.facet:
                columns.facets[field.name] = _shown(values)


_BETWEEN = {field.name: f" {BREAK} " if field.kind is FieldKind.NAMES else " " for field in FIELDS}


@lru_cache(AT_HAND)
def _made(name: str, value: str) -> str:
    """Give the terms of a field's value."""
    return " ".join(BY_NAME[name].terms(value))


@lru_cache(AT_HAND)
def _shown(values: tuple[str, ...]) -> tuple[str, ...]:
    """Give a facet's values as they are shown."""
    return tuple(dict.fromkeys(" ".join(value.split()) for value in values))


@dataclass(frozen=True, slots=True)
class Match:
    """A paragraph found: its cable's id, its place in the cable from 0, its score (0 if sorted by date)."""

    cable: str
    ordinal: int
    score: float


@dataclass(frozen=True, slots=True)
class Again:
    """By what the best paragraphs are put in order again.

    Attributes:
        terms: by which whole cables score, each once.
        near: a tree of paragraphs, None where there is nothing to stand together.
    """

    terms: tuple[str, ...]
    near: Any = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the paragraphs found, best first, and how many there are in all."""

    total: int
    matches: tuple[Match, ...]


class Writer(ABC):
    """Fills an index. A context manager: leaving it well commits, leaving it by an error discards.

    It never changes a file in place that was there before, but writes another one: the index may be a copy
    by hard links. Where the disk does not take what it writes, it raises an OSError.
    """

    def add(self, cable: Cable, documents: Iterable[Document]) -> None:
        """Store a cable and index its paragraphs. The id must not be in the index."""
        self.put(cable.id, pack(cable), self.rows(documents))

    @staticmethod
    def rows(documents: Iterable[Document]) -> Sequence[Any]:
        """Give a cable's paragraphs as `put` takes them, one for each; any process can do it."""
        return tuple(documents)

    @abstractmethod
    def put(self, id: str, packed: bytes, rows: Sequence[Any]) -> None:
        """Add a cable as `pack` gave it, its paragraphs as `rows` did."""

    @abstractmethod
    def remove(self, ids: Iterable[str]) -> None:
        """Take the cables with these ids out, committed or not; unknown ids are ignored."""

    @abstractmethod
    def commit(self) -> None:
        """Make all that was written durable and visible to the next reader."""

    @abstractmethod
    def discard(self) -> None:
        """Let go of what was not committed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.commit()
        else:
            self.discard()


class Reader(ABC):
    """Answers from one state of an index, whatever is written meanwhile. A context manager."""

    @abstractmethod
    def search(
        self,
        tree: Any,
        *,
        limit: int,
        offset: int = 0,
        sort: Sort = "relevance",
        again: Again | None = None,
    ) -> Page:
        """Find paragraphs.

        By relevance the best score is first; by date undated paragraphs are last either way.
        Equal ones come by their `turn`.

        Args:
            again: by what the best paragraphs are put in order again; see above.
        """

    @abstractmethod
    def count(self, tree: Any) -> int:
        """Count the paragraphs that match."""

    @abstractmethod
    def facets(self, tree: Any, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        """Count the matching paragraphs by each value of each field (facet fields and `year`), most first."""

    @abstractmethod
    def days(self, tree: Any) -> dict[date, int]:
        """Count the matching paragraphs by the day (UTC) of their cables, in order; undated ones are not."""

    @abstractmethod
    def cable(self, id: str) -> Cable | None:
        """Give a cable whole, None if there is none of that id."""

    @abstractmethod
    def cables(self) -> Iterator[str]:
        """Give the ids of all cables."""

    def frequency(self, column: str, term: str) -> int:
        """Count the paragraphs that hold a term; those that were removed may count, as said above."""
        from whoosh.query import Term

        return self.count(Term(column, term))

    @abstractmethod
    def lexicon(self, column: str, beginning: str) -> Iterator[tuple[str, int]]:
        """Give the terms of a column (prose, `words`) that begin so, and how many paragraphs hold each."""

    @abstractmethod
    def size(self) -> tuple[int, int]:
        """Count the cables and the paragraphs."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the index."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


class Engine(ABC):
    """One way to keep an index in a folder."""

    name: str
    writer: type[Writer]

    @abstractmethod
    def write(self, folder: Path, *, fresh: bool) -> Writer:
        """Open the folder's index to write; `fresh` makes a new, empty one."""

    @abstractmethod
    def read(self, folder: Path) -> Reader:
        """Open the folder's index to read.

        Raises:
            BrokenIndexError: it is damaged, or of another version.
        """


def day(seconds: float) -> date:
    """Give the day, UTC, of an instant in seconds since 1970."""
    return date.fromordinal(date(1970, 1, 1).toordinal() + int(seconds // DAY))


def turn(id: str, ordinal: int) -> int:
    """Give what equal paragraphs are sorted by: a number of their cable, then their place in it.

    A number is compared faster than an id is fetched, and in either order of ids there would be no sense.
    """
    return _number(id) | min(ordinal, (1 << PLACES) - 1)


@lru_cache(1)  # asked for one cable's paragraphs after another
def _number(id: str) -> int:
    digest = blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> 17 << PLACES


def quantised(length: int) -> int:
    """Give the field length that scores are computed with: exact to 39 terms, then ever coarser.

    It is the table of Lucene and tantivy, which keep a length in one byte: a float of three mantissa bits.
    """
    if length < 40:
        return length
    shift = (length - 24).bit_length() - 4
    return (((length - 24) >> shift) << shift) + 24


def spacings(words: Sequence[str], slop: int) -> list[tuple[int, ...]]:
    """Give the ways for a phrase to stand in a text, the widest last: each word's distance from the first.

    Raises:
        QueryError: there are more than `MOST_SPACINGS`.
    """
    others, gaps = max(slop, 1) - 1, len(words) - 1
    if comb(others + gaps, gaps) > MOST_SPACINGS:
        raise QueryError(f'the words of "{" ".join(words)}"~{slop} may stand too far apart: ask for less')
    return [(0, *places) for places in combinations(range(1, len(words) + others), gaps)]


def sources(column: str) -> tuple[str, ...]:
    """Give the columns that have a column's terms."""
    return ("words", "text") if column == "words" else (column,)


def globbed(pattern: str) -> Callable[[str], object]:
    """Give the test that a term passes if it is like a wildcard's pattern."""
    return re.compile(translate(pattern.replace("[", "[[]"))).match


def rounded(score: float) -> float:
    """Give a score as it is compared: to five digits, since engines differ in the seventh."""
    return float(f"{score:.5g}")


def pack(cable: Cable) -> bytes:
    """Give a cable as it is stored, once an engine has compressed it."""
    from orjson import JSONEncodeError, dumps

    said = as_dict(cable)
    try:
        return dumps(said)
    except JSONEncodeError:  # half a character, as the name of a file may have
        text = json.dumps(said, separators=(",", ":"), ensure_ascii=False)
        return text.encode("utf-8", "surrogatepass")


def unpack(packed: bytes) -> Cable:
    """Give the cable that `pack` was given."""
    return from_dict(json.loads(packed.decode("utf-8", "surrogatepass")))


@contextmanager
def damage(folder: Path, *errors: type[BaseException]) -> Iterator[None]:
    """Make of these errors a BrokenIndexError that names the folder."""
    try:
        yield
    except errors as error:
        raise BrokenIndexError(
            f"the index in {folder} is damaged or of another version ({error}): run cablesearch reindex"
        ) from error
