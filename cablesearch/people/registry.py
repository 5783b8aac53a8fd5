"""The people of a corpus: the forms of a name joined over all cables, and corrected by the user.

`people.toml` in the folder of the index is the user's; it wins, and no build touches it:

    nobody = ["Camp David"]                                 # no person
    apart = [["Viktor Orlan", "Orlan"]]                     # not one person

    [[person]]
    name = "Karim Masimov"                                  # one person
    also = ["K. Masimov", "Masimow"]
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from ..analysis.sounding import sounds
from ..errors import PeopleFileError
from ..model.cable import Person
from ..model.names import fullness
from .lexicon import load_lexicon

PEOPLE_FILE = "people.toml"
CLEAR_LEAD = 5  # times that one fuller name must be more frequent than the next, to be what a short one means
MAX_EXCESS = 5  # times that a surname alone may be more frequent than its only fuller name, and still be that
MIN_TURNED = 4  # letters of each word of a name that may stand in another order: not Sung Kim, Kim Sung

Key = tuple[str, ...]  # the sounds of a name's words


@dataclass(frozen=True)
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


def read_overrides(file: Path) -> Overrides:
    """Read `people.toml`; without such a file there are no overrides.

    Raises:
        PeopleFileError: the file is not as it has to be.
    """
    try:
        text = file.read_text("utf-8")
        import tomllib  # most indexes have no such file

        table: dict[str, object] = tomllib.loads(text)
    except FileNotFoundError:
        return Overrides()
    except (ValueError, OSError) as error:  # it is not TOML, or no text
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


@lru_cache(1 << 16)
def name_key(name: str) -> Key:
    """Return what spellings of a name have in common: the sounds of its words."""
    return tuple(sounds(name))


_KNOWN_AS = "|"  # stands in a value between the full name and who that is


def facet_value(person: Person) -> str:
    """Return what a person is counted by: the full name in the cable, and who that is where it is known."""
    return _facet_value(person.full_name, person.known_as or "")


@lru_cache(4_096)
def _facet_value(full_name: str, known_as: str) -> str:
    full_name, known_as = _in_one_line(full_name), _in_one_line(known_as)
    return f"{full_name}{_KNOWN_AS}{known_as}" if known_as not in ("", full_name) else full_name


def _in_one_line(name: str) -> str:
    return " ".join(name.replace("_", " ").split())  # `who_term` needs the underscore


def who_term(value: str) -> str:
    """Return what a person is counted by as one term, which the column `who` has."""
    return value.replace(" ", "_")


def who_value(term: str) -> str:
    """Return what `who_term` made a term of."""
    return term.replace("_", " ")


def join_names(counts: Mapping[str, int], overrides: Overrides) -> list[NamedPerson]:
    """Return the people that names stand for, the most named first.

    A paragraph that names a person by two values is counted twice: `paragraphs` is then too high.

    Args:
        counts: paragraphs by name, as `facet_value` gives it.
    """
    groups: dict[Key, Counter[str]] = defaultdict(Counter)
    known: dict[Key, str] = {}
    for value, count in counts.items():
        name, _, known_as = value.partition(_KNOWN_AS)
        key = name_key(name)
        if not key or key in overrides.nobody:
            continue
        if key in overrides.names:
            key = name_key(overrides.names[key])
        elif known_as and frozenset((key, name_key(known_as))) not in overrides.apart:
            key = name_key(known_as)
            known[key] = known_as
        groups[key][value] += count
    may_be = _join_shorter(groups, overrides)
    people = {
        key: _make_person(key, forms, overrides.names.get(key), known.get(key))
        for key, forms in groups.items()
    }
    _tell_apart(people, known)
    for key, others in may_be.items():
        people[key] = replace(people[key], may_be=tuple(sorted(people[other].name for other in others)))
    return in_order(people.values())


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


def _join_shorter(groups: dict[Key, Counter[str]], overrides: Overrides) -> dict[Key, list[Key]]:
    """Join shorter names to the fuller ones that they mean; return whom the others may mean."""
    may_be: dict[Key, list[Key]] = {}
    own = set(map(name_key, overrides.names.values()))
    by_word: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(groups, key=lambda key: (-_fullness_of(key), -groups[key].total())):
        near = [] if key in own else _find_fuller(key, by_word, groups, overrides)
        if len(near) == 1:
            groups[near[0]] += groups.pop(key)
            continue
        if len(key) == 1 and near:
            may_be[key] = near
        for word in set(key):
            by_word[word].append(key)
    return may_be


def _fullness_of(key: Key) -> int:
    return fullness(" ".join(key))  # of its words as they are compared: a hyphen parts them


def _find_fuller(
    key: Key,
    by_word: Mapping[str, list[Key]],
    groups: Mapping[Key, Counter[str]],
    overrides: Overrides,
) -> list[Key]:
    """Return the fuller names that a shorter one may mean: one where it means that one."""
    near = [
        other
        for other in by_word.get(key[-1], ())
        if _is_form(key, other) and frozenset((key, other)) not in overrides.apart
    ]
    near.sort(key=lambda other: -groups[other].total())
    if not near:
        return []
    first, *others = (groups[other].total() for other in near)
    if others:
        return near[:1] if first >= CLEAR_LEAD * others[0] else near
    return near if len(key) > 1 or groups[key].total() <= MAX_EXCESS * first else []


def _is_form(short: Key, full: Key) -> bool:
    """Whether a name is a shorter form of another: its words in the same order, initials for some of them.

    One word is a surname: a given name alone is nobody's. Two long words may be turned round.
    """
    if len(short) == 1 and short[0] == full[0] and len(full) > 1:
        return not load_lexicon().is_given_name(short[0])
    if len(short) == len(full) and sorted(short) == sorted(full):
        return all(len(word) >= MIN_TURNED for word in short)
    if len(short) > 1 and short[-1] != full[-1] and not full[0].startswith(short[0]):
        return False  # Ben Ali is not Nesrine Ben Ali El Materi
    rest = iter(full)
    return all(any(w == word or (len(word) == 1 and w.startswith(word)) for w in rest) for word in short)


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
        forms[value.partition(_KNOWN_AS)[0]] += count
    return _most_frequent_first(forms)


def _most_frequent_first(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda count: (-count[1], count[0])))


def _make_person(key: Key, values: Counter[str], given: str | None, known_as: str | None) -> NamedPerson:
    """Return a person by the name that the user gives, the full form most used, or the usual one."""
    ordered = _forms(values)
    fuller = {form: _fullness_of(name_key(form)) for form in ordered}
    full = [form for form in ordered if sum(len(word) > 1 for word in name_key(form)) > 1]
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
    """Yield the people that a name may mean: one of their forms has all its words."""
    key = name_key(name)
    for person in people:
        if any(_fits(key, name_key(form)) for form in (person.name, *person.forms)):
            yield person
