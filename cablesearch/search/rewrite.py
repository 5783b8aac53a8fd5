"""Rewrites a query: adds spelling variants that the index has, and other names of people and of cables.

A word is looked for in each way in which it is written, wherever it stands in a query, except in quotes:

    the index has it in several parts too         counterterrorism   also finds counter-terrorism, shia Shi'a
    it has other forms, whatever the index has    F-16               also finds F16, F-16s; 3500000 3,500,000

Bare words that are searched for, not excluded, get further variants:

    the index has two adjacent words as one word  ak zhol            each also finds `akzhol`
    the index has hardly one, but in two parts    akzhol             finds the phrase "ak zhol"
    the index has none, but a name that sounds    nazarbaev          finds the people with such a name
        the same

A full name in `person:` stands for all forms of that person and for nobody else's (`search.people`), an id in
`cites:` for all ids of that cable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from ..analysis.sounding import sound
from ..analysis.spellings import Form, other_forms
from ..analysis.words import stems, words
from ..engines.contract import Reader
from ..engines.scoring import idf
from ..query.fields import keyword
from ..query.query import Query
from ..query.tree import (
    Boost,
    Compound,
    Filter,
    Leaf,
    Phrase,
    Term,
    Tree,
    Variants,
    any_of,
    leaf_terms,
    leaves,
    map_tree,
    word_runs,
)
from .people import PeopleIndex

Forms: TypeAlias = "Mapping[Term | Compound, list[Form]]"  # other ways to write each word

MIN_PART = 2  # letters of a part of a word
MAX_INITIALS = 5  # letters of a word that may be initials with spaces
RARE = 10  # paragraphs: a word that no more of them hold is looked for in two parts, too
_WORDS = (Term, Compound)  # leaves that are words if they ask for the text
_NAMED, _NAMES = (Term, Phrase), ("sounds", "cites")  # leaves that may ask for a person or a cable
MAX_FOUND = 20  # paragraphs with an id, whose cables' other ids are looked up


def rewrite(query: Query, reader: Reader, people: PeopleIndex) -> Query:
    """Return the query with variants of its words and other names of its people; itself if there are none."""
    asked = leaves(query.tree, excluded=True)
    same = _same_words(query, asked, reader)
    variants = _variants(query, reader, same)
    if not (
        same or variants or [leaf for leaf in asked if isinstance(leaf, _NAMED) and leaf.column in _NAMES]
    ):
        return query

    def widen(node: Tree, scores: bool) -> Tree:
        if isinstance(node, Term | Phrase) and node.column == "sounds":
            return people.named(leaf_terms(node)) or node
        if isinstance(node, Term) and node.column == "cites":
            return any_of((node, *_other_ids(node.text, reader)))
        if isinstance(node, Term | Compound):
            others = [*same.get(node, ()), *(variants.get(node, ()) if scores else ())]
            return Variants((node, *dict.fromkeys(others))) if others else node
        return node

    tree = map_tree(query.tree, widen)
    return query if tree is query.tree else Query(query.text, tree, query.word_spans)


def expected_terms(query: Query) -> dict[str, set[str]]:
    """Return the terms whose frequencies rewriting a query asks for first, by column."""
    forms = _forms_of(leaves(query.tree, excluded=True))
    pairs, typed = _pairs(query), _scoring_words(query)
    return {
        "joined": _looked_up_joined(forms),
        "text": {*_looked_up(forms), *pairs.values(), *typed},
    }


def _other_ids(id: str, reader: Reader) -> Iterator[Term]:
    """Yield the terms for all ids of the cables that have one of this name."""
    found = reader.search(Term("id", id), limit=MAX_FOUND).matches
    for cable in map(reader.cable, dict.fromkeys(match.cable for match in found)):
        if cable and cable.other_ids:
            yield from (Term("cites", keyword(name)) for name in (cable.id, *cable.other_ids))


# The same word, written in another way


@lru_cache(1)
def _typed(text: str) -> dict[str, str]:
    """Return the words of a query as they were typed, by their stems."""
    return dict(zip(stems(text), words(text), strict=True))


def _same_words(query: Query, asked: Iterable[Leaf], reader: Reader) -> dict[Term | Compound, list[Tree]]:
    """Return for each word of the query, excluded ones too, the other ways to write it that the index has."""
    forms = _forms_of(asked)
    if not forms:
        return {}
    apart = reader.frequencies("joined", _looked_up_joined(forms))
    if not any(forms.values()) and not any(apart.values()):
        return {}
    known = reader.frequencies("text", _looked_up(forms))
    found: dict[Term | Compound, list[Tree]] = {}
    for word, some in forms.items():
        others = [_form_tree(form) for form in some if _all_known(form, known)]
        in_one = [word.text] if isinstance(word, Term) else [form[0] for form in some if len(form) == 1]
        for stem in filter(apart.get, in_one):
            others += map(_form_tree, _in_parts(_typed(query.text).get(stem, stem), reader))
            others.append(Filter(Term("joined", stem)))
        if isinstance(word, Compound):  # al-Qaida: al Qa'ida
            for place, part in enumerate(word.words):
                for inner in _in_parts(_typed(query.text).get(part, part), reader) if apart[part] else ():
                    others.append(Phrase("text", (*word.words[:place], *inner, *word.words[place + 1 :])))
        if others := [each for each in dict.fromkeys(others) if not _is_same(each, word)]:
            found[word] = _no_heavier(word, others, reader)
    return found


def _forms_of(asked: Iterable[Leaf]) -> Forms:
    """Return the other ways to write each word of the text that is asked for."""
    return {leaf: _forms(leaf) for leaf in asked if isinstance(leaf, _WORDS) and leaf.column == "text"}


def _looked_up_joined(forms: Forms) -> set[str]:
    """Return the words, and their forms of one word, which may stand somewhere in several parts."""
    single = {form[0] for some in forms.values() for form in some if len(form) == 1}
    return single.union(*map(leaf_terms, forms))


def _looked_up(forms: Forms) -> set[str]:
    """Return the terms of all forms."""
    return {stem for some in forms.values() for form in some for stem in form}


def _no_heavier(word: Term | Compound, others: Iterable[Tree], reader: Reader) -> list[Tree]:
    """Return other forms of a word, counting no more than the word: the rarer spelling is no better."""
    own = _weight(word, reader)
    weighed: list[Tree] = []
    for other in others:
        its = _weight(other, reader) if isinstance(other, Term | Phrase) else 0.0
        weighed.append(Boost(other, own / its) if 0 < own < its else other)
    return weighed


def _weight(leaf: Term | Phrase, reader: Reader) -> float:
    """Return the sum of the inverse document frequencies of a leaf's terms; 0 if the index lacks one."""
    holders = reader.frequencies("text", leaf_terms(leaf)).values()
    _, size = reader.size()
    return sum(idf(each, size) for each in holders) if all(holders) else 0.0


def _forms(word: Term | Compound) -> list[Form]:
    if isinstance(word, Compound):
        return list(word.forms)
    return [] if word.text.isalpha() else other_forms(word.text)


def _form_tree(form: Form) -> Tree:
    return Phrase("text", form) if len(form) > 1 else Term("text", form[0])


def _is_same(tree: Tree, word: Term | Compound) -> bool:
    return isinstance(tree, Phrase) and isinstance(word, Compound) and tree.words == word.words


def _in_parts(word: str, reader: Reader) -> Iterator[Form]:
    """Yield the likeliest parts of a word that the index has in parts: the rarer is as frequent as can be."""
    cuts = _cuts(word, 1)
    if len(word) <= MAX_INITIALS:
        cuts.append(tuple(word))
    known = reader.frequencies("text", {part for cut in cuts for part in cut})
    best = max(cuts, key=lambda cut: min(known[part] for part in cut), default=())
    if best and _all_known(best, known):
        yield best


# Words that may be meant


def _variants(
    query: Query, reader: Reader, same: Mapping[Term | Compound, list[Tree]]
) -> Mapping[Tree, list[Tree]]:
    """Return the variants of the query's bare words that the index has, beside other ways to write them."""
    pairs, typed = _pairs(query), _scoring_words(query)
    if not (pairs or typed):
        return {}
    frequencies = reader.frequencies("text", {*pairs.values(), *typed})
    variants: dict[Tree, list[Tree]] = {}
    for pair, one in pairs.items():
        if frequencies[one]:
            for part in pair:
                variants.setdefault(part, []).append(Term("text", one))
    for text, term in typed.items():
        if frequencies[text] > RARE or term in variants or term in same:
            continue
        if word := _typed(query.text).get(text):
            forms = in_two_parts(word, reader) if frequencies[text] else other_spellings(word, reader)
            if forms:
                variants[term] = _no_heavier(term, forms, reader)
    return variants


def _pairs(query: Query) -> dict[tuple[Term, Term], str]:
    """Return the pairs of bare words side by side, and what each is in one word."""
    pairs = [pair for run in word_runs(query.tree) for pair in pairwise(run)]
    typed = _typed(query.text) if pairs else {}
    return {pair: _join(*(typed.get(word.text, word.text) for word in pair)) for pair in pairs}


def _scoring_words(query: Query) -> dict[str, Term]:
    """Return the words of the text that add to the score, by their stems."""
    scoring = leaves(query.tree, scoring=True)
    return {leaf.text: leaf for leaf in scoring if isinstance(leaf, Term) and leaf.column == "text"}


def _join(first: str, second: str) -> str:
    return stems(first + second)[0] if first + second else ""


def other_spellings(word: str, reader: Reader) -> list[Tree]:
    """Return how a word that is not in the index is searched for besides: in two parts, and as a name."""
    forms = in_two_parts(word, reader)
    if reader.frequency("sounds", sound(word)):
        forms.append(Term("sounds", sound(word)))
    return forms


def in_two_parts(word: str, reader: Reader) -> list[Tree]:
    """Return the phrases of two words that make up a word, as far as the index has them."""
    cuts = _cuts(word, MIN_PART)
    known = reader.frequencies("text", {part for cut in cuts for part in cut})
    phrases = [Phrase("text", cut) for cut in cuts if _all_known(cut, known)]
    return [phrase for phrase, count in zip(phrases, reader.counts(phrases), strict=True) if count]


def _cuts(word: str, shortest: int) -> list[Form]:
    """Return the stems of a word's two parts, of so many letters or more, for each place to cut it."""
    places = range(shortest, len(word) - shortest + 1)
    return [tuple(stems(word[:place]) + stems(word[place:])) for place in places]


def _all_known(terms: Iterable[str], frequencies: Mapping[str, int]) -> bool:
    return all(frequencies[term] for term in terms)
