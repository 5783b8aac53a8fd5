"""What a cable is: the immutable values that readers and parser make and everything else reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from ..errors import BrokenIndexError
from .calendar import parse_iso
from .classification import Classification

if TYPE_CHECKING:
    from .json_values import CableDict, CableFacts, EditionDict, ParagraphDict
    from .passage import Passage

Row = dict[str, str | float | None]  # a flat record, by column; None where a value is not known

_DAMAGES = (LookupError, TypeError, ValueError)  # with which stored values that are damaged are read

_ISO = re.compile(r"\d{4}-\d\d(-\d\d(T[\d:.]+)?)?", re.ASCII)


class Kind(StrEnum):
    """What a paragraph is for, where the drafter says so."""

    SUMMARY = "summary"
    COMMENT = "comment"
    ACTION = "action"
    EDITORIAL = "editorial"  # of an edition: by its editors, in place of a document


@dataclass(frozen=True, slots=True)
class Person:
    """An individual named in a paragraph.

    Attributes:
        name: the fullest form in that paragraph, without titles.
        full_name: the fullest form in the cable.
        protected: the drafter asked for the name to be protected.
        known_as: who it is by the table of office-holders (`President Karzai` is Hamid Karzai), by the usual
            name, or a wife by her title (`Mrs. Karzai`); None where that is not known.
    """

    name: str
    full_name: str
    protected: bool = False
    known_as: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the person here, each once."""
        if self.name == self.full_name and not self.known_as:  # as most are
            return (self.name,)
        return tuple(dict.fromkeys(filter(None, (self.full_name, self.name, self.known_as))))


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

    def naming(self, people: tuple[Person, ...]) -> Paragraph:
        """Return the paragraph with these people: `dataclasses.replace` takes three times as long."""
        return Paragraph(
            self.id, self.number, self.marking, self.heading, self.kind, self.text, people, self.cites
        )

    def as_dict(self) -> ParagraphDict:
        """Return the paragraph as JSON values."""
        return {
            "id": self.id,
            "number": self.number,
            "marking": self.marking,
            "heading": self.heading,
            "kind": self.kind,
            "text": self.text,
            "people": [
                {
                    "name": person.name,
                    "full_name": person.full_name,
                    "protected": person.protected,
                    "known_as": person.known_as,
                }
                for person in self.people
            ],
            "cites": list(self.cites),
        }

    @classmethod
    def from_dict(cls, data: ParagraphDict) -> Paragraph:
        """Return the paragraph that `as_dict` gave the values of."""
        people = [
            Person(who["name"], who["full_name"], who["protected"], who["known_as"]) for who in data["people"]
        ]
        return cls(
            data["id"],
            data["number"],
            data["marking"],
            data["heading"],
            Kind(data["kind"]) if data["kind"] else None,
            data["text"],
            tuple(people),
            tuple(data["cites"]),
        )


@dataclass(frozen=True, slots=True)
class Edition:
    """The volume that a document is published in, as its title page names it.

    Attributes:
        title: in full (`Foreign Relations of the United States, 1955–1957, Korea, Volume XXIII, Part 2`).
        editors: of the volume; without them, the general editors of the series.
        year: in which the volume was published.
    """

    title: str
    editors: tuple[str, ...] = ()
    place: str | None = None
    publisher: str | None = None
    year: int | None = None

    def as_dict(self) -> EditionDict:
        """Return the edition as JSON values."""
        return {
            "title": self.title,
            "editors": list(self.editors),
            "place": self.place,
            "publisher": self.publisher,
            "year": self.year,
        }

    @classmethod
    def from_dict(cls, data: EditionDict) -> Edition:
        """Return the edition that `as_dict` gave the values of."""
        return cls(data["title"], tuple(data["editors"]), data["place"], data["publisher"], data["year"])


class StoredParagraphs(dict[int, Paragraph]):
    """The paragraphs of a stored cable by their places from 0, each made when it is first asked for."""

    def __missing__(self, at: int) -> Paragraph:
        """Make one, and keep it."""
        raise NotImplementedError

    def all(self) -> tuple[Paragraph, ...]:
        """Return all of them."""
        raise NotImplementedError


class _Stored:
    """A cable that is stored, until somebody asks for its paragraphs.

    To make them takes more than half of the time of reading a cable, and a hit shows one of thirty.
    """

    __slots__ = ("_stored",)

    id: str
    _stored: StoredParagraphs | None

    if not TYPE_CHECKING:  # it would hide that an attribute is misspelt

        def __getattr__(self, name: str) -> object:
            """Return the paragraphs when they are first asked for."""
            if name != "paragraphs":
                raise AttributeError(f"a cable has no {name}", name=name, obj=self)
            if (stored := self._stored) is not None:
                try:
                    paragraphs = stored.all()
                except _DAMAGES as error:
                    raise self._damaged(error) from error
                object.__setattr__(self, name, paragraphs)
                object.__setattr__(self, "_stored", None)  # behind the other, as another thread may ask
            return object.__getattribute__(self, name)

    def _damaged(self, error: Exception) -> BrokenIndexError:
        """Return the error that explains one with which stored paragraphs are made."""
        return BrokenIndexError(f"{self.id} is stored, but damaged ({error}): run cablesearch reindex")


@dataclass(frozen=True, slots=True)
class Cable(_Stored):
    """One message, parsed once. What the source does not give is None or empty.

    Attributes:
        id: the reference id (`07ASTANA48`), or `<volume>/<document>` in an edition; as its source files it.
        created: when it was sent: a datetime (UTC, naive), or a date where no time, a `Month` where no day is
            known.
        released: when it was published, likewise.
        origin: the post that sent it, as published (`Embassy Astana`).
        subject: as printed; `subject_marking` is the portion marking before or after it (`C/NF`).
        tags: as printed, person tags whole (`OVIP (CLINTON, HILLARY)`).
        concepts: the archive's own subject headings (`LANDLOCKED COUNTRIES`).
        precedence: in words: `FLASH`, `IMMEDIATE`, `PRIORITY`, `ROUTINE`.
        dtg: the date-time group as printed (`081231Z JAN 07`).
        sender: the FM line; `to` and `info` the addressees, routing indicators and serials dropped.
        reasons: of classification, normalised (`1.4 (b)`).
        declassify_on: a date where it is one, else the event as printed.
        other_ids: ids that it is found by, too: the right one of a cable that is filed under a malformed one,
            the plain one of a cable that shares it with others (`filed_as`).
        partial: the source says that this is an extract.
        without_text: why it has no text (`TEXT ON MICROFILM`), None where it has one.
        edition: the volume of an edition that it is published in, None for a cable by itself.
        source: the file that it was read from, an archive's member after `!`.
        format: the format that it was read from (`Cablegate page`).
        collection: the name of the collection of the index that it was read from.
        also_in: other collections that have it, too, with no fuller text.
    """

    id: str
    created: date | None = None
    released: date | None = None
    classification: Classification | None = None
    origin: str | None = None
    subject: str | None = None
    subject_marking: str | None = None
    tags: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
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
    other_ids: tuple[str, ...] = ()
    partial: bool = False
    without_text: str | None = None
    edition: Edition | None = None
    source: str = ""
    format: str = ""
    collection: str = ""
    also_in: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()

    def __post_init__(self) -> None:
        """Read a declassification that is a date: as JSON it could not be told from one."""
        if isinstance(self.declassify_on, str):
            object.__setattr__(self, "declassify_on", _moment_or_event(self.declassify_on))

    @property
    def collections(self) -> tuple[str, ...]:
        """All collections that it is in."""
        return (self.collection, *self.also_in) if self.collection else self.also_in

    @property
    def cites(self) -> tuple[str, ...]:
        """The ids of all cables that it cites, in its `REF:` block and its text, each once; never its own."""
        listed = (reference.id for reference in self.references if reference.id)
        ids = dict.fromkeys(chain(listed, *(paragraph.cites for paragraph in self.paragraphs)))
        return tuple(id for id in ids if id != self.id and id not in self.other_ids)

    def cited_by_entry(self, paragraph: Paragraph) -> tuple[str, ...]:
        """Return the ids that a search finds an entry by: those that it cites; at the first, the others, too.

        So every reference is found, whether or not a paragraph mentions it.
        """
        if not self.references or paragraph.id != self.entries[0].id:
            return paragraph.cites
        elsewhere = {id for other in self.paragraphs if other.id != paragraph.id for id in other.cites}
        return tuple(id for id in self.cites if id in paragraph.cites or id not in elsewhere)

    @property
    def entries(self) -> tuple[Paragraph, ...]:
        """What a search finds of it: its paragraphs; of one without text, an empty one with its own id."""
        if self.paragraphs or not self.without_text:
            return self.paragraphs
        return (Paragraph(self.id, None, None, None, None, ""),)

    def entry(self, ordinal: int) -> Paragraph:
        """Return one of the entries, by its place from 0."""
        stored: StoredParagraphs | None = getattr(self, "_stored", None)
        if stored is None:
            return self.entries[ordinal]
        try:
            return stored[ordinal]
        except _DAMAGES as error:
            raise self._damaged(error) from error

    def paragraph(self, number: str) -> Paragraph | None:
        """Return the paragraph whose id ends so (`6`, `12-2`, `p3`) in any case; None if it has none."""
        id = f"{self.id}#{number.lower()}"
        return next((paragraph for paragraph in self.paragraphs if paragraph.id == id), None)

    def filed_as(self, id: str) -> Cable:
        """Return the cable under another id; the one that it had is among its other ids."""
        return replace(
            self,
            id=id,
            other_ids=(self.id, *self.other_ids),
            paragraphs=tuple(replace(p, id=id + p.id.removeprefix(self.id)) for p in self.paragraphs),
        )

    def as_dict(self) -> CableDict:
        """Return the cable as JSON values, with the keys that `parse --format json` prints (docs/json.md)."""
        return {**self.facts(), "paragraphs": [paragraph.as_dict() for paragraph in self.paragraphs]}

    def facts(self) -> CableFacts:
        """Return all but the paragraphs as JSON values."""
        classification = self.classification
        return {
            "id": self.id,
            "other_ids": list(self.other_ids),
            "created": _iso(self.created),
            "released": _iso(self.released),
            "classification": classification.level if classification else None,
            "caveats": list(classification.caveats) if classification else [],
            "origin": self.origin,
            "subject": self.subject,
            "subject_marking": self.subject_marking,
            "tags": list(self.tags),
            "concepts": list(self.concepts),
            "references": [{"label": r.label, "id": r.id, "text": r.text} for r in self.references],
            "precedence": self.precedence,
            "dtg": self.dtg,
            "from": self.sender,
            "to": list(self.to),
            "info": list(self.info),
            "classified_by": self.classified_by,
            "reasons": list(self.reasons),
            "declassify_on": _iso(self.declassify_on),
            "signature": self.signature,
            "partial": self.partial,
            "without_text": self.without_text,
            "edition": self.edition.as_dict() if self.edition else None,
            "source": self.source,
            "format": self.format,
            "collection": self.collection,
            "also_in": list(self.also_in),
        }

    @classmethod
    def from_dict(cls, data: CableDict) -> Cable:
        """Return the cable that `as_dict` gave the values of."""
        return cls.from_facts(data, map(Paragraph.from_dict, data["paragraphs"]))

    @classmethod
    def from_facts(cls, data: CableFacts, paragraphs: Iterable[Paragraph]) -> Cable:
        """Return the cable that `facts` gave the values of, with its paragraphs."""
        level = data["classification"]
        return cls(
            id=data["id"],
            other_ids=tuple(data.get("other_ids", ())),
            created=_moment(data["created"]),
            released=_moment(data["released"]),
            classification=Classification(level, tuple(data["caveats"])) if level else None,
            origin=data["origin"],
            subject=data["subject"],
            subject_marking=data.get("subject_marking"),
            tags=tuple(data["tags"]),
            concepts=tuple(data.get("concepts", ())),
            references=tuple(
                Reference(entry["label"], entry["id"], entry["text"]) for entry in data["references"]
            ),
            precedence=data["precedence"],
            dtg=data["dtg"],
            sender=data["from"],
            to=tuple(data["to"]),
            info=tuple(data["info"]),
            classified_by=data["classified_by"],
            reasons=tuple(data["reasons"]),
            declassify_on=data["declassify_on"],
            signature=data["signature"],
            partial=data["partial"],
            without_text=data.get("without_text"),
            edition=Edition.from_dict(edition) if (edition := data.get("edition")) else None,
            source=data["source"],
            format=data.get("format", ""),
            collection=data.get("collection", ""),
            also_in=tuple(data.get("also_in", ())),
            paragraphs=tuple(paragraphs),
        )

    @classmethod
    def stored(cls, data: CableFacts, paragraphs: StoredParagraphs) -> Cable:
        """Return the same as `from_facts`, of paragraphs that are made when they are first asked for.

        Args:
            paragraphs: one at least.
        """
        cable = cls.from_facts(data, ())
        object.__delattr__(cable, "paragraphs")
        object.__setattr__(cable, "_stored", paragraphs)
        return cable

    columns: ClassVar = (
        "id", "cable", "number", "date", "origin", "classification", "marking", "subject", "people", "text",
        "collections",
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
            "collections": "; ".join(self.collections),
        }

    def rows(self) -> Iterator[Row]:
        """Yield the paragraphs as flat records; of a cable without text, its facts."""
        return map(self.row, self.entries)

    def passages(self) -> Iterator[Passage]:
        """Yield its paragraphs as passages to be cited."""
        from .passage import Passage

        return (Passage(self, paragraph) for paragraph in self.entries)

    def records(self) -> Iterator[CableDict]:
        """Yield the cable itself as JSON values: it is listed whole."""
        yield self.as_dict()


def paragraph_ids(numbers: Iterable[str | None], cable_id: str) -> list[str]:
    """Return the ids of a cable's paragraphs, from their printed numbers in order.

    >>> paragraph_ids(["1", None, "2", "2"], "07ASTANA48")
    ['07ASTANA48#1', '07ASTANA48#p2', '07ASTANA48#2', '07ASTANA48#2-2']
    """
    ids: list[str] = []
    printed: dict[str, int] = {}
    for position, number in enumerate(numbers, 1):
        if number is None:
            ids.append(f"{cable_id}#p{position}")
            continue
        printed[number] = times = printed.get(number, 0) + 1
        ids.append(_numbered_id(cable_id, number, times))
    return ids


def paragraph_id(numbers: Sequence[str | None], at: int, cable_id: str) -> str:
    """Return the id that `paragraph_ids` gives one of the paragraphs.

    >>> paragraph_id(["1", None, "2", "2"], 3, "07ASTANA48")
    '07ASTANA48#2-2'
    """
    number = numbers[at]
    if number is None:
        return f"{cable_id}#p{at + 1}"
    return _numbered_id(cable_id, number, numbers[: at + 1].count(number))


def _numbered_id(cable_id: str, number: str, times: int) -> str:
    return f"{cable_id}#{number}" if times == 1 else f"{cable_id}#{number}-{times}"


def _iso(moment: date | str | None) -> str | None:
    return moment.isoformat() if isinstance(moment, date) else moment


def _moment(iso: str | None) -> date | None:
    return parse_iso(iso) if iso else None


def _moment_or_event(text: str) -> date | str:
    """Return the date in a text that is one, else the text: an event, or a date such as 2017-13-45."""
    try:
        return parse_iso(text) if _ISO.fullmatch(text) else text
    except ValueError:
        return text
