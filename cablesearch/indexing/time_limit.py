"""A limit to how long one step of reading may take, so that no file stops a build."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from ..errors import TookTooLongError

SECONDS_A_FILE = 60.0  # for a file, or a cable of one with several; the longest cable takes under one
_AGAIN = 1.0  # seconds after which an alarm is repeated that was lost, as in a destructor

T = TypeVar("T")


class _Alarm:
    """The handler of the process's alarm."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def set(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, min(self._seconds, threading.TIMEOUT_MAX), _AGAIN)

    def __call__(self, _signal: int, _frame: object) -> None:
        raise TookTooLongError(self._seconds)


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Raise a TookTooLongError in the block once it has taken this long; None or 0 is no limit.

    It needs the process's alarm. So there is no limit on Windows, in another thread than the main one, or
    where the alarm is in use; and it comes late in a library's code that does not return.
    """
    if not seconds or not _alarm_is_free():
        yield
        return

    alarm = _Alarm(seconds)
    signal.signal(signal.SIGALRM, alarm)
    try:
        alarm.set()
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


def restart_time_limit() -> None:
    """Let the time of a `time_limit` that is running begin anew: a step within its block is done."""
    if hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread():
        alarm = signal.getsignal(signal.SIGALRM)
        if isinstance(alarm, _Alarm):
            alarm.set()


def each_in_time(items: Iterable[T], seconds: float | None) -> Iterator[T]:
    """Yield items, each of which may take this long to come; see `time_limit`."""
    iterator = iter(items)
    while True:
        try:
            with time_limit(seconds):
                item = next(iterator)
        except StopIteration:
            return
        yield item


def _alarm_is_free() -> bool:
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
        and signal.getitimer(signal.ITIMER_REAL)[0] == 0
    )
