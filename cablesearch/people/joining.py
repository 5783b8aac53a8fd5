"""Which forms of names are one person's over a whole corpus: by the names alone, and how often they are used.

    Rusk, D. Rusk, Dean Rusk           one, if no other Rusk is named nearly as often
    Dick Nixon, Richard M. Nixon       one: a short form of a given name, an initial
    Koca Popovic, Vladimir Popovic     two; a bare Popovic may be either
    Trevelyan Fawzi                    two surnames that a drafter did not part: no fuller Fawzi

In doubt, names stay apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..analysis.distance import are_near
from ..analysis.sounding import sound
from ..model.names import SUFFIXES, fullness
from .keys import (
    OF_WOMEN,
    Key,
    are_of_man_and_woman,
    given_name_forms,
    main_words,
    name_key,
    value_parts,
)
from .lexicon import load_lexicon
from .names import PARTICLES, initials, may_leave_out_first
from .offices import (
    Years,
    are_known_apart,
    is_leader,
    is_spelling,
    offices,
    surname_bearers,
)
from .sexes import Sex, sex_of_name

CLEAR_LEAD = 5  # times that one fuller name must be more frequent than the next, for a short one to mean it
LEAD_OF_THE_TOLD = 4  # likewise for the only one to whom cables give it by an office
# Times that a surname alone may be more frequent than its only fuller name, and still be that: a few for each
# time that the fuller name is used, up to a limit; fewer where the table has others of that surname.
EXCESS_PER_USE = 8
MAX_EXCESS = 50
MAX_EXCESS_OF_NAMESAKE = 5
MAX_WORDS = 5  # of a name, particles aside; more are several people's in a list without commas
MIN_MISPRINTED = 5  # letters of a word that may be misprinted
MIN_TURNED = 4  # letters of each word of a name that may stand in another order: not Sung Kim, Kim Sung
CUT = (3, 4)  # letters of a given name of which the end is missing
_START = min(CUT)  # letters that a word has in common with all that it may be, short forms of names aside

_MONSIEUR = "M. "  # or an initial
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z]{1,3}[A-Z]")  # of a name: KJI
_OF_WOMEN = frozenset(map(sound, OF_WOMEN))  # titles, by their sounds


def is_form(short: str, full: str) -> bool:
    """Whether a name is a form of another that is as full or fuller: its words in the same order.

    An initial or a short form may stand for a given name, in either of them. Two long words may be turned.

    >>> is_form("Dick Nixon", "Richard M. Nixon"), is_form("Koca Popovic", "Vladimir Popovic")
    (True, False)
    """
    few, many = name_key(short), name_key(full)
    if not _OF_WOMEN.isdisjoint(many) and _OF_WOMEN.isdisjoint(few):
        return False  # Nhu is not Madame Nhu
    exact = len(few) == len(many)
    if exact and sorted(few) == sorted(many):
        return few == many or _may_be_turned(few, main_words(short))
    words, rest = (
        list(zip(few, main_words(short), strict=True)),
        list(zip(many, main_words(full), strict=True)),
    )
    if few[-1] != many[-1] and not _is_given(words[0], rest[0], exact=exact):
        return False  # Ben Ali is not Nesrine Ben Ali El Materi
    begins_alike = len(few) == 1 or 1 in map(len, few[:1]) or _is_given(words[0], rest[0], exact=exact)
    if not begins_alike and not may_leave_out_first(words[0][1], rest[0][1], short, full):
        return False
    *given, last = words
    others = iter(rest)
    return all(any(_is_given(word, other, exact=exact) for other in others) for word in given) and any(
        last[0] == other[0] or (len(last[0]) == 1 and other[1].startswith(last[0])) for other in others
    )


Word = tuple[str, str]  # its sound, and how it is spelt


def _is_given(word: Word, other: Word, *, exact: bool) -> bool:
    """Whether two words of names may be one given name.

    Args:
        exact: the other may be an initial of the word: W.P. Allen is Ward P. Allen, A.Q. Khan not Afzal Khan.
    """
    if 1 in (len(word[0]), len(other[0])):
        return word[1][0] == other[1][0] and (exact or len(word[0]) == 1)
    sounded = (word[0], other[0])
    return word[0] == other[0] or other[0] in given_name_forms().get(word[0], ()) or _is_cut(*sorted(sounded))


def _may_be_turned(key: Key, printed: Sequence[str]) -> bool:
    """Whether the words of a name may stand in another order: long ones, and no given names alone."""
    return all(len(word) >= MIN_TURNED for word in key) and not all(
        map(load_lexicon().is_first_name, printed)
    )


def _is_cut(word: str, whole: str) -> bool:
    """Whether a word is the beginning of a given name, and no name by itself: Joh Kerry."""
    return len(word) in CUT and whole.startswith(word) and not load_lexicon().is_name(word)


def _but_one(key: Key) -> Iterator[tuple[int, tuple[int, str, Key]]]:
    """Yield the places of a full name's first and last word, each with all that a misprint there leaves."""
    for at in (0, len(key) - 1) if len(key) > 1 else ():
        if len(key[at]) > 1 and len(key[len(key) - 1 - at]) > 1:
            yield at, (at, key[at][0], key[:at] + key[at + 1 :])


def _times_alone(uses: int) -> int:
    """Return how many times as frequent as a fuller name, used so often, a surname alone may be."""
    return min(MAX_EXCESS, EXCESS_PER_USE * uses)


def _may_be_misprinted(word: str, *, given: bool) -> bool:
    """Whether a word of a name may be a misprint: one that is no name otherwise, or a rare given name."""
    lexicon = load_lexicon()
    return not lexicon.is_name(word) or (
        given and not lexicon.is_common_given_name(word) and not lexicon.is_tagged_first_name(word)
    )


def _lead_over_misprint(word: str, right: str) -> float:
    """Return how many times as frequent a name must be as one with a word that may be a misprint in it.

    A rare given name may be one of a common name only: Gorge, of George.
    """
    lexicon = load_lexicon()
    if not lexicon.is_name(word):
        return 1
    return CLEAR_LEAD if lexicon.is_common_given_name(right) else float("inf")


def _are_forms(bearer: str, form: str) -> bool:
    """Whether a name may be that of somebody in the table of offices."""
    return is_form(bearer, form) or is_form(form, bearer) or is_spelling(form, bearer)


def _has_initials_only(key: Key) -> bool:
    """Whether a name has only initials beside the surname; those of a fuller one say more."""
    return all(len(word) == 1 for word in key[:-1])


def _is_of_wife(key: Key) -> bool:
    """Whether a name is a surname with a woman's title: Mrs. Orlan."""
    return len(key) == 2 and key[0] in _OF_WOMEN


def _without_suffix(key: Key) -> Key:
    return key[:-1] if len(key) > 1 and key[-1] in SUFFIXES else key


class Joiner:
    """Joins the groups of the forms of names, each by its key.

    Args:
        groups: how often each form is used, by key; those that are joined are moved.
        names: a name with each key, those of `told` too.
        fixed: keys that are nobody else's form.
        apart: pairs of keys that are not one person.
        told: for a name, the keys of those whom cables mean by it, by their offices.
        years: of the first and the last cable, None if that is unknown.
    """

    def __init__(
        self,
        groups: dict[Key, Counter[str]],
        names: Mapping[Key, str],
        fixed: frozenset[Key],
        apart: frozenset[frozenset[Key]],
        told: Mapping[Key, Counter[Key]],
        years: Years | None = None,
    ) -> None:
        self._groups = groups
        self._fixed = fixed
        self._apart = apart
        self._told = told
        self._years = years
        # Full names that cables give to one by an office.
        self._others: dict[Key, list[Key]] = defaultdict(list)
        for form, meant in told.items():
            if len(form) > 1 and len(meant) == 1:
                self._others[next(iter(meant))].append(form)
        self._members: dict[Key, list[Key]] = {key: [key] for key in groups}  # full forms that are joined
        self._spelt: dict[tuple[Key, str], list[Key]] = defaultdict(list)  # full forms that have a word
        self._by_word: dict[str, list[Key]] = defaultdict(list)
        self._by_start: dict[tuple[str, str], list[Key]] = defaultdict(list)  # by a word and another's start
        self._by_others: dict[tuple[int, str, Key], list[Key]] = defaultdict(list)  # all words but one
        self._by_initials: dict[str, list[Key]] = defaultdict(list)
        self._has_abbreviations = any(_ABBREVIATION.fullmatch(names[key]) for key in groups if len(key) == 1)
        self._by_surname: Counter[str] = Counter()
        self._names = names
        for key, forms in groups.items():
            self._by_surname[_without_suffix(key)[-1]] += forms.total()

    def join(self) -> dict[Key, list[Key]]:
        """Join shorter names to the fuller ones that they mean; return whom the others may mean."""
        may_be: dict[Key, list[Key]] = {}
        groups = self._groups
        for key in sorted(groups, key=lambda key: (-self._fullness(key), -groups[key].total(), key)):
            if told := self._told_alone(key):
                groups[told] += groups.pop(key)
                continue
            near = [] if key in self._fixed else self._meant(key)
            if not near and (bare := self._without_monsieur(key)):
                near = self._meant(bare)
            if len(near) == 1:
                if len(key) > 1 and not self._fits(key, near[0]):
                    self._index(key, near[0])
                groups[near[0]] += groups.pop(key)
                self._members[near[0]] += self._members.pop(key) if len(key) > 1 else []
                continue
            if len(key) == 1 and near:
                may_be[key] = near
            self._add(key)
        return may_be

    def _fullness(self, key: Key) -> int:
        """Return how full a name is; M. Kasa-Vubu is hardly fuller than Kasavubu, which others have."""
        if _is_of_wife(key):
            return fullness(f"m {key[1]}")
        bare = self._without_monsieur(key)
        return fullness(" ".join(key if bare in (None, key[1:]) else ("m", *bare)))

    def _without_monsieur(self, key: Key) -> Key | None:
        """Return the name behind `M.` as it is used by itself: Kasavubu, for M. Kasa-Vubu."""
        if len(key) < 2 or not self._names[key].startswith(_MONSIEUR):
            return None
        in_one = (sound("".join(main_words(self._names[key])[1:])),)
        return next((bare for bare in (key[1:], in_one) if bare in self._groups), None)

    def _told_alone(self, key: Key) -> Key | None:
        """Return the only one to whom cables give a full name by an office, if they give it to one."""
        told = self._told.get(key, ()) if len(key) > 1 and key not in self._fixed else ()
        other = next(iter(told)) if len(told) == 1 else None
        return other if other in self._groups and other != key and not self._are_apart(key, other) else None

    def _add(self, key: Key) -> None:
        """Make a name one that shorter ones may be forms of, if it is one person's."""
        if self._is_run_together(key) or len([word for word in key if word not in PARTICLES]) > MAX_WORDS:
            return
        for form in dict.fromkeys((key, *self._others[key])):
            self._index(form, key)

    def _index(self, form: Key, key: Key) -> None:
        """Let shorter names find a person by a form of the name."""
        starts = {word[:_START] for word in form}
        for word in set(form):
            self._by_word[word].append(key)
            self._spelt[key, word].append(form)
            for start in starts if len(form) > 1 else ():
                self._by_start[word, start].append(key)
        if form == key:
            for _, same in _but_one(key):
                self._by_others[same].append(key)
        if self._has_abbreviations and len(form) > 1:
            for letters in set(initials(main_words(self._names[form]))):
                self._by_initials[letters].append(key)

    def _meant(self, key: Key) -> list[Key]:
        """Return whom a name may mean: one where it means that one."""
        near = [
            other for other in self._near(key) if other in self._groups and not self._are_apart(key, other)
        ]
        if not near:
            return []
        uses = {other: self._uses(other, key[-1]) for other in near}
        near.sort(key=lambda other: -uses[other])
        alone = len(key) == 1
        if alone:
            near = self._spelt_alike(key, self._by_surname_rather(key, near, uses))
        first, *others = (uses[other] for other in near)
        if others and alone and self._groups[key].total() > sum(n * _times_alone(n) for n in uses.values()):
            return []
        lead = LEAD_OF_THE_TOLD if alone and self._told_of(key) == near[:1] else CLEAR_LEAD
        if others and (first < lead * others[0] or (alone and self._may_be_leader(near))):
            return near
        if alone and not self._means(key, self._spelt_with(key, near[0])):
            return []
        if alone and not others and self._groups[key].total() > first * self._max_excess(key, near[0]):
            return []
        return near[:1]

    def _are_apart(self, key: Key, other: Key) -> bool:
        """Whether a name is not to be joined to another, or to a full form of it."""
        return bool(self._apart) and any(
            frozenset((key, member)) in self._apart for member in self._members[other]
        )

    def _uses(self, full: Key, word: str) -> int:
        """Return how often somebody is named by forms with a word, or at all where none has it: KJI."""
        uses = self._groups[full]
        return sum(n for value, n in uses.items() if word in name_key(value_parts(value)[0])) or uses.total()

    def _near(self, key: Key) -> list[Key]:
        if _is_of_wife(key):
            return [other for other in self._by_word.get(key[1], ()) if self._is_woman_of(key[1], other)]
        if len(key) > 1:
            near = [other for other in dict.fromkeys(self._having(key)) if self._fits(key, other)]
            return near or self._misprinted(key)
        word, having = key[0], self._by_word.get(key[0], [])
        near = [
            other for other in having if any(self._may_mean(key, form) for form in self._spelt[other, word])
        ]
        told = [other for other in self._told_of(key) if other in self._groups]
        if load_lexicon().is_only_given_name(main_words(self._names[key])[0]) and len({*having, *told}) > 1:
            return [other for other in told if other[0] != word] if len(told) == 1 else []  # Lula
        return list(dict.fromkeys(near + told)) or list(dict.fromkeys(self._abbreviated(key)))

    def _told_of(self, key: Key) -> list[Key]:
        """Return those whom cables mean by a name, but for wives, who have titles: Mrs. Orlan."""
        return [other for other in self._told.get(key, ()) if other[0] not in _OF_WOMEN]

    def _is_woman_of(self, surname: str, full: Key) -> bool:
        """Whether somebody has a surname, and a woman's given name."""
        bare = _without_suffix(full)
        return len(bare) > 1 and bare[-1] == surname and sex_of_name(self._names[full]) is Sex.WOMAN

    def _having(self, key: Key) -> Iterable[Key]:
        """Return the names that have a full name's last word, and may have its first."""
        first, last = key[0], key[-1]
        if len(first) == 1:
            return self._by_word.get(last, ())
        words = (first, self._names[key][0].lower(), *given_name_forms().get(first, ()))
        starts = {word[:_START] for word in words}
        return dict.fromkeys(other for start in starts for other in self._by_start.get((last, start), ()))

    def _misprinted(self, key: Key) -> list[Key]:
        """Return the names used more often of which one is a misprint: Gorge Orlan, Ehud Omert."""
        printed, uses = main_words(self._names[key]), self._groups[key].total()
        return [
            other
            for at, same in _but_one(key)
            if len(printed[at]) >= MIN_MISPRINTED and _may_be_misprinted(printed[at], given=not at)
            for other in self._by_others.get(same, ())
            if are_near(printed[at], right := main_words(self._names[other])[at], 1)
            and not are_of_man_and_woman(printed[at], right)
            and self._groups[other].total() > uses * _lead_over_misprint(printed[at], right)
        ]

    def _may_mean(self, key: Key, full: Key) -> bool:
        """Whether one word may be somebody's surname: that of Kim Jong-il or Alvaro Uribe Velez, too."""
        bare, lexicon, printed = _without_suffix(full), load_lexicon(), main_words(self._names[full])
        if not _OF_WOMEN.isdisjoint(full) or key[0] not in bare:
            return False
        place = bare.index(key[0])
        if key[0] == bare[-1]:
            return True
        if not place:
            return not lexicon.is_given_name(printed[0])
        return lexicon.is_first_name(printed[0]) and not lexicon.is_common_given_name(printed[place])

    def _spelt_with(self, key: Key, full: Key) -> Key:
        """Return the form of a full name that has a word."""
        return next(iter(self._spelt.get((full, key[0]), ())), full)

    def _means(self, key: Key, full: Key) -> bool:
        """Whether one word that may be somebody's surname is more likely that than a given name."""
        bare, lexicon, printed = _without_suffix(full), load_lexicon(), main_words(self._names[full])
        if key[0] == bare[-1] or key[0] not in bare:
            return True
        place = bare.index(key[0])
        if not lexicon.is_first_name(printed[place]) or (place and bare[place + 1] in PARTICLES):
            return True
        western = lexicon.is_last_name(printed[len(bare) - 1]) or len(bare) == 2 or 1 in map(len, bare)
        return not place and not (lexicon.is_common_given_name(printed[0]) and western)

    def _fits(self, key: Key, other: Key) -> bool:
        """Whether a full name is a form of another, and of all full forms that were joined to that."""
        name = self._names[key]
        if not (is_form(name, self._names[other]) or self._is_the_holder(key, other)):
            return False
        if are_known_apart(name, self._names[other]):
            return False
        if _has_initials_only(key):
            return True
        members = (self._names[m] for m in self._members[other][1:] if not _has_initials_only(m))
        return all(is_form(name, member) or is_form(member, name) for member in members)

    def _is_the_holder(self, key: Key, other: Key) -> bool:
        """Whether two names are those of the only office-holder of a surname: N.S. Khrushchev, Nikita."""
        if key[-1] != other[-1] or len(surname_bearers(key[-1], self._years)) != 1:
            return False
        names = (" ".join(main_words(self._names[name])) for name in (key, other))
        people = [{tenure.name for tenure in offices(name)} for name in names]
        if people[0] == people[1]:
            return people[0] != set()
        initials, given = sorted((key[:-1], other[:-1]), key=lambda words: max(map(len, words)))
        return bool(people[0] or people[1]) and set(map(len, initials)) == {1} and given[0][0] in initials[1:]

    def _abbreviated(self, key: Key) -> Iterator[Key]:
        """Yield those whose initials a name is: KJI, ASSK."""
        printed = self._names[key]
        if _ABBREVIATION.fullmatch(printed):
            yield from self._by_initials.get(printed.lower(), ())

    def _is_run_together(self, key: Key) -> bool:
        """Whether a name is the surnames of two people who are named much more often."""
        name = self._names[key]
        hyphened = "-" in name.partition(" ")[0]
        if len(key) < 2 or not (hyphened or load_lexicon().is_only_surname(main_words(name)[0])):
            return False
        least = CLEAR_LEAD * self._groups[key].total()
        own = self._by_surname
        return min(own[key[0]], own[_without_suffix(key)[-1]]) >= least

    def _spelt_alike(self, key: Key, near: list[Key]) -> list[Key]:
        """Leave out names that only sound like a surname, if that of the most named is spelt like it."""
        spelt = main_words(self._names[key])[0]
        alike = [other for other in near if spelt in main_words(self._names[other])]
        return alike if near[0] in alike else near

    def _by_surname_rather(self, key: Key, near: list[Key], uses: Mapping[Key, int]) -> list[Key]:
        """Leave out those who have a word as a given name, if it is the surname of others named more often.

        Richard, in cables that name Ivor Richard more than Richard Nixon and all other Richards.
        """
        of_surname = [
            other
            for other in near
            if len(_without_suffix(other)) > 1 and self._means(key, self._spelt_with(key, other))
        ]
        rest = sum(uses[other] for other in near) - sum(uses[other] for other in of_surname)
        return of_surname if of_surname and sum(uses[other] for other in of_surname) > rest else near

    def _may_be_leader(self, near: list[Key]) -> bool:
        """Whether a surname may be a leader's who is not the most named: Bill Clinton's, not Hillary's."""
        first, *others = (self._names[other] for other in near)
        return not is_leader(first) and any(map(is_leader, others))

    def _max_excess(self, key: Key, full: Key) -> float:
        """Return how many times as frequent as its only fuller name a surname may be, and still mean it."""
        most = _times_alone(self._groups[full].total())
        bearers = surname_bearers(key[0], self._years)
        if not bearers:
            return most
        if self._told_of(key) == [full]:
            return MAX_EXCESS
        forms = [self._names[member] for member in self._members[full]]
        own = [any(_are_forms(bearer, form) for form in forms) for bearer in bearers]
        return float("inf") if all(own) else MAX_EXCESS_OF_NAMESAKE
