"""Listens: the server's address, its patience, and the browser that is opened once it answers."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Callable
from typing import Any, Final

import uvicorn

from redan.runs.faults import RunError
from redan.views.web.guard.doorkeeper import Doorkeeper
from redan.views.web.guard.slow import PatientProtocol

#: Requests and followed runs at one time; more are told to come back.
MOST_AT_ONCE: Final = 256
#: [s] a connection may be idle; [s] given to answers under way when the server ends.
IDLE_S: Final = 15
ENDING_S: Final = 2
#: [bytes] of the head of a request.
LARGEST_HEAD: Final = 32 * 1024
Said = Callable[[str, int], None]  # host and port


class Server(uvicorn.Server):
    """Says its address once it listens."""

    def __init__(self, config: uvicorn.Config, said: Said) -> None:
        super().__init__(config)
        self._said = said

    async def startup(self, sockets: Any = None) -> None:
        """Begin to listen, and say where."""
        await super().startup(sockets=sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._said(host, port)


def server_of(app: Doorkeeper, *, host: str, port: int, said: Said) -> Server:
    """Put a server about the application; `run()` answers until it is told to end.

    Parameters
    ----------
    port
        0: a free one is taken.
    said
        Called with the address once the server listens.
    """
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=PatientProtocol,
        ws="none",
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_AT_ONCE,
        timeout_keep_alive=IDLE_S,
        timeout_graceful_shutdown=ENDING_S,
        h11_max_incomplete_event_size=LARGEST_HEAD,
    )
    return Server(config, said)


def serve(app: Doorkeeper, *, host: str, port: int, said: Said) -> None:
    """Answer until Ctrl-C.

    Raises
    ------
    RunError
        The address cannot be listened at.
    """
    try:
        server_of(app, host=host, port=port, said=said).run()
    except SystemExit:
        problem = f"{host}:{port} cannot be listened at (in use, or not allowed)"
        raise RunError(f"{problem}; take another --port") from None
    except KeyboardInterrupt:  # uvicorn raises the signal again once it has ended
        pass


def announce(host: str, port: int, *, token: str | None, browser: bool) -> None:
    """Print the address, and open it in a browser."""
    shown = f"[{host}]" if ":" in host else host
    page = f"http://{shown}:{port}/"
    sys.stderr.write(f"redan: serving {page} (Ctrl-C ends it)\n")
    if token is not None:
        sys.stderr.write("redan: open it with ?token=... once; the browser remembers it\n")
    sys.stderr.flush()
    if browser:
        webbrowser.open(page if token is None else f"{page}?token={token}")
