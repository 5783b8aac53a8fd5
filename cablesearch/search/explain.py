"""Why a paragraph scores what it does, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..engines.contract import WHOLE, Again, Reader
from ..query import Query
from ..query.description import lines
from ..query.fields import keyword

if TYPE_CHECKING:
    from whoosh.query import Query as Tree


def reasons(asked: Query, id: str, reader: Reader, again: Again | None) -> list[str]:
    """Give the parts of a paragraph's score, each in a line, and before them the sum.

    Args:
        again: by what the query puts the best paragraphs in order again.
    """
    return [*_Judged(asked, id, reader, again).lines()]


@dataclass(frozen=True)
class _Judged:
    """A query and the paragraph that it is asked of."""

    asked: Query
    id: str
    reader: Reader
    again: Again | None

    def lines(self) -> Iterator[str]:
        tree = self._tree()
        if tree is None:
            yield f"{self.id} does not match, not even some of the words"
            return
        total = self._score(tree, self.again)
        yield f"{self.id} scores {total:.2f}"
        if tree is not self.asked.tree:
            yield "  it has some of the words, not all as asked: it comes behind those that have"
        yield from self._leaves()
        if self.again:
            cable = self._score(tree, replace(self.again, near=None)) - self._score(tree)
            yield f"  {cable:6.2f}  its whole cable, by the same words (counts {WHOLE:g} times)"
            if self.again.near:
                near = total - self._score(tree) - cable
                yield f"  {near:6.2f}  words in a row"

    def _tree(self) -> Tree | None:
        """Give the tree that the paragraph matches: as asked, or relaxed."""
        trees = (self.asked.tree, self.asked.relaxed)
        return next((tree for tree in trees if tree is not None and self._found(tree)), None)

    def _leaves(self) -> Iterator[str]:
        from ..query.trees import scoring

        for leaf in dict.fromkeys(scoring(self.asked.tree)):
            [what] = lines(leaf)
            if self._found(leaf):
                yield f"  {self._score(leaf):6.2f}  {what} (in {self.reader.count(leaf):,} paragraphs)"
            else:
                yield f"       -  {what}: not here"

    def _score(self, tree: Tree, again: Again | None = None) -> float:
        return float(self._found(tree, again)[0].score)

    def _found(self, tree: Tree, again: Again | None = None) -> Any:
        from whoosh.query import And, ConstantScoreQuery, Term

        one = And([tree, ConstantScoreQuery(Term("id", keyword(self.id)), 0.0)])
        return self.reader.search(one, limit=1, again=again).matches
