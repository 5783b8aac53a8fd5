"""Questions for the values of a field: `origin:?`, alone or among what else a query asks for."""

from __future__ import annotations

import re

from ..errors import QueryError
from .clauses import field_named, not_listed
from .fields import COUNTABLE

_ASKED = re.compile(r"""(?P<quoted>"[^"]*"?)|(?<![^\s(])(?P<name>[^\W\d]\w*):\?(?![^\s)])""")


def split_listing(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a query without the fields whose values it asks for, and the names of these.

    >>> split_listing("reform origin:? year:?")
    ('reform', ('origin', 'year'))

    Raises:
        QueryError: such a field does not exist, or its values cannot be listed.
    """
    asked = [match for match in _ASKED.finditer(text) if match["name"]]
    names = [field_named(match["name"]).name for match in asked]
    for name, match in zip(names, asked, strict=True):
        if name not in COUNTABLE:
            raise QueryError(not_listed(name), text, match.start())
    for match in reversed(asked):
        text = text[: match.start()] + text[match.end() :]
    return " ".join(text.split()) if asked else text, tuple(dict.fromkeys(names))
