"""Recognise the people in a cable that its source does not tag."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from ..model.cable import Cable, Person
from ..model.names import fullness
from ..steps import Steps, alone
from . import abbreviation
from .identity import resolve_names
from .lexicon import load_lexicon
from .model import Model, load_model
from .names import NameSpan, find_names
from .protection import find_marked_words, find_protected
from .sequence import build_row

CAPITALS = 0.15  # words in small letters to one in capitals, below which a text is in capitals
LOOKED_AT, FIRST = 1_000, 300  # pieces


def recognise(cable: Cable, model: Model | None = None) -> Cable:
    """Give the cable with the people found in its paragraphs.

    Args:
        model: another one than the package's own.
    """
    return alone(steps(cable, model))


def steps(cable: Cable, model: Model | None = None) -> Steps[Cable]:
    """Recognise people, as `recognise` does, in steps."""
    texts = [paragraph.text for paragraph in cable.paragraphs]
    raw, starts = build_row(texts)
    yield
    weigh = model or load_model(in_capitals(raw))
    row = list(map(weigh.pieces.__getitem__, raw))
    yield
    places = weigh.choose(row)
    yield
    asks = any("rotect" in text or "ROTECT" in text for text in texts)
    if asks:
        asked = [*find_marked_words(raw, load_lexicon().classes)]
        for place in asked:
            row[place] = row[place]._replace(core=raw[place])  # a common word has none
        places = sorted({*places, *asked})
    if not places:
        return cable
    every = list(find_names(row, places))
    yield
    short = abbreviation.find_abbreviations(raw, every)
    if short:
        every = sorted([*every, *abbreviation.find_uses(raw, short, every)])
    named = _by_paragraph(every, starts)
    names = [[one.name for one in some] for some in named]
    full = resolve_names(names, short)
    yield
    kept = (
        {
            forms[one.name]
            for forms, some in zip(full, named, strict=True)
            for one in find_protected(raw, some)
        }
        if asks
        else set()
    )
    paragraphs = tuple(
        replace(paragraph, people=_people(some, forms, kept)) if some else paragraph
        for paragraph, some, forms in zip(cable.paragraphs, names, full, strict=True)
    )
    return replace(cable, paragraphs=paragraphs)


def in_capitals(raw: list[str]) -> bool:
    """Whether a text is written without small letters, but for a few words."""
    if sum(map(str.islower, raw[:FIRST])) >= CAPITALS * LOOKED_AT:
        return False  # whatever the rest is
    some = raw[:LOOKED_AT]
    return sum(map(str.islower, some)) < CAPITALS * sum(map(str.isupper, some))


def _by_paragraph(names: list[NameSpan], starts: list[int]) -> list[list[NameSpan]]:
    parted: list[list[NameSpan]] = [[] for _ in starts]
    for one in names:
        parted[bisect_right(starts, one.start) - 1].append(one)
    return parted


def _people(names: list[str], forms: dict[str, str], kept: set[str]) -> tuple[Person, ...]:
    """Give each person once, by the fullest form in the paragraph."""
    best: dict[str, str] = {}
    for name in names:
        full = forms[name]
        best[full] = max(best.get(full, name), name, key=fullness)
    return tuple(Person(name, full, full in kept) for full, name in best.items())
