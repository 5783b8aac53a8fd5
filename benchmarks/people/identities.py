"""Whom the program takes names in cables for: within a cable, and over all cables together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from cablesearch.analysis.words import fold
from cablesearch.model.cable import Cable, Person
from cablesearch.model.names import SUFFIXES
from cablesearch.people.registry import Overrides, join_names

from .labels import letters, paragraph_key


class Identity(NamedTuple):
    """Whom the program takes a name in a paragraph for.

    Attributes:
        full_name: the fullest form in the cable.
        person: the name that all cables together give; None where the program does not decide.
    """

    cable: str
    full_name: str
    person: str | None

    def is_same(self, other: Identity) -> bool:
        """Whether the program takes both names for one person."""
        if self.cable == other.cable and self.full_name == other.full_name:
            return True
        return self.person is not None and self.person == other.person


class Identities:
    """Whom the program takes each name in some cables for.

    Args:
        cables: all that are joined, with the people named in them.
    """

    def __init__(self, cables: Iterable[Cable]) -> None:
        self._people: dict[tuple[str, str], tuple[Person, ...]] = {}
        counts: Counter[str] = Counter()
        for cable in cables:
            for paragraph in cable.paragraphs:
                self._people[cable.id, paragraph_key(paragraph)] = paragraph.people
                counts.update({person.full_name for person in paragraph.people})
        self._persons = _persons_by_form(counts)

    def find(self, cable: str, paragraph: str, name: str) -> Identity | None:
        """Return whom a name in a paragraph is taken for; None where it is not found, or for several."""
        found = find_person(self._people.get((cable, paragraph), ()), name)
        return Identity(cable, found.full_name, self._persons.get(found.full_name)) if found else None


def _persons_by_form(counts: Mapping[str, int]) -> dict[str, str]:
    return {form: person.name for person in join_names(counts, Overrides()) for form in person.forms}


def find_person(people: Sequence[Person], name: str) -> Person | None:
    """Return the person of a paragraph whom a name in it means, None for nobody or several.

    First those count whose name there has the same words, then more, then fewer, then those whose full
    name has them. The program tells which people a paragraph names, and not where: a name may mean several.
    """
    words = letters(name)
    rules: tuple[Callable[[Person], bool], ...] = (
        lambda person: letters(person.name) == words,
        lambda person: letters(person.name) > words,
        lambda person: frozenset() < letters(person.name) < words,
        lambda person: letters(person.full_name) >= words,
    )
    found = next((some for fits in rules if (some := [*filter(fits, people)])), [])
    return found[0] if len(found) == 1 else None


def surname(name: str) -> str:
    """Return a name's last word, folded: that two names share it is what a simple program goes by.

    >>> surname("Killian, Jr."), surname("de Villepin")
    ('killian', 'villepin')
    """
    words = [word for word in re.findall(r"[^\W\d_]+", fold(name)) if word not in SUFFIXES]
    return words[-1] if words else ""
