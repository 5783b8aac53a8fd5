"""The people of a corpus: the forms of a name joined over all cables, by the names and by the user's word.

`people.toml` in the folder of the index is the user's; it wins, and no build touches it:

    nobody = ["Camp David"]                                 # no person
    apart = [["Viktor Orlan", "Orlan"]]                     # not one person

    [[person]]
    name = "Karim Masimov"                                  # one person
    also = ["K. Masimov", "Masimow"]
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..analysis.sounding import sounds
from ..errors import QueryError

FILE = "people.toml"
CLEARLY = 5  # times that one fuller name must be more frequent than the next, to be what a short one means

Key = tuple[str, ...]  # the sounds of a name's words


@dataclass(frozen=True)
class NamedPerson:
    """A person of the corpus.

    Attributes:
        name: the form that is named most among the fullest.
        forms: all forms, most named first, and how many paragraphs name each.
    """

    name: str
    forms: dict[str, int]

    @property
    def paragraphs(self) -> int:
        return sum(self.forms.values())


@dataclass(frozen=True)
class Overrides:
    """What the user says in `people.toml`.

    Attributes:
        names: by the key of each form, the name of the person.
        apart: pairs of keys that are not one person.
        nobody: keys of what is no person.
    """

    names: dict[Key, str] = field(default_factory=dict)
    apart: frozenset[frozenset[Key]] = frozenset()
    nobody: frozenset[Key] = frozenset()

    def forms(self, key: Key) -> list[Key]:
        """Give the keys of all forms of the person that a form is of."""
        name = self.names.get(key)
        return [form for form, of in self.names.items() if of == name] if name else []


def read_overrides(file: Path) -> Overrides:
    """Read what the user says; nothing where there is no such file.

    Raises:
        QueryError: the file is not as it has to be.
    """
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return Overrides()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise QueryError(f"{file}: {error}: mend it, or take it away") from error
    try:
        return _said(table)
    except (TypeError, KeyError, AttributeError) as error:
        raise QueryError(
            f'{file}: write nobody = ["..."], apart = [["...", "..."]] or [[person]] with name and also'
        ) from error


def _said(table: dict[str, list[dict[str, list[str]]]]) -> Overrides:
    people = [(str(entry["name"]), entry.get("also", [])) for entry in table.get("person", ())]
    pairs = (frozenset(map(key, pair)) for pair in table.get("apart", ()))
    nobody = frozenset(key(str(name)) for name in table.get("nobody", ()))
    return Overrides(
        {key(form): name for name, also in people for form in (name, *also)}, frozenset(pairs), nobody
    )


def key(name: str) -> Key:
    return tuple(sounds(name))


def join_names(counts: Mapping[str, int], said: Overrides) -> list[NamedPerson]:
    """Give the people that names stand for, the most named first.

    Args:
        counts: paragraphs by name.
        said: what the user says of them.
    """
    groups: dict[Key, dict[str, int]] = {}
    for name, count in counts.items():
        own = key(name)
        if own and own not in said.nobody:
            groups.setdefault(key(said.names.get(own, name)), {})[name] = count
    by_word: dict[str, list[Key]] = defaultdict(list)
    for group in sorted(groups, key=lambda group: (-_fullness(group), -sum(groups[group].values()))):
        fuller = _meant(group, by_word, groups, said)
        if fuller:
            groups[fuller] |= groups.pop(group)
            continue
        for word in set(group):
            by_word[word].append(group)
    people = [_named(group, forms, said) for group, forms in groups.items()]
    return sorted(people, key=lambda one: (-one.paragraphs, one.name))


def _fullness(group: Key) -> int:
    return sum(1 if len(word) == 1 else 3 for word in group)


def _meant(
    group: Key, by_word: Mapping[str, list[Key]], groups: Mapping[Key, dict[str, int]], said: Overrides
) -> Key | None:
    """Give the fuller name that a shorter one means, None where it may mean several."""
    near = [
        other
        for other in by_word.get(group[-1], ())
        if _fits(group, other) and frozenset((group, other)) not in said.apart
    ]
    near.sort(key=lambda other: -sum(groups[other].values()))
    if group in map(key, said.names.values()) or not near:
        return None
    first, *others = (sum(groups[other].values()) for other in near)
    return near[0] if not others or first >= CLEARLY * others[0] else None


def _fits(short: Key, full: Key) -> bool:
    """Tell whether each word of a name is one of another's, or the initial of one, in their order or not."""
    rest = list(full)
    for word in sorted(short, key=len, reverse=True):
        found = next((w for w in rest if w == word or (len(word) == 1 and w.startswith(word))), None)
        if found is None:
            return False
        rest.remove(found)
    return True


def _named(group: Key, forms: dict[str, int], said: Overrides) -> NamedPerson:
    ordered = dict(sorted(forms.items(), key=lambda form: (-form[1], form[0])))
    best = max(ordered, key=lambda form: (_fullness(key(form)), ordered[form]))
    return NamedPerson(said.names.get(group, best), ordered)


def match_name(people: Iterable[NamedPerson], name: str) -> Iterator[NamedPerson]:
    """Give the people that a name may mean: one of their forms has all its words."""
    asked = key(name)
    for person in people:
        if any(_fits(asked, key(form)) for form in (person.name, *person.forms)):
            yield person
