"""Query text to query tree: the language is in docs/query-language.md, its fields in `fields`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import QueryError

if TYPE_CHECKING:
    from whoosh.query import Query as Tree

LONGEST = 4_000  # characters of a query

# whoosh is imported where a query is read: who indexes or parses cables needs the fields alone.


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood.

    Attributes:
        text: as typed.
        tree: what it asks for, in whoosh's query classes (`engines.base` names them).
        relaxed: the same with its bare words optional, None where there are fewer than two.
        ranked: some part of it gives a score; a query of filters alone has no best first.
    """

    text: str
    tree: Tree
    relaxed: Tree | None
    ranked: bool

    def partial(self) -> Tree | None:
        """Give the tree that holds where some of the bare words are, but not all is as asked."""
        from whoosh.query import And, Not

        return And([self.relaxed, Not(self.tree)]) if self.relaxed else None

    def terms(self) -> Iterator[tuple[str, str]]:
        """Give the columns and terms that are asked of the text, none that are excluded."""
        from .trees import leaves

        for leaf in leaves(self.tree):
            if leaf.field() in ("text", "words"):
                yield from leaf.terms(phrases=True)

    @property
    def whole(self) -> tuple[str, ...]:
        """The terms by which whole cables are scored: those asked of the text, each once."""
        from whoosh.query import Phrase, Term

        from .trees import scoring

        asked = (leaf for leaf in scoring(self.tree) if isinstance(leaf, Term | Phrase))
        terms = (term for leaf in asked if leaf.field() == "text" for _, term in leaf.terms(phrases=True))
        return tuple(dict.fromkeys(terms))

    @property
    def near(self) -> Tree | None:
        """The tree of bare words that stand together, None where there are no two."""
        from .trees import in_a_row

        return in_a_row(self.tree)

    def highlights(self, text: str) -> tuple[tuple[int, int], ...]:
        """Give where the words that are asked for stand in a paragraph's text: start and end, in order."""
        from .highlights import highlights

        return highlights(self.tree, text)

    def describe(self) -> list[str]:
        """Give how the query was read, in lines of plain words."""
        from .description import lines

        found = ["paragraphs with", *("  " + line for line in lines(self.tree))]
        if self.relaxed:
            found.append("then, when these run out, paragraphs with some of the words")
        return found if self.ranked else [*found, "newest first: no part of the query ranks them"]


def parse(text: str, filters: Mapping[str, Sequence[str]] | None = None) -> Query:
    """Read a query.

    Args:
        text: in the query language; it may be empty where there are filters.
        filters: for each field the values of which one must hold, as they would stand behind `field:`,
            but without quotes.

    Raises:
        QueryError: it asks for nothing, or cannot be understood.
    """
    from whoosh.query import NullQuery

    from .clauses import clause, named
    from .grammar import read
    from .trees import all_of, any_of, is_ranked, relaxed

    if len(text) > LONGEST:
        raise QueryError(f"a query of {len(text)} characters: {LONGEST} are the most", text, LONGEST)
    asked = [read(text)]
    for name, values in (filters or {}).items():
        asked.append(any_of(clause(named(name), value) for value in values))
    tree = all_of(part for part in asked if part is not NullQuery)
    if tree is NullQuery:
        raise QueryError("the query asks for nothing: write a word, a field:value, or * for everything", text)
    loose = relaxed(tree)
    return Query(text, tree, None if loose is tree else loose, is_ranked(tree))


def explain_query(text: str, filters: Mapping[str, Sequence[str]] | None = None) -> list[str]:
    """Return how a query is read, in lines of plain words. No index is needed.

    Raises:
        QueryError: it asks for nothing, or cannot be understood.
    """
    return parse(text, filters).describe()
