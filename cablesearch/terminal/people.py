"""The people of a corpus as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .counts import count_of, put_counts
from .page import Page, styled

if TYPE_CHECKING:
    from ..people.registry import NamedPerson
    from ..search.results import Dossier

MAX_COUNTS = 10  # forms, companions and posts of a person
MAX_CABLES = 12  # of a person


def people_text(people: Sequence[NamedPerson], *, limit: int, width: int = 80, colour: bool = False) -> str:
    """Return people with the number of paragraphs that name them, most frequent first."""
    page = Page(width, colour)
    put_counts(page, {person.name: person.paragraphs for person in people}, limit)
    page.put(styled(f"{len(people):,} people" if len(people) != 1 else "1 person", "faint"))
    return str(page)


def dossiers_text(found: Sequence[Dossier], *, width: int = 80, colour: bool = False) -> str:
    """Return everything known about the first person, and who else may be meant."""
    page = Page(width, colour)
    first, *others = found
    page.put(styled(first.person.name, "title"))
    span = f", {first.first} to {first.last}" if first.first else ""
    page.put(count_of(first.paragraphs, "paragraph") + span, "  ")
    parts = (("Forms", first.person.forms), ("Named with", first.others), ("Sent by", first.origins))
    for title, counts in parts:
        if counts:
            page.gap()
            page.put(styled(title, "title"))
            put_counts(page, counts, MAX_COUNTS)
    if first.person.may_be:
        page.gap()
        page.put(styled("May be any of these, and counts for none", "title"))
        page.put("; ".join(first.person.may_be), "  ")
        page.put("people.toml can decide: see docs/people.md", "  ")
    page.gap()
    page.put(styled("Cables, the latest first", "title"))
    page.put(" ".join(first.cables[:MAX_CABLES]) + (" …" if len(first.cables) > MAX_CABLES else ""), "  ")
    if others:
        page.gap()
        page.put(styled("Or do you mean", "title"))
        put_counts(page, {other.person.name: other.paragraphs for other in others}, MAX_COUNTS)
    return str(page)
