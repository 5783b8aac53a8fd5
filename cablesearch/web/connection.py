"""A connection, on which something has to come or go."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS_TO_ASK = 15  # from a connection, or an answer, to the next request as a whole
SECONDS_TO_TAKE = 60  # until some of an answer is taken


class Connection(H11Protocol):
    """HTTP/1.1, for clients that mean well: one that asks too slowly, or takes no answers, is cut off.

    uvicorn by itself waits as long as now and then a byte comes, and for ever until an answer is taken, so
    that a few hundred connections would keep everybody else out.
    """

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()

    def handle_events(self) -> None:
        super().handle_events()
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stop_watching()
        self._watch()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop_watching()
        self._watch()

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self._stop_watching()

    def _watch(self) -> None:
        """Give the client some time, if it has none yet, unless it is the one who waits."""
        is_answering = self.cycle and not self.cycle.response_complete
        if is_answering and not self.flow.write_paused:
            self._stop_watching()
        elif not self._timer:
            seconds = SECONDS_TO_TAKE if self.flow.write_paused else SECONDS_TO_ASK
            self._timer = self.loop.call_later(seconds, self.transport.abort)

    def _stop_watching(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
