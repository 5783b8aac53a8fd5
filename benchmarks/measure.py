"""Run a command and measure its cost: wall-clock and CPU seconds, peak memory of all its processes."""

from __future__ import annotations

import resource
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import psutil

INTERVAL = 0.5  # seconds between two measurements of memory, each of which takes some milliseconds


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of a command: wall-clock and CPU seconds, peak bytes over all processes; its exit status."""

    seconds: float
    processor: float
    memory: int
    status: int


def run(command: Sequence[str]) -> Cost:
    """Run a command to its end and discard its output."""
    started, before, peak = time.perf_counter(), _processor(), [0]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch = threading.Thread(target=_watch, args=(process, peak))
    watch.start()
    status = process.wait()
    seconds = time.perf_counter() - started
    watch.join()
    return Cost(seconds, _processor() - before, peak[0], status)


def _processor() -> float:
    """Return the CPU seconds of all processes that have ended, and were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(process: subprocess.Popen[bytes], peak: list[int]) -> None:
    """Update the peak memory of a process and its children; shared pages count once."""
    while process.poll() is None:
        total = 0
        try:
            top = psutil.Process(process.pid)
            for one in (top, *top.children(recursive=True)):
                with_shared = one.memory_full_info()
                total += getattr(with_shared, "pss", with_shared.rss)
        except psutil.Error:
            continue  # it has ended in the meantime
        peak[0] = max(peak[0], total)
        time.sleep(INTERVAL)
