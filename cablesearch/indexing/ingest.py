"""Gives the cables that were read to the engine: of several with one id, the fullest."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from ..corpus.record import Failure
from .destination import Destination
from .manifest import GONE, HELD_BEFORE, HELD_NOW, NOT_HELD, TO_READ, Entry, Manifest, rank
from .prepare import Job, Position, PreparedCable, Unchanged
from .progress import Progress
from .worker_pool import Result


class Ingest:
    """Takes the results of jobs, gives the engine the fullest cable of each id, and counts what changes."""

    def __init__(self, manifest: Manifest, destination: Destination, progress: Progress) -> None:
        self._manifest = manifest
        self._destination = destination
        self._progress = progress
        self.added = self.replaced = self.removed = 0

    def take(self, results: Iterable[Result]) -> None:
        """Take the results from new and changed files."""
        for job, outcome in results:
            match outcome:
                case PreparedCable():
                    self._progress.cables += 1
                    self._add(job, outcome)
                case Unchanged():
                    self._destination.keep(self._manifest.mark_unchanged(outcome.row))
                case Failure():
                    self._manifest.add_failure(job.file, outcome)
                case Position():
                    done = min(job.size, outcome.at // job.shard[1])
                    self._progress.reach((job.file, job.shard), done)
                case None:
                    self._progress.end((job.file, job.shard), job.size)

    def settle(self) -> None:
        """Decide which cable of each duplicated id the engine is to hold, now that all files are read."""
        for id in self._manifest.ids_to_settle():
            entries = self._manifest.entries(id)
            best = next((entry for entry in entries if not entry.stale), None)
            holder = _holder(entries)
            if best and not best.held:
                self._manifest.request(best.row)
            elif holder and not best:
                self._release(holder, id)
                self.removed += 1

    def take_requested(self, results: Iterable[Result]) -> None:
        """Take the requested cables, whose files were read again for them."""
        for job, outcome in results:
            if isinstance(outcome, PreparedCable):
                self._hold_requested(job, outcome)
        self._manifest.drop_requests()

    def duplicates(self) -> Iterator[tuple[str, str, str]]:
        """Yield the duplicates that involve a file read by this build: id, kept source, dropped source."""
        for id in self._manifest.ids_to_settle():
            entries = [entry for entry in self._manifest.entries(id) if not entry.stale]
            for entry in entries[1:]:
                if TO_READ in (entries[0].status, entry.status):
                    yield id, entries[0].source, entry.source

    def _add(self, job: Job, cable: PreparedCable) -> None:
        holder = _holder(self._manifest.entries(cable.id))
        held = holder is None or _is_better(job, cable, holder)
        if holder:
            self._manifest.mark_duplicate(cable.id)
        if holder and held:
            self._release(holder, cable.id)
        if held:
            self._destination.add(cable)
            self.added += holder is None
            self.replaced += holder is not None and holder.held == HELD_BEFORE
        self._manifest.add_cable(job.file, cable, held=held)

    def _hold_requested(self, job: Job, cable: PreparedCable) -> None:
        entries = self._manifest.entries(cable.id)
        holder = _holder(entries)
        for entry in entries:
            if (entry.file, entry.place, entry.held) == (job.file, cable.place, NOT_HELD):
                if holder:
                    self._release(holder, cable.id)
                    self.replaced += holder.held == HELD_BEFORE
                self._destination.add(cable)
                self._manifest.set_held(entry.row, HELD_NOW)

    def _release(self, holder: Entry, id: str) -> None:
        self._destination.remove(id)
        self._manifest.set_held(holder.row, NOT_HELD)


def _holder(entries: Iterable[Entry]) -> Entry | None:
    """Return the entry whose cable the engine holds, None if there is none."""
    return next((entry for entry in entries if entry.held), None)


def _is_better(job: Job, cable: PreparedCable, holder: Entry) -> bool:
    """Whether a cable replaces the one held: that is gone, its file now has this one, or this is fuller."""
    if holder.stale and (holder.status == GONE or holder.file == job.file):
        return True
    own = rank(cable.words, cable.partial, cable.released, os.fsencode(job.path), cable.place)
    return own < holder.rank
