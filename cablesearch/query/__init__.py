"""Query text to query tree: the language is in docs/query-language.md, its fields in `fields`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ..errors import QueryError
from .tree import (
    All,
    Fuzzy,
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

# For each field the values of which a paragraph must have one; a string is one value.
Filters: TypeAlias = Mapping[str, str | Sequence[str]]

# whoosh's parser is imported where a query is read: indexing and parsing cables need only the fields.


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood.

    Attributes:
        text: as typed.
        tree: what it asks for.
        relaxed: the tree with its bare words optional, None where there are fewer than two.
        ranked: some part of it scores; a query of filters alone has no best first.
        word_spans: where in `text` words and phrases stand that are looked for in the text: start and end.
    """

    text: str
    tree: Tree
    relaxed: Tree | None
    ranked: bool
    word_spans: tuple[tuple[int, int], ...] = ()

    def partial(self) -> Tree | None:
        """Return the tree of paragraphs with some of the bare words that do not match as asked."""
        return All((self.relaxed, Not(self.tree))) if self.relaxed else None

    def terms(self) -> Iterator[tuple[str, str]]:
        """Yield the columns and terms that are asked of the text, none that are excluded."""
        for leaf in leaves(self.tree):
            if isinstance(leaf, Term | Phrase | Fuzzy) and leaf.column in ("text", "words"):
                yield from ((leaf.column, term) for term in leaf_terms(leaf))

    @property
    def cable_terms(self) -> tuple[str, ...]:
        """The terms by which whole cables are scored: those asked of the text, each once."""
        asked = [leaf for leaf in leaves(self.tree, scoring=True) if isinstance(leaf, Term | Phrase)]
        terms = (term for leaf in asked if leaf.column == "text" for term in leaf_terms(leaf))
        return tuple(dict.fromkeys(terms))

    @property
    def adjacent(self) -> Tree | None:
        """The tree of bare words in a row, None where there are no two."""
        return adjacent_words(self.tree)

    def highlights(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return where the query's words stand in a paragraph's text: start and end, in order."""
        from .highlights import highlights

        return highlights(self.tree, text)

    def describe(self) -> list[str]:
        """Return how the query was read, in lines of plain words."""
        from .description import describe_tree

        lines = ["paragraphs with", *("  " + line for line in describe_tree(self.tree))]
        if self.relaxed:
            lines.append("then, when these run out, paragraphs with some of the words")
        return lines if self.ranked else [*lines, "newest first: no part of the query ranks them"]


def query_of(text: str, tree: Tree, word_spans: tuple[tuple[int, int], ...] = ()) -> Query:
    """Return the query that a text and its tree make."""
    loose = relax(tree)
    return Query(text, tree, None if loose is tree else loose, is_ranked(tree), word_spans)


def parse(text: str, filters: Filters | None = None) -> Query:
    """Parse a query.

    Args:
        text: in the query language; it may be empty where there are filters.
        filters: values as they would stand behind `field:`, but without quotes.

    Raises:
        QueryError: it asks for nothing, or cannot be understood.
    """
    from .clauses import clause, field_named
    from .grammar import parse_text

    if len(text) > MAX_QUERY_CHARS:
        raise QueryError(
            f"a query of {len(text)} characters: {MAX_QUERY_CHARS} are the most", text, MAX_QUERY_CHARS
        )
    typed, word_spans = parse_text(text)
    parts = [typed]
    for name, values in (filters or {}).items():
        several = [values] if isinstance(values, str) else values
        parts.append(any_of(clause(field_named(name), value) for value in several))
    tree = all_of([part for part in parts if not isinstance(part, Nothing)])
    if isinstance(tree, Nothing):
        raise QueryError("the query asks for nothing: write a word, a field:value, or * for everything", text)
    return query_of(text, tree, word_spans)


def explain_query(text: str, filters: Filters | None = None) -> list[str]:
    """Return how a query is read, in lines of plain words, without an index.

    Raises:
        QueryError: it asks for nothing, or cannot be understood.
    """
    return parse(text, filters).describe()
