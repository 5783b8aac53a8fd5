"""A raw record, or the text of one cable, into a `Cable`. Odd text never raises: it stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from ..corpus.encoding import file_name
from ..corpus.record import Record
from ..errors import UnreadableError
from ..model.cable import Cable, Paragraph, Reference, paragraph_ids
from ..model.reference_id import canonical
from ..steps import Steps, alone
from . import body, furniture, message, references, sequence, signature, transmission
from .marking import CLASSIFICATION_LINE, parse_classification

__all__ = ["parse_cable", "parse_record", "steps"]

LONGEST = 5_000_000  # characters of a message; the longest cable known has under 400,000

_STATION = re.compile(
    r"(?:SECTION\s+\d+\s+OF\s+\d+\s+)?(?P<station>[A-Z][A-Z .'-]*[A-Z])\s+0*(?P<serial>[1-9]\d{0,6})\s*$"
)
_CLASSIFIED = re.compile(r"classified by\b", re.IGNORECASE)  # some drafters say it in paragraph 1
_NARA_PAGE = re.compile(
    r"^\s*PAGE\s+01\s+(?P<station>[A-Z][A-Z .'-]*[A-Z])\s+0*(?P<serial>[1-9]\d*)\b", re.MULTILINE
)


def parse_cable(text: str, id: str | None = None) -> Cable:
    """Parse the text of one cable, its transmission header before it or not.

    Args:
        text: the message as printed.
        id: its reference id, in any spelling; without one it is read from the text.
    """
    return parse_record(Record(source="", message=text, id=id))


def parse_record(record: Record) -> Cable:
    """Parse one record of a corpus.

    Raises:
        UnreadableError: it has no text at all, or more than a cable can have.
    """
    return alone(steps(record))


def steps(record: Record) -> Steps[Cable]:
    """Parse one record, as `parse_record` does, in steps."""
    if record.paragraphs is not None:
        return _ready(record)
    if len(record.message) > LONGEST:
        raise UnreadableError(
            f"{len(record.message):,} characters are no cable: the longest has some 400,000"
        )
    sent_header, text = (
        (record.header, record.message) if record.header else transmission.split_transmission(record.message)
    )
    if not text.strip() and not sent_header.strip():
        raise UnreadableError("there is no text in it")
    sent = transmission.parse_transmission(sent_header)
    created = record.created or sent.sent
    yield
    text = furniture.remove_furniture(text)
    yield
    found = sequence.find_numbers(text)
    yield
    head = message.parse_header(text[: found[0].start] if found else text)
    yield
    level = parse_classification(record.classification) or head.classification
    id = _id(record, sent_header, text, created)
    cited = references.parse_references(head.references, id, created) or _listed(record, created)
    yield
    signed, paragraphs = yield from _paragraphs(text, found, head, cited, id, created)
    first = paragraphs[0].text if paragraphs and _CLASSIFIED.match(paragraphs[0].text) else ""
    return Cable(
        id=id,
        created=created,
        released=record.released,
        classification=level,
        origin=record.origin or transmission.published_origin(sent.sender),
        subject=head.subject or record.subject,
        tags=head.tags or record.tags,
        references=cited,
        precedence=sent.precedence,
        dtg=sent.dtg,
        sender=sent.sender,
        to=sent.to,
        info=sent.info,
        classified_by=head.classified_by or message.parse_classifier(first),
        reasons=head.reasons or message.parse_reasons(first),
        declassify_on=head.declassify_on,
        signature=signed,
        partial=record.partial,
        source=record.source,
        paragraphs=paragraphs,
    )


def _paragraphs(
    text: str,
    found: list[sequence.Number],
    head: message.Header,
    cited: tuple[Reference, ...],
    id: str,
    created: date | None,
) -> Steps[tuple[str | None, tuple[Paragraph, ...]]]:
    """Give the signature and the paragraphs of a message."""
    start = found[0].start if found else 0
    matter, signed, after = signature.split_signature(text[start:] if found else head.rest)
    yield
    before, rest = (head.rest, text[:start] + matter) if found else (matter, "")
    parted = yield from body.parts(before, rest, found)
    if after:
        parted += yield from body.parts(after, "", [])
    yield
    ids = paragraph_ids((part.number for part in parted), id)
    citations = references.Citations(cited, id, created)
    cites = [citations.find(part.text) for part in parted]
    yield
    return signed, tuple(
        Paragraph(
            id=own,
            number=part.number,
            marking=part.marking,
            heading=part.heading,
            kind=part.kind,
            text=part.text,
            cites=cited_there,
        )
        for own, part, cited_there in zip(ids, parted, cites, strict=True)
    )


def _id(record: Record, header: str, text: str, created: date | None) -> str:
    """Give the cable's id: the source's, the message's own, or the file's name."""
    if record.id:
        return canonical(record.id) or record.id.strip()
    own = _own_id(header, text, created)
    name = PurePath(re.split(r"[#!]", record.source.replace("\\", "/"))[-1]).name
    stem = file_name(PurePath(name.removesuffix(".gz")).stem)
    return own or canonical(stem) or stem or "untitled"


def _own_id(header: str, text: str, created: date | None) -> str | None:
    """Read the id that a message gives itself, on its classification line or its first page line."""
    for line in text.split("\n", 12)[:12]:
        level = CLASSIFICATION_LINE.match(line)
        if level and (station := _STATION.search(level["rest"])):
            return canonical(f"{station['station']} {station['serial']}", cited=created)
    page = _NARA_PAGE.search(f"{header}\n{text}")  # its station is cut to six or seven letters
    return canonical(f"{page['station']} {page['serial']}", cited=created) if page else None


def _listed(record: Record, created: date | None) -> tuple[Reference, ...]:
    """Give the references of the source's own list, for a message whose block says nothing."""
    ids = ((printed, canonical(printed, cited=created)) for printed in record.references)
    return tuple(Reference(None, id, printed) for printed, id in ids)


def _ready(record: Record) -> Cable:
    """Give the cable of a record whose paragraphs its source marks up."""
    id = record.id or PurePath(record.source).stem
    assert record.paragraphs is not None
    return Cable(
        id=id,
        created=record.created,
        released=record.released,
        classification=parse_classification(record.classification),
        origin=record.origin,
        subject=record.subject,
        tags=record.tags,
        signature=record.signature,
        partial=record.partial,
        source=record.source,
        paragraphs=tuple(p if p.kind else replace(p, kind=body.kind_of(p.text)) for p in record.paragraphs),
    )
