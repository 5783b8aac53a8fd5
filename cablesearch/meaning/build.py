"""Makes the vectors of an index: a paragraph that was there before keeps those that it has."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from ..engines.contract import Reader
from ..errors import CablesearchError, LockedError, NoVectorsError
from ..indexing import open_generation
from ..indexing import state as index_state
from ..indexing.generations import PRIVATE, State
from ..indexing.manifest_reading import read_texts
from ..indexing.processors import count_processors
from ..model.cable import Cable, Paragraph
from . import (
    STATE,
    VectorProgress,
    VectorReport,
    VectorState,
    model_folder,
    read_card,
    store_folders,
    vectors_folder,
)
from .chunks import RECIPE, Span, chunks, digest, passage
from .model import Encoder, load
from .nearest import Nearest
from .state import UNREADABLE, StoreState, first_damage, read_state
from .store import PARAGRAPH, ROW, Store, StoredParagraph, StoreWriter, compress

MOST = 1 << 40  # paragraphs or passages, of a store whose state cannot be read
COMMITTED = 512  # new passages after which what is done is kept: some seconds of work
TEXT_OF_PASSAGE = 900  # bytes of text for each passage beyond one a paragraph, for an estimate
USUAL_DIMENSIONS = 384  # of vectors, for an estimate before there are any


def open_store(index: Path, state: str) -> Store | None:
    """Return the vectors of an index by its model that are nearest to being complete; None without any.

    Args:
        state: what tells the state of the index from every other one.

    Raises:
        NoVectorsError: none is as it was written.
    """
    card = read_card(model_folder(index))
    if not card:
        return None
    found = [(folder, read_state(folder)) for folder in store_folders(index)]
    problem = next(((STATE, UNREADABLE) for _, one in found if not one), None)
    own = [(folder, one) for folder, one in found if one and one.model == card.digest]
    own.sort(key=lambda one: (one[1].index == state and one[1].complete, one[1].paragraphs), reverse=True)
    for folder, one in own:
        problem = first_damage(folder, one)
        if not problem:
            return Store(folder, one)
    if problem:
        raise NoVectorsError(
            f"the vectors cannot be used ({' '.join(problem)}): cablesearch meaning build repairs them"
        )
    return None


def current(index: Path, state: State, without: Collection[str] = ()) -> Nearest | None:
    """Return the vectors of an index that answer for a state of it; None without any.

    Args:
        without: the ids of cables that are left out.

    Raises:
        NoVectorsError: none are as they were written.
    """
    store = open_store(index, state.stamp)
    if not store:
        return None
    if store.state.index == state.stamp and store.state.complete and not without:
        return Nearest(store)
    texts = read_texts(state.generation)
    return Nearest(store, {id: text for id, text in texts.items() if id not in without})


def state_of(index: Path) -> VectorState:
    """Return what an index has to answer by meaning with: see `vector_state`."""
    now = index_state(index)
    card = read_card(model_folder(index))
    nearest, problem = None, None
    try:
        nearest = current(index, now)
    except NoVectorsError as error:
        problem = str(error)
    dimensions = nearest.store.state.dimensions if nearest else USUAL_DIMENSIONS
    rows = now.paragraphs + now.text // TEXT_OF_PASSAGE
    return VectorState(
        card.name if card else None,
        card.source if card else None,
        now.paragraphs,
        nearest.paragraphs if nearest else 0,
        nearest.store.state.size if nearest else 0,
        now.paragraphs * PARAGRAPH.itemsize + rows * (ROW.itemsize + dimensions * 9 // 8),
        problem,
    )


def build_index(
    index: Path, workers: int | None, progress: Callable[[VectorProgress], None] | None
) -> VectorReport:
    """Make the vectors that an index lacks: see `build_vectors`."""
    if workers is not None and workers < 1:
        raise CablesearchError(f"vectors are not made by {workers} workers: name 1 or more")
    encoder = load(model_folder(index))
    reader, now = open_generation(index)
    with reader:
        texts = read_texts(now.generation)
        workers = workers or max(count_processors() - 1, 1)  # one is left to others
        return build(index, reader, texts, now, encoder, workers, progress)


def build(
    index: Path,
    reader: Reader,
    texts: Mapping[str, int],
    state: State,
    encoder: Encoder,
    workers: int = 1,
    progress: Callable[[VectorProgress], None] | None = None,
) -> VectorReport:
    """Make the vectors of one state of an index.

    Args:
        reader: of that state.
        texts: the ids of its cables, each with what tells its text from others.
    """
    from filelock import FileLock, Timeout

    folder = index / "meaning"
    folder.mkdir(PRIVATE, parents=True, exist_ok=True)
    try:
        with FileLock(folder / "lock", timeout=0, mode=0o600), ThreadPoolExecutor(workers) as pool:
            return _Build(index, reader, texts, state, encoder, pool, progress).run()
    except Timeout:
        raise LockedError(f"vectors are being made in {folder} by another process: wait for it") from None


class _Build:
    """One run of a build."""

    def __init__(
        self,
        index: Path,
        reader: Reader,
        texts: Mapping[str, int],
        state: State,
        encoder: Encoder,
        pool: Executor,
        progress: Callable[[VectorProgress], None] | None,
    ) -> None:
        self.fresh = StoreState(encoder.card.digest, state.stamp, RECIPE, encoder.dimensions)
        name = hashlib.sha256(f"{self.fresh.model} {state.stamp} {RECIPE}".encode()).hexdigest()[:16]
        self.target = vectors_folder(index) / name
        self.old: list[Store] = []
        self.index, self.reader, self.texts = index, reader, texts
        self.encoder, self.pool, self.progress = encoder, pool, progress
        self.began = time.monotonic()
        self.total = reader.size()[1]
        self.made = 0

    def run(self) -> VectorReport:
        self.target.parent.mkdir(PRIVATE, exist_ok=True)
        with StoreWriter(self.target, self.fresh) as writer:
            self.old = [*self._others()]
            ids = sorted(self.texts)[writer.state.cables :]
            self._tell(writer)
            for group in self._groups(ids):
                self._add(group, writer)
                writer.commit()
                self._tell(writer)
            if not writer.state.complete:
                writer.commit(complete=True)
        for other in self.target.parent.iterdir():
            if other != self.target:
                shutil.rmtree(other, ignore_errors=True)
        os.utime(self.target.parent)  # by which those who have an index open notice it
        done = writer.state
        return VectorReport(
            self.encoder.card.name, done.paragraphs, done.rows, self.made, done.size, self._seconds
        )

    def _others(self) -> Iterator[Store]:
        """Yield the other stores from which vectors can be taken, those that are damaged, too."""
        unknown = replace(self.fresh, paragraphs=MOST, rows=MOST)  # as many as are in the files
        for folder in vectors_folder(self.index).iterdir():
            aside = folder.name.startswith(f"{self.target.name}.")
            found = read_state(folder) or (unknown if aside else None)
            if (
                found
                and folder != self.target
                and replace(found.emptied, index=self.fresh.index) == self.fresh
            ):
                yield Store(folder, found)

    def _groups(self, ids: list[str]) -> Iterator[list[_Prepared]]:
        """Yield cables together until they have enough new passages for a commit."""
        group: list[_Prepared] = []
        passages = 0
        for id in ids:
            cable = self.reader.cable(id)
            group.append(_Prepared(id, cable, [self._known(cable, one) for one in _entries(cable)]))
            passages += group[-1].new
            if passages >= COMMITTED or len(group) >= COMMITTED:
                yield group
                group, passages = [], 0
        if group:
            yield group

    def _known(self, cable: Cable | None, paragraph: Paragraph) -> _Wanted:
        assert cable
        number = digest(cable, paragraph)
        found = next((kept for store in self.old if (kept := store.find(number))), None)
        spans = () if found else _spans(cable, paragraph)
        return _Wanted(number, found, [(span, passage(cable, paragraph, span)) for span in spans])

    def _add(self, group: list[_Prepared], writer: StoreWriter) -> None:
        texts = [text for one in group for wanted in one.wanted for _, text in wanted.texts]
        vectors = self.pool.map(self.encoder.encode, texts)
        for one in group:
            paragraphs = []
            for wanted in one.wanted:
                kept = wanted.known
                if not kept:
                    made = tuple(compress(span, next(vectors)) for span, _ in wanted.texts)
                    self.made += len(made)
                    kept = StoredParagraph(wanted.digest, made)
                paragraphs.append(kept)
            writer.append(one.id, self.texts[one.id], paragraphs)

    def _tell(self, writer: StoreWriter) -> None:
        if self.progress:
            self.progress(VectorProgress(writer.state.paragraphs, self.total, self.made, self._seconds))

    @property
    def _seconds(self) -> float:
        return time.monotonic() - self.began


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A paragraph: the vectors that it has already, or the passages that are to be encoded."""

    digest: int
    known: StoredParagraph | None
    texts: list[tuple[Span, str]]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A cable whose paragraphs are to be stored."""

    id: str
    cable: Cable | None
    wanted: list[_Wanted]

    @property
    def new(self) -> int:
        """How many passages are to be encoded."""
        return sum(len(wanted.texts) for wanted in self.wanted)


def _entries(cable: Cable | None) -> tuple[Paragraph, ...]:
    return cable.entries if cable else ()


def _spans(cable: Cable, paragraph: Paragraph) -> list[Span]:
    """Return the passages of a paragraph; none of one that says nothing."""
    spans = chunks(paragraph.text)
    return spans if passage(cable, paragraph, spans[0]) else []
