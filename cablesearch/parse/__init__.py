"""Parse a record, or the text of one cable, into a `Cable`. Odd text never raises: it stays text.

A cable goes through the `_STAGES` below. Cables that are parsed together take each stage together: its code
and tables are then still in the processor's caches, which saves a fifth of the time (benchmarks/archive.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from ..corpus.encoding import file_name
from ..corpus.record import Record
from ..errors import UnreadableError
from ..model.cable import Cable, Paragraph, Reference, paragraph_ids
from ..model.calendar import exact_time
from ..model.classification import Classification
from ..model.reference_id import canonical, is_malformed, published_id, repaired_id
from . import body, furniture, message, opening, pages, references, sequence, signature, transmission
from .marking import CAVEAT, CLASSIFICATION_LINE, parse_classification

__all__ = ["parse_batch", "parse_record"]

MAX_SIGNATURE_WORDS = 3  # a message whose header leaves no more has all its text in it
MAX_STATION = 120  # columns behind a level in which the section, station and serial stand
NO_TEXT = "nothing below the header"  # said of a cable that has no paragraphs
MAX_CHARS = 5_000_000  # of a message; the longest cable known has under 400,000
MAX_ID_CHARS = 300  # it may be the name of a file; engines bound the length of a term

# Begins where a run of a station's characters does: a match from within it would only be shorter.
# Behind the serial number may stand its section, caveats and notes: `0045/01 OF 02`, `0045 NOFORN SIPDIS`.
_STATION = re.compile(
    rf"(?:^|[^A-Z .'-])[ .'-]*+(?:(?:{CAVEAT.pattern}|E ?F ?T ?O)[/\s]++){{0,4}}+"
    r"(?P<station>[A-Z][A-Z .'-]*[A-Z])\s++#?0*+(?P<serial>[1-9]\d{0,6})(?:/\d{1,2}(?:\s+OF\s+\d{1,2})?)?"
    rf"(?:[\s/(]++(?:{CAVEAT.pattern}|SIPDIS|C ?O ?R ?R ?E ?C ?T ?E ?D(?:\s{{1,3}}C ?O ?P ?Y)?)\)?+)*+\s*+$"
)
# Who transmits, and the message's number there: `DE RUEHFR #2069/01 0891339`.
_STATION_SERIAL = re.compile(r"^\s*DE\s+R[A-Z]{3,7}\s+#0*(?P<serial>[1-9]\d{0,5})\b", re.MULTILINE)
_SENDING_POST = re.compile(r"(?:AMEMBASSY|AMCONSUL|AMCONGEN|USMISSION|SECSTATE)\b")
_CLASSIFIED_BY = re.compile(r"classified by\b", re.IGNORECASE)
_NARA_PAGE = re.compile(
    r"^[ \t]*PAGE[ \t]+01\s{1,40}(?P<station>[A-Z][A-Z .'-]{0,30}[A-Z])\s{1,20}0*(?P<serial>[1-9]\d*)\b",
    re.MULTILINE,
)


def parse_record(record: Record) -> Cable:
    """Parse one record of a corpus.

    Raises:
        UnreadableError: it has no text at all, or more than a cable can have.
    """
    [result] = parse_batch([record])
    if isinstance(result, UnreadableError):
        raise result
    return result


def parse_batch(records: Iterable[Record]) -> list[Cable | UnreadableError]:
    """Parse records together: return the cable of each, or why there is none; see `parse_record`."""
    items = [_begin(record) for record in records]
    drafts = [item for item in items if isinstance(item, _Draft)]
    for stage in _STAGES:
        for draft in drafts:
            stage(draft)
    return [_refuse_long_id(item.cable if isinstance(item, _Draft) else item) for item in items]


def _refuse_long_id(result: Cable | UnreadableError) -> Cable | UnreadableError:
    """Return the result; an error for a cable that no engine could find by its id."""
    if isinstance(result, UnreadableError) or len(result.id) <= MAX_ID_CHARS:
        return result
    return UnreadableError(f"an id of {len(result.id):,} characters: {MAX_ID_CHARS} are the most")


@dataclass(slots=True, init=False)
class _Draft:
    """A cable being parsed: what each stage has worked out, for the later ones.

    Attributes:
        transmission_header: its text, and `sent` what it says.
        text: the message, at first with the furniture of its pages.
        numbers: the paragraphs' numbers in the text.
        header: what the message header says; its `rest` is unnumbered text of the body.
        cuts: the body, and a second one where text follows the signature.
    """

    record: Record
    transmission_header: str
    text: str
    sent: transmission.Transmission
    created: date | None
    numbers: list[sequence.Number]
    header: message.Header
    id: str
    other_ids: tuple[str, ...]
    classification: Classification | None
    references: tuple[Reference, ...]
    signature: str | None
    cuts: list[body.Cut]
    parts: list[body.Part]
    cites: list[tuple[str, ...]]
    cable: Cable

    def __init__(self, record: Record) -> None:
        self.record = record


def _begin(record: Record) -> _Draft | Cable | UnreadableError:
    """Return a draft to be parsed, the cable if the source has it parsed or marked up, or what is wrong."""
    if record.cable:
        ids = [paragraph.id for paragraph in record.cable.paragraphs]
        if len(set(ids)) < len(ids):  # none of them could be cited
            return UnreadableError("several of its paragraphs have the same id: parse it again")
        return replace(record.cable, source=record.source, format=record.cable.format or record.format)
    if record.paragraphs is not None:
        return _marked_up(record, record.paragraphs)
    if len(record.message) > MAX_CHARS:
        return UnreadableError(
            f"{len(record.message):,} characters are no cable: the longest has some 400,000"
        )
    if not record.message.strip() and not record.header.strip():
        return UnreadableError("there is no text in it")
    return _Draft(record)


def _read_transmission(draft: _Draft) -> None:
    record = draft.record
    printed = opening.unfold(pages.remove_pages(opening.close_lines(record.message)))
    draft.transmission_header, draft.text = (
        (record.header, printed) if record.header else transmission.split_transmission(printed)
    )
    draft.sent = transmission.parse_transmission(draft.transmission_header)
    draft.created = exact_time(record.created, draft.sent.sent)


def _remove_furniture(draft: _Draft) -> None:
    draft.text = furniture.remove_furniture(draft.text)


def _find_numbers(draft: _Draft) -> None:
    draft.numbers = sequence.find_numbers(draft.text)
    draft.text = draft.text.replace("¶", " ")  # which leaves the numbers where they are


def _read_header(draft: _Draft) -> None:
    above = draft.text[: draft.numbers[0].start] if draft.numbers else draft.text
    draft.header = _parse_header(*opening.split_body(above))
    if not draft.numbers and len(draft.header.rest.split()) <= MAX_SIGNATURE_WORDS:
        draft.header = _parse_header(*opening.split_unread(above))


def _parse_header(above: str, begun: str) -> message.Header:
    """Parse a message header, and add the body's text that follows it."""
    header = message.parse_header(above)
    return replace(header, rest=f"{header.rest}\n\n{begun}") if begun else header


def _identify(draft: _Draft) -> None:
    record, header = draft.record, draft.header
    draft.classification = parse_classification(record.classification) or header.classification
    draft.id = _id(draft)
    draft.other_ids = _other_ids(draft)
    printed = references.parse_references(header.references, draft.id, draft.created)
    draft.references = printed + _more_references(record, draft.created, printed)


def _cut_body(draft: _Draft) -> None:
    text, numbers, rest = draft.text, draft.numbers, draft.header.rest
    if numbers:
        end, draft.signature, after = signature.find_signature(text, numbers[0].start)
        draft.cuts = [body.cut(rest, text[:end], numbers)]
    else:
        end, draft.signature, after = signature.find_signature(rest)
        draft.cuts = [body.cut(rest[:end])]
    if after:
        draft.cuts.append(body.cut(after))


def _rejoin_lines(draft: _Draft) -> None:
    draft.parts = [part for cut in draft.cuts for part in body.parts(cut)]


def _find_citations(draft: _Draft) -> None:
    citations = references.Citations(draft.references, draft.id, draft.created)
    draft.cites = [citations.find(part.text) for part in draft.parts]


def _finish(draft: _Draft) -> None:
    record, sent, header = draft.record, draft.sent, draft.header
    ids = paragraph_ids((part.number for part in draft.parts), draft.id)
    paragraphs = tuple(
        Paragraph(id, part.number, part.marking, part.heading, part.kind, part.text, cites=cites)
        for id, part, cites in zip(ids, draft.parts, draft.cites, strict=True)
    )
    # Some drafters put the classifier into their first paragraph.
    first = paragraphs[0].text if paragraphs and _CLASSIFIED_BY.match(paragraphs[0].text) else ""
    draft.cable = Cable(
        id=draft.id,
        other_ids=draft.other_ids,
        created=draft.created,
        released=record.released,
        classification=draft.classification,
        origin=record.origin or transmission.published_origin(sent.sender),
        subject=header.subject or record.subject,
        subject_marking=header.subject_marking,
        tags=header.tags or record.tags,
        concepts=record.concepts,
        references=draft.references,
        precedence=sent.precedence,
        dtg=sent.dtg,
        sender=sent.sender,
        to=sent.to,
        info=sent.info,
        classified_by=header.classified_by or message.parse_classifier(first),
        reasons=header.reasons or message.parse_reasons(first),
        declassify_on=header.declassify_on,
        signature=draft.signature,
        partial=record.partial,
        without_text=None if paragraphs else NO_TEXT,
        source=record.source,
        format=record.format,
        paragraphs=paragraphs,
    )


_STAGES: tuple[Callable[[_Draft], None], ...] = (
    _read_transmission,
    _remove_furniture,
    _find_numbers,
    _read_header,
    _identify,
    _cut_body,
    _rejoin_lines,
    _find_citations,
    _finish,
)


def _id(draft: _Draft) -> str:
    """Return the cable's id: the source's, else the message's own, else the file's name."""
    record = draft.record
    if record.id:
        return published_id(record.id)
    own = _printed_id(draft)
    name = PurePath(re.split(r"[#!]", record.source.replace("\\", "/"))[-1]).name
    stem = file_name(PurePath(name.removesuffix(".gz")).stem)
    return own or canonical(stem) or _transmitted_id(draft) or stem or "untitled"


def _transmitted_id(draft: _Draft) -> str | None:
    """Return the id that the transmission header tells: the sender's, with the number it transmits under."""
    sender = draft.sent.sender
    serial = _STATION_SERIAL.search(draft.transmission_header)
    if not serial or not sender or not _SENDING_POST.match(sender):
        return None
    return canonical(f"{sender.removesuffix(' WASHDC')} {serial['serial']}", cited=draft.created)


def _other_ids(draft: _Draft) -> tuple[str, ...]:
    """Return the right id of a cable that is filed under a malformed one."""
    if not is_malformed(draft.id):
        return ()
    right = repaired_id(draft.id, _printed_id(draft))
    return (right,) if right else ()


def _printed_id(draft: _Draft) -> str | None:
    """Read a message's own id from its classification line or its first page line."""
    for line in draft.text.split("\n", 12)[:12]:
        level = CLASSIFICATION_LINE.match(line)
        if level and (station := _STATION.search(level["rest"][:MAX_STATION])):
            return canonical(f"{station['station']} {station['serial']}", cited=draft.created)
    # A page line's station is cut to six or seven letters.
    page = _NARA_PAGE.search(f"{draft.record.header}\n{draft.record.message}")
    return canonical(f"{page['station']} {page['serial']}", cited=draft.created) if page else None


def _more_references(
    record: Record, created: date | None, printed: tuple[Reference, ...]
) -> tuple[Reference, ...]:
    """Return the references that the source lists but the message's block does not have.

    Where the block has any, what is listed without an id may be an entry of it in other words.
    """
    listed = _listed_references(record, created)
    ids = {reference.id for reference in printed} | {None}
    return tuple(reference for reference in listed if reference.id not in ids) if printed else listed


def _listed_references(record: Record, created: date | None) -> tuple[Reference, ...]:
    """Return the references that the source lists."""
    ids = (
        (printed, canonical(printed, cited=created) or repaired_id(printed)) for printed in record.references
    )
    return tuple(Reference(None, id, printed) for printed, id in ids)


def _marked_up(record: Record, paragraphs: tuple[Paragraph, ...]) -> Cable:
    """Return the cable of a record whose source marks up its paragraphs."""
    return Cable(
        id=record.id or PurePath(record.source).stem,
        created=record.created,
        released=record.released,
        classification=parse_classification(record.classification),
        origin=record.origin,
        subject=record.subject,
        tags=record.tags,
        concepts=record.concepts,
        references=_listed_references(record, record.created),
        sender=record.sender,
        to=record.to,
        info=record.info,
        signature=record.signature,
        partial=record.partial,
        without_text=None if paragraphs else record.without_text or NO_TEXT,
        edition=record.edition,
        source=record.source,
        format=record.format,
        paragraphs=tuple(p if p.kind else replace(p, kind=body.kind_of(p.text)) for p in paragraphs),
    )
