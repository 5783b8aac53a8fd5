"""Values that can be written in several ways: reference ids, classifications, markings, kinds.

id:07ASTANA48  id:"07 ASTANA 000048"  id:2007ASTANA48#6  id:"ASTANA 48" (of any year)
classification:S  classification:secret  classification:secret//noforn  classification:noforn
marking:S/NF  marking:secret  marking:"C//REL ISAF"
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ..errors import QueryError
from ..model.cable import Kind
from ..model.classification import CAVEAT_SPELLINGS, CAVEATS, LEVELS
from ..model.reference_id import canonical, repaired_id
from .fields import keyword
from .tree import Term, Tree, Wildcard, all_of, any_of

# Levels and caveats as readers and drafters shorten them.
_LEVELS = {keyword(short): keyword(level) for short, level in LEVELS.items()}
_CAVEATS = {keyword(short): keyword(caveat) for short, caveat in CAVEAT_SPELLINGS.items()}
# Drafters wrote portion markings abbreviated or in full.
_PORTIONS = {keyword(short): keyword(full) for short, full in (LEVELS | CAVEATS).items()}
_PORTIONS |= {full: short for short, full in _PORTIONS.items()}


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
    "id": lambda value: reference("id", value),
    "cites": lambda value: reference("cites", value),
    "classification": _classification,
    "caveat": _caveat,
    "marking": _marking,
    "kind": _kind,
}
