"""Whom the program takes names in cables for: within a cable, and over all cables together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cablesearch.analysis.words import fold
from cablesearch.model.cable import Cable, Person
from cablesearch.model.names import SUFFIXES
from cablesearch.people.registry import Overrides, facet_value, join_names

from .labels import letters, paragraph_key


class Identity(NamedTuple):
    """Whom the program takes a name in a paragraph for.

    Attributes:
        name: the fullest form in the paragraph.
        full_name: the fullest form in the cable.
        person: the name that all cables together give; None where the program does not decide.
    """

    cable: str
    name: str
    full_name: str
    person: str | None

    @property
    def label(self) -> Hashable:
        """What is equal for names that the program takes for one person's.

        Names that it does not decide over all cables may still be decided within one.
        """
        return self.person or (self.cable, self.full_name)


class Identities:
    """Whom the program takes each name in some cables for.

    Args:
        cables: all that are joined, with the people named in them.
    """

    def __init__(self, cables: Iterable[Cable]) -> None:
        self._people: dict[tuple[str, str], tuple[Person, ...]] = {}
        counts: Counter[str] = Counter()
        years: set[int] = set()
        for cable in cables:
            years.update({cable.created.year} if cable.created else ())
            for paragraph in cable.paragraphs:
                self._people[cable.id, paragraph_key(paragraph)] = paragraph.people
                counts.update(set(map(facet_value, paragraph.people)))
        people = join_names(counts, Overrides(), (min(years), max(years)) if years else None)
        self._persons = {value: person.name for person in people for value in person.values}

    def find(self, cable: str, paragraph: str, name: str) -> Identity | None:
        """Return whom a name in a paragraph is taken for; None where it is not found, or for several."""
        found = find_person(self._people.get((cable, paragraph), ()), name)
        if not found:
            return None
        return Identity(cable, found.name, found.full_name, self._persons.get(facet_value(found)))


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


@dataclass
class Tally:
    """Counts of pairs of mentions: of one person in truth, by the verdict, by both; all."""

    same: int = 0
    joined: int = 0
    both: int = 0
    pairs: int = 0

    def add(self, truth: bool, verdict: bool) -> None:
        """Count a pair."""
        self += Tally(truth, verdict, truth and verdict, 1)

    def __iadd__(self, other: Tally) -> Tally:
        self.same += other.same
        self.joined += other.joined
        self.both += other.both
        self.pairs += other.pairs
        return self

    def __sub__(self, other: Tally) -> Tally:
        return Tally(
            self.same - other.same,
            self.joined - other.joined,
            self.both - other.both,
            self.pairs - other.pairs,
        )

    @property
    def precision(self) -> float:
        return self.both / self.joined if self.joined else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.same if self.same else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.both / max(1, self.same + self.joined)

    @property
    def right(self) -> float:
        """The share of the pairs on which verdict and truth agree."""
        return 1 - (self.same + self.joined - 2 * self.both) / max(1, self.pairs)

    def __str__(self) -> str:
        return f"precision {self.precision:.3f} recall {self.recall:.3f}"


def count_pairs(mentions: Iterable[tuple[Hashable, Hashable]]) -> Tally:
    """Count all pairs of some mentions, each given as who it is in truth, and by the verdict.

    >>> count_pairs([("a", 1), ("a", 1), ("b", 1)])
    Tally(same=1, joined=3, both=1, pairs=3)
    """
    both = Counter(mentions)
    truth: Counter[Hashable] = Counter()
    verdict: Counter[Hashable] = Counter()
    for (who, taken_for), n in both.items():
        truth[who] += n
        verdict[taken_for] += n
    same, joined, agreed = (sum(map(_pairs_of, some.values())) for some in (truth, verdict, both))
    return Tally(same, joined, agreed, _pairs_of(both.total()))


def _pairs_of(n: int) -> int:
    return n * (n - 1) // 2


def surname(name: str) -> str:
    """Return a name's last word, folded: that two names share it is what a simple program goes by.

    >>> surname("Killian, Jr."), surname("de Villepin")
    ('killian', 'villepin')
    """
    words = [word for word in re.findall(r"[^\W\d_]+", fold(name)) if word not in SUFFIXES]
    return words[-1] if words else ""
