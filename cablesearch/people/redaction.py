"""A cable without the names that its drafter asked to protect.

Each word of a protected name that stands as a name, with a capital letter, may be that person: the given
name alone, the surname alone, either with initials. Such a word is hidden even if it may mean somebody else.
The name of somebody else stays whole if it has a word that tells it from all protected names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..analysis.words import fold
from ..model.cable import Cable, Paragraph, Person
from ..model.names import SUFFIXES
from .identity import match_rank
from .names import PARTICLES

PLACEHOLDER = "[protected]"  # stands where a name stood

_NO_WIDTH = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff"
_SIGNS = (
    rf"[\u0300-\u036f\u05b0-\u05c7\u064b-\u065f\u0670{_NO_WIDTH}]"  # accents and vowels above letters, too
)
_LETTERS = rf"(?:[^\W\d_]{_SIGNS}*)+"
_INVISIBLE = re.compile(f"[{_NO_WIDTH}]+")
_APOSTROPHE = re.compile(r"['’‘`]")
_WORD = re.compile(rf"{_LETTERS}(?:{_APOSTROPHE.pattern}(?![sS]\b){_LETTERS})*")  # without a possessive
_MAX_PREFIX = 2  # letters before an apostrophe without which a name is known too: O'Neill, d'Estaing
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w.-]+")
_HYPHENS = frozenset(("-", "\u2010", "\u2011", "\u2013", "_"))
_MIN_PART = 3  # letters of a name's word that is looked for behind such a prefix, and in e-mail addresses


def redact_cable(cable: Cable) -> Cable:
    """Return the cable with `[protected]` wherever a protected person may be named."""
    people = dict.fromkeys(person for paragraph in cable.paragraphs for person in paragraph.people)
    protected = {person.full_name for person in people if person.protected}
    if not protected:
        return cable
    redactor = _Redactor(people, protected)
    hide = redactor.hide
    return replace(
        cable,
        subject=cable.subject and hide(cable.subject),
        tags=tuple(map(hide, cable.tags)),
        references=tuple(replace(reference, text=hide(reference.text)) for reference in cable.references),
        classified_by=cable.classified_by and hide(cable.classified_by),
        declassify_on=hide(event) if isinstance(event := cable.declassify_on, str) else event,
        signature=cable.signature and hide(cable.signature),
        paragraphs=tuple(map(redactor.redact_paragraph, cable.paragraphs)),
    )


# Titles of other languages, which stand where a given name does and tell nobody from the protected.
_TITLES = frozenset(
    (
        "agha", "almirante", "aluf", "ayatollah", "bey", "brigadeiro", "brigadier", "capitan", "capitao",
        "colonel", "comandante", "commandant", "coronel", "deputado", "diputado", "dom", "don", "dona",
        "doktor", "dottor", "efendi", "embaixador", "embajador", "frau", "general", "generaal", "generale",
        "generalleutnant", "haj", "hajj", "haji", "haj", "herr", "hojjatoleslam", "imam", "ingeniero",
        "kapitan", "khan", "licenciado", "lieutenant", "madame", "maitre", "major", "mariscal", "marechal",
        "ministre", "ministro", "monseigneur", "monsignor", "monsieur", "mullah", "mwalimu", "oberst",
        "onorevole", "padre", "pan", "pasha", "polkovnik", "presidente", "qari", "reb", "sayed", "sayyed",
        "sayyid", "senador", "senhor", "senor", "senora", "shaikh", "shaykh", "sheik", "sheikh", "signor",
        "signora", "sir", "tenente", "teniente", "tuan", "tun", "ustad",
    )
)  # fmt: skip


class _Word(NamedTuple):
    """A word of a text.

    Attributes:
        start, end: where it stands.
        key: folded, without apostrophes; `rest`: the same without a prefix like O’, empty if there is none.
        small: it is written in small letters; a word of a script without capitals is not.
    """

    start: int
    end: int
    key: str
    rest: str
    small: bool


def _split_words(text: str) -> list[_Word]:
    words = []
    for match in _WORD.finditer(text):
        prefix, *others = _APOSTROPHE.split(fold(_INVISIBLE.sub("", match[0])))
        rest = "".join(others)
        if prefix + rest:  # a lone sign like ʿ folds to nothing
            known = rest if len(prefix) <= _MAX_PREFIX and len(rest) >= _MIN_PART else ""
            words.append(_Word(*match.span(), prefix + rest, known, match[0].islower()))
    return words


class _Redactor:
    """Hides the protected people of a cable in its texts.

    Args:
        people: all that the cable names.
        protected: full names.
    """

    def __init__(self, people: Iterable[Person], protected: set[str]) -> None:
        self._people: set[Person] = set()  # who is protected, or may be
        self._words: set[str] = set()  # hidden wherever they stand as a name
        self._beside: set[str] = set()  # hidden next to one of them: particles, small parts, suffixes
        self._initials: set[str] = set()  # likewise
        self._others: dict[str, list[tuple[str, ...]]] = defaultdict(
            list
        )  # names of others by their first word
        others: list[str] = []
        for person in people:
            if any(_may_be(person.full_name, name) for name in protected):
                self._people.add(person)
                self._add(person.name)
                self._add(person.full_name)
            else:
                others += [person.name, person.full_name]
        full = all(len(_split_words(name)) > 1 for name in protected)  # so that their initials are known
        shared = self._words | self._beside | _TITLES
        for name in others:
            keys = tuple(word.key for word in _split_words(name))
            if any(
                key not in shared and (len(key) > 1 or (full and key not in self._initials)) for key in keys
            ):
                self._others[keys[0]].append(keys)

    def _add(self, name: str) -> None:
        words = _split_words(name)
        last = max((i for i, word in enumerate(words) if word.key not in SUFFIXES), default=0)
        for i, word in enumerate(words):
            self._initials.add(word.key[0])
            if len(word.key) > 1:
                # Ben Ali, Wang Bin: a particle within a name is written like one, or is not its end.
                ends = i in (0, last)
                alone = not word.small and word.key not in SUFFIXES and (ends or word.key not in PARTICLES)
                (self._words if alone else self._beside).update(filter(None, (word.key, word.rest)))

    def redact_paragraph(self, paragraph: Paragraph) -> Paragraph:
        return replace(
            paragraph,
            text=self.hide(paragraph.text),
            heading=paragraph.heading and self.hide(paragraph.heading),
            people=tuple(dict.fromkeys(map(self._redact_person, paragraph.people))),
        )

    def _redact_person(self, person: Person) -> Person:
        names = (person.name, person.full_name, person.known_as or "")
        if person in self._people or any(self.hide(name) != name for name in names):
            return Person(PLACEHOLDER, PLACEHOLDER, True)
        return person

    def hide(self, text: str) -> str:
        """Return the text without the names of the protected."""
        text = _ADDRESS.sub(self._hide_address, text)
        words = _split_words(text)
        parts: list[str] = []
        end = 0  # of the text that is done
        i = first = 0  # words before `first` are done
        while i < len(words):
            if kept := self._count_other(text, words, i):
                i = first = i + kept
            elif self._is_name(words[i]):
                start, stop = self._extend(text, words, i, first)
                parts += [text[end : words[start].start], PLACEHOLDER]
                end = words[stop - 1].end
                i = first = stop
            else:
                i += 1
        return "".join((*parts, text[end:]))

    def _hide_address(self, match: re.Match[str]) -> str:
        address = fold(match[0])
        return PLACEHOLDER if any(len(w) >= _MIN_PART and w in address for w in self._words) else match[0]

    def _is_name(self, word: _Word) -> bool:
        """Whether a word by itself may be a protected person, or several of the name: `the Masimovs`."""
        return not word.small and not self._words.isdisjoint(
            (word.key, word.rest, word.key.removesuffix("s"))
        )

    def _count_other(self, text: str, words: Sequence[_Word], i: int) -> int:
        """Return how many words the longest name of another has that begins at word `i`, 0 if none does."""
        return max(
            (
                len(keys)
                for keys in self._others.get(words[i].key, ())
                if keys == tuple(word.key for word in words[i : i + len(keys)])
                and all(_are_joined(text, *words[k : k + 2]) for k in range(i, i + len(keys) - 1))
            ),
            default=0,
        )

    def _extend(self, text: str, words: Sequence[_Word], i: int, first: int) -> tuple[int, int]:
        """Return where the name that holds word `i` begins, not before word `first`, and where it ends."""
        start, stop = i, i + 1
        while start > first and _are_joined(text, words[start - 1], words[start]):
            if not self._goes_with(words[start - 1]):
                break
            start -= 1
        while stop < len(words) and _are_joined(text, words[stop - 1], words[stop]):
            if self._count_other(text, words, stop) or not (
                self._is_name(words[stop]) or self._goes_with(words[stop])
            ):
                break
            stop += 1
        return start, stop

    def _goes_with(self, word: _Word) -> bool:
        """Whether a word beside a hidden one belongs to the name: a particle, a suffix, an initial."""
        return word.key in self._beside or (not word.small and word.key in self._initials)


def _may_be(name: str, protected: str) -> bool:
    return name == protected or any(
        match_rank(*names) is not None for names in ((name, protected), (protected, name))
    )


def _are_joined(text: str, word: _Word, following: _Word) -> bool:
    """Whether two words in a row may be of one name, from what stands between them."""
    between = text[word.end : following.start].strip()
    return not between or between in _HYPHENS or (between == "." and len(word.key) == 1)
