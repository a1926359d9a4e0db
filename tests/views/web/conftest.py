"""A server for the tests: one tiny run, an application without a network, and a server that listens."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from redan.forecast.run import run_forecast
from redan.scenario.load import load_scenario
from redan.views.web.app import build
from redan.views.web.guard.doorkeeper import Doorkeeper
from redan.views.web.guard.rules import rules_for
from redan.views.web.jobs.desk import Desk
from redan.views.web.jobs.process import Worker
from redan.views.web.scenarios import Scenarios
from redan.views.web.serving import server_of

SCENARIO = "two-belts"
RUN = f"{SCENARIO}-1-00000000"
HORIZON = 60
TOKEN = "a-token-that-nobody-can-guess"
#: A run that does not end within a test.
ENDLESS = {"scenario": SCENARIO, "replications": 20_000, "horizon_days": 300}
TINY = {"scenario": SCENARIO, "replications": 4, "horizon_days": 30, "courses": ["storm"]}


class Idle(Worker):
    """A worker that plays nothing: a run stays under way until it is killed."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self._killed = threading.Event()

    def start(self) -> None:
        """Start no process."""

    def play(self, request: Any, folder: str, threads: int | None, hear: Any) -> dict[str, Any]:
        self.asked.append(Path(folder).name)
        hear(1, 10, "campaigns")
        self._killed.wait()
        self._killed.clear()
        return {"error": "killed"}

    def kill(self) -> None:
        self._killed.set()


@dataclass
class Site:
    """An application, and how to ask it without a network."""

    app: Doorkeeper
    root: Path
    desk: Desk
    run: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, **how: Any) -> httpx.Response:
        async def once() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://127.0.0.1:8321", headers=self.headers
            ) as client:
                return await client.request(method, path, **how)

        # In a thread of its own: the browser of other tests leaves an event loop running in this one.
        with ThreadPoolExecutor(1) as own:
            return own.submit(anyio.run, once).result()

    def get(self, path: str, **how: Any) -> Any:
        found = self.ask("GET", path, **how)
        assert found.status_code == 200, found.text
        return found.json()

    def post(self, path: str, body: Any, status: int = 200) -> Any:
        found = self.ask("POST", path, json=body)
        assert found.status_code == status, found.text
        return found.json()


@contextmanager
def site(root: Path, worker: Worker, *, host: str = "127.0.0.1", token: str | None = None) -> Iterator[Site]:
    """An application over a folder of runs."""
    desk = Desk(threads=1, worker=worker)
    app = build(Scenarios(SCENARIO), rules_for(host, token), desk=desk, root=root)
    try:
        yield Site(app, root, desk)
    finally:
        desk.close()


@contextmanager
def listening(app: Doorkeeper) -> Iterator[str]:
    """The address of a server that listens."""
    address: list[str] = []
    ready = threading.Event()

    def said(host: str, port: int) -> None:
        address.append(f"http://{host}:{port}")
        ready.set()

    server = server_of(app, host="127.0.0.1", port=0, said=said)
    thread = threading.Thread(target=server.run)
    thread.start()
    assert ready.wait(30)
    try:
        yield address[0]
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of runs with one tiny run in it, as the command line makes it."""
    root = tmp_path_factory.mktemp("runs")
    out = root / RUN
    run_forecast(load_scenario(SCENARIO), replications=6, horizon_days=HORIZON, threads=1, out=out)
    return root


@pytest.fixture(scope="session")
def idle(played: Path) -> Iterator[Site]:
    """An application over the tiny run that plays nothing."""
    with site(played, Idle()) as found:
        found.run = RUN
        yield found


@pytest.fixture(scope="session")
def address(idle: Site) -> Iterator[str]:
    """The address of a server over the tiny run that plays nothing."""
    with listening(idle.app) as found:
        yield found


@pytest.fixture
def free(idle: Site) -> Iterator[Callable[[], None]]:
    """Leave the queue empty behind a test; call it to empty the queue on the way."""

    def empty() -> None:
        for record in reversed(idle.desk.records()):
            idle.desk.cancel(record.id)

    yield empty
    empty()
