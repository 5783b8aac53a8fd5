"""Values that can be written in several ways: reference ids, classifications, markings, kinds, places, codes.

id:07ASTANA48  id:"07 ASTANA 000048"  id:2007ASTANA48#6  id:"ASTANA 48" (of any year)
id:07ASTANA (all of that year)  id:frus1964-68v29p1 (the whole volume)
classification:S  classification:secret  classification:secret//noforn  classification:noforn
marking:S/NF  marking:secret  marking:"C//REL ISAF"
tag:PHUM  tag:"human rights"  country:Kazakhstan  country:KZ  station:"Abu Dhabi"  reason:1.4b
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches

from ..analysis.words import words
from ..errors import QueryError
from ..model.cable import Kind
from ..model.classification import CAVEAT_SPELLINGS, CAVEATS, LEVELS
from ..model.countries import countries_named, country_names
from ..model.reference_id import canonical, repaired_id
from ..model.stations import station_named
from ..model.tag_codes import codes_meaning, tag_code
from .fields import joined_words, keyword
from .tree import Nothing, Prefix, Term, Tree, Value, Wildcard, all_of, any_of

# Levels and caveats as readers and drafters shorten them.
_LEVELS = {keyword(short): keyword(level) for short, level in LEVELS.items()}
_CAVEATS = {keyword(short): keyword(caveat) for short, caveat in CAVEAT_SPELLINGS.items()}
# Drafters wrote portion markings abbreviated or in full.
_PORTIONS = {keyword(short): keyword(full) for short, full in (LEVELS | CAVEATS).items()}
_PORTIONS |= {full: short for short, full in _PORTIONS.items()}

_POST_AND_YEAR = re.compile(r"(?P<year>(?:19|20)?\d\d)[ ]?(?P<station>[A-Za-z][A-Za-z ]*)")
_VOLUME = re.compile(r"[a-z]+\d[\w.-]*", re.IGNORECASE)  # frus1964-68v29p1
_REASON = re.compile(r"(\d+\.\d+)\s*(?:\(?([a-z])\)?)?", re.IGNORECASE)
_DATE = re.compile(r"[<>]?=?\d[\d.:/T-]*")


def reference(column: str, value: str) -> Tree:
    """Return the tree for a reference id, of a cable or (with `#`) a paragraph; without a year, of any."""
    cable, mark, number = value.lstrip("# ").partition("#")
    known = canonical(cable)
    names = (known, cable, repaired_id(cable.upper()) if column == "cites" else None)
    ids = dict.fromkeys(id + mark + number for id in names if id)
    spelled: list[Tree] = [Term(column, keyword(id)) for id in ids]
    undated = None if known else canonical(cable, cited=date(2000, 1, 1))
    if undated:
        spelled.append(Wildcard(column, keyword(f"??{undated[2:]}{mark}{number}")))
    return any_of(spelled)


def _id(value: str) -> Tree:
    """Return the tree for a cable, a paragraph, a volume, or what a post sent in a year."""
    if post := _POST_AND_YEAR.fullmatch(value.strip()):
        station = _station_name(post["station"])
        return all_of([Term("station", station), Prefix("id", post["year"][-2:] + station)])
    found = reference("id", value)
    if not _VOLUME.fullmatch(value.strip()):
        return found
    return any_of([found, Prefix("id", keyword(value.strip()) + "/")])


def _station(value: str) -> Tree:
    known = station_named(value)
    return Term("station", keyword(known.name)) if known else Value("station", joined_words(value))


def _station_name(printed: str) -> str:
    """Return the term of a station, by any of its names."""
    known = station_named(printed)
    return keyword(known.name) if known else "".join(words(printed))


_ALIKE = 0.75  # of the letters: Kazakstan is Kazakhstan, Atlantis is not Albania


def _country(value: str) -> Tree:
    found = countries_named(value)
    if not found:
        near = get_close_matches(" ".join(words(value)), country_names(), n=1, cutoff=_ALIKE)
        remedy = f"did you mean {near[0].title()}?" if near else "cablesearch 'country:?' lists them"
        raise QueryError(f"no country {value!r}: {remedy}")
    return any_of(Term("country", joined_words(name)) for name in found)


def _tag(value: str) -> Tree:
    """Return the tree for a code, for a whole tag as printed, or for the codes of what it means."""
    codes = () if tag_code(value) else codes_meaning(value)
    return any_of(Term("tag", keyword(tag)) for tag in (value, *codes))


def _reason(value: str) -> Tree:
    """Return the tree for a reason: `1.4b`, `1.4(b)`, `1.4 (b)`; all those of a section (`1.4`)."""
    written = _REASON.fullmatch(value.strip())
    if not written:
        return Term("reason", keyword(value))
    section, letter = written.groups()
    return Term("reason", keyword(f"{section} ({letter})")) if letter else Prefix("reason", f"{section}_(")


def _addressee(column: str, value: str) -> Tree:
    """Return the tree for words of a line of the transmission header.

    Raises:
        QueryError: it is a date, which the options `--from` and `--to` take.
    """
    if _DATE.fullmatch(value.strip()):
        bounds = f"{value}.." if column == "from" else f"..{value}"
        raise QueryError(f"{column}: is a line of the header, not a date: write date:{bounds}")
    return Value(column, joined) if (joined := joined_words(value)) else Nothing()


def _classification(value: str) -> Tree:
    return all_of(map(_level_or_caveat, _split_parts(value)))


def _level_or_caveat(part: str) -> Tree:
    if part in _CAVEATS or part in _CAVEATS.values():
        return _caveat(part)
    return Term("classification", _LEVELS.get(part, part))


def _caveat(value: str) -> Tree:
    return Term("caveat", _CAVEATS.get(keyword(value), keyword(value)))


def _marking(value: str) -> Tree:
    """Return the tree for a marking, which must have every part: `S/NF` finds `S//NF` and `S/NF/OC` too."""
    return all_of(
        any_of(Term("marking", p) for p in _spellings(part)) for part in _split_parts(value.strip("()"))
    )


def _spellings(part: str) -> list[str]:
    return [part, _PORTIONS[part]] if part in _PORTIONS else [part]


def _split_parts(value: str) -> list[str]:
    return [keyword(part) for part in value.split("/") if part.strip()]


def _kind(value: str) -> Tree:
    if keyword(value) not in set(Kind):
        raise QueryError(f"no kind {value!r}: there are {', '.join(Kind)}")
    return Term("kind", keyword(value))


# The fields whose values are not simply taken as they are.
VALUE_READERS: dict[str, Callable[[str], Tree]] = {
    "id": _id,
    "cites": lambda value: reference("cites", value),
    "classification": _classification,
    "caveat": _caveat,
    "marking": _marking,
    "kind": _kind,
    "tag": _tag,
    "country": _country,
    "station": _station,
    "reason": _reason,
    "from": lambda value: _addressee("from", value),
    "to": lambda value: _addressee("to", value),
}
