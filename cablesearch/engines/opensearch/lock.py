"""One build at a time: a document on the cluster, which expires unless its holder renews it.

The cluster's clock decides. A lock whose holder is dead and was on this machine is taken over at once.
"""

from __future__ import annotations

import os
import secrets
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

from ...errors import CablesearchError, ClusterError, LockedError
from .connection import Client, ResponseError

INDEX = "cablesearch-locks"
EXPIRES_SECONDS = 120
RENEW_SECONDS = 30

_TAKE = (
    "def held = ctx._source.token;"
    " if (held != null && held != params.token && held != params.dead && ctx._source.expires > ctx._now)"
    " { ctx.op = 'none' } else"
    " { ctx._source.putAll(params.holder); ctx._source.token = params.token;"
    " ctx._source.expires = ctx._now + params.milliseconds }"
)
_RENEW = (
    "if (ctx._source.token == params.token) { ctx._source.expires = ctx._now + params.milliseconds }"
    " else { ctx.op = 'none' }"
)
_RELEASE = "ctx.op = ctx._source.token == params.token ? 'delete' : 'none'"

_held: set[str] = set()  # the tokens of this process


class Lock:
    """The lock of an alias; it is renewed in a thread until it is released."""

    def __init__(self, client: Client, alias: str) -> None:
        self._client = client
        self._alias = alias
        self._token = secrets.token_hex(8)
        self._released = Event()

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            LockedError: another build holds it.
        """
        self._create_index()
        _held.add(self._token)
        try:
            holder = self._take(None)
            if holder and _is_dead(holder):
                holder = self._take(holder["token"])
            if holder:
                raise LockedError(
                    f"the index {self._alias} on the cluster is being built {_describe(holder)}: wait for it,"
                    f" or stop it; {EXPIRES_SECONDS // 60} minutes after it was killed it is free"
                )
        except BaseException:
            _held.discard(self._token)
            raise
        Thread(target=self._keep, daemon=True).start()

    def check(self) -> float:
        """Make sure that it is still held; return the time by the cluster's clock.

        Raises:
            ClusterError: it could not be renewed in time, and another build has taken it since.
        """
        held = self._update(_RENEW)
        if held.get("token") != self._token:
            raise ClusterError(
                f"another build has taken the lock of {self._alias} from this one, which the cluster did not"
                " answer for too long: build the index again"
            )
        return float(held["expires"]) / 1000 - EXPIRES_SECONDS

    def release(self) -> None:
        """Give the lock back."""
        self._released.set()
        _held.discard(self._token)
        self._update(_RELEASE)

    def _take(self, dead: str | None) -> dict[str, Any] | None:
        """Take the lock; return who holds it, None if we do.

        Args:
            dead: the token of a holder that is known to be dead.
        """
        since = datetime.now().isoformat(timespec="seconds")
        own = {"host": socket.gethostname(), "processes": _processes(), "pid": os.getpid(), "since": since}
        held = self._update(_TAKE, upsert=True, dead=dead, holder=own)
        return None if held["token"] == self._token else held

    def _update(self, script: str, *, upsert: bool = False, **params: object) -> dict[str, Any]:
        """Change the document by a script and return it; empty if it is not there."""
        given = params | {"token": self._token, "milliseconds": EXPIRES_SECONDS * 1000}
        body: dict[str, object] = {"script": {"source": script, "params": given}}
        if upsert:
            body |= {"scripted_upsert": True, "upsert": {}}
        path, wanted = f"/{INDEX}/_update/{self._alias}", {"_source": True}
        try:
            answer = self._client.request("POST", path, params=wanted, body=body)
        except ResponseError as error:
            if error.status != 404:
                raise
            return {}
        found: dict[str, Any] = answer["get"].get("_source", {})
        return found

    def _create_index(self) -> None:
        settings = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}
        try:
            self._client.request(
                "PUT", f"/{INDEX}", body={"settings": {"index": settings}, "mappings": {"dynamic": False}}
            )
        except ResponseError as error:
            if error.kind != "resource_already_exists_exception":
                raise

    def _keep(self) -> None:
        while not self._released.wait(RENEW_SECONDS):
            with suppress(CablesearchError, ResponseError):  # it may work the next time; `check` tells
                self._update(_RENEW)


def _is_dead(holder: dict[str, Any]) -> bool:
    """Whether who holds the lock was a process of this machine that is not there any more."""
    if (holder.get("host"), holder.get("processes")) != (socket.gethostname(), _processes()):
        return False
    if os.name != "posix":
        return False
    if holder["pid"] == os.getpid():
        return holder["token"] not in _held
    try:
        os.kill(int(holder["pid"]), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _processes() -> str:
    """Return what tells the processes that this one sees from those of other containers and former boots."""
    with suppress(OSError):
        return f"{Path('/proc/self/ns/pid').readlink()} {Path('/proc/sys/kernel/random/boot_id').read_text()}"
    return ""


def _describe(holder: dict[str, Any]) -> str:
    return f"by process {holder.get('pid')} on {holder.get('host')} since {holder.get('since')}"
