"""One writer at a time: an operating system lock, which is released when its process dies."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypedDict

from ..errors import LockedError
from .generations import PRIVATE


class _Holder(TypedDict):
    """Who holds the lock."""

    pid: int
    host: str
    since: str


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of an index; create its folder if necessary.

    Raises:
        LockedError: another build holds it; the message says which.
    """
    from filelock import FileLock, Timeout

    folder.mkdir(PRIVATE, parents=True, exist_ok=True)
    lock = FileLock(folder / "lock", timeout=0, mode=0o600)
    # A file of its own: on Windows a locked file cannot be read.
    holder = folder / "holder.json"
    try:
        lock.acquire()
    except Timeout:
        raise LockedError(
            f"the index in {folder} is being built {_describe_holder(holder)}: wait for it, or stop it"
        ) from None
    try:
        own: _Holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now().isoformat(),
        }
        holder.write_text(json.dumps(own), "utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _describe_holder(holder: Path) -> str:
    """Return who holds the lock, in words: `by process 1234 since 12:31`."""
    try:
        stored: _Holder = json.loads(holder.read_text("utf-8"))
        since = datetime.fromisoformat(stored["since"])
        where = "" if stored["host"] == socket.gethostname() else f" on {stored['host']}"
        day = "" if since.date() == datetime.now().date() else f"{since:%Y-%m-%d} "
        return f"by process {stored['pid']}{where} since {day}{since:%H:%M}"
    except (OSError, ValueError, LookupError, TypeError):
        return "by another process"  # it has just taken the lock and not written the file yet
