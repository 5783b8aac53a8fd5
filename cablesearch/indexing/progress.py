"""Reports the progress of a build, at most 20 times a second."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable

from . import BuildProgress

INTERVAL = 0.05  # seconds between two reports


class Progress:
    """Counts bytes and `cables` that are done, and reports them to a callback, if there is one."""

    def __init__(self, report: Callable[[BuildProgress], None] | None) -> None:
        self._report = report
        self._started = time.monotonic()
        self._reported = 0.0
        self._stage, self._total, self.cables = "looking", 0, 0
        self._ended = 0  # bytes of the jobs that are done
        self._under_way: dict[Hashable, int] = {}  # bytes done of each job that is not

    @property
    def seconds(self) -> float:
        """The seconds since the build began."""
        return time.monotonic() - self._started

    def begin_stage(self, stage: str, total: int = 0) -> None:
        """Begin a stage with this many bytes to do."""
        self._stage, self._total, self._ended = stage, total, 0
        self._send()

    def reach(self, job: Hashable, done: int) -> None:
        """Note how many bytes of a job are done."""
        self._under_way[job] = max(done, self._under_way.get(job, 0))
        self._send_sometimes()

    def end(self, job: Hashable, size: int) -> None:
        """Count a job as done."""
        self._under_way.pop(job, None)
        self._ended += size
        self._send_sometimes()

    def _send_sometimes(self) -> None:
        if self._report and time.monotonic() - self._reported > INTERVAL:
            self._send()

    def _send(self) -> None:
        if self._report:
            self._reported = time.monotonic()
            done = self._ended + sum(self._under_way.values())
            self._report(BuildProgress(self._stage, done, self._total, self.cables, self.seconds))
