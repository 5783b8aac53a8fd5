"""What the files gave, into the engine: which of several cables of one id it holds."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from ..corpus.record import Failure
from .destination import Target
from .manifest import GONE, TO_READ, Entry, Manifest, rank
from .prepare import Job, Position, PreparedCable, Unchanged
from .progress import Meter
from .worker_pool import Result


class Filling:
    """Gives the engine, from the results of jobs, the fullest cable of each id; counts what that changes."""

    def __init__(self, manifest: Manifest, target: Target, meter: Meter) -> None:
        self._manifest = manifest
        self._target = target
        self._meter = meter
        self.added = self.replaced = self.removed = 0

    def read(self, results: Iterable[Result]) -> None:
        """Take what new and changed files give."""
        for job, outcome in results:
            match outcome:
                case PreparedCable():
                    self._meter.cables += 1
                    self._take(job, outcome)
                case Unchanged():
                    self._target.keep(self._manifest.confirm(outcome.row))
                case Failure():
                    self._manifest.fail(job.file, outcome)
                case Position():
                    self._meter.reach((job.file, job.shard), min(job.size, outcome.at // job.shard[1]))
                case None:
                    self._meter.end((job.file, job.shard), job.size)

    def judge(self) -> None:
        """Decide which cable of each contested id is held, now that all files are read; none may be left."""
        for id in self._manifest.contested():
            entries = self._manifest.entries(id)
            best = next((entry for entry in entries if not entry.stale), None)
            holder = next((entry for entry in entries if entry.held), None)
            if best and not best.held:
                self._manifest.want(best.row)
            elif holder and not best:
                self._release(holder, id)
                self.removed += 1

    def fetch(self, results: Iterable[Result]) -> None:
        """Take the wanted cables, whose files are read again for them."""
        for job, outcome in results:
            if isinstance(outcome, PreparedCable):
                self._fetched(job, outcome)
        self._manifest.drop_wanted()

    def duplicates(self) -> Iterator[tuple[str, str, str]]:
        """Give each cable that a file read now shards with another: id, source kept, source dropped."""
        for id in self._manifest.contested():
            entries = [entry for entry in self._manifest.entries(id) if not entry.stale]
            for entry in entries[1:]:
                if TO_READ in (entries[0].status, entry.status):
                    yield id, entries[0].source, entry.source

    def _take(self, job: Job, found: PreparedCable) -> None:
        id = found.id
        holder = next((entry for entry in self._manifest.entries(id) if entry.held), None)
        taken = holder is None or _gives_way(holder, job, found)
        if holder:
            self._manifest.contest(id)
        if holder and taken:
            self._release(holder, id)
        if taken:
            self._target.add(found)
            self.added += holder is None
            self.replaced += holder is not None and holder.held == 1
        self._manifest.insert(job.file, found, held=taken)

    def _fetched(self, job: Job, found: PreparedCable) -> None:
        id = found.id
        entries = self._manifest.entries(id)
        holder = next((entry for entry in entries if entry.held), None)
        for entry in entries:
            if (entry.file, entry.place, entry.held) == (job.file, found.place, 0):
                if holder:
                    self._release(holder, id)
                    self.replaced += holder.held == 1
                self._target.add(found)
                self._manifest.hold(entry.row, 2)

    def _release(self, holder: Entry, id: str) -> None:
        self._target.remove(id)
        self._manifest.hold(holder.row, 0)


def _gives_way(holder: Entry, job: Job, found: PreparedCable) -> bool:
    """Say whether what is held makes room: it is gone, its file says another thing now, or this is fuller."""
    if holder.stale and (holder.status == GONE or holder.file == job.file):
        return True
    ours = rank(found.words, found.partial, found.released, os.fsencode(job.path), found.place)
    return ours < holder.rank
