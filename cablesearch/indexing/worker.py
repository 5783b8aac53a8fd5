"""One worker process. Tasks go to its standard input, their outcomes come from its standard output.

It is no child of `multiprocessing`, which would import the user's script in it: a script that calls
`update_index` without a guard would then start again.
"""

from __future__ import annotations

import os
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

READY = b"cablesearch: ready\n"  # before it on standard output is what Python's start-up printed
GRACE = 10  # seconds in which a process whose outcomes broke off has to end

BATCH_OUTCOMES, BATCH_TEXT = 64, 1_000_000  # sent at once, and bytes of their text

# The path comes first: by it the rest is imported from where the parent found it.
_START = "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); pickle.load(sys.stdin.buffer)()"


class WorkerDiedError(Exception):
    """The process has ended before the task did."""


class Worker:
    """A process that does one task at a time.

    Args:
        work: a function of a module other than `__main__`; it yields the outcomes of each job of a task in
            turn, and None after each.
    """

    def __init__(self, work: Work) -> None:
        self._greeting: tuple[object, ...] = (sys.path, partial(_serve, work))
        self._process = subprocess.Popen(
            [sys.executable, *_interpreter_options(), "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C is for the parent alone, which kills its workers. No session of its own, by each of which
            # Linux gives out processor time: a build must not crowd out its user's other programs.
            process_group=0,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )

    def begin(self, task: list[Job]) -> list[Outcome | None]:
        """Send a task; wait for its first outcomes, as `receive` does."""
        assert self._process.stdin
        assert self._process.stdout
        with suppress(OSError):  # it has died: `receive` says so
            for message in (*self._greeting, task):
                pickle.dump(message, self._process.stdin)
            self._process.stdin.flush()
        if self._greeting:
            self._greeting = ()
            next((line for line in self._process.stdout if line.endswith(READY)), None)
        return self.receive()

    def receive(self) -> list[Outcome | None]:
        """Wait for the next outcomes of the task.

        Raises:
            WorkerDiedError: there are none any more.
        """
        assert self._process.stdout
        try:
            outcomes: list[Outcome | None] = pickle.load(self._process.stdout)
        except (EOFError, pickle.UnpicklingError):  # cut off before or within them
            raise WorkerDiedError from None
        return outcomes

    def kill(self) -> None:
        """End the process, whatever it does: it keeps nothing that would be lost."""
        self._process.kill()

    def close(self) -> None:
        """Let go of a process that was killed, once nobody waits for its outcomes."""
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            with suppress(OSError):  # a task that it did not take is still in the buffer
                pipe.close()

    def how_it_ended(self) -> str:
        """Wait for a process that dies; return its exit status in words."""
        try:
            status = self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        return f"signal {-status}" if status < 0 else f"status {status}"


def _interpreter_options() -> Iterator[str]:
    """Yield the options under which names of files, warnings and the environment mean what they do here."""
    yield "-P"  # the current folder may hold a pickle.py
    yield from ("-X", f"utf8={sys.flags.utf8_mode}")
    yield from (f"-W{option}" for option in sys.warnoptions)
    if sys.flags.ignore_environment:
        yield "-E"


def _serve(work: Work) -> None:
    """Do tasks until there are no more: the life of a worker."""
    # A buffer of its own, since there is none under PYTHONUNBUFFERED.
    out = os.fdopen(sys.stdout.fileno(), "wb", closefd=False)
    out.write(READY)
    out.flush()
    sys.stdout = sys.stderr  # what is printed from now on must not come between outcomes
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
