"""One run of a build: what changed is read, the engine is filled, the new generation is swapped in.

    sources -> manifest          which files are new, changed, gone
    files -> crew -> filling     read, parsed and made ready by workers, given to the engine as they come
    contested cables             in several files, or gone from one: the fullest is held

What comes out does not depend on which worker was faster: the last step decides by what was found alone.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .._version import __version__
from ..errors import BrokenIndexError, CablesearchError, NoIndexError
from . import Progress, Report, generations
from .batches import batches
from .generations import State
from .lock import writing
from .manifest import File, Manifest
from .progress import Meter
from .sources import absolute, check, walk

if TYPE_CHECKING:
    from .destination import Target
    from .prepare import Job

_FEW_FILES, _FEW_BYTES = 200, 2_000_000  # less than this is read here before a worker has started
_TASK_FILES, _TASK_BYTES = 32, 1_000_000  # that a worker is given at once
_MOST_WORKERS = 8  # more of them make more than this process passes on to the engine
_WHOLE = 1_000_000  # bytes of a file up to which one worker reads it alone


def build(
    folder: Path,
    paths: Sequence[Path],
    engine: str,
    progress: Callable[[Progress], None] | None,
    workers: int | None,
    *,
    fresh: bool,
    people: bool = True,
) -> Report:
    """Build the index anew (`fresh`) or bring it up to date: see `rebuild` and `update`."""
    folder = Path(folder)
    with _explained(folder), writing(folder):
        old = None if fresh else _old(folder)
        sources = _sources(folder, paths, fresh=fresh)
        with _draft(folder, old) as generation, Manifest(generation / "manifest.sqlite") as manifest:
            people = old.people if old else people
            return _Build(folder, generation, old, sources, engine, people, manifest, Meter(progress)).run(
                workers
            )


@dataclass(frozen=True)
class _Changes:
    """What a build changed."""

    engine: str
    switched: str | None = None
    added: int = 0
    replaced: int = 0
    removed: int = 0
    duplicates: tuple[tuple[str, str, str], ...] = ()


@dataclass
class _Build:
    """What one run works with."""

    folder: Path
    generation: Path
    old: State | None
    sources: tuple[Path, ...]
    engine: str
    people: bool
    manifest: Manifest
    meter: Meter

    def run(self, workers: int | None) -> Report:
        self.meter.stage("looking")
        self.manifest.compare(walk(self.sources, self.folder))
        files, read, gone = self.manifest.counts()
        if self.old and not read and not gone and self.engine in ("auto", self.old.engine):
            changes = _Changes(self.old.engine)
            new = replace(self.old, **self._remembered())
        else:
            changes = self._fill(_workers(workers, read, self.manifest.bytes_to_read()))
            new = self._finish(changes.engine)
        if new != self.old:
            generations.write_state(self.folder, new)
        return Report(
            **vars(changes),
            files=files,
            read=read,
            unchanged=files - read,
            cables=new.cables,
            paragraphs=new.paragraphs,
            failures=self.manifest.failures(),
            seconds=self.meter.seconds,
        )

    def _fill(self, workers: int) -> _Changes:
        """Fill the engine; imports here, since an index that is up to date needs none of it."""
        from .destination import Target
        from .ingest import Filling
        from .prepare import prepare
        from .worker_pool import WorkerPool

        total = self.manifest.bytes_to_read()
        known = (self.old.generation / "manifest.sqlite").absolute() if self.old else None
        self.meter.stage("reading", total)
        with Target(self.generation, self.old, self.engine, self.manifest.text_kept()) as target:
            filling = Filling(self.manifest, target, self.meter)
            with WorkerPool(prepare, workers) as pool:
                jobs = self._jobs(self.manifest.to_read(), workers, total, known, target)
                filling.read(pool.run(_tasks(jobs)))
                filling.judge()
                target.complete(self.manifest.kept())
                while wanted := list(self.manifest.wanted()):
                    filling.fetch(pool.run(_tasks(self._jobs(wanted, workers, 0, None, target))))
                    filling.judge()
            self.meter.stage("writing")
        assert target.engine
        return _Changes(
            target.engine,
            target.switched,
            filling.added,
            filling.replaced,
            filling.removed,
            tuple(filling.duplicates()),
        )

    def _jobs(
        self, files: Iterable[File], workers: int, total: int, known: Path | None, target: Target
    ) -> Iterator[Job]:
        """Give files, of `total` bytes in all: whole, but shared out where one worker would be long at it."""
        from .prepare import Job

        whole = max(_WHOLE, total // (4 * workers or 1))
        for file in files:
            shards = max(workers, 1) if file.size > whole else 1
            for k in range(shards):
                yield Job(
                    file=file.number,
                    path=file.path,
                    size=file.size // shards,
                    shard=(k, shards),
                    known=known if file.known else None,
                    only=file.only,
                    people=self.people,
                    engine=target.engine,
                )

    def _finish(self, engine: str) -> State:
        """Make the new generation whole and durable."""
        self.manifest.settle()
        files, *_ = self.manifest.counts()
        cables, paragraphs, text = self.manifest.totals()
        self.manifest.write()
        return State(
            engine=engine,
            built=datetime.now(UTC),
            files=files,
            cables=cables,
            paragraphs=paragraphs,
            text=text,
            size=generations.seal(self.generation),
            generation=self.generation,
            version=__version__,
            **self._remembered(),
        )

    def _remembered(self) -> dict[str, Any]:
        """Give what the next build needs to know of this one."""
        return {
            "chosen": self.engine != "auto" or bool(self.old and self.old.chosen),
            "sources": self.sources,
            "devices": tuple(source.stat().st_dev for source in self.sources),
            "people": self.people,
        }


def _tasks(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    """Give jobs in tasks for a worker."""
    return batches(jobs, _TASK_FILES, _TASK_BYTES, lambda job: job.size)


def _workers(wanted: int | None, files: int, size: int) -> int:
    """Give how many workers so much work is worth."""
    if wanted is not None:
        return wanted
    if files < _FEW_FILES and size < _FEW_BYTES:
        return 0
    ours = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(ours, _MOST_WORKERS)


def _old(folder: Path) -> State | None:
    try:
        return generations.state(folder)
    except NoIndexError:
        return None


def _sources(folder: Path, paths: Sequence[Path], *, fresh: bool) -> tuple[Path, ...]:
    """Give the sources that the index is to have."""
    named = absolute(paths)
    known = {} if fresh and named else generations.remembered(folder)
    check(known)
    if not known and not named:
        raise NoIndexError(f"the index in {folder} has no sources yet: name them, cablesearch index PATH...")
    return tuple(dict.fromkeys((*known, *named)))


@contextmanager
def _draft(folder: Path, old: State | None) -> Iterator[Path]:
    """Give the folder of a new generation; whichever generation is not the current one then is deleted."""
    generations.sweep(folder)
    try:
        generation = generations.next_generation(folder)
        if old:
            generations.begin(old.generation, generation)
        yield generation
    finally:
        generations.sweep(folder)


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Say in one line what the disk would not do."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _full(folder) from error
        where = f": {error.filename}" if error.filename else ""
        raise CablesearchError(
            f"the index in {folder} was not built: {error.strerror or error}{where}"
        ) from error
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise _full(folder) from error
        raise BrokenIndexError(
            f"the index in {folder} is damaged ({error}): cablesearch reindex builds it anew"
        ) from error


def _full(folder: Path) -> CablesearchError:
    return CablesearchError(
        f"the disk of {folder} is full: the index is as it was; make room and build it again"
    )
