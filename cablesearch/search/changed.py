"""What a query asks of the versions of cables: the ids of those that differ."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from ..engines.contract import Reader
from ..engines.scoring import most_frequent_first
from ..errors import QueryError
from ..query.fields import CHANGED, keyword
from ..query.query import Query
from ..query.tree import All, Among, Filter, Not, Noted, Tree, map_tree

FIELD = "changed"


class Changed:
    """The cables whose versions differ.

    Args:
        generations: the folder of the one that is asked; without any, nothing is known to differ.
    """

    def __init__(self, generations: Sequence[Path], reader: Reader) -> None:
        self._generations = generations
        self._reader = reader
        self._sets: dict[str, Among] = {}

    @cached_property
    def _differs(self) -> dict[str, set[str]]:
        """What the versions of each cable differ in.

        Raises:
            QueryError: several indexes are asked, whose cables were not compared with each other.
        """
        from ..indexing.manifest_reading import read_changed

        if len(self._generations) > 1:
            raise QueryError(
                "changed: asks one index, and several are open: ask each alone, or index their sources in one"
            )
        return read_changed(self._generations[0]) if self._generations else {}

    def resolve(self, query: Query) -> Query:
        """Return a query that asks for nothing else beside the engine, with ids in its place."""

        def fill_in(node: Tree, _: bool) -> Tree:
            return self.among(node.value) if isinstance(node, Noted) else node

        return Query(query.text, map_tree(query.tree, fill_in), query.word_spans)

    def among(self, value: str) -> Among:
        """Return the node for the cables that differ, or that differ in something."""
        if value not in self._sets:
            ids = (id for id, differs in self._differs.items() if value == "yes" or value in differs)
            self._sets[value] = Among(
                f"{FIELD}:{value}", str(*self._generations), frozenset(map(keyword, ids))
            )
        return self._sets[value]

    def counts(self, tree: Tree) -> dict[str, int]:
        """Count the paragraphs that a tree matches by what differs, most frequent first."""
        parts = {
            value: Not(Filter(self.among("yes"))) if value == "no" else Filter(self.among(value))
            for value in CHANGED
        }
        counts = self._reader.counts([All((tree, part)) for part in parts.values()])
        return most_frequent_first(each for each in zip(parts, counts, strict=True) if each[1])
