"""HTML entities: characters written by name or number (`&#x000A;`, `&amp;`)."""

from __future__ import annotations

import html
import re
from html.entities import html5

# Only with a semicolon: "R&D", "&notwithstanding" and "&para 5" are a drafter's own words.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

# An entity that copying has broken over lines: `&#` at a line's end, `x000A;` at the next one's start.
_BROKEN = re.compile(
    r"&[ \t]*\n?#[ \t]*\n?(?:[xX]\n?(?:[0-9a-fA-F]\n?){1,6}|(?:[0-9]\n?){1,7});|&(?:\w\n?){2,8};"
)


def decode_entities(text: str) -> str:
    """Replace the entities in a text by their characters.

    >>> decode_entities("R&amp;D &D 8&#x000A;")
    'R&D &D 8\\n'
    """
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text


def rejoin_entities(text: str) -> str:
    """Rejoin the entities in a text that are broken over a line end.

    >>> rejoin_entities("would likely &#\\nx000A;provoke dispute, and so &\\non")
    'would likely &#x000A;provoke dispute, and so &\\non'
    """
    return _BROKEN.sub(_rejoin, text) if "&" in text else text


def _rejoin(entity: re.Match[str]) -> str:
    joined = "".join(entity[0].split())
    return joined if joined[1] == "#" or joined[1:] in html5 else entity[0]
