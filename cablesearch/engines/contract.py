"""The contract of an engine: it stores cables, finds paragraphs by their terms, scores and counts them.

An engine is given the documents of `documents` and query trees (`query.tree`) in their terms, so that every
engine matches the same paragraphs in the same order. One suite of tests holds every engine to this page.

What a tree matches:

- A tree is a set and nothing else: Not is everything but its part, wherever it stands (in an Any too); All
  and Any of nothing match nothing. A leaf on a column is asked of all its `columns_for`.
- A Phrase is for the columns in `POSITIONED`. Its words stand in order with at most slop - 1 others among
  them in all: slop 1 is adjacent, `"a b c"~2` matches `a x b c` and `a b x c`. `spacings` bounds it.
- A Fuzzy is for `words` and `POSITIONED`; `analysis.distance` says what an edit is.

What it scores: in `POSITIONED`, terms and phrases score by BM25 (k1 1.2, b 0.75):

    idf * 2.2 * tf / (tf + 1.2 * (0.25 + 0.75 * length / mean length))
    idf = ln(1 + (N - n + 0.5) / (n + 0.5))

with N paragraphs in the index, n that hold the term, `length` the column's terms in the paragraph after
`quantised`, and the mean of the unquantised over all N. A phrase of slop 1 takes the sum of its words' idf
and its own frequency; of a greater slop, it scores as its words do. Other leaves score 1, Not scores 0, a
Filter its score whatever it holds, a Boost the score of its part times its factor. The scores of what
matches are added up. Scores that are equal to five digits are equal.

A search may be told how to `Rerank`: each of the first `RERANK_DEPTH` paragraphs scores in addition
`CABLE_WEIGHT` times what its cable scores for some terms (`cable_score`: by which of its paragraphs hold
what in `text` and in `named`), and `ADJACENCY_WEIGHT` times what it scores itself for another tree; the
others stay behind them as they were. So the best paragraphs of the best cables come first, and a next page
goes on where the one before it ended.

Paragraphs that were removed may count in N, n, the means and `frequencies` until the engine has cleared them
away.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from ..model.cable import Cable
from ..query.tree import Tree
from .documents import Document
from .scoring import NearWord
from .storage import pack

Sort = Literal["relevance", "date", "-date"]


@dataclass(frozen=True, slots=True)
class Match:
    """A paragraph found: its cable's id, its place in the cable from 0, its score (0 if sorted by date)."""

    cable: str
    ordinal: int
    score: float


@dataclass(frozen=True, slots=True)
class Rerank:
    """By what the best paragraphs are reranked.

    Attributes:
        terms: by which whole cables score, each once.
        adjacent: a tree of words in a row, None where there are no two.
    """

    terms: tuple[str, ...]
    adjacent: Tree | None = None


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

    # Rows are an engine's own: what `rows` made in any process is handed to `put` in the writing one.
    @staticmethod
    def rows(documents: Iterable[Document]) -> Sequence[Any]:
        """Return a cable's paragraphs as `put` takes them, one row for each; any process can do it."""
        return tuple(documents)

    @abstractmethod
    def put(self, id: str, packed: bytes, rows: Sequence[Any]) -> None:
        """Add a cable as `pack` made it, its paragraphs as `rows` made them."""

    @abstractmethod
    def remove(self, ids: Iterable[str]) -> None:
        """Take the cables with these ids out, committed or not; unknown ids are ignored."""

    @abstractmethod
    def commit(self) -> None:
        """Make all that was written durable and visible to the next reader."""

    @abstractmethod
    def discard(self) -> None:
        """Drop what was not committed."""

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
        tree: Tree,
        *,
        limit: int,
        offset: int = 0,
        sort: Sort = "relevance",
        rerank: Rerank | None = None,
    ) -> Page:
        """Find paragraphs; `limit` and `offset` may be as large as one likes.

        By relevance the best score is first; by date undated paragraphs are last either way.
        Equal ones are sorted by their `tie_key`.
        """

    @abstractmethod
    def scan(self, tree: Tree) -> Iterator[Match]:
        """Yield every paragraph that matches, without scores, by `tie_key`, so cable by cable."""

    @abstractmethod
    def count(self, tree: Tree) -> int:
        """Count the paragraphs that match."""

    @abstractmethod
    def facets(self, tree: Tree, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        """Count the matching paragraphs by each value of each field (of `FACETS`), most first."""

    @abstractmethod
    def days(self, tree: Tree) -> dict[date, int]:
        """Count the matching paragraphs by the day (UTC) of their cables, in order, but for undated ones."""

    @abstractmethod
    def cable(self, id: str) -> Cable | None:
        """Return a cable whole, None if there is none of that id."""

    @abstractmethod
    def cables(self) -> Iterator[str]:
        """Yield the ids of all cables, sorted."""

    @abstractmethod
    def frequencies(self, column: str, terms: Iterable[str]) -> dict[str, int]:
        """Count the paragraphs that hold each term; those that were removed may count, as said above."""

    def frequency(self, column: str, term: str) -> int:
        """Count the paragraphs that hold a term, as `frequencies` does."""
        return self.frequencies(column, (term,))[term]

    @abstractmethod
    def near_words(
        self, start: str, *, to: str | None = None, distance: int = 0, at_least: int = 1, limit: int = 10
    ) -> list[NearWord]:
        """Return the words of the text that begin with `start`: the most frequent, or the nearest to a word.

        A word is known by its own form or, where it is its own stem, by that; a stem in -i is none
        (`democraci`).

        Args:
            to: the word that they are near, within `distance` edits: the nearest first, of equally near ones
                the most frequent.
            at_least: paragraphs that hold such a word.
            limit: words at most.
        """

    @abstractmethod
    def size(self) -> tuple[int, int]:
        """Count the cables and the paragraphs."""

    @abstractmethod
    def close(self) -> None:
        """Close the index."""

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
