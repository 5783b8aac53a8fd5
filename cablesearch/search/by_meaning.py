"""Answers questions by meaning: the paragraphs whose vectors are nearest, among those that a query allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from operator import itemgetter
from pathlib import Path

import numpy as np

from ..engines.contract import Reader
from ..errors import NoVectorsError, QueryError
from ..indexing import State
from ..meaning import model_folder
from ..meaning.build import current
from ..meaning.chunks import Span, chunks, sentences
from ..meaning.model import Encoder, Vector, load
from ..meaning.nearest import Mask, Near, Vectors
from ..model.cable import Cable, Paragraph
from ..query.query import Query, Question, make_query
from ..query.tree import EVERYTHING, Tree
from .citations import Read
from .missing import no_paragraph
from .more_like_this import MAX_FEW_HOLDERS, MAX_SHARE
from .results import Hit, Results

MAX_SENTENCES = 40  # of a passage that are compared; a list may have more
KEPT_MASKS = 8  # of the latest filters, a byte for each paragraph


class ByMeaning:
    """Answers by the vectors of an index.

    Attributes:
        missing: how many paragraphs of the index have no vectors yet, so that they are not found.
    """

    def __init__(self, index: Path, reader: Reader, state: State) -> None:
        """Open the vectors of an index.

        Args:
            index: its folder.
            reader: of the state of the index that answers.

        Raises:
            NoVectorsError: there is no model, or there are no vectors.
        """
        self.encoder: Encoder = load(model_folder(index))
        nearest = current(index, state)
        if not nearest:
            raise NoVectorsError(
                "no vectors to compare meanings by: cablesearch meaning build makes those of this index"
            )
        self.nearest = nearest
        self.missing = state.paragraphs - nearest.paragraphs
        self._reader = reader
        self._masks: dict[Tree, Mask] = {}

    def search(self, asked: Question, read: Read, limit: int, offset: int, per_cable: int | None) -> Results:
        """Return the paragraphs that are nearest to a question, the nearest first.

        Args:
            read: returns a cable by its id.
            per_cable: how many of a cable, at the most; None for all.
        """
        vector = self.encoder.encode(asked.words)
        wanted = end = offset + limit
        while True:
            found = self.nearest.search(vector, wanted, self._mask(asked.narrowing.tree))
            kept = _first_of_each_cable(found, per_cable) if per_cable else found
            if len(kept) >= end or len(found) < wanted:
                results = self._results(asked.narrowing, vector, kept[offset:end], read)
                return replace(results, by_meaning=True)
            wanted *= 4

    def similar(self, cable: Cable, number: str, read: Read, limit: int) -> Results:
        """Return the paragraphs nearest to a cable, or to one paragraph of it, but none of its own.

        Args:
            number: the part of the paragraph's id after the `#`; empty for the whole cable.

        Raises:
            QueryError: the cable has no such paragraph, or it has no vectors.
        """
        own = self.nearest.numbers_of(cable.id)
        if number:
            ordinal = _ordinal(cable, number)
            if ordinal is None:
                raise no_paragraph(cable, number)
            own = own[ordinal : ordinal + 1]
        rows = self.nearest.rows_of(own)
        id = f"{cable.id}#{number}" if number else cable.id
        if not len(rows):
            raise QueryError(f"{id} has no text, or no vectors yet: cablesearch meaning build")
        vector = _direction(self.nearest.vectors(rows).mean(axis=0))
        others = np.ones(self.nearest.store.state.paragraphs, dtype=np.bool_)
        others[own.start : own.stop] = False
        found = self.nearest.search(vector, limit, others)
        return self._results(make_query(f"like {id}", EVERYTHING), vector, found, read)

    def matching(self, tree: Tree) -> list[int]:
        """Return the numbers of the paragraphs with vectors that a tree matches, in order."""
        return self.nearest.numbers(self._mask(tree))

    def common_words(self, stems: Collection[str]) -> frozenset[str]:
        """Return those of some stems that so many paragraphs hold that they mark nothing."""
        _, size = self._reader.size()
        most = max(MAX_SHARE * size, MAX_FEW_HOLDERS)
        holders = self._reader.frequencies("text", stems)
        return frozenset(stem for stem in stems if holders[stem] > most)

    def directions(self, paragraphs: Sequence[int]) -> Vectors:
        """Return the mean direction of each of some paragraphs."""
        vectors = [self.nearest.vectors(self.nearest.rows_of([one])).mean(axis=0) for one in paragraphs]
        return np.array([*map(_direction, vectors)], dtype=np.float32)

    def explain(self, asked: Question) -> list[str]:
        """Return lines that say how a question is understood."""
        compared = self.nearest.count(self._mask(asked.narrowing.tree))
        lines = [
            *asked.describe(),
            f"these are {compared:,} with vectors, by the model {self.encoder.card.name}",
        ]
        if self.missing:
            lines.append(f"{self.missing:,} paragraphs have no vectors yet: cablesearch meaning build")
        return lines

    def explain_hit(self, asked: Question, cable: Cable | None, id: str) -> list[str]:
        """Return lines that say how near a paragraph is to a question, and what of it.

        Args:
            cable: the paragraph's, None if the index has none.
            id: the paragraph's id.
        """
        ordinal = _ordinal(cable, id.partition("#")[2].strip()) if cable else None
        if not cable or ordinal is None:
            return [f"{id} is no paragraph of this index"]
        return [*self._explanation(asked, cable.entries[ordinal], self.nearest.numbers_of(cable.id), ordinal)]

    def _explanation(self, asked: Question, paragraph: Paragraph, own: range, ordinal: int) -> Iterator[str]:
        scores = self.nearest.scores(vector := self.encoder.encode(asked.words), own[ordinal]) if own else []
        if not scores:
            yield f"{paragraph.id} has no text, or no vectors yet: cablesearch meaning build"
            return
        mask = self._mask(asked.narrowing.tree)
        if mask is not None and not mask[own[ordinal]]:
            yield f"{paragraph.id} is not compared: it does not match what narrows the question"
            return
        best, score = max(scores, key=itemgetter(1))
        yield f"{paragraph.id} scores {score:.2f}: the cosine of the question and its nearest passage"
        for (start, end), score in scores:
            yield f"  {score:6.2f}  its text from character {start:,} to {end:,}, behind subject and heading"
        for start, end in self._nearest_sentence(vector, best, paragraph.text):
            sentence = paragraph.text[start:end]
            yield f"  {self.encoder.encode(sentence) @ vector:6.2f}  its nearest sentence: {sentence}"

    def _results(self, query: Query, vector: Vector, found: Iterable[Near], read: Read) -> Results:
        hits = tuple(
            Hit(
                one.cable,
                one.ordinal,
                one.score,
                query,
                read,
                mark=partial(self._nearest_sentence, vector, one.span),
            )
            for one in found
        )
        return Results(query.text, None, False, hits, without_vectors=self.missing)

    def _mask(self, tree: Tree) -> Mask | None:
        """Return which paragraphs a tree matches, None for all."""
        if tree == EVERYTHING:
            return None
        if tree not in self._masks:
            if len(self._masks) >= KEPT_MASKS:
                self._masks.clear()
            matches = self._reader.scan(tree)
            self._masks[tree] = self.nearest.mask((match.cable, match.ordinal) for match in matches)
        return self._masks[tree]

    def _nearest_sentence(self, vector: Vector, span: Span, text: str) -> tuple[Span, ...]:
        """Return where the sentence stands that is nearest to a vector, in the nearest passage of a text."""
        start, end = span if span in chunks(text) else (0, len(text))  # a redacted text has other places
        found = [(start + a, start + b) for a, b in sentences(text[start:end])][:MAX_SENTENCES]
        if len(found) < 2:
            return tuple(found)
        return (max(found, key=lambda at: float(self.encoder.encode(text[slice(*at)]) @ vector)),)


def _first_of_each_cable(found: Iterable[Near], most: int) -> list[Near]:
    """Return paragraphs without those of a cable that has had so many before."""
    seen: Counter[str] = Counter()
    kept = []
    for one in found:
        seen[one.cable] += 1
        if seen[one.cable] <= most:
            kept.append(one)
    return kept


def _ordinal(cable: Cable, number: str) -> int | None:
    """Return the place in a cable of the paragraph whose id ends so, None if it has none."""
    ids = [paragraph.id for paragraph in cable.entries]
    id = f"{cable.id}#{number.lower()}" if number else cable.id
    return ids.index(id) if id in ids else None


def _direction(vector: Vector) -> Vector:
    length = np.linalg.norm(vector)
    unit: Vector = vector / length if length > 0 else vector
    return unit
