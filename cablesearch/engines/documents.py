"""A cable's paragraphs as documents of terms, which is all that an engine indexes.

An engine never sees prose: it receives terms made by `analysis` and `query.fields`, column by column:

    a field's name   the terms of its values
    text             where bare words are looked for: the stems of the paragraph's own words, of the heading
                     above it, of its cable's subject, of the full names of the people named, and of what the
                     cable's abbreviations stand for
    words            those folded words of the text that are not their own stems, in no order. Prefixes,
                     wildcards and fuzzy words are looked up here and in `text` (`columns_for`), which saves
                     a third of an index
    sounds           the names of the people named, each word by its sound
    who              the people named, each as one term: the value that the facet counts the person by
    named            the stems of full names and of what abbreviations stand for, which `text` ends with
    joined           the stems of words that the text, the heading or the subject has in several parts
                     (`counter-terrorism`), as if they were in one
    month            the month of a cable whose day is not known (`1959-08`)
    references       of a cable's first paragraph alone: the ids of all cables that it cites, so that a cable
                     counts once among those that cite another
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..analysis.abbreviations import find_abbreviations, other_forms
from ..analysis.sounding import sound
from ..analysis.spellings import joined
from ..analysis.words import terms as analyse
from ..model.cable import Cable, Paragraph, Person
from ..model.calendar import Month
from ..people.registry import facet_value, who_term
from ..query.fields import BY_NAME, FIELDS, Field, FieldKind, as_term, instant
from ..query.tree import MAX_SLOP

_WITHOUT_TERMS = (FieldKind.DATE, FieldKind.NUMBER, FieldKind.VERSIONS, FieldKind.NOTEBOOK)

COLUMNS = (
    "words",
    "sounds",
    "who",
    "named",
    "joined",
    "month",
    "references",
    *(field.name for field in FIELDS if field.kind not in _WITHOUT_TERMS),
)
# Columns in which terms and phrases score; those that record where in the paragraph a term stands, so that
# they can match phrases; those of words, in which a fuzzy one is looked for. Of the others a term is a value.
SCORED = frozenset(field.name for field in FIELDS if field.kind is FieldKind.PROSE)
_NAMES = {field.name for field in FIELDS if field.kind is FieldKind.NAMES}
POSITIONED = SCORED | {"sounds"} | _NAMES - {"person"}  # whose phrases are looked for in `sounds`
TEXTS = (*sorted(POSITIONED), "person", "words")

BREAK = "|"  # a term between two values, which counts as one of the column's terms
BETWEEN = f" {BREAK} "  # two values in a column's terms
GAP = MAX_SLOP  # places that it takes, so that no phrase runs from one value into the next

CACHED_VALUES = 4_096  # headings and values whose terms are cached: most recur in the next paragraphs


class Columns(NamedTuple):
    """The terms and facet values of some fields.

    Attributes:
        terms: for each column, its terms in order, separated by spaces; columns without terms are left out.
        facets: for each facet field, its values as they are shown, with white space normalised.
    """

    terms: dict[str, str]
    facets: dict[str, tuple[str, ...]]


class Document(NamedTuple):
    """A paragraph as an engine indexes it. A tuple, because that is cheap to send between processes.

    Attributes:
        cable: the cable's id.
        ordinal: the paragraph's place in its cable, from 0.
        date: seconds since 1970 (UTC), None if unknown.
        length: the words of its text.
        own: the columns that belong to the paragraph alone.
        whole: the columns that all paragraphs of its cable share.
    """

    cable: str
    ordinal: int
    date: int | None
    length: int
    own: Columns
    whole: Columns

    @property
    def terms(self) -> dict[str, str]:
        """The terms of all columns."""
        return self.whole.terms | self.own.terms

    @property
    def facets(self) -> dict[str, tuple[str, ...]]:
        """The values of all facets."""
        return self.whole.facets | self.own.facets


def columns_for(column: str) -> tuple[str, ...]:
    """Return the columns that hold a column's terms."""
    return ("words", "text") if column == "words" else (column,)


def documents(cable: Cable) -> Iterator[Document]:
    """Yield a cable's paragraphs as documents, in order; of a cable without text, one for its facts."""
    date = instant(cable.created) if cable.created else None
    abbreviations = find_abbreviations(paragraph.text for paragraph in cable.paragraphs)
    whole = Columns({}, {})
    if isinstance(cable.created, Month):
        whole.terms["month"] = cable.created.isoformat()
    entries = cable.entries
    for paragraph in entries[:1]:
        _add_fields(whole, _CABLE_FIELDS, cable, paragraph)
    sections: dict[tuple[str | None, ...], Columns] = {}
    for ordinal, paragraph in enumerate(entries):
        prose = analyse(paragraph.text)
        own = Columns(_text_columns(paragraph, prose, cable.subject or "", abbreviations), {})
        if not ordinal and (cited := cable.cites):
            own.terms["references"] = " ".join(_value_terms("cites", id) for id in cited)
        _add_fields(own, _PARAGRAPH_FIELDS, cable, paragraph)
        section = paragraph.heading, paragraph.marking, paragraph.kind
        if section not in sections:
            sections[section] = Columns({}, {})
            _add_fields(sections[section], _SECTION_FIELDS, cable, paragraph)
        own.terms.update(sections[section].terms)
        own.facets.update(sections[section].facets)
        if paragraph.people:
            _add_people(own, paragraph.people)
        length = prose[1].count(" ") + 1 if prose[1] else 0
        yield Document(cable.id, ordinal, date, length, own, whole)


def _text_columns(
    paragraph: Paragraph, text: tuple[str, str], subject: str, abbreviations: dict[str, str]
) -> dict[str, str]:
    """Return the columns in which bare words are looked up.

    Args:
        text: words and stems of the paragraph's text, as `analyse` returns them.
    """
    above = _analyse_above(paragraph.heading or "", subject)
    words = " ".join(filter(None, (text[0], above.words)))
    stems = BETWEEN.join(filter(None, (text[1], above.stems)))
    compounds = dict.fromkeys(joined(paragraph.text)) | above.joined
    named = ""
    if forms := [who.full_name for who in paragraph.people] + other_forms(paragraph.text, abbreviations):
        names = [_analyse_value(name)[1] for name in dict.fromkeys(forms)]
        stems = BETWEEN.join((stems, *names))
        named = " ".join(dict.fromkeys(" ".join(names).split()))
        for form in forms:
            compounds |= _joined_of(form)
    columns = (("words", words), ("text", stems), ("named", named), ("joined", " ".join(compounds)))
    return {name: terms for name, terms in columns if terms}


class _Above(NamedTuple):
    """The terms of what stands above a paragraph."""

    words: str
    stems: str
    joined: dict[str, None]


@lru_cache(CACHED_VALUES)
def _analyse_above(heading: str, subject: str) -> _Above:
    """Return the terms of a heading and a subject, which recur in the next paragraphs."""
    words, stems = zip(analyse(heading), analyse(subject), strict=True)
    compounds = dict.fromkeys((*joined(heading), *joined(subject)))
    return _Above(" ".join(filter(None, words)), BETWEEN.join(filter(None, stems)), compounds)


_analyse_value = lru_cache(CACHED_VALUES)(analyse)  # of names, which recur


@lru_cache(CACHED_VALUES)
def _joined_of(value: str) -> dict[str, None]:
    return dict.fromkeys(joined(value))


def _add_people(columns: Columns, people: Sequence[Person]) -> None:
    """Add the terms and facet values of the people named."""
    names = [_terms_of_name(name) for name in dict.fromkeys([name for who in people for name in who.names])]
    counted = dict.fromkeys([as_term(facet_value(who)) for who in people])
    columns.terms["person"] = " ".join([words for words, _ in names])
    columns.terms["sounds"] = BETWEEN.join([sounds for _, sounds in names])
    columns.terms["who"] = " ".join([who_term(value) for value in counted])
    columns.facets["person"] = tuple(counted)


@lru_cache(CACHED_VALUES)
def _terms_of_name(name: str) -> tuple[str, str]:
    """Return the words of a name, and their sounds."""
    own = BY_NAME["person"].terms(name)
    return " ".join(own), " ".join(map(sound, own))


_OTHER_FIELDS = tuple(
    f for f in FIELDS if f.name not in ("text", "person") and (f.name in COLUMNS or f.facet)
)
_CABLE_FIELDS = tuple(field for field in _OTHER_FIELDS if field.whole)
# Those whose values are the same for all paragraphs of one heading, marking and kind; and the others.
_SECTION_FIELDS = tuple(BY_NAME[name] for name in ("heading", "marking", "kind"))
_PARAGRAPH_FIELDS = tuple(f for f in _OTHER_FIELDS if not f.whole and f not in _SECTION_FIELDS)


def _add_fields(columns: Columns, fields: Iterable[Field], cable: Cable, paragraph: Paragraph) -> None:
    """Add the terms and facet values of some fields."""
    for field in fields:
        if values := tuple(field.values(cable, paragraph)):
            if field.name in _SEPARATORS:
                columns.terms[field.name] = _SEPARATORS[field.name].join(
                    [(_terms_once if v == paragraph.id else _value_terms)(field.name, v) for v in values]
                )
            if field.facet:
                counted = tuple(field.counted(cable, paragraph)) if field.counted else values
                columns.facets[field.name] = _facet_values(counted)


_SEPARATORS = {
    field.name: BETWEEN if field.kind is FieldKind.NAMES else " " for field in FIELDS if field.name in COLUMNS
}


def _terms_once(field: str, value: str) -> str:
    """Return the terms of a value; one that does not recur would only drive others from the cache."""
    return " ".join(BY_NAME[field].terms(value))


_value_terms = lru_cache(CACHED_VALUES)(_terms_once)


@lru_cache(CACHED_VALUES)
def _facet_values(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(as_term(" ".join(value.split())) for value in values))
