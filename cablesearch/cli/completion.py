"""What a shell offers while a query is typed: names of fields, and the values of a field in the index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import typer

from .. import FIELDS, CablesearchError, open_index

MAX_VALUES = 40  # offered at once, the most frequent

_PLAIN = re.compile(r"[\w./ -]+")  # what needs no quotes, once spaces are underscores


def complete_query(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return how the last word of a query may go on, each with a short help."""
    field, colon, typed = incomplete.partition(":")
    before: object = ctx.params.get("words")
    if not colon and isinstance(before, list) and before[-1:] == [":"]:  # bash divides `origin:As` so
        return _values(ctx, str(before[-2:][0]), field)
    if colon:
        return [(f"{field}:{value}", shown) for value, shown in _values(ctx, field, typed)]
    named = [one for one in FIELDS if incomplete and one.name.startswith(incomplete)]
    return [(f"{one.name}:", one.help) for one in named]


def _values(ctx: typer.Context, field: str, typed: str) -> list[tuple[str, str]]:
    """Return the values of a field that have a word with this beginning, from that word on."""
    try:
        with open_index(*ctx.params["index"], notebook=ctx.params.get("notebook") or True) as index:
            values = index.facets("*", field.lower())[field.lower()]
    except CablesearchError:  # there is no index, or no such field: nothing to offer
        return []
    return list(islice(_matching(values, typed.replace("_", " ")), MAX_VALUES))


def _matching(values: dict[str, int], typed: str) -> Iterator[tuple[str, str]]:
    seen = set()
    begins = re.compile(rf"(?<!\w){re.escape(typed)}", re.IGNORECASE)
    for value, count in values.items():
        found = begins.search(value)
        if found and _PLAIN.fullmatch(rest := typed + value[found.end() :]) and rest not in seen:
            seen.add(rest)
            yield rest.replace(" ", "_"), f"{count:,}"
