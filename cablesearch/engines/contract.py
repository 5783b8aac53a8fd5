"""The contract of an engine: it stores cables, finds paragraphs by their terms, scores and counts them.

An engine receives documents (`documents`) and query trees (`query.tree`) in the same terms, so that every
engine finds the same paragraphs in the same order. One test suite holds every engine to this page.

What a tree matches:

- A tree is a set and nothing else: Not is everything except its part, wherever it stands (in an Any too);
  All and Any without parts match nothing. A leaf for a column applies to all of `columns_for` the column.
- A Phrase needs a column in `POSITIONED`. Its words stand in order with at most slop - 1 others among them
  in total: slop 1 means adjacent, `"a b c"~2` matches `a x b c` and `a b x c`. `spacings` limits it. It
  spans no `BREAK`: a break takes `GAP` places.
- A Near stands for phrases (`proximity`); its parts stand as the words of a Phrase do, the words of a run
  side by side. Its column is as of a Phrase, patterns are for `text` only.
- A Between matches by the `length` of the paragraph (`Document.length`), or by how many cables cite its own,
  `cited`: one of its ids, the one with the most (`times_cited`).
- A Range matches a cable of which only the month is known (column `month`) if all of that month is within.
- An Among matches paragraphs that have one of the ids in the column `id`. The same ids (same `what` and
  `state`) are asked for again and again, and may be many: an engine looks them up once.
- A Has is of a field's column, `words`, `month`, or of the `date`.
- A Noted or a Saved never reaches an engine.
- A Fuzzy needs a column in `TEXTS`; `analysis.distance` says what an edit is.

How it scores: in columns in `SCORED`, terms and phrases score by BM25 (k1 1.2, b 0.75):

    idf * 2.2 * tf / (tf + 1.2 * (0.25 + 0.75 * length / mean length))
    idf = ln(1 + (N - n + 0.5) / (n + 0.5))

where N is the number of paragraphs in the index, n the number of those that hold the term, `length` the
number of terms in the column of this paragraph (after `quantise_length`), and the mean is that of the exact
lengths of all N. A phrase of slop 1 has the sum of its words' idf and its own frequency; with a greater slop
it scores like its words, and a Near like any of its words. Other leaves score 1, Not scores 0, a Filter its
score whatever its part scores, a Boost the score of its part times its factor. All and Any add up the scores
of the parts that match. Scores that agree to five digits are equal.

A search may `Rerank`: the score of each of the first `RERANK_DEPTH` paragraphs is increased by `CABLE_WEIGHT`
times the score of its cable for some terms (`cable_score`), and by `ADJACENCY_WEIGHT` times its own score for
another tree; the other paragraphs follow unchanged. So the best paragraphs of the best cables come first, and
the next page continues where the previous one ended.

Removed paragraphs may count in N, n, the means and `frequencies` until the engine has cleared them away.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self

from ..model.cable import Cable
from ..query.tree import EVERYTHING, All, Between, Filter, Term, Tree, any_of
from .documents import Document
from .scoring import NearWord
from .storage import pack

Sort = Literal["relevance", "date", "-date"]


class Match(NamedTuple):
    """A paragraph found: its cable's id, its place in the cable from 0, its score (0 if sorted by date)."""

    cable: str
    ordinal: int
    score: float


@dataclass(frozen=True, slots=True)
class Rerank:
    """What the best paragraphs are reranked by.

    Attributes:
        terms: the terms by which whole cables are scored, each once.
        adjacent: the tree for words in a row, None if there are fewer than two.
    """

    terms: tuple[str, ...]
    adjacent: Tree | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What a reader is about to be asked.

    Attributes:
        terms: those whose frequencies are asked for, by column.
        tree, limit, offset, sort, rerank: of a search.
        counted: trees whose matches are counted.
    """

    terms: Mapping[str, Iterable[str]]
    tree: Tree
    limit: int
    offset: int = 0
    sort: Sort = "relevance"
    rerank: Rerank | None = None
    counted: Sequence[Tree] = ()


@dataclass(frozen=True, slots=True)
class CableCounts:
    """How many cables have paragraphs that match, and how many paragraphs some of them have, most first."""

    total: int
    counts: dict[str, int]


class Leading(NamedTuple):
    """The most frequent values of a field.

    Attributes:
        counts: how many paragraphs have each, most frequent first.
        missed: by how much each count may be too low.
        others: how many paragraphs a value that is not in `counts` has at most; 0 if there is none.
    """

    counts: Mapping[str, int]
    missed: int = 0
    others: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the paragraphs found, in order, and how many there are in total."""

    total: int
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """One of several indexes that are read as one.

    Attributes:
        folder: where the engine keeps it.
        without: the ids of the cables in it that are left out, as if they had been removed.
    """

    folder: Path
    without: frozenset[str] = frozenset()


class Writer(ABC):
    """Writes to an index. A context manager: commits at the end, discards after an error.

    It never changes an existing file in place, but writes a new one, because the index may be a copy by hard
    links. It raises an OSError if the disk refuses what it writes.
    """

    def add(self, cable: Cable, documents: Iterable[Document]) -> None:
        """Store a cable and index its paragraphs. The index must not hold the id yet."""
        self.put(cable.id, pack(cable), self.rows(documents))

    # Each engine has its own kind of rows. Any process can make them; the writing one passes them to `put`.
    @staticmethod
    def rows(documents: Iterable[Document]) -> Sequence[Any]:
        """Return a row for each paragraph of a cable, as `put` takes them."""
        return tuple(documents)

    @abstractmethod
    def put(self, id: str, packed: bytes, rows: Sequence[Any]) -> None:
        """Add a cable, packed by `pack`, and its paragraphs as made by `rows`."""

    @abstractmethod
    def remove(self, ids: Iterable[str]) -> None:
        """Remove the cables with these ids, committed or not; unknown ids are ignored."""

    @abstractmethod
    def commit(self) -> None:
        """Make everything written so far durable, and visible to readers opened from now on."""

    @abstractmethod
    def discard(self) -> None:
        """Discard what was not committed."""

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
    """Answers from one state of an index, whatever is written in the meantime. A context manager.

    Several threads may ask it at once.
    """

    def expect(self, expected: Callable[[], Expected]) -> None:  # noqa: B027  # not every engine gains by it
        """Be told what is likely to be asked next; an engine on other machines asks for all of it at once.

        Args:
            expected: called by those that make use of it.
        """

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
        """Find paragraphs; `limit` and `offset` may be any size.

        By relevance, the highest score comes first; by date, undated paragraphs come last either way. Ties
        are sorted by `tie_key`.
        """

    @abstractmethod
    def scan(self, tree: Tree) -> Iterator[Match]:
        """Yield every matching paragraph, without a score, in the order of `tie_key`, so cable by cable."""

    @abstractmethod
    def count(self, tree: Tree) -> int:
        """Count the paragraphs that match."""

    def counts(self, trees: Sequence[Tree]) -> list[int]:
        """Count the paragraphs that match each tree; an engine on other machines asks for many at once."""
        return [self.count(tree) for tree in trees]

    def counts_among(self, tree: Tree, column: str, terms: Iterable[Sequence[str]]) -> list[int]:
        """Count the matching paragraphs that hold one of some terms in a column, for several such lists.

        Args:
            column: one that is not in `POSITIONED`.
        """
        held = (any_of(Term(column, term) for term in some) for some in terms)
        return self.counts([All((Filter(tree), Filter(one))) for one in held])

    @abstractmethod
    def facets(self, tree: Tree, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        """Count the matching paragraphs by each value of each field, most frequent first.

        Args:
            fields: some of `FACETS`, each once.
        """

    def leading(self, tree: Tree, field: str) -> Leading:
        """Count the matching paragraphs by the most frequent values of a field, or by all of them."""
        return Leading(self.facets(tree, [field])[field])

    @abstractmethod
    def terms(self, column: str, tree: Tree = EVERYTHING) -> dict[str, int]:
        """Count the matching paragraphs by each term that they hold in a column, most frequent first.

        Args:
            column: one that is not in `POSITIONED`.
        """

    @abstractmethod
    def by_cable(self, tree: Tree, limit: int = 0) -> CableCounts:
        """Count the matching paragraphs by cable, and list the first `limit` cables.

        Those with the most paragraphs come first, of equal ones those whose paragraphs have lower tie keys.
        """

    @cached_property
    def times_cited(self) -> Mapping[str, int]:
        """How many cables cite each id that is cited, most first; folded, and whether it is here or not."""
        return self.terms("references")

    def cited_ids(self, leaf: Between) -> tuple[list[str], list[str]]:
        """Return the ids that are cited as often as a `Between` says, and those that are cited more often."""
        counts = self.times_cited.items()
        above = [id for id, times in counts if leaf.end is not None and times >= leaf.end]
        return [id for id, times in counts if leaf.holds(times)], above

    @abstractmethod
    def days(self, tree: Tree) -> dict[date, int]:
        """Count the matching paragraphs with a date by the day (UTC) of their cables, in order."""

    @abstractmethod
    def cable(self, id: str) -> Cable | None:
        """Return a whole cable, None if the index has none of that id."""

    @abstractmethod
    def cables(self) -> Iterator[str]:
        """Yield the ids of all cables, sorted."""

    @abstractmethod
    def frequencies(self, column: str, terms: Iterable[str]) -> dict[str, int]:
        """Count the paragraphs that hold each term; removed ones may count, as said above."""

    def frequency(self, column: str, term: str) -> int:
        """Count the paragraphs that hold a term, as `frequencies` does."""
        return self.frequencies(column, (term,))[term]

    @abstractmethod
    def near_words(
        self, start: str, *, to: str | None = None, distance: int = 0, at_least: int = 1, limit: int = 10
    ) -> list[NearWord]:
        """Return words of the text that begin with `start`: the most frequent, or those nearest to a word.

        These are the terms of `words` and the stems of `text`, except stems in -i (`democraci`), which are
        not words.

        Args:
            to: return only words within `distance` edits of this one, the nearest first, and of equally near
                ones the most frequent.
            at_least: the number of paragraphs that must hold a word.
            limit: the maximum number of words.
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
