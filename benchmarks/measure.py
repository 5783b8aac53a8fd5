"""Run a command and measure its cost: wall-clock and CPU seconds, peak memory of all its processes."""

from __future__ import annotations

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
    started, peak = time.perf_counter(), [0, 0.0]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch = threading.Thread(target=_watch, args=(process, peak))
    watch.start()
    status = process.wait()
    seconds = time.perf_counter() - started
    watch.join()
    return Cost(seconds, peak[1], int(peak[0]), status)


def _watch(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    """Update the peak memory and the CPU time of a process and its children; shared pages count once."""
    spent: dict[int, float] = {}
    while process.poll() is None:
        total = 0
        try:
            top = psutil.Process(process.pid)
            for one in (top, *top.children(recursive=True)):
                with_shared = one.memory_full_info()
                total += getattr(with_shared, "pss", with_shared.rss)
                times = one.cpu_times()
                spent[one.pid] = times.user + times.system
        except psutil.Error:
            continue  # it has ended in the meantime
        peak[0], peak[1] = max(peak[0], total), sum(spent.values())
        time.sleep(INTERVAL)
