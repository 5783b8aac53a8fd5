"""What the page of a cable shows besides the cable itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from .. import (
    Cable,
    Citations,
    Hit,
    Index,
    Link,
    Paragraph,
    QueryError,
    Reference,
    hashtag,
    post_in_words,
    reasons_in_words,
)
from .citing import styles
from .rendering import Span

MAX_SIMILAR = 6
_SEPARATORS = ("", "/", "\\", "!", "#")  # of folders, members and rows

THREAD_STEPS = 2  # citations from a cable to the farthest one of its exchange
MAX_THREAD = 24  # cables of an exchange


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference, and the cable that it names, if that is in the index."""

    reference: Reference
    cable: Cable | None


@dataclass(frozen=True, slots=True)
class Branch:
    """A cable of a thread, and those that stand below it, as they cite it."""

    link: Link
    below: list[Branch]


@dataclass(frozen=True, slots=True)
class CablePage:
    """A cable with what belongs to it.

    Attributes:
        matches: where the words of a query stand in its paragraphs, by their ids.
        reasons: why it is classified, each with its meaning.
        addressees: by the field that finds them, each as printed and as a post is published.
        references: what it cites; `citations`: what cites it.
        people: who is named, with the number of paragraphs; `protected`: whose names are to be protected.
        cited_as: how it is cited, and each of its paragraphs, by id.
        hashtag: the tag that it is discussed under.
        link: its address in the archive or the edition that published it.
        namesakes: other cables that have the same id.
        versions: how many files have it.
        thread: the exchange that it is part of, empty if it is the only cable of it.
        source: the file that it was read from, below the folder that the index was built from.
        style: of the citations.
    """

    cable: Cable
    matches: Mapping[str, tuple[Span, ...]]
    reasons: list[tuple[str, str | None]]
    addressees: Mapping[str, list[tuple[str, str]]]
    references: tuple[Cited, ...]
    citations: Citations
    people: dict[str, int]
    protected: frozenset[str]
    similar: tuple[Hit, ...]
    cited_as: Mapping[str, str]
    hashtag: str | None
    link: str | None
    namesakes: tuple[Cable, ...]
    thread: list[Branch]
    versions: int
    source: str
    style: str

    @property
    def first_match(self) -> str:
        """The id of the first paragraph that has one."""
        return next(one.id for one in self.cable.paragraphs if one.id in self.matches)

    @property
    def match_count(self) -> int:
        """How many places match."""
        return sum(map(len, self.matches.values()))


def cable_page(
    index: Index, cable: Cable, query: str, style: str, namesakes: tuple[Cable, ...], sources: Iterable[Path]
) -> CablePage:
    """Collect what belongs to a cable.

    Args:
        query: whose words are to be marked in it.
        style: of the citations.
        sources: of the index.
    """
    cite = styles()[style]
    whole = Paragraph(cable.id, None, None, None, None, "")  # which is cited as the cable alone
    named = [person for paragraph in cable.paragraphs for person in paragraph.people]
    passage = next(cable.passages(), None)
    addressed = {"to": cable.to, "info": cable.info}
    return CablePage(
        cable,
        _matches(index, cable, query),
        reasons_in_words(cable),
        {name: [(one, post_in_words(one) or one) for one in there] for name, there in addressed.items()},
        tuple(Cited(one, index.cable(one.id) if one.id else None) for one in cable.references),
        index.citations(cable.id),
        dict(Counter(person.full_name for person in named).most_common()),
        frozenset(person.full_name for person in named if person.protected),
        _similar(index, cable),
        {one.id: cite(cable, one) for one in (whole, *cable.paragraphs)},
        hashtag(cable),
        passage.link if passage else None,
        tuple(other for other in namesakes if other.id != cable.id),
        _thread(index, cable),
        len(index.versions(cable.id)),
        source_name(cable.source, sources),
        style,
    )


def source_name(source: str, sources: Iterable[Path]) -> str:
    """Return the name of a file from its source on: where that is on the disk is nobody's business.

    >>> source_name("/home/quell/cables/2007/a.zip!b.txt", [Path("/home/quell/cables")])
    'cables/2007/a.zip!b.txt'
    """
    folders = (str(one) for one in sources if source.startswith(str(one)))
    holding = [one for one in folders if one[-1:] in _SEPARATORS or source[len(one) :][:1] in _SEPARATORS]
    outer = max(holding, key=len, default="")
    return f"{PurePath(outer).name}{source[len(outer) :]}" if outer else PurePath(source).name


def _thread(index: Index, cable: Cable) -> list[Branch]:
    """Return the exchange that a cable is part of as trees."""
    links = index.thread(cable.id, steps=THREAD_STEPS, limit=MAX_THREAD).links
    if len(links) < 2:
        return []
    branches = {link.id: Branch(link, []) for link in links}
    for link in links:
        if link.parent:
            branches[link.parent].below.append(branches[link.id])
    return [branches[link.id] for link in links if not link.parent]


def _matches(index: Index, cable: Cable, query: str) -> dict[str, tuple[Span, ...]]:
    if not query:
        return {}
    try:
        hits = index.search(query, limit=len(cable.paragraphs), filters={"id": cable.id})
    except QueryError:  # the page of a cable is none for correcting it
        return {}
    return {hit.paragraph.id: hit.highlights for hit in hits if hit.highlights}


def _similar(index: Index, cable: Cable) -> tuple[Hit, ...]:
    try:
        return index.similar(cable.id, limit=MAX_SIMILAR).hits
    except QueryError:  # it has no words that mark it
        return ()
