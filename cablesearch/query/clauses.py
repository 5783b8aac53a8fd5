"""What a word, a phrase or a field's value asks for, as a tree in the terms of the columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches

from ..analysis.sounding import sounds
from ..analysis.words import words
from ..errors import QueryError
from ..model.reference_id import canonical, split_id
from .fields import BY_NAME, Field, FieldKind, instant, keyword
from .patterns import inexact, pattern
from .spellings import VALUE_READERS, reference
from .tree import EVERYTHING, Filter, Has, Nothing, Phrase, Range, Term, Tree, any_of

TEXT = BY_NAME["text"]  # what bare words are looked for in

MAX_PHRASE_WORDS = 64
NAME_SLOP = 3  # two other words may stand among those of a name

# What a bare reference id scores: more than words can.
_PARAGRAPH_SCORE, _CABLE_SCORE, _CITING_SCORE = 2000.0, 1000.0, 100.0

_EDITION_ID = re.compile(r"[\w.-]+/d\d+")  # a document of an edition: frus1969-76v28/d3
_STARRED = re.compile(r"\w\*|\*\w")


def field_named(name: str) -> Field:
    """Return the field of a name, in any case.

    Raises:
        QueryError: there is none.
    """
    field = BY_NAME.get(name.lower())
    if field:
        return field
    near = get_close_matches(name.lower(), BY_NAME, n=1)
    remedy = f"did you mean {near[0]}?" if near else "put words with a colon in quotes"
    raise QueryError(f"no field {name!r}: {remedy} (fields: {', '.join(BY_NAME)})")


def bare_word(text: str) -> Tree:
    """Return what a word outside of any field asks for."""
    if "*" in text and not words(text):
        return EVERYTHING
    return _reference(text.strip("#.,;:")) or _inexact(text, bare_word) or _exact(TEXT, text)


def initials(text: str) -> Tree:
    """Return what letters with spaces between them ask for: `u s` is U.S. as well."""
    return any_of([_exact(TEXT, text.replace(" ", "")), _exact(TEXT, text)])


def quoted(text: str, slop: int = 1) -> Tree:
    """Return what words in quotes outside of any field ask for: a phrase, even of one word."""
    tree = _reference(text) or _exact(TEXT, text, slop)
    return Phrase(TEXT.name, (tree.text,)) if isinstance(tree, Term) else tree


def clause(field: Field, value: str, *, literal: bool = False, slop: int = 1) -> Tree:
    """Return what a value asks of a field.

    Args:
        literal: the value stood in quotes: it is a phrase, not a pattern.
        slop: how far apart its words may be, as in `Phrase`.

    Raises:
        QueryError: it asks nothing, or something that the field cannot answer.
    """
    if slop > 1 and field.kind is not FieldKind.PROSE:
        raise QueryError(f"{field.name}: takes no ~{slop} behind a value: leave it out")
    tree = _value(field, value.strip(), literal, slop)
    if isinstance(tree, Nothing):
        raise QueryError(f"{field.name}: has no value: write {field.example}")
    return tree if field.kind is FieldKind.PROSE else Filter(tree)


def _value(field: Field, value: str, literal: bool, slop: int) -> Tree:
    if value in ("", "*"):
        return Has(field.name) if value else Nothing()
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
            return _date(value)


def _exact(field: Field, text: str, slop: int = 1) -> Tree:
    return _phrase(field.name, field.terms, text, slop)


def _phrase(column: str, analyse: Callable[[str], list[str]], text: str, slop: int) -> Tree:
    """Return what a word, or words in order, ask of a column.

    Raises:
        QueryError: a `*` shows that a pattern was meant, and a phrase has none.
    """
    if _STARRED.search(text):
        raise QueryError(f"'*' means nothing inside quotes, as in {text!r}: take the pattern out of them")
    terms = analyse(text)
    if len(terms) > MAX_PHRASE_WORDS:
        raise QueryError(f"a phrase of {len(terms)} words: {MAX_PHRASE_WORDS} are the most")
    if len(terms) > 1:
        return Phrase(column, tuple(terms), max(slop, 1))
    return Term(column, terms[0]) if terms else Nothing()


def _inexact(text: str, as_plain: Callable[[str], Tree]) -> Tree | None:
    """Return what an inexact word asks of the text. A `?` at its end may end a question: it is optional."""
    like = inexact("words", text)
    plain = text.rstrip("?!.,;:")
    return any_of([as_plain(plain), like]) if like and "?" in text[len(plain) :] else like


def _inexact_prose(field: Field, value: str) -> Tree | None:
    """Return what an inexact word asks of the text; of subjects and headings only the stems are kept."""
    like = _inexact(value, lambda plain: clause(field, plain))
    if like and field.name != "text":
        raise QueryError(f"{field.name}: takes words and phrases, no * ? or ~: write {field.example}")
    return like


def _name(field: Field, value: str) -> Tree:
    """Return what a name asks for, its words in order; `Masimov, Karim` is Karim Masimov too."""
    last, comma, first = value.partition(",")
    orders = (value, f"{first} {last}") if comma else (value,)
    if field.name == "person":
        return any_of(_phrase("sounds", sounds, order, NAME_SLOP) for order in orders)
    return any_of(_exact(field, order) for order in orders)


def _keyword(field: Field, value: str) -> Tree:
    if re.search(r"\w~\d*$", value):
        raise QueryError(f"{field.name}: takes whole values and patterns, no ~: write {field.example}")
    if re.search(r"[*?]", value):
        return pattern(field.name, keyword(value))
    reader = VALUE_READERS.get(field.name)
    return reader(value) if reader else _exact(field, value)


def _date(value: str) -> Tree:
    from .dates import period

    covered = period(value)
    return Range(
        instant(covered.start) if covered.start else None, instant(covered.end) if covered.end else None
    )


def _reference(text: str) -> Tree | None:
    """Return what a bare reference id asks for: that cable, then who cites it, then who prints its id."""
    cable, _, number = text.partition("#")
    known = canonical(cable)
    if not known and not _EDITION_ID.fullmatch(cable):
        return None
    parts: list[Tree] = [
        Filter(reference("id", cable), _CABLE_SCORE),
        Filter(reference("cites", cable), _CITING_SCORE),
        _exact(TEXT, cable),
    ]
    if number:
        parts.append(Filter(reference("id", text), _PARAGRAPH_SCORE))
    if known:
        parts.append(_exact(TEXT, " ".join(split_id(known))))
    return any_of(parts)
