"""What a cable is: the immutable values that readers and parser make and everything else reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

Row = dict[str, str | float | None]  # a flat record, by column; None where a value is not known

_ISO = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+)?")


class Kind(StrEnum):
    """What a paragraph is for, where the drafter says so."""

    SUMMARY = "summary"
    COMMENT = "comment"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Classification:
    """A level (`CONFIDENTIAL`), and the caveats beside it (`NOFORN`)."""

    level: str
    caveats: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "//".join((self.level, *self.caveats))


@dataclass(frozen=True, slots=True)
class Person:
    """An individual named in a paragraph.

    Attributes:
        name: the fullest form in that paragraph, without titles.
        full_name: the fullest form in the cable.
        protected: the drafter asked for the name to be protected.
    """

    name: str
    full_name: str
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A cable, or something else, that the `REF:` block names.

    Attributes:
        label: the letter it is called by in the text, None where it has none.
        id: the reference id, None where the text names no cable ("NOTAL", an e-mail).
        text: the entry as printed.
    """

    label: str | None
    id: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, the unit that is searched and cited.

    Attributes:
        id: `07ASTANA48#6`; a repeated number gets `#12-2`, an unnumbered one `#p3` (its position).
        number: the printed number, None where there is none.
        marking: the portion marking without its parentheses (`S/NF`), None where there is none.
        heading: the heading that it stands under, None before the first one.
        text: lines of prose joined by spaces; tables and lists keep their line breaks.
        cites: reference ids that the text resolves to (`Ref B`).
    """

    id: str
    number: str | None
    marking: str | None
    heading: str | None
    kind: Kind | None
    text: str
    people: tuple[Person, ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cable:
    """One message, parsed once. What the source does not give is None or empty.

    Attributes:
        id: the reference id (`07ASTANA48`), or `<volume>/<document>` in an edition.
        created: when it was sent: a datetime (UTC, naive), or a date where no time is known.
        released: when it was published, likewise.
        origin: the post that sent it, as published (`Embassy Astana`).
        tags: as printed, person tags whole (`OVIP (CLINTON, HILLARY)`).
        precedence: in words: `FLASH`, `IMMEDIATE`, `PRIORITY`, `ROUTINE`.
        dtg: the date-time group as printed (`081231Z JAN 07`).
        sender: the FM line; `to` and `info` the addressees, routing indicators and serials dropped.
        reasons: of classification, normalised (`1.4 (b)`).
        declassify_on: a date where it is one, else the event as printed.
        partial: the source says that this is an extract.
        source: the file that it was read from, an archive's member after `!`.
    """

    id: str
    created: date | None = None
    released: date | None = None
    classification: Classification | None = None
    origin: str | None = None
    subject: str | None = None
    tags: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    precedence: str | None = None
    dtg: str | None = None
    sender: str | None = None
    to: tuple[str, ...] = ()
    info: tuple[str, ...] = ()
    classified_by: str | None = None
    reasons: tuple[str, ...] = ()
    declassify_on: date | str | None = None
    signature: str | None = None
    partial: bool = False
    source: str = ""
    paragraphs: tuple[Paragraph, ...] = ()

    columns: ClassVar = (
        "id", "cable", "number", "date", "origin", "classification", "marking", "subject", "people", "text"
    )  # fmt: skip

    def row(self, paragraph: Paragraph) -> Row:
        """Return one of its paragraphs as a flat record, with the cable's own facts."""
        return {
            "id": paragraph.id,
            "cable": self.id,
            "number": paragraph.number,
            "date": self.created.isoformat() if self.created else None,
            "origin": self.origin,
            "classification": self.classification.level if self.classification else None,
            "marking": paragraph.marking,
            "subject": self.subject,
            "people": "; ".join(person.full_name for person in paragraph.people),
            "text": paragraph.text,
        }

    def rows(self) -> Iterator[Row]:
        """Yield the paragraphs as flat records."""
        return map(self.row, self.paragraphs)

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield the cable itself as JSON values: it is listed whole."""
        yield self.as_dict()

    def as_dict(self) -> dict[str, Any]:
        """Return the cable as JSON values, with the keys of docs/json.md."""
        return as_dict(self)


def paragraph_ids(numbers: Iterable[str | None], cable_id: str) -> list[str]:
    """Give a cable's paragraphs their ids, from their printed numbers in order.

    >>> paragraph_ids(["1", None, "2", "2"], "07ASTANA48")
    ['07ASTANA48#1', '07ASTANA48#p2', '07ASTANA48#2', '07ASTANA48#2-2']
    """
    ids: list[str] = []
    printed: Counter[str] = Counter()
    for position, number in enumerate(numbers, 1):
        if number is None:
            ids.append(f"{cable_id}#p{position}")
            continue
        printed[number] += 1
        times = printed[number]
        ids.append(f"{cable_id}#{number}" if times == 1 else f"{cable_id}#{number}-{times}")
    return ids


def as_dict(cable: Cable) -> dict[str, Any]:
    """Give a cable as JSON values, with the keys that `parse --format json` prints (docs/json.md)."""
    classification = cable.classification
    return {
        "id": cable.id,
        "created": _iso(cable.created),
        "released": _iso(cable.released),
        "classification": classification.level if classification else None,
        "caveats": list(classification.caveats) if classification else [],
        "origin": cable.origin,
        "subject": cable.subject,
        "tags": list(cable.tags),
        "references": [{"label": r.label, "id": r.id, "text": r.text} for r in cable.references],
        "precedence": cable.precedence,
        "dtg": cable.dtg,
        "from": cable.sender,
        "to": list(cable.to),
        "info": list(cable.info),
        "classified_by": cable.classified_by,
        "reasons": list(cable.reasons),
        "declassify_on": _iso(cable.declassify_on),
        "signature": cable.signature,
        "partial": cable.partial,
        "source": cable.source,
        "paragraphs": [
            {
                "id": p.id,
                "number": p.number,
                "marking": p.marking,
                "heading": p.heading,
                "kind": p.kind,
                "text": p.text,
                "people": [
                    {"name": who.name, "full_name": who.full_name, "protected": who.protected}
                    for who in p.people
                ],
                "cites": list(p.cites),
            }
            for p in cable.paragraphs
        ],
    }


def from_dict(data: dict[str, Any]) -> Cable:
    """Give the cable that `as_dict` was given."""
    return Cable(
        id=data["id"],
        created=_date(data["created"]),
        released=_date(data["released"]),
        classification=(
            Classification(data["classification"], tuple(data["caveats"])) if data["classification"] else None
        ),
        origin=data["origin"],
        subject=data["subject"],
        tags=tuple(data["tags"]),
        references=tuple(Reference(**r) for r in data["references"]),
        precedence=data["precedence"],
        dtg=data["dtg"],
        sender=data["from"],
        to=tuple(data["to"]),
        info=tuple(data["info"]),
        classified_by=data["classified_by"],
        reasons=tuple(data["reasons"]),
        declassify_on=_date(data["declassify_on"]),
        signature=data["signature"],
        partial=data["partial"],
        source=data["source"],
        paragraphs=tuple(
            Paragraph(
                **{
                    **p,
                    "kind": Kind(p["kind"]) if p["kind"] else None,
                    "people": tuple(Person(**who) for who in p["people"]),
                    "cites": tuple(p["cites"]),
                }
            )
            for p in data["paragraphs"]
        ),
    )


def _iso(moment: date | str | None) -> str | None:
    return moment.isoformat() if isinstance(moment, date) else moment


def _date(text: Any) -> Any:
    """Read what `_iso` wrote: a date, a datetime; other text stays as it is."""
    if not text or not _ISO.fullmatch(text):
        return text
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
