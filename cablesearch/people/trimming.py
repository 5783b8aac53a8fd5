"""Names without what was taken along with them, and names run into one, by what the cable has elsewhere.

Hope Orlan agrees.                      Orlan, where the cable has Orlan by itself
in Article V. Orlan said                Orlan
Chief of Staff Orlan, SovAmb Orlan      Orlan
Orlan-Quell talks                       Orlan and Quell, where both are named
with President Quell Orlan hopes        likewise
Ivo Orlan George Quell                  Ivo Orlan and George Quell, from two lines of a list
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from ..analysis.distance import are_near
from ..analysis.sounding import sound
from ..analysis.words import fold
from .lexicon import load_lexicon
from .names import PARTICLES, NameSpan
from .offices import holders, is_in_tables, is_leader, offices, surname_bearers
from .sequence import BREAK
from .sexes import Sex, sex_of_name
from .titles import foreign_titles

# What two sides have, after the hyphened names of both: the Quell-Orlan talks.
_OF_TWO = frozenset(
    (
        "communique", "communiqué", "conversation", "conversations", "correspondence", "dialogue",
        "discussion", "discussions", "dispute", "exchange", "exchanges", "meeting", "meetings",
        "negotiations", "summit", "talk", "talks",
    )
)  # fmt: skip
# Countries where people have two surnames, ISO 3166.
_OF_TWO_SURNAMES = frozenset(
    (
        "AO", "AR", "BO", "BR", "CL", "CO", "CR", "CU", "DO", "EC", "ES", "GT", "HN", "MX", "MZ", "NI", "PA",
        "PE", "PH", "PT", "PY", "SV", "UY", "VE",
    )
)  # fmt: skip
# What has letters or Roman numerals after it: Article V. Orlan said.
_LETTERED = frozenset(
    (
        "/", "annex", "appendix", "article", "category", "chapter", "class", "group", "in", "option",
        "paragraph", "para", "part", "phase", "plan", "point", "section", "subparagraph", "title", "zone",
    )
)  # fmt: skip
_ENDS_SENTENCE = (".", "!", "?", ":", ";", '."', ".”", ".'", ".’", ".)", "--", BREAK)
_QUOTES = "\"'“”‘’(["
_SIGNS = '.,;:)"”'
# What ministers are short for in telegrams; others are names: JaeMin, MinJae.
_OF_MINISTERS = (
    "Act|Actg|Ag|Agr|Agric|Asst|Com|Cult|Def|Dep|Dpty|Ec|Econ|Ed|Educ|Env|Fin|Fon|For|Health|Ind|Inf|Info|Int|Jus|Just"
    "|Lab|Plan|Pri|Prime|Pub|Soc|Sov|State|Trade|Trans|Transp|Vice|Works"
)
# SovAmb, DepFonMin, GovMayor, MinDef
_TITLES_IN_ONE = re.compile(
    rf"(?:[A-Z][a-z]{{1,5}}){{1,3}}(?:Amb|Rep|Sec|Mayor)|(?:{_OF_MINISTERS}){{1,3}}Min|Min(?:{_OF_MINISTERS})"
)
_NO_VOWEL = re.compile(r"[^\Waeiouy\d_]{4,}")  # Hdqrs
# Of the United States, whose names are given names, too.
_STATES = frozenset(("carolina", "dakota", "georgia", "indiana", "montana", "tennessee", "virginia"))
# They begin questions: How Will Orlan Vote?
_OF_QUESTIONS = frozenset(("how", "what", "when", "where", "whether", "which", "who", "whom", "why"))
# Titles that tell a wife from her husband, as they are shown.
_MADAME = dict.fromkeys(("Madame", "Madam", "Mme", "Mme."), "Madame") | dict.fromkeys(
    ("MADAME", "MADAM", "MME"), "MADAME"
)
_OF_WIVES = _MADAME | {"Mrs": "Mrs.", "Mrs.": "Mrs.", "MRS": "MRS.", "MRS.": "MRS."}
MAX_WORDS = 12  # of a name that is trimmed; a longer one is a list
MAX_FULLER = 100  # names of one surname that are looked through
MIN_TITLE = 7  # letters of a title that may be misprinted
MIN_FOREIGN = 5  # letters of a foreign title
MIN_CODE = 4  # letters of a word in capitals that is no name's: a garbled one, an address
_WORDS_OF_TWO = 4  # at least, of two full names
OFTEN = 3  # times that a leader is named by one word, who is then called so
# They stand behind a son's name, too, where a surname could: Ali Saleh Ahmed Hassan is one man.
_FATHERS = frozenset(
    (
        "abdallah", "abdel", "abdul", "abdullah", "ahmad", "ahmed", "ali", "hasan", "hassan", "husayn",
        "hussain", "hussein", "ibrahim", "ismail", "karim", "khalid", "mahmoud", "mahmud", "mohamed",
        "mohammad", "mohammed", "muhammad", "mustafa", "omar", "qasim", "said", "saleh", "salem", "salim",
        "umar", "yousef", "yusuf",
    )
)  # fmt: skip
_ARTICLES = ("al ", "el ", "bin ", "ibn ")
_FOR_OR_AGAINST = ("pro-", "anti-")
_OF_STAFF = ("chief", "of", "staff")


def trim_names(raw: Sequence[str], names: Sequence[NameSpan]) -> list[NameSpan]:
    """Return names as the rest of the cable has them.

    Args:
        raw: the pieces of the cable's text.
        names: those found in it.
    """
    trimmed = list(names)
    doubtful = {name.name for name in names if _may_be_trimmed(name.name)}
    if doubtful:
        known = _Known(raw, names)
        trimmed = [
            one for name in names for one in (_trim(raw, name, known) if name.name in doubtful else (name,))
        ]
    wives = {name for name in trimmed if raw[name.start - 1] in _OF_WIVES}
    return _with_titles(raw, trimmed, wives) if wives else trimmed


@lru_cache(1 << 14)
def _may_be_trimmed(name: str) -> bool:
    """Whether a name has a word that may not belong to it, or parts that may be several people's."""
    words = name.split(" ")
    first, last, lexicon = words[0], words[-1].lower(), load_lexicon()
    if len(words) > 1 and (
        "." in first
        or (first.isupper() and not words[1].isupper())
        or _may_stand_before(first.lower())
        or (lexicon.is_tagged_last_name(first.lower()) and not lexicon.is_common_given_name(first.lower()))
        or _TITLES_IN_ONE.fullmatch(first)
        or _may_stand_behind(last)
        or first.lower() in _STATES
        or _joint_in_list(name)
    ):
        return True
    if len(words) == 1 and (_is_odd_title(last) or _TITLES_IN_ONE.fullmatch(first)):
        return True
    return "-" in name and not any(lexicon.is_only_given_name(_last(part)) for part in name.split("-"))


def _with_titles(raw: Sequence[str], names: Sequence[NameSpan], wives: set[NameSpan]) -> list[NameSpan]:
    """Return names with the title that tells a wife from her husband, where he is named, too: Madame Nhu.

    Of `Mrs. Orlan`, only where a paragraph names both as a couple; elsewhere, she is who the surname means.
    """
    others = {_last(name.name) for name in names if name not in wives}
    breaks = [place for place, piece in enumerate(raw) if piece == BREAK]
    couples = {
        (_last(name.name), bisect(breaks, name.start)) for name in wives if _is_beside_husband(raw, name)
    }

    def title(name: NameSpan) -> str:
        surname, printed = _last(name.name), raw[name.start - 1]
        is_told = printed in _MADAME or (surname, bisect(breaks, name.start)) in couples
        return _OF_WIVES[printed] if surname in others and is_told else ""

    return [
        NameSpan(name.start - 1, name.end, f"{shown} {name.name}")
        if name in wives and (shown := title(name))
        else name
        for name in names
    ]


def _is_beside_husband(raw: Sequence[str], wife: NameSpan) -> bool:
    """Whether her husband is named, or called by his title, right before: `Orlan and Mrs. Orlan`."""
    if raw[wife.start - 2].lower() not in ("and", "&"):
        return False
    before = raw[wife.start - 3].strip(_SIGNS).lower()
    surname = _last(wife.name)
    return before == surname or (load_lexicon().classes.get(before) == "title" and not _led_as_woman(surname))


@lru_cache(1 << 10)
def _led_as_woman(surname: str) -> bool:
    """Whether a woman of that surname led a country: `the Secretary and Mrs. Gandhi` are no couple."""
    bearers = surname_bearers(sound(fold(surname)))
    return any(sex_of_name(person) is Sex.WOMAN and is_leader(person) for person in bearers)


def _last(name: str) -> str:
    return name.rpartition(" ")[2].lower()


@lru_cache(1 << 12)
def _may_stand_before(word: str) -> bool:
    """Whether a word is one that stands before names: a common one that begins a sentence, or a title."""
    lexicon, parts = load_lexicon(), word.split("-")
    if len(parts) > 1:
        return lexicon.is_common(parts[-1]) or all(_is_of_title(part) for part in parts)
    is_plural = word[-1:] == "s" and lexicon.classes.get(word[:-1]) == "title"
    return (
        word == _OF_STAFF[-1]
        or _is_odd_title(word)
        or (is_plural and not lexicon.is_first_name(word))
        or (lexicon.is_common(word) and not lexicon.is_tagged_first_name(word) and word not in PARTICLES)
    )


@lru_cache(1 << 12)
def _is_odd_title(word: str) -> bool:
    """Whether a word that is no name is a foreign title, or one letter off a long one: Captian."""
    lexicon = load_lexicon()
    if word in lexicon.classes or lexicon.is_name(word):
        return False
    if len(word) >= MIN_FOREIGN and foreign_titles().get(fold(word)) == "before":
        return True
    is_unknown = len(word) >= MIN_TITLE and not lexicon.lists(word)
    return is_unknown and any(are_near(word, title, 1) for title in _long_titles().get(word[0], ()))


@cache
def _long_titles() -> dict[str, list[str]]:
    """Return the long titles by their first letters."""
    titles: dict[str, list[str]] = {}
    for word, kind in load_lexicon().classes.items():
        if kind in ("title", "role") and len(word) >= MIN_TITLE:
            titles.setdefault(word[0], []).append(word)
    return titles


def _is_of_title(word: str) -> bool:
    return word in _OF_STAFF or load_lexicon().classes.get(word) in ("title", "role")


@lru_cache(1 << 12)
def _may_stand_behind(word: str) -> bool:
    """Whether a word is a common one, or none, and no name by the editions."""
    lexicon = load_lexicon()
    is_name = lexicon.is_tagged_last_name(word) or lexicon.is_tagged_first_name(word)
    return bool(_NO_VOWEL.fullmatch(word)) or (lexicon.is_common(word) and not is_name)


@lru_cache(1 << 12)
def _is_new_surname(word: str) -> bool:
    """Whether editors have a word as a surname, and nobody as a given name, nor as one that comes first."""
    lexicon = load_lexicon()
    return (
        lexicon.is_tagged_last_name(word)
        and lexicon.is_only_surname(word)
        and not lexicon.is_eastern_surname(word)
    )


class _Known:
    """The names of a cable in small letters.

    Attributes:
        uses: how often each stands there, and `within` how often within a sentence.
        surnames: by each last word, the names that end with it and have more.
        given: by each first word, how many names begin with it and have more.
    """

    def __init__(self, raw: Sequence[str], names: Sequence[NameSpan]) -> None:
        self.uses, self.within = Counter[str](), Counter[str]()
        self.surnames: dict[str, list[str]] = {}
        self.given = Counter[str]()
        for name in names:
            small = name.name.lower()
            self.uses[small] += 1
            self.within[small] += not _begins_sentence(raw, name)
            if " " in small and self.uses[small] == 1:
                self.surnames.setdefault(small[small.rindex(" ") + 1 :], []).append(small)
                self.given[small[: small.index(" ")]] += 1

    def has(self, name: str, without: str) -> bool:
        """Whether somebody is named so, or with more before it, other than in `without`."""
        return name in self.uses or self.has_fuller(name, without)

    def has_fuller(self, name: str, without: str) -> bool:
        """Whether somebody is named with more before a surname, other than in `without`."""
        return any(fuller != without for fuller in self.surnames.get(name, ()))

    def is_within(self, name: str) -> bool:
        """Whether a fuller name ends with all words of a name."""
        fuller = self.surnames.get(_last(name), [])[:MAX_FULLER]
        return any(one.endswith(f" {name}") for one in fuller)


def _trim(raw: Sequence[str], name: NameSpan, known: _Known) -> Iterator[NameSpan]:
    """Yield what a name is by the rest of the cable: itself, what is left of it, or several."""
    words = name.name.split(" ")
    if len(words) == 1 and (_is_odd_title(words[0].lower()) or _TITLES_IN_ONE.fullmatch(words[0])):
        return  # the Minster, the FonMin
    if 1 < len(words) <= MAX_WORDS and len(words) == name.end - name.start:
        if _stands_before(raw, name, words, known):
            yield from _trim(raw, NameSpan(name.start + 1, name.end, " ".join(words[1:])), known)
            return
        if _stands_behind(words, known):
            yield from _trim(raw, NameSpan(name.start, name.end - 1, " ".join(words[:-1])), known)
            return
        at = _joint(raw, name, words, known)
        if at:
            yield NameSpan(name.start, name.start + at, " ".join(words[:at]))
            yield from _trim(raw, NameSpan(name.start + at, name.end, " ".join(words[at:])), known)
            return
    if "-" in name.name and _are_several(raw, name, parts := name.name.split("-"), known):
        yield from (NameSpan(name.start, name.end, part) for part in parts)
    else:
        yield name


def _stands_before(raw: Sequence[str], name: NameSpan, words: Sequence[str], known: _Known) -> bool:
    """Whether the first word of a name only stands before it: a title, or another where the rest is named."""
    first, small, printed, lexicon = words[0], words[0].lower(), name.name.lower(), load_lexicon()
    before = [piece.strip(_QUOTES).lower() for piece in raw[name.start - 2 : name.start]]
    if _TITLES_IN_ONE.fullmatch(first) or (*before, small) == _OF_STAFF:
        return True
    if before[-1] == "/" and first.isupper() and not words[1].isupper() and "." not in first:
        return len(first) <= MIN_CODE  # S/AL Orlan
    parts = small.split("-")
    may_stand = _may_stand_before(small)
    if may_stand and not lexicon.is_common(parts[-1]) and small != _OF_STAFF[-1]:
        return True
    if not known.has(printed.partition(" ")[2], printed):
        return False
    if before[-1] == "the" and len(words) == 2 and small in _STATES:
        return True  # the Virginia Orlan, not the one from Texas
    if "." in first:
        if len(small) == 2:
            return before[-1] in _LETTERED and known.uses[printed] == 1
        return lexicon.classes.get(small.replace(".", "")) == "acronym"
    if len(parts) > 1:
        return may_stand and first.rpartition("-")[2].islower()
    if len(first) > MIN_CODE and first.isupper() and not words[1].isupper():
        return not lexicon.is_name(small) and not lexicon.is_only_given_name(words[1].lower())
    is_inverted = (
        name.name.isupper() and lexicon.classes.get(small) == "say" and _is_quoted(raw[name.start - 1])
    )
    asks = before[-1] in _OF_QUESTIONS
    return may_stand and small != _OF_STAFF[-1] and (is_inverted or asks or not known.within[printed])


def _is_quoted(piece: str) -> bool:
    """Whether a piece ends what somebody says: `WE AGREED, SAID ORLAN`."""
    return piece.endswith((",", '"', "'", "”", "’"))


def _stands_behind(words: Sequence[str], known: _Known) -> bool:
    """Whether the last word of a name only stands behind it, where the rest is a name by itself."""
    front, last, lexicon = " ".join(words[:-1]).lower(), words[-1].lower(), load_lexicon()
    uses = known.uses[front]
    if _may_stand_behind(last):
        others = known.uses[f"{front} {last}"] - 1
        return uses > max(1, 4 * others) and not lexicon.is_common_given_name(front)
    # The Orlan Case, where nobody is called Case.
    return uses > 0 and lexicon.is_common(last) and _is_new_surname(front) and last not in known.uses


def _joint(raw: Sequence[str], name: NameSpan, words: Sequence[str], known: _Known) -> int:
    """Return how many words are the first of two people's whose names stand side by side, 0 for one person's.

    A telegram leaves out the words between, and other cables put them there. The first is a surname if it is
    named by itself, too, or has a title and is in no list of given names. A leader is called by one word
    with the title, if that is what he is called elsewhere, and `pro-Orlan` is for Orlan, whoever that is.
    """
    if at := _joint_in_list(name.name):
        return at
    small, first = name.name.lower(), words[0].lower()
    if raw[name.start].lower().startswith(_FOR_OR_AGAINST) and len(words) > 2 and known.uses[first]:
        return int(load_lexicon().is_first_name(words[1].lower()))
    if known.uses[small] > 1 or known.given[first] > 1 or not PARTICLES.isdisjoint(words):
        return 0
    if offices(name.name) or known.is_within(small):
        return 0
    title = raw[name.start - 1].strip(_QUOTES)
    if known.uses[first] >= OFTEN and len(words) == 2 and (held := holders(words[0], title)):
        return int(not any(_has_two_surnames(tenure.name) for tenure in held))
    if not _is_new_surname(first) or not known.has(small.partition(" ")[2], small):
        return 0
    lexicon = load_lexicon()
    is_title = lexicon.classes.get(title.rstrip(".").lower()) in ("title", "role")
    return int((is_title and not lexicon.is_first_name(first)) or known.has(first, small))


def _may_be_first(word: str) -> bool:
    """Whether a word is rather a given name than a surname."""
    lexicon = load_lexicon()
    return lexicon.is_first_name(word) and not lexicon.is_only_surname(word) and word not in PARTICLES


@lru_cache(1 << 12)
def _joint_in_list(name: str) -> int:
    """Return how many words are the first of two full names, from two lines of a list; 0 for one name.

    A surname that is no given name stands before a given name or two initials: `Ivo Orlan George Quell`.
    """
    words, lexicon = name.lower().split(" "), load_lexicon()
    if len(words) < _WORDS_OF_TWO or not (words[0].endswith(".") or lexicon.is_first_name(words[0])):
        return 0
    if not lexicon.is_last_name(words[-1]) or (len(words) == _WORDS_OF_TWO and is_in_tables(name)):
        return 0
    return next(
        (
            at
            for at in range(2, len(words) - 1)
            if lexicon.is_only_surname(words[at - 1]) and words[at] not in _FATHERS
            if _may_be_first(words[at]) or (words[at].endswith(".") and words[at + 1].endswith("."))
        ),
        0,
    )


def _are_several(raw: Sequence[str], name: NameSpan, parts: Sequence[str], known: _Known) -> bool:
    """Whether hyphens part surnames of several people: all named elsewhere, or some, and the rest known.

    All may be known only where what stands beside them is said of two.
    """
    whole = name.name.lower()
    if any(part.lower().startswith(_ARTICLES) for part in parts[1:]) or whole.replace("-", " ") in known.uses:
        return False  # Saud-Al Faisal; Nuri-Said, where the cable has Nuri Said
    if not all(part[part.rfind(" ") + 1 :][:1].isupper() for part in parts):
        return False  # Yen-hua
    surnames = [_last(part) for part in parts]
    is_full = PARTICLES.isdisjoint(parts[0].lower().split()) and " " in parts[0] and " " not in parts[-1]
    if is_full and raw[name.end].strip(_SIGNS).lower() not in _OF_TWO:
        return False  # Carla Bruni-Sarkozy
    named = [known.has(part.lower(), whole) for part in parts]
    if not any(named) and (" " in whole or not _is_said_of_two(raw, name, surnames)):
        return False
    only_given = load_lexicon().is_only_given_name
    return all(
        not only_given(surname) and (is_named or _is_surname(surname))
        for is_named, surname in zip(named, surnames, strict=True)
    )


def _is_said_of_two(raw: Sequence[str], name: NameSpan, surnames: Sequence[str]) -> bool:
    """Whether a name's parts are surnames of office-holders, or two sides: `Quell-Orlan talks`."""
    bearers = [_office_holders(surname) for surname in surnames]
    if all(any(map(_has_two_surnames, some)) for some in bearers):
        return False  # Garcia-Robles
    classes = load_lexicon().classes
    before, following = (raw[n].strip(_SIGNS).lower() for n in (name.start - 1, name.end))
    alone = classes.get(before.rstrip(".")) not in ("title", "role") and classes.get(following) != "say"
    return following in _OF_TWO or (alone and all(bearers))


def _is_surname(word: str) -> bool:
    """Whether editors have a word as a surname that is no given name, or more likely an office-holder's."""
    lexicon = load_lexicon()
    return lexicon.is_tagged_last_name(word) and (
        not lexicon.is_common_given_name(word)
        or (not lexicon.is_tagged_first_name(word) and bool(_office_holders(word)))
    )


@lru_cache(1 << 12)
def _has_two_surnames(person: str) -> bool:
    return any(tenure.country_today in _OF_TWO_SURNAMES for tenure in offices(person))


@lru_cache(1 << 12)
def _office_holders(surname: str) -> frozenset[str]:
    return surname_bearers(sound(fold(surname)))


def _begins_sentence(raw: Sequence[str], name: NameSpan) -> bool:
    return raw[name.start - 1].endswith(_ENDS_SENTENCE) or raw[name.start][0] in _QUOTES
