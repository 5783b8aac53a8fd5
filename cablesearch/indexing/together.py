"""Several indexes that are read as one, which holds what one index of all their sources would hold.

Of a cable that several of them have, that is the fullest text (`likeness`). Different cables with one id all
get a suffix to it: those few are written again, into an index of their own that is gone when it is open. The
others stay where they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, combinations
from pathlib import Path
from typing import TypeVar

from ..engines import LOCAL, engine
from ..engines.contract import Member, Reader
from ..engines.documents import documents
from ..engines.scoring import most_frequent_first
from ..engines.temporary import temporary_folder
from ..errors import BrokenIndexError, CablesearchError, IndexStateError
from ..model.cable import Cable
from .checking import check_quickly, explain, find_damage
from .generations import State, state
from .ingest import also_in_collections
from .likeness import group_by_cable, suffixes
from .manifest import Entry, Filing
from .manifest_reading import (
    NumberedEntry,
    count_held,
    read_all_entries,
    read_records,
    read_shared_ids,
)

MAX_REFILED = 5_000  # cables; to write more would keep whoever asks waiting

T = TypeVar("T")


@dataclass(frozen=True)
class Together:
    """What becomes of the cables that several indexes have, or share an id with, in one; of each index.

    Attributes:
        dropped: those of which another one has a fuller text.
        refiled: those that get another id, or are in more collections.
    """

    dropped: tuple[tuple[Entry, ...], ...]
    refiled: tuple[tuple[tuple[Entry, Filing], ...], ...]

    @property
    def left_out(self) -> Iterator[frozenset[str]]:
        """The ids under which an index has both kinds."""
        for dropped, refiled in zip(self.dropped, self.refiled, strict=True):
            yield frozenset(map(_id, (*dropped, *(entry for entry, _ in refiled))))

    @property
    def gone(self) -> Iterator[frozenset[str]]:
        """The ids of an index under which the whole has nothing, or a cable of another one."""
        for dropped, refiled in zip(self.dropped, self.refiled, strict=True):
            others = (entry for entry, filing in refiled if filing.suffix != entry.suffix)
            yield frozenset(map(_id, (*dropped, *others)))


def distinct(folders: Iterable[Path]) -> list[Path]:
    """Return the folders of different indexes."""
    return [*{folder.resolve(): folder for folder in reversed([*folders])}.values()][::-1]


def open_together(folders: Sequence[Path]) -> tuple[Reader, tuple[State, ...]]:
    """Open the current generations of several indexes as one, as `open_generation` does for one.

    Returns:
        The reader, and the state that it reads of each index.

    Raises:
        IndexStateError: one of them cannot be opened (see `open_generation`), or not with the others.
    """
    return _of_current(folders, lambda states: (_open(folders, states), states))


def _of_current(folders: Sequence[Path], ask: Callable[[tuple[State, ...]], T]) -> T:
    """Return the answer to a question about the current generations."""
    while True:
        states = tuple(map(state, folders))
        try:
            return ask(states)
        except IndexStateError as error:
            if _generations(map(state, folders)) != _generations(states):
                continue  # a build has just replaced one of them
            if isinstance(error, BrokenIndexError):
                _blame(folders, states)
            raise


def _blame(folders: Sequence[Path], states: Sequence[State]) -> None:
    """Raise the error for the index that is damaged, if one is."""
    for folder, now in zip(folders, states, strict=True):
        if found := find_damage(folder, now):
            raise found


def _open(folders: Sequence[Path], states: Sequence[State]) -> Reader:
    _check_engines(folders, states)
    for folder, now in zip(folders, states, strict=True):
        check_quickly(folder, now)
    together = find_together(states)
    members = [
        Member(now.generation / "engine", left_out)
        for now, left_out in zip(states, together.left_out, strict=True)
    ]
    made, because = engine(states[0].engine), partial(_explain, folders, states)
    refiled = sum(map(len, together.refiled))
    if not refiled:
        return made.read_together(members, because)
    if refiled > MAX_REFILED:
        raise IndexStateError(
            f"{refiled:,} cables are in several of these indexes and in different collections, or have one id"
            " and are different: make one index of all their sources, cablesearch index PATH..."
        )
    with temporary_folder() as folder:
        with made.write(folder, fresh=True) as writer:
            for now, of_index in zip(states, together.refiled, strict=True):
                for cable in _refiled(now, of_index):
                    writer.add(cable, documents(cable))
        return made.read_together([*members, Member(folder)], because)


def _check_engines(folders: Sequence[Path], states: Sequence[State]) -> None:
    """Accept indexes that can be read as one.

    Raises:
        IndexStateError: they cannot.
    """
    for folder, now in zip(folders, states, strict=True):
        if now.engine not in LOCAL:
            raise IndexStateError(
                f"the index in {folder} is on a cluster, where it is searched by itself: search it alone, or"
                " add the sources of the others to it: cablesearch index PATH"
            )
    best = max(states, key=lambda now: now.paragraphs).engine
    for folder, now in zip(folders, states, strict=True):
        if now.engine != best:
            raise IndexStateError(
                f"the index in {folder} has the engine {now.engine}, and another one {best}: to search them"
                f" as one, cablesearch reindex --engine {best} --index {folder}"
            )


def _explain(
    folders: Sequence[Path], states: Sequence[State], error: BaseException
) -> CablesearchError | None:
    """Return the error to raise for one that the engine threw: that of the index that is to blame."""
    blamed = [*zip(folders, states, strict=True)]
    for folder, now in blamed:
        if not now.generation.exists() or find_damage(folder, now):
            return explain(folder, now, error)
    return explain(*blamed[0], error)


def _refiled(of: State, refiled: Sequence[tuple[Entry, Filing]]) -> Iterator[Cable]:
    """Yield the cables of an index that are filed otherwise, as they are then."""
    if refiled:
        with engine(of.engine).read(of.generation / "engine") as reader:
            for entry, filing in refiled:
                if cable := reader.cable(_id(entry)):
                    yield _filed(cable, entry.id, filing)


def _filed(cable: Cable, plain: str, filing: Filing) -> Cable:
    """Return a cable, which may have a suffix already, as one with this plain id is filed."""
    if cable.id != plain:
        others = tuple(id for id in cable.other_ids if id != plain)
        cable = replace(cable.filed_as(plain), other_ids=others)
    cable = replace(cable, also_in=filing.also_in)
    return cable.filed_as(plain + filing.suffix) if filing.suffix else cable


def _id(entry: Entry) -> str:
    """Return the id under which an index has a cable."""
    return entry.id + entry.suffix


def find_together(states: Sequence[State]) -> Together:
    """Return what becomes of the cables of several indexes in one."""
    dropped: list[list[Entry]] = [[] for _ in states]
    refiled: list[list[tuple[Entry, Filing]]] = [[] for _ in states]
    shared = _shared_ids(states)
    entries: defaultdict[str, list[NumberedEntry]] = defaultdict(list)
    for one in read_all_entries(_generations(states), shared) if shared else ():
        entries[one.entry.id].append(one)
    for of_id in entries.values():
        of_id.sort(key=lambda one: one.entry.rank)
        groups = group_by_cable(of_id)
        for suffix, (best, *others) in zip(suffixes(groups), groups, strict=True):
            also_in = also_in_collections((other.entry for other in others), best.entry)
            filing = Filing(suffix, also_in)
            if best.entry.filing != filing:
                refiled[best.index].append((best.entry, filing))
            for other in others:
                if other.entry.held:
                    dropped[other.index].append(other.entry)
    return Together(tuple(map(tuple, dropped)), tuple(map(tuple, refiled)))


def _shared_ids(states: Sequence[State]) -> set[str]:
    """Return the ids that several indexes have cables of."""
    by_size = _generations(sorted(states, key=lambda now: now.cables))
    return {id for smaller, larger in combinations(by_size, 2) for id in read_shared_ids(smaller, larger)}


def state_of_all(folders: Sequence[Path]) -> State:
    """Return the state of several indexes as that of one, built when the last of them was.

    Raises:
        IndexStateError: as of `state`.
    """
    return _of_current(folders, _add_up)


def _add_up(states: Sequence[State]) -> State:
    together = find_together(states)
    pairs = zip(states, together.dropped, strict=True)
    dropped = [count for now, some in pairs if some for count in count_held(now.generation, map(_id, some))]
    formats, collections = Counter[str](), Counter[str]()
    for now in states:
        formats.update(now.formats)
        collections.update(now.collections)
    for format, cables, _, _ in dropped:
        formats[format] -= cables
    for entry in chain.from_iterable(together.dropped):
        collections.subtract(filter(None, (entry.collection, *entry.filing.also_in)))
    for entry, filing in chain.from_iterable(together.refiled):
        collections.subtract(entry.filing.also_in)
        collections.update(filing.also_in)
    sources = {source: name for now in states for source, name in zip(now.sources, now.names, strict=True)}
    return replace(
        max(states, key=lambda now: now.built),
        sources=tuple(sources),
        names=tuple(sources.values()),
        devices=(),
        files=sum(now.files for now in states),
        waiting=sum(now.waiting for now in states),
        cables=sum(now.cables for now in states) - sum(cables for _, cables, _, _ in dropped),
        paragraphs=sum(now.paragraphs for now in states) - sum(paragraphs for *_, paragraphs, _ in dropped),
        text=sum(now.text for now in states) - sum(text for *_, text in dropped),
        size=sum(now.size for now in states),
        formats=most_frequent_first((format, cables) for format, cables in formats.items() if cables),
        collections=most_frequent_first(collections.items()),
    )


def records_of_all(states: Sequence[State]) -> dict[str, int]:
    """Do for several indexes what `read_records` does for one."""
    together = find_together(states)
    records: dict[str, int] = {}
    for now, left_out, refiled in zip(states, together.left_out, together.refiled, strict=True):
        held = read_records(now.generation)
        records |= {id: record for id, record in held.items() if id not in left_out}
        records |= {entry.id + filing.suffix: held[_id(entry)] for entry, filing in refiled}
    return records


def _generations(states: Iterable[State]) -> tuple[Path, ...]:
    return tuple(now.generation for now in states)
