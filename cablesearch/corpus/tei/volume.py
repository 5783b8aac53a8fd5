"""A volume, streamed: its name, its list of persons, its documents as records.

The list of persons stands before the documents and has the full names of the people tagged in them. Entities
that the file declares are not expanded, nothing is fetched, and only one document at a time is in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from lxml import etree

from ...errors import UnreadableError
from ...model.cable import Paragraph, paragraph_ids
from ...model.classification import EDITION_CAVEATS, EDITION_LEVELS, EDITION_PORTIONS, alternatives
from ..moments import parse_moment
from ..record import Failure, Record
from ..source import SNIFF_BYTES, Source
from . import NAME
from .people import fuller, merge_people, natural_order, strip_titles
from .text import Block, Element, blocks, content, prose, tag

MAX_DOCUMENT_BYTES = 8 << 20  # or between two documents: the longest known has under one million

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NUMBER = re.compile(
    r"(?P<number>\d{1,3})\.\s+"
    rf"(?:\((?P<marking>(?:{alternatives(EDITION_PORTIONS)})(?:/[A-Z]+)*)\)\s+)?(?=\S)"
)
_HEAD_NUMBER = re.compile(r"\[?\d{1,4}[A-Z]?\]?\.\s+")
_LEVEL = re.compile(
    rf"(?<![\w-])(?P<level>{alternatives(EDITION_LEVELS)})"
    r"(?P<rest>(?:[;,/][^.]{0,200})?)[.;]",
    re.IGNORECASE,
)
_CAVEAT = re.compile(alternatives(EDITION_CAVEATS), re.IGNORECASE)


@dataclass
class _Volume:
    """What has been read of a volume.

    Attributes:
        name: the edition's name of it, the file's until that is read.
        persons: full names by their keys in the list of persons.
    """

    name: str
    persons: dict[str, str] = field(default_factory=dict)


class _Parser(Protocol):
    """What is used of lxml's pull parser, which is published without types."""

    def feed(self, data: bytes) -> None: ...
    def close(self) -> object: ...
    def read_events(self) -> Iterator[tuple[str, Element]]: ...


def documents(source: Source, in_shard: Iterator[bool]) -> Iterator[Record | Failure]:
    """Yield a volume's documents that are in the shard, each as soon as it is read."""
    volume = _Volume(source.stem)
    found = 0
    for element in _elements(source):
        if tag(element) == "idno":
            if element.get("type") == "frus" and element.text:
                volume.name = element.text.strip()
        elif element.get("type") == "document":
            found += 1
            if next(in_shard):
                yield _record(element, volume, source.name, found)
        else:
            _note_persons(element, volume)
    if not found:
        raise UnreadableError("a TEI volume without a document in it")


def _elements(source: Source) -> Iterator[Element]:
    """Yield each `idno` and each division outside of a document when it ends, and free its memory then.

    Raises:
        UnreadableError: after all that ends before a fault in the file.
    """
    parser: _Parser = etree.XMLPullParser(
        ("end",),
        tag=("{*}div", "{*}idno"),
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
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
            if not any(above.get("type") == "document" for above in element.iterancestors("{*}div")):
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


def _free(element: Element) -> None:
    """Empty an element, and remove those before it from their parent."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _note_persons(division: Element, volume: _Volume) -> None:
    for name in division.iter("{*}persName"):
        if key := name.get(_ID):
            volume.persons[f"#{key}"] = natural_order(prose([name]))


def _record(division: Element, volume: _Volume, source: str, position: int) -> Record:
    name = division.get(_ID) or f"document{position}"
    head, dateline = division.find("{*}head"), _find_own(division, "dateline")
    note = division.find(".//{*}note[@type='source']")
    id = f"{volume.name}/{name}"
    found = list(blocks(division, [part for part in (head, dateline) if part is not None]))
    signature = next((block for block in found if block.role == "signature"), None)
    return Record(
        format=NAME,
        source=f"{source}#{name}",
        id=id,
        created=_created(division, dateline, head),
        classification=_classification(prose(content(note))) if note is not None else None,
        origin=_place(dateline),
        subject=_HEAD_NUMBER.sub("", prose([head]), 1) or None if head is not None else None,
        signature=signature.text if signature else None,
        paragraphs=_paragraphs([block for block in found if block is not signature], id, volume),
    )


def _find_own(division: Element, name: str) -> Element | None:
    """Return the first element of this name that is the document's own, not an attachment's."""
    inner = division.iter(f"{{*}}{name}")
    return next((e for e in inner if next(e.iterancestors("{*}div", "{*}attachment")) is division), None)


def _paragraphs(found: list[Block], id: str, volume: _Volume) -> tuple[Paragraph, ...]:
    numbered = _match_numbers(found)
    full_names = _full_names(found, volume)
    ids = paragraph_ids((match["number"] if match else None for match in numbered), id)
    return tuple(
        Paragraph(
            id=own,
            number=match["number"] if match else None,
            marking=match["marking"] if match else None,
            heading=block.heading,
            kind=None,
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


def _created(division: Element, *dated: Element | None) -> date | None:
    """Return the date of the first of the elements that has one, else the editors' estimate."""
    for element in (part for part in dated if part is not None):
        for when in element.iter("{*}date"):
            for attribute in ("when", "from", "notBefore", "notAfter", "to"):
                if found := parse_moment(when.get(attribute)):
                    return found
    return _estimated_date(division)


def _estimated_date(division: Element) -> date | None:
    """Return the earliest time that a document may be of, a date where the span begins with a whole day."""
    bounds = {key.rpartition("}")[2]: value for key, value in division.attrib.items()}
    first, last = bounds.get("doc-dateTime-min"), bounds.get("doc-dateTime-max")
    day, _, time = (first or "").partition("T")
    return parse_moment(day if first != last and time.startswith("00:00:00") else first)


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
