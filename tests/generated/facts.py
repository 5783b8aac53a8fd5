"""The facts of a cable in one shape: what a made-up one says, and what was read from a printed one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from cablesearch.model.cable import Cable

from .cables import Made, MadeReference

PRECEDENCES = {"Z": "FLASH", "O": "IMMEDIATE", "P": "PRIORITY", "R": "ROUTINE"}

Facts = dict[str, Any]
FACTS = (
    *("id", "created", "released", "level", "caveats", "origin", "subject", "subject_marking", "tags"),
    *("references", "precedence", "dtg", "sender", "to", "info", "classified_by", "reasons", "declassify_on"),
    *("signature", "numbers", "markings", "headings", "kinds", "cites", "words", "lines"),
)


def said(made: Made, without: Collection[str] = ()) -> Facts:
    """Return the facts of a made-up cable, but those that a format does not carry."""
    facts: Facts = {
        "id": made.id,
        "created": made.sent,
        "released": made.released,
        "level": made.level,
        "caveats": made.caveats,
        "origin": made.origin,
        "subject": made.subject,
        "subject_marking": made.subject_marking,
        "tags": made.tags,
        "references": [(r.label, _id(r, made)) for r in made.references],
        "precedence": PRECEDENCES[made.precedence],
        "dtg": made.dtg,
        "sender": made.sender,
        "to": made.to,
        "info": made.info,
        "classified_by": made.classified_by,
        "reasons": made.reasons,
        "declassify_on": made.declassify_on,
        "signature": made.signature,
        "numbers": [None if p.number is None else str(p.number) for p in made.paragraphs],
        "markings": [p.marking for p in made.paragraphs],
        "headings": [p.heading for p in made.paragraphs],
        "kinds": [p.kind for p in made.paragraphs],
        "cites": [tuple(_id(made.references[place], made) for place in p.cites) for p in made.paragraphs],
        "words": [p.words for p in made.paragraphs],
        "lines": [bool(p.block) for p in made.paragraphs],
    }
    return {name: facts[name] for name in FACTS if name not in without}


def _id(reference: MadeReference, made: Made) -> str:
    year = reference.year or made.sent.year
    return f"{year % 100:02}{reference.station.replace(' ', '')}{reference.serial}"


def found(cable: Cable, without: Collection[str] = ()) -> Facts:
    """Return the facts of a cable that was read, but those that its format does not carry."""
    level = cable.classification
    facts: Facts = {
        "id": cable.id,
        "created": cable.created,
        "released": cable.released,
        "level": level.level if level else None,
        "caveats": level.caveats if level else (),
        "origin": cable.origin,
        "subject": cable.subject,
        "subject_marking": cable.subject_marking,
        "tags": cable.tags,
        "references": [(r.label, r.id) for r in cable.references],
        "precedence": cable.precedence,
        "dtg": cable.dtg,
        "sender": cable.sender,
        "to": cable.to,
        "info": cable.info,
        "classified_by": cable.classified_by,
        "reasons": cable.reasons,
        "declassify_on": cable.declassify_on,
        "signature": cable.signature,
        "numbers": [p.number for p in cable.paragraphs],
        "markings": [p.marking for p in cable.paragraphs],
        "headings": [p.heading for p in cable.paragraphs],
        "kinds": [p.kind.value if p.kind else None for p in cable.paragraphs],
        "cites": [p.cites for p in cable.paragraphs],
        "words": [p.text.split() for p in cable.paragraphs],
        "lines": ["\n" in p.text for p in cable.paragraphs],
    }
    return {name: facts[name] for name in FACTS if name not in without}
