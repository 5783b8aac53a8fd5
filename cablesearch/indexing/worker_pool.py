"""A pool of worker processes: tasks go out, outcomes come in, and nothing piles up.

Each worker has one task at a time, which is a few jobs. It waits until its outcomes are taken, so memory use
does not grow with the corpus. If a worker dies, that is noticed at once, and the file that killed it is
named: of several, the one that kills another worker too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from ..errors import CablesearchError
from .prepare import Job, Outcome
from .worker import Work, Worker, WorkerDiedError

Result = tuple[Job, Outcome | None]  # an outcome of a job; None ends the job


class WorkerPool:
    """Workers that apply a function to tasks. A context manager: they end with it.

    Args:
        work: see `Worker`.
        size: how many workers; 0 runs the jobs in this process.
    """

    def __init__(self, work: Work, size: int) -> None:
        self._work = work
        self._size = size
        self._workers: list[Worker] = []
        self._threads = ThreadPoolExecutor(size or 1)  # each thread waits for one worker

    def run(self, tasks: Iterable[list[Job]]) -> Iterator[Result]:
        """Run the tasks, in any order; the outcomes of one job stay in order.

        Raises:
            CablesearchError: a worker died.
        """
        if not self._size:
            return _run_here(self._work, tasks)
        return self._run(iter(tasks))

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *raised: object) -> None:
        for worker in self._workers:
            worker.kill()
        self._threads.shutdown()
        for worker in self._workers:
            worker.close()

    def _run(self, tasks: Iterator[list[Job]]) -> Iterator[Result]:
        idle = list(self._workers)
        busy: dict[Future[list[Outcome | None]], tuple[Worker, deque[Job]]] = {}
        while True:
            while (idle or len(self._workers) < self._size) and (task := next(tasks, None)):
                worker = idle.pop() if idle else self._start_worker()
                busy[self._threads.submit(worker.begin, task)] = worker, deque(task)
            if not busy:
                return
            for future in wait(busy, return_when=FIRST_COMPLETED).done:
                worker, jobs = busy.pop(future)
                try:
                    outcomes = future.result()
                except WorkerDiedError:
                    raise self._death_error(worker, jobs) from None
                yield from _by_job(jobs, outcomes)
                if jobs:
                    busy[self._threads.submit(worker.receive)] = worker, jobs
                else:
                    idle.append(worker)

    def _start_worker(self) -> Worker:
        worker = Worker(self._work)
        self._workers.append(worker)
        return worker

    def _death_error(self, worker: Worker, jobs: Sequence[Job]) -> CablesearchError:
        how = worker.how_it_ended()
        job = jobs[0] if len(jobs) == 1 else self._fatal_job(jobs)
        which, what = (job.path, "that file") if job else (f"{jobs[0].path} and {len(jobs) - 1} more", "them")
        return CablesearchError(
            f"the process that read {which} ended with {how}: the index is as it was;"
            f" with too little memory, try --workers 1; else leave {what} out"
        )

    def _fatal_job(self, jobs: Iterable[Job]) -> Job | None:
        """Return the job that kills another worker too, None if that worker completes all of them."""
        worker = self._start_worker()
        for job in jobs:
            try:
                outcomes = worker.begin([job])
                while outcomes[-1] is not None:
                    outcomes = worker.receive()
            except WorkerDiedError:
                return job
        return None


def _run_here(work: Work, tasks: Iterable[list[Job]]) -> Iterator[Result]:
    for task in tasks:
        yield from _by_job(deque(task), work(task))


def _by_job(jobs: deque[Job], outcomes: Iterable[Outcome | None]) -> Iterator[Result]:
    """Yield each outcome with its job; remove the jobs that have ended."""
    for outcome in outcomes:
        yield jobs[0], outcome
        if outcome is None:
            jobs.popleft()
