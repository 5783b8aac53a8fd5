"""A cable without the names that its drafter asked to protect."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from ..model.cable import Cable, Paragraph, Person

MARK = "[protected]"  # stands where a name stood

_SHORTEST = 3  # letters of a surname that is taken out where it stands alone


def redacted(cable: Cable) -> Cable:
    """Give the cable with `[protected]` wherever a protected person is named, by any form of the name.

    A name is taken out as it is written and in capitals, so that the same word in small letters stays. The
    names of others stay whole, though they share a word.
    """
    people = [person for paragraph in cable.paragraphs for person in paragraph.people]
    protected = {person.full_name for person in people if person.protected}
    if not protected:
        return cable
    hide = _hider(people, protected)
    return replace(
        cable,
        subject=cable.subject and hide(cable.subject),
        tags=tuple(map(hide, cable.tags)),
        classified_by=cable.classified_by and hide(cable.classified_by),
        paragraphs=tuple(_paragraph(each, hide, protected) for each in cable.paragraphs),
    )


def _paragraph(paragraph: Paragraph, hide: Callable[[str], str], protected: set[str]) -> Paragraph:
    people = (Person(MARK, MARK, True) if who.full_name in protected else who for who in paragraph.people)
    return replace(
        paragraph,
        text=hide(paragraph.text),
        heading=paragraph.heading and hide(paragraph.heading),
        people=tuple(dict.fromkeys(people)),
    )


def _hider(people: Iterable[Person], protected: set[str]) -> Callable[[str], str]:
    """Give what takes names out of a text."""
    hidden: set[str] = set()
    shown: set[str] = set()
    for person in people:
        of = hidden if person.full_name in protected else shown
        of.update((person.name, person.full_name))
    hidden.update(surname for name in [*hidden] if len(surname := name.split()[-1]) >= _SHORTEST)
    forms = {form for name in hidden for form in (name, name.upper())}
    kept = {form for name in shown for form in (name, name.upper()) if form not in forms}
    longest_first = sorted(forms | kept, key=lambda form: (-len(form), form))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(_spelt, longest_first))})(?!\w)")
    return lambda text: pattern.sub(lambda found: found[0] if _plain(found[0]) in kept else MARK, text)


def _spelt(form: str) -> str:
    return r"\s+".join(map(re.escape, form.split()))


def _plain(found: str) -> str:
    return " ".join(found.split())
