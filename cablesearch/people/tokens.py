"""The pieces between spaces: the word in each, and the signs around it."""

from __future__ import annotations

import re
from typing import NamedTuple

_NO_WORD = re.compile(r"\W*")
_POSSESSIVE = re.compile(r"(.+)['’`,][sS]")
_PREFIX = re.compile(
    r"(?i:pro|anti|ex|then|non|post|pre|neo|mid|self|de)-(?=[A-Z])"
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Col|Amb|Sen|Gov|Prof)\.(?=[A-Z][a-z])"  # Mr.Orlan
)
_SUFFIX = re.compile(
    r"(?<=\w)-(?:led|backed|era|like|style|appointed|supported|sponsored|controlled|owned|friendly|aligned"
    r"|affiliated|inspired|leaning|brokered|run|held|allied|linked|based|born|loyal|elect|designate"
    r"|that|which|who)$"  # a dash that the text has as a hyphen
    r"|(?<=\w)\(.*$",  # Orlan(briefly
    re.IGNORECASE,
)
_INITIALS = re.compile(r"[A-Z](?:\.-?[A-Z]){0,3}", re.ASCII)
_JOINED_PARTICLE = re.compile(r"(?:al|el|ul|ur|as|ad|ar|at|ash|an|az|d|l|bin)[-'’`][A-ZÀ-Þ]")
_SIGNS = " .,;:!?\"'“”‘’`()[]{}<>*#-_=+&%$@~|\\/"
_ABBREVIATED = frozenset(
    (
        "adm", "amb", "asst", "brig", "capt", "cdr", "cmdr", "col", "dep", "dr", "fr", "ft", "gen", "gov",
        "hon", "insp", "jr", "lt", "maj", "messrs", "min", "mme", "mr", "mrs", "ms", "mssrs", "mt", "no",
        "pres", "prof", "rep", "rev", "sec", "sen", "sgt", "sr", "st", "supt", "vp",
    )
)  # fmt: skip


class Token(NamedTuple):
    """A piece between spaces.

    Attributes:
        core: the word as printed, without a possessive; initials and short titles keep their full stops.
        lead: the last sign before the word, empty if there is none.
        tail: the first sign after it, `s` for a possessive, empty if there is none.
        capital: it begins with a capital letter, but for a joined particle (`al-Maliki`).
        initials: it is one initial or several (`A.K.`).
    """

    core: str
    lead: str
    tail: str
    capital: bool
    initials: bool


def parse_token(raw: str) -> Token:
    """Parse a piece.

    >>> parse_token("(Putin’s")
    Token(core='Putin', lead='(', tail='s', capital=True, initials=False)
    """
    core = raw.strip(_SIGNS)
    if core.isalpha() and len(core) > 1:  # most are
        lead, _, tail = raw.partition(core)
        if tail[:1] == "." and core.lower() in _ABBREVIATED:
            core, tail = core + ".", tail[1:]
        elif tail[:1] in ("'", "’") and core[-1] in ("s", "S"):
            tail = "s"
        return Token(core, lead[-1:], tail[:1], core[0].isupper(), False)
    begin = _end_of_signs(raw)
    end = max(begin, len(raw) - _end_of_signs(raw[::-1]))
    lead, core, tail = raw[:begin], raw[begin:end], raw[end:]
    bare = _PREFIX.sub("", core, count=1)
    if bare != core:
        core, lead = bare, "-"
    owner = _POSSESSIVE.fullmatch(core)
    if owner:
        core, tail = owner[1], "s"
    elif tail[:1] in ("'", "’") and core[-1:] in ("s", "S"):
        tail = "s"
    short = _SUFFIX.sub("", core)
    if short != core:
        core, tail = short, tail or "-"
    initials = bool(_INITIALS.fullmatch(core)) and (tail[:1] == "." or "." in core)
    if tail[:1] == "." and (initials or core.lower() in _ABBREVIATED):
        core, tail = core + ".", tail[1:]
    capital = core[:1].isupper() or bool(_JOINED_PARTICLE.match(core))
    return Token(core, lead[-1:], tail[:1], capital, initials)


def _end_of_signs(text: str) -> int:
    """Return where the signs end with which a text begins."""
    signs = _NO_WORD.match(text)
    assert signs is not None
    return signs.end()
