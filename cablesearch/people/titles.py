"""The words beside a name that say what its bearer is: `former Prime Minister`, `, President of`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from .lexicon import DATA, Lexicon, load_lexicon
from .names import NameSpan
from .sexes import title_of_wife

MAX_BEFORE = 5  # words of a title before a name
MAX_ABBREVIATED = 5  # letters of a title with its full stop: Pres.
MAX_AFTER = 6  # words behind a name and a comma
# Words of titles that are no title by themselves: Minister of Defense, National Security Advisor.
_WITHIN = frozenset(
    (
        "of", "for", "the", "affairs", "defense", "defence", "foreign", "interior", "finance", "justice",
        "oil", "petroleum", "security", "state", "national",
    )
)  # fmt: skip
# Titles that stand before given names, too: Sir Winston, Crown Prince Salman, Don Pedro.
_OF_GIVEN_NAMES = frozenset(
    (
        "archbishop", "ayatollah", "bapak", "bishop", "brother", "cardinal", "comandante", "comrade",
        "crown", "dame", "datuk", "dato", "dom", "don", "dona", "doña", "emir", "amir", "emperor",
        "empress", "father", "haji", "hajj", "hajji", "alhaji", "alhaja", "hajia", "hon", "honorable",
        "honourable", "hojatoleslam", "ibu", "imam", "king", "lady", "lord", "mallam", "malam", "maulana",
        "moulana", "maulvi", "mawlawi", "metropolitan", "monsignor", "mullah", "mwalimu", "nawab", "pak",
        "pastor", "patriarch", "pope", "prince", "princes", "princess", "princesses", "queen", "queens",
        "rabbi", "rev", "reverend", "sahib", "sardar", "sayyid", "shah", "shaikh", "shaykh", "sheik",
        "sheikh", "sheikha", "sir", "sister", "sultan", "swami", "ustad", "ustaz",
    )
)  # fmt: skip
_KIN = frozenset(
    (
        "aunt", "brother", "brother-in-law", "cousin", "daughter", "daughter-in-law", "father",
        "father-in-law", "grandson", "half-brother", "half-sister", "husband", "mother", "nephew", "niece",
        "sister", "sister-in-law", "son", "son-in-law", "stepson", "uncle", "widow", "wife",
    )
)  # fmt: skip
_KIN_BEFORE = frozenset(f"{word}{sign}" for kin in _KIN for word in (kin, kin.upper()) for sign in ("", ","))
# Titles of who is named next: Orlan, with Mrs. Quell.
_ABBREVIATED = frozenset(("Mr.", "Mrs.", "Ms.", "Mme.", "Dr."))
_SIGNS = "()[]\"'“”‘’"


def find_titles(raw: Sequence[str], names: Iterable[NameSpan]) -> dict[str, str]:
    """Return the titles of names: the words right before them, or behind a comma.

    That of a wife only if nobody else of the name is meant there: not for `Orlan brought Mrs. Orlan`.

    Args:
        raw: the pieces of the cable's text.
        names: those of a paragraph.
    """
    titles: dict[str, str] = {}
    wives: set[str] = set()
    named = list(names)
    for name in named:
        title = _title(raw, name)
        if title:
            titles.setdefault(name.name, title)
            if title_of_wife(title):
                wives.add(name.name)
    for wife in wives:
        others = [
            title for name in named if name.name == wife and not title_of_wife(title := _title(raw, name))
        ]
        if others:
            titles[wife] = next(filter(None, others), "")
    return titles


@lru_cache(1 << 12)
def is_of_surname(title: str) -> bool:
    """Whether what follows a title is a surname, or a whole name: that of Mr., General, but not of King.

    >>> is_of_surname("British Ambassador"), is_of_surname("Crown Prince")
    (True, False)
    """
    last = title.rpartition(" ")[2].strip(_SIGNS).rstrip(".").lower()
    return load_lexicon().classes.get(last) == "title" and last not in _OF_GIVEN_NAMES


@cache
def foreign_titles() -> dict[str, str]:
    """Return titles in other languages, folded, with where they stand: `before` names or `after`."""
    return Lexicon((DATA / "foreign_titles.txt").read_text("utf-8"), "").classes


@lru_cache(1 << 12)
def is_of_kin(title: str) -> bool:
    """Whether the words beside a name say that somebody is a relative: `his brother`, no Brother Ambrose.

    >>> is_of_kin("President's brother"), is_of_kin("Brother")
    (True, False)
    """
    return any(word.strip(",.;:") in _KIN for word in title.split())


def _title(raw: Sequence[str], name: NameSpan) -> str:
    return _title_before(raw, name.start) or _title_after(raw, name.end)


def _title_before(raw: Sequence[str], start: int) -> str:
    begin = start
    while begin and start - begin < MAX_BEFORE and _may_be_in_title(raw[begin - 1]):
        begin -= 1
    if begin and raw[begin - 1] in _KIN_BEFORE:  # his brother, Captain Orlan
        begin -= 1
    return " ".join(raw[begin:start])


@lru_cache(1 << 14)
def _may_be_in_title(piece: str) -> bool:
    word = piece.strip(_SIGNS).lower()
    if word.endswith((",", ";", ":", ".")) and (len(word) > MAX_ABBREVIATED or word[:-1] in _KIN):
        return False
    return word in _WITHIN or load_lexicon().classes.get(word.rstrip(".")) in ("title", "role", "nation")


def _title_after(raw: Sequence[str], end: int) -> str:
    if not raw[end - 1].endswith(","):
        return ""
    words = []
    for piece in raw[end : end + MAX_AFTER]:
        if piece in _ABBREVIATED:
            break
        words.append(piece.strip(_SIGNS))
        if piece.endswith((",", ".", ";", ":", ")")):
            break
    return " ".join(words)
