"""The query tree: what a query asks for, in types of our own that every engine compiles.

A tree says which paragraphs match and how they score. Its leaves ask for terms in columns
(`engines.documents`); `engines.contract` says what each node matches and scores.

    Term Phrase Near Prefix Wildcard Fuzzy Value Range Between Has Everything Nothing   leaves
    Among                                                 a leaf with ids that are known from elsewhere
    Noted Saved                                           leaves in place of which a search puts other trees
    All Any Not Filter Boost                                                            nodes with parts

Nodes are immutable and hashable. A function that handles every node uses `match` and ends in `assert_never`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fnmatch import translate
from functools import partial
from itertools import chain, permutations, product
from operator import is_not
from typing import TypeAlias

from ..analysis.distance import are_near

MAX_SLOP = 200  # of a phrase: the index keeps more than that between two values, so that none spans both


class _Leaf:
    """A node without parts."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Term(_Leaf):
    """Paragraphs that hold a term in a column."""

    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Phrase(_Leaf):
    """Paragraphs that hold words in this order, with at most `slop` - 1 other words among them in total."""

    column: str
    words: tuple[str, ...]
    slop: int = 1


@dataclass(frozen=True, slots=True)
class Compound(Phrase):
    """A bare word of several parts, side by side: `Jong-il`. A search adds other forms that the index has.

    Attributes:
        forms: the terms of each other way to write it.
    """

    forms: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Prefix(_Leaf):
    """Paragraphs with a term that begins with `text`."""

    column: str
    text: str

    def matcher(self) -> Callable[[str], bool]:
        """Return a function that says whether a term matches."""
        return lambda term: term.startswith(self.text)


@dataclass(frozen=True, slots=True)
class Wildcard(_Leaf):
    """Paragraphs with a term of this shape: `*` is any text, `?` any one character, the rest is literal."""

    column: str
    pattern: str

    def matcher(self) -> Callable[[str], bool]:
        """Return a function that says whether a term matches."""
        match = re.compile(translate(self.pattern.replace("[", "[[]"))).match
        return lambda term: match(term) is not None


@dataclass(frozen=True, slots=True)
class Fuzzy(_Leaf):
    """Paragraphs with a term at most `distance` edits away, 1 or 2 (`analysis.distance`)."""

    column: str
    text: str
    distance: int = 1

    def matcher(self) -> Callable[[str], bool]:
        """Return a function that says whether a term matches."""
        return partial(are_near, self.text, limit=self.distance)


Word: TypeAlias = Term | Prefix | Wildcard
Run: TypeAlias = tuple[Word, ...]  # words side by side


@dataclass(frozen=True, slots=True)
class Near(_Leaf):
    """Paragraphs in which one run of each part stands, with at most `slop` - 1 other words among the runs.

    A pattern, whose column is `words`, matches where a word of this shape, or a stem, stands.

    Attributes:
        column: in which the words stand, which keeps their places.
        parts: for each part, the runs that it may be.
        ordered: the parts stand in this order; otherwise in any.
    """

    column: str
    parts: tuple[tuple[Run, ...], ...]
    slop: int = 1
    ordered: bool = True

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of all runs, each once: it scores like any of them."""
        return tuple(dict.fromkeys(word for part in self.parts for run in part for word in run))

    @property
    def choices(self) -> Iterator[tuple[Run, ...]]:
        """One run of each part, in every way and order in which they may stand."""
        orders = (self.parts,) if self.ordered else dict.fromkeys(permutations(self.parts))
        return chain.from_iterable(product(*parts) for parts in orders)


@dataclass(frozen=True, slots=True)
class Value(_Leaf):
    """Paragraphs with a term of words joined by `_`, in which these stand side by side: `c_d` in `a_c_d`."""

    column: str
    text: str

    def matcher(self) -> Callable[[str], bool]:
        """Return a function that says whether a term matches."""
        return lambda term: f"_{self.text}_" in f"_{term}_"


@dataclass(frozen=True, slots=True)
class Range(_Leaf):
    """Paragraphs of cables sent at `start` or later, before `end`: seconds since 1970 (UTC), None if open.

    Of a cable whose day is not known, the whole month must lie within.
    """

    start: int | None
    end: int | None

    @property
    def broken_month(self) -> str | None:
        """The month that it ends in the midst of (`1959-08`), None if it ends between two months."""
        if self.end is None:
            return None
        end = datetime(1970, 1, 1) + timedelta(seconds=self.end)
        month = end.replace(day=1, hour=0, minute=0, second=0)
        return None if end == month else month.isoformat()[: len("1959-08")]


@dataclass(frozen=True, slots=True)
class Between(_Leaf):
    """Paragraphs of which a number is `start` or more, less than `end`, None if open.

    The number is the paragraph's `length` in words, or how often its cable is `cited` (`engines.contract`).
    """

    number: str
    start: int | None
    end: int | None

    def holds(self, number: int) -> bool:
        """Whether a number lies in between."""
        return (self.start is None or number >= self.start) and (self.end is None or number < self.end)


@dataclass(frozen=True, slots=True)
class Has(_Leaf):
    """Paragraphs with any term in a column, or with a date if the column is `date`."""

    column: str


@dataclass(frozen=True, slots=True)
class Noted(_Leaf):
    """Paragraphs that the user's notebook names, or the versions of cables: a search makes it an Among.

    Attributes:
        field, value: what is asked for, as it was typed: `label`, `reform`.
    """

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Saved(_Leaf):
    """What a saved question asks for: a search puts its tree here."""

    name: str


@dataclass(frozen=True, slots=True)
class Among(_Leaf):
    """Paragraphs with one of some ids: their own, or one of their cable.

    Attributes:
        what: what they were asked for as (`label:reform`).
        state: of what has them; with the same `what` and `state` they are the same ids.
        ids: as terms of the column `id`.
    """

    what: str
    state: str
    ids: frozenset[str] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Everything(_Leaf):
    """Every paragraph."""


@dataclass(frozen=True, slots=True)
class Nothing(_Leaf):
    """No paragraph."""


@dataclass(frozen=True, slots=True)
class All:
    """Paragraphs that every part matches; none if there are no parts."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Words(All):
    """Bare words side by side: `All` of them, unless a search relaxes them to `Any` (`relax`)."""


@dataclass(frozen=True, slots=True)
class Any:
    """Paragraphs that at least one part matches."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Variants(Any):
    """A word as it was typed, and behind it the other ways to write it and what it may mean."""


@dataclass(frozen=True, slots=True)
class Not:
    """Every paragraph except those that the part matches."""

    part: Tree


@dataclass(frozen=True, slots=True)
class Filter:
    """What the part matches, every paragraph with the same score, whatever the part scores."""

    part: Tree
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Boost:
    """What the part matches, its scores multiplied."""

    part: Tree
    factor: float


Pattern: TypeAlias = Prefix | Wildcard | Fuzzy | Value  # leaves that many terms of a column may match
SimpleLeaf: TypeAlias = (  # leaves but those of words in a row
    Term | Pattern | Range | Between | Has | Everything | Nothing | Noted | Saved | Among
)
Leaf: TypeAlias = SimpleLeaf | Phrase | Near
Tree: TypeAlias = Leaf | All | Any | Not | Filter | Boost


def all_of(parts: Iterable[Tree]) -> Tree:
    """Return the tree that asks for every part once; `EVERYTHING` is kept only if it is alone."""
    asked = tuple(parts)
    if len(asked) == 1:
        return asked[0]
    flat: dict[Tree, None] = {}
    for part in asked:
        if type(part) is All and part.parts:
            flat.update(dict.fromkeys(part.parts))
        else:
            flat[part] = None
    if len(flat) > 1 and Filter in map(type, flat):
        flat.pop(EVERYTHING, None)
    return _join(All, tuple(flat))


def any_of(parts: Iterable[Tree]) -> Tree:
    """Return the tree that asks for at least one part."""
    return _join(Any, tuple(dict.fromkeys(parts)))


def _join(kind: type[All] | type[Any], parts: tuple[Tree, ...]) -> Tree:
    if not parts:
        return Nothing()
    return parts[0] if len(parts) == 1 else kind(parts)


EVERYTHING = Filter(Everything())  # the tree for `*`: every paragraph, none better than another


def map_tree(tree: Tree, change: Callable[[Tree, bool], Tree], *, scores: bool = True) -> Tree:
    """Return the tree with every node replaced by the result of `change`, from the leaves up.

    Args:
        change: called with a node and whether it adds to the score: it is not inside a `Filter` or a `Not`.
    """
    if isinstance(tree, _Leaf):
        return change(tree, scores)
    if isinstance(tree, (All, Any)):
        mapped = tuple([map_tree(part, change, scores=scores) for part in tree.parts])
        if True in map(is_not, mapped, tree.parts):
            tree = replace(tree, parts=mapped)
    else:
        inner = scores and isinstance(tree, Boost)
        if (new := map_tree(tree.part, change, scores=inner)) is not tree.part:
            tree = replace(tree, part=new)
    return change(tree, scores)


def leaves(tree: Tree, *, scoring: bool = False, excluded: bool = False, variants: bool = True) -> list[Leaf]:
    """Return the leaves of a tree in order, except those inside a `Not`.

    Args:
        scoring: only those that add to the score: none inside a `Filter`.
        excluded: those inside a `Not`, too.
        variants: of a word with variants, these, too; otherwise only the word as it was typed.
    """
    found: list[Leaf] = []
    ahead = [tree]  # the next one last
    while ahead:
        node = ahead.pop()
        if isinstance(node, _Leaf):
            found.append(node)
        elif isinstance(node, (All, Any)):
            only_typed = not variants and isinstance(node, Variants)
            ahead += node.parts[:1] if only_typed else node.parts[::-1]
        elif isinstance(node, Boost) or (excluded if isinstance(node, Not) else not scoring):
            ahead.append(node.part)
    return found


def leaf_terms(leaf: Term | Phrase | Fuzzy | Near) -> tuple[str, ...]:
    """Return the terms of a leaf, not those that a pattern may stand for."""
    if isinstance(leaf, Phrase):
        return leaf.words
    if isinstance(leaf, Near):
        return tuple(word.text for word in leaf.words if isinstance(word, Term))
    return (leaf.text,)


def regardless_of_date(tree: Tree) -> Tree:
    """Return the tree for what would match whatever its date; a date that is excluded stays so."""
    match tree:
        case Range():
            return Everything()
        case All(parts) | Any(parts):
            return replace(tree, parts=tuple(map(regardless_of_date, parts)))
        case Filter(part) | Boost(part):
            return replace(tree, part=regardless_of_date(part))
        case _:
            return tree


def is_ranked(tree: Tree) -> bool:
    """Whether some part of the tree scores, so that some paragraphs match better than others."""
    if isinstance(tree, _Leaf):
        return True
    if isinstance(tree, (All, Any)):
        return True in map(is_ranked, tree.parts)
    if isinstance(tree, Filter):
        return tree.score > 0
    return isinstance(tree, Boost) and is_ranked(tree.part)


def relax(tree: Tree) -> Tree:
    """Return the tree with its bare words optional; the same object if there is nothing to relax."""
    if isinstance(tree, (All, Any)):
        parts = tuple([relax(part) for part in tree.parts])
        if isinstance(tree, Words):
            return Any(parts)
        return replace(tree, parts=parts) if True in map(is_not, parts, tree.parts) else tree
    if isinstance(tree, Boost) and (part := relax(tree.part)) is not tree.part:
        return replace(tree, part=part)
    return tree


def word_runs(tree: Tree) -> list[list[Term]]:
    """Return the runs of bare words that stand side by side; a word with variants as it was typed."""
    if isinstance(tree, Words):
        return [[word for word in map(_typed_word, tree.parts) if isinstance(word, Term)]]
    if isinstance(tree, (All, Any)):
        return [run for part in tree.parts if not isinstance(part, _Leaf) for run in word_runs(part)]
    return []


def _typed_word(part: Tree) -> Tree:
    """Return a bare word as it was typed, without its weight and its variants."""
    inner = part.part if isinstance(part, Boost) else part
    return inner.parts[0] if isinstance(inner, Any) and inner.parts else inner


def adjacent_words(tree: Tree) -> Tree | None:
    """Return the tree for bare words in a row, as typed or with the first one last; None without such a row.

    The second order is for inverted names: `Peurifoy, John E.`
    """
    runs = ([word.text for word in run] for run in word_runs(tree))
    orders = [order for run in runs if len(run) > 1 for order in (run, run[1:] + run[:1])]
    return any_of(Phrase("text", tuple(order)) for order in orders) if orders else None
