"""A volume, streamed: its name, its list of persons, its documents as records.

The list of persons stands before the documents and gives the people tagged in them their full names.
No entity that the file declares is expanded, nothing is fetched, and no more is held than one document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import cast

from lxml import etree

from ...errors import UnreadableError
from ...model.cable import Paragraph, paragraph_ids
from ..moments import moment
from ..record import Failure, Record
from ..source import SNIFFED, Source
from .people import fuller, in_order, people, untitled
from .text import Block, Element, blocks, content, prose, tag

LARGEST = 8 << 20  # bytes of a document, or between two: the longest known has under one million

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NUMBER = re.compile(
    r"(?P<number>\d{1,3})\.\s+(?:\((?P<marking>(?:TS|S|C|U|LOU|OUO|SBU)(?:/[A-Z]+)*)\)\s+)?(?=\S)"
)
_HEAD_NUMBER = re.compile(r"\[?\d{1,4}[A-Z]?\]?\.\s+")
_LEVEL = re.compile(
    r"(?<![\w-])(?P<level>Top Secret|Secret|Confidential|(?:Limited )?Official Use(?: Only)?|Restricted"
    r"|Unclassified)(?P<rest>(?:[;,/][^.]{0,200})?)[.;]",
    re.IGNORECASE,
)
_CAVEAT = re.compile(
    r"Nodis|Exdis|Limdis|Noforn|Stadis|Sensitive|Eyes Only|Limit(?:ed)? Distribution|No Foreign Dissem"
    r"|Controlled Dissem|No Distribution|No Dissem Abroad|Restricted Data|Roger Channel|Codeword",
    re.IGNORECASE,
)
_SHORT = {"LIMIT DISTRIBUTION": "LIMDIS", "LIMITED DISTRIBUTION": "LIMDIS"}


@dataclass
class _Volume:
    """What is known of a volume so far: its name, and full names by key."""

    name: str
    persons: dict[str, str] = field(default_factory=dict)


def documents(source: Source, turns: Iterator[bool]) -> Iterator[Record | Failure]:
    """Give a volume's documents whose turn it is, each as soon as it is read."""
    volume = _Volume(source.stem)
    found = 0
    for element in _elements(source):
        if tag(element) == "idno":
            if element.get("type") == "frus" and element.text:
                volume.name = element.text.strip()
        elif element.get("type") == "document":
            found += 1
            if next(turns):
                yield _record(element, volume, source.name, found)
        else:
            _note_persons(element, volume)
    if not found:
        raise UnreadableError("a TEI volume without a document in it")


def _elements(source: Source) -> Iterator[Element]:
    """Give the `idno`s and the divisions that are in no document, each when it ends; then let go of it.

    Raises:
        UnreadableError: at a fault, after what ends before it.
    """
    parser = etree.XMLPullParser(
        ("end",),
        tag=("{*}div", "{*}idno"),
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    held = 0
    fault: etree.XMLSyntaxError | None = None
    while not fault:
        data = source.stream.read(SNIFFED)
        try:
            parser.feed(data) if data else parser.close()
        except etree.XMLSyntaxError as error:
            fault = error
        for _, element in cast(Iterator[tuple[str, Element]], parser.read_events()):
            if not any(above.get("type") == "document" for above in element.iterancestors("{*}div")):
                yield element
                _let_go(element)
                held = 0
        if not data:
            break
        held += len(data)
        if held > LARGEST:
            raise UnreadableError(f"a document of more than {LARGEST >> 20} MB: no volume has one")
    if fault:
        raise UnreadableError(f"cut off or not well-formed XML: {fault.msg}")


def _let_go(element: Element) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _note_persons(division: Element, volume: _Volume) -> None:
    for name in division.iter("{*}persName"):
        if name.get(_ID):
            volume.persons["#" + name.get(_ID)] = in_order(prose([name]))


def _record(division: Element, volume: _Volume, source: str, position: int) -> Record:
    name = division.get(_ID) or f"document{position}"
    head, dateline = division.find("{*}head"), _own(division, "dateline")
    note = division.find(".//{*}note[@type='source']")
    id = f"{volume.name}/{name}"
    found = list(blocks(division, [part for part in (head, dateline) if part is not None]))
    signature = next((block for block in found if block.role == "signature"), None)
    return Record(
        source=f"{source}#{name}",
        id=id,
        created=_created(division, dateline, head),
        classification=_classification(prose(content(note))) if note is not None else None,
        origin=_place(dateline),
        subject=_HEAD_NUMBER.sub("", prose([head]), 1) or None if head is not None else None,
        signature=signature.text if signature else None,
        paragraphs=_paragraphs([block for block in found if block is not signature], id, volume),
    )


def _own(division: Element, name: str) -> Element | None:
    """Give the first element of a name that is the document's own, not an attachment's."""
    inner = division.iter(f"{{*}}{name}")
    return next((e for e in inner if next(e.iterancestors("{*}div", "{*}attachment")) is division), None)


def _paragraphs(found: list[Block], id: str, volume: _Volume) -> tuple[Paragraph, ...]:
    numbered = _numbered(found)
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
            people=people(block.names, full_names),
        )
        for own, match, block in zip(ids, numbered, found, strict=True)
    )


def _numbered(found: list[Block]) -> list[re.Match[str] | None]:
    """Give each block's printed number.

    A telegram begins with its own: 442 is no paragraph's number where no 443 is next.
    """
    numbered = [_NUMBER.match(block.text) if block.role == "text" else None for block in found]
    numbers = [int(match["number"]) for match in numbered if match]
    if numbered and numbered[0] and numbers[0] > 1 and numbers[1:2] != [numbers[0] + 1]:
        numbered[0] = None
    return numbered


def _full_names(found: list[Block], volume: _Volume) -> dict[str, str]:
    """Give the fullest name by key: the list's, or one that the document itself gives."""
    full: dict[str, str] = {}
    for key, printed in (name for block in found for name in block.names):
        if key:
            known = full.get(key) or volume.persons.get(key, "")
            full[key] = fuller(known, untitled(printed))
    return full


def _created(division: Element, *dated: Element | None) -> date | None:
    """Give the date of the first of the elements that has one, else the one that the editors reckon."""
    for element in (part for part in dated if part is not None):
        for when in element.iter("{*}date"):
            for attribute in ("when", "from", "notBefore", "notAfter", "to"):
                if found := moment(when.get(attribute)):
                    return found
    return _reckoned(division)


def _reckoned(division: Element) -> date | None:
    """Give the earliest of the times that a document may be of; a date where that is a whole day."""
    bounds = {key.rpartition("}")[2]: moment(value) for key, value in division.attrib.items()}
    first, last = bounds.get("doc-dateTime-min"), bounds.get("doc-dateTime-max")
    if isinstance(first, datetime) and first != last and first.time() == time.min:
        return first.date()
    return first


def _place(dateline: Element | None) -> str | None:
    place = dateline.find(".//{*}placeName") if dateline is not None else None
    return prose([place]).rstrip(" ,.;:") or None if place is not None else None


def _classification(note: str) -> str | None:
    """Give the classification that a source note tells, in the archive's form: `SECRET//NODIS`."""
    told = _LEVEL.search(note)
    if not told:
        return None
    caveats = (_SHORT.get(caveat.upper(), caveat.upper()) for caveat in _CAVEAT.findall(told["rest"]))
    return "//".join((told["level"].upper(), *dict.fromkeys(caveats)))
