"""Describes a query tree in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import assert_never

from ..people.registry import who_value
from .fields import BY_NAME, FieldKind
from .tree import (
    All,
    Among,
    Any,
    Between,
    Boost,
    Everything,
    Filter,
    Fuzzy,
    Has,
    Near,
    Not,
    Noted,
    Nothing,
    Pattern,
    Phrase,
    Prefix,
    Range,
    Run,
    Saved,
    Term,
    Tree,
    Value,
    Wildcard,
    Words,
)

_KEPT_IN = {"changed": "in the versions of a cable"}
_FIELD_OF_COLUMN = {"words": "text", "joined": "text", "sounds": "person", "who": "person"}


def describe_tree(tree: Tree) -> list[str]:
    """Return lines that say what a tree asks for; parts are indented below the whole."""
    match tree:
        case Filter(part):
            return describe_tree(part)
        case Boost(part, factor):
            first, *others = describe_tree(part)
            return [f"{first}, counting {factor:.3g} times", *others]
        case All(parts):
            return ["all of", *_indent(_flatten(parts))]
        case Any(parts):
            return ["at least one of", *_indent(parts)]
        case Not(part):
            return ["not", *_indent([part])]
        case Everything():
            return ["every paragraph"]
        case Nothing():
            return ["no paragraph"]
        case Range(start, end):
            bounds = (("from", start), ("before", end))
            return [
                "date: " + " ".join(f"{how} {_format_moment(at)}" for how, at in bounds if at is not None)
            ]
        case Noted(name, value):
            return [f'{name}: "{value}", {_KEPT_IN.get(name, "in your notebook")}']
        case Saved(name):
            return [f'query: what the question "{name}" finds that you saved']
        case Among(what, _, ids):
            name, _, value = what.partition(":")
            return [f'{name}: "{value}", {_KEPT_IN.get(name, "in your notebook")}: {len(ids):,}']
        case Between(number):
            return [f"{number}: {_describe_bounds(tree)}"]
        case Term() | Phrase() | Near() | Prefix() | Wildcard() | Fuzzy() | Value() | Has():
            return [f"{_FIELD_OF_COLUMN.get(tree.column, tree.column)}: {_describe_leaf(tree)}"]
        case _:
            assert_never(tree)


def _flatten(parts: Iterable[Tree]) -> Iterator[Tree]:
    for part in parts:
        yield from part.parts if isinstance(part, Words) else (part,)


def _indent(parts: Iterable[Tree]) -> list[str]:
    return ["  " + line for part in parts for line in describe_tree(part)]


def _describe_bounds(leaf: Between) -> str:
    unit = {"length": "words", "cited": "other cables cite it"}[leaf.number]
    least, most = leaf.start or 0, None if leaf.end is None else leaf.end - 1
    if most is None:
        return f"{least:,} or more {unit}"
    return f"{least:,} {unit}" if least == most else f"{least:,} to {most:,} {unit}"


def _describe_leaf(leaf: Term | Phrase | Near | Pattern | Has) -> str:
    match leaf:
        case Term(column, text):
            return _describe_terms(column, text)
        case Phrase(column, words, slop):
            terms = _describe_terms(column, " ".join(words))
            return terms if slop == 1 else f"{terms} {_describe_distance(slop)}"
        case Near(_, parts, slop, ordered):
            runs = (" or ".join(map(_describe_run, part)) for part in parts)
            return f"{' + '.join(runs)} {_describe_distance(slop, ordered)}"
        case Value(_, text):
            return f'a value with "{text.replace("_", " ")}" in it'
        case Prefix(_, text):
            return f'beginning with "{text}"'
        case Wildcard(_, pattern):
            return f'of the shape "{pattern}"'
        case Fuzzy(_, text, distance):
            letters = "one letter" if distance == 1 else f"{distance} letters"
            return f'like "{text}", at most {letters} apart'
        case Has():
            return "any"
        case _:
            assert_never(leaf)


def _describe_run(run: Run) -> str:
    if all(isinstance(word, Term) for word in run):
        return _describe_terms("text", " ".join(word.text for word in run if isinstance(word, Term)))
    return " ".join(map(_describe_leaf, run))


def _describe_distance(slop: int, ordered: bool = True) -> str:
    order = "in this order" if ordered else "in any order"
    if slop == 1:
        return f"side by side {order}"
    return f"{order}, at most {slop - 1} other word{'s' if slop > 2 else ''} among them"


def _describe_terms(column: str, text: str) -> str:
    """Describe terms; those of prose are stems: `reform` finds reforms, reformed, reforming."""
    if column == "sounds":
        return f'a name that sounds like "{text}"'
    if column == "joined":
        return f'in several parts, any form of "{text}"'
    if column == "who":
        return f'named as "{who_value(text)}"'
    any_form = "any form of " if BY_NAME[column].kind is FieldKind.PROSE else ""
    return f'{any_form}"{text.replace("_", " ")}"'


def _format_moment(seconds: int) -> str:
    moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)
    return f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00")
