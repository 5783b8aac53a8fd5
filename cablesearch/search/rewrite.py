"""Rewrites a query: adds spelling variants that the index has, and other names of people and of cables.

Bare words get variants in three cases:

    the index has two adjacent words as one word          ak zhol      each also finds `akzhol`
    the index has a word only in two parts                akzhol       finds the phrase "ak zhol"
    the index has it only as a name that sounds the same  nazarbaev    finds the people with such a name

A name in `person:` that is in the user's `people.toml` stands for all forms of that person, an id in `cites:`
for all ids of that cable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from ..analysis.sounding import sound
from ..analysis.words import stems, words
from ..engines.contract import Reader
from ..people.registry import Overrides
from ..query.clauses import NAME_SLOP
from ..query.fields import keyword
from ..query.query import Query, make_query
from ..query.tree import Phrase, Term, Tree, any_of, leaf_terms, leaves, map_tree, word_runs

MIN_PART = 2  # letters of a part of a word
MAX_FOUND = 20  # paragraphs with an id, whose cables' other ids are looked up


def rewrite(query: Query, reader: Reader, overrides: Overrides) -> Query:
    """Return the query with variants of its words and other names of its people; itself if there are none."""
    variants = _variants(query, reader)

    def widen(node: Tree, scores: bool) -> Tree:
        if isinstance(node, Term | Phrase) and node.column == "sounds":
            return _other_names(node, overrides)
        if isinstance(node, Term) and node.column == "cites":
            return any_of((node, *_other_ids(node.text, reader)))
        if scores and isinstance(node, Term) and node in variants:
            return any_of((node, *variants[node]))
        return node

    tree = map_tree(query.tree, widen)
    return query if tree is query.tree else make_query(query.text, tree, query.word_spans)


def _other_names(leaf: Term | Phrase, overrides: Overrides) -> Tree:
    forms = overrides.forms(leaf_terms(leaf))
    return any_of(Phrase("sounds", form, NAME_SLOP) for form in forms) if forms else leaf


def _other_ids(id: str, reader: Reader) -> Iterator[Term]:
    """Yield the terms for all ids of the cables that have one of this name."""
    found = reader.search(Term("id", id), limit=MAX_FOUND).matches
    for cable in map(reader.cable, dict.fromkeys(match.cable for match in found)):
        if cable and cable.other_ids:
            yield from (Term("cites", keyword(name)) for name in (cable.id, *cable.other_ids))


def _variants(query: Query, reader: Reader) -> Mapping[Term, list[Tree]]:
    """Return the variants of the query's bare words that the index has."""
    pairs = [pair for run in word_runs(query.tree) for pair in pairwise(run)]
    terms = [leaf for leaf in leaves(query.tree, scoring=True) if isinstance(leaf, Term)]
    typed = list(dict.fromkeys(term for term in terms if term.column == "text"))
    joined = [a.text + b.text for a, b in pairs]
    frequencies = reader.frequencies("text", {*joined, *(term.text for term in typed)})
    variants: dict[Term, list[Tree]] = {}
    for pair, one in zip(pairs, joined, strict=True):
        if frequencies[one]:
            for part in pair:
                variants.setdefault(part, []).append(Term("text", one))
    unknown = [term for term in typed if term not in variants and not frequencies[term.text]]
    if unknown:
        # The tree has the stem of a word, but its parts have to be cut from the word as typed.
        word_of = dict(zip(stems(query.text), words(query.text), strict=True))
        found = (
            (term, other_spellings(word_of[term.text], reader)) for term in unknown if term.text in word_of
        )
        variants.update((term, forms) for term, forms in found if forms)
    return variants


def other_spellings(word: str, reader: Reader) -> list[Tree]:
    """Return how a word that is not in the index is searched for besides: in two parts, and as a name."""
    cuts = range(MIN_PART, len(word) - MIN_PART + 1)
    splits = [tuple(stems(word[:cut]) + stems(word[cut:])) for cut in cuts]
    known = reader.frequencies("text", {part for split in splits for part in split})
    phrases = [Phrase("text", split) for split in splits if _all_known(split, known)]
    forms: list[Tree] = [phrase for phrase in phrases if reader.count(phrase)]
    if reader.frequency("sounds", sound(word)):
        forms.append(Term("sounds", sound(word)))
    return forms


def _all_known(terms: Iterable[str], frequencies: Mapping[str, int]) -> bool:
    return all(frequencies[term] for term in terms)
