"""One run of a build: reads the files that changed, writes to the engine, swaps in the new generation.

    sources -> manifest              which files are new, changed, gone
    files -> worker pool -> ingest   cables are read and prepared by workers, then given to the engine
    shared ids                       of one cable in several files, the engine is to hold the fullest; of
                                     different cables with one id, each, told apart by a suffix

The result does not depend on which worker was faster: the last step decides only by what was found.

Where nothing could be searched before, a long build goes in strides: after a while, what has been read
becomes a generation, and the rest, of files and within them, is for the next stride. So there are answers
early, and a build that was stopped goes on from its last stride.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypedDict

from .._version import __version__
from ..corpus.record import Failure
from ..errors import CablesearchError, IndexStateError, NoIndexError
from . import BuildProgress, Report, generations
from .batches import batches
from .checking import check_quickly, damaged, find_damage
from .checksums import total_size, write_checksums
from .generations import State
from .lock import write_lock
from .manifest import FileToRead, Manifest
from .processors import count_processors
from .progress import Progress
from .sources import Paths, Source, gone_sources, named_paths, walk_files, with_paths, without

if TYPE_CHECKING:
    from ..engines.cluster import Cluster
    from ..engines.parts import Part, Parts
    from .destination import Destination
    from .parts import PartReport
    from .prepare import Job

MAX_FILES_HERE, MAX_BYTES_HERE = 200, 2_000_000  # less than both is read before a worker would have started
TASK_FILES, TASK_BYTES = 128, 8_000_000  # given to a worker at once
MAX_WORKERS = 8  # more of them produce more than this process can pass on to the engine
NANOSECONDS = 1_000_000_000
TICK, COARSE_TICK = 0.02, 2.0  # seconds: twice that of Linux's clock; on disks that know no fractions (FAT)
STRIDE, MAX_STRIDE = 60.0, 1_800.0  # seconds of reading before the first generation, and the last ones
LONGER = 4  # times as long as the stride before: each costs the copying of the manifest, and a merge
MIN_SHARDED_BYTES = 1_000_000  # up to this size a file is always read by one worker
MIN_STOPPED_BYTES = 1_000_000  # up to this size a file is always read to its end


def build(
    folder: Path | str,
    paths: Paths,
    engine: str,
    progress: Callable[[BuildProgress], None] | None,
    workers: int | None,
    *,
    fresh: bool,
    people: bool = True,
    front_matter: bool | None = None,
    seconds_a_file: float | None = None,
    check_contents: bool = False,
    remove: Paths = (),
    cluster: Cluster | None = None,
    finish: bool = False,
) -> Report:
    """Build the index from scratch (`fresh`) or bring it up to date: see `rebuild` and `update`."""
    _check_choices(engine, workers)
    folder = Path(folder)
    engine, cluster = _place(folder, engine, cluster)
    parts: AbstractContextManager[Parts | None] = _parts(engine, cluster) if finish else nullcontext()
    with _explain_disk_errors(folder), write_lock(folder), parts as waiting:
        old = None if fresh else _current_state(folder)
        sources, gone = _all_sources(folder, paths, remove, fresh=fresh)
        in_strides = (
            not finish and not cluster and (old.waiting > 0 if old else not generations.exists(folder))
        )
        stride = STRIDE if in_strides else inf
        reports: list[Report] = []
        reporting = Progress(progress)
        while not reports or (old and old.waiting):
            with (
                _new_generation(folder, old) as generation,
                Manifest(generation / "manifest.sqlite") as manifest,
                _blame_damage(folder, old),
            ):
                run = _Build(
                    folder=folder,
                    generation=generation,
                    old=old,
                    sources=sources,
                    gone=gone,
                    engine=engine,
                    cluster=cluster,
                    people=old.people if old else people,
                    front_matter=_front_matter(folder, old, front_matter),
                    seconds=seconds_a_file,
                    stride=stride,
                    manifest=manifest,
                    progress=reporting,
                    parts=waiting,
                )
                reports.append(run.run(workers, check_contents=check_contents and not reports))
            old, stride = generations.state(folder), min(stride * LONGER, MAX_STRIDE)
        return _in_one(reports)


def _in_one(reports: Sequence[Report]) -> Report:
    """Return what the strides of a build did together."""
    *before, last = reports
    if not before:
        return last
    read = sum(each.read for each in reports)
    more = sum(each.added - each.removed for each in reports)
    removed = max(before[0].removed, -more)  # what later strides remove is mostly found again, or renamed
    duplicates = {(id, dropped): kept for each in reports for id, kept, dropped in each.duplicates}
    return replace(
        last,
        switched=before[0].switched,
        read=read,
        unchanged=last.files - read,
        added=more + removed,
        replaced=before[0].replaced,
        removed=removed,
        lost=sum(each.lost for each in reports),
        duplicates=tuple((id, kept, dropped) for (id, dropped), kept in duplicates.items()),
    )


def prepare_part(
    folder: Path | str,
    paths: Paths,
    part: Part,
    engine: str,
    progress: Callable[[BuildProgress], None] | None,
    workers: int | None,
    *,
    people: bool,
    front_matter: bool,
    seconds_a_file: float | None,
    cluster: Cluster | None,
) -> PartReport:
    """Prepare a part of an index: see `indexing.prepare_part`."""
    from ..engines.cluster import own_name

    _check_choices(engine, workers)
    folder = Path(folder)
    engine, cluster = _place(folder, engine, cluster)
    if cluster and cluster.name == own_name(folder):
        raise CablesearchError("the machines that build an index together need one name for it: --name NAME")
    sources, _ = _all_sources(folder, paths, (), fresh=True)
    with (
        _explain_disk_errors(folder),
        _parts(engine, cluster) as waiting,
        TemporaryDirectory(prefix="cablesearch-") as scratch,
        Manifest(Path(scratch, "manifest.sqlite")) as manifest,
    ):
        run = _Build(
            folder=folder,
            generation=Path(scratch),
            old=None,
            sources=sources,
            gone=(),
            engine=engine,
            cluster=cluster,
            people=people,
            front_matter=front_matter,
            seconds=seconds_a_file,
            manifest=manifest,
            progress=Progress(progress),
            parts=waiting,
        )
        return run.prepare(part, workers)


def _check_choices(engine: str, workers: int | None) -> None:
    if engine != "auto":
        from ..engines import check_name

        check_name(engine)
    if workers is not None and workers < 0:
        raise CablesearchError(f"there cannot be {workers} workers: name 0 or more, or None for a choice")


def _parts(engine: str, cluster: Cluster | None) -> Parts:
    """Return where the parts of a build wait.

    Raises:
        CablesearchError: the index is not on a cluster.
    """
    if not cluster:
        raise CablesearchError(
            "only an index on a cluster can be built by several machines: name its engine with --engine, and"
            " the cluster with --url"
        )
    from ..engines import engine as engine_named

    return engine_named(engine).on(cluster).parts()


def _place(folder: Path, engine: str, cluster: Cluster | None) -> tuple[str, Cluster | None]:
    """Return the engine that is to hold the index, and the cluster that it is on: as before, unless named.

    Raises:
        CablesearchError: a cluster is named for an engine of this machine.
    """
    before = generations.remembered_cluster(folder)
    if before and engine in ("auto", before[0]):
        return before[0], cluster.over(before[1]) if cluster else before[1]
    if engine == "auto":
        if cluster:
            raise CablesearchError("an index on a cluster needs an engine for it: name it with --engine")
        return engine, None
    from ..engines import REMOTE
    from ..engines.cluster import Cluster, own_name

    if engine in REMOTE:
        return engine, (cluster or Cluster()).over(Cluster(name=own_name(folder)))
    if cluster:
        raise CablesearchError(f"the {engine} engine keeps its index on this machine: it takes no --url")
    return engine, None


def _await_next_tick(newest: int) -> None:
    """Wait until a file that changes from now on has another time than the newest one.

    Else the next build would not notice what is written while it is read, within one tick of the clock.
    """
    tick = TICK if newest % NANOSECONDS else COARSE_TICK
    left = newest / NANOSECONDS + tick - time.time()
    if 0 < left < 2 * tick:  # else the disk's clock is not this one
        time.sleep(left)


def _front_matter(folder: Path, old: State | None, wanted: bool | None) -> bool:
    """Return whether front matter is read: what an index has of it, it keeps.

    Raises:
        CablesearchError: what is wanted is not what the index has.
    """
    if old and wanted not in (None, old.front_matter):
        option = "--front-matter" if wanted else "--no-front-matter"
        raise CablesearchError(
            f"the index in {folder} was built with{'out' if wanted else ''} front matter:"
            f" cablesearch reindex {option} builds it anew"
        )
    return old.front_matter if old else bool(wanted)


@dataclass(frozen=True)
class _Changes:
    """What a build changed; see `Report`."""

    engine: str
    switched: str | None = None
    added: int = 0
    replaced: int = 0
    removed: int = 0
    duplicates: tuple[tuple[str, str, str], ...] = ()


class _Settings(TypedDict):
    """What the next build has to know about this one; see `State`."""

    chosen: bool
    sources: tuple[Path, ...]
    names: tuple[str, ...]
    devices: tuple[int, ...]
    people: bool
    front_matter: bool


@dataclass
class _Build:
    """The state of one run.

    Attributes:
        sources: all of them, by path.
        gone: those that are not there any more, whose cables stay as they are.
        seconds: see `Job`.
        stride: the seconds after which new files are left for the next run.
        parts: those that were prepared on other machines, None if all files are read here.
        lost: of how many cables a source has lost something.
    """

    folder: Path
    generation: Path
    old: State | None
    sources: dict[Path, Source]
    gone: tuple[Path, ...]
    engine: str
    cluster: Cluster | None
    people: bool
    front_matter: bool
    seconds: float | None
    manifest: Manifest
    progress: Progress
    stride: float = inf
    parts: Parts | None = None
    waiting: int = 0  # files that are left, or were not read to their ends
    lost: int = 0
    end: float = inf  # of the stride, by the monotonic clock

    def run(self, workers: int | None, *, check_contents: bool) -> Report:
        self._look(check_contents=check_contents)
        files, read, gone = self.manifest.counts()
        same = self.old and self.engine in ("auto", self.old.engine) and self.cluster == self.old.cluster
        if self.old and same and not read and not gone:
            changes = _Changes(self.old.engine)
            new = replace(
                self.old, **self._settings(), collections=self._counts(self.old.collections), waiting=0
            )
        else:
            workers = _worker_count(workers, read, self.manifest.bytes_to_read())
            changes = self._ingest(workers)
            self.waiting += self.manifest.files_with_rest()
            files, read = files - self.waiting, read - self.waiting
            new = self._finish(changes.engine)
        left = self._left()
        if new != self.old:
            generations.write_state(self.folder, new)
        if self.parts and new.generation == self.generation:
            self.parts.discard()
        return Report(
            **vars(changes),
            files=files,
            read=read,
            unchanged=files - read,
            cables=new.cables,
            paragraphs=new.paragraphs,
            formats=new.formats,
            collections=new.collections,
            lost=self.lost,
            without_text=self.manifest.without_text(),
            left=left,
            failures=(*map(_gone, self.gone), *self.manifest.failures()),
            seconds=self.progress.seconds,
        )

    @cached_property
    def _before(self) -> State | None:
        """The index that this run replaces, whether it starts from it or not; None if none can be read."""
        if not self.old:
            with suppress(IndexStateError):
                return generations.state(self.folder)
        return self.old

    def _left(self) -> str:
        """Return how to delete the index on a cluster where it was before, empty if it is there still."""
        before = self._before
        if not before or not before.cluster or self._is_on(before.cluster):
            return ""
        from ..engines import engine

        with suppress(OSError, ValueError, LookupError, TypeError):  # it was damaged
            return engine(before.engine).removal(before.generation / "engine")
        return ""

    def _is_on(self, cluster: Cluster) -> bool:
        on = self.cluster
        return on is not None and on.name == cluster.name and not set(on.urls).isdisjoint(cluster.urls)

    def _look(self, *, check_contents: bool = False) -> None:
        """Find out which files are to be read."""
        self.progress.begin_stage("looking")
        there = [source for source in self.sources.values() if source.path not in self.gone]
        found = walk_files(there, self.folder)
        self.manifest.compare(
            found,
            map(os.fsencode, self.gone),
            every=check_contents,
            resume=self.old is not None and self.old.version == __version__,
        )
        _await_next_tick(self.manifest.newest())

    def prepare(self, part: Part, workers: int | None) -> PartReport:
        """Read the files of a part; what they give waits for the build that finishes."""
        from .parts import PartReport, pass_on, share
        from .prepare import prepare
        from .worker_pool import WorkerPool

        assert self.parts
        files: list[FileToRead] = []
        failures: list[Failure] = []
        begun = self.parts.begin(part, self._agreed())
        if begun:
            self._look()
            files += share(self.manifest.files_to_read(), part)
            total = sum(file.bytes_to_read for file in files)
            workers = _worker_count(workers, len(files), total)
            self.progress.begin_stage("reading", total)
            with WorkerPool(prepare, workers, self.seconds) as pool:
                results = pool.run(_tasks(self._jobs(files, workers, total, None)))
                failures += pass_on(files, results, self.parts, self.progress)
            self.progress.begin_stage("writing")
            self.parts.complete()
        return PartReport(
            part=str(part),
            done=begun,
            files=len(files),
            cables=self.progress.cables,
            missing=tuple(f"{number}/{part.of}" for number in self.parts.missing()),
            failures=tuple(failures),
            seconds=self.progress.seconds,
        )

    def _agreed(self) -> dict[str, str]:
        from .parts import agreed

        return agreed(self.sources.values(), people=self.people, front_matter=self.front_matter)

    def _ingest(self, workers: int) -> _Changes:
        """Write to the engine. Imports are here because an index that is up to date needs none of them."""
        from .destination import Destination
        from .ingest import Ingest
        from .prepare import prepare
        from .versions import compare_versions
        from .worker_pool import WorkerPool

        total = self.manifest.bytes_to_read()
        known = (self.old.generation / "manifest.sqlite").absolute() if self.old else None
        self.progress.begin_stage("reading", total)
        with Destination(
            self.generation, self.old, self.engine, self.manifest.text_held(), self.cluster, total
        ) as destination:
            ingest = Ingest(self.manifest, destination, self.progress)
            with WorkerPool(prepare, workers, self.seconds) as pool:
                if self.parts:
                    from .parts import prepared

                    items = self.parts.items(self._agreed())
                    ingest.take(prepared(items, self.manifest, self.engine))
                jobs = self._jobs(self._files_in_time(), workers, total, known, destination)
                ingest.take(pool.run(_tasks(jobs)))
                ingest.settle()
                destination.complete(self.manifest.ids_held_before())
                while requested := list(self.manifest.requested_files()):
                    jobs = self._jobs(requested, workers, 0, None, destination)
                    ingest.take_requested(pool.run(_tasks(jobs)))
                    ingest.settle()
                versions = self.manifest.versions_to_read()
                ingest.take_versions(pool.run(_tasks(self._jobs(versions, workers, 0, None, destination))))
            self.progress.begin_stage("writing")
        assert destination.engine
        duplicates = ingest.conclude()
        compare_versions(self.manifest, destination.engine, self.generation)
        return _Changes(
            destination.engine,
            destination.switched,
            ingest.added,
            ingest.replaced,
            ingest.removed,
            duplicates,
        )

    def _files_in_time(self) -> Iterator[FileToRead]:
        """Yield the files to be read; when the stride is over, new ones are left for the next run."""
        self.end = time.monotonic() + self.stride
        left: list[int] = []
        for place, file in enumerate(self.manifest.files_to_read()):
            if place and not (file.known or file.rest) and time.monotonic() > self.end:
                left.append(file.number)
            else:
                yield file
        self.manifest.forget(left)
        self.waiting = len(left)

    def _jobs(
        self,
        files: Iterable[FileToRead],
        workers: int,
        total: int,
        known: Path | None,
        destination: Destination | None = None,
    ) -> Iterator[Job]:
        """Yield a job for each slice of a file, or several for one that would keep a worker too long.

        Args:
            total: bytes of all files.
            known: see `Job`.
            destination: the engine, once it is chosen; None if the user has.
        """
        from .prepare import Job

        max_unsharded = max(MIN_SHARDED_BYTES, total // (4 * workers or 1))
        for file in files:
            is_new = not file.known or bool(file.rest)
            shards = ((*shard, 0) for shard in _shards(file, workers, max_unsharded))
            for k, n, start in file.rest or shards:
                can_stop = self.end < inf and is_new and not file.only and file.size > MIN_STOPPED_BYTES
                yield Job(
                    file=file.number,
                    path=file.path,
                    size=file.size // n,
                    shard=(k, n),
                    start=start,
                    stop_after=max(self.end - time.monotonic(), 0.0) if can_stop else None,
                    known=None if is_new else known,
                    only=file.only,
                    people=self.people,
                    engine=destination.engine if destination else self.engine,
                    seconds=self.seconds,
                    collection=file.collection,
                    front_matter=self.front_matter,
                )

    def _finish(self, engine: str) -> State:
        """Complete the new generation and make it durable."""
        self.manifest.settle()
        files = self.manifest.counts()[0] - self.manifest.files_with_rest()
        cables, paragraphs, text = self.manifest.totals()
        self.manifest.commit()
        self.lost = self._note_losses(engine)
        old = self.old
        try:
            checksums = write_checksums(
                self.generation, old.generation if old else None, old.checksums if old else ""
            )
        except ValueError as error:
            raise damaged(self.folder, str(error)) from error
        generations.sync(self.generation)
        return State(
            engine=engine,
            built=datetime.now(UTC),
            files=files,
            cables=cables,
            paragraphs=paragraphs,
            text=text,
            size=total_size(self.generation),
            generation=self.generation,
            version=__version__,
            checksums=checksums,
            formats=self.manifest.formats(),
            collections=self._counts(self.manifest.collections()),
            cluster=self.cluster,
            waiting=self.waiting,
            **self._settings(),
        )

    def _note_losses(self, engine: str) -> int:
        """Note what the sources have lost since the last build; return of how many cables."""
        from .losses import note_losses

        if not self._before:
            return 0
        # A damaged index is built anew all the same.
        with suppress(*(() if self.old else (IndexStateError, sqlite3.DatabaseError))):
            return note_losses(
                self.manifest,
                self._before,
                self.generation,
                engine,
                self.sources,
                fresh=not self.old,
                waiting=self.waiting > 0,
            )
        return 0

    def _counts(self, cables: dict[str, int]) -> dict[str, int]:
        """Return the number of cables in each collection, also in those that have none, most first."""
        names = sorted({source.collection for source in self.sources.values()} - {""})
        return dict(sorted(((name, cables.get(name, 0)) for name in names), key=lambda count: -count[1]))

    def _settings(self) -> _Settings:
        sources = self.sources.values()
        return {
            "chosen": self.engine != "auto" or bool(self.old and self.old.chosen),
            "sources": tuple(source.path for source in sources),
            "names": tuple(source.collection for source in sources),
            "devices": tuple(source.device for source in sources),
            "people": self.people,
            "front_matter": self.front_matter,
        }


def _shards(file: FileToRead, workers: int, max_unsharded: int) -> Iterator[tuple[int, int]]:
    """Yield the shards of the slices of a file, one for each worker if it is large."""
    inner = max(workers, 1) if file.size > max_unsharded else 1
    for k, n in file.slices:
        for each in range(inner):
            yield k + n * each, n * inner


def _tasks(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    return batches(jobs, TASK_FILES, TASK_BYTES, lambda job: job.size)


def _worker_count(wanted: int | None, files: int, size: int) -> int:
    """Return how many workers to use for this many files, which have `size` bytes together."""
    if wanted is not None:
        return wanted
    if files < MAX_FILES_HERE and size < MAX_BYTES_HERE:
        return 0
    return min(count_processors(), MAX_WORKERS)


def _current_state(folder: Path) -> State | None:
    try:
        now = generations.state(folder)
    except NoIndexError:
        return None
    check_quickly(folder, now)
    return now


def _all_sources(
    folder: Path, paths: Paths, removed: Paths, *, fresh: bool
) -> tuple[dict[Path, Source], tuple[Path, ...]]:
    """Return the sources that the index is to have, by path, and which of them are gone.

    Raises:
        CablesearchError: none would be left, or nothing could be read without those that are gone.
        NoIndexError: there are none yet.
    """
    named = named_paths(paths)
    known = generations.remembered_sources(folder)
    remembered = {} if fresh and named else without(known, removed)
    gone = gone_sources(remembered.values())
    if gone and (fresh or len(gone) == len({*remembered, *named})):
        rest = " ".join(str(other) for other in remembered if other not in gone) or "PATH"
        raise CablesearchError(
            f"{gone[0]} is gone, a source of this index: mount or restore it,"
            f" or build the index without it: cablesearch reindex {rest}"
        )
    if known and not remembered and not named:
        raise CablesearchError("no source would be left: cablesearch reindex PATH takes another one")
    if not remembered and not named:
        raise NoIndexError(f"the index in {folder} has no sources yet: name them, cablesearch index PATH...")
    there = {
        path: source if path in gone else source._replace(device=path.stat().st_dev)
        for path, source in remembered.items()
    }
    return with_paths(there, named, known) if named else there, gone


def _gone(source: Path) -> Failure:
    """Return the failure of a source that is not there any more."""
    return Failure(
        str(source),
        "this source is gone, and its cables are kept: mount or restore it, or leave it out with"
        f" cablesearch index --remove {source}",
    )


@contextmanager
def _new_generation(folder: Path, old: State | None) -> Iterator[Path]:
    """Create the folder of a new generation; at the end, delete all generations but the current one."""
    generations.delete_old(folder)
    try:
        generation = generations.create_generation(folder)
        if old:
            generations.copy_manifest(old.generation, generation)
        yield generation
    finally:
        generations.delete_old(folder)


@contextmanager
def _blame_damage(folder: Path, old: State | None) -> Iterator[None]:
    """If a build fails, say so if the index that it starts from is damaged: that is why."""
    try:
        yield
    except CablesearchError:
        raise
    except BaseException as error:
        from ..engines.guarded import is_failure

        if old and is_failure(error) and (found := find_damage(folder, old)):
            raise found from error
        raise


@contextmanager
def _explain_disk_errors(folder: Path) -> Iterator[None]:
    """Turn disk errors into errors with a message of one line that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _disk_full(folder) from error
        where = f": {error.filename}" if error.filename else ""
        raise CablesearchError(
            f"the index in {folder} was not built: {error.strerror or error}{where}"
        ) from error
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise _disk_full(folder) from error
        raise damaged(folder, str(error)) from error


def _disk_full(folder: Path) -> CablesearchError:
    return CablesearchError(
        f"the disk of {folder} is full: the index is as it was; make room and build it again"
    )
