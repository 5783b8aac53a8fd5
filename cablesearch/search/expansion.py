"""Words written in several ways, as an index has them: `Ak Zhol` and AkZhol, Nazarbaev and Nazarbayev.

A bare word of a query stands for more than itself in three cases, each by what the index tells:

    two words side by side are one word there     ak zhol      each of them is found as `akzhol` too
    a word is not there, but in two parts it is   akzhol       found as the phrase "ak zhol"
    a word is not there, but a name that sounds   nazarbaev    found as the people named so
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ..analysis.sounding import sound
from ..analysis.words import stems, words
from ..engines.contract import Reader
from ..query import Query

if TYPE_CHECKING:
    from whoosh.query import Query as Tree

SHORTEST = 2  # letters of a part of a word


def widened(asked: Query, reader: Reader) -> Query:
    """Give the query with its bare words' other forms; itself where there are none."""
    from whoosh.query import Term

    from ..query.trees import relaxed, replaced, rows, scoring

    others: dict[Tree, list[Tree]] = {}
    for row in rows(asked.tree):
        for a, b in pairwise(row):
            if reader.frequency("text", joined := a.text + b.text):
                for part in (a, b):
                    others.setdefault(part, []).append(Term("text", joined))
    leaves = (leaf for leaf in scoring(asked.tree) if isinstance(leaf, Term) and leaf.field() == "text")
    unknown = {leaf for leaf in leaves if leaf not in others and not reader.frequency("text", leaf.text)}
    typed = dict(zip(stems(asked.text), words(asked.text), strict=True)) if unknown else {}
    others.update((leaf, list(_forms(typed[leaf.text], reader))) for leaf in unknown if leaf.text in typed)
    if not any(others.values()):
        return asked
    tree = replaced(asked.tree, others)
    loose = relaxed(tree)
    return replace(asked, tree=tree, relaxed=None if loose is tree else loose)


def _forms(word: str, reader: Reader) -> Iterator[Tree]:
    """Give the other forms of a word that the index does not have."""
    from whoosh.query import Phrase, Term

    for cut in range(SHORTEST, len(word) - SHORTEST + 1):
        parts = [*stems(word[:cut]), *stems(word[cut:])]
        if all(reader.frequency("text", part) for part in parts) and reader.count(Phrase("text", parts)):
            yield Phrase("text", parts)
    if reader.frequency("sounds", sound(word)):
        yield Term("sounds", sound(word))
