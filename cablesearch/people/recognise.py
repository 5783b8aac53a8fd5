"""Recognise the people in a cable that its source does not tag."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from ..model.cable import Cable, Person
from ..steps import Steps, alone
from . import abbreviation
from .identity import fullest, fullness
from .lexicon import lexicon
from .model import Model
from .model import model as own_model
from .names import Found, found
from .protection import asked_for, protected
from .sequence import rows

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
    raw, starts = rows(texts)
    yield
    weigh = model or own_model(in_capitals(raw))
    row = list(map(weigh.pieces.__getitem__, raw))
    yield
    places = weigh.chosen(row)
    yield
    asks = any("rotect" in text or "ROTECT" in text for text in texts)
    if asks:
        asked = [*asked_for(raw, lexicon().classes)]
        for place in asked:
            row[place] = row[place]._replace(core=raw[place])  # a common word has none
        places = sorted({*places, *asked})
    if not places:
        return cable
    every = list(found(row, places))
    yield
    short = abbreviation.given(raw, every)
    if short:
        every = sorted([*every, *abbreviation.uses(raw, short, every)])
    named = _by_paragraph(every, starts)
    names = [[one.name for one in some] for some in named]
    full = fullest(names, short)
    yield
    kept = (
        {forms[one.name] for forms, some in zip(full, named, strict=True) for one in protected(raw, some)}
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


def _by_paragraph(names: list[Found], starts: list[int]) -> list[list[Found]]:
    parted: list[list[Found]] = [[] for _ in starts]
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
