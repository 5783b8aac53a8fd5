"""A response that is written while it is sent: as large as it may be, it is never in memory as a whole."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from queue import Full, Queue
from threading import Event, Thread
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

CHUNK = 64_000  # bytes sent together
WAITING = 8  # chunks that may wait for the reader
SECONDS_FOR_THE_READER = 60  # until one who takes nothing any more is given up


class _Pipe(io.RawIOBase):
    """A file whose bytes go into a queue."""

    def __init__(self) -> None:
        self.chunks: Queue[bytes | Exception | None] = Queue(WAITING)
        self.gone = Event()

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer) -> int:
        chunk = bytes(data)
        self.put(chunk)
        return len(chunk)

    def put(self, chunk: bytes | Exception | None) -> None:
        """Hand on a chunk, an error, or None as the end.

        Raises:
            BrokenPipeError: nobody reads any more.
        """
        for _ in range(SECONDS_FOR_THE_READER):
            if self.gone.is_set():
                break
            try:
                self.chunks.put(chunk, timeout=1)
                return
            except Full:
                continue
        raise BrokenPipeError


def streamed(write: Callable[[TextIO], None], encoding: str = "utf-8") -> Iterator[bytes]:
    """Yield what a function writes to a text stream, while a thread runs it.

    Its error is raised here; if nobody takes what is yielded any more, its own writing fails.
    """
    pipe = _Pipe()

    def run() -> None:
        end: Exception | None = None
        try:
            with io.TextIOWrapper(io.BufferedWriter(pipe, CHUNK), encoding, newline="") as stream:
                write(stream)
        except BrokenPipeError:
            return
        except Exception as error:
            end = error
        try:
            pipe.put(end)
        except BrokenPipeError:
            return

    Thread(target=run, daemon=True).start()
    try:
        while (chunk := pipe.chunks.get()) is not None:
            if isinstance(chunk, Exception):
                raise chunk
            yield chunk
    finally:
        pipe.gone.set()
