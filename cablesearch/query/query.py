"""A parsed query. What whoosh parses becomes a tree of our own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ..errors import QueryError
from .fields import MAX_VALUE_CHARS
from .highlights import highlights
from .plain import parse_plain
from .tree import (
    EVERYTHING,
    All,
    Fuzzy,
    Near,
    Not,
    Nothing,
    Phrase,
    Term,
    Tree,
    adjacent_words,
    all_of,
    any_of,
    is_ranked,
    leaf_terms,
    leaves,
    relax,
)

MAX_QUERY_CHARS = 4_000
MAX_FILTER_VALUES = 1_000

# By field, the values of which a paragraph must have at least one; a string is one value.
Filters: TypeAlias = Mapping[str, str | Sequence[str]]

# whoosh's parser is imported when a query is parsed: indexing and parsing cables need only the fields.


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood.

    Attributes:
        text: as typed.
        tree: what it asks for.
        word_spans: start and end in `text` of each word and phrase that paragraphs must hold in their text.
    """

    text: str
    tree: Tree
    word_spans: tuple[tuple[int, int], ...] = ()

    @property
    def ranked(self) -> bool:
        """Whether some part of it scores; a query of filters only has no best match."""
        return is_ranked(self.tree)

    @property
    def relaxed(self) -> Tree | None:
        """The tree with its bare words optional, None if there are fewer than two."""
        relaxed = relax(self.tree)
        return None if relaxed is self.tree else relaxed

    def partial(self) -> Tree | None:
        """Return the tree for paragraphs that have some of the bare words but do not match as asked."""
        relaxed = self.relaxed
        return All((relaxed, Not(self.tree))) if relaxed else None

    def terms(self) -> Iterator[tuple[str, str]]:
        """Yield the terms that the text must hold, each with its column; none that are excluded."""
        for leaf in leaves(self.tree):
            if isinstance(leaf, Term | Phrase | Fuzzy | Near) and leaf.column in ("text", "words"):
                yield from ((leaf.column, term) for term in leaf_terms(leaf))

    @property
    def cable_terms(self) -> tuple[str, ...]:
        """The terms by which whole cables are scored: those of the text column, each once."""
        terms: dict[str, None] = {}
        for leaf in leaves(self.tree, scoring=True, variants=False):
            if isinstance(leaf, (Term, Phrase, Near)) and leaf.column == "text":
                terms.update(dict.fromkeys(leaf_terms(leaf)))
        return tuple(terms)

    @property
    def adjacent(self) -> Tree | None:
        """The tree for bare words in a row, None if there are fewer than two."""
        return adjacent_words(self.tree)

    def highlights(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return where the query's words stand in a paragraph's text: start and end, in order."""
        return highlights(self.tree, text)

    def describe(self) -> list[str]:
        """Return how the query was understood, as lines of text."""
        from .description import describe_tree

        lines = ["paragraphs with", *("  " + line for line in describe_tree(self.tree))]
        if self.relaxed:
            lines.append("then, when these run out, paragraphs with some of the words")
        return lines if self.ranked else [*lines, "newest first: no part of the query ranks them"]


@dataclass(frozen=True, slots=True)
class Question:
    """A query that asks by meaning.

    Attributes:
        words: what is compared with the paragraphs.
        narrowing: the query for those that are compared.
    """

    words: str
    narrowing: Query

    def describe(self) -> list[str]:
        """Return how the question was understood, as lines of text."""
        from .description import describe_tree

        lines = [f'compared by meaning: "{self.words}"']
        if self.narrowing.tree == EVERYTHING:
            return lines
        return [*lines, "with paragraphs with", *("  " + line for line in describe_tree(self.narrowing.tree))]


def parse(text: str, filters: Filters | None = None) -> Query:
    """Parse a query.

    Args:
        text: in the query language; it may be empty if there are filters.
        filters: values as they would be typed after `field:`, but without quotes.

    Raises:
        QueryError: it asks for nothing, or cannot be understood.
    """
    typed, word_spans = parse_plain(text) or _parse_grammar(text)
    tree = typed
    if filters:
        parts = (typed, *_filter_trees(filters))
        tree = all_of([part for part in parts if not isinstance(part, Nothing)])
    if isinstance(tree, Nothing):
        raise QueryError("the query asks for nothing: write a word, a field:value, or * for everything", text)
    return Query(text, tree, word_spans)


def _parse_grammar(text: str) -> tuple[Tree, tuple[tuple[int, int], ...]]:
    from .grammar import parse_text

    _check_length(text)
    return parse_text(text)


def parse_question(text: str, filters: Filters | None = None) -> Question:
    """Parse a query that asks by meaning: its bare words are the question, the rest says what is compared.

    Args:
        text, filters: as of `parse`.

    Raises:
        QueryError: it has no words to compare, or cannot be understood.
    """
    from .grammar import split_question

    _check_length(text)
    words, narrowing = split_question(text)
    if not words:
        raise QueryError("nothing to compare by meaning: write some words, not in quotes", text)
    tree = all_of([*narrowing, *_filter_trees(filters or {})] or [EVERYTHING])
    return Question(words, Query(text, tree))


def _check_length(text: str) -> None:
    if len(text) > MAX_QUERY_CHARS:
        raise QueryError(
            f"a query of {len(text)} characters: {MAX_QUERY_CHARS} are the most", text, MAX_QUERY_CHARS
        )


def _filter_trees(filters: Filters) -> Iterator[Tree]:
    """Yield the tree of each filter.

    Raises:
        QueryError: there are more or longer values than any index can answer.
    """
    from .clauses import clause, field_named
    from .patterns import MAX_INEXACT, is_inexact

    lists = {name: [values] if isinstance(values, str) else values for name, values in filters.items()}
    every = [(name, value) for name, values in lists.items() for value in values]
    if len(every) > MAX_FILTER_VALUES:
        raise QueryError(f"{len(every):,} values to filter by: {MAX_FILTER_VALUES:,} are the most")
    for name, value in every:
        if len(value) > MAX_VALUE_CHARS:
            raise QueryError(f"{name}: a value of {len(value):,} characters: {MAX_VALUE_CHARS} are the most")
    inexact = sum(is_inexact(value) for _, value in every)
    if inexact > MAX_INEXACT:
        raise QueryError(f"{inexact:,} values with * ? or ~ to filter by: {MAX_INEXACT} are the most")
    for name, values in lists.items():
        yield any_of(clause(field_named(name), value) for value in values)


def explain_query(text: str, filters: Filters | None = None, *, meaning: bool = False) -> list[str]:
    """Return how a query is understood, as lines of text; needs no index.

    Args:
        meaning: how a question by meaning is understood.

    Raises:
        QueryError: it asks for nothing, or cannot be understood.
    """
    return parse_question(text, filters).describe() if meaning else parse(text, filters).describe()
