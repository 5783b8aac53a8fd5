"""A Cablegate page as copied from a browser: text, with the site's own text above and below the cable.

In place of the page's table it has a row of headings and one of values:

    Reference ID Created Released Classification Origin
    07ASTANA48 2007-01-08 12:31 2011-08-30 01:44 CONFIDENTIAL Embassy Astana
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.classification import LEVELS, OFFICIAL_USE, alternatives
from ..model.reference_id import canonical
from .entities import decode_entities, rejoin_entities
from .extract import strip_warning
from .moments import parse_moment
from .record import Failure, Record
from .site import strip_site
from .source import Source

NAME = "pasted page"

_DATE = r"\d{4}-\d\d-\d\d(?:[ \t]+\d\d:\d\d(?::\d\d)?)?"
_CLASSIFICATION = rf"(?:{alternatives(LEVELS.values())})(?://(?:{OFFICIAL_USE}|[A-Z]+))*".replace(" ", r"\s")
_POST = r"(?:(?=[^\n]*[a-z])[^\n\d:]{4,60}|[A-Z]{4,8})"
# The values stand side by side or one below the other; in the latter case the post's line must not be the
# cable's first line.
_ROW = re.compile(
    rf"""Reference\s++ID\s++Created\s++(?:Released\s++)?Classification\s++Origin\s++
    (?P<id>\d\d[ \t]?[A-Z]\S*)
    (?:\s++(?P<created>{_DATE}))?
    (?:\s++(?P<released>{_DATE}))?
    (?:\s++(?P<classification>{_CLASSIFICATION}))?
    (?:[ \t]++(?P<origin>\S[^\n]*+)|[ \t]*+\n[ \t]*+(?P<below>{_POST})(?=\n))?""",
    re.VERBOSE,
)
_TITLE = re.compile(r"^[ \t]*Viewing cable (?P<id>\w+),[ \t]*(?P<subject>\S[^\n]*)$", re.MULTILINE)


def sniff(start: str, file: str) -> bool:
    """Whether the row of headings is in its start."""
    return bool(_ROW.search(start))


def read(source: Source) -> Iterator[Record | Failure]:
    """Yield the cable below each row of headings."""
    text = rejoin_entities(source.text())
    rows = list(_ROW.finditer(text))
    titles = {title["id"]: title["subject"].strip() for title in _TITLE.finditer(text)}
    for number, row in enumerate(rows, 1):
        end = rows[number].start() if number < len(rows) else len(text)
        message, partial = strip_warning(strip_site(decode_entities(text[row.end() : end])))
        name = source.name if len(rows) == 1 else f"{source.name}#{number}"
        if not message.strip():
            yield Failure(name, "a cable's table, but no cable under it")
            continue
        yield Record(
            format=NAME,
            source=name,
            message=message,
            id=canonical(row["id"]) or row["id"],
            created=parse_moment(row["created"]),
            released=parse_moment(row["released"]),
            classification=row["classification"],
            origin=(row["origin"] or row["below"] or "").strip() or None,
            subject=titles.get(row["id"]),
            partial=partial,
        )
