"""The people of a corpus: the forms of a name joined over all cables, and corrected by the user.

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
from ..errors import PeopleFileError
from ..model.names import fullness

PEOPLE_FILE = "people.toml"
CLEAR_LEAD = 5  # times that one fuller name must be more frequent than the next, to be what a short one means

Key = tuple[str, ...]  # the sounds of a name's words


@dataclass(frozen=True)
class NamedPerson:
    """A person of the corpus, by the names that cables use.

    Attributes:
        name: the most frequent of the fullest forms, or the one that the user gives.
        forms: all forms, the most frequent first, each with the number of paragraphs that name it.
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
        names: the name of a person by the key of each form.
        apart: pairs of keys that are not one person.
        nobody: keys of names that are no person.
    """

    names: dict[Key, str] = field(default_factory=dict)
    apart: frozenset[frozenset[Key]] = frozenset()
    nobody: frozenset[Key] = frozenset()

    def forms(self, key: Key) -> list[Key]:
        """Return the keys of all forms of the person whose form this is; none if the user names no such."""
        name = self.names.get(key)
        return [form for form, of in self.names.items() if of == name] if name else []


def read_overrides(file: Path) -> Overrides:
    """Read `people.toml`; without such a file there are no overrides.

    Raises:
        PeopleFileError: the file is not as it has to be.
    """
    try:
        table: dict[str, object] = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return Overrides()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise PeopleFileError(f"{file}: {error}: mend it, or take it away") from error
    try:
        return _parse_overrides(table)
    except ValueError as fault:
        raise PeopleFileError(f"{file}: {fault}") from None


_ALLOWED = {
    "nobody": 'a list of names, nobody = ["Camp David"]',
    "apart": 'pairs of two different names, apart = [["Viktor Orlan", "Orlan"]]',
    "person": '[[person]] with name = "Karim Masimov" and also = ["K. Masimov", "Masimow"]',
    "name": 'a name, name = "Karim Masimov"',
    "also": 'a list of names, also = ["K. Masimov", "Masimow"]',
}


def _parse_overrides(table: Mapping[str, object]) -> Overrides:
    """Check the file's table.

    Raises:
        ValueError: its text tells the place of a fault, and what to write there.
    """
    _refuse_unknown(table, ("nobody", "apart", "person"), "the file")
    nobody = _name_keys(table.get("nobody", []), "nobody", "nobody")
    apart: list[frozenset[Key]] = []
    for place, pair in _entries(table.get("apart", []), "apart", "apart"):
        apart.append(frozenset(_name_keys(pair, place, "apart")))
        if len(apart[-1]) != 2:
            raise _fault(place, pair, "apart")
    names: dict[Key, str] = {}
    for place, person in _entries(table.get("person", []), "[[person]]", "person"):
        if not isinstance(person, dict):
            raise _fault(place, person, "person")
        _refuse_unknown(person, ("name", "also"), place)
        name: object = person.get("name")
        own = _name_key(name, f"name in {place}", "name")
        also = _name_keys(person.get("also", []), f"also in {place}", "also")
        names.update(dict.fromkeys((own, *also), str(name)))
    return Overrides(names, frozenset(apart), frozenset(nobody))


def _refuse_unknown(table: Mapping[str, object], known: tuple[str, ...], place: str) -> None:
    for key in table:
        if key not in known:
            raise ValueError(f"{key!r} in {place} is unknown: there are {', '.join(known)}")


def _entries(value: object, place: str, key: str) -> Iterator[tuple[str, object]]:
    """Yield the entries of a list, each with its place."""
    if not isinstance(value, list):
        raise _fault(place, value, key)
    entries: list[object] = value
    yield from ((f"entry {n} of {place}", entry) for n, entry in enumerate(entries, 1))


def _name_keys(value: object, place: str, key: str) -> list[Key]:
    return [_name_key(name, at, key) for at, name in _entries(value, place, key)]


def _name_key(value: object, place: str, key: str) -> Key:
    if not isinstance(value, str) or not name_key(value):
        raise _fault(place, value, key)
    return name_key(value)


def _fault(place: str, value: object, key: str) -> ValueError:
    what = "is missing" if value is None else f"is {value!r}"
    return ValueError(f"{place} {what}: write {_ALLOWED[key]}")


def name_key(name: str) -> Key:
    """Return what spellings of a name have in common: the sounds of its words."""
    return tuple(sounds(name))


def join_names(counts: Mapping[str, int], overrides: Overrides) -> list[NamedPerson]:
    """Return the people that names stand for, the most named first.

    Args:
        counts: paragraphs by name.
    """
    groups: dict[Key, dict[str, int]] = {}
    for name, count in counts.items():
        key = name_key(name)
        if key and key not in overrides.nobody:
            groups.setdefault(name_key(overrides.names.get(key, name)), {})[name] = count
    by_word: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(groups, key=lambda key: (-_fullness_of(key), -sum(groups[key].values()))):
        fuller = _find_fuller(key, by_word, groups, overrides)
        if fuller:
            groups[fuller] |= groups.pop(key)
            continue
        for word in set(key):
            by_word[word].append(key)
    people = [_make_person(key, forms, overrides) for key, forms in groups.items()]
    return sorted(people, key=lambda person: (-person.paragraphs, person.name))


def _fullness_of(key: Key) -> int:
    return fullness(" ".join(key))  # of its words as they are compared: a hyphen parts them


def _find_fuller(
    key: Key, by_word: Mapping[str, list[Key]], groups: Mapping[Key, dict[str, int]], overrides: Overrides
) -> Key | None:
    """Return the fuller name that a shorter one means, None where it may mean several."""
    near = [
        other
        for other in by_word.get(key[-1], ())
        if _fits(key, other) and frozenset((key, other)) not in overrides.apart
    ]
    near.sort(key=lambda other: -sum(groups[other].values()))
    if key in map(name_key, overrides.names.values()) or not near:
        return None
    first, *others = (sum(groups[other].values()) for other in near)
    return near[0] if not others or first >= CLEAR_LEAD * others[0] else None


def _fits(short: Key, full: Key) -> bool:
    """Whether each word of a name is one of another's, or the initial of one, in whatever order."""
    rest = list(full)
    for word in sorted(short, key=len, reverse=True):
        found = next((w for w in rest if w == word or (len(word) == 1 and w.startswith(word))), None)
        if found is None:
            return False
        rest.remove(found)
    return True


def _make_person(key: Key, forms: dict[str, int], overrides: Overrides) -> NamedPerson:
    ordered = dict(sorted(forms.items(), key=lambda form: (-form[1], form[0])))
    best = max(ordered, key=lambda form: (_fullness_of(name_key(form)), ordered[form]))
    return NamedPerson(overrides.names.get(key, best), ordered)


def find_people(people: Iterable[NamedPerson], name: str) -> Iterator[NamedPerson]:
    """Yield the people that a name may mean: one of their forms has all its words."""
    key = name_key(name)
    for person in people:
        if any(_fits(key, name_key(form)) for form in (person.name, *person.forms)):
            yield person
