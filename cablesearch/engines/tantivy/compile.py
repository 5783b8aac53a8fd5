"""Compiles query trees to tantivy queries that score as the contract says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple, TypeAlias, assert_never

from tantivy import FieldType, Occur, Query

from ...query.fields import BY_NAME
from ...query.tree import (
    All,
    Among,
    Any,
    Between,
    Boost,
    Everything,
    Filter,
    Fuzzy,
    Has,
    Near,
    Not,
    Noted,
    Nothing,
    Pattern,
    Phrase,
    Prefix,
    Range,
    Saved,
    SimpleLeaf,
    Term,
    Tree,
    Value,
    Wildcard,
)
from ..documents import CACHED_VALUES, SCORED, columns_for
from ..proximity import Option, ways
from ..scoring import ORDINAL_BITS, spacings, tie_key
from .schema import HAS, LACKS, SCHEMA, UNASKED, USUAL, fact, field_of

Clause: TypeAlias = tuple[Occur, Query]  # of a boolean query

MIN_START = 4  # letters before the first sign of a wildcard, with which a thousand words begin at most
MAX_TERMS = 64  # that are searched for one by one; a set of more is found faster


class Lexicon(NamedTuple):
    """What has to be looked up in an index before a tree can be compiled.

    Attributes:
        terms: takes a field and a prefix; returns its terms that begin with it, and their frequencies.
        cited_ids: `Reader.cited_ids`.
    """

    terms: Callable[[str, str], Iterable[tuple[str, int]]]
    cited_ids: Callable[[Between], tuple[list[str], list[str]]]


def compile_tree(tree: Tree, lexicon: Lexicon) -> Query:
    """Return the tantivy query for a tree.

    Args:
        lexicon: of the index, for a pattern that is too complex for tantivy's automata, and for citations.
    """
    if isinstance(tree, Term) and tree.column in SCORED:
        return term_query(tree.column, tree.text)
    match tree:
        case Filter(part, score):
            return Query.const_score_query(compile_tree(part, lexicon), score)
        case Boost(part, factor):
            return Query.boost_query(compile_tree(part, lexicon), factor)
        case All(parts):
            return _all_query(parts, lexicon)
        case Any(parts):
            return any_query(compile_tree(part, lexicon) for part in parts)
        case Not():
            return _all_query([tree], lexicon)
        case Phrase(column, words, slop):
            found = _phrase_query(column, words, slop)
            return found if column in SCORED else Query.const_score_query(found, 1.0)
        case Near(column):
            near = _near_query(tree, lexicon)
            if column not in SCORED:
                return Query.const_score_query(near, 1.0)
            scores = any_query(compile_tree(word, lexicon) for word in tree.words)
            return both_query(scores, Query.const_score_query(near, 0.0))
        case _:
            return Query.const_score_query(_leaf_query(tree, lexicon), 1.0)


def _leaf_query(leaf: SimpleLeaf, lexicon: Lexicon) -> Query:
    """Return the query for a leaf without weights, whose scores are not to be used."""
    match leaf:
        case Everything() | Between(_, None, None):
            return Query.all_query()
        case Range(None, None) | Has("date"):
            return Query.exists_query("date")
        case Has(column):
            return any_query(map(_has_terms_query, columns_for(column)))
        case Range(start, end):
            within = date_query(start, end)
            month = leaf.broken_month
            if not month:
                return within
            return Query.boolean_query([(Occur.Must, within), (Occur.MustNot, fact_query("month", month))])
        case Between("cited"):
            return _cited_query(leaf, lexicon)
        case Between(number, start, end):
            return integer_query(number, start, end)
        case Nothing():
            return Query.empty_query()
        case Among(_, _, ids):
            return ids_query(ids)
        case Noted() | Saved():
            raise AssertionError(leaf)
        case Term() | Prefix() | Wildcard() | Fuzzy() | Value():
            return any_query(_column_query(leaf, column, lexicon) for column in columns_for(leaf.column))
        case _:
            assert_never(leaf)


def _cited_query(leaf: Between, lexicon: Lexicon) -> Query:
    """Return the query for the paragraphs of cables that are cited so often."""
    wanted, above = lexicon.cited_ids(leaf)
    found = Query.all_query() if leaf.holds(0) else ids_query(wanted)
    return found.and_must_not_match(ids_query(above)) if above else found


def ids_query(ids: Iterable[str]) -> Query:
    """Return the query for paragraphs that have one of some ids, or whose cables have it."""
    return Query.term_set_query(SCHEMA, "facts", [fact("id", id) for id in ids])


def cables_query(ids: Sequence[str]) -> Query:
    """Return the query for the paragraphs of the cables that the index has under some ids.

    A number may be shared by two cables, and an id be a term of two; hardly both.
    """
    numbers = [tie_key(id, 0) >> ORDINAL_BITS for id in ids]
    terms = [term for id in ids for term in BY_NAME["id"].terms(id)]
    found = Query.term_set_query(SCHEMA, "cable", numbers)
    return both_query(found, ids_query(terms)) if len(terms) == len(ids) else found


def cable_query(number: int) -> Query:
    """Return the query for the paragraphs of the cable with a number."""
    return Query.term_query(SCHEMA, "cable", number, "basic")


def among_cables(numbers: Iterable[int]) -> list[Clause]:
    """Return a clause for the paragraphs of each of some cables, which scores them by its place."""
    constant = Query.const_score_query
    return [(Occur.Should, constant(cable_query(number), place)) for place, number in enumerate(numbers)]


def _column_query(leaf: Term | Pattern, column: str, lexicon: Lexicon) -> Query:
    """Return the query for the terms of one column that match a leaf."""
    match leaf:
        case Term(_, term):
            return term_query(column, term)
        case Prefix(_, start):
            # No edit is allowed, but any text behind it. A regular expression takes 0.15 ms to be compiled.
            return Query.fuzzy_term_query(SCHEMA, *field_of(column, start), 0, prefix=True)
        case Wildcard(_, pattern):
            return _wildcard_query(*field_of(column, pattern), lexicon)
        case Fuzzy(_, text, distance):
            return Query.fuzzy_term_query(SCHEMA, column, text, distance)
        case Value(_, text):
            field, start = field_of(column, "")
            return Query.regex_query(SCHEMA, field, f"{_escape(start)}(.*_)?{_escape(text)}(_.*)?")
        case _:
            assert_never(leaf)


def _wildcard_query(field: str, pattern: str, lexicon: Lexicon) -> Query:
    """Return a wildcard as a regular expression, or as its terms.

    They are looked up where few words begin so, since to compile an expression takes 0.1 to 0.3 ms, and
    where an expression would have too many states.
    """
    parts = re.split(r"([*?])", pattern)
    expression = "".join({"*": ".*", "?": "."}.get(part) or _escape(part) for part in parts)
    if field not in columns_for("words") or len(parts[0]) < MIN_START:
        with suppress(ValueError):
            return Query.regex_query(SCHEMA, field, expression)
    matches = Wildcard(field, pattern).matcher()
    terms = [term for term, _ in lexicon.terms(field, parts[0]) if matches(term)]
    if len(terms) > MAX_TERMS:
        return Query.term_set_query(SCHEMA, field, terms)
    return any_query([Query.term_query(SCHEMA, field, term, "basic") for term in terms])


def _all_query(parts: Iterable[Tree], lexicon: Lexicon) -> Query:
    excluded, needed = [], []
    for part in parts:
        if isinstance(part, Not):
            excluded.append((Occur.MustNot, compile_tree(part.part, lexicon)))
        else:
            needed.append((Occur.Must, compile_tree(part, lexicon)))
    if excluded and not needed:
        needed = [(Occur.Must, Query.const_score_query(Query.all_query(), 0.0))]
    return Query.boolean_query([*needed, *excluded])


def _phrase_query(column: str, words: Sequence[str], slop: int) -> Query:
    """Return the query for a phrase; with a slop, that for its words, filtered by the phrase's spacings."""
    terms = Query.boolean_query([(Occur.Must, term_query(column, word)) for word in words])
    if len(words) < 2:
        return terms
    places = spacings(words, slop)
    phrase = _at_places_query(column, words, places)
    return both_query(terms, Query.const_score_query(phrase, 0.0)) if len(places) > 1 else phrase


def _at_places_query(column: str, terms: Sequence[str], places: Iterable[Sequence[int]]) -> Query:
    """Return the query for terms at one of several combinations of places."""
    return any_query(Query.phrase_query(SCHEMA, column, [*zip(at, terms, strict=True)]) for at in places)


def _near_query(near: Near, lexicon: Lexicon) -> Query:
    """Return the query for a `Near` without scores: one for each phrase that it stands for."""

    def terms(column: str, start: str) -> list[str]:
        return [term for term, _ in lexicon.terms(column, start)]

    return any_query(
        _phrase_at(near.column, phrase, way.places) for way in ways(near, terms) for phrase in way.phrases()
    )


def _phrase_at(column: str, phrase: Sequence[Option], places: Iterable[Sequence[int]]) -> Query:
    """Return the query for terms at one of several combinations of places, with the words that prove them."""
    terms = [option.term for option in phrase]
    found = term_query(column, terms[0]) if len(terms) == 1 else _at_places_query(column, terms, places)
    held = [Query.term_set_query(SCHEMA, "words", [*option.words]) for option in phrase if option.words]
    return Query.boolean_query([(Occur.Must, part) for part in (found, *held)]) if held else found


@lru_cache(CACHED_VALUES)
def term_query(column: str, term: str) -> Query:
    """Return the query for paragraphs that hold a term."""
    return Query.term_query(SCHEMA, *field_of(column, term), "freq" if column in SCORED else "basic")


def terms_text(column: str, terms: Iterable[str]) -> str:
    """Return the query for paragraphs that hold one of some terms, as tantivy's parser reads it."""
    held = (field_of(column, term) for term in terms)
    return " OR ".join('{}:"{}"'.format(field, re.sub(r'[\\"]', r"\\\g<0>", term)) for field, term in held)


def both_query(first: Query, second: Query) -> Query:
    """Return the query for what both queries match, with the sum of their scores.

    tantivy's own `and_must_match` adds a part to the first query; if that has no parts, and so matches
    nothing, it matches afterwards.
    """
    return Query.boolean_query([(Occur.Must, first), (Occur.Must, second)])


def any_query(queries: Iterable[Query]) -> Query:
    """Return the query for what at least one of these queries matches."""
    parts = list(queries)
    if len(parts) == 1:
        return parts[0]
    return Query.boolean_query([*zip(repeat(Occur.Should), parts)])


def date_query(start: int | None, end: int | None) -> Query:
    """Return the query for paragraphs sent at `start` or later, before `end`; seconds, None for no bound."""
    return integer_query("date", start, end)


def integer_query(field: str, start: int | None, end: int | None) -> Query:
    """Return the query for rows with an integer of `start` or more, less than `end`; None for no bound."""
    return Query.range_query(SCHEMA, field, FieldType.Integer, start, end, include_upper=end is None)


def _has_terms_query(column: str) -> Query:
    """Return the query for paragraphs that have terms in a column."""
    assert column not in UNASKED, column
    if column in USUAL:
        return Query.all_query().and_must_not_match(fact_query(LACKS, column))
    return fact_query(HAS, column)


def fact_query(kind: str, value: str) -> Query:
    """Return the query for paragraphs with a fact."""
    return Query.term_query(SCHEMA, "facts", fact(kind, value), "basic")


def _escape(text: str) -> str:
    return re.sub(r"[\\.+*?()|\[\]{}^$#&~-]", r"\\\g<0>", text)
