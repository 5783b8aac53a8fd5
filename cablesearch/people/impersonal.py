"""Places and firms that are called like people: `the village of Ghajar`, `San Jose`, `Lehman Brothers`.

The words beside a name say what it is. One that they call a place or a firm, and nowhere in the cable a
person, is no person's wherever the cable has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from ..analysis.words import fold
from ..model.stations import station_named
from .lexicon import load_lexicon
from .names import NameSpan

# Words that begin the names of places, but also some surnames: San Miguel.
_FIRST = frozenset(
    (
        "san", "santa", "santo", "sao", "são", "saint", "st", "bab", "ras", "jebel", "jabal", "wadi",
        "khor", "shatt", "umm", "tel", "mount", "mt", "lake", "cape", "fort", "ft", "port", "porto",
        "puerto", "cabo", "bahia", "isla", "ilha", "dera", "deir", "cerro", "sierra", "nova", "nueva",
        "nuevo", "ciudad", "villa",
    )
)  # fmt: skip
_FIRST_OF_POSTS = frozenset(("abu", "addis", "la", "las", "los", "new"))  # La Paz
_PLACES = frozenset(
    (
        "village", "town", "hamlet", "city", "port", "strait", "straits", "island", "islands", "province",
        "governorate", "prefecture", "oblast", "municipality", "gorge", "valley", "river", "lake", "bay",
        "peninsula", "mountain", "mountains", "desert", "canal", "airport", "oasis", "plateau",
    )
)  # fmt: skip
_FIRMS = frozenset(
    (
        "bank", "brothers", "co", "company", "consortium", "corp", "corporation", "gmbh", "group",
        "holding", "holdings", "inc", "limited", "llc", "ltd", "plc",
    )
)  # fmt: skip
# Firms whose names have the form of a person's.
_LIKE_PEOPLE = frozenset(
    (
        "arthur andersen", "arthur young", "baker hughes", "bear stearns", "booz allen", "dow jones",
        "fannie mae", "freddie mac", "goldman sachs", "harley davidson", "hewlett packard", "kellogg brown",
        "lehman brothers", "lockheed martin", "louis dreyfus", "mercedes benz", "merrill lynch",
        "morgan stanley", "northrop grumman", "philip morris", "phillip morris", "pratt whitney",
        "price waterhouse", "rolls royce", "smith barney", "wells fargo",
    )
)  # fmt: skip
# Newspapers, magazines and broadcasters with an article.
_NEWSPAPERS = frozenset(
    (
        "al ahram", "al akhbar", "al arabiya", "al ayyam", "al hayat", "al jazeera", "al quds", "al sharq",
        "al watan", "an nahar", "as safir", "de morgen", "de standaard", "de telegraaf", "de tijd",
        "de volkskrant", "der spiegel", "der standard", "der tagesspiegel", "die presse", "die welt",
        "die zeit", "el comercio", "el diario", "el espectador", "el heraldo", "el khabar", "el mercurio",
        "el moudjahid", "el mundo", "el nacional", "el norte", "el nuevo diario", "el pais", "el tiempo",
        "el universal", "el universo", "el watan", "het laatste nieuws", "il giornale", "il manifesto",
        "il messaggero", "il sole", "la croix", "la jornada", "la libre", "la libre belgique", "la nacion",
        "la prensa", "la razon", "la repubblica", "la republica", "la stampa", "la tercera", "la tribune",
        "la vanguardia", "le canard enchaine", "le devoir", "le figaro", "le matin", "le monde",
        "le nouvel observateur", "le parisien", "le point", "le quotidien", "le soir", "le soleil",
        "le temps", "les echos",
    )
)  # fmt: skip
_SAINT = ("st", "saint")
_ISLANDS = frozenset(("croix", "helena", "kitts", "lucia", "vincent"))  # Prime Minister St. Lucia
_GIVEN_NAMES = frozenset(("bahia",))  # that begin names of places, too
_QUOTES = "\"'“”‘’(["
_CALLED = frozenset(
    ("company", "firm", "airline", "newspaper", "daily", "weekly", "vessel", "freighter", "oilfield")
)
_BEFORE = _FIRST | _CALLED | _FIRST_OF_POSTS | {"of"}
_AFTER = _PLACES | _FIRMS
# Verbs that people and places have alike, among those that follow names.
_ANY_VERBS = frozenset(("is", "has", "will", "would", "was", "had", "seems", "seemed", "appeared", "opened"))
_SIGNS = " .,;:!?\"'“”‘’()[]-"


def drop_impersonal(raw: Sequence[str], names: Sequence[NameSpan]) -> list[NameSpan]:
    """Return the names that are not those of places and firms.

    Args:
        raw: the pieces of the cable's text.
        names: those found in it.
    """
    names = [name for name in names if not _is_newspaper(name.name)]
    doubtful = {name for name in names if _is_impersonal(raw, name)}
    if not doubtful:
        return names
    people = {_key(name.name) for name in names if _is_person(raw, name)}
    people |= {part for name in names if name not in doubtful for part in _parts(name.name)}
    whole = {_with_first(raw, name) for name in doubtful if _has_first_of_place(raw, name, people)}
    if whole:
        longer = {name: _with_word_before(raw, name) for name in doubtful if _with_first(raw, name) in whole}
        names = [longer.get(name, name) for name in names]
        doubtful -= longer.keys()
    things = {_key(name.name) for name in doubtful} - people
    is_surname = load_lexicon().is_tagged_last_name
    everywhere = {thing for thing in things if not is_surname(thing)}
    return [
        name
        for name in names
        if not (_key(name.name) in everywhere or (name in doubtful and _with_first(raw, name) not in people))
    ]


def _is_impersonal(raw: Sequence[str], name: NameSpan) -> bool:
    """Whether the words beside a name say that it is a place's or a firm's: `San`, `village of`; `Ltd.`."""
    before, following = _word(raw[name.start - 1]), _word(raw[name.end])
    if _key(name.name) in _LIKE_PEOPLE:
        return True
    if before in _BEFORE and _is_joined(raw, name.start - 1):
        if before == "of":
            called = _word(raw[name.start - 2]) in _PLACES
        else:
            called = before not in _FIRST_OF_POSTS or station_named(f"{before} {name.name}") is not None
        if called:
            return True
    if following in _AFTER and _is_joined(raw, name.end - 1):
        return following in _PLACES or raw[name.end][:1].isupper()
    return " " in name.name and _word(raw[name.start]) in _FIRST


def _is_person(raw: Sequence[str], name: NameSpan) -> bool:
    """Whether a title before a name, or a verb of saying after it, says that it is a person's."""
    classes = load_lexicon().classes
    title = classes.get(_word(raw[name.start - 1])) in ("title", "role")
    verb = _word(raw[name.end])
    return title or (classes.get(verb) == "say" and verb not in _ANY_VERBS)


def _has_first_of_place(raw: Sequence[str], name: NameSpan, people: set[str]) -> bool:
    """Whether a person's name begins like a place's: `Mr. St. Laurent`, `Bahia Orlan`."""
    before = raw[name.start - 1]
    if _word(before) not in _FIRST or station_named(f"{before} {name.name}"):
        return False
    if _word(before) in _GIVEN_NAMES:
        return _key(name.name) in people
    if _word(before) not in _SAINT or _word(raw[name.start]) in _ISLANDS:
        return False
    return load_lexicon().classes.get(_word(raw[name.start - 2])) == "title"


def _with_word_before(raw: Sequence[str], name: NameSpan) -> NameSpan:
    return NameSpan(name.start - 1, name.end, f"{raw[name.start - 1].strip(_QUOTES)} {name.name}")


@lru_cache(1 << 12)
def _is_newspaper(name: str) -> bool:
    return fold(name).replace("-", " ") in _NEWSPAPERS


def _is_joined(raw: Sequence[str], place: int) -> bool:
    """Whether nothing parts a piece from the next; a short form's full stop does not."""
    return raw[place][-1:].isalnum() or _word(raw[place]) in _FIRST


def _with_first(raw: Sequence[str], name: NameSpan) -> str:
    """Return the key of a name with the word of a place before it: `san miguel`."""
    before = _word(raw[name.start - 1])
    return _key(f"{before} {name.name}" if before in _FIRST else name.name)


def _parts(name: str) -> Iterable[str]:
    """Yield the last words of a name that are not the whole of it: `san miguel` and `miguel`."""
    words = _key(name).split()
    return (" ".join(words[n:]) for n in range(1, len(words)))


def _key(name: str) -> str:
    return name.lower()


@lru_cache(1 << 14)
def _word(piece: str) -> str:
    return piece.strip(_SIGNS).lower()
