"""A build that several machines share: which files each of them reads, and how it passes on what they gave.

Each part walks all sources and reads its share of the files; what they gave waits where the engine keeps it
(`engines.parts`). The build that finishes takes that in place of reading the files, and does everything else
as if it had read them itself, so the result is the same. A file that has changed since, it reads itself.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, ClassVar

from .._version import __version__
from ..corpus.record import Failure
from ..engines.parts import Item, Part
from ..errors import CablesearchError
from .manifest import FileToRead, Manifest
from .prepare import Job, Position, PreparedCable

if TYPE_CHECKING:
    from ..engines.parts import Parts
    from ..model.cable import Row
    from .progress import Progress
    from .sources import Source
    from .worker_pool import Result

SPLIT_BYTES = 32_000_000  # of a larger file each part parses its share of the cables

_FACTS = ("id", "plain_id", "digest", "format", "without_text", "words", "text", "partial", "released")


@dataclass(frozen=True, slots=True)
class PartReport:
    """What was prepared of a build that several machines share.

    Attributes:
        part: such as `3/8`.
        done: false if the part was complete already, so that nothing was to do.
        files: files that were read, or shares of large ones; `cables`: those found in them.
        missing: the parts that are not complete yet.
        failures: what could not be read.
        seconds: how long it took.
    """

    part: str
    done: bool
    files: int
    cables: int
    missing: tuple[str, ...]
    failures: tuple[Failure, ...]
    seconds: float

    columns: ClassVar = ("part", "done", "files", "cables", "seconds")

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
            "missing": list(self.missing),
            "failures": [{"source": one.source, "reason": one.reason} for one in self.failures],
        }


def named_part(number: int, of: int) -> Part:
    """Return a part of a build.

    Raises:
        CablesearchError: there is no such part.
    """
    if not 1 <= number <= of:
        raise CablesearchError(f"there is no part {number}/{of}: the parts are 1/{of} to {of}/{of}")
    return Part(number, of)


def agreed(sources: Iterable[Source], *, people: bool, front_matter: bool) -> dict[str, str]:
    """Return what all parts of a build must have in common, by its name in words."""
    return {
        "version of cablesearch": __version__,
        "list of sources": " ".join(f"{source.collection}={source.path}" for source in sources),
        "choice of people": "recognised" if people else "as tagged",
        "choice of front matter": "read" if front_matter else "left out",
    }


def share(files: Iterable[FileToRead], part: Part) -> Iterator[FileToRead]:
    """Yield the files that a part reads, with the slice of each: the same however the others are read."""
    for file in files:
        if file.size > SPLIT_BYTES:
            yield replace(file, slices=((part.number - 1, part.of),))
        elif _hash(file.path) % part.of == part.number - 1:
            yield file


def _hash(path: str) -> int:
    return int.from_bytes(blake2b(os.fsencode(path), digest_size=8).digest())


def pass_on(
    files: Iterable[FileToRead], results: Iterable[Result], parts: Parts, progress: Progress
) -> Iterator[Failure]:
    """Add what a part reads to the parts that wait; yield what could not be read."""
    by_number = {file.number: file for file in files}
    for file in by_number.values():
        for shard in file.slices:
            parts.add(Item(_head(file, {"slice": shard})))
    for job, outcome in results:
        match outcome:
            case PreparedCable() as cable:
                progress.cables += 1
                facts = {name: getattr(cable, name) for name in _FACTS}
                facts |= {"place": os.fsdecode(cable.place), "likeness": cable.likeness.hex()}
                parts.add(Item(_head(by_number[job.file], facts), cable.packed, cable.rows))
            case Failure(source, reason, traceback):
                facts = {"source": source, "reason": reason, "traceback": traceback}
                parts.add(Item(_head(by_number[job.file], facts)))
                yield outcome
            case Position():
                done = min(job.size, outcome.at // job.shard[1])
                progress.reach((job.file, job.shard), done)
            case None:
                progress.end((job.file, job.shard), job.size)


def _head(file: FileToRead, facts: Mapping[str, object]) -> bytes:
    # The name of a file may hold half characters, which JSON's escapes keep.
    return json.dumps([file.path, file.size, file.modified, facts]).encode()


def prepared(items: Iterable[Item], manifest: Manifest, engine: str) -> Iterator[Result]:
    """Yield what parts have prepared of the files to be read, as a worker pool yields what it reads.

    What is of a file that is no longer as it was then is left out, and the file remains to be read.
    """
    known: tuple[object, ...] = ()
    number: int | None = None
    for item in items:
        path, size, modified, facts = json.loads(item.head)
        if known != (path, size, modified):
            known = path, size, modified
            number = manifest.unchanged_file(os.fsencode(path), size, modified)
        if number is None:
            continue
        job = Job(number, path, size)
        if "slice" in facts:
            k, n = facts["slice"]
            manifest.mark_prepared(number, (k, n))
            yield replace(job, size=size // n, shard=(k, n)), None
        else:
            yield job, _outcome(facts, item, engine)


def _outcome(facts: dict[str, Any], item: Item, engine: str) -> PreparedCable | Failure:
    if "reason" in facts:
        return Failure(**facts)
    return PreparedCable(
        **facts | {"place": os.fsencode(facts["place"]), "likeness": bytes.fromhex(facts["likeness"])},
        packed=item.packed,
        engine=engine,
        rows=item.rows,
    )
