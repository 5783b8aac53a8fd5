"""A volume, streamed: its name, its list of persons, its documents as records.

The list of persons stands before the documents and has the full names of the people tagged in them. Entities
that the file declares are not expanded, nothing is fetched, and only one document at a time is in memory.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from lxml import etree

from ...errors import UnreadableError
from ...model.cable import Edition, Kind, Paragraph, paragraph_ids
from ...model.calendar import MONTHS, Month
from ...model.classification import EDITION_CAVEATS, EDITION_LEVELS, EDITION_PORTIONS, alternatives
from ..moments import parse_moment
from ..record import Failure, Record
from ..source import SNIFF_BYTES, Source
from . import FRONT_MATTER, NAME
from .people import fuller, merge_people, natural_order, strip_titles
from .text import ID, Block, Element, blocks, content, prose, tag

MAX_DOCUMENT_BYTES = 8 << 20  # or between two documents: the longest known has under one million

_NUMBER = re.compile(
    r"(?P<number>\d{1,3})\.\s+"
    rf"(?:\((?P<marking>(?:{alternatives(EDITION_PORTIONS)})(?:/[A-Z]+)*)\)\s+)?(?=\S)"
)
_HEAD_NUMBER = re.compile(r"\[?\d{1,4}[A-Z]?\]?\.\s+")
_EDITORIAL = re.compile(r"[\W\d]*Editorial Notes?\W*", re.IGNORECASE)
_LEVEL = re.compile(
    rf"(?<![\w-])(?P<level>{alternatives(EDITION_LEVELS)})"
    r"(?P<rest>(?:[;,/][^.]{0,200})?)[.;]",
    re.IGNORECASE,
)
_LEVEL_IN_HEADING = re.compile(
    rf"[.,;(]\s*(?P<level>{alternatives(EDITION_LEVELS)})\s*(?=[.,;)]|$)", re.IGNORECASE
)
_ISO_MONTH = re.compile(r"\d{4}-\d\d")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_MONTH = re.compile("|".join(MONTHS))
_YEAR = re.compile(r"\d{4}")
_DATE_IN_HEADING = re.compile(
    rf"\b(?P<month>{'|'.join(MONTHS)})\s+(?:(?P<day>\d{{1,2}}),\s*)?(?P<year>1[789]\d\d|20\d\d)\b"
)
_CAVEAT = re.compile(alternatives(EDITION_CAVEATS), re.IGNORECASE)


@dataclass
class _Volume:
    """What has been read of a volume.

    Attributes:
        name: the edition's name of it, the file's until that is read.
        edition: what its header says of it.
        persons: full names by their keys in the list of persons.
    """

    name: str
    edition: Edition | None = None
    persons: dict[str, str] = field(default_factory=dict)


class _Parser(Protocol):
    """What is used of lxml's pull parser, which is published without types."""

    def feed(self, data: bytes) -> None: ...
    def close(self) -> object: ...
    def read_events(self) -> Iterator[tuple[str, Element]]: ...


def documents(source: Source, in_shard: Iterator[bool]) -> Iterator[Record | Failure]:
    """Yield a volume's documents that are in the shard, each as soon as it is read."""
    volume = _Volume(source.stem)
    names: Counter[str] = Counter()
    sections: Counter[str] = Counter()
    for element in _elements(source):
        if tag(element) == "fileDesc":
            _note_header(element, volume)
        elif element.get("type") == "document":
            name = element.get(ID) or f"document{names.total() + 1}"
            names[name] += 1
            if next(in_shard):  # two documents may have one xml:id
                again = f"-{names[name]}" if names[name] > 1 else ""
                yield _record(element, volume, source.name, name + again)
        else:
            _note_persons(element, volume)
            if source.front_matter and _is_front_matter(element):
                name = element.get(ID) or f"section{sections.total() + 1}"
                sections[name] += 1
                if sections[name] == 1 and next(in_shard):
                    record = _record(element, volume, source.name, name)
                    yield replace(record, format=FRONT_MATTER)
    if not names:
        raise UnreadableError("a TEI volume without a document in it")


def _elements(source: Source) -> Iterator[Element]:
    """Yield the file's description and each division outside of a document when it ends; then free it.

    Raises:
        UnreadableError: after all that ends before a fault in the file.
    """
    parser: _Parser = etree.XMLPullParser(
        ("end",),
        tag=("{*}div", "{*}fileDesc"),
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,  # an xml:id that stands twice is no fault
    )
    held = 0
    fault: str | None = None
    while fault is None:
        data = source.stream.read(SNIFF_BYTES)
        try:
            parser.feed(data) if data else parser.close()
        except etree.XMLSyntaxError as error:
            fault = str(error.msg)
        for _, element in parser.read_events():
            if not any(map(_is_read_whole, element.iterancestors("{*}div"))):
                yield element
                _free(element)
                held = 0
        if not data:
            break
        held += len(data)
        if held > MAX_DOCUMENT_BYTES:
            raise UnreadableError(f"a document of more than {MAX_DOCUMENT_BYTES >> 20} MB: no volume has one")
    if fault is not None:
        raise UnreadableError(f"cut off or not well-formed XML: {fault}")


def _is_read_whole(division: Element) -> bool:
    return division.get("type") == "document" or _is_front_matter(division)


def _is_front_matter(division: Element) -> bool:
    """Whether it is a section before the documents: a preface, a summary, a list of sources."""
    above = division.getparent()
    return division.get("type") == "section" and above is not None and tag(above) == "front"


def _free(element: Element) -> None:
    """Empty an element, and remove those before it from their parent."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _note_header(description: Element, volume: _Volume) -> None:
    """Note the volume's name, and what is needed to cite it."""
    texts: dict[str, list[str]] = {}  # by element, and by element and type or role
    for element in description.iter():
        if text := prose([element]):
            kind = element.get("type") or element.get("role") or ""
            for key in dict.fromkeys((tag(element), f"{tag(element)}/{kind}")):
                texts.setdefault(key, []).append(text)

    def first(key: str) -> str | None:
        return next(iter(texts.get(key, ())), None)

    volume.name = first("idno/frus") or volume.name
    if title := first("title/complete") or first("title"):
        year = _YEAR.search(first("date") or "")
        volume.edition = Edition(
            title,
            tuple(texts.get("editor/primary") or texts.get("editor") or ()),
            first("pubPlace"),
            first("publisher"),
            int(year[0]) if year else None,
        )


def _note_persons(division: Element, volume: _Volume) -> None:
    for name in division.iter("{*}persName"):
        if key := name.get(ID):
            volume.persons[f"#{key}"] = natural_order(prose([name]))


def _record(division: Element, volume: _Volume, source: str, name: str) -> Record:
    head, dateline = division.find("{*}head"), _find_own(division, "dateline")
    note = division.find(".//{*}note[@type='source']")
    id = f"{volume.name}/{name}"
    found = list(blocks(division, [part for part in (head, dateline) if part is not None]))
    heading = _HEAD_NUMBER.sub("", prose([head]), 1) if head is not None else ""
    signature = next((block for block in found if block.role == "signature"), None)
    return Record(
        format=NAME,
        source=f"{source}#{name}",
        id=id,
        created=_created(division, dateline, head) or _dated_in(heading),
        classification=_classification(prose(content(note))) if note is not None else _level_in(heading),
        origin=_place(dateline),
        subject=heading or None,
        sender="; ".join(_correspondents(division, volume, "from")) or None,
        to=_correspondents(division, volume, "to"),
        signature=signature.text if signature else None,
        edition=volume.edition,
        paragraphs=_paragraphs(
            [block for block in found if block is not signature], id, volume, _kind(division, heading)
        ),
    )


def _find_own(division: Element, name: str) -> Element | None:
    """Return the first element of this name that is the document's own, not an attachment's."""
    return next((e for e in division.iter(f"{{*}}{name}") if _is_own(e, division)), None)


def _is_own(element: Element, division: Element) -> bool:
    return next(element.iterancestors("{*}div", "{*}attachment")) is division


def _kind(division: Element, heading: str) -> Kind | None:
    """Return the kind of a document's paragraphs if the editors wrote it, by its type or its heading."""
    by_editors = division.get("subtype") == "editorial-note" or _is_front_matter(division)
    return Kind.EDITORIAL if by_editors or _EDITORIAL.fullmatch(heading) else None


def _paragraphs(found: list[Block], id: str, volume: _Volume, kind: Kind | None) -> tuple[Paragraph, ...]:
    numbered = _match_numbers(found)
    full_names = _full_names(found, volume)
    ids = paragraph_ids((match["number"] if match else None for match in numbered), id)
    return tuple(
        Paragraph(
            id=own,
            number=match["number"] if match else None,
            marking=match["marking"] if match else None,
            heading=block.heading,
            kind=kind,
            text=block.text[match.end() :] if match else block.text,
            people=merge_people(block.names, full_names),
        )
        for own, match, block in zip(ids, numbered, found, strict=True)
    )


def _match_numbers(found: list[Block]) -> list[re.Match[str] | None]:
    """Return the match of each block's printed number, None where it has none.

    A telegram may begin with its own number: 442 is not a paragraph's where the next one is not 443.
    """
    numbered = [_NUMBER.match(block.text) if block.role == "text" else None for block in found]
    numbers = [int(match["number"]) for match in numbered if match]
    if numbered and numbered[0] and numbers[0] > 1 and numbers[1:2] != [numbers[0] + 1]:
        numbered[0] = None
    return numbered


def _full_names(found: list[Block], volume: _Volume) -> dict[str, str]:
    """Return the fullest name by key: from the list of persons, or as the document itself prints it."""
    full: dict[str, str] = {}
    for key, printed in (name for block in found for name in block.names):
        if key:
            known = full.get(key) or volume.persons.get(key, "")
            full[key] = fuller(known, strip_titles(printed))
    return full


def _correspondents(division: Element, volume: _Volume, role: str) -> tuple[str, ...]:
    """Return the full names of those whom the editors mark as senders (`from`) or addressees (`to`)."""
    names: dict[str, str] = {}
    for name in division.iter("{*}persName"):
        if name.get("type") == role and _is_own(name, division) and (printed := strip_titles(prose([name]))):
            key = name.get("corresp", "") or printed
            names[key] = fuller(fuller(names.get(key, ""), volume.persons.get(key, "")), printed)
    return tuple(dict.fromkeys(names.values()))


def _created(division: Element, *dated: Element | None) -> date | None:
    """Return the date of the first of the elements that has one, else the editors' estimate."""
    for element in (part for part in dated if part is not None):
        for when in element.iter("{*}date"):
            for attribute in ("when", "from", "notBefore", "notAfter", "to"):
                if found := _moment(when.get(attribute)):
                    printed = prose([when])
                    return Month(found.year, found.month, 1) if _is_month(printed) else found
    return _estimated_date(division)


def _is_month(printed: str) -> bool:
    """Whether a date has a month and a year, but no day: August 1959; June —, 1861."""
    month = _MONTH.search(printed)
    return bool(month and _YEAR.search(printed, month.end()) and not _DAY.search(printed))


def _moment(printed: str | None) -> date | None:
    """Parse a date, a month where there is no day."""
    found = parse_moment(printed)
    return Month(found.year, found.month, 1) if found and _ISO_MONTH.fullmatch(printed or "") else found


def _estimated_date(division: Element) -> date | None:
    """Return the earliest time that a document may be of.

    It is a date where the span begins with a whole day, and a month where the span is a whole month.
    """
    bounds = {key.rpartition("}")[2]: value for key, value in division.attrib.items()}
    first, last = bounds.get("doc-dateTime-min"), bounds.get("doc-dateTime-max")
    day, _, time = (first or "").partition("T")
    is_day = first != last and time.startswith("00:00:00")
    found = _moment(day if is_day else first)
    if found and is_day and (end := parse_moment((last or "").partition("T")[0])):
        days = monthrange(found.year, found.month)[1]
        if (found.day, end) == (1, date(found.year, found.month, days)):
            return Month(found.year, found.month, 1)
    return found


def _dated_in(heading: str) -> date | None:
    """Return the last date in a heading, where microfiche supplements have it: `May 1, 1959. Secret.`"""
    for found in reversed(list(_DATE_IN_HEADING.finditer(heading))):
        month, year = MONTHS.index(found["month"]) + 1, int(found["year"])
        try:
            return date(year, month, int(found["day"])) if found["day"] else Month(year, month, 1)
        except ValueError:  # August 32
            continue
    return None


def _level_in(heading: str) -> str | None:
    """Return the classification that stands between points or commas in a heading."""
    found = _LEVEL_IN_HEADING.search(heading)
    return found["level"].upper() if found else None


def _place(dateline: Element | None) -> str | None:
    place = dateline.find(".//{*}placeName") if dateline is not None else None
    return prose([place]).rstrip(" ,.;:") or None if place is not None else None


def _classification(note: str) -> str | None:
    """Return the classification that a source note states, in the archive's form: `SECRET//NODIS`."""
    found = _LEVEL.search(note)
    if not found:
        return None
    caveats = (EDITION_CAVEATS[caveat[0].upper()] for caveat in _CAVEAT.finditer(found["rest"]))
    return "//".join((found["level"].upper(), *dict.fromkeys(caveats)))
