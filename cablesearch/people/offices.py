"""Who held which office when, and who is related to whom: two tables in `data/`.

    President Karzai, 2007               Hamid Karzai
    PM Meles, 2009                       Meles Zenawi
    King Abdullah, from Amman, 2008      Abdullah II of Jordan, then Abdullah bin Abdulaziz of Saudi Arabia

This is evidence, not a verdict: the tables do not list everybody, and drafters use titles loosely.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from ..analysis.sounding import sound, sounds
from ..analysis.words import fold
from ..model.tables import read_table
from .lexicon import DATA

MONTHS_BEFORE = 3  # a tenure, somebody may be called by the office: elected, not sworn in
MONTHS_AFTER = 6  # a tenure, somebody may still be called so
MONTHS_ELECT = 12  # before a tenure, where the title says so: president-elect
EVER = 12_000  # months
YEARS_AROUND = 15  # a tenure, somebody may be named, by whatever office
_CODE = 2  # letters of a country's code; organisations have presidents, too
NAMESAKE = "namesake"  # a relation of two who are no relatives
NOBODY = "-"  # a title that nobody in the table has

_DAYS_A_MONTH = 31  # of day numbers, which are only compared and subtracted

# States of the past, by the code of the country in whose capital their post is today.
_TODAY = {"SU": "RU", "YU": "RS", "CS": "CZ", "DD": "DE", "YD": "YE", "VD": "VN"}
_FAMILY_NAME_FIRST = frozenset(("CN", "TW", "KR", "KP"))
_AMERICANS = frozenset(("US ambassador", "AIT director", "chief of the liaison office"))  # in those countries

_OF = re.compile(" (?:of|for|to) ")
_LETTERS = re.compile(r"[a-z]+")
_SPELLING = {"defense": "defence", "advisor": "adviser"}
_FORMER = frozenset(("former", "ex", "then", "late", "previous", "past", "onetime"))
_ELECT = frozenset(("elect", "designate", "incoming"))
_OTHERS = frozenset(
    ("deputy", "vice", "assistant", "under", "shadow", "junior", "associate")
)  # before a title

_LEADER = "president, prime minister, king, emir, sultan, chancellor, supreme leader, general secretary"
_SUFFIX = re.compile(r"jr|sr|[ivx]+")  # after a name: Baker III, Abdullah II
_NAMESAKE = re.compile(r" \([^()]*\)")  # what tells two people of one name apart

_BEFORE_FATHER = frozenset(("bin", "bint", "ibn"))  # nobody is called by a father's name alone
_ALIKE = str.maketrans("cgqiueoypzw", "kkkaaaaafjv")  # letters that names begin with and that may sound alike

Years = tuple[int, int]  # the first and the last
Words = tuple[str, ...]  # of a title, folded; of a name, their sounds


class Tenure(NamedTuple):
    """Somebody's time in an office.

    Attributes:
        name: the most usual full form; one name is one person.
        country: ISO 3166 code of whose office it is (for a US ambassador, the host's), or an organisation.
        start: a year, a year and month, or a date.
        end: likewise; empty if the office was still held at the end of 2010.
        seen: a document that names the holder with the office, `-` if none is known.
    """

    name: str
    country: str
    office: str
    start: str
    end: str
    seen: str

    @property
    def country_today(self) -> str:
        """The country whose post now is in what was the capital of a state of the past: RU for SU."""
        return _TODAY.get(self.country, self.country)

    def months_off(self, day: date) -> int:
        """Return how many months after the tenure a day is: 0 within, less than 0 before it."""
        number = _day_number(day.year, day.month, day.day)
        start, end = _first_day(self.start), _last_day(self.end)
        if start <= number <= end:
            return 0
        months = abs(number - (start if number < start else end)) // _DAYS_A_MONTH + 1
        return -months if number < start else months


class Relative(NamedTuple):
    """What one person is to another: Gamal Mubarak, son of Hosni Mubarak. A `namesake` is no relative."""

    name: str
    relation: str
    of: str


@lru_cache(1 << 12)
def holders(name: str, title: str, country: str | None = None, day: date | None = None) -> tuple[Tenure, ...]:
    """Return the tenures that a name with a title may mean, the likeliest first.

    Those of the post's country come first, then those nearest to the day. Where somebody of that name is in
    office on the day, the country's former and future holders are left out.

    Args:
        name: a surname, another word by which somebody is known (`Meles`, `MbZ`), or more of a name.
        title: the words before it: `President`, `former FM`, `Israeli Prime Minister`.
        country: ISO 3166 code of the country that the post is in today.
        day: that of the cable.

    >>> [tenure.name for tenure in holders("Karzai", "President", day=date(2007, 1, 8))]
    ['Hamid Karzai']
    """
    before, after = _slack(title)
    found = []
    for tenure in _titled(name, title):
        off = tenure.months_off(day) if day else 0
        if -before <= off <= after:
            found.append((tenure.country_today != _TODAY.get(country or "", country), abs(off), tenure))
    in_office = {tenure.country for _, off, tenure in found if not off}
    return tuple(tenure for _, off, tenure in sorted(found) if not off or tenure.country not in in_office)


@lru_cache(1 << 12)
def _titled(name: str, title: str) -> tuple[Tenure, ...]:
    """Return the tenures that a name with a title may mean, whenever they were."""
    asked = _key(name)
    listed = title_offices(title) if asked else frozenset[str]()
    return tuple(
        tenure
        for tenure in (_tenures(_people_with(asked[-1])) if listed else ())
        if tenure.office in listed and _may_be_called(tenure, asked)
    )


@lru_cache(1 << 13)
def leaders(name: str, country: str) -> tuple[Tenure, ...]:
    """Return the tenures of a country's leaders whom a name may mean, whenever they were.

    >>> [(tenure.name, tenure.office) for tenure in leaders("Karzai", "AF")]
    [('Hamid Karzai', 'president')]
    """
    asked, leading = _key(name), title_offices(_LEADER)
    return tuple(
        tenure
        for tenure in _tenures(_people_with(_last(asked)))
        if tenure.country_today == country and tenure.office in leading and _may_be_called(tenure, asked)
    )


@lru_cache(1 << 10)
def leaders_of(country: str, year: int) -> frozenset[str]:
    """Return those who led a country in a year, or the one before or after it, by their usual names.

    >>> sorted(leaders_of("AF", 2005))
    ['Hamid Karzai']
    """
    return frozenset(
        tenure.name
        for office in title_offices(_LEADER)
        for tenure in load_offices().tenures(office)
        if tenure.country_today == country
        and int(tenure.start[:4]) - 1 <= year <= int(tenure.end[:4] or date.max.year) + 1
    )


@lru_cache(1 << 13)
def surname_bearers(sounded: str, years: Years | None = None) -> frozenset[str]:
    """Return the office-holders and their relatives, by their usual names, whose surname sounds so.

    Args:
        years: in or near which they, or those whose relatives they are, were in office.

    >>> sorted(surname_bearers("karzai"))
    ['Ahmed Wali Karzai', 'Hamid Karzai', 'Mahmood Karzai', 'Qayum Karzai']
    """
    people = _by_sound(sounded[:1].translate(_ALIKE)).get(sounded, ())
    return frozenset(
        person
        for person in people
        if any(_last(_key(form)) == sounded for form in _forms(person))
        and (not years or _is_of(person, years))
    )


def _is_of(person: str, years: Years) -> bool:
    """Whether somebody may be named in some years; whoever had no office may be with those who had."""
    tenures = _by_person().get(person) or [
        tenure for relative in _relatives() if relative.name == person for tenure in _tenures([relative.of])
    ]
    return not tenures or any(
        int(tenure.start[:4]) - YEARS_AROUND <= years[1]
        and int(tenure.end[:4] or years[0]) + YEARS_AROUND >= years[0]
        for tenure in tenures
    )


def offices(name: str) -> list[Tenure]:
    """Return the tenures of those whom a full name may mean, the earliest first.

    >>> [(tenure.office, tenure.start) for tenure in offices("Sali Berisha")]
    [('president', '1992-04-09'), ('prime minister', '2005-09-11')]
    """
    people = _people(name)
    return sorted(_tenures(people), key=lambda tenure: (tenure.start, tenure.name)) if people else []


@lru_cache(1 << 12)
def is_leader(name: str) -> bool:
    """Whether a full name may be that of somebody who led a state or a government.

    >>> is_leader("Fidel Castro"), is_leader("Henry Kissinger")
    (True, False)
    """
    leading = title_offices(_LEADER)
    return any(tenure.office in leading and len(tenure.country) == _CODE for tenure in offices(name))


def is_spelling(name: str, person: str) -> bool:
    """Whether a full name sounds like one of somebody in the tables.

    >>> [is_spelling(name, "Zulfikar Ali Bhutto") for name in ("Zulfiqar Bhutto", "Zulfakir Bhutto")]
    [True, False]
    """
    key = _key(name)
    forms = [form for form in map(_key, _forms(person)) if len(form[0]) > 1]
    return any(_fits(key, form) or _are_one_name(key, form) for form in forms)


def is_known_by(full_name: str, word: str) -> bool:
    """Whether the tables say that somebody is called by one word that is not the last of the name.

    >>> is_known_by("Mahathir Mohamad", "Mahathir"), is_known_by("Hamid Karzai", "Hamid")
    (True, False)
    """
    key = _key(word)
    return len(key) == 1 and any(
        key == _key(form) for person in _people(full_name) for form in _forms(person)
    )


def are_known_apart(name: str, other: str) -> bool:
    """Whether the tables have two full names, as different people, and none whom both may mean.

    >>> [are_known_apart(name, "George W. Bush") for name in ("George H. W. Bush", "George Bush")]
    [True, False]
    """
    if " " not in name or " " not in other:
        return False
    people, others = _people(name), _people(other)
    if not people or not others or not people.isdisjoint(others):
        return False
    # George Brown and George S. Brown may be one, though another is called just George Brown.
    return all(
        some.isdisjoint(_may_be(short))
        for short, some in ((name, others), (other, people))
        if short.count(" ") == 1
    )


@lru_cache(1 << 12)
def has_other_initial(name: str, person: str) -> bool:
    """Whether a full name has not the middle initial of somebody's usual name; it may be a misprint.

    >>> [has_other_initial(name, "William P. Rogers") for name in ("William D. Rogers", "William Rogers")]
    [True, False]
    """
    middle, usual = (_without_suffix(_key(one))[1:-1] for one in (name, person))
    return (
        len(middle) == len(usual) == 1
        and 1 in (len(middle[0]), len(usual[0]))
        and not _is_same(middle[0], usual[0])
    )


def is_in_tables(full_name: str) -> bool:
    """Whether the tables have somebody of a full name."""
    return bool(_people(full_name))


def is_spelling_of(name: str, other: str) -> bool:
    """Whether the tables have two full names as spellings of one.

    >>> [is_spelling_of(name, "Patrick Gordon Walker") for name in ("Gordon Walker", "Ivo Walker")]
    [True, False]
    """
    return not _people(name).isdisjoint(_people(other))


@cache
def words_of_relatives() -> frozenset[str]:
    """Return the words of the names of all who have relatives in the table, in small letters."""
    spellings = _spellings_of_relatives()
    return frozenset(" ".join((*spellings, *spellings.values())).lower().replace(";", "").split())


def relatives(name: str) -> list[Relative]:
    """Return how a person, by a full name, is related to others; namesakes are among them.

    >>> relatives("Gamal Mubarak")
    [Relative(name='Gamal Mubarak', relation='son', of='Hosni Mubarak')]
    """
    return list(
        dict.fromkeys(relative for person in _people(name) for relative in _relatives_of().get(person, ()))
    )


@lru_cache(1 << 12)
def title_offices(title: str) -> frozenset[str]:
    """Return the offices that a title may stand for: those of the longest phrases in it that are known.

    >>> sorted(title_offices("Israeli FM"))
    ['foreign minister', 'foreign secretary']
    """
    printed, found, at = _title_words(title), set[str](), 0
    known, longest = load_offices().by_title, load_offices().longest_title
    while at < len(printed):
        most = min(len(printed) - at, longest)
        length = next((n for n in range(most, 0, -1) if printed[at : at + n] in known), 0)
        if length and not (at and printed[at - 1] in _OTHERS):
            found |= known[printed[at : at + length]]
        at += length or 1
    return frozenset(found)


class Offices:
    """The office-holders.

    Args:
        holders: rows of name, country, office, start, end, document, other spellings of the name.
        titles: rows of a title and the offices it may stand for.
    """

    def __init__(self, holders: Iterable[list[str]], titles: Iterable[list[str]]) -> None:
        self._rows: dict[str, list[list[str]]] = defaultdict(list)  # by office; few are asked for
        self.spellings: dict[str, str] = {}  # by person, as in the table
        for row in holders:
            self._rows[row[2]].append(row)
            if row[6]:
                self.spellings[row[0]] = row[6]
        self.by_title: dict[Words, set[str]] = defaultdict(set)
        for office in self._rows:
            self.by_title[_title_words(office)].add(office)
            self.by_title[_title_words(_OF.split(office)[0])].add(office)
        for title, listed in titles:
            if listed == NOBODY:
                self.by_title[_title_words(title)] = set()
            else:
                self.by_title[_title_words(title)].update(listed.split("; "))
        self.longest_title = max(map(len, self.by_title), default=0)  # in words

    def tenures(self, office: str) -> list[Tenure]:
        """Return the tenures of an office."""
        return [Tenure._make(row[:6]) for row in self._rows.get(office, ())]

    def __iter__(self) -> Iterator[Tenure]:
        return (tenure for office in self._rows for tenure in self.tenures(office))


@cache
def load_offices() -> Offices:
    """Return the office-holders that come with the package, read once."""
    return Offices(_read("office_holders.txt", columns=7), _read("office_titles.txt", columns=2))


@cache
def _by_person() -> dict[str, list[Tenure]]:
    by_person: dict[str, list[Tenure]] = defaultdict(list)
    for tenure in load_offices():
        by_person[tenure.name].append(tenure)
    return by_person


@cache
def _relatives() -> dict[Relative, str]:
    """Return the relatives, each with other spellings of the first name."""
    return {Relative(*row): spellings for *row, spellings in _read("relatives.txt", columns=4)}


@cache
def _relatives_of() -> dict[str, list[Relative]]:
    """Return the relatives by each of the two people."""
    found: dict[str, list[Relative]] = defaultdict(list)
    for relative in _relatives():
        for person in (relative.name, relative.of):
            found[person].append(relative)
    return found


@cache
def _spellings_of_relatives() -> dict[str, str]:
    """Return the other spellings of all in the table of relatives, empty where there are none."""
    of = dict.fromkeys((relative.of for relative in _relatives()), "")
    return of | {relative.name: spellings for relative, spellings in _relatives().items()}


def _tenures(people: Iterable[str]) -> Iterator[Tenure]:
    by_person = _by_person()
    return (tenure for person in people for tenure in by_person.get(person, ()))


@lru_cache(1 << 12)
def _people(name: str) -> frozenset[str]:
    """Return the people, by their usual names, whom a full name may mean: those of just that name, if any."""
    key = _key(name)
    same = frozenset(person for form, person in _named(key) if _key(form) == key)
    return same or _may_be(name)


@lru_cache(1 << 12)
def _may_be(name: str) -> frozenset[str]:
    """Return the people whom a full name may mean, also where it is just another's name."""
    key = _key(name)
    return frozenset(
        person
        for form, person in _named(key)
        if _are_one_name(_key(form), key)
        if len(key[0]) > 1 or form[:1].lower() == name[:1].lower()  # a vowel sounds like any other
    )


def _named(key: Words) -> Iterator[tuple[str, str]]:
    """Yield the people who have a surname, each with every spelling of the name."""
    return ((form, person) for person in _people_with(_last(key)) for form in _forms(person))


def _people_with(word: str) -> list[str]:
    """Return the people in a form of whose names there is a word, by its sound."""
    return _by_sound(word[:1].translate(_ALIKE)).get(word, [])


@cache
def _by_sound(letter: str) -> dict[str, list[str]]:
    """Return people by the sounds of the words of their names that begin with a letter or one alike."""
    by_sound: dict[str, dict[str, None]] = defaultdict(dict)
    for word, people in _by_letter().get(letter, {}).items():
        by_sound[sound(word)].update(dict.fromkeys(people))
    return {key: list(people) for key, people in by_sound.items()}


@cache
def _by_letter() -> dict[str, dict[str, list[str]]]:
    """Return people by the words of their names, and these by their letters, one for all that sound alike.

    Letters are much faster to get than sounds, which are then needed of few.
    """
    by_letter: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for person in dict.fromkeys((*_by_person(), *_spellings_of_relatives())):
        for word in set(_LETTERS.findall(" ".join(_forms(person)).lower())):
            by_letter[word[0].translate(_ALIKE)][word].append(person)
    return by_letter


def _read(table: str, columns: int) -> list[list[str]]:
    return read_table(DATA / table, columns)


@cache
def _forms(person: str) -> list[str]:
    """Return the spellings of a name in the tables."""
    spellings = load_offices().spellings.get(person) or _spellings_of_relatives().get(person, "")
    return [_NAMESAKE.sub("", person), *_split(spellings)]


def _split(spellings: str) -> list[str]:
    return spellings.split("; ") if spellings else []


@lru_cache(1 << 14)
def _key(name: str) -> Words:
    return tuple(sounds(name))


def _last(key: Words) -> str:
    return (_without_suffix(key) or ("",))[-1]


def _without_suffix(key: Words) -> Words:
    return key[:-1] if len(key) > 1 and _SUFFIX.fullmatch(key[-1]) else key


def _may_be_called(tenure: Tenure, asked: Words) -> bool:
    """Whether words may mean somebody: the last of the name, with those before it, or a whole spelling.

    Words before a whole name (`Syed Yousaf Raza Gilani`) do not matter.
    """
    keys = [_key(form) for form in _forms(tenure.name)]
    return any(_fits(asked, key) for key in keys) or (
        len(asked) == 1
        and tenure.country in _FAMILY_NAME_FIRST
        and tenure.office not in _AMERICANS
        and asked[0] in _family_names(keys)
    )


def _fits(asked: Words, key: Words) -> bool:
    bare = _without_suffix(key)
    if asked in (key, bare):
        return True
    if len(asked) == 1 and bare[-2:-1] and bare[-2] in _BEFORE_FATHER:
        return False
    return len(bare) > 1 and (_is_within(asked, bare) or _is_within(asked, key) or key == asked[-len(key) :])


def _family_names(keys: list[Words]) -> set[str]:
    """Return the first words of names, but not of Western forms: George Yeh is Yeh Kung-chao, too."""
    first = {key[0] for key in keys}
    return {key[0] for key in keys if key[-1] not in first}


def _are_one_name(name: Words, other: Words) -> bool:
    """Whether two full names may be one: they begin and end alike, and what one has more is in between.

    Two suffixes that differ tell father and son apart.
    """
    bare = _without_suffix(name), _without_suffix(other)
    if bare[0] != name and bare[1] != other and name[-1] != other[-1]:
        return False
    few, many = sorted(bare, key=len)
    return len(few) > 1 and _is_same(few[0], many[0]) and _is_within(few, many)


def _is_within(few: Words, many: Words) -> bool:
    """Whether words stand in a name in their order, the last one last; initials stand for words."""
    if not few or few[-1] != many[-1]:
        return False
    rest = iter(many[:-1])
    return all(any(_is_same(word, other) for other in rest) for word in few[:-1])


def _is_same(word: str, other: str) -> bool:
    return word == other or (word[0] == other[0] and 1 in (len(word), len(other)))


@lru_cache(1 << 12)
def _title_words(title: str) -> Words:
    return tuple(_SPELLING.get(word, word) for word in _LETTERS.findall(fold(title)))


def _slack(title: str) -> tuple[int, int]:
    """Return how many months before and after a tenure a title may be used."""
    printed = _title_words(title)
    before = MONTHS_ELECT if _ELECT.intersection(printed) else MONTHS_BEFORE
    return before, EVER if _FORMER.intersection(printed) else MONTHS_AFTER


@cache
def _first_day(printed: str) -> int:
    """Return the number of the first day that a year, a month or a date stands for."""
    return _day_number(*map(int, (printed + "-1-1").split("-")[:3]))


@cache
def _last_day(printed: str) -> int:
    """Return the number of the last day; nothing printed is an open end."""
    if not printed:
        return _day_number(date.max.year, 12, 31)
    year, month, day = (*printed.split("-"), "", "")[:3]
    return _day_number(int(year), int(month or 12), int(day or 31))


def _day_number(year: int, month: int, day: int) -> int:
    return (year * 12 + month) * _DAYS_A_MONTH + day
