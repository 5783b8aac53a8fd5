"""The paragraphs that a query finds, grouped by theme, with the words that mark each group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log
from typing import TYPE_CHECKING, ClassVar

from ..analysis.words import stems, words
from ..errors import QueryError
from ..meaning.clusters import grouped, usual_number
from .results import Hit

if TYPE_CHECKING:
    from ..model.cable import Row
    from ..query.query import Query
    from .by_meaning import ByMeaning
    from .citations import Read

MOST_PARAGRAPHS = 10_000  # that are grouped; of more, a part that is spread evenly over all
MARKING_WORDS = 6  # of a group
SHOWN = 3  # paragraphs of a group, its most central
MIN_LETTERS = 3  # of a word


@dataclass(frozen=True, slots=True)
class Cluster:
    """Paragraphs with one theme.

    Attributes:
        size: how many there are.
        words: those that are more frequent here than in the other groups, the most typical first.
        hits: the most central paragraphs.
    """

    size: int
    words: tuple[str, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Clusters:
    """The paragraphs that a query finds, in groups, the largest first.

    Attributes:
        query: the query as typed.
        total: how many paragraphs match; `grouped` of them are in the groups.
    """

    query: str
    total: int
    grouped: int
    groups: tuple[Cluster, ...]

    columns: ClassVar = ("group", "paragraphs", "words", "hits")

    def rows(self) -> Iterator[Row]:
        """Yield a record for each group."""
        for number, group in enumerate(self.groups, 1):
            yield {
                "group": number,
                "paragraphs": group.size,
                "words": ", ".join(group.words),
                "hits": "; ".join(hit.paragraph.id for hit in group.hits),
            }

    def records(self) -> Iterator[dict[str, object]]:
        """Yield the groups as JSON values."""
        for group in self.groups:
            yield {
                "paragraphs": group.size,
                "words": list(group.words),
                "hits": [hit.as_dict() for hit in group.hits],
            }

    def as_dict(self) -> dict[str, object]:
        """Return the groups as JSON values, with the keys of docs/json.md."""
        return {
            "query": self.query,
            "total": self.total,
            "grouped": self.grouped,
            "groups": list(self.records()),
        }


def find_clusters(meaning: ByMeaning, query: Query, read: Read, number: int | None) -> Clusters:
    """Return the paragraphs that a query finds, in groups.

    Args:
        read: returns a cable by its id.
        number: of groups; None for as many as is usual.

    Raises:
        QueryError: fewer than two paragraphs are found that have vectors.
    """
    found = meaning.matching(query.tree)
    if len(found) < 2:
        lacking = (
            f" ({meaning.missing:,} have none yet: cablesearch meaning build)" if meaning.missing else ""
        )
        raise QueryError(
            f"there is nothing to group: fewer than two paragraphs with vectors are found{lacking}"
        )
    step = -(-len(found) // MOST_PARAGRAPHS)
    some = found[::step]
    groups = grouped(meaning.directions(some), usual_number(len(some)) if number is None else number)
    places = [meaning.nearest.place(paragraph) for paragraph in some]
    hits = [Hit(cable, ordinal, 0.0, query, read) for cable, ordinal in places]
    texts = [_words_of(hit) for hit in hits]
    common = meaning.common_words({stem for text in texts for stem in text})
    marks = _marking_words([[texts[k] for k in members] for members in groups], common)
    return Clusters(
        query.text,
        len(found),
        len(some),
        tuple(
            Cluster(len(members), marking, tuple(hits[k] for k in members[:SHOWN]))
            for members, marking in zip(groups, marks, strict=True)
        ),
    )


def _words_of(hit: Hit) -> dict[str, str]:
    """Return the words of a paragraph by their stems."""
    text = hit.paragraph.text
    return dict(zip(stems(text), words(text), strict=True))


def _marking_words(
    groups: Sequence[Sequence[dict[str, str]]], common: Collection[str]
) -> Iterator[tuple[str, ...]]:
    """Yield for each group the words that mark it, in the form that is most frequent in it.

    Args:
        common: stems that mark nothing.
    """
    counts = [Counter(stem for text in group for stem in text) for group in groups]
    everywhere = sum(counts, Counter())
    total = sum(map(len, groups))
    for group, here in zip(groups, counts, strict=True):
        weights = {
            stem: times / len(group) * log((times / len(group)) / (everywhere[stem] / total))
            for stem, times in here.items()
            if times > 1 and len(stem) >= MIN_LETTERS and not stem.isdigit() and stem not in common
        }
        best = nlargest(MARKING_WORDS, weights, key=lambda stem: (weights[stem], stem))
        forms = {stem: Counter(text[stem] for text in group if stem in text) for stem in best}
        yield tuple(forms[stem].most_common(1)[0][0] for stem in best if weights[stem] > 0)
