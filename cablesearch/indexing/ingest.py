"""Gives the cables that were read to the engine: of one cable in several files, the fullest."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..corpus.record import Failure
from .destination import Destination
from .likeness import group_by_cable, is_same, suffixes
from .manifest import GONE, HELD_BEFORE, HELD_NOW, NOT_HELD, TO_READ, Entry, Filing, Manifest, rank
from .prepare import Job, Position, PreparedCable, Rest, Unchanged
from .progress import Progress
from .worker_pool import Result


class Ingest:
    """Takes the results of jobs, gives the engine each cable once, and counts what changes.

    Attributes:
        added, replaced, removed: cables, complete after `conclude`.
    """

    def __init__(self, manifest: Manifest, destination: Destination, progress: Progress) -> None:
        self._manifest = manifest
        self._destination = destination
        self._progress = progress
        self.added = self.replaced = self.removed = 0
        self._released: Counter[str] = Counter()  # of earlier builds, by id

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
                case Rest():
                    self._manifest.leave_rest(job.file, job.shard, outcome.start)
                case None:
                    self._progress.end((job.file, job.shard), job.size)

    def settle(self) -> None:
        """Decide which cables of each shared id the engine is to hold, now that all files are read."""
        for id in self._manifest.ids_to_settle():
            entries = self._manifest.entries(id)
            wanted = {
                best.row: Filing(suffix, also_in_collections(others, best))
                for suffix, (best, *others) in _cables(entries)
            }
            for entry in entries:
                filing = wanted.get(entry.row)
                if entry.held and filing == entry.filing:
                    continue
                if entry.held and filing and not entry.is_there:
                    self._manifest.postpone(entry.row)
                    continue
                if entry.held:
                    self._release(entry)
                if filing:
                    self._manifest.request(entry.row, filing)
            for suffix, (best, *others) in _cables(entries):
                for other in others:
                    stays = best.held == HELD_BEFORE and best.suffix == suffix
                    self._manifest.file_version(other.row, id + suffix, changed=not stays)

    def take_requested(self, results: Iterable[Result]) -> None:
        """Take the requested cables, whose files were read again for them."""
        for job, outcome in results:
            if isinstance(outcome, PreparedCable):
                entry = self._manifest.requested(job.file, outcome.place)
                if job.only and entry and not entry.held and entry.id == outcome.plain_id:
                    self._destination.add(outcome)
                    self._manifest.set_held(entry.row, HELD_NOW, job.only[outcome.place])
        self._manifest.drop_requests()

    def take_versions(self, results: Iterable[Result]) -> None:
        """Take other versions of cables that the engine holds, whose files were read again for them."""
        for job, outcome in results:
            if isinstance(outcome, PreparedCable):
                row = self._manifest.version_at(job.file, outcome.place)
                if row is not None:
                    self._manifest.keep_version(row, outcome.packed)

    def conclude(self) -> tuple[tuple[str, str, str], ...]:
        """Count what changed; return the duplicates that involve a file read by this build.

        Returns:
            Of each duplicate the id, the source kept and the source dropped.
        """
        found: list[tuple[str, str, str]] = []
        for id in self._manifest.ids_to_settle():
            entries = self._manifest.entries(id)
            gone, new = self._released[id], sum(entry.held == HELD_NOW for entry in entries)
            self.replaced += min(gone, new)
            self.added += max(new - gone, 0)
            self.removed += max(gone - new, 0)
            for suffix, (kept, *others) in _cables(entries):
                read = (entry for entry in others if TO_READ in (kept.status, entry.status))
                found += ((id + suffix, kept.source, entry.source) for entry in read)
        return tuple(found)

    def _add(self, job: Job, cable: PreparedCable) -> None:
        rival = self._manifest.rival(cable.id)
        held = not rival or _replaces(job, cable, rival)
        self.added += not rival
        if rival and self._manifest.mark_shared(cable.id):
            self.added -= rival.held == HELD_NOW  # it is counted with the others of its id
        if rival and held:
            self._release(rival)
        if held:
            self._destination.add(cable)
        row = self._manifest.add_cable(job.file, cable, held=held)
        if not held:
            self._manifest.keep_version(row, cable.packed)

    def _release(self, entry: Entry) -> None:
        """Take a cable from the engine."""
        self._destination.remove(entry.id + entry.suffix)
        self._manifest.set_held(entry.row, NOT_HELD)
        if entry.held == HELD_BEFORE:
            self._released[entry.id] += 1


def _cables(entries: Iterable[Entry]) -> Iterator[tuple[str, Sequence[Entry]]]:
    """Yield the suffix and the entries, the fullest first, of each cable of an id."""
    groups = group_by_cable([entry for entry in entries if not entry.stale])
    yield from zip(suffixes(groups), groups, strict=True)


def also_in_collections(others: Iterable[Entry], held: Entry) -> tuple[str, ...]:
    """Return the collections that have a cable beside the one whose text the engine holds, sorted."""
    return tuple(sorted({entry.collection for entry in others} - {held.collection, ""}))


def _replaces(job: Job, cable: PreparedCable, rival: Entry) -> bool:
    """Whether a cable at once replaces one of its id that is gone, or that it is a fuller text of.

    All that this leaves undecided, `settle` decides.
    """
    if not rival.held or rival.suffix:
        return False
    if rival.stale and (rival.status == GONE or rival.file == job.file):
        return True
    own = rank(cable.words, cable.partial, cable.released, os.fsencode(job.path), cable.place)
    return own < rival.rank and is_same(cable, rival)
