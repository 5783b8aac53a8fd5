"""A worker process. Tasks go to its standard input, outcomes come from its standard output.

It is not started by `multiprocessing`, which would import the user's script in it: a script that calls
`update_index` without a `__main__` guard would then run again.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import BinaryIO

from .batches import batches
from .prepare import Job, Outcome, text_size

Work = Callable[[list[Job]], Iterator[Outcome | None]]

BATCH_OUTCOMES, BATCH_TEXT = 64, 1_000_000  # that are sent at once, and bytes of their text

# sys.path comes first, so that everything else is imported from where the parent found it.
_START = "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); pickle.load(sys.stdin.buffer)()"


class WorkerDiedError(Exception):
    """The process ended before its task."""


class Worker:
    """A process that does one task at a time.

    Args:
        work: a function from a module other than `__main__`; it yields the outcomes of the jobs of a task in
            order, and None after each job.
    """

    def __init__(self, work: Work) -> None:
        self._greeting: tuple[object, ...] = (sys.path, partial(_serve, work))
        self._process = subprocess.Popen(
            [sys.executable, *_interpreter_options(), "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C is for the parent only, which kills its workers. The worker has no session of its own,
            # because Linux shares out CPU time by session, and a build must not starve the user's programs.
            process_group=0,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )

    def begin(self, task: list[Job]) -> list[Outcome | None]:
        """Send a task; wait for its first outcomes, as `receive` does."""
        assert self._process.stdin
        with suppress(OSError):  # it has died, which `receive` reports
            for message in (*self._greeting, task):
                pickle.dump(message, self._process.stdin)
            self._process.stdin.flush()
            self._greeting = ()
        return self.receive()

    def receive(self) -> list[Outcome | None]:
        """Wait for the next outcomes of the task.

        Raises:
            WorkerDiedError: the process has died.
        """
        assert self._process.stdout
        try:
            outcomes: list[Outcome | None] = pickle.load(self._process.stdout)
        except (EOFError, pickle.UnpicklingError):  # the stream ends before or within them
            raise WorkerDiedError from None
        return outcomes

    def kill(self) -> None:
        """Kill the process, whatever it is doing; it holds nothing that could be lost."""
        self._process.kill()

    def close(self) -> None:
        """Release a process that was killed, once nobody waits for its outcomes."""
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            with suppress(OSError):  # a task that it did not read is still in the buffer
                pipe.close()

    def how_it_ended(self) -> str:
        """Wait for a dying process; return its exit status in words."""
        status = self._process.wait()
        return f"signal {-status}" if status < 0 else f"status {status}"


def _interpreter_options() -> Iterator[str]:
    """Yield the options that make file names, warnings and the environment mean the same as here."""
    yield "-P"  # the current folder may have a pickle.py
    yield from ("-X", f"utf8={sys.flags.utf8_mode}")
    yield from (f"-W{option}" for option in sys.warnoptions)
    if sys.flags.ignore_environment:
        yield "-E"


def _serve(work: Work) -> None:
    """Run tasks until there are no more: the main function of the process."""
    out, sys.stdout = sys.stdout.buffer, sys.stderr  # what is printed must not come between outcomes
    for task in _tasks(sys.stdin.buffer):
        for outcomes in batches(work(task), BATCH_OUTCOMES, BATCH_TEXT, text_size):
            try:
                pickle.dump(outcomes, out, pickle.HIGHEST_PROTOCOL)
                out.flush()
            except OSError:  # the parent was killed
                return


def _tasks(stream: BinaryIO) -> Iterator[list[Job]]:
    while True:
        try:
            yield pickle.load(stream)
        except EOFError:
            return
