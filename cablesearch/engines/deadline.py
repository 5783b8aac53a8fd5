"""A bound to how long a question may take."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar, copy_context
from math import inf
from threading import TIMEOUT_MAX, Thread
from time import monotonic
from typing import NamedTuple, TypeVar

from ..errors import SlowQueryError

T = TypeVar("T")


class _Deadline(NamedTuple):
    """When the time is up, on the clock of `monotonic`, and how many seconds it was."""

    at: float
    seconds: float


_NONE = _Deadline(inf, inf)
_deadline: ContextVar[_Deadline] = ContextVar("deadline", default=_NONE)


def check_deadline() -> None:
    """Raise a SlowQueryError if the time of the question is up. Engines call it between their steps."""
    deadline = _deadline.get()
    if monotonic() > deadline.at:
        raise SlowQueryError(deadline.seconds)


def within(seconds: float | None, ask: Callable[[], T]) -> T:
    """Return what `ask` returns, unless it takes longer; None or 0 is no bound, nor is one within another.

    It is asked in a thread of its own, since a library's code cannot be interrupted: the answer is in time,
    and the thread ends when the engine next looks at the clock.

    Raises:
        SlowQueryError: it takes longer.
    """
    if not seconds or _deadline.get().at < inf:
        return ask()
    from concurrent.futures import Future

    outcome: Future[T] = Future()

    def run() -> None:
        _deadline.set(_Deadline(monotonic() + seconds, seconds))
        try:
            outcome.set_result(ask())
        except BaseException as error:  # the waiting thread raises it
            outcome.set_exception(error)

    Thread(target=copy_context().run, args=(run,), daemon=True).start()
    try:
        return outcome.result(min(seconds, TIMEOUT_MAX))  # 292 years on most systems
    except TimeoutError:
        if outcome.done():  # with such an error of its own, or just now
            return outcome.result()
        raise SlowQueryError(seconds) from None
