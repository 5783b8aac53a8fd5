"""A PDF is a container: its text, laid out as on its pages, is read as any other text is.

A process of its own finds the text (`pdf_text`), so that a hostile document ends there, and nowhere else.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import PurePosixPath
from threading import Lock
from typing import cast

from ..errors import UnreadableError
from .pdf_text import TOO_LARGE, TOO_LONG, Answer, receive, send, serve
from .record import Failure
from .source import Source

MAX_BYTES = 256 << 20  # of a PDF, which is read from its end, so it is held in memory

_SCAN = "a scan without a text layer: put it through text recognition (OCR) first"
_SHOWN = 5  # pages that are named
_GRACE = 10  # seconds in which a process without an answer has to end
# Modules are imported from where this process found them.
_START = f"import sys; sys.path[:] = sys.argv[1:]; from {serve.__module__} import serve; serve()"
_LIMITS = {
    TOO_LONG: "it takes longer to read than others of its size: save its text as .txt",
    TOO_LARGE: "it takes more memory to read than others: save its text as .txt",
}


def unpack(source: Source) -> Iterator[Source | Failure]:
    """Yield the text of a PDF as a source, and a failure that names the pages without one.

    Raises:
        UnreadableError: it is encrypted, damaged, or has no text.
    """
    data = source.stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"a PDF of more than {MAX_BYTES >> 20} MB: split it")
    answer = _reader_of(os.getpid()).ask(data)
    if answer["error"]:
        raise UnreadableError(answer["error"])
    if not answer["text"]:
        raise UnreadableError(_why_empty(answer))
    text = BytesIO(answer["text"].encode("utf-8", "replace"))
    # Without a suffix: only a text with the lines of a cable is one.
    yield source.inner(source.name, PurePosixPath(source.file).stem, text)
    for pages, fault in (answer["scans"], "without a text layer"), (answer["damaged"], "damaged"):
        if pages:
            yield Failure(source.name, f"{_numbers(pages)} {fault}: the others are read")


def _why_empty(answer: Answer) -> str:
    if answer["damaged"]:
        return f"damaged in {_numbers(answer['damaged'])}"
    return _SCAN if answer["scans"] else "there is no text in it"


def _numbers(pages: list[int]) -> str:
    shown = ", ".join(map(str, pages[:_SHOWN])) + (" ..." if len(pages) > _SHOWN else "")
    return f"page {shown}" if len(pages) == 1 else f"pages {shown}"


class _Reader:
    """The process that finds the text of PDFs, started for the first one and after one that ended it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        atexit.register(self.stop)

    def ask(self, data: bytes) -> Answer:
        """Return what is found in a document.

        Raises:
            UnreadableError: nothing, as the document went beyond the limits of the process, or broke it.
        """
        with self._lock:
            self._process = process = self._process or _start()
            assert process.stdin
            assert process.stdout
            with suppress(OSError):  # it has ended, and will not answer
                send(data, process.stdin)
            answer = receive(process.stdout)
            if answer:
                return cast(Answer, json.loads(answer))
            with suppress(subprocess.TimeoutExpired):
                process.wait(_GRACE)
            reason = _LIMITS.get(process.returncode, "damaged: the PDF library fails on it")
            self.stop()
            raise UnreadableError(reason)

    def stop(self) -> None:
        """End the process, which keeps nothing that would be lost."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                assert pipe
                with suppress(OSError):  # a document that it did not take is still in the buffer
                    pipe.close()


@cache
def _reader_of(process: int) -> _Reader:
    """Return the reader of a process: one that was forked must not share its parent's."""
    return _Reader()


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-X", "utf8", "-c", _START, *map(str, sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
