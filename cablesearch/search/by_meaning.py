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
from ..indexing.generations import shown
from ..indexing.together import find_together
from ..meaning import model_folder
from ..meaning.build import current
from ..meaning.chunks import Span, chunks, sentences
from ..meaning.model import Encoder, Vector, load
from ..meaning.nearest import Mask, Near, Nearest, NearestOfAll, Vectors
from ..model.cable import Cable, Paragraph
from ..query.query import Query, Question
from ..query.tree import EVERYTHING, Not, Tree
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

    def __init__(self, folders: Sequence[Path], reader: Reader, states: Sequence[State]) -> None:
        """Open the vectors of an index, or of several that are read as one.

        Args:
            folders: of the indexes.
            reader: of the states that answer, one of each.

        Raises:
            NoVectorsError: there is no model, or there are no vectors; or models differ.
        """
        self.encoder: Encoder = load(model_folder(folders[0]))
        if len(states) == 1:
            self.nearest: Nearest | NearestOfAll = self._vectors(folders[0], states[0])
            paragraphs = states[0].paragraphs
        else:
            each = zip(folders, states, find_together(states).gone, strict=True)
            self.nearest = NearestOfAll([self._vectors(*one) for one in each])
            _, paragraphs = reader.size()
        self.missing = paragraphs - self.nearest.paragraphs
        self._reader = reader
        self._masks: dict[Tree, Mask] = {}

    def _vectors(self, folder: Path, state: State, without: Collection[str] = ()) -> Nearest:
        found = current(folder, state, without)
        if not found:
            raise NoVectorsError(
                f"no vectors to compare meanings by in {shown(folder)}: cablesearch meaning build makes them"
            )
        if found.store.state.model != self.encoder.card.digest:
            raise NoVectorsError(
                f"the vectors in {shown(folder)} are not by {self.encoder.card.name}, as others are: for all"
                " indexes, cablesearch meaning fetch the same model, and cablesearch meaning build"
            )
        return found

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
            current = self._still_so(found)
            kept = _first_of_each_cable(current, per_cable) if per_cable else current
            if len(kept) >= end or len(found) < wanted:
                results = self._results(asked.narrowing, vector, kept[offset:end], read)
                lacking = self.missing + len(found) - len(current)
                return replace(results, by_meaning=True, without_vectors=lacking)
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
        vectors = self.nearest.vectors_of(self._alike(cable.id, own))
        id = f"{cable.id}#{number}" if number else cable.id
        if not len(vectors):
            raise QueryError(f"{id} has no text, or no vectors yet: cablesearch meaning build")
        vector = _direction(vectors.mean(axis=0))
        others = np.ones(self.nearest.size, dtype=np.bool_)
        others[own.start : own.stop] = False
        found = self._still_so(self.nearest.search(vector, limit, others))
        return self._results(Query(f"like {id}", EVERYTHING), vector, found, read)

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
        vectors = [self.nearest.vectors_of([one]).mean(axis=0) for one in paragraphs]
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
        own = self._alike(cable.id, self.nearest.numbers_of(cable.id)[ordinal : ordinal + 1])
        return [*self._explanation(asked, cable.entries[ordinal], own)]

    def _explanation(self, asked: Question, paragraph: Paragraph, own: Sequence[int]) -> Iterator[str]:
        vector = self.encoder.encode(asked.words)
        scores = self.nearest.scores(vector, own[0]) if own else []
        if not scores:
            yield f"{paragraph.id} has no text, or no vectors yet: cablesearch meaning build"
            return
        mask = self._mask(asked.narrowing.tree)
        if mask is not None and not mask[own[0]]:
            yield f"{paragraph.id} is not compared: it does not match what narrows the question"
            return
        best, score = max(scores, key=itemgetter(1))
        yield f"{paragraph.id} scores {score:.2f}: the cosine of the question and its nearest passage"
        for (start, end), score in scores:
            yield f"  {score:6.2f}  its text from character {start:,} to {end:,}, behind subject and heading"
        for start, end in self._nearest_sentence(vector, best, paragraph.text):
            sentence = paragraph.text[start:end]
            yield f"  {self.encoder.encode(sentence) @ vector:6.2f}  its nearest sentence: {sentence}"

    def _still_so(self, found: Sequence[Near]) -> Sequence[Near]:
        """Return those that read as when their vectors were made."""
        if self.nearest.certain:
            return found
        cables = {id: self._reader.cable(id) for id in {one.cable for one in found}}
        return [one for one in found if self.nearest.reads_alike(one.paragraph, cables[one.cable])]

    def _alike(self, id: str, numbers: Iterable[int]) -> list[int]:
        """Return those of a cable's paragraphs that read as when their vectors were made."""
        cable = self._reader.cable(id) if not self.nearest.certain else None
        return [number for number in numbers if self.nearest.reads_alike(number, cable)]

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
            _, size = self._reader.size()
            most = self._reader.count(tree) > size / 2
            matches = self._reader.scan(Not(tree) if most else tree)  # whichever are fewer
            mask = self.nearest.mask((match.cable, match.ordinal) for match in matches)
            self._masks[tree] = ~mask if most else mask
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
