"""Citations: what a cable cites, what cites it, and the exchange that it is part of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from ..engines.contract import Reader
from ..model.cable import Cable, Row
from ..model.calendar import year_sent
from ..model.reference_id import split_id
from ..query.fields import keyword
from ..query.tree import Filter, Term, Tree, any_of

MAX_CITING = 1_000  # paragraphs that cite a cable and are looked at, the earliest first

Read = Callable[[str], Cable | None]


@dataclass(frozen=True, slots=True)
class Citation:
    """A cable at the other end of a citation.

    Attributes:
        id: its id; as it is cited, if the index has not got it.
        cable: None if the index has not got it.
        label: the letter by which the citing cable refers to it.
        paragraphs: the ids of the paragraphs that cite; empty if only the list of references does.
    """

    id: str
    cable: Cable | None
    label: str | None
    paragraphs: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the citation as JSON values, with the keys of docs/json.md."""
        return {**_facts(self.id, self.cable), "label": self.label, "paragraphs": list(self.paragraphs)}


@dataclass(frozen=True, slots=True)
class Citations:
    """What a cable cites, in the order of its references, and what cites it, the earliest first.

    Attributes:
        id: the cable's id.
        cable: None if the index has not got it: then only what cites it is known.
        total: how many cables cite it, which may be more than are listed.
    """

    id: str
    cable: Cable | None
    cites: tuple[Citation, ...]
    cited_by: tuple[Citation, ...]
    total: int

    columns: ClassVar = ("direction", "cable", "date", "origin", "subject", "label", "paragraphs", "in_index")

    def __bool__(self) -> bool:
        return bool(self.cites or self.cited_by)

    def rows(self) -> Iterator[Row]:
        """Yield a record for each cable."""
        for direction, citations in (("cites", self.cites), ("cited by", self.cited_by)):
            for one in citations:
                yield {
                    "direction": direction,
                    **_row(one.id, one.cable),
                    "label": one.label,
                    "paragraphs": "; ".join(one.paragraphs),
                    "in_index": "yes" if one.cable else "no",
                }

    def records(self) -> Iterator[dict[str, object]]:
        """Yield each cable as JSON values."""
        for direction, citations in (("cites", self.cites), ("cited by", self.cited_by)):
            yield from ({"direction": direction, **one.as_dict()} for one in citations)

    def as_dict(self) -> dict[str, object]:
        """Return the citations as JSON values, with the keys of docs/json.md."""
        return {
            **_facts(self.id, self.cable),
            "cites": [one.as_dict() for one in self.cites],
            "cited_by": [one.as_dict() for one in self.cited_by],
            "total_cited_by": self.total,
        }


def find_citations(id: str, read: Read, reader: Reader) -> Citations:
    """Return what a cable cites, and what cites it.

    Args:
        read: returns a cable by any of its ids.
    """
    cable = read(id)
    tree = _citing(id, cable)
    return Citations(
        cable.id if cable else id,
        cable,
        tuple(_cited(cable, read)) if cable else (),
        tuple(_cited_by(tree, id, cable, read, reader)),
        reader.by_cable(tree).total,
    )


def _cited(cable: Cable, read: Read) -> Iterator[Citation]:
    labels = {reference.id: reference.label for reference in reversed(cable.references)}
    for id in cable.cites:
        found = read(id)
        paragraphs = tuple(paragraph.id for paragraph in cable.paragraphs if id in paragraph.cites)
        yield Citation(found.id if found else id, found, labels.get(id), paragraphs)


def _cited_by(tree: Tree, id: str, cable: Cable | None, read: Read, reader: Reader) -> Iterator[Citation]:
    names = {id, *_names(id, cable)}
    matches = reader.search(tree, limit=MAX_CITING, sort="date").matches
    for citing in map(read, dict.fromkeys(match.cable for match in matches)):
        if citing:
            label = next((entry.label for entry in citing.references if entry.id in names), None)
            paragraphs = (p.id for p in citing.paragraphs if not names.isdisjoint(p.cites))
            yield Citation(citing.id, citing, label, tuple(paragraphs))


def _citing(id: str, cable: Cable | None) -> Tree:
    """Return the tree for the paragraphs that cite a cable by any of its ids."""
    return Filter(any_of(Term("cites", keyword(name)) for name in _names(id, cable)))


def _names(id: str, cable: Cable | None) -> tuple[str, ...]:
    """Return all ids of a cable; the one that it is asked for by, if the index has not got it."""
    return (cable.id, *cable.other_ids) if cable else (id,)


@dataclass(frozen=True, slots=True)
class Link:
    """A cable of a thread.

    Attributes:
        id: its id; as it is cited, if the index has not got it.
        cable: None if the index has not got it.
        parent: the latest of the earlier cables in the thread that it cites, below which it stands; None if
            there is none.
        depth: how many cables stand above it.
        also: the other cables in the thread that it cites.
    """

    id: str
    cable: Cable | None
    parent: str | None
    depth: int
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """Cables that are tied to one by citations, as trees: each stands below the latest one that it cites.

    Attributes:
        id: the cable that was asked for.
        links: the cables from top to bottom, earlier ones first.
        cut: there are more cables within so many citations.
    """

    id: str
    links: tuple[Link, ...]
    cut: bool

    columns: ClassVar = ("cable", "date", "origin", "subject", "parent", "depth", "also_cites", "in_index")

    def rows(self) -> Iterator[Row]:
        """Yield a record for each cable."""
        for link in self.links:
            yield {
                **_row(link.id, link.cable),
                "parent": link.parent,
                "depth": link.depth,
                "also_cites": "; ".join(link.also),
                "in_index": "yes" if link.cable else "no",
            }

    def records(self) -> Iterator[dict[str, object]]:
        """Yield each cable as JSON values."""
        for link in self.links:
            yield {
                **_facts(link.id, link.cable),
                "parent": link.parent,
                "depth": link.depth,
                "also_cites": list(link.also),
            }

    def as_dict(self) -> dict[str, object]:
        """Return the thread as JSON values, with the keys of docs/json.md."""
        return {"id": self.id, "cables": list(self.records()), "cut": self.cut}


def find_thread(id: str, read: Read, reader: Reader, steps: int, limit: int) -> Thread:
    """Return the cables that are at most so many citations away from one, in either direction.

    Args:
        read: returns a cable by any of its ids.
        limit: the maximum number of cables; nearer ones come first.
    """
    found: dict[str, Cable | None] = {}
    cut = False
    ring = {id: read(id)}
    for step in range(steps + 1):
        near = {cable.id if cable else name: cable for name, cable in ring.items()}
        new = {name: cable for name, cable in near.items() if name not in found}
        room = limit - len(found)
        cut = cut or len(new) > room
        kept = dict([*new.items()][:room])
        found |= kept
        if step == steps or not kept:
            break
        # One more than there is room for tells that there are more.
        ring = dict(_neighbours(kept, found, limit - len(found) + 1, read, reader))
    return Thread(next(iter(found), id), tuple(_in_trees(found, read)), cut)


def _neighbours(
    cables: dict[str, Cable | None], found: dict[str, Cable | None], room: int, read: Read, reader: Reader
) -> Iterator[tuple[str, Cable | None]]:
    """Yield the cables that some cables cite, and those that cite them, as far as there is room."""
    seen = {*found}
    for id, cable in cables.items():
        matches = reader.search(_citing(id, cable), limit=MAX_CITING, sort="date").matches
        for name in dict.fromkeys((*(cable.cites if cable else ()), *(match.cable for match in matches))):
            if name in seen:
                continue
            if room <= 0:
                return
            other = read(name)
            own = other.id if other else name
            room -= own not in seen
            seen |= {name, own}
            yield own, other


def _in_trees(cables: dict[str, Cable | None], read: Read) -> Iterator[Link]:
    """Yield cables so that each comes below the latest earlier one that it cites."""
    when = {id: _sort_key(id, cable) for id, cable in cables.items()}
    names = {name: id for id, cable in cables.items() for name in _names(id, cable)}
    cited = {
        id: dict.fromkeys(names[name] for name in (cable.cites if cable else ()) if name in names)
        for id, cable in cables.items()
    }
    parents = {
        id: max((one for one in cited[id] if when[one] < when[id]), key=when.__getitem__, default=None)
        for id in cables
    }
    below: dict[str | None, list[str]] = {}
    for id in sorted(cables, key=when.__getitem__):
        below.setdefault(parents[id], []).append(id)
    waiting = [(id, 0) for id in reversed(below.get(None, []))]
    while waiting:
        id, depth = waiting.pop()
        also = tuple(one for one in cited[id] if one != parents[id])
        yield Link(id, cables[id], parents[id], depth, also)
        waiting += ((one, depth + 1) for one in reversed(below.get(id, [])))


def _sort_key(id: str, cable: Cable | None) -> tuple[str, str]:
    """Return what cables are in order of time by: the date, or the year in the id where it is not known."""
    if cable and cable.created:
        return cable.created.isoformat(), id
    year = split_id(id)[0]
    return str(year_sent(int(year))) if year else "~", id


def _row(id: str, cable: Cable | None) -> Row:
    """Return what tells a cable from others, as part of a flat record."""
    return {
        "cable": id,
        "date": cable.created.isoformat() if cable and cable.created else None,
        "origin": cable.origin if cable else None,
        "subject": cable.subject if cable else None,
    }


def _facts(id: str, cable: Cable | None) -> dict[str, object]:
    """Return what tells a cable from others, as JSON values."""
    return {
        "id": id,
        "in_index": cable is not None,
        "created": cable.created.isoformat() if cable and cable.created else None,
        "origin": cable.origin if cable else None,
        "subject": cable.subject if cable else None,
    }
