"""How far a build is, told at most 20 times a second."""

from __future__ import annotations

import time
from collections.abc import Callable

from . import Progress

_PAUSE = 0.05  # seconds between two tellings


class Meter:
    """Counts what is done, the `cables` too, and tells `progress` of it."""

    def __init__(self, progress: Callable[[Progress], None] | None) -> None:
        self._progress = progress
        self._started = time.monotonic()
        self._told = 0.0
        self._stage, self._total, self.cables = "looking", 0, 0
        self._ended = 0  # bytes of the jobs that are done
        self._under_way: dict[object, int] = {}  # bytes done of each job that is not

    @property
    def seconds(self) -> float:
        """Give the time since the build began."""
        return time.monotonic() - self._started

    def stage(self, stage: str, total: int = 0) -> None:
        """Begin a stage, of so many bytes."""
        self._stage, self._total, self._ended = stage, total, 0
        self._tell()

    def reach(self, job: object, done: int) -> None:
        """Note how many bytes of a job are done."""
        self._under_way[job] = max(done, self._under_way.get(job, 0))
        self._tell_sometimes()

    def end(self, job: object, size: int) -> None:
        """Count a job as done."""
        self._under_way.pop(job, None)
        self._ended += size
        self._tell_sometimes()

    def _tell_sometimes(self) -> None:
        if self._progress and time.monotonic() - self._told > _PAUSE:
            self._tell()

    def _tell(self) -> None:
        if self._progress:
            self._told = time.monotonic()
            done = self._ended + sum(self._under_way.values())
            self._progress(Progress(self._stage, done, self._total, self.cables, self.seconds))
