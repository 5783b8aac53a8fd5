"""The trees for a word, a phrase or a field's value, in terms of the columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from ..analysis.sounding import sounds
from ..analysis.spellings import other_forms
from ..analysis.words import stems, words
from ..errors import QueryError
from ..model.reference_id import canonical, repaired_id, split_id
from .fields import BY_NAME, CHANGED, COUNTABLE, NOTED, Field, FieldKind, instant, keyword
from .numbers import parse_numbers
from .patterns import parse_inexact, parse_pattern
from .proximity import MAX_PHRASE_WORDS, is_special, parse_quoted, refuse_inexact
from .spellings import VALUE_READERS, reference
from .tree import (
    EVERYTHING,
    Between,
    Compound,
    Filter,
    Has,
    Not,
    Noted,
    Nothing,
    Phrase,
    Range,
    Saved,
    Term,
    Tree,
    Value,
    Words,
    all_of,
    any_of,
)

TEXT = BY_NAME["text"]  # where bare words are looked for

CACHED_WORDS = 4_096  # whose trees are kept: questions share them

UNDATED = "none"  # as a date: of cables without one

NAME_SLOP = 3  # up to two other words may stand among those of a name

# The scores of a bare reference id: higher than words can reach.
_PARAGRAPH_SCORE, _CABLE_SCORE, _CITING_SCORE = 2000.0, 1000.0, 100.0

# A document of an edition (frus1969-76v28/d3), a cable that shares its number (76STATE290286-q7x2m).
_OTHER_ID = re.compile(r"[\w.-]+/d\d+|\d{2,4}[A-Za-z]+\d+-[A-Za-z2-7]{5,}")
_BARS = re.compile(r"(?<=[^\s|])\|(?=[^\s|])")
_COMMAS = re.compile(r"(?<=[^\s,|])[,|](?=[^\s,|])")
_NUMBERS = re.compile(r"(?<=[^\s,|\d])[,|](?=[^\s,|])|(?<=[^\s,|])[,|](?=[^\s,|\d])")
_STARRED = re.compile(r"\w\*|\*\w")


def field_named(name: str) -> Field:
    """Return the field of that name, in upper or lower case.

    Raises:
        QueryError: there is no such field.
    """
    field = BY_NAME.get(name.lower())
    if field:
        return field
    near = near_field(name)
    remedy = f"did you mean {near}?" if near else "put words with a colon in quotes"
    raise QueryError(f"no field {name!r}: {remedy} (fields: {', '.join(BY_NAME)})")


def near_field(name: str) -> str | None:
    """Return the field that a mistyped name is probably meant for."""
    return next(iter(get_close_matches(name.lower(), BY_NAME, n=1)), None)


@lru_cache(CACHED_WORDS)
def bare_word(text: str) -> Tree:
    """Return the tree for a word without a field."""
    if text.isalpha():
        return _in_order(TEXT.name, stems(text))
    if "*" in text and not words(text):
        return EVERYTHING
    return _reference(text.strip("#.,;:")) or _inexact_word(text, bare_word) or _plain_word(text)


def _plain_word(text: str) -> Tree:
    """Return the tree for a word of the text; one of several parts keeps its other forms."""
    tree = _exact_words(TEXT, text)
    if isinstance(tree, Phrase):
        return Compound(tree.column, tree.words, forms=tuple(other_forms(text)))
    return tree


class Part(NamedTuple):
    """What stands beside other parts of a query.

    Attributes:
        bare: it is a bare word, with or without a weight.
        letter: as typed, if it is a single letter; else empty.
    """

    tree: Tree
    bare: bool
    letter: str = ""


def side_by_side(parts: Sequence[Part]) -> Tree:
    """Return the tree for parts side by side.

    Several single letters are initials (`u s`). A lone one among words is dropped: a middle initial, or
    what is left of a possessive (`people s republic`); in quotes it is kept (`"plan b"`).
    """
    if len(parts) == 1:
        return parts[0].tree
    words: dict[Tree, None] = {}
    single_letters: dict[Tree, None] = {}
    others: list[Tree] = []
    for are_letters, some in groupby(parts, _is_letter):
        run = list(some)
        if are_letters and len(run) > 1:
            words[_initials(" ".join(part.letter for part in run))] = None
            continue
        for part in run:
            if part.bare:
                (single_letters if are_letters else words)[part.tree] = None
            else:
                others.append(part.tree)
    together = tuple(words or single_letters)
    return all_of([Words(together), *others] if len(together) > 1 else [*together, *others])


def _is_letter(part: Part) -> bool:
    return bool(part.letter)


def _initials(text: str) -> Tree:
    """Return the tree for single letters with spaces in between: `u s` is U.S. as well."""
    return any_of([_exact_words(TEXT, text.replace(" ", "")), _exact_words(TEXT, text)])


def quoted_words(text: str, slop: int = 1) -> Tree:
    """Return the tree for words in quotes without a field: a phrase, even if it is only one word."""
    if is_special(text):
        return parse_quoted(TEXT, text, slop)
    tree = _reference(text) or _exact_words(TEXT, text, slop)
    return Phrase(TEXT.name, (tree.text,)) if isinstance(tree, Term) else tree


def clause(field: Field, value: str, *, literal: bool = False, slop: int = 1) -> Tree:
    """Return the tree for a value of a field.

    Args:
        literal: the value was in quotes: it is a phrase, not a pattern.
        slop: how far apart its words may be, as in `Phrase`.

    Raises:
        QueryError: it is empty, or of a kind that the field does not have.
    """
    if slop > 1 and field.kind is not FieldKind.PROSE:
        raise QueryError(f"{field.name}: takes no ~{slop} behind a value: leave it out")
    alternatives = [] if literal else split_alternatives(field, value)
    if len(alternatives) > 1:
        return any_of(clause(field, each) for each in alternatives)
    tree = _value(field, value.strip(), literal, slop)
    if isinstance(tree, Nothing):
        raise QueryError(f"{field.name}: has no value: write {field.example}")
    return tree if field.kind is FieldKind.PROSE or isinstance(tree, Saved) else Filter(tree)


def split_alternatives(field: Field, value: str) -> list[str]:
    """Return the values that commas or bars separate, without spaces: `PGOV,PREL` is either.

    A name may be inverted (`Masimov,Karim`), a number may have commas; dates are split by `dates`.
    """
    if field.kind is FieldKind.DATE:
        return [value]
    return (
        _BARS if field.name == "person" else _NUMBERS if field.kind is FieldKind.PROSE else _COMMAS
    ).split(value)


def _value(field: Field, value: str, literal: bool, slop: int) -> Tree:
    if not value:
        return Nothing()
    if value == "?" and not literal:
        raise QueryError(_how_to_list(field))
    if field.kind is FieldKind.NOTEBOOK:
        return _noted(field, value)
    if field.kind is FieldKind.VERSIONS:
        return _yes_or_no(field, value, CHANGED)
    if value == "*":
        return _has_any(field)
    match field.kind:
        case FieldKind.PROSE:
            if literal and is_special(value):
                return parse_quoted(field, value, slop)
            like = None if literal else _inexact_prose(field, value)
            if not (like or literal or slop > 1) and field is TEXT:
                return _plain_word(value)
            return like or _exact_words(field, value, slop)
        case FieldKind.NAMES:
            like = None if literal else parse_inexact(field.name, value)
            return like or _name(field, value)
        case FieldKind.KEYWORDS | FieldKind.VALUES:
            return _keyword(field, value)
        case FieldKind.DATE:
            return _date(value)
        case FieldKind.NUMBER:
            return parse_numbers(field.name, value)


def _noted(field: Field, value: str) -> Tree:
    """Return the tree for what the user's notebook has under a name."""
    if field.name == "query":
        if "*" in value:
            raise QueryError(f"query: takes the name of one saved question: write {field.example}")
        return Saved(value)
    if field.name == "noted":
        return _yes_or_no(field, value, NOTED)
    return Noted(field.name, value)


def _yes_or_no(field: Field, value: str, values: Sequence[str]) -> Tree:
    """Return the tree for one of a few values, of which no is the opposite of yes."""
    asked = "yes" if value == "*" else value.lower()
    if asked not in values:
        raise QueryError(f"{field.name}: takes {', '.join(values[:-1])} or {values[-1]}, not {value!r}")
    return Not(Noted(field.name, "yes")) if asked == "no" else Noted(field.name, asked)


def _has_any(field: Field) -> Tree:
    """Return the tree for any value of a field."""
    match field.kind:
        case FieldKind.DATE:
            return Has("date")
        case FieldKind.NUMBER:
            return Between(field.name, 1, None)
        case _:
            return Has(field.name)


def _how_to_list(field: Field) -> str:
    if field.name in COUNTABLE:
        return (
            f"{field.name}:? asks for the values of a field, as a search does: cablesearch '{field.name}:?'"
        )
    return not_listed(field.name)


def not_listed(name: str) -> str:
    """Return the message that a field's values are not listed, and whose are."""
    return f"the values of {name} are not listed, only those of {', '.join(COUNTABLE)}"


def _exact_words(field: Field, text: str, slop: int = 1) -> Tree:
    return _phrase(field.name, field.terms, text, slop)


def _phrase(column: str, analyse: Callable[[str], list[str]], text: str, slop: int) -> Tree:
    """Return the tree for a word, or for words in order, in a column.

    Raises:
        QueryError: a `*` shows that a pattern was meant, which a phrase cannot have.
    """
    if _STARRED.search(text):
        raise QueryError(f"'*' means nothing inside quotes, as in {text!r}: take the pattern out of them")
    terms = analyse(text)
    if len(terms) > MAX_PHRASE_WORDS:
        raise QueryError(f"a phrase of {len(terms)} words: {MAX_PHRASE_WORDS} are the most")
    return _in_order(column, terms, slop)


def _in_order(column: str, terms: Sequence[str], slop: int = 1) -> Tree:
    """Return the tree for terms in order."""
    if len(terms) > 1:
        return Phrase(column, tuple(terms), slop)
    return Term(column, terms[0]) if terms else Nothing()


def _inexact_word(text: str, as_plain: Callable[[str], Tree]) -> Tree | None:
    """Return the tree for an inexact word of the text; a `?` at its end is optional, as in a question."""
    like = parse_inexact("words", text)
    plain = text.rstrip("?!.,;:")
    return any_of([as_plain(plain), like]) if like and "?" in text[len(plain) :] else like


def _inexact_prose(field: Field, value: str) -> Tree | None:
    """Return the tree for an inexact word of the text, None if it is to be matched exactly."""
    like = _inexact_word(value, lambda plain: clause(field, plain))
    if like:
        refuse_inexact(field)
    return like


def _name(field: Field, value: str) -> Tree:
    """Return the tree for a name, its words in order; `Masimov, Karim` is Karim Masimov too."""
    last, comma, first = value.partition(",")
    orders = (value, f"{first} {last}") if comma else (value,)
    if field.name == "person":
        return any_of(_phrase("sounds", sounds, order, NAME_SLOP) for order in orders)
    return any_of(_exact_words(field, order) for order in orders)


def _keyword(field: Field, value: str) -> Tree:
    if re.search(r"\w~\d*$", value):
        raise QueryError(f"{field.name}: takes whole values and patterns, no ~: write {field.example}")
    if re.search(r"[*?]", value):
        shape = keyword(value)
        shapes = _anywhere(shape) if field.kind is FieldKind.VALUES else [shape]
        return any_of(parse_pattern(field.name, shape) for shape in shapes)
    if reader := VALUE_READERS.get(field.name):
        return reader(value)
    terms = field.terms(value)
    if field.kind is FieldKind.VALUES and terms:
        return Value(field.name, terms[0])
    return Term(field.name, terms[0]) if terms else Nothing()


def _anywhere(shape: str) -> list[str]:
    """Return the patterns for words of a value, from the shape of these words."""
    before = [""] if shape.startswith("*") else ["", "*_"]
    behind = [""] if shape.endswith("*") else ["", "_*"]
    return [one + shape + other for one in before for other in behind]


def _date(value: str) -> Tree:
    from .dates import parse_periods

    if value.lower() == UNDATED:
        return Not(Has("date"))
    return any_of(
        Range(instant(each.start) if each.start else None, instant(each.end) if each.end else None)
        for each in parse_periods(value)
    )


def _reference(text: str) -> Tree | None:
    """Return the tree for a bare reference id: the cable, then those that cite it, then that print it."""
    cable, _, number = text.partition("#")
    known = canonical(cable)
    if not (known or _OTHER_ID.fullmatch(cable) or repaired_id(cable.upper())):
        return None
    parts: list[Tree] = [
        Filter(reference("id", cable), _CABLE_SCORE),
        Filter(reference("cites", cable), _CITING_SCORE),
        _exact_words(TEXT, cable),
    ]
    if number:
        parts.append(Filter(reference("id", text), _PARAGRAPH_SCORE))
    if known:
        parts.append(_exact_words(TEXT, " ".join(split_id(known))))
    return any_of(parts)
