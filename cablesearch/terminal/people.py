"""The people of a corpus as text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .counts import count_of, put_counts
from .page import Page, styled

if TYPE_CHECKING:
    from ..search.results import Dossier, People

MAX_COUNTS = 10  # forms, companions and posts of a person
MAX_CABLES = 12  # of a person


def people_text(people: People, *, limit: int, width: int = 80, colour: bool = False) -> str:
    """Return people with the number of paragraphs that name them, most frequent first."""
    page = Page(width, colour)
    put_counts(page, {person.name: person.paragraphs for person in people}, limit, people.total)
    page.put(styled(f"{people.total:,} people" if people.total != 1 else "1 person", "faint"))
    return str(page)


def dossiers_text(found: Sequence[Dossier], *, width: int = 80, colour: bool = False) -> str:
    """Return everything known about the first person, and who else may be meant."""
    page = Page(width, colour)
    first, *others = found
    page.put(styled(first.person.name, "title"))
    span = f", {first.first} to {first.last}" if first.first else ""
    counted = f"{count_of(first.paragraphs, 'paragraph')} in {count_of(first.cable_count, 'cable')}"
    page.put(counted + span, "  ")
    bare = first.person.bare_forms
    parts = (
        ("Forms", first.person.forms),
        ("By one word, counted", bare if bare != first.person.forms else {}),
        ("By one word, not counted: who is meant is not decided", first.undecided),
        ("Named with", first.others),
        ("Sent by", first.origins),
    )
    for title, counts in parts:
        if counts:
            page.gap()
            page.put(styled(title, "title"))
            put_counts(page, counts, MAX_COUNTS)
            if counts is first.undecided:
                _put_remedy(page, first.person.name, next(iter(counts)))
    if first.person.may_be:
        page.gap()
        page.put(styled("May be any of these, and counts for none", "title"))
        page.put("; ".join(first.person.may_be), "  ")
        _put_remedy(page, first.person.may_be[0], first.person.name)
    page.gap()
    page.put(styled("Cables, the latest first", "title"))
    page.put(" ".join(first.cables[:MAX_CABLES]) + (" …" if len(first.cables) > MAX_CABLES else ""), "  ")
    if others:
        page.gap()
        page.put(styled("Or do you mean", "title"))
        put_counts(page, {other.person.name: other.paragraphs for other in others}, MAX_COUNTS)
    return str(page)


def _put_remedy(page: Page, name: str, bare: str) -> None:
    """Say what to write in `people.toml` so that a bare name counts for somebody."""
    page.put("If it is one person, write in people.toml, in the folder of the index (docs/people.md):", "  ")
    for line in ("[[person]]", f"name = {_quoted(name)}", f"also = [{_quoted(bare)}]"):
        page.put(line, "    ")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
