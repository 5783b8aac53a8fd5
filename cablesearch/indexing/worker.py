"""One worker process. Tasks go to it through a pipe, their outcomes come back through another.

It is no child of `multiprocessing`, which would import the user's script in it: a script that calls
`update_index` without a guard would then start again.

The pipes are its standard input and output only until its first line has run. Then they have numbers of
their own: whatever else is printed in the process goes to standard error, and there is nothing to read.
"""

from __future__ import annotations

import gc
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from threading import Timer
from time import monotonic
from typing import BinaryIO

from ..errors import CablesearchError
from .batches import batches
from .prepare import Job, Outcome, text_size

Work = Callable[[list[Job]], Iterator[Outcome | None]]

READY = b"cablesearch: ready\n"
START_SECONDS = 60  # in which a process has to be ready; it takes a second on a slow machine
GRACE = 10  # seconds in which a process whose outcomes broke off has to end

BATCH_OUTCOMES, BATCH_TEXT = 64, 1_000_000  # sent at once, and bytes of their text

# New objects after which cycles among them are looked for, and how many such rounds make one over older ones
# and over all. Hardly any object of a worker is in a cycle, and its tables of words grow to millions of them.
GC_THRESHOLDS = 100_000, 20, 20

# Python is started with -S, so that not even a `sitecustomize` runs before the pipes are out of reach. The
# null device is opened first because it is to have the number 2 if standard error is closed. The path
# precedes the function, which is then imported from where the parent found it.
_START = """
import os, site, sys
null = os.open(os.devnull, os.O_RDWR)
tasks, outcomes = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
os.dup2(null, 0)
os.dup2(2, 1)
sys.stdout = sys.stderr
site.main()
import pickle
sys.path[:] = pickle.load(tasks)
pickle.load(tasks)(tasks, outcomes)
"""


class WorkerDiedError(Exception):
    """The process has ended before the task did."""


class WorkerLateError(Exception):
    """The process sent nothing for too long, and was killed."""


class Worker:
    """A process that does one task at a time.

    Args:
        work: a function of a module other than `__main__`; it yields the outcomes of each job of a task in
            turn, and None after each.
        seconds: how long to wait for outcomes; None for no limit.
    """

    def __init__(self, work: Work, seconds: float | None = None) -> None:
        self._work = work
        self._seconds = seconds
        self._is_late = False
        self._is_ready = False
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
        """Send a task; wait for its first outcomes, as `receive` does.

        Raises:
            CablesearchError: the process does not start.
        """
        if not self._is_ready:
            self._greet()
        self._send(task)
        return self.receive()

    def _greet(self) -> None:
        """Tell the process what its work is; wait until it is ready."""
        assert self._process.stdout
        began, late = monotonic(), Timer(START_SECONDS, self.kill)
        late.start()
        self._send(sys.path, partial(_serve, self._work))
        self._is_ready = any(line.endswith(READY) for line in self._process.stdout)
        late.cancel()
        late.join()
        if not self._is_ready:
            in_time = monotonic() - began < START_SECONDS
            how = f"ended with {self.how_it_ended()}" if in_time else f"took over {START_SECONDS} seconds"
            raise CablesearchError(
                f"a worker process ({sys.executable}) {how} before it was ready: the index is as it was;"
                " see what Python runs as it starts (sitecustomize), or try --workers 0"
            )

    def _send(self, *messages: object) -> None:
        assert self._process.stdin
        with suppress(OSError):  # it has died: `receive` says so
            for message in messages:
                pickle.dump(message, self._process.stdin)
            self._process.stdin.flush()

    def receive(self) -> list[Outcome | None]:
        """Wait for the next outcomes of the task.

        Raises:
            WorkerDiedError: there are none any more.
            WorkerLateError: there were none in time.
        """
        assert self._process.stdout
        late = Timer(self._seconds or 0, self._give_up)
        if self._seconds:
            late.start()
        try:
            outcomes: list[Outcome | None] = pickle.load(self._process.stdout)
        except (EOFError, pickle.UnpicklingError):  # cut off before or within them
            raise (WorkerLateError if self._is_late else WorkerDiedError) from None
        finally:
            late.cancel()
        return outcomes

    def _give_up(self) -> None:
        self._is_late = True
        self.kill()

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
    yield "-S"  # see `_START`
    yield "-P"  # the current folder may hold a pickle.py
    yield from ("-X", f"utf8={sys.flags.utf8_mode}")
    yield from (f"-W{option}" for option in sys.warnoptions)
    if sys.flags.ignore_environment:
        yield "-E"


def _serve(work: Work, tasks: BinaryIO, out: BinaryIO) -> None:
    """Do tasks until there are no more: the life of a worker."""
    gc.set_threshold(*GC_THRESHOLDS)
    if not _send(out, READY):
        return
    for task in _received(tasks):
        for outcomes in batches(work(task), BATCH_OUTCOMES, BATCH_TEXT, text_size):
            if not _send(out, pickle.dumps(outcomes, pickle.HIGHEST_PROTOCOL)):
                return


def _send(out: BinaryIO, data: bytes) -> bool:
    """Send data; return whether somebody takes it: the parent may have been killed."""
    try:
        out.write(data)
        out.flush()
    except OSError:
        return False
    return True


def _received(tasks: BinaryIO) -> Iterator[list[Job]]:
    while True:
        try:
            yield pickle.load(tasks)
        except EOFError:
            return
