"""Explains in plain words how a paragraph's score is made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..engines.contract import Match, Reader, Rerank
from ..engines.scoring import CABLE_WEIGHT
from ..query.description import describe_tree
from ..query.fields import keyword
from ..query.query import Query
from ..query.tree import All, Filter, Term, Tree, leaves


def explain_score(query: Query, id: str, reader: Reader, rerank: Rerank | None) -> list[str]:
    """Return lines with a paragraph's score and its parts.

    Args:
        id: the paragraph's id.
        rerank: how the query reranks the best paragraphs.
    """
    return [*_Explanation(query, id, reader, rerank).lines()]


@dataclass(frozen=True)
class _Explanation:
    """A query, and the paragraph whose score is explained."""

    query: Query
    id: str
    reader: Reader
    rerank: Rerank | None

    def lines(self) -> Iterator[str]:
        tree = self._matching_tree()
        if tree is None:
            yield f"{self.id} does not match, not even some of the words"
            return
        total = self._score(tree, self.rerank)
        yield f"{self.id} scores {total:.2f}"
        if tree is not self.query.tree:
            yield "  it has some of the words, not all as asked: it comes behind those that have"
        yield from self._leaf_lines()
        if self.rerank:
            cable = self._score(tree, replace(self.rerank, adjacent=None)) - self._score(tree)
            yield f"  {cable:6.2f}  its whole cable, by the same words (counts {CABLE_WEIGHT:g} times)"
            if self.rerank.adjacent:
                adjacent = total - self._score(tree) - cable
                yield f"  {adjacent:6.2f}  words in a row"

    def _matching_tree(self) -> Tree | None:
        """Return the tree that the paragraph matches, the strict or the relaxed one; None if neither."""
        trees = (self.query.tree, self.query.relaxed)
        return next((tree for tree in trees if tree is not None and self._match(tree)), None)

    def _leaf_lines(self) -> Iterator[str]:
        for leaf in dict.fromkeys(leaves(self.query.tree, scoring=True)):
            [what] = describe_tree(leaf)
            if match := self._match(leaf):
                yield f"  {match.score:6.2f}  {what} (in {self.reader.count(leaf):,} paragraphs)"
            else:
                yield f"       -  {what}: not here"

    def _score(self, tree: Tree, rerank: Rerank | None = None) -> float:
        match = self._match(tree, rerank)
        assert match is not None
        return match.score

    def _match(self, tree: Tree, rerank: Rerank | None = None) -> Match | None:
        this = All((tree, Filter(Term("id", keyword(self.id)))))
        return next(iter(self.reader.search(this, limit=1, rerank=rerank).matches), None)
