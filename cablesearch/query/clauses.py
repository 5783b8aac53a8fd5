"""What a word, a phrase or a field's value asks for, as a tree in the terms of the columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches

from whoosh.query import ConstantScoreQuery, Every, NullQuery, NumericRange, Phrase, Query, Term

from ..analysis.sounding import sounds
from ..analysis.words import words
from ..errors import QueryError
from ..model.reference_id import canonical, split_id
from .fields import BY_NAME, Field, FieldKind, instant, keyword
from .patterns import inexact, shaped
from .spellings import READINGS, reference
from .trees import any_of, everything, only

TEXT = BY_NAME["text"]  # what bare words are looked for in

LONGEST_PHRASE = 64  # words
MIDDLE = 3  # the slop of a name: two words may stand among those that are asked for

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
    """Give what a word outside of any field asks for."""
    if "*" in text and not words(text):
        return everything()
    return _cable(text.strip("#.,;:")) or _inexact(text, bare) or _exact(TEXT, text)


def letters(text: str) -> Query:
    """Give what letters with spaces between them ask for: `u s` is U.S. as well."""
    return any_of([_exact(TEXT, text.replace(" ", "")), _exact(TEXT, text)])


def quoted(text: str, slop: int = 1) -> Query:
    """Give what words in quotes ask for outside of any field: a phrase, even of one word."""
    asked = _cable(text) or _exact(TEXT, text, slop)
    return Phrase(TEXT.name, [asked.text]) if isinstance(asked, Term) else asked


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
    if value in ("", "*"):
        return Every(field.name) if value else NullQuery
    match field.kind:
        case FieldKind.PROSE:
            like = None if literal else _inexact_prose(field, value)
            return like or _exact(field, value, slop)
        case FieldKind.NAMES:
            like = None if literal else inexact(field.name, value)
            return like or _name(field, value)
        case FieldKind.KEYWORDS:
            return _keyword(field, value)
        case FieldKind.DATE:
            return _sent(value)


def _exact(field: Field, text: str, slop: int = 1) -> Query:
    """Give a word, or words in order; a `*` shows that a pattern was meant, and there is none in a phrase."""
    return _in_order(field.name, field.terms, text, slop)


def _in_order(column: str, cut: Callable[[str], list[str]], text: str, slop: int) -> Query:
    """Give the terms of a text in order, at most slop - 1 others among them."""
    if _STARRED.search(text):
        raise QueryError(f"'*' means nothing inside quotes, as in {text!r}: take the pattern out of them")
    terms = cut(text)
    if len(terms) > LONGEST_PHRASE:
        raise QueryError(f"a phrase of {len(terms)} words: {LONGEST_PHRASE} are the most")
    if len(terms) > 1:
        return Phrase(column, terms, slop=max(slop, 1))
    return Term(column, terms[0]) if terms else NullQuery


def _inexact(text: str, plainly: Callable[[str], Query]) -> Query | None:
    """Give an inexact word of the text. A `?` at its end is one letter or none: it may be a question."""
    like = inexact("words", text)
    plain = text.rstrip("?!.,;:")
    return any_of([plainly(plain), like]) if like and "?" in text[len(plain) :] else like


def _inexact_prose(field: Field, value: str) -> Query | None:
    """Give an inexact word of the text; of subjects and headings only the stems are kept."""
    like = _inexact(value, lambda plain: clause(field, plain))
    if like and field.name != "text":
        raise QueryError(f"{field.name}: takes words and phrases, no * ? or ~: write {field.example}")
    return like


def _name(field: Field, value: str) -> Query:
    """Give the words of one name in order; `Masimov, Karim` is Karim Masimov too."""
    last, comma, first = value.partition(",")
    orders = (value, f"{first} {last}") if comma else (value,)
    if field.name == "person":
        return any_of(_in_order("sounds", sounds, order, MIDDLE) for order in orders)
    return any_of(_exact(field, order) for order in orders)


def _keyword(field: Field, value: str) -> Query:
    if re.search(r"\w~\d*$", value):
        raise QueryError(f"{field.name}: takes whole values and patterns, no ~: write {field.example}")
    if re.search(r"[*?]", value):
        return shaped(field.name, keyword(value))
    read = READINGS.get(field.name)
    return read(value) if read else _exact(field, value)


def _sent(value: str) -> Query:
    from .dates import period

    covered = period(value)
    start = instant(covered.start) if covered.start else None
    end = instant(covered.end) if covered.end else None
    return NumericRange("date", start, end, endexcl=True)


def _cable(text: str) -> Query | None:
    """Give what a reference id outside of any field asks for: that cable, then who cites or prints it."""
    cable, _, number = text.partition("#")
    known = canonical(cable)
    if not known and not _EDITED.fullmatch(cable):
        return None
    asked: list[Query] = [
        ConstantScoreQuery(reference("id", cable), _THAT_CABLE),
        ConstantScoreQuery(reference("cites", cable), _CITING),
        _exact(TEXT, cable),
    ]
    if number:
        asked.append(ConstantScoreQuery(reference("id", text), _THAT_PARAGRAPH))
    if known:
        asked.append(_exact(TEXT, " ".join(split_id(known))))
    return any_of(asked)
