"""The search fields, each declared once.

The query parser, the engines' columns, the options of the command line, `--help` and the documentation are
derived from this table. Values and queries are both analysed into terms according to the kind of the field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import TYPE_CHECKING

from ..analysis.words import fold, stems, words
from ..model.countries import countries_named, countries_of, station_of
from ..model.reference_id import canonical
from ..model.tag_codes import LETTERS, near_code, tag_code

if TYPE_CHECKING:
    from ..model.cable import Cable, Paragraph

MAX_TERM_CHARS = 10_000  # of a value as it is indexed: engines bound the length of a term
MAX_VALUE_CHARS = 400  # of a word, phrase or value in a query


class FieldKind(Enum):
    """How a field's values become terms, and what a query can ask for."""

    PROSE = "prose"  # stems in order: words, phrases; ranked
    NAMES = "names"  # folded words in order, value by value: words, phrases within one value
    KEYWORDS = "keywords"  # each value whole, folded: exact values, prefixes
    VALUES = "values"  # each value whole, its folded words joined: words side by side within one value
    DATE = "date"  # one point in time: intervals
    NUMBER = "number"  # a whole number: intervals
    VERSIONS = "versions"  # in what the versions of a cable differ: no engine knows it
    NOTEBOOK = "notebook"  # names of what the user's notebook has: no index knows them


@dataclass(frozen=True, slots=True)
class Field:
    """A search field.

    Attributes:
        name: what is typed before the colon.
        help: what it finds, in a few words.
        example: a query, for help and documentation.
        values: returns the field's values for a paragraph of a cable.
        facet: paragraphs can be counted by its values.
        counted: returns the values that paragraphs are counted by, where they are not those searched for.
        shown: returns a term as a value is listed, for fields without a facet whose terms can be counted.
        whole: all paragraphs of a cable have the same values.
        option: commands that take a query have an option of this name.
    """

    name: str
    kind: FieldKind
    help: str
    example: str
    values: Callable[[Cable, Paragraph], Iterable[str]]
    facet: bool = False
    counted: Callable[[Cable, Paragraph], Iterable[str]] | None = None
    shown: Callable[[str], str] | None = None
    whole: bool = False
    option: bool = False

    def terms(self, value: str) -> list[str]:
        """Return the terms that a value is indexed and searched by."""
        match self.kind:
            case FieldKind.PROSE:
                return stems(value)
            case FieldKind.NAMES:
                return words(value)
            case FieldKind.VALUES:
                return [joined] if (joined := joined_words(value)) else []
            case _:
                return [term] if (term := keyword(value)) else []


def keyword(value: str) -> str:
    """Return a value as one term: folded, white space as underscores (`TOP SECRET` -> `top_secret`)."""
    return as_term("_".join(fold(value).split()))


def joined_words(value: str) -> str:
    """Return a value as one term of words: folded, without signs (`Abu-Dhabi` -> `abu_dhabi`)."""
    return "_".join(words(value))


def as_term(text: str) -> str:
    """Return a text as engines take it: not too long, without half characters (bytes that are no UTF-8)."""
    term = text[:MAX_TERM_CHARS]
    return term if term.isascii() else term.encode("utf-8", "replace").decode()


def _optional(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _spaced(term: str) -> str:
    return term.replace("_", " ")


def _ids(cable: Cable, paragraph: Paragraph) -> Iterable[str]:
    """Return the cable's ids, and the paragraph's with each of them."""
    if not cable.other_ids:
        return cable.id, paragraph.id
    own = paragraph.id.removeprefix(cable.id)
    return (name + part for name in (cable.id, *cable.other_ids) for part in dict.fromkeys(("", own)))


def _people(cable: Cable, paragraph: Paragraph) -> Iterable[str]:
    """Return what each person is counted by."""
    from ..people.registry import facet_value

    return map(facet_value, paragraph.people)


def _marking(cable: Cable, paragraph: Paragraph) -> Iterable[str]:
    """Return the whole marking and its parts: `S/NF` is found as `S/NF`, `S` and `NF`."""
    if not paragraph.marking:
        return ()
    parts = paragraph.marking.replace("//", "/").split("/")
    return dict.fromkeys((paragraph.marking, *parts))


def _tags(cable: Cable, paragraph: Paragraph) -> Iterable[str]:
    """Return the values by which tags are found.

    Each tag as printed, and the code that a misprint is meant for; of a person tag (`OVIP (CLINTON,
    HILLARY)`) the code, the name and both; of a name in words that are tags each (OVIP CLINTON HILLARY) also
    the whole.
    """
    found: dict[str, None] = {}
    for tag, after in zip(cable.tags, (*cable.tags[1:], ""), strict=bool(cable.tags)):
        code, _, name = tag.partition("(")
        values = [code.strip(), tag, name.rstrip(") ")]
        if misprint := near_code(tag):
            values.append(misprint)
        if _is_name(tag) and _is_name(after):
            values.append(f"{tag} {after}")
        found |= dict.fromkeys(value for value in values if value)
    return found


def _is_name(tag: str) -> bool:
    """Whether a tag is a single word and no code: part of a person's name."""
    return tag.isalpha() and len(tag) > LETTERS and not (tag_code(tag) or near_code(tag))


FIELDS: tuple[Field, ...] = (
    Field(
        "text",
        FieldKind.PROSE,
        "where bare words are looked for",
        "text:reform",
        lambda c, p: (p.text,),
    ),
    Field(
        "subject",
        FieldKind.PROSE,
        "the cable's subject line",
        "subject:reform",
        lambda c, p: _optional(c.subject),
        whole=True,
    ),
    Field(
        "heading",
        FieldKind.PROSE,
        "the heading above the paragraph",
        "heading:comment",
        lambda c, p: _optional(p.heading),
    ),
    Field(
        "origin",
        FieldKind.NAMES,
        "the post that sent the cable",
        "origin:Astana",
        lambda c, p: _optional(c.origin),
        facet=True,
        whole=True,
        option=True,
    ),
    Field(
        "classification",
        FieldKind.KEYWORDS,
        "the cable's level",
        "classification:secret",
        lambda c, p: _optional(c.classification.level if c.classification else None),
        facet=True,
        whole=True,
        option=True,
    ),
    Field(
        "caveat",
        FieldKind.KEYWORDS,
        "a caveat on the cable",
        "caveat:noforn",
        lambda c, p: c.classification.caveats if c.classification else (),
        facet=True,
        whole=True,
    ),
    Field(
        "marking",
        FieldKind.KEYWORDS,
        "the paragraph's own marking, or part of it",
        "marking:S/NF",
        _marking,
        facet=True,
        counted=lambda c, p: _optional(p.marking),
        option=True,
    ),
    Field(
        "person",
        FieldKind.NAMES,
        "a person named in the paragraph",
        'person:"Karim Masimov"',
        lambda c, p: dict.fromkeys([name for person in p.people for name in person.names]),
        facet=True,
        counted=_people,
        option=True,
    ),
    Field(
        "tag",
        FieldKind.KEYWORDS,
        "a TAGS code, or what it means",
        "tag:PGOV",
        _tags,
        facet=True,
        whole=True,
        option=True,
    ),
    Field(
        "country",
        FieldKind.VALUES,
        "a country in the TAGS, or from which the cable was sent",
        "country:Kazakhstan",
        lambda c, p: countries_of(c),
        shown=lambda term: " and ".join(countries_named(_spaced(term))),
        whole=True,
        option=True,
    ),
    Field(
        "station",
        FieldKind.VALUES,
        "the station in the cable's id",
        "station:ASTANA",
        lambda c, p: _optional(station_of(c)),
        shown=str.upper,
        whole=True,
        option=True,
    ),
    Field(
        "concept",
        FieldKind.NAMES,
        "a subject heading that the archive gave the cable",
        'concept:"fishing limits"',
        lambda c, p: c.concepts,
        facet=True,
        whole=True,
        option=True,
    ),
    Field(
        "cites",
        FieldKind.KEYWORDS,
        "a cable that the paragraph cites; or the cable, in its references",
        "cites:06ASTANA573",
        lambda c, p: c.cited_by_entry(p),
        shown=lambda term: canonical(term) or term,
    ),
    Field(
        "cited",
        FieldKind.NUMBER,
        "how many other cables cite the cable",
        "cited:>=5",
        lambda c, p: (),  # known only to an index
    ),
    Field(
        "id",
        FieldKind.KEYWORDS,
        "a cable, one paragraph of it, a volume, or all of a post's cables of a year",
        "id:07ASTANA48#6",
        _ids,
    ),
    Field(
        "kind",
        FieldKind.KEYWORDS,
        "summary, comment or action; editorial: by the editors of an edition",
        "kind:comment",
        lambda c, p: _optional(p.kind),
        facet=True,
    ),
    Field(
        "date",
        FieldKind.DATE,
        "when the cable was sent",
        "date:2007-01..2007-03",
        lambda c, p: _optional(c.created.isoformat() if c.created else None),
    ),
    Field(
        "year",
        FieldKind.DATE,
        "the year in which the cable was sent",
        "year:2007",
        lambda c, p: _optional(str(c.created.year) if c.created else None),
        facet=True,
        whole=True,
    ),
    Field(
        "length",
        FieldKind.NUMBER,
        "how many words the paragraph has",
        "length:>=100",
        lambda c, p: (str(len(words(p.text))),),
    ),
    Field(
        "from",
        FieldKind.VALUES,
        "the sender in the transmission header",
        'from:"AmEmbassy Astana"',
        lambda c, p: _optional(c.sender),
        shown=_spaced,
        whole=True,
    ),
    Field(
        "to",
        FieldKind.VALUES,
        "an addressee for action",
        "to:SecState",
        lambda c, p: c.to,
        shown=_spaced,
        whole=True,
    ),
    Field(
        "info",
        FieldKind.VALUES,
        "an addressee for information",
        "info:Almaty",
        lambda c, p: c.info,
        shown=_spaced,
        whole=True,
    ),
    Field(
        "signature",
        FieldKind.VALUES,
        "who signed the cable",
        "signature:Ordway",
        lambda c, p: _optional(c.signature),
        shown=_spaced,
        whole=True,
    ),
    Field(
        "classified_by",
        FieldKind.VALUES,
        "who classified the cable",
        "classified_by:Milas",
        lambda c, p: _optional(c.classified_by),
        shown=_spaced,
        whole=True,
    ),
    Field(
        "reason",
        FieldKind.KEYWORDS,
        "a reason for its classification",
        "reason:1.4b",
        lambda c, p: c.reasons,
        shown=_spaced,
        whole=True,
    ),
    Field(
        "format",
        FieldKind.VALUES,
        "the format that the cable was read from",
        'format:"plain text"',
        lambda c, p: _optional(c.format),
        shown=_spaced,
        whole=True,
    ),
    Field(
        "collection",
        FieldKind.KEYWORDS,
        "a collection that the cable is in",
        "collection:corpus",
        lambda c, p: c.collections,
        facet=True,
        whole=True,
        option=True,
    ),
    Field(
        "changed",
        FieldKind.VERSIONS,
        "its versions differ: yes, no, or in text, redactions or facts",
        "changed:redactions",
        lambda c, p: (),
        shown=str,
        whole=True,
    ),
    Field(
        "label",
        FieldKind.NOTEBOOK,
        "a label that you gave the paragraph or its cable",
        "label:reform",
        lambda c, p: (),
        shown=str,
    ),
    Field(
        "noted",
        FieldKind.NOTEBOOK,
        "what is in your notebook: yes, no, star, note or disputed",
        "noted:yes",
        lambda c, p: (),
        shown=str,
    ),
    Field(
        "list",
        FieldKind.NOTEBOOK,
        "a list of yours that the paragraph or its cable is in",
        "list:astana",
        lambda c, p: (),
        shown=str,
    ),
    Field(
        "query",
        FieldKind.NOTEBOOK,
        "what a question finds that you saved",
        "query:fishing",
        lambda c, p: (),
    ),
)

NOTED = ("yes", "no", "star", "note", "disputed")  # what `noted:` may ask for

CHANGED = ("yes", "no", "text", "redactions", "facts")  # what `changed:` may ask for

BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}

FACETS = tuple(field.name for field in FIELDS if field.facet)  # by which engines count paragraphs
COUNTABLE = tuple(field.name for field in FIELDS if field.facet or field.shown)  # and others, by their terms


def instant(moment: date) -> int:
    """Return a date or datetime as seconds since 1970 (UTC), by which dates are compared and sorted."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)
    return int(moment.replace(tzinfo=UTC).timestamp())
