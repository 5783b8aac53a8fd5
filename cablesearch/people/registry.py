"""The people of a corpus: the forms of a name joined over all cables, and corrected by the user.

`people.toml` in the folder of the index is the user's; it wins, and no build touches it:

    nobody = ["Camp David"]                                 # no person
    apart = [["Viktor Orlan", "Orlan"]]                     # not one person

    [[person]]
    name = "Karim Masimov"                                  # one person
    also = ["K. Masimov", "Masimow"]
"""

from __future__ import annotations

import re
import reprlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG

from ..errors import PeopleFileError
from ..model.cable import Person
from ..model.names import fullness
from .keys import KNOWN_AS, Key, main_words, name_key, value_parts

PEOPLE_FILE = "people.toml"
MAX_FILE_BYTES = 16 << 20  # ten times a file with 30,000 people
MIN_LETTERS = 2  # of a name

# A key of many parts, for which Python's parser takes quadratic time.
_DOTTED = re.compile(r"(?:\.[ \t]*+(?:[\w-]++|\"[^\"\n]{0,99}\"|'[^'\n]{0,99}')[ \t]*+){100}")


@dataclass(frozen=True, slots=True)  # there may be half a million
class NamedPerson:
    """A person of the corpus, by the names that cables use.

    Attributes:
        name: the most frequent of the fullest forms, or the one that the user gives.
        forms: all forms, the most frequent first, each with the number of paragraphs that name it.
        paragraphs: how many name the person, by one form or several.
        values: what the person is in the column `who`.
        may_be: the people of whom a surname alone may be any; their own counts are without it.
    """

    name: str
    forms: dict[str, int]
    paragraphs: int
    values: tuple[str, ...] = ()
    may_be: tuple[str, ...] = ()

    @property
    def bare_forms(self) -> dict[str, int]:
        """The forms of one word."""
        return {form: n for form, n in self.forms.items() if len(name_key(form)) == 1}

    @property
    def other_forms(self) -> dict[str, int]:
        """The forms that have not the same words as the name, and may be somebody else's."""
        own = name_key(self.name)
        return {form: n for form, n in self.forms.items() if name_key(form) != own}


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

    def __or__(self, other: Overrides) -> Overrides:
        """Return what both say; where they contradict each other, what this one says."""
        names = {key: name for key, name in other.names.items() if key not in self.nobody} | self.names
        apart = (pair for pair in other.apart if not self._joins(pair))
        return Overrides(names, self.apart.union(apart), self.nobody | other.nobody.difference(self.names))

    def _joins(self, pair: frozenset[Key]) -> bool:
        return len({self.names.get(key, key) for key in pair}) == 1


def read_overrides(file: Path) -> Overrides:
    """Read `people.toml`; without such a file there are no overrides.

    Raises:
        PeopleFileError: the file is not as it has to be.
    """
    data = read_people_file(file)
    if data is None:
        return Overrides()
    try:
        return parse_overrides(parse_toml(data))
    except ValueError as fault:
        raise PeopleFileError(f"{file}: {fault}") from None


def read_people_file(file: Path) -> bytes | None:
    """Return what is in `people.toml`, None if there is no such file.

    Raises:
        PeopleFileError: it cannot be read.
    """
    try:
        if not S_ISREG(file.stat().st_mode):  # a pipe would be waited for
            raise PeopleFileError(f"{file}: no file: take it away")
        with file.open("rb") as stream:
            return stream.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PeopleFileError(f"{file}: {error.strerror}: mend it, or take it away") from error


def parse_toml(data: bytes) -> Mapping[str, object]:
    """Return the table of a file.

    Raises:
        ValueError: it is not TOML, or more than a list of names may be.
    """
    import tomllib  # most indexes have no such file

    if len(data) > MAX_FILE_BYTES:
        raise ValueError(f"more than {MAX_FILE_BYTES >> 20} MB: keep to names")
    try:
        text = data.decode()
        if _DOTTED.search(text):
            raise ValueError("a key of many parts")
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("too many brackets inside one another: take them out") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{error}: mend it, or take it away") from None
    except ValueError:  # a number of thousands of digits
        raise ValueError("it has more than names in it: take that out") from None


_ALLOWED = {
    "nobody": 'a list of names, nobody = ["Camp David"]',
    "apart": 'pairs of two different names, apart = [["Viktor Orlan", "Orlan"]]',
    "person": '[[person]] with name = "Karim Masimov" and also = ["K. Masimov", "Masimow"]',
    "name": 'a name, name = "Karim Masimov"',
    "also": 'a list of names, also = ["K. Masimov", "Masimow"]',
}


def parse_overrides(table: Mapping[str, object]) -> Overrides:
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
    own = name_key(value) if isinstance(value, str) and sum(map(str.isalnum, value)) >= MIN_LETTERS else ()
    if not own:
        raise _fault(place, value, key)
    return own


def _fault(place: str, value: object, key: str) -> ValueError:
    what = "is missing" if value is None else f"is {reprlib.repr(value)}"
    return ValueError(f"{place} {what}: write {_ALLOWED[key]}")


def facet_value(person: Person) -> str:
    """Return what a person is counted by: the full name in the cable, and who that is where it is known."""
    return _facet_value(person.full_name, person.known_as or "")


@lru_cache(4_096)
def _facet_value(full_name: str, known_as: str) -> str:
    full_name, known_as = _in_one_line(full_name), _in_one_line(known_as)
    return f"{full_name}{KNOWN_AS}{known_as}" if known_as not in ("", full_name) else full_name


def _in_one_line(name: str) -> str:
    return " ".join(name.replace("_", " ").split())  # `who_term` needs the underscore


def who_term(value: str) -> str:
    """Return what a person is counted by as one term, which the column `who` has."""
    return value.replace(" ", "_")


def who_value(term: str) -> str:
    """Return what `who_term` made a term of."""
    return term.replace("_", " ")


def join_names(
    counts: Mapping[str, int], overrides: Overrides, years: tuple[int, int] | None = None
) -> list[NamedPerson]:
    """Return the people that names stand for, the most named first.

    A paragraph that names a person by two values is counted twice: `paragraphs` is then too high.

    Args:
        counts: paragraphs by name, as `facet_value` gives it.
        years: of the first and the last cable, None if that is unknown.
    """
    from .joining import Joiner  # a search has the names joined already

    parted = _parted_alike(counts, overrides)
    groups: dict[Key, Counter[str]] = defaultdict(Counter)
    known: dict[Key, str] = {}
    told: dict[Key, Counter[Key]] = defaultdict(Counter)
    printed: dict[Key, str] = {}
    for value, count in counts.items():
        name, known_as = value_parts(value)
        name, who = parted.get(name_key(name), name), name_key(known_as)
        key = name_key(name)
        if not key or key in overrides.nobody:
            continue
        if key in overrides.names:
            key = name_key(overrides.names[key])
        elif who and frozenset((key, who)) not in overrides.apart:
            person = name_key(overrides.names.get(who) or parted.get(who, known_as))
            printed[key] = name
            told[key][person] += count
            key = person
            known[key] = known_as
        groups[key][value] += count
    fixed = frozenset(map(name_key, overrides.names.values()))
    names = printed | {
        key: overrides.names.get(key)
        or parted.get(key)
        or known.get(key)
        or value_parts(values.most_common(1)[0][0])[0]
        for key, values in groups.items()
    }
    may_be = Joiner(groups, names, fixed, overrides.apart, told, years).join()
    people = {
        key: _make_person(key, values, overrides.names.get(key), known.get(key))
        for key, values in groups.items()
    }
    _tell_apart(people, known)
    for key, others in may_be.items():
        people[key] = replace(people[key], may_be=tuple(sorted(people[other].name for other in others)))
    return in_order(people.values())


def _parted_alike(counts: Mapping[str, int], overrides: Overrides) -> dict[Key, str]:
    """Return the most used of names that differ only in how they are parted, by their keys: En-lai, Enlai."""
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    for value, count in counts.items():
        for name in value_parts(value):
            words = main_words(name)
            if min(map(len, words), default=1) > 1:  # an initial is no part of a word
                uses["".join(words)][name] += count
    given = {*overrides.names, *overrides.nobody}.union(*overrides.apart)
    found: dict[Key, str] = {}
    for names in uses.values():
        keys = Counter[Key]()
        for name, count in names.items() if len(names) > 1 else ():
            keys[name_key(name)] += count
        if len(keys) > 1 and given.isdisjoint(keys):
            key, _ = keys.most_common(1)[0]
            most = max((name for name in names if name_key(name) == key), key=names.__getitem__)
            found.update(dict.fromkeys(keys, most))
    return found


def _tell_apart(people: dict[Key, NamedPerson], known: Mapping[Key, str]) -> None:
    """Give each of several people with one name another of their names, but for the one named most."""
    taken: set[str] = set()
    for key, person in sorted(people.items(), key=lambda item: -item[1].paragraphs):
        if person.name in taken:
            others = filter(None, (known.get(key), *person.forms, " ".join(key).title()))
            name = next((name for name in others if name not in taken), person.name)
            people[key] = person = replace(person, name=name)
        taken.add(person.name)


def in_order(people: Iterable[NamedPerson]) -> list[NamedPerson]:
    """Return people, the most named first."""
    return sorted(people, key=lambda person: (-person.paragraphs, person.name))


def is_called(part: str, names: Iterable[str]) -> bool:
    """Whether one of somebody's names has a text in it, in capitals or not."""
    return any(part.casefold() in name.casefold() for name in names)


def _fits(short: Key, full: Key) -> bool:
    """Whether each word of a name is one of another's, or the initial of one, in whatever order."""
    rest = list(full)
    for word in sorted(short, key=len, reverse=True):
        found = next((w for w in rest if w == word or (len(word) == 1 and w.startswith(word))), None)
        if found is None:
            return False
        rest.remove(found)
    return True


def _forms(values: Mapping[str, int]) -> dict[str, int]:
    """Return the forms that values stand for, the most frequent first."""
    forms: Counter[str] = Counter()
    for value, count in values.items():
        forms[value_parts(value)[0]] += count
    return _most_frequent_first(forms)


def _most_frequent_first(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda count: (-count[1], count[0])))


def _make_person(key: Key, values: Counter[str], given: str | None, known_as: str | None) -> NamedPerson:
    """Return a person by the name that the user gives, the full form most used, or the usual one.

    The usual one, too, where a misprint is used most: Zulfakir Bhutto.
    """
    ordered = _forms(values)
    fuller = {form: fullness(" ".join(name_key(form))) for form in ordered}
    full = [form for form in ordered if sum(len(word) > 1 for word in name_key(form)) > 1]
    if known_as:
        from .offices import is_spelling

        full = [form for form in full if is_spelling(form, known_as)]
    if full:
        best = max(full, key=lambda form: (ordered[form], fuller[form]))
    else:
        best = known_as or max(ordered, key=lambda form: (fuller[form], ordered[form]))
    return NamedPerson(given or best, ordered, values.total(), tuple(_most_frequent_first(values)))


def restrict(person: NamedPerson, counts: Mapping[str, int]) -> NamedPerson:
    """Return a person as some paragraphs name it.

    Args:
        counts: those paragraphs by the person's values.
    """
    return replace(person, forms=_forms(counts), paragraphs=sum(counts.values()), values=tuple(counts))


def find_people(people: Iterable[NamedPerson], name: str) -> Iterator[NamedPerson]:
    """Yield the people that a name may mean: one of their forms has all its words.

    What has no words is nobody's name.
    """
    key = name_key(name)
    for person in people if key else ():
        if any(_fits(key, name_key(form)) for form in (person.name, *person.forms)):
            yield person
