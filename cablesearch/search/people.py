"""The people of an index: who is named in which paragraphs, with the names joined over all cables.

Lists, facets, dossiers and `person:` all count here, so that they agree: a person is named in the paragraphs
that have one of the person's values in the column `who`, whatever else a query asks for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from heapq import nlargest
from itertools import combinations, takewhile
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from ..engines.contract import Reader
from ..people.keys import Key, asked_keys, name_key, value_parts
from ..people.registry import (
    NamedPerson,
    Overrides,
    find_people,
    in_order,
    is_called,
    join_names,
    restrict,
    who_term,
)
from ..query.tree import EVERYTHING, All, Filter, Term, Tree, any_of
from .results import People

if TYPE_CHECKING:
    from ..people.corrections import Correction
    from .people_cache import PeopleCache

MAX_COUNTED = 200  # people; rather than more, all that an answer names are counted
READ_MEANWHILE = 1_000  # paragraphs whose people are read from a column while one person is counted
CAUTION = 0.9  # of a guess: to count again takes longer than to count a few more


class PeopleIndex:
    """The people of an index; their names are joined when first asked for.

    Args:
        overrides: what the user says about them.
        cache: a file in which they are kept for the next time, None for no such file.
        of: as of `PeopleCache`.
    """

    def __init__(
        self, reader: Reader, overrides: Overrides, cache: Path | None = None, of: Sequence[str] = ()
    ) -> None:
        self._reader = reader
        self._overrides = overrides
        self._cache_file = cache
        self._of = of

    @cached_property
    def _cache(self) -> PeopleCache | None:
        from .people_cache import PeopleCache

        return PeopleCache(self._cache_file, self._overrides, self._of) if self._cache_file else None

    @cached_property
    def everyone(self) -> list[NamedPerson]:
        """All people, the most named first."""
        people: list[NamedPerson] | None = self._cache.read() if self._cache else None
        if people is None:
            people = self._join()
            if self._cache:
                self._cache.write(people)
        return people

    def _join(self) -> list[NamedPerson]:
        counts = self._reader.facets(EVERYTHING, ["person"])["person"]
        years = [day.year for day in self._reader.days(EVERYTHING)]  # in order
        people = join_names(counts, self._overrides, (years[0], years[-1]) if years else None)
        joined = [in_paragraphs(person) for person in people if len(person.values) > 1]
        counted = iter(self._reader.counts(joined))
        return in_order(
            replace(person, paragraphs=next(counted)) if len(person.values) > 1 else person
            for person in people
        )

    def among(self, tree: Tree, limit: int | None = None, offset: int = 0, called: str = "") -> People:
        """Return the people named in the paragraphs that a tree matches, the most named there first.

        Args:
            limit: how many are wanted, from an offset on; None for all.
            called: what one of their names has to have in it.
        """
        if tree == EVERYTHING:
            return self._of_all(limit, offset, called)
        counts = self._by_rank(self._reader.facets(tree, ["person"])["person"])
        if called:
            counts = {rank: some for rank, some in counts.items() if _is_called(called, self.everyone[rank])}
        until = None if limit is None else offset + limit
        found = self._most(tree, counts, until)
        return People(found[offset:until], total=len(counts))

    def leading(self, tree: Tree, limit: int | None, total: int) -> dict[str, int]:
        """Count the paragraphs that name the first of `among`, in less time where there are many others.

        Nobody is named more often here than in all paragraphs. So where many match, the first of all people
        are counted; elsewhere, those whom the engine's leading values tell.

        Args:
            total: how many paragraphs the tree matches.
        """
        found: Sequence[NamedPerson] = ()
        if limit and tree != EVERYTHING:
            found = self._first_of_all(tree, limit, total) or self._first_told(tree, limit)
        return {person.name: person.paragraphs for person in found or self.among(tree, limit)}

    def _first_of_all(self, tree: Tree, limit: int, total: int) -> list[NamedPerson]:
        """Return the first people as they are counted in the order of all; [] if these would be too many."""

        def may_reach(least: float) -> Sequence[int]:
            first = bisect_right(self.everyone, -least, key=lambda person: -person.paragraphs)
            return range(first if first * READ_MEANWHILE <= total else 0)

        share = total / max(self._reader.size()[1], 1)
        last = min((person.paragraphs for person in self.everyone[:limit]), default=0)
        return self._first(tree, limit, share * last, may_reach)

    def _first_told(self, tree: Tree, limit: int) -> list[NamedPerson]:
        """Return the first people as the most frequent values tell them; [] if they do not."""
        leading, missed, others = self._reader.leading(tree, "person")
        counts = self._by_rank(leading)
        if not others:
            return self._most(tree, counts, limit)

        def at_most(rank: int) -> int:
            some, person = counts.get(rank, {}), self.everyone[rank]
            here = sum(some.get(value, others - missed) + missed for value in person.values)
            return min(here, person.paragraphs)

        def may_reach(least: float) -> Sequence[int]:
            if least <= others:
                return []
            # Who has no leading value may have so many others as to do as well.
            several = takewhile(
                lambda rank: others * len(self.everyone[rank].values) >= least, self._by_values
            )
            return [rank for rank in {*counts, *several} if at_most(rank) >= least]

        best = nlargest(limit, (sum(some.values()) for some in counts.values()))
        return self._first(tree, limit, best[-1] if len(best) == limit else 0, may_reach)

    def _first(
        self, tree: Tree, limit: int, least: float, may_reach: Callable[[float], Sequence[int]]
    ) -> list[NamedPerson]:
        """Return the first people, with their paragraphs here; [] if too many would have to be counted.

        Args:
            least: a guess in how many paragraphs the last one is named.
            may_reach: returns who may be named in so many, by the places in `everyone`; [] if too many.
        """
        least *= CAUTION
        while 0 < len(ranks := may_reach(least)) <= MAX_COUNTED:
            some = [self.everyone[rank] for rank in ranks]
            counts = self._reader.counts_among(tree, "who", map(_terms, some))
            named = (replace(one, paragraphs=n) for one, n in zip(some, counts, strict=True) if n)
            found = in_order(named)[:limit]
            reached = found[-1].paragraphs if len(found) == limit else 0
            if reached >= least:
                return found
            least = reached
        return []

    def _by_rank(self, values: Mapping[str, int]) -> dict[int, dict[str, int]]:
        """Return counts by value for each person, by the place in `everyone`."""
        counts: dict[int, dict[str, int]] = defaultdict(dict)
        for value, count in values.items():
            if value in self._ranks:
                counts[self._ranks[value]][value] = count
        return counts

    def _most(
        self, tree: Tree, counts: Mapping[int, Mapping[str, int]], limit: int | None
    ) -> list[NamedPerson]:
        """Return the people whom the paragraphs that a tree matches name most.

        A person is named in at most as many as have one of the values: who comes behind the last one wanted
        even so need not be counted.

        Args:
            counts: these paragraphs by the values of each person, by the place in `everyone`.
        """
        at_most = {rank: sum(some.values()) for rank, some in counts.items()}
        ranks = sorted(at_most, key=lambda rank: (-at_most[rank], rank))
        found = self._restrict(tree, counts, ranks[:limit])
        least = min((person.paragraphs for person in found), default=inf)
        more = takewhile(lambda rank: at_most[rank] >= least, ranks[len(found) :])
        return in_order([*found, *self._restrict(tree, counts, more)])[:limit]

    def _of_all(self, limit: int | None, offset: int, called: str) -> People:
        """Return the most named people of all; a few are read without the others."""
        if limit is not None and self._cache:
            kept = self._cache.read(limit, offset, called)
            if kept is not None:
                return kept
        people = [one for one in self.everyone if _is_called(called, one)] if called else self.everyone
        return People(people[offset : None if limit is None else offset + limit], total=len(people))

    def meant(self, name: str, tree: Tree) -> tuple[list[NamedPerson], dict[str, int]]:
        """Return everyone named in the paragraphs that a tree matches whom a name may mean.

        Returns:
            They, the most named first; and the surnames alone that may be the first one's but are counted
            apart, with their paragraphs.
        """
        key = name_key(name)
        cache = self._cache if key and tree == EVERYTHING else None
        some = cache.with_word(key) if cache else None
        people = self.among(tree) if some is None else some
        found = [*find_people(people, name)]
        if not found:
            return [], {}
        near = cache.near(found[0]) if cache and some is not None else None
        return found, undecided(found[0], people if near is None else near)

    def named(self, key: Key) -> Tree | None:
        """Return the tree for the paragraphs that name whoever has a full name, None if nobody has it.

        That is the person who is called so, else everyone of whom it is a form. One word is no full name,
        unless the user gives it to somebody.
        """
        given = self._overrides.names.get(key)
        if len(key) < 2 and not given:
            return None
        people = self._with_key(name_key(given) if given else key)
        return any_of(map(in_paragraphs, people)) if people else None

    def together(self, name: str, others: Sequence[str]) -> dict[tuple[str, str], int]:
        """Return how many paragraphs name a person and two of some others, for pairs that one names.

        Args:
            name, others: the names of people as lists have them.
        """
        found = {name: in_paragraphs(one) for name in (name, *others) if (one := self._called(name))}
        pairs = [pair for pair in combinations(others, 2) if found.keys() >= {name, *pair}]
        counts = self._reader.counts([All((found[name], found[one], found[other])) for one, other in pairs])
        return {pair: count for pair, count in zip(pairs, counts, strict=True) if count}

    def _called(self, name: str) -> NamedPerson | None:
        return next((one for one in self._with_key(name_key(name)) if one.name == name), None)

    def _with_key(self, key: Key) -> list[NamedPerson]:
        """Return the people whose name has a key; if there are none, those with a form that has it."""
        kept = self._cache.find(key) if self._cache else None
        if kept is not None:
            return kept
        return [one for one in self.everyone if key in asked_keys(one.name)] or [
            one for one in self.everyone if any(key in asked_keys(form) for form in one.forms)
        ]

    def spelt_out(self, correction: Correction) -> list[Correction]:
        """Return all that has to be said for a correction to hold.

        A name that a cable's offices tell to be somebody's (Quell, who is known as Ada Quell) is to be apart
        from that name, too, which may be spelt otherwise than the person's.
        """
        if correction.kind != "apart":
            return [correction]
        key = name_key(correction.other)
        values = (value for one in self.everyone if one.name == correction.name for value in one.values)
        known = [
            known_as for name, known_as in map(value_parts, values) if known_as and name_key(name) == key
        ]
        names = {name_key(name): name for name in (*known, correction.name)}
        return [correction._replace(name=name) for name in names.values()]

    def _restrict(
        self, tree: Tree, counts: Mapping[int, Mapping[str, int]], ranks: Iterable[int]
    ) -> list[NamedPerson]:
        """Return people as the paragraphs that a tree matches name them.

        Args:
            counts: as of `_most`.
            ranks: their places in `everyone`.
        """
        found = {rank: restrict(self.everyone[rank], counts[rank]) for rank in ranks}
        several = [rank for rank, person in found.items() if len(person.values) > 1 and self._share(rank)]
        exact = self._reader.counts_among(tree, "who", (_terms(found[rank]) for rank in several))
        for rank, paragraphs in zip(several, exact, strict=True):
            found[rank] = replace(found[rank], paragraphs=paragraphs)
        return [*found.values()]

    def _share(self, rank: int) -> bool:
        """Whether a paragraph has two values of a person."""
        person = self.everyone[rank]
        return person.paragraphs < sum(person.forms.values())

    @cached_property
    def _by_values(self) -> list[int]:
        """The places in `everyone` of those who have several values, those with the most first."""
        ranks = [rank for rank, person in enumerate(self.everyone) if len(person.values) > 1]
        return sorted(ranks, key=lambda rank: -len(self.everyone[rank].values))

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        """The place of each value's person in `everyone`."""
        return {value: rank for rank, person in enumerate(self.everyone) for value in person.values}


def _is_called(part: str, person: NamedPerson) -> bool:
    return is_called(part, (person.name, *person.forms))


def undecided(person: NamedPerson, people: Iterable[NamedPerson]) -> dict[str, int]:
    """Return the surnames alone that may be a person's but are counted apart, with their paragraphs."""
    surname = name_key(person.name)[-1:]
    return {
        other.name: other.paragraphs
        for other in people
        if other.name != person.name and (person.name in other.may_be or name_key(other.name) == surname)
    }


def in_paragraphs(person: NamedPerson) -> Tree:
    """Return the tree for the paragraphs that name a person."""
    return Filter(any_of(Term("who", term) for term in _terms(person)))


def _terms(person: NamedPerson) -> list[str]:
    """Return what a person is in the column `who`."""
    return [who_term(value) for value in person.values]
