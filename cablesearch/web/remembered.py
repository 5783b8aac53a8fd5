"""Answers that are given again: who asks what was asked before, or is being asked, gets the same one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """The latest answers, by what was asked.

    Args:
        capacity: how much is kept.
        size: returns how much of that an answer takes.
    """

    def __init__(self, capacity: int, size: Callable[[T], int]) -> None:
        self._room = capacity
        self._size = size
        self._answers: OrderedDict[Hashable, T] = OrderedDict()
        self._asked: dict[Hashable, Future[T]] = {}
        self._lock = Lock()

    def get(self, question: Hashable, ask: Callable[[], T]) -> T:
        """Return the answer to a question: an old one, or what `ask` returns.

        Of those who ask the same at the same time, one calls it for all; so its error is raised for all.
        """
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
                return self._answers[question]
            asked = self._asked.get(question)
            if not asked:
                made = self._asked[question] = Future()
        if asked:
            return asked.result()
        try:
            made.set_result(ask())
        except BaseException as error:
            made.set_exception(error)
        with self._lock:
            del self._asked[question]
            if not made.exception():
                self._keep(question, made.result())
        return made.result()

    def _keep(self, question: Hashable, answer: T) -> None:
        self._answers[question] = answer
        self._room -= self._size(answer)
        while self._room < 0:
            self._room += self._size(self._answers.popitem(last=False)[1])
