"""Worker processes: jobs go out, what they yield comes in, and nothing piles up.

Each worker has one task at a time, a few jobs, and a pipe of its own. A worker whose outcomes are not taken
waits in its pipe, so that the memory in use does not grow with the corpus; one that dies ends its pipe,
so that it is known at once, and by the file that it had: of several the one by which another worker dies too.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any, TypeAlias, cast

from ..errors import CablesearchError
from .batches import batches
from .prepare import Job, Outcome, text_size

Pipe: TypeAlias = "Connection[Any, Any]"
Work = Callable[[list[Job]], Iterator[Outcome | None]]
Result = tuple[Job, Outcome | None]  # an outcome of a job; None ends the job

_BATCH, _BATCH_TEXT = 64, 1_000_000  # outcomes sent at once, and bytes of their text


class Crew:
    """Workers that run one function of a task. A context manager: leaving it ends them.

    Args:
        work: a function of a module, not of `__main__`; gives the outcomes of each job in turn, then None.
        size: how many workers; 0 runs the jobs in this process.
    """

    def __init__(self, work: Work, size: int) -> None:
        self._work = work
        self._size = size
        self._workers: dict[Pipe, BaseProcess] = {}

    def run(self, tasks: Iterable[list[Job]]) -> Iterator[Result]:
        """Do the tasks, in any order; within a job the outcomes keep theirs.

        Raises:
            CablesearchError: a worker died.
        """
        if not self._size:
            return _run_here(self._work, tasks)
        return self._run(iter(tasks))

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, *raised: object) -> None:
        for pipe, worker in self._workers.items():
            if kind:
                worker.terminate()
            pipe.close()
        for worker in self._workers.values():
            worker.join()

    def _run(self, tasks: Iterator[list[Job]]) -> Iterator[Result]:
        idle = list(self._workers)
        busy: dict[Pipe, deque[Job]] = {}
        while True:
            while (idle or len(self._workers) < self._size) and (task := next(tasks, None)):
                pipe = idle.pop() if idle else self._hire()
                busy[pipe] = deque(task)
                self._tell(pipe, task)
            if not busy:
                return
            for ready in wait(list(busy)):
                pipe = cast(Pipe, ready)
                yield from self._hear(pipe, busy[pipe])
                if not busy[pipe]:
                    del busy[pipe]
                    idle.append(pipe)

    def _tell(self, pipe: Pipe, task: list[Job]) -> None:
        try:
            pipe.send(task)
        except OSError:
            raise self._loss(pipe, task) from None

    def _hear(self, pipe: Pipe, jobs: deque[Job]) -> Iterator[Result]:
        try:
            outcomes = pipe.recv()
        except (EOFError, OSError):
            raise self._loss(pipe, jobs) from None
        yield from _of_jobs(jobs, outcomes)

    def _loss(self, pipe: Pipe, jobs: Sequence[Job]) -> CablesearchError:
        worker = self._workers[pipe]
        worker.join()
        status = worker.exitcode or 0
        how = f"signal {-status}" if status < 0 else f"status {status}"
        job = jobs[0] if len(jobs) == 1 else next(filter(self._is_fatal, jobs), None)
        which, what = (job.path, "that file") if job else (f"{jobs[0].path} and {len(jobs) - 1} more", "them")
        return CablesearchError(
            f"the process that read {which} ended with {how}: the index is as it was;"
            f" with too little memory, try --workers 1; else leave {what} out"
        )

    def _is_fatal(self, job: Job) -> bool:
        """Tell whether a worker that does this job alone dies too."""
        pipe = self._hire()
        try:
            pipe.send([job])
            while pipe.recv()[-1] is not None:
                pass
        except (EOFError, OSError):
            return True
        return False

    def _hire(self) -> Pipe:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        worker = context.Process(target=_serve, args=(self._work, theirs), daemon=True)
        with _apart():
            worker.start()
        theirs.close()
        self._workers[ours] = worker
        return ours


def _run_here(work: Work, tasks: Iterable[list[Job]]) -> Iterator[Result]:
    for task in tasks:
        yield from _of_jobs(deque(task), work(task))


def _of_jobs(jobs: deque[Job], outcomes: Iterable[Outcome | None]) -> Iterator[Result]:
    """Give outcomes with their jobs; those that have ended are taken out."""
    for outcome in outcomes:
        yield jobs[0], outcome
        if outcome is None:
            jobs.popleft()


def _serve(work: Work, pipe: Pipe) -> None:
    """Do tasks until the pipe ends: the life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # not inherited on Windows
    try:
        while True:
            for outcomes in batches(work(pipe.recv()), _BATCH, _BATCH_TEXT, text_size):
                pipe.send(outcomes)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # the build has ended, or was killed


@contextmanager
def _apart() -> Iterator[None]:
    """Start processes that leave Ctrl-C to this one, and that do not import its main module.

    Workers need nothing of it, and a script that calls `update_index` without a guard would start again.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    first = threading.current_thread() is threading.main_thread()  # signals are the main thread's alone
    before: Any = signal.signal(signal.SIGINT, signal.SIG_IGN) if first else None
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        if first:
            signal.signal(signal.SIGINT, before)
