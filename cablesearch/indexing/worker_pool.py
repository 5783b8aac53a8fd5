"""A pool of worker processes: tasks go out, outcomes come in, and nothing piles up.

Each worker has one task at a time, which is a few jobs. It waits until its outcomes are taken, so memory use
does not grow with the corpus. If a worker dies, that is noticed at once, and the file that killed it is
named: of several, the one that kills another worker too.

A worker stops by itself what takes too long (`time_limit`). One that cannot, since a library's code does not
return, is killed; the rest of its task is done file by file, and what is late again is a failure.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from itertools import islice

from ..corpus.record import Failure
from ..errors import CablesearchError, TookTooLongError
from .prepare import Job, Outcome
from .worker import Work, Worker, WorkerDiedError, WorkerLateError

Result = tuple[Job, Outcome | None]  # an outcome of a job; None ends the job

PATIENCE = 4  # times the limit of a file after which a worker is killed: it sends outcomes of several at once


@dataclass(slots=True)
class _Task:
    """The jobs that a worker does one after the other.

    Attributes:
        jobs: those that have not ended.
        taken: how many outcomes of the first of them were taken.
    """

    jobs: deque[Job]
    taken: int = 0

    def results(self, outcomes: Iterable[Outcome | None]) -> Iterator[Result]:
        """Yield each outcome with its job; remove the jobs that have ended."""
        for outcome in outcomes:
            self.taken += 1
            yield self.jobs[0], outcome
            if outcome is None:
                self.jobs.popleft()
                self.taken = 0


class WorkerPool:
    """Workers that apply a function to tasks. A context manager: they end with it.

    Args:
        work: see `Worker`.
        size: how many workers; 0 runs the jobs in this process.
        seconds: how long a file may take, None for no limit; see `PATIENCE`.
    """

    def __init__(self, work: Work, size: int, seconds: float | None = None) -> None:
        self._work = work
        self._size = size
        self._seconds = seconds
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
        busy: dict[Future[list[Outcome | None]], tuple[Worker, _Task]] = {}
        while True:
            while (idle or len(self._workers) < self._size) and (jobs := next(tasks, None)):
                worker = idle.pop() if idle else self._start_worker()
                busy[self._threads.submit(worker.begin, jobs)] = worker, _Task(deque(jobs))
            if not busy:
                return
            for future in wait(busy, return_when=FIRST_COMPLETED).done:
                worker, task = busy.pop(future)
                try:
                    outcomes = future.result()
                except WorkerDiedError:
                    raise self._death_error(worker, task.jobs) from None
                except WorkerLateError:
                    self._workers.remove(worker)
                    worker.close()
                    yield from self._one_by_one(task)
                    continue
                yield from task.results(outcomes)
                if task.jobs:
                    busy[self._threads.submit(worker.receive)] = worker, task
                else:
                    idle.append(worker)

    def _one_by_one(self, task: _Task) -> Iterator[Result]:
        """Do the rest of a task that was late, each job by itself; yield failures for what is late again."""
        taken = task.taken  # the outcomes of a job come in the same order again
        for job in task.jobs:
            worker = self._start_worker()
            try:
                for outcome in islice(_outcomes(worker, replace(job, stop_after=None)), taken, None):
                    yield job, outcome
            except WorkerDiedError:
                raise self._death_error(worker, [job]) from None
            except WorkerLateError:
                assert self._seconds
                yield job, Failure(job.path, str(TookTooLongError(self._seconds)))
                yield job, None
            taken = 0
            self._workers.remove(worker)
            worker.kill()
            worker.close()

    @property
    def _patience(self) -> float | None:
        return PATIENCE * self._seconds if self._seconds else None

    def _start_worker(self) -> Worker:
        worker = Worker(self._work, self._patience)
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
                deque(_outcomes(worker, job), maxlen=0)
            except (WorkerDiedError, WorkerLateError):
                return job
        return None


def _run_here(work: Work, tasks: Iterable[list[Job]]) -> Iterator[Result]:
    for jobs in tasks:
        yield from _Task(deque(jobs)).results(work(jobs))


def _outcomes(worker: Worker, job: Job) -> Iterator[Outcome | None]:
    """Do a job; yield its outcomes, the last of which is None."""
    outcomes = worker.begin([job])
    yield from outcomes
    while outcomes[-1] is not None:
        outcomes = worker.receive()
        yield from outcomes
