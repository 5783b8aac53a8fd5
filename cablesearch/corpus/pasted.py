"""A Cablegate page as a reader copied it: text, with the site's furniture above and below the cable.

A row of headings and one of values stand where the page has its table:

    Reference ID Created Released Classification Origin
    07ASTANA48 2007-01-08 12:31 2011-08-30 01:44 CONFIDENTIAL Embassy Astana
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.reference_id import canonical
from .entities import decoded, mended
from .extract import unwarned
from .moments import moment
from .record import Failure, Record
from .site import without_site
from .source import Source

_DATE = r"\d{4}-\d\d-\d\d(?:[ \t]+\d\d:\d\d(?::\d\d)?)?"
_LEVEL = r"(?:UNCLASSIFIED|LIMITED\sOFFICIAL\sUSE|CONFIDENTIAL|(?:TOP\s)?SECRET)(?://(?:FOR\sOFFICIAL\sUSE\sONLY|[A-Z]+))*"
_POST = r"(?:(?=[^\n]*[a-z])[^\n\d:]{4,60}|[A-Z]{4,8})"
# The values stand side by side or below each other: then the post's line must not be the cable's first one.
_ROW = re.compile(
    rf"""Reference\s+ID\s+Created\s+(?:Released\s+)?Classification\s+Origin\s+
    (?P<id>\d\d[ \t]?[A-Z]\S*)
    (?:\s+(?P<created>{_DATE}))?
    (?:\s+(?P<released>{_DATE}))?
    (?:\s+(?P<classification>{_LEVEL}))?
    (?:[ \t]+(?P<origin>\S[^\n]*)|[ \t]*\n[ \t]*(?P<below>{_POST})(?=\n))?""",
    re.VERBOSE,
)
_TITLE = re.compile(r"^[ \t]*Viewing cable (?P<id>\w+),[ \t]*(?P<subject>\S[^\n]*)$", re.MULTILINE)


def knows(start: str, file: str) -> bool:
    """Whether the row of headings is in its start."""
    return bool(_ROW.search(start))


def read(source: Source) -> Iterator[Record | Failure]:
    """Give the cable under each row of headings."""
    text = mended(source.text())
    rows = list(_ROW.finditer(text))
    titles = {title["id"]: title["subject"].strip() for title in _TITLE.finditer(text)}
    for number, row in enumerate(rows, 1):
        end = rows[number].start() if number < len(rows) else len(text)
        message, partial = unwarned(without_site(decoded(text[row.end() : end])))
        name = source.name if len(rows) == 1 else f"{source.name}#{number}"
        if not message.strip():
            yield Failure(name, "a cable's table, but no cable under it")
            continue
        yield Record(
            source=name,
            message=message,
            id=canonical(row["id"]) or row["id"],
            created=moment(row["created"]),
            released=moment(row["released"]),
            classification=row["classification"],
            origin=(row["origin"] or row["below"] or "").strip() or None,
            subject=titles.get(row["id"]),
            partial=partial,
        )
