"""Connections that send their request too slowly are closed, so that they cannot use up the server."""

from __future__ import annotations

from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

#: [s] in which the head of a request must have come, from its first byte or from the connection on.
HEAD_S: Final = 10.0


class PatientProtocol(H11Protocol):
    """HTTP/1.1 with an end to patience: uvicorn itself waits for the head of a request for ever."""

    _impatience: Any = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what came, and wait on where the head of a request is not whole yet."""
        if self._impatience is None and self._is_idle():
            self._wait()
        super().data_received(data)
        if not self._is_idle():
            self._rest()

    def _is_idle(self) -> bool:
        cycle: Any = self.cycle  # None before the first request, whatever its type says
        return cycle is None or bool(cycle.response_complete)

    def _wait(self) -> None:
        self._impatience = self.loop.call_later(HEAD_S, self.transport.close)

    def _rest(self) -> None:
        if self._impatience is not None:
            self._impatience.cancel()
            self._impatience = None
