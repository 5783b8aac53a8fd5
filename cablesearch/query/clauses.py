"""What a word, a phrase or a field's value asks for, as a tree in the terms of the columns."""

from __future__ import annotations

import re
from difflib import get_close_matches

from whoosh.query import ConstantScoreQuery, Every, NullQuery, NumericRange, Phrase, Query, Term

from ..errors import QueryError
from ..reference_id import canonical, split_id
from ..words import stems, words
from .dates import period
from .fields import BY_NAME, Field, FieldKind, instant, keyword
from .patterns import inexact, shaped
from .spellings import READINGS, reference
from .trees import Anywhere, any_of, everything, only

# Where a bare word is looked for, and what it is worth there: all paragraphs of a cable share its subject.
ANYWHERE = (("text", 1.0), ("heading", 0.5), ("subject", 0.5))

LONGEST_PHRASE = 64  # words

# What a bare reference id is worth: more than words can be.
_THAT_PARAGRAPH, _THAT_CABLE, _CITING = 2000.0, 1000.0, 100.0

_EDITED = re.compile(r"[\w.-]+/d\d+")  # a document of an edition: frus1969-76v28/d3
_STARRED = re.compile(r"\w\*|\*\w")


def named(name: str) -> Field:
    """Give the field of that name, in capitals or not.

    Raises:
        QueryError: there is none.
    """
    field = BY_NAME.get(name.lower())
    if field:
        return field
    near = get_close_matches(name.lower(), BY_NAME, n=1)
    remedy = f"did you mean {near[0]}?" if near else "put words with a colon in quotes"
    raise QueryError(f"no field {name!r}: {remedy} (fields: {', '.join(BY_NAME)})")


def bare(text: str) -> Query:
    """Give what a word outside of any field asks for: nothing if it is only punctuation."""
    if "*" in text and not words(text):
        return everything()
    return _cable(text.strip("#.,;:")) or _asking(text) or anywhere(text)


def anywhere(text: str, slop: int = 1) -> Query:
    """Give a word or a phrase in the text, the heading or the subject."""
    places = [_prose(column, text, slop, worth) for column, worth in ANYWHERE]
    return NullQuery if places[0] is NullQuery else Anywhere(places)


def quoted(text: str, slop: int = 1) -> Query:
    """Give what words in quotes ask for."""
    return _cable(text) or anywhere(text, slop)


def clause(field: Field, value: str, *, literal: bool = False, slop: int = 1) -> Query:
    """Give what a value asks of a field.

    Args:
        literal: the value stood in quotes: it is a phrase, no pattern.
        slop: how far apart its words may be, as in whoosh's Phrase.

    Raises:
        QueryError: it asks nothing, or something that the field cannot answer.
    """
    if slop > 1 and field.kind is not FieldKind.PROSE:
        raise QueryError(f"{field.name}: takes no ~{slop} behind a value: leave it out")
    asked = _asked(field, value.strip(), literal, slop)
    if asked is NullQuery:
        raise QueryError(f"{field.name}: has no value: write {field.example}")
    return asked if field.kind is FieldKind.PROSE else only(asked)


def _asked(field: Field, value: str, literal: bool, slop: int) -> Query:
    if value == "*":
        return Every(field.name)
    match field.kind:
        case FieldKind.DATE:
            return _sent(value)
        case FieldKind.NAMES:
            return (not literal and inexact(field.name, value)) or _name(field.name, value)
        case FieldKind.KEYWORDS:
            return _keyword(field, value)
        case FieldKind.PROSE:
            return (not literal and _inexact_prose(field, value)) or _prose(field.name, value, slop)


def _sent(value: str) -> Query:
    if not value:
        return NullQuery
    covered = period(value)
    start = instant(covered.start) if covered.start else None
    end = instant(covered.end) if covered.end else None
    return NumericRange("date", start, end, endexcl=True)


def _name(column: str, value: str) -> Query:
    """Give the words of one name in order; `Masimov, Karim` is Karim Masimov too."""
    last, _, first = value.partition(",")
    orders = {tuple(words(_literal(value))): 0, (*words(first), *words(last)): 0}
    return any_of(_sequence(column, list(order)) for order in orders)


def _keyword(field: Field, value: str) -> Query:
    if not value:
        return NullQuery
    if re.search(r"\w~\d*$", value):
        raise QueryError(f"{field.name}: takes whole values and patterns, no ~: write {field.example}")
    if re.search(r"[*?]", value):
        return shaped(field.name, keyword(value))
    read = READINGS.get(field.name)
    return read(value) if read else Term(field.name, keyword(value))


def _inexact_prose(field: Field, value: str) -> Query | None:
    """Give an inexact word of the text; of subjects and headings only the stems are kept."""
    asked = _asking(value)
    if asked and field.name != "text":
        raise QueryError(f"{field.name}: takes words and phrases, no * ? or ~: write {field.example}")
    return asked


def _asking(text: str) -> Query | None:
    """Give an inexact word of the text. A `?` that ends it is one letter or none: it may be a question."""
    asked = inexact("words", text)
    plain = text.rstrip("?")
    if not asked or plain == text:
        return asked
    return any_of([inexact("words", plain) or anywhere(plain), asked])


def _prose(column: str, text: str, slop: int, worth: float = 1.0) -> Query:
    return _sequence(column, stems(_literal(text)), slop, worth)


def _sequence(column: str, terms: list[str], slop: int = 1, worth: float = 1.0) -> Query:
    if len(terms) > LONGEST_PHRASE:
        raise QueryError(f"a phrase of {len(terms)} words: {LONGEST_PHRASE} are the most")
    if len(terms) > 1:
        return Phrase(column, terms, slop=max(slop, 1), boost=worth)
    return Term(column, terms[0], boost=worth) if terms else NullQuery


def _literal(text: str) -> str:
    """Give the text of a phrase: it has no patterns, and a `*` shows that one was meant."""
    if _STARRED.search(text):
        raise QueryError(f"'*' means nothing inside quotes, as in {text!r}: take the pattern out of them")
    return text


def _cable(text: str) -> Query | None:
    """Give what a reference id outside of any field asks for: that cable, then who cites or prints it."""
    cable, _, number = text.partition("#")
    known = canonical(cable)
    if not known and not _EDITED.fullmatch(cable):
        return None
    asked: list[Query] = [
        ConstantScoreQuery(reference("id", cable), _THAT_CABLE),
        ConstantScoreQuery(reference("cites", cable), _CITING),
        anywhere(cable),
    ]
    if number:
        asked.append(ConstantScoreQuery(reference("id", text), _THAT_PARAGRAPH))
    if known:
        asked.append(anywhere(" ".join(split_id(known))))
    return any_of(asked)
