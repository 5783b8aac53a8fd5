"""A query tree in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from whoosh.query import (
    And,
    ConstantScoreQuery,
    Every,
    FuzzyTerm,
    Not,
    NumericRange,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)

from .fields import BY_NAME, FieldKind
from .trees import Words

_SHOWN = {"words": "text", "sounds": "person"}  # the field that a column is of


def lines(tree: Query) -> list[str]:
    """Give what a tree asks for, line by line, each part indented below its whole."""
    match tree:
        case ConstantScoreQuery():
            return lines(tree.child)
        case And():
            return ["all of", *_indented(_parts(tree))]
        case Or():
            return ["at least one of", *_indented(tree)]
        case Not():
            return ["not", *_indented([tree.query])]
        case Every(fieldname=None):
            return ["every paragraph"]
        case _:
            column = tree.field() or ""
            return [f"{_SHOWN.get(column, column)}: {_what(tree)}"]


def _parts(tree: And) -> Iterator[Query]:
    for part in tree:
        yield from part if isinstance(part, Words) else [part]


def _indented(parts: Iterable[Query]) -> list[str]:
    return ["  " + line for part in parts for line in lines(part)]


def _what(leaf: Query) -> str:
    match leaf:
        case Term():
            return _shown(leaf.fieldname, leaf.text)
        case Phrase(slop=1):
            return _shown(leaf.fieldname, " ".join(leaf.words))
        case Phrase():
            words = _shown(leaf.fieldname, " ".join(leaf.words))
            return f"{words} in this order, at most {leaf.slop - 1} other words among them"
        case Prefix():
            return f'beginning with "{leaf.text}"'
        case Wildcard():
            return f'of the shape "{leaf.text}"'
        case FuzzyTerm():
            letters = "one letter" if leaf.maxdist == 1 else f"{leaf.maxdist} letters"
            return f'like "{leaf.text}", at most {letters} apart'
        case NumericRange():
            bounds = (("from", leaf.start), ("before", leaf.end))
            return " ".join(f"{how} {_moment(seconds)}" for how, seconds in bounds if seconds is not None)
        case _:
            return "any"


def _shown(column: str, text: str) -> str:
    """Give terms as they are read; of prose they are stems: `reform` finds reforms, reformed, reforming."""
    if column == "sounds":
        return f'a name that sounds like "{text}"'
    any_form = "any form of " if BY_NAME[column].kind is FieldKind.PROSE else ""
    return f'{any_form}"{text.replace("_", " ")}"'


def _moment(seconds: float) -> str:
    moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)
    return f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00")
