"""Characters that HTML writes by name or number: `&#x000A;`, `&amp;`."""

from __future__ import annotations

import html
import re
from html.entities import html5

# Only with its semicolon: "R&D", "&notwithstanding" and "&para 5" are a drafter's own words.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

# One that a copy has broken over lines: `&#` at a line's end, `x000A;` at the next one's start.
_BROKEN = re.compile(
    r"&[ \t]*\n?#[ \t]*\n?(?:[xX]\n?(?:[0-9a-fA-F]\n?){1,6}|(?:[0-9]\n?){1,7});|&(?:\w\n?){2,8};"
)


def decoded(text: str) -> str:
    """Give a text with its entities as the characters that they stand for.

    >>> decoded("R&amp;D &D 8&#x000A;")
    'R&D &D 8\\n'
    """
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text


def mended(text: str) -> str:
    """Give a text with the entities whole that were broken over a line end.

    >>> mended("would likely &#\\nx000A;provoke dispute, and so &\\non")
    'would likely &#x000A;provoke dispute, and so &\\non'
    """
    return _BROKEN.sub(_whole, text) if "&" in text else text


def _whole(entity: re.Match[str]) -> str:
    joined = "".join(entity[0].split())
    return joined if joined[1] == "#" or joined[1:] in html5 else entity[0]
