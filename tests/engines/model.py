"""Cables made for tests, and a model of the contract: it evaluates trees over them as simply as possible."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import permutations, product
from math import log

from cablesearch.analysis.words import stems
from cablesearch.engines.documents import BREAK, COLUMNS, SCORED, Document, columns_for, documents
from cablesearch.engines.scoring import (
    ADJACENCY_WEIGHT,
    CABLE_WEIGHT,
    quantise_length,
    tie_key,
)
from cablesearch.model.cable import Cable, Classification, Paragraph, Person
from cablesearch.query import tree as query
from cablesearch.query.fields import keyword


def cable(id, *texts, markings=(), people=(), **facts):
    """Return a cable with these paragraphs; `people` has the names in each of them."""
    if "level" in facts:
        facts["classification"] = Classification(facts.pop("level"), facts.pop("caveats", ()))
    return Cable(
        id=id,
        paragraphs=tuple(
            Paragraph(
                id=f"{id}#{number}",
                number=str(number),
                marking=markings[number - 1] if markings else None,
                heading=None,
                kind=None,
                text=text,
                people=tuple(Person(name, name) for name in (people[number - 1] if people else ())),
            )
            for number, text in enumerate(texts, 1)
        ),
        **facts,
    )


def places(page):
    """Return the paragraphs on a page as `id/ordinal`, in order."""
    return [f"{match.cable}/{match.ordinal}" for match in page.matches]


def by_tie_key(places):
    """Return `id/ordinal`s in the order of their tie keys."""
    parts = (place.rpartition("/") for place in places)
    return [
        f"{id}/{ordinal}" for id, _, ordinal in sorted(parts, key=lambda each: tie_key(each[0], int(each[2])))
    ]


@dataclass
class Model:
    """The model: evaluates trees over cables by the wording of the contract."""

    cables: list[Cable]
    paragraphs: list[Document] = field(init=False)

    def __post_init__(self):
        self.paragraphs = [document for cable in self.cables for document in documents(cable)]
        self.size = len(self.paragraphs)
        self.times_cited = Counter(
            keyword(id) for cable in self.cables if cable.entries for id in cable.cites
        )

    def scores(self, tree):
        """Return the score of each paragraph that a tree matches, by cable id and ordinal."""
        found = ((paragraph, self.score(tree, paragraph)) for paragraph in self.paragraphs)
        return {(p.cable, p.ordinal): score for p, score in found if score is not None}

    def reranked(self, scores, rerank, places):
        """Return the scores of some paragraphs after reranking."""
        adjacent = self.scores(rerank.adjacent)
        return {
            place: scores[place]
            + CABLE_WEIGHT * self.cable_score(place[0], rerank.terms)
            + ADJACENCY_WEIGHT * adjacent.get(place, 0.0)
            for place in places
        }

    def cable_score(self, id, terms):
        """Return the score of a whole cable for terms."""
        weights = {
            term: inverse_frequency(sum(term in terms_of(p, "text") for p in self.paragraphs), self.size)
            for term in terms
        }
        paragraphs = [p for p in self.paragraphs if p.cable == id]
        length = len(paragraphs) / self.size * len(self.cables)
        found = Counter()
        for paragraph in paragraphs:
            text, named = terms_of(paragraph, "text"), terms_of(paragraph, "named")
            parts = {term: 0.3 if term in named else 1 for term in terms if term in text}
            share = sum(weights[term] * part for term, part in parts.items()) / sum(weights.values())
            found.update({term: part * share for term, part in parts.items()})
        return sum(weights[t] * x / (x + 0.45 * (0.5 + 0.5 * length)) for t, x in found.items())

    def facets(self, places, name):
        """Count some paragraphs by each value of a facet."""
        shown = [set(p.facets.get(name, ())) for p in self.paragraphs if (p.cable, p.ordinal) in places]
        return dict(Counter(value for values in shown for value in values))

    def terms(self, places, column):
        """Count some paragraphs by each term of a column."""
        held = [set(terms_of(p, column)) for p in self.paragraphs if (p.cable, p.ordinal) in places]
        return dict(Counter(term for terms in held for term in terms))

    def days(self, places):
        """Count some paragraphs by their day."""
        dates = [p.date for p in self.paragraphs if (p.cable, p.ordinal) in places and p.date is not None]
        return dict(Counter(datetime.fromtimestamp(each, UTC).date() for each in sorted(dates)))

    def score(self, tree, paragraph):
        """Return the score of a paragraph for a tree, None if it does not match."""
        match tree:
            case query.Filter(part, score):
                return None if self.score(part, paragraph) is None else score
            case query.Boost(part, factor):
                score = self.score(part, paragraph)
                return None if score is None else factor * score
            case query.Not(part):
                return 0.0 if self.score(part, paragraph) is None else None
            case query.All(parts):
                scores = [self.score(part, paragraph) for part in parts]
                return None if not scores or None in scores else sum(scores)
            case query.Any(parts):
                scores = [score for part in parts if (score := self.score(part, paragraph)) is not None]
                return sum(scores) if scores else None
            case query.Term():
                return self.term(tree, paragraph)
            case query.Phrase():
                return self.phrase(tree, paragraph)
            case query.Near():
                scores = [self.score(word, paragraph) for word in tree.words]
                if not any(self.stand(tree, runs, paragraph) for runs in in_every_order(tree)):
                    return None
                scored = tree.column in SCORED
                return sum(score for score in scores if score is not None) if scored else 1.0
        return 1.0 if self.matches(tree, paragraph) else None

    def matches(self, tree, paragraph):
        """Whether a leaf without weights matches a paragraph."""
        column = getattr(tree, "column", "date")
        terms = terms_of(paragraph, column) if column in COLUMNS else []
        match tree:
            case query.Among():
                return not tree.ids.isdisjoint(terms_of(paragraph, "id"))
            case query.Everything():
                return True
            case query.Nothing():
                return False
            case query.Has("date"):
                return paragraph.date is not None
            case query.Has():
                return bool(terms)
            case query.Range():
                month = paragraph.terms.get("month")
                return paragraph.date is not None and is_within(tree, paragraph.date, month)
            case query.Prefix(_, text):
                return any(term.startswith(text) for term in terms)
            case query.Wildcard(_, pattern):
                return any(is_of_shape(pattern, term) for term in terms)
            case query.Value(_, text):
                wanted = text.split("_")
                values = [term.split("_") for term in terms]
                return any(
                    value[at:][: len(wanted)] == wanted for value in values for at in range(len(value))
                )
            case query.Between("length", start, end):
                return is_between(paragraph.length, start, end)
            case query.Between("cited", start, end):
                own = {id for id in terms_of(paragraph, "id") if "#" not in id}
                return is_between(max(self.times_cited[id] for id in own), start, end)
            case query.Fuzzy(_, text, distance):
                return any(edits(text, term) <= distance for term in terms)
        raise AssertionError(tree)

    def term(self, tree, paragraph):
        times = terms_of(paragraph, tree.column).count(tree.text)
        if not times:
            return None
        if tree.column not in SCORED:
            return 1.0
        return self.bm25(tree.column, times, self.idf(tree.column, tree.text), paragraph)

    def phrase(self, tree, paragraph):
        terms, words = terms_of(paragraph, tree.column), tree.words
        runs = (
            [run for start in range(len(terms)) for run in runs_of(words, terms, start, start)]
            if words
            else []
        )
        near = [
            run
            for run in runs
            if run[-1] - run[0] < len(words) - 1 + max(tree.slop, 1) and BREAK not in terms[run[0] : run[-1]]
        ]
        if not near:
            return None
        if tree.column not in SCORED:
            return 1.0
        if tree.slop <= 1:
            idf = sum(self.idf(tree.column, word) for word in words)
            return self.bm25(tree.column, len(near), idf, paragraph)
        return sum(self.term(query.Term(tree.column, word), paragraph) for word in words)

    def stand(self, near, runs, paragraph):
        """Whether runs stand in this order in a paragraph, with fewer than `slop` other words among them."""
        terms = terms_of(paragraph, near.column)
        spelt = paragraph.terms.get("words", "").split()
        holds = [
            lambda term, word=word: (
                fits(word, term)
                or any(
                    isinstance(word, query.Prefix | query.Wildcard) and fits(word, w) and stems(w) == [term]
                    for w in spelt
                )
            )
            for run in runs
            for word in run
        ]
        begins = {sum(map(len, runs[:k])) for k in range(len(runs))}

        def follow(k, place, others):
            """Whether word k stands at a place, and those after it where they may."""
            if others < 0 or place >= len(terms) or terms[place] == BREAK or not holds[k](terms[place]):
                return False
            if k + 1 == len(holds):
                return True
            if k + 1 not in begins:
                return follow(k + 1, place + 1, others)
            reach = terms[place + 1 :].index(BREAK) if BREAK in terms[place + 1 :] else len(terms)
            return any(follow(k + 1, place + 1 + n, others - n) for n in range(min(others, reach) + 1))

        return any(follow(0, place, max(near.slop, 1) - 1) for place in range(len(terms)))

    def idf(self, column, term):
        holders = sum(term in terms_of(paragraph, column) for paragraph in self.paragraphs)
        return inverse_frequency(holders, self.size)

    def bm25(self, column, times, idf, paragraph):
        mean = sum(len(terms_of(each, column)) for each in self.paragraphs) / self.size
        return idf * saturate(times, len(terms_of(paragraph, column)), mean)


def in_every_order(near):
    """Return each choice of a run for every part, in each order in which they may stand."""
    orders = [near.parts] if near.ordered else permutations(near.parts)
    return [runs for parts in orders for runs in product(*parts)]


def fits(word, term):
    if isinstance(word, query.Term):
        return term == word.text
    return term.startswith(word.text) if isinstance(word, query.Prefix) else is_of_shape(word.pattern, term)


def is_of_shape(pattern, term):
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), term, re.DOTALL)


def inverse_frequency(holders, size):
    return log(1 + (size - holders + 0.5) / (holders + 0.5))


def saturate(times, length, mean):
    return 2.2 * times / (times + 1.2 * (0.25 + 0.75 * quantise_length(length) / mean))


def terms_of(paragraph, column):
    return [term for source in columns_for(column) for term in paragraph.terms.get(source, "").split()]


def is_between(number, start, end):
    return (start is None or number >= start) and (end is None or number < end)


def is_within(bounds, date, month):
    last = date
    if month:  # its last second
        begins = datetime.fromtimestamp(date, UTC)
        last = (begins + timedelta(days=31)).replace(day=1).timestamp() - 1
    return (bounds.start is None or date >= bounds.start) and (bounds.end is None or last < bounds.end)


def runs_of(words, terms, start, stop):
    """Yield every way to find the words in order, the first of them between `start` and `stop`."""
    for place in range(start, min(stop + 1, len(terms))):
        if terms[place] == words[0]:
            if len(words) == 1:
                yield [place]
            else:
                yield from ([place, *rest] for rest in runs_of(words[1:], terms, place + 1, len(terms)))


def edits(a, b):
    """Count the insertions, deletions, substitutions and swaps of neighbours from one word to another."""
    rows = [[i + j if not i or not j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            ways = [rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1])]
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                ways.append(rows[i - 2][j - 2] + 1)
            rows[i][j] = min(ways)
    return rows[-1][-1]
