"""Intervals of whole numbers, as they are typed: `5`, `>=5`, `<5`, `5..10`, `5..`, `..10`."""

from __future__ import annotations

import re

from ..errors import QueryError
from .tree import Between, Nothing, Tree

MAX_NUMBER = 10**9

_ONE = re.compile(r"(?P<sign>[<>]?=?)\s*(?P<number>\d+)")
_INTERVAL = re.compile(r"(?P<first>\d+)?\s*\.\.\s*(?P<last>\d+)?")


def parse_numbers(name: str, text: str) -> Tree:
    """Return the tree for a number of a paragraph in an interval.

    Args:
        name: of the number, as in `Between`.

    Raises:
        QueryError: it is no number, and no interval that has one.
    """
    if one := _ONE.fullmatch(text):
        number = _number(one["number"])
        match one["sign"]:
            case ">=":
                return Between(name, number, None)
            case ">":
                return Between(name, number + 1, None)
            case "<=":
                return Between(name, None, number + 1)
            case "<":
                return Between(name, None, number) if number else Nothing()
            case _:
                return Between(name, number, number + 1)
    interval = _INTERVAL.fullmatch(text)
    if interval and any(interval.groups()):
        first = _number(interval["first"]) if interval["first"] else None
        last = _number(interval["last"]) if interval["last"] else None
        if first is None or last is None or first <= last:
            return Between(name, first, None if last is None else last + 1)
        raise QueryError(f"{name}: {text!r} ends before it begins: write {name}:{last}..{first}")
    raise QueryError(f"{name}: {text!r} is no number: write {name}:5, {name}:>=5 or {name}:5..10")


def _number(typed: str) -> int:
    return min(int(typed), MAX_NUMBER)
