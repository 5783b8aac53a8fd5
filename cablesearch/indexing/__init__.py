"""Builds an index on disk from files of cables, brings it up to date, opens it.

    index/
      current.json            names the current generation, its engine and its sources
      generations/000007/     one whole index, never changed once it is current
        engine/               what the engine stores
        SHA256SUMS            the checksums of all its files
        manifest.sqlite       which cables each file gave
        people.sqlite         who its people are; added by the first question that needs it
        people-together.sqlite    likewise of several indexes that are searched as one, in that of the first
      lock  holder.json       one writer at a time, and which process it is

Every build writes a new generation beside the current one and replaces `current.json` last. So a reader
always sees a complete index, and a build that is killed leaves the old one in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from .generations import State, remembered_sources, state
from .time_limit import SECONDS_A_FILE

if TYPE_CHECKING:
    from ..corpus.record import Failure
    from ..engines.cluster import Cluster
    from ..engines.contract import Reader
    from ..model.cable import Row
    from .parts import PartReport
    from .sources import Paths

PEOPLE_CACHE = "people.sqlite"  # in the folder of a generation
PEOPLE_TOGETHER = "people-together.sqlite"  # of it and the other indexes that it was last opened with

__all__ = [
    "PEOPLE_CACHE",
    "PEOPLE_TOGETHER",
    "BuildProgress",
    "Report",
    "State",
    "index_sources",
    "open_generation",
    "open_generations",
    "open_reader",
    "prepare_part",
    "rebuild",
    "state",
    "update",
]


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did, and what is in the index now.

    Attributes:
        engine: the engine that holds the index.
        switched: the engine that held it before, None if it is the same.
        files: files in the sources, of which `read` were read by this build and `unchanged` were not.
        cables: cables in the index, with `paragraphs` in all.
        added: cables that are new; `replaced`: that have changed; `removed`: that are gone.
        duplicates: those that involve a file read by this build: id, source kept, source dropped.
        formats: how many of the cables are of each format, most frequent first.
        collections: how many of the cables are in each collection, most first; some may be in several.
        lost: of how many cables a source has lost something since the last build: the whole, paragraphs, or
            words to redactions.
        without_text: the cables that have no text: id, source, what the source says of it.
        failures: every file, member or row of the sources that could not be read, now or in earlier builds.
        seconds: how long the build took.
        left: the command that deletes the old index on a cluster which this build has left, or nothing.
    """

    engine: str
    switched: str | None
    files: int
    read: int
    unchanged: int
    cables: int
    paragraphs: int
    added: int
    replaced: int
    removed: int
    duplicates: tuple[tuple[str, str, str], ...]
    failures: tuple[Failure, ...]
    seconds: float
    formats: Mapping[str, int] = field(default_factory=dict)
    collections: Mapping[str, int] = field(default_factory=dict)
    without_text: tuple[tuple[str, str, str], ...] = ()
    left: str = ""
    lost: int = 0

    columns: ClassVar = (
        "engine", "switched", "files", "read", "unchanged", "cables", "paragraphs",
        "added", "replaced", "removed", "lost", "seconds",
    )  # fmt: skip

    def rows(self) -> Iterator[Row]:
        """Yield the counts as one flat record."""
        yield {column: getattr(self, column) for column in self.columns}

    def records(self) -> Iterator[dict[str, object]]:
        """Yield the whole report as one record."""
        yield self.as_dict()

    def as_dict(self) -> dict[str, object]:
        """Return the report as JSON values, with the keys of docs/json.md."""
        [counts] = self.rows()
        return {
            **counts,
            "formats": dict(self.formats),
            "collections": dict(self.collections),
            "without_text": [
                {"id": id, "source": source, "reason": reason} for id, source, reason in self.without_text
            ],
            "duplicates": [
                {"id": id, "kept": kept, "dropped": dropped} for id, kept, dropped in self.duplicates
            ],
            "failures": [{"source": one.source, "reason": one.reason} for one in self.failures],
            "left": self.left or None,
        }


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """The progress of a build.

    Attributes:
        stage: `looking` for changes, `reading` files, `writing` the index.
        done: bytes read, of `total`; both are 0 in the other stages.
        cables: cables read so far.
        seconds: time since the build began.
    """

    stage: str
    done: int
    total: int
    cables: int
    seconds: float


def update(
    folder: Path | str,
    paths: Paths = (),
    *,
    engine: str = "auto",
    progress: Callable[[BuildProgress], None] | None = None,
    workers: int | None = None,
    seconds_a_file: float | None = SECONDS_A_FILE,
    check_contents: bool = False,
    remove: Paths = (),
    front_matter: bool | None = None,
    cluster: Cluster | None = None,
    finish: bool = False,
) -> Report:
    """Bring the index up to date with its sources: new, changed and vanished files.

    A source that is gone is reported as a failure, and its cables are kept.

    Args:
        folder: where the index is, or will be.
        paths: files, folders and archives to add to its sources; one or several. Each may be given the name
            of the collection that it belongs to (`nara=~/cables`); one that is a source already gets it.
        engine: `whoosh`, `tantivy`, `opensearch`, or `auto`: the current one, or for a new index the one for
            its size.
        progress: called with the progress of the build, at most 20 times a second.
        workers: processes that read and parse; 0 means this process only, None chooses by the amount of work.
        seconds_a_file: how long a file, or a cable of one with several, may take before it is left out and
            reported; None or 0 for no limit. With `workers` 0 it needs the process's alarm, which Windows has
            not and only the main thread can use.
        check_contents: read every file and compare its cables, whatever its date says.
        remove: sources that the index is to forget with their cables, by their paths or the names of their
            collections; they need not exist any more.
        front_matter: read what editions print before their documents (preface, summary, sources ...), too,
            each section as a cable; None for what the index was built with, or not.
        cluster: where an engine for a cluster is to keep the index; what it leaves open is as it was.
        finish: take what `prepare_part` has prepared of the sources, in place of reading them.

    Raises:
        CablesearchError: a source is missing, `workers` is negative, the index has front matter and it is not
            wanted, or the other way round, or the index cannot be written.
        UnknownEngineError: there is no such engine.
        IndexStateError: there is nothing to index, the index is broken, or another build is writing it.
    """
    from .build import build

    return build(
        *(folder, paths, engine, progress, workers),
        fresh=False,
        seconds_a_file=seconds_a_file,
        check_contents=check_contents,
        remove=remove,
        front_matter=front_matter,
        cluster=cluster,
        finish=finish,
    )


def rebuild(
    folder: Path | str,
    paths: Paths = (),
    *,
    engine: str = "auto",
    progress: Callable[[BuildProgress], None] | None = None,
    workers: int | None = None,
    people: bool = True,
    seconds_a_file: float | None = SECONDS_A_FILE,
    front_matter: bool = False,
    cluster: Cluster | None = None,
    finish: bool = False,
) -> Report:
    """Build the index from scratch, then replace the old one by it.

    The arguments are those of `update`, except that `paths` become the only sources (if there are none, the
    index keeps its sources) and `auto` chooses the engine again, unless the index is on a cluster.

    Args:
        people: recognise the people named; if false, take only those tagged by a source, in later builds too.
        front_matter: as of `update`; in later builds too.
        cluster, finish: as of `update`.
    """
    from .build import build

    return build(
        folder,
        paths,
        engine,
        progress,
        workers,
        fresh=True,
        people=people,
        front_matter=front_matter,
        seconds_a_file=seconds_a_file,
        cluster=cluster,
        finish=finish,
    )


def prepare_part(
    folder: Path | str,
    paths: Paths = (),
    *,
    part: tuple[int, int],
    engine: str = "auto",
    progress: Callable[[BuildProgress], None] | None = None,
    workers: int | None = None,
    people: bool = True,
    seconds_a_file: float | None = SECONDS_A_FILE,
    front_matter: bool = False,
    cluster: Cluster | None = None,
) -> PartReport:
    """Read and parse a part of the sources for an index on a cluster, which several machines build together.

    What it gives waits on the cluster until all parts are there and `update` or `rebuild` finishes the index.
    Of a part that is complete already, nothing is done. Nothing is written to the folder.

    Args:
        folder: where the index will be; it is not read as a source.
        paths: the sources of the index, the same on all machines; if there are none, those it remembers.
        part: `(k, n)`, the k-th of n parts, counted from 1.
        engine, progress, workers, seconds_a_file: as of `update`.
        people, front_matter: as of `rebuild`; the same for all parts, and for the build that finishes.
        cluster: as of `update`; with a name, which all machines give the index.

    Raises:
        CablesearchError: there is no such part, or other parts were made of something else.
    """
    from .build import prepare_part
    from .parts import named_part

    return prepare_part(
        *(folder, paths, named_part(*part), engine, progress, workers),
        people=people,
        front_matter=front_matter,
        seconds_a_file=seconds_a_file,
        cluster=cluster,
    )


def index_sources(folder: Path | str = "index") -> tuple[Path, ...]:
    """Return the sources that an index remembers, even if the index itself can no longer be read."""
    return tuple(source.path for source in remembered_sources(Path(folder)))


def open_reader(folder: Path) -> Reader:
    """Open the current generation, as `open_generation` does."""
    return open_generation(folder)[0]


def open_generation(folder: Path) -> tuple[Reader, State]:
    """Open the current generation; the reader keeps it, whatever is built in the meantime.

    Returns:
        The reader, and the state of the index that it reads.

    Raises:
        NoIndexError: there is no index.
        BrokenIndexError: it is damaged, or of another version.
        IndexStateError: it may not be read.
    """
    from ..engines import engine
    from ..errors import IndexStateError
    from .checking import check_quickly, explain

    while True:
        now = state(folder)
        try:
            check_quickly(folder, now)
            reader = engine(now.engine).read(now.generation / "engine", partial(explain, folder, now))
            return reader, now
        except IndexStateError:
            if state(folder).generation == now.generation:
                raise  # else a build has just replaced this generation and deleted it


def open_generations(folders: Sequence[Path]) -> tuple[Sequence[Path], Reader, tuple[State, ...]]:
    """Open the current generations of several indexes as one, as `open_generation` does.

    Returns:
        The folders, each once, the reader, and the state of each index that it reads.

    Raises:
        IndexStateError: as of `open_generation`; or they cannot be read as one.
    """
    if len(folders) > 1:
        from .together import distinct, open_together

        folders = distinct(folders)
        if len(folders) > 1:
            return folders, *open_together(folders)
    reader, opened = open_generation(folders[0])
    return folders, reader, (opened,)
