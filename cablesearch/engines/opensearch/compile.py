"""Compiles query trees to queries of OpenSearch that score as the contract says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias, assert_never

from ...errors import QueryError
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
    Run,
    Saved,
    SimpleLeaf,
    Term,
    Tree,
    Value,
    Wildcard,
)
from ..documents import SCORED, TEXTS, columns_for
from ..proximity import Option, ways
from ..scoring import spacings
from .schema import FILLER, PARAGRAPH, field_of, value

MAX_TERMS = 65_536  # that OpenSearch takes in one set
MAX_LONG = (1 << 63) - 1
MAX_AUTOMATON_BYTES = 900  # of a pattern; Lucene takes 1,000
MAX_GAPS = 6  # single characters of any kind that an automaton takes behind a `*`; each may double its size

Clause: TypeAlias = "dict[str, object]"

PARAGRAPHS: Clause = {"term": {"type": PARAGRAPH}}
NOTHING: Clause = {"match_none": {}}


@dataclass(frozen=True)
class Lexicon:
    """What has to be known of an index before a tree can be compiled.

    Attributes:
        weights: the factor by which OpenSearch's scores in each column are too small.
        terms: takes a column, `text`, `words` or one not in `TEXTS`, and a prefix; returns its terms that
            begin with it.
        cited_ids: `Reader.cited_ids`.
    """

    weights: Mapping[str, float]
    terms: Callable[[str, str], Iterable[str]]
    cited_ids: Callable[[Between], tuple[list[str], list[str]]]


def compile_tree(tree: Tree, lexicon: Lexicon) -> Clause:
    """Return the query for a tree."""
    match tree:
        case Filter(part, score):
            return constant(_unscored(part, lexicon), score)
        case Boost(part, factor):
            return {"bool": {"must": [compile_tree(part, lexicon)], "boost": factor}}
        case All(parts):
            return _all(parts, lexicon)
        case Any(parts):
            return any_of([compile_tree(part, lexicon) for part in parts])
        case Not():
            return _all([tree], lexicon)
        case Term(column, term) if column in SCORED:
            return {"term": {field_of(column): {"value": term, "boost": lexicon.weights[column]}}}
        case Phrase(column, words, slop):
            found = _phrase(column, words, slop, lexicon)
            return found if column in SCORED else constant(found, 1.0)
        case Near(column):
            near = _near(tree, lexicon)
            if column not in SCORED:
                return constant(near, 1.0)
            scores = any_of([compile_tree(word, lexicon) for word in tree.words])
            return {"bool": {"must": [scores], "filter": [near]}}
        case _:
            return constant(_leaf(tree, lexicon), 1.0)


def _unscored(tree: Tree, lexicon: Lexicon) -> Clause:
    """Return the query for a tree whose scores are not used: alternatives of one column are one set.

    OpenSearch takes a thousand clauses, and sets of any size.
    """
    match tree:
        case Filter(part):
            return _unscored(part, lexicon)
        case Any(parts):
            sets: defaultdict[str, list[str]] = defaultdict(list)
            others = []
            for part in parts:
                if isinstance(part, Term):
                    for column in columns_for(part.column):
                        sets[column].append(part.text)
                else:
                    others.append(_unscored(part, lexicon))
            return any_of([*(one_of(column, terms) for column, terms in sets.items()), *others])
    return compile_tree(tree, lexicon)


def constant(query: Clause, score: float) -> Clause:
    """Return the query for what a query matches, with this score."""
    return {"constant_score": {"filter": query, "boost": score}}


def any_of(queries: Sequence[Clause]) -> Clause:
    """Return the query for what at least one of these queries matches."""
    if not queries:
        return NOTHING
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": list(queries), "minimum_should_match": 1}}


def all_of(filters: Sequence[Clause], excluded: Sequence[Clause] = ()) -> Clause:
    """Return the query without scores for what all of these queries match, and none of the excluded ones."""
    return {"bool": {"filter": list(filters), "must_not": list(excluded)}}


def between(field: str, start: int | None, end: int | None) -> Clause:
    """Return the query for documents with a number of `start` or more, less than `end`; None for no bound."""
    bounds = {
        name: min(max(bound, -MAX_LONG), MAX_LONG)
        for name, bound in (("gte", start), ("lt", end))
        if bound is not None
    }
    return {"range": {field: bounds}}


def one_of(column: str, terms: Iterable[str]) -> Clause:
    """Return the query for paragraphs that hold one of some terms, as many as there may be."""
    given = [_term_of(column, term) for term in terms]
    parts = [given[at : at + MAX_TERMS] for at in range(0, len(given), MAX_TERMS)]
    return any_of([{"terms": {field_of(column): part}} for part in parts])


def _all(parts: Iterable[Tree], lexicon: Lexicon) -> Clause:
    needed, excluded = [], []
    for part in parts:
        if isinstance(part, Not):
            excluded.append(_unscored(part.part, lexicon))
        else:
            needed.append(compile_tree(part, lexicon))
    if not needed and not excluded:
        return NOTHING
    if not needed:
        return all_of([PARAGRAPHS], excluded)
    return {"bool": {"must": needed, "must_not": excluded}}


def _leaf(leaf: SimpleLeaf, lexicon: Lexicon) -> Clause:
    """Return the query for a leaf without weights, whose scores are not to be used."""
    match leaf:
        case Everything() | Between(_, None, None):
            return PARAGRAPHS
        case Range(None, None) | Has("date"):
            return {"exists": {"field": "date"}}
        case Has(column):
            return any_of([_has(each) for each in columns_for(column)])
        case Range(start, end):
            within = between("date", start, end)
            month = leaf.broken_month
            return all_of([within], [{"term": {field_of("month"): month}}]) if month else within
        case Between("cited"):
            wanted, above = lexicon.cited_ids(leaf)
            found = PARAGRAPHS if leaf.holds(0) else one_of("id", wanted)
            return all_of([found], [one_of("id", above)] if above else [])
        case Between(number, start, end):
            return between(number, start, end)
        case Nothing():
            return NOTHING
        case Among(_, _, ids):
            return one_of("id", sorted(ids))
        case Noted() | Saved():
            raise AssertionError(leaf)
        case Term() | Prefix() | Wildcard() | Fuzzy() | Value():
            return any_of([_in_column(leaf, column, lexicon) for column in columns_for(leaf.column)])
        case _:
            assert_never(leaf)


def _in_column(leaf: Term | Pattern, column: str, lexicon: Lexicon) -> Clause:
    """Return the query for the terms of one column that match a leaf."""
    if isinstance(leaf, Term):
        return {"term": {field_of(column): _term_of(column, leaf.text)}}
    found = _pattern(leaf, column, lexicon)
    if column in SCORED and leaf.matcher()(FILLER):
        return all_of([found], [_lacks(column)])
    return found


def _pattern(leaf: Pattern, column: str, lexicon: Lexicon) -> Clause:
    field = field_of(column)
    match leaf:
        case Prefix(_, start):
            if not takes_automaton(start):
                return _listed(leaf, column, lexicon)
            return _rewritten("prefix", field, _term_of(column, start))
        case Wildcard(_, pattern):
            if pattern.partition("*")[2].count("?") > MAX_GAPS or not takes_automaton(pattern):
                return _listed(leaf, column, lexicon)
            return _rewritten("wildcard", field, pattern.replace("\\", "\\\\"))
        case Fuzzy(_, text, distance):
            options = {"fuzziness": distance, "rewrite": "constant_score", "max_expansions": 1_000_000}
            return {"fuzzy": {field: {"value": text, **options}}}
        case Value(_, text):
            literal = re.sub(r"[\\*?]", r"\\\g<0>", text)
            return any_of(
                [
                    {"term": {field: _term_of(column, text)}},
                    _rewritten("prefix", field, f"{text}_"),
                    _rewritten("wildcard", field, f"*_{literal}"),
                    _rewritten("wildcard", field, f"*_{literal}_*"),
                ]
            )
        case _:
            assert_never(leaf)


def _rewritten(kind: str, field: str, text: str) -> Clause:
    return {kind: {field: {"value": text, "rewrite": "constant_score"}}}


def takes_automaton(pattern: str) -> bool:
    """Whether Lucene makes an automaton of a pattern of such a length."""
    return len(pattern.encode()) <= MAX_AUTOMATON_BYTES


def _listed(leaf: Prefix | Wildcard, column: str, lexicon: Lexicon) -> Clause:
    """Return the query for a pattern by its terms, which are looked up first.

    Raises:
        QueryError: the column's terms cannot be looked up.
    """
    start = leaf.text if isinstance(leaf, Prefix) else re.split(r"[*?]", leaf.pattern)[0]
    if column in TEXTS and column not in ("text", "words"):
        raise QueryError(
            f"the pattern {start[:20]}... is too long or has too many ? behind a *: write another"
        )
    return one_of(column, filter(leaf.matcher(), lexicon.terms(column, _term_of(column, start))))


def _term_of(column: str, term: str) -> str:
    return term if column in TEXTS else value(term)


def _has(column: str) -> Clause:
    """Return the query for paragraphs that have terms in a column."""
    if column in SCORED:
        return all_of([PARAGRAPHS], [_lacks(column)])
    return {"exists": {"field": field_of(column)}}


def _lacks(column: str) -> Clause:
    return {"term": {field_of(column): FILLER}}


def _phrase(column: str, words: Sequence[str], slop: int, lexicon: Lexicon) -> Clause:
    """Return the query for a phrase; with a slop, that for its words, where they stand so near."""
    if len(words) > 1 and len(spacings(words, slop)) == 1:
        boost = lexicon.weights.get(column, 1.0)
        return {"match_phrase": {field_of(column): {"query": " ".join(words), "boost": boost}}}
    terms = _all([Term(column, word) for word in words], lexicon)
    if len(words) < 2:
        return terms
    near = _in_order([_span(column, word) for word in words], slop - 1)
    return {"bool": {"must": [terms], "filter": [near]}}


def _span(column: str, term: str) -> Clause:
    return {"span_term": {field_of(column): term}}


def _in_order(spans: list[Clause], others: int) -> Clause:
    """Return the query for spans in this order, with so many other words among them."""
    if len(spans) == 1:
        return spans[0]
    return {"span_near": {"clauses": spans, "slop": others, "in_order": True}}


def _near(near: Near, lexicon: Lexicon) -> Clause:
    """Return the query for a `Near` without scores: for each order and choice of runs, where they stand."""
    found: list[Clause] = []
    for runs, way in zip(near.choices, ways(near, lexicon.terms), strict=True):
        for options in product(*map(_alternatives, way.options)):
            needed = [one_of("words", words) for _, words in options if words]
            spans = iter([_any_span(near.column, terms) for terms, _ in options])
            stand = _in_order([_run(run, spans) for run in runs], max(near.slop, 1) - 1)
            found.append(all_of([stand, *needed]) if needed else stand)
    return any_of(found)


def _alternatives(options: tuple[Option, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the terms that a word may be: all that need no proof at once, each other with its words."""
    if free := tuple(option.term for option in options if not option.words):
        yield free, ()
    yield from (((option.term,), option.words) for option in options if option.words)


def _any_span(column: str, terms: Sequence[str]) -> Clause:
    spans = [_span(column, term) for term in terms]
    return spans[0] if len(spans) == 1 else {"span_or": {"clauses": spans}}


def _run(run: Run, spans: Iterator[Clause]) -> Clause:
    return _in_order([next(spans) for _ in run], 0)
