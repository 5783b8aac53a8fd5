"""The codes of TAGS lines (`tags.txt`): their kinds and meanings, codes run together and codes misprinted.

    PRELEG, KFRDKIRFCVIS   ->  PREL EG, KFRD KIRF CVIS
    MOPPS, AGMT            ->  MOPS, AMGT

A code too many is a tag that nobody set: in doubt there is none.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from ..analysis.distance import edit_distance
from ..analysis.words import words
from .tables import read_table


class TagCode(NamedTuple):
    """A code; the meaning is empty where it is not known for sure."""

    code: str
    kind: str  # "subject", "program", "geography" or "organisation"
    meaning: str
    country: str  # ISO 3166 code of a geography's country, else empty


REMARK = re.compile(r" \([^()]*\)")  # in a meaning: human rights (about 1980)
LETTERS = 4  # of a subject and of a program
GEOGRAPHY_LETTERS = 2
MAX_RUN_LETTERS = 100  # the longest seen has 36


class _Codes:
    """All codes, for `in`."""

    def __contains__(self, code: str) -> bool:
        return code in _table()


CODES = _Codes()


def tag_code(code: str) -> TagCode | None:
    """Return what is known of a code, printed in any case."""
    return _table().get(code.strip().upper())


def geographies() -> list[TagCode]:
    """Return the codes of countries and regions."""
    return [entry for entry in _table().values() if entry.kind == "geography"]


def codes_meaning(text: str) -> tuple[str, ...]:
    """Return the codes that stand for something in words: those called so, else those that mention it.

    >>> codes_meaning("human rights"), codes_meaning("Kazakhstan"), codes_meaning("herring")
    (('PHUM', 'SHUM'), ('KZ',), ())
    """
    wanted = " ".join(words(text))
    meanings = _meanings() if wanted else {}
    exact = tuple(code for code, called in meanings.items() if wanted in called)
    return exact or tuple(code for code, (whole, _) in meanings.items() if f" {wanted} " in f" {whole} ")


def split_run(printed: str) -> list[str] | None:
    """Cut a run of codes without separators: common subjects, programs and organisations, and geographies.

    A subject or program is first, or second after a geography. Of several ways to cut a run, the one into
    the fewest codes is taken (AORC UNGA, not AORC UN GA).

    Returns:
        None for a single code and a word, and where there is no way or more than one.
    """
    run = printed.strip().upper()
    starts = {run[:LETTERS], run[GEOGRAPHY_LETTERS : GEOGRAPHY_LETTERS + LETTERS]}
    if run in CODES or run in _words() or len(run) > MAX_RUN_LETTERS or starts.isdisjoint(_common_subjects()):
        return None
    cuts = _fewest_cuts(run)
    return list(cuts[0]) if len(cuts) == 1 else None


def near_code(printed: str) -> str | None:
    """Return the common subject or program that this is with two letters swapped or one repeated.

    A wrong letter is not corrected: MARK and CASE are a letter from codes too.

    Returns:
        None for codes and words, and where this holds for several codes.
    """
    word = printed.strip().upper()
    if word in CODES or word in _words() or not LETTERS <= len(word) <= LETTERS + 1:
        return None
    near = [
        code
        for code in _subjects()
        if code[0] == word[0] and _same_letters(code, word) and edit_distance(code, word, 1) <= 1
    ]
    return near[0] if len(near) == 1 and near[0] in _common_subjects() else None


@lru_cache(1024)
def _fewest_cuts(run: str) -> list[tuple[str, ...]]:
    """Return the ways to cut a run into as few codes as possible; of more than two, two."""
    if not run:
        return [()]
    cuts = [
        (run[:length], *rest)
        for length in _lengths_in_runs()
        if length <= len(run) and run[:length] in _codes_in_runs()
        for rest in _fewest_cuts(run[length:])
    ]
    fewest = min(map(len, cuts), default=0)
    return [cut for cut in cuts if len(cut) == fewest][:2]


def _same_letters(code: str, word: str) -> bool:
    return sorted(code) == sorted(word) or (len(word) > len(code) and set(code) == set(word))


@cache
def _table() -> dict[str, TagCode]:
    return {code: TagCode(code, kind, meaning, country) for code, kind, meaning, country, _common in _rows()}


@cache
def _meanings() -> dict[str, tuple[str, str]]:
    """Return the meaning of each code that has one, in folded words: whole, and without its remark."""
    meanings = {entry.code: entry.meaning for entry in _table().values() if entry.meaning}
    return {
        code: (" ".join(words(meaning)), " ".join(words(REMARK.sub("", meaning))))
        for code, meaning in meanings.items()
    }


@cache
def _subjects() -> list[str]:
    """Return all codes of subjects and programs."""
    return [entry.code for entry in _table().values() if entry.kind in ("subject", "program")]


@cache
def _common_subjects() -> frozenset[str]:
    return frozenset(code for code, kind, *_, common in _rows() if common and kind in ("subject", "program"))


@cache
def _codes_in_runs() -> frozenset[str]:
    """Return the codes that may follow in a run. Others are rare, and are often in a longer one by chance."""
    return frozenset(code for code, kind, *_, common in _rows() if common or kind == "geography")


@cache
def _lengths_in_runs() -> list[int]:
    return sorted(set(map(len, _codes_in_runs())))


@cache
def _words() -> frozenset[str]:
    return frozenset(word for (word,) in read_table("not_tags.txt", columns=1))


@cache
def _rows() -> list[list[str]]:
    return read_table("tags.txt", columns=5)
