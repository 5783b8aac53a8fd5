"""Sends what a build writes, in several requests at once and with bounded memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from .connection import Client

SENDERS = 3  # requests at once: more fill the queues of a small cluster


class Senders:
    """Sends actions to an index. An error of a request is raised by the next call."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._pool = ThreadPoolExecutor(SENDERS, "cablesearch-bulk")
        self._sent: deque[Future[None]] = deque()

    def send(self, index: str, actions: Sequence[bytes]) -> None:
        """Send actions soon; wait while too many are on their way."""
        while len(self._sent) >= SENDERS:
            self._sent.popleft().result()
        self._sent.append(self._pool.submit(self._client.bulk, actions, index))

    def wait(self) -> None:
        """Wait until everything is written."""
        while self._sent:
            self._sent.popleft().result()

    def close(self) -> None:
        """End the threads; what was not sent is not sent any more."""
        self._sent.clear()
        self._pool.shutdown(cancel_futures=True)
