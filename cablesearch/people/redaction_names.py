"""The names that redaction hides, and those of other people that it keeps."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ..analysis.sounding import MIN_LETTERS, sound
from ..analysis.words import fold
from ..model.cable import Person
from ..model.names import SUFFIXES
from .identity import match_rank
from .lexicon import load_lexicon
from .names import PARTICLES
from .titles import foreign_titles

# Characters that are not seen (Unicode's Default_Ignorable_Code_Point), and controls that are no space.
_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
# Accents and vowels above and below letters: Latin, Cyrillic, Hebrew, Arabic.
_ACCENTS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_LETTERS = rf"(?:[^\W\d_][{_ACCENTS}{_UNSEEN}]*)+"
_SIGNS = re.compile(f"[{_ACCENTS}{_UNSEEN}]+")
_APOSTROPHE = re.compile("['’‘‛`´′＇ʹʼʻʿʾ]")
_WORD = re.compile(rf"{_LETTERS}(?:{_APOSTROPHE.pattern}(?![sS]\b){_LETTERS})*")  # without a possessive
_HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d_·")
_UMLAUT = re.compile("(?<=[aou])e")  # in Mueller, for Müller

_MAX_PREFIX = 2  # letters before an apostrophe without which a name is known too: O'Neill, d'Estaing
MIN_PART = 3  # letters of a name's word that is looked for behind such a prefix, and in e-mail addresses

_MAX_JOINED = 12  # words of a name that may be printed in one

_BEFORE_NAMES = frozenset(("before", "title", "role"))  # classes of words before a name
_OPEN = frozenset(("unknown", "proper", "both"))  # classes of words that may well be names


class Word(NamedTuple):
    """A word of a text.

    Attributes:
        start, end: where it stands.
        key: folded, without apostrophes; `rest`: the same without a prefix like O’, empty if there is none.
        small: it is written in small letters, and no hyphen joins it to a word that is not (`Jong-il`).
            A word of a script without capitals is not.
    """

    start: int
    end: int
    key: str
    rest: str
    small: bool


def split_words(text: str) -> list[Word]:
    """Return the words of a text, in order; what is between them is no letter."""
    words: list[Word] = []
    for match in _WORD.finditer(text):
        prefix, rest = _fold(match[0])
        if prefix + rest:  # a lone sign like ʿ folds to nothing
            start, end = match.span()
            known = rest if len(prefix) <= _MAX_PREFIX and len(rest) >= MIN_PART else ""
            small = match[0].islower() and not (
                words and not words[-1].small and text[words[-1].end : start].rstrip() in _HYPHENS
            )
            words.append(Word(start, end, prefix + rest, known, small))
    return words


@lru_cache(1 << 14)
def _fold(word: str) -> tuple[str, str]:
    """Return a word folded: what stands before its first apostrophe, and the rest."""
    if word.isascii() and word.isalpha():
        return word.lower(), ""
    prefix, *rest = map(fold, _APOSTROPHE.split(_SIGNS.sub("", word)))
    return prefix, "".join(rest)


def are_joined(text: str, word: Word, following: Word) -> bool:
    """Whether two words in a row may be of one name, from what stands between them."""
    between = text[word.end : following.start].strip()
    return not between or between in _HYPHENS or (between == "." and len(word.key) == 1)


class ProtectedNames:
    """The names of the protected people of a cable, by their words.

    Attributes:
        people: who is protected, or may be.
        words: what is hidden wherever it stands as a name.
        beside: what is hidden next to such a word: particles, parts in small letters, suffixes.
        initials: likewise.
        others: the words of the names of other people that stay whole, by the first of them.
    """

    def __init__(self, people: Iterable[Person], protected: set[str]) -> None:
        self.people: set[Person] = set()
        self.words: set[str] = set()
        self.beside: set[str] = set()
        self.initials: set[str] = set()
        self.others: dict[str, list[tuple[str, ...]]] = {}
        self._joined: set[str] = set()
        others: dict[str, None] = {}
        for person in people:
            if any(_may_be(person.full_name, name) for name in protected):
                self.people.add(person)
                for name in (
                    person.names if person.full_name in protected else (person.name, person.full_name)
                ):
                    self._add(name)
            else:
                others.update(dict.fromkeys(person.names))
        self._spellings = {*map(_spelling, self.words)}
        self._heads = {word[0]: [w for w in self.words if w[0] == word[0]] for word in self.words}
        whole = self.words | self._joined
        self._sorted = sorted(whole)
        self._known = dict.fromkeys(whole, True)  # whether a word is hidden, where that is decided
        self._beginnings: dict[str, bool] = {}
        self._has_initials = all(len(split_words(name)) > 1 for name in protected)
        for name in others:
            self._keep(name)

    def begins(self, letters: str) -> bool:
        """Whether a word begins with these letters, behind which a line or a hyphen may divide it."""
        place = bisect_right(self._sorted, letters)
        return bool(letters) and place < len(self._sorted) and self._sorted[place].startswith(letters)

    def _add(self, name: str) -> None:
        """Add the words of the name of somebody protected."""
        words = split_words(name)
        last = max((i for i, word in enumerate(words) if word.key not in SUFFIXES), default=0)
        for i, word in enumerate(words):
            self.initials.add(word.key[0])
            if len(word.key) > 1:
                forms = filter(None, (word.key, word.rest))
                (self.words if _is_name(name, words, i, last) else self.beside).update(forms)
        for start in range(len(words)):
            for stop in range(start + 2, min(start + _MAX_JOINED, len(words)) + 1):
                if any(word.key in self.words for word in words[start:stop]):
                    self._joined.add("".join(word.key for word in words[start:stop]))

    def _keep(self, name: str) -> None:
        """Add the name of somebody else, if it has a word that tells it from those of the protected."""
        keys = tuple(word.key for word in split_words(name))
        last = max((i for i, key in enumerate(keys) if key not in SUFFIXES), default=0)
        if any(self._tells_apart(key, i == last) for i, key in enumerate(keys)):
            self.others.setdefault(keys[0], []).append(keys)

    def _tells_apart(self, key: str, last: bool) -> bool:
        """Whether a word of another's name is in no protected one, and is a name itself.

        Args:
            last: it is the last of the name: Larry King is no title.
        """
        if key in self.beside or key in SUFFIXES or self.hides(key):
            return False
        if len(key) == 1:
            return self._has_initials and key not in self.initials
        lexicon = load_lexicon()
        kind = foreign_titles().get(key) or lexicon.kind(key, capital=True)
        if kind == "particle":
            return last
        if kind == "after":
            return False
        return kind in _OPEN or (lexicon.is_name(key) and (last or kind not in _BEFORE_NAMES))

    def hides(self, key: str) -> bool:
        """Whether a word by itself may be somebody protected: of a name, as it is spelt or otherwise."""
        known = self._known.get(key)
        if known is None:
            known = self._hides_form(key)
            if not known and key.endswith("s"):
                known = self._hides_form(key[:-1]) or self._hides_form(key.removesuffix("es"))
            self._known[key] = known
        return known

    def may_be_in(self, text: str) -> bool:
        """Whether a text has a word that a hidden name may begin with; most have none."""
        return any(map(self._may_begin, set(_WORD.findall(text))))

    def _may_begin(self, word: str) -> bool:
        """Whether a hidden name may begin with a word, as written."""
        known = self._beginnings.get(word)
        if known is None:
            key, rest = "".join(parts := _fold(word)), parts[1]
            known = self.begins(key) or self.hides(key) or self.hides(rest)
            self._beginnings[word] = known
        return known

    def _hides_form(self, key: str) -> bool:
        if key in self.words:
            return True
        if len(key) < MIN_LETTERS:
            return False
        if _spelling(key) in self._spellings:
            lexicon = load_lexicon()
            return key not in lexicon.classes and not lexicon.is_common(key)
        return any(match_rank(key, word) is not None for word in self._heads.get(key[0], ())) and _is_unknown(
            key
        )


def _is_name(name: str, words: list[Word], i: int, last: int) -> bool:
    """Whether a word of a name may be the person by itself: no particle, unless it is the first or last word.

    A particle is written in small letters or within a name, or has a hyphen after it: `Al-Maliki`.
    """
    word = words[i]
    if word.small or word.key in SUFFIXES:
        return False
    if word.key not in PARTICLES or i == last:
        return True
    return i == 0 and name[word.end : words[1].start].strip() not in _HYPHENS


def _may_be(name: str, protected: str) -> bool:
    return name == protected or any(
        match_rank(*names) is not None for names in ((name, protected), (protected, name))
    )


def _spelling(key: str) -> str:
    """Return what the spellings of a word have in common."""
    return sound(_UMLAUT.sub("", key)) if len(key) >= MIN_LETTERS else key


def _is_unknown(key: str) -> bool:
    lexicon = load_lexicon()
    return key not in lexicon.classes and not lexicon.lists(key)
