"""The people of a corpus, to be read and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..export.csv import table
from ..export.json import dumps
from .counts import counted, put_counts
from .page import Page, styled

if TYPE_CHECKING:
    from ..people.registry import NamedPerson
    from ..search.results import Dossier

SHOWN = 10  # forms, companions and posts of a person
CABLES = 12  # of a person, on the page


def people_text(people: Sequence[NamedPerson], *, limit: int, width: int = 80, colour: bool = False) -> str:
    """Give people, each with how many paragraphs name them, the most named first."""
    page = Page(width, colour)
    put_counts(page, {person.name: person.paragraphs for person in people}, limit)
    page.put(styled(f"{len(people):,} people" if len(people) != 1 else "1 person", "faint"))
    return str(page)


def dossiers_text(found: Sequence[Dossier], *, width: int = 80, colour: bool = False) -> str:
    """Give all that is known of the first person, and who else may be meant."""
    page = Page(width, colour)
    first, *others = found
    page.put(styled(first.person.name, "title"))
    span = f", {first.first} to {first.last}" if first.first else ""
    page.put(counted(first.paragraphs, "paragraph") + span, "  ")
    parts = (("Forms", first.person.forms), ("Named with", first.others), ("Sent by", first.origins))
    for title, counts in parts:
        if counts:
            page.gap()
            page.put(styled(title, "title"))
            put_counts(page, counts, SHOWN)
    page.gap()
    page.put(styled("Cables, the latest first", "title"))
    page.put(" ".join(first.cables[:CABLES]) + (" …" if len(first.cables) > CABLES else ""), "  ")
    if others:
        page.gap()
        page.put(styled("Or do you mean", "title"))
        put_counts(page, {other.person.name: other.paragraphs for other in others}, SHOWN)
    return str(page)


def people_json(people: Sequence[NamedPerson], limit: int) -> str:
    """Give people as one object."""
    listed = [{"name": p.name, "paragraphs": p.paragraphs, "forms": p.forms} for p in people[:limit]]
    return dumps({"total": len(people), "people": listed})


def dossiers_json(found: Sequence[Dossier]) -> str:
    """Give the people that a name may mean as one object."""
    return dumps({"total": len(found), "people": [_dossier(one) for one in found]})


def _dossier(one: Dossier) -> dict[str, Any]:
    return {
        "name": one.person.name,
        "paragraphs": one.paragraphs,
        "forms": one.person.forms,
        "first": one.first.isoformat() if one.first else None,
        "last": one.last.isoformat() if one.last else None,
        "others": _most(one.others),
        "origins": one.origins,
        "cables": list(one.cables),
    }


def _most(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(islice(counts.items(), 100))


def people_csv(people: Sequence[NamedPerson], limit: int) -> str:
    """Give people a row each."""
    rows = ((p.name, str(p.paragraphs), "; ".join(p.forms)) for p in people[:limit])
    return table(("name", "paragraphs", "forms"), rows)
