"""Clauses of a query text added and taken out: what a click on a facet does.

    include("salt", "kind", "action")                  salt kind:"action"
    include('salt kind:"action"', "kind", "comment")   salt kind:("action" OR "comment")
    exclude("salt", "kind", "comment")                 salt NOT kind:"comment"

So the query text says all that is asked for. Clauses behind it narrow any query, as `AND`, `OR` and `NOT`
bind more tightly than a mere space. What stands in parentheses or beside an operator is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CLAUSE = re.compile(r'([A-Za-z]+):(?:"([^"]*)"|\(("[^"]*"(?: OR "[^"]*")*)\)|([\w./#+,<>=-]+))')
_OPERATORS = ("AND", "OR", "&&", "||", "|")
_NEAR = re.compile("(near|w|within)/", re.IGNORECASE)
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a query that stands alone.

    Attributes:
        field: its name.
        values: one of them must be there; none may, if `excluded`.
        start, end: its place in the query text.
    """

    field: str
    values: tuple[str, ...]
    excluded: bool
    start: int
    end: int


def clauses(query: str) -> list[Clause]:
    """Return the clauses of a query that can be taken out of it."""
    items = [("", 0), ("", 0), *_items(query.translate(_QUOTES)), ("", 0)]
    found = []
    for place, (text, start) in enumerate(items[2:-1], 2):
        match = _CLAUSE.fullmatch(text)
        excluded = items[place - 1][0] == "NOT"
        before, after = items[place - 1 - excluded][0], items[place + 1][0]
        if not match or _joins(before) or _joins(after) or before == "NOT":
            continue
        name, quoted, several, bare = match.groups()
        values = re.findall(r'"([^"]*)"', several) if several else bare.split(",") if bare else [quoted]
        begin = items[place - 1][1] if excluded else start
        found.append(Clause(name.lower(), tuple(values), excluded, begin, start + len(text)))
    return found


def included(query: str, field: str) -> tuple[str, ...]:
    """Return the values of a field of which a query asks for one."""
    return tuple(
        value for one in clauses(query) if one.field == field and not one.excluded for value in one.values
    )


def include(query: str, field: str, value: str) -> str:
    """Return a query that takes a value of a field, too: in addition to others of the field that it takes."""
    old = included(query, field)
    if field == "date" and not all(map(str.isdecimal, old)):
        return replace(query, field, value)  # ranges and years do not go together
    values = dict.fromkeys((*old, value))
    return _append(without_field(query, field), _clause(field, tuple(values)))


def replace(query: str, field: str, value: str) -> str:
    """Return a query that takes this value of a field and no other one."""
    return _append(without_field(query, field), f"{field}:{value}")


def exclude(query: str, field: str, value: str) -> str:
    """Return a query that does not take a value of a field."""
    return _append(remove(query, field, value), f"NOT {_clause(field, (value,))}")


def remove(query: str, field: str, value: str) -> str:
    """Return a query that says nothing of a value of a field."""
    touched = [one for one in clauses(query) if one.field == field and value in one.values]
    kept = _without(query, touched)
    for one in touched:
        if others := tuple(other for other in one.values if other != value):
            kept = _append(kept, ("NOT " if one.excluded else "") + _clause(field, others))
    return kept


def without_field(query: str, field: str) -> str:
    """Return a query without the clauses that ask for values of a field."""
    return _without(query, [one for one in clauses(query) if one.field == field and not one.excluded])


def without_clause(query: str, clause: Clause) -> str:
    """Return a query without one of its clauses."""
    return _without(query, [clause])


def quoted(value: str) -> str:
    """Return a value as it is written in a query; a quotation mark, which cannot be written, is a space."""
    return f'"{value.translate(_QUOTES).replace(chr(34), " ")}"'


def _clause(field: str, values: tuple[str, ...]) -> str:
    if field == "date":
        return f"{field}:{','.join(values)}"
    written = " OR ".join(map(quoted, values))
    return f"{field}:({written})" if len(values) > 1 else f"{field}:{written}"


def _without(query: str, taken: list[Clause]) -> str:
    for one in sorted(taken, key=lambda one: -one.start):
        query = f"{query[: one.start].rstrip()} {query[one.end :].lstrip()}".strip()
    return query


def _append(query: str, clause: str) -> str:
    query = query.strip()
    return clause if query in ("", "*") else f"{query} {clause}"


def _joins(item: str) -> bool:
    """Whether an item joins the ones beside it."""
    return item in _OPERATORS or _NEAR.match(item) is not None


def _items(query: str) -> Iterator[tuple[str, int]]:
    """Yield what spaces separate outside of quotes and parentheses, each with its place."""
    start, depth, in_quotes = 0, 0, False
    for place, character in enumerate(query + " "):
        if character == '"':
            in_quotes = not in_quotes
        elif not in_quotes:
            depth += (character == "(") - (character == ")")
            if character.isspace() and not depth:
                if start < place:
                    yield query[start:place], start
                start = place + 1
    if in_quotes or depth:
        yield query[start:], start
