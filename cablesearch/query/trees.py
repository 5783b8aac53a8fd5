"""Query trees: whoosh's query classes, our one of them, and what is done with whole trees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from whoosh.query import And, ConstantScoreQuery, Every, Not, NullQuery, Or, Phrase, Query, Term


class Words(And):
    """Bare words side by side: all of them first, some of them where those run out."""


def all_of(parts: Iterable[Query]) -> Query:
    """Give the tree that asks for every part; no part is asked for twice, `*` only where it is alone."""
    flat = chain.from_iterable(part.subqueries if type(part) is And else [part] for part in parts)
    different = list(dict.fromkeys(flat))
    needed = [part for part in different if not is_everything(part)] or different[:1]
    return _joined(And, needed)


def any_of(parts: Iterable[Query]) -> Query:
    """Give the tree that asks for one part or more."""
    return _joined(Or, list(dict.fromkeys(parts)))


def _joined(kind: type[And] | type[Or], parts: list[Query]) -> Query:
    if not parts:
        return NullQuery
    return parts[0] if len(parts) == 1 else kind(parts)


def only(part: Query) -> Query:
    """Give the tree as a filter: it decides what matches and adds nothing to a score."""
    return ConstantScoreQuery(part, 0.0)


def everything() -> Query:
    """Give the tree that matches every paragraph alike."""
    return only(Every())


def is_everything(tree: Query) -> bool:
    """Tell whether the tree is what `everything` gives."""
    return isinstance(tree, ConstantScoreQuery) and isinstance(tree.child, Every) and not tree.child.fieldname


def relaxed(tree: Query) -> Query:
    """Give the tree with its bare words optional: itself where there is nothing to relax."""
    if isinstance(tree, Words):
        return Or(list(tree))
    if not isinstance(tree, And | Or):
        return tree
    children = [relaxed(child) for child in tree]
    same = all(new is old for new, old in zip(children, tree, strict=True))
    return tree if same else type(tree)(children)


def is_ranked(tree: Query) -> bool:
    """Tell whether some part of the tree gives a score."""
    match tree:
        case ConstantScoreQuery():
            return bool(tree.score > 0)
        case Not():
            return False
        case And() | Or():
            return any(map(is_ranked, tree))
        case _:
            return True


def in_a_row(tree: Query) -> Query | None:
    """Give the tree of bare words in a row in the text, as they are or the first one last; None if alone.

    A name may be turned about: `Peurifoy, John E.`
    """
    texts = [[leaf.text for leaf in row] for row in rows(tree)]
    phrases = [
        Phrase("text", row) for words in texts if len(words) > 1 for row in (words, words[1:] + words[:1])
    ]
    return any_of(phrases) if phrases else None


def rows(tree: Query) -> Iterator[list[Term]]:
    """Give the bare words side by side of each place in the tree; of one with other forms the word itself."""
    for group in _groups(tree):
        words = (part[0] if isinstance(part, Or) and len(part) else part for part in group)
        yield [word for word in words if isinstance(word, Term)]


def replaced(tree: Query, others: Mapping[Query, Iterable[Query]]) -> Query:
    """Give the tree in which some leaves that score may be others too."""
    if isinstance(tree, And | Or):
        return type(tree)([replaced(child, others) for child in tree], boost=tree.boost)
    return any_of((tree, *others.get(tree, ())))


def _groups(tree: Query) -> Iterator[Words]:
    if isinstance(tree, Words):
        yield tree
    elif isinstance(tree, And | Or):
        for child in tree:
            yield from _groups(child)


def scoring(tree: Query) -> Iterator[Query]:
    """Give the parts that ask for something and score by it."""
    match tree:
        case ConstantScoreQuery() | Not():
            pass
        case And() | Or():
            for child in tree:
                yield from scoring(child)
        case _:
            yield tree


def leaves(tree: Query) -> Iterator[Query]:
    """Give the parts that ask for something, none of those that exclude."""
    match tree:
        case ConstantScoreQuery():
            yield from leaves(tree.child)
        case And() | Or():
            for child in tree:
                yield from leaves(child)
        case Not():
            pass
        case _:
            yield tree
