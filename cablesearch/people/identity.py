"""One person across a cable: shorter and other forms of a name are tied to the fullest.

A bare surname with a title (`President Karzai`) is not tied to somebody of whom nothing says that he has the
office: it is the holder's, by the table of offices, or stays bare. In doubt it stays bare.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ..analysis.sounding import sound
from ..analysis.words import fold
from ..model.names import SUFFIXES, fullness, is_patronymic
from .keys import OF_WOMEN, are_of_man_and_woman, given_name_forms
from .lexicon import load_lexicon
from .names import PARTICLES, may_leave_out_first
from .offices import (
    NAMESAKE,
    Tenure,
    are_known_apart,
    has_other_initial,
    holders,
    is_in_tables,
    is_known_by,
    leaders,
    offices,
    relatives,
    surname_bearers,
    title_offices,
    words_of_relatives,
)
from .sexes import sex_of_name, sex_of_title, title_of_wife
from .titles import is_of_kin, is_of_surname

_BEFORE_FATHER = frozenset(("bin", "ibn", "bint", "ben"))  # what follows is the father's name
_NO_ABBREVIATIONS: Mapping[str, str] = {}
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z]{0,3}[A-Z]")  # of a name: MbZ, CFK
_SUFFIX = re.compile(rf"(?:,\s?|[\s-])(?:{'|'.join(sorted(SUFFIXES))})\.?$", re.IGNORECASE)
_ENDS_SUFFIX = ".rRiIvV"
_MISSPELT = 4  # ranks that each misspelt word counts
_WITHIN = 2  # rank of a form in the middle of a fuller one: Ben Ali, Nesrine Ben Ali El Materi
_MONTHS_REMEMBERED = 36  # after a leader has left whom a relative follows; a bare surname may mean either
_MONTHS_WITH_TITLE = 180  # after a leader has left, in which the title by itself may still be his
_OFTEN_ALONE = 3  # paragraphs that name somebody, who is then not only part of another name
_MIN_MISSPELT = 5  # letters; a shorter name is taken as it is spelt
_MAX_NEAR = 40  # full forms that a name is compared with; the others in a very long list are less full
# Monarchies whose leaders are called by given names, which many share: King Abdullah, Shaykh Ahmad.
_CALLED_BY_GIVEN_NAMES = frozenset(("AE", "BH", "JO", "KW", "MA", "OM", "QA", "SA"))


class Setting(NamedTuple):
    """Where and when a cable was written, as far as it is known.

    Attributes:
        country: ISO 3166 code of the country of the post.
        countries: those whose leaders it may call by their bare names: of the post and of the subject.
    """

    country: str | None = None
    day: date | None = None
    countries: frozenset[str] = frozenset()


class Bearer(NamedTuple):
    """Whom a name means.

    Attributes:
        full_name: the fullest form in the cable.
        known_as: the person's usual name where the table of office-holders tells who it is, `Mrs. Orlan` for
            a wife of whom no more is known, else None.
    """

    full_name: str
    known_as: str | None = None


def identify(
    names: Sequence[Sequence[str]],
    abbreviations: Mapping[str, str],
    titles: Sequence[Mapping[str, str]],
    setting: Setting,
) -> list[dict[str, Bearer]]:
    """Return, for each paragraph, whom each of its names means.

    Args:
        names: those of each paragraph.
        abbreviations: names by the abbreviations that the drafter gives them.
        titles: by paragraph, the words beside a name there that say what its bearer is.
        setting: without its day, only the one who ever held an office at home is told by it.
    """
    places = _places(names)
    forms = _forms(places, abbreviations)
    places = _with_fuller_forms(places, forms)
    full_names = _nearest_forms(names, places, forms)
    order = {name: n for n, name in enumerate(places)}
    known: dict[tuple[int, str], str] = {}
    given = _given_titles(titles)
    titled = [item for paragraph in titles if paragraph for item in paragraph.items()]
    surnames = {name for name, title in titled if is_of_surname(title)}
    kin = {name for name, title in titled if is_of_kin(title)}
    of_sexes = {name for name, title in titled if sex_of_title(title)}
    kin -= {name for name in kin if offices(name)}  # who may be meant though he is somebody's son
    for name in places:
        if _is_bare(name) and name not in abbreviations:
            heads = forms[name]
            alone = heads[0] if len(heads) == 1 else ""
            if alone in kin and _is_before(name, alone, order, places):
                heads = []
            elif name in surnames:
                heads = [head for head in heads if not _begins_with_given_name(head, name)]
            of_kin = kin.intersection(heads) if kin else kin
            for n in places[name]:
                now = full_names[n][name]
                if of_kin and now in (name, *of_kin):
                    now = _head_of_kin(now, name, [head for head in heads if head not in of_kin], places, n)
                full_names[n][name] = now if now in heads else name
            means = _bearers(name, heads, names, places, order, given, setting)
            if name in of_sexes:
                so_far = {n: means.get(n, full_names[n][name]) for n in places[name]}
                own = {n: titles[n][name] for n in places[name] if name in titles[n]}
                means |= _by_sex(name, forms[name], places, own, so_far)
            for n, bearer in means.items():
                full_names[n][name] = bearer if bearer in places else name
                if bearer not in places:
                    known[n, name] = bearer
    distinct = dict.fromkeys(full for paragraph in full_names for full in paragraph.values())
    people = {full: Bearer(full, _known_as(full, given, setting)) for full in distinct}
    bearers = [{name: people[full] for name, full in paragraph.items()} for paragraph in full_names]
    for (n, name), person in known.items():
        bearers[n][name] = Bearer(full_names[n][name], person)
    return bearers


def _is_before(name: str, other: str, order: Mapping[str, int], places: Mapping[str, list[int]]) -> bool:
    """Whether a name is first used before another: Orlan, before his brother Bo Orlan.

    Args:
        order: of the names, as they are first used.
    """
    first, last = places[name][0], places[other][0]
    return first < last or (first == last and order[name] < order[other])


def _head_of_kin(now: str, name: str, others: Sequence[str], places: Mapping[str, list[int]], n: int) -> str:
    """Return whom a bare name means beside a relative: the only other named so far, not his son Darko Mladic.

    Args:
        now: the relative, or the name.
        others: its full forms that are no relatives'.
    """
    earlier = [head for head in others if places[head][0] <= n]
    return earlier[0] if len(earlier) == 1 else name if earlier else now


def _begins_with_given_name(full_name: str, name: str) -> bool:
    """Whether a name is the given name in a Western full name: that of Dean Rusk, not of Kim Il-sung."""
    words, lexicon = name_words(full_name), load_lexicon()
    first, last = words[0], words[-1]
    return (
        len(words) == len(full_name.split()) > 1
        and first == name.lower()
        and lexicon.is_common_given_name(first)
        and lexicon.is_tagged_last_name(first)
        and not lexicon.is_eastern_surname(first)
        and lexicon.is_last_name(last)
        and PARTICLES.isdisjoint(words)
    )


def _known_as(full_name: str, given: Mapping[str, dict[int, str]], setting: Setting) -> str | None:
    """Return who a full name is by the table: of these countries, or of the office that it is given."""
    if not setting.day or (" " not in full_name and not _ABBREVIATION.fullmatch(full_name)):
        return None
    held = offices(full_name)
    if not held:  # as by most people
        return None
    asked = _given_offices(full_name, given)
    found = {
        tenure.name
        for tenure in held
        if tenure.country_today in setting.countries or tenure.office in asked
        if not tenure.months_off(setting.day) or not has_other_initial(full_name, tenure.name)
    }
    return found.pop() if len(found) == 1 else None


def resolve_names(
    names: Sequence[Sequence[str]], abbreviations: Mapping[str, str] = _NO_ABBREVIATIONS
) -> list[dict[str, str]]:
    """Return, for each paragraph, the fullest form in the cable of each of its names.

    Args:
        names: those of each paragraph.
        abbreviations: names by the abbreviations that the drafter gives them.

    >>> resolve_names([["Julius Malema"], ["Malema"]])
    [{'Julius Malema': 'Julius Malema'}, {'Malema': 'Julius Malema'}]
    """
    places = _places(names)
    forms = _forms(places, abbreviations)
    return _nearest_forms(names, _with_fuller_forms(places, forms), forms)


def _forms(places: dict[str, list[int]], abbreviations: Mapping[str, str]) -> dict[str, list[str]]:
    forms = _full_forms(places)
    forms.update({short: forms[name] for short, name in abbreviations.items()})
    return forms


def _with_fuller_forms(
    places: Mapping[str, list[int]], forms: Mapping[str, Sequence[str]]
) -> dict[str, list[int]]:
    """Return the paragraphs that each name is in, for a full form also those of its shorter full forms."""
    shorter: dict[str, list[int]] = defaultdict(list)
    for name, heads in forms.items():
        is_short = heads[0] != name and " " in name and len(heads) == 1
        if is_short and not _is_bare(name) and not _is_bare(heads[0]):
            shorter[heads[0]] += places[name]
    return {**places, **{head: sorted(places[head] + there) for head, there in shorter.items()}}


def _nearest_forms(
    names: Sequence[Sequence[str]], places: Mapping[str, list[int]], forms: Mapping[str, list[str]]
) -> list[dict[str, str]]:
    """Return, for each paragraph, the full form of each of its names that stands nearest."""
    return [
        {
            name: heads[0] if len(heads := forms[name]) == 1 else _nearest(heads, name, places, n) or name
            for name in paragraph
        }
        for n, paragraph in enumerate(names)
    ]


def _places(names: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    """Return the paragraphs that each name is in."""
    places: dict[str, list[int]] = defaultdict(list)
    for n, paragraph in enumerate(names):
        for name in paragraph:
            places[name].append(n)
    return places


def _given_titles(titles: Sequence[Mapping[str, str]]) -> dict[str, dict[int, str]]:
    """Return the titles of each name that are an office's, by paragraph."""
    given: dict[str, dict[int, str]] = defaultdict(dict)
    for n, paragraph in enumerate(titles):
        for name, title in paragraph.items():
            if title_offices(title):
                given[name][n] = title
    return given


def _given_offices(name: str, given: Mapping[str, dict[int, str]]) -> frozenset[str]:
    """Return the offices that a name's titles stand for."""
    return frozenset[str]().union(*map(title_offices, given.get(name, {}).values()))


def _is_bare(name: str) -> bool:
    """Whether a name is one word, particles aside: `Karzai`, `al-Maliki`, `Ben Ali`."""
    return sum(word not in PARTICLES and word not in _BEFORE_FATHER for word in name_words(name)) == 1


def _bearers(
    name: str,
    heads: list[str],
    names: Sequence[Sequence[str]],
    places: Mapping[str, list[int]],
    order: Mapping[str, int],
    given: Mapping[str, dict[int, str]],
    setting: Setting,
) -> dict[int, str]:
    """Return whom a bare name means where its titles, or a leader of that name, tell more than heads do.

    Args:
        heads: the full forms in the cable that it fits.
        names: those of each paragraph.
        places: the paragraphs that each name is in; the result is by them.
        order: of the names, as they are first used.
        given: the titles of each name that are an office's, by paragraph.
    """
    heads = [head for head in heads if head != name]
    titled = {
        n: _titled_bearer(name, title, n, heads, places, given, setting)
        for n, title in given.get(name, {}).items()
    }
    told = {bearer for bearer in titled.values() if bearer not in (name, *heads)}
    if told:  # by a title: without one it is the same, but where somebody else of the name is near
        named = {bearer: [n for n, other in titled.items() if other == bearer] for bearer in told}
        others = {n for head in heads for n in places[head]}
        return {
            n: name if n in others else _nearest(list(told), name, named | {name: []}, n) or name
            for n in places[name]
        } | titled
    if len(heads) == 1 and _has_followed_a_relative(heads[0], name, setting):
        first = places[heads[0]][0]
        before = [n for n in places[name] if n < first]
        there = names[first]  # or a shorter form of it
        if first in places[name] and heads[0] in there and there.index(name) < there.index(heads[0]):
            before.append(first)
        titled = dict.fromkeys(before, name) | titled
    leader = _leader(name, setting)
    if not leader and len(heads) == 1 and _is_passed_by(heads[0], name, order, places, setting):
        return dict.fromkeys(places[name], name) | titled
    if not leader:
        alone = len(heads) == 1 and _is_relative_of_leader(heads[0], name, setting)
        return dict.fromkeys(places[name], name) | titled if alone else titled
    heads = [head for head in heads if _fit(name, head) != _WITHIN]
    if own := [head for head in heads if _is_person(head, leader)]:
        family = {n for head in heads if head not in own and _are_related(head, leader) for n in places[head]}
        family -= {n for head in own for n in places[head]}
        return {n: name if n in family else own[0] for n in places[name] if family} | titled
    if not heads:
        return dict.fromkeys(places[name], leader) | titled
    # `Karzai`, where only his brother is named in full, may be either; a stranger is meant where he is named.
    strangers = {n for head in heads if not _are_related(head, leader) for n in places[head]}
    return {n: name for n in places[name] if n not in strangers} | titled


def _by_sex(
    name: str,
    heads: Sequence[str],
    places: Mapping[str, list[int]],
    titled: Mapping[int, str],
    so_far: Mapping[int, str],
) -> dict[int, str]:
    """Return whom a bare name means where its title is not of that person's sex: Mrs. Orlan, no Jorge Orlan.

    Args:
        heads: the full forms in the cable that it fits.
        titled: its titles, by paragraph.
        so_far: whom it means by other evidence, by paragraph.
    """
    found: dict[int, str] = {}
    for n, title in titled.items():
        sex, wife = sex_of_title(title), title_of_wife(title)
        is_open = so_far[n] == name
        if not sex or (not wife if is_open else sex_of_name(so_far[n]) in (None, sex)):
            continue
        fitting = [head for head in heads if sex_of_name(head) is sex]
        if not fitting and not is_open:
            fitting = [head for head in heads if head != name and sex_of_name(head) is None]
        nearest = _nearest(fitting, name, places, n) if fitting else None
        found[n] = nearest or (f"{wife} {name}" if wife else name)
    first = places[name][0]
    only = len(found) == len(titled) and len({*found.values()}) == 1
    if only and first in found and found[first] not in heads:
        # Who is called Mrs. Orlan first is meant by the surname, too, if nobody else is known to be.
        found |= {n: found[first] for n, who in so_far.items() if who == name}
    return found


def _has_followed_a_relative(head: str, name: str, setting: Setting) -> bool:
    """Whether somebody leads a country that a relative of that surname led until lately: Castro, Kirchner."""
    day = setting.day
    if not day or name.lower() not in words_of_relatives():  # as by most
        return False
    led = [
        (tenure, tenure.months_off(day)) for country in _countries(head) for tenure in leaders(name, country)
    ]
    leading = [tenure.name for tenure, off in led if not off and _is_person(head, tenure.name)]
    return bool(leading) and any(
        0 < off <= _MONTHS_REMEMBERED and _are_related(tenure.name, leading[0]) for tenure, off in led
    )


def _is_passed_by(
    head: str,
    name: str,
    order: Mapping[str, int],
    places: Mapping[str, list[int]],
    setting: Setting,
) -> bool:
    """Whether somebody is named once, after a bare surname that may be a past or a future leader's.

    `Chamoun`, and later `Bix Chamoun`, when Camille Chamoun has just left office.
    """
    if len(places[head]) > 1 or not _is_before(name, head, order, places):
        return False
    around = _leaders_around(name, setting)
    return bool(around) and not any(_may_be_one(head, leader) for leader in around)


def _may_be_one(full_name: str, person: str) -> bool:
    """Whether a full name is that of somebody in the table, or begins with a short form of the given name."""
    given, usual = (sound(fold(name_words(name)[0])) for name in (full_name, person))
    return _is_person(full_name, person) or usual in given_name_forms().get(given, ())


def _leaders_around(name: str, setting: Setting) -> set[str]:
    """Return those of a surname who led a country that the cable may mean, shortly before it or after it."""
    return {tenure.name for tenure, off in _leaders_off(name, setting) if abs(off) <= _MONTHS_REMEMBERED}


def _is_relative_of_leader(head: str, name: str, setting: Setting) -> bool:
    """Whether somebody who leads no country is a relative of one of that surname who does, or did lately.

    A bare surname beside Louis Lumumba may be his brother's, in whatever country the cable was written.
    """
    day = setting.day
    if not day or name.lower() not in words_of_relatives():  # as by most
        return False
    people = {
        person
        for relative in relatives(head)
        if relative.relation != NAMESAKE
        for person in (relative.name, relative.of)
    }
    led = [
        (_is_person(head, tenure.name), tenure.months_off(day))
        for person in people
        for country in _countries(person)
        for tenure in leaders(name, country)
        if tenure.name == person
    ]
    is_leading = any(own and not off for own, off in led)
    return not is_leading and any(not own and 0 <= off <= _MONTHS_REMEMBERED for own, off in led)


def _countries(full_name: str) -> set[str]:
    return {tenure.country_today for tenure in offices(full_name)}


def _are_related(name: str, other: str) -> bool:
    return any(other in (relative.name, relative.of) for relative in relatives(name))


def _titled_bearer(
    name: str,
    title: str,
    n: int,
    heads: list[str],
    places: Mapping[str, list[int]],
    given: Mapping[str, dict[int, str]],
    setting: Setting,
) -> str:
    """Return whom a bare name with an office's title means; itself where nothing tells."""
    tenures = [
        tenure
        for tenure in holders(name, title, setting.country, setting.day)
        if _is_called(tenure, name, setting)
    ]
    known = {tenure.name for tenure in tenures} or _past_leaders(name, title, setting)
    asked = title_offices(title)
    fitting = [head for head in heads if any(_is_person(head, one) for one in known)] or [
        head for head in heads if asked & _given_offices(head, given)
    ]
    near = {tenure.name for tenure in tenures if tenure.country_today == setting.country} or known
    if not setting.day:
        near = {tenure.name for tenure in tenures if tenure.country_today in setting.countries}
    if not fitting and len(near) == 1:
        return near.pop()
    if not fitting and not known:  # whom the table does not have, as a president of a company
        fitting = heads
    return (fitting and _nearest(fitting, name, places, n)) or name


def _past_leaders(name: str, title: str, setting: Setting) -> set[str]:
    """Return those of a surname who led a country that the cable may mean, and are still called by a title.

    President Kennedy, in 1968.
    """
    asked = title_offices(title)
    return {
        tenure.name
        for tenure, off in _leaders_off(name, setting)
        if tenure.office in asked and 0 < off <= _MONTHS_WITH_TITLE and _is_called(tenure, name, setting)
    }


def _leaders_off(name: str, setting: Setting) -> Iterator[tuple[Tenure, int]]:
    """Yield a surname's leaders of countries that the cable may mean: tenures, with the months to its day.

    Nobody, of a cable whose day is not known.
    """
    day = setting.day
    if day:
        for country in setting.countries - _CALLED_BY_GIVEN_NAMES:
            for tenure in leaders(name, country):
                yield tenure, tenure.months_off(day)


def _leader(name: str, setting: Setting) -> str | None:
    """Return the one leader of the countries whom a bare surname means on the day, None if there is none."""
    led = _leaders_off(name, setting)
    found = {tenure.name for tenure, off in led if not off and _is_called(tenure, name, setting)}
    return found.pop() if len(found) == 1 else None


def _is_called(tenure: Tenure, name: str, setting: Setting) -> bool:
    """Whether somebody in the table is called so: not by the father's name, nor abroad by a given name."""
    *_, father, last = ("", *name_words(tenure.name))
    if father in _BEFORE_FATHER and name_words(name) == (last,):
        return False
    at_home = tenure.country_today == setting.country or tenure.country_today in setting.countries
    return at_home or not load_lexicon().is_given_name(name.lower())


@lru_cache(4_096)
def _is_person(full_name: str, person: str) -> bool:
    """Whether a full name may be somebody in the table of offices."""
    return full_name == person or any(tenure.name == person for tenure in offices(full_name))


def _full_forms(places: dict[str, list[int]]) -> dict[str, list[str]]:
    """Return, for each name, the full forms that it fits best, all equally well; its own where it fits none.

    Args:
        places: the paragraphs that each name is in.
    """
    heads = _Heads()
    forms: dict[str, list[str]] = {}
    for name in sorted(places, key=lambda name: (-fullness(name), -len(places[name]), -len(name))):
        near = heads.near(name_words(_without_suffix(name))[0 if is_patronymic(name) else -1])
        ranked = [(rank, head) for head in near if (rank := _fit(name, head)) is not None]
        best = min((rank for rank, _ in ranked), default=None)
        own = [head for rank, head in ranked if rank == best] or [name]
        forms[name] = ([head for head in own if is_known_by(head, name)] if len(own) > 1 else []) or own
        if not ranked and not _is_run_together(name, places):
            heads.add(name)
    return forms


def _is_run_together(name: str, places: Mapping[str, list[int]]) -> bool:
    """Whether a name is those of two people, who are named by themselves, too: `Hammarskjold-Nasser`."""
    for sign in "- ":
        first, _, rest = name.partition(sign)
        if rest and first in places and rest in places:
            break
    else:
        return False
    if sign == "-":
        return True
    lexicon, alone = load_lexicon(), min(len(places[first]), len(places[rest]))
    return len(places[name]) == 1 and (
        lexicon.is_only_surname(first.lower())
        or (alone >= _OFTEN_ALONE and not lexicon.is_first_name(first.lower()))
        or (alone >= _OFTEN_ALONE and _are_office_holders(first, rest) and not is_in_tables(name))
    )


def _are_office_holders(*surnames: str) -> bool:
    """Whether some words are surnames of people in the tables, and no usual given names."""
    is_given_name = load_lexicon().is_common_given_name
    return all(
        surname_bearers(sound(fold(surname))) and not is_given_name(surname.lower()) for surname in surnames
    )


class _Heads:
    """Full forms by their words, so that a name is compared only with those that may have a word of its own.

    The first letters do for the few names of a usual cable; one with thousands would take quadratic time.
    """

    def __init__(self) -> None:
        self._heads: list[str] = []
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._keyed = 0  # forms that are in `_by_key`

    def add(self, head: str) -> None:
        """Add a full form."""
        self._heads.append(head)
        for letter in {word[:1] for word in name_words(head)}:
            self._by_letter[letter].append(head)

    def near(self, word: str) -> list[str]:
        """Return the forms that may have a word, its initial, or a word that it is a misspelling of.

        They are in the order in which they were added, and the first of them only if there are very many.
        """
        near = self._by_letter.get(word[:1], [])
        if len(near) <= _MAX_NEAR:
            return near
        for place in range(self._keyed, len(self._heads)):
            for own in set(name_words(self._heads[place])):
                for key in (f"{own[:1]} ", *_alike(own)):
                    self._by_key[key].append(place)
        self._keyed = len(self._heads)
        keys = (word[:1], *_alike(word)) if len(word) > 1 else (f"{word} ",)
        found = {place for key in keys for place in self._by_key.get(key, ())[:_MAX_NEAR]}
        return [self._heads[place] for place in sorted(found)[:_MAX_NEAR]]


@lru_cache(4_096)
def _alike(word: str) -> tuple[str, ...]:
    """Return a word and, if it is long enough to be misspelt, what is left without one of its letters.

    Two words that are an edit apart have one of these in common.
    """
    if len(word) < _MIN_MISSPELT:
        return (word,)
    return tuple({word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))})


def _nearest(heads: Sequence[str], name: str, places: Mapping[str, list[int]], n: int) -> str | None:
    """Return the full form of a name that was last named up to paragraph `n`, else the one named next.

    If one paragraph names several last, it is the one that the name stood for before, None if there is none.
    If that paragraph is `n`, any will do, as all of them are named there.
    """
    if len(heads) == 1:
        return heads[0]

    def distance(head: str) -> tuple[bool, int]:
        there = places[head]
        before = bisect_right(there, n)
        return (False, n - there[before - 1]) if before else (True, there[0] - n)

    least = min(map(distance, heads))
    nearest = [head for head in heads if distance(head) == least]
    if len(nearest) == 1 or least == (False, 0):
        return nearest[0]
    first, second = sorted((places[head][0], head) for head in nearest)[:2]
    was_meant = bisect_left(places[name], first[0]) < bisect_left(places[name], second[0])
    return first[1] if was_meant else None  # before another of the name came in


@lru_cache(20_000)
def name_words(name: str) -> tuple[str, ...]:
    """Return a name's words for comparison: in lower case, parted at hyphens, without full stops."""
    return tuple(word.rstrip(".,") for word in name.lower().replace("’", "'").replace("-", " ").split())


def _fit(name: str, head: str) -> int | None:
    """Return how well a form fits a fuller one, 0 best; None if it does not, or is somebody else's.

    What only may be one person's, `match_rank` tells, by which protected names are hidden.
    """
    few = _without_suffix(name) if name[-1] in _ENDS_SUFFIX else name
    many = _without_suffix(head) if head[-1] in _ENDS_SUFFIX else head
    rank = match_rank(few, many)
    if rank is None or _are_two_people(name, head, rank):
        return None
    is_first = rank % _MISSPELT == 1 and " " not in few
    return rank - 1 if is_first and _is_surname_first(name_words(few)[0], many) else rank


def _are_two_people(name: str, head: str, rank: int) -> bool:
    """Whether something tells two names apart, of which one may be short for the other."""
    few, many = name_words(_without_suffix(name)), name_words(_without_suffix(head))
    if few[-1] != many[-1] and are_of_man_and_woman(few[-1], many[-1]):
        return True
    if len(few) == 1:
        return False
    suffixes = {name_words(one)[-1] for one in (name, head)} & SUFFIXES
    begins_alike = few[0][:1] == many[0][:1] and _same(few[0], many[0], end=True)
    return (
        len(suffixes) > 1  # father and son
        or (begins_alike and _are_two_given_names(few[0], many[0]))
        or not (begins_alike or may_leave_out_first(few[0], many[0], name, head))
        # Luis Rodriguez is not Jose Luis Rodriguez Zapatero.
        or (rank % _MISSPELT == _WITHIN and load_lexicon().is_published_given_name(few[0]))
        or are_known_apart(name, head)
    )


@lru_cache(20_000)
def _without_suffix(name: str) -> str:
    short = _SUFFIX.sub("", name)
    return short if name_words(short) else name


def _is_surname_first(word: str, full_name: str) -> bool:
    """Whether the first word of a full name may stand for it as well as the last: Anwar, for Anwar Ibrahim.

    That is so where the surname comes first, or there is none; Thomas Orlan is hardly called Thomas.
    """
    lexicon = load_lexicon()
    is_foreign = lexicon.is_published_given_name(word) and not lexicon.is_common_given_name(word)
    return is_foreign or lexicon.is_eastern_surname(word) or is_known_by(full_name, word)


def _are_two_given_names(word: str, other: str) -> bool:
    """Whether two words are different given names, and not spellings of one: Maria, Mario."""
    is_given, sounded = load_lexicon().is_first_name, (sound(fold(word)), sound(fold(other)))
    return (
        min(len(word), len(other)) > 1
        and is_given(word)
        and is_given(other)
        and sounded[0] != sounded[1]
        and sounded[1] not in given_name_forms().get(sounded[0], ())
    )


def match_rank(short: str, full: str) -> int | None:
    """Return how well a form fits a fuller one, 0 best; None if it does not.

    >>> [match_rank(short, "Julius Malema") for short in ("Malema", "Julius", "Mbeki")]
    [0, 1, None]
    """
    few, many = name_words(short), name_words(full)
    if many[0] in OF_WOMEN and few[0] not in OF_WOMEN:
        return None
    if is_patronymic(short) and len(many) == 2 and few != many:
        return 3 if few[0] == many[0] else None
    at: list[int] = []
    end = len(many) - 1
    real = wrong = 0  # words that are initials on neither side; those of them that are misspelt
    for word in few:
        for place in range(at[-1] + 1 if at else 0, end + 1):
            other = many[place]
            if word[:1] == other[:1] and _same(word, other, end=len(few) > 1 or place == end):
                break
        else:
            return None
        at.append(place)
        if len(word) > 1 and len(other) > 1:
            real += 1
            wrong += word != other
    if not real or (len(few) == len(many) and wrong == len(few) > 1):
        return None
    if wrong and len(few) == 1 and all(map(load_lexicon().is_name, (few[0], many[at[0]]))):
        return None  # Williams is no misspelt William, nor Obama Osama
    if len(few) == 1 and at[0] > 0:
        if many[at[0] - 1] in _BEFORE_FATHER:
            return None
        if at[0] < end and load_lexicon().is_eastern_surname(many[0]):
            return None  # General Dinh is not Ngo Dinh Nhu
    return _MISSPELT * wrong + (0 if at[-1] == end else 1 if at[0] == 0 else _WITHIN)


def _same(word: str, other: str, *, end: bool) -> bool:
    """Whether two words of names that begin alike may be one: equal, one an initial, or one misspelt.

    Args:
        end: it may be misspelt: a surname alone is, but no given name.
    """
    if word == other or len(word) == 1 or len(other) == 1:
        return True
    if not end or len(word) < _MIN_MISSPELT or len(other) < _MIN_MISSPELT:
        return False
    return _is_one_edit(word, other) or sound(fold(word)) == sound(fold(other))


def _is_one_edit(word: str, other: str) -> bool:
    """Whether one edit makes two words equal, or none: `analysis.distance` for this path, which is hot."""
    if abs(len(word) - len(other)) > 1:
        return False
    i = 0
    while i < min(len(word), len(other)) and word[i] == other[i]:
        i += 1
    a, b = word[i:], other[i:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
