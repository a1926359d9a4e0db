"""Runs in a process of their own: played, followed, cancelled, killed; and many browsers at once."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from redan.forecast.run import run_forecast
from redan.scenario.load import load_scenario
from redan.views.web.jobs.process import Worker
from tests.views.web.conftest import ENDLESS, SCENARIO, TINY, Site, listening, site

PATIENCE_S = 300.0  # the first campaign may have to be compiled


@pytest.fixture(scope="module")
def alive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """A server that plays runs, and its address."""
    with site(tmp_path_factory.mktemp("alive"), Worker()) as found, listening(found.app) as address:
        yield found, address
        pid = found.desk.worker.pid
        assert pid is not None
    with pytest.raises(ProcessLookupError):  # a worker ends with its server
        os.kill(pid, 0)


def follow(address: str, run: str) -> Iterator[dict[str, Any]]:
    """Documents of a run as they come."""
    with httpx.stream("GET", f"{address}/api/runs/{run}/progress", timeout=PATIENCE_S) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        for line in stream.iter_lines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


def ask(address: str, body: dict[str, Any]) -> dict[str, Any]:
    found = httpx.post(f"{address}/api/runs", json=body, timeout=PATIENCE_S)
    assert found.status_code in (200, 202), found.text
    told: dict[str, Any] = found.json()
    return told


def digest(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "log.jsonl"}


def test_a_run_is_that_of_the_command_line(alive: tuple[Site, str], tmp_path: Path) -> None:
    there, address = alive
    run = ask(address, TINY)["id"]
    seen = list(follow(address, run))
    assert seen[-1]["state"] == "done"
    assert (seen[-1]["done"], seen[-1]["of"]) == (4, 4)
    assert [one["done"] for one in seen] == sorted(one["done"] for one in seen)
    assert ask(address, TINY)["state"] == "done", "it is not played twice"
    out = tmp_path / "run"
    run_forecast(
        load_scenario(SCENARIO), courses=["storm"], replications=4, horizon_days=30, threads=1, out=out
    )
    assert digest(there.root / run) == digest(out)


def test_killed_gone_on_with_cancelled_and_then_another(alive: tuple[Site, str]) -> None:
    there, address = alive
    run = ask(address, ENDLESS)["id"]
    for told in follow(address, run):
        if told["phase"] == "campaigns" and told["done"] > 0:
            assert there.desk.worker.pid is not None
            os.kill(there.desk.worker.pid, signal.SIGKILL)
    assert told["state"] == "failed"
    assert "killed by signal 9" in told["faults"][0]["problem"]
    assert "goes on" in told["faults"][0]["remedy"]
    before = told["done"]

    assert ask(address, ENDLESS)["state"] in ("queued", "running")
    waiting = ask(address, {**TINY, "seed": 3})["id"]
    assert httpx.delete(f"{address}/api/runs/{waiting}").json()["state"] == "cancelled"
    for told in follow(address, run):
        if told["phase"] == "campaigns":
            assert told["done"] >= before, "it goes on from the chunks that are on disk"
            assert httpx.delete(f"{address}/api/runs/{run}").json()["state"] == "cancelled"
    assert told["state"] == "cancelled"
    assert told["done"] < told["of"], "it stopped, and did not end"

    again = ask(address, {**TINY, "seed": 2})["id"]
    assert list(follow(address, again))[-1]["state"] == "done"


def test_twenty_browsers_at_once_are_all_served(alive: tuple[Site, str]) -> None:
    _, address = alive
    run = ask(address, TINY)["id"]

    def visit(number: int) -> list[int]:
        with httpx.Client(base_url=address, timeout=60) as client:
            states = [
                client.get(path).status_code
                for path in ("/", "/api/scenarios", f"/api/scenarios/{SCENARIO}/theatre", "/api/runs")
            ]
            if number % 4 == 0:
                change = {"path": "forces.attacker.drones_per_day", "value": 200 + number}
                draft = {"scenario": SCENARIO, "changes": [change]}
                states.append(client.post("/api/scenarios/check", json=draft).status_code)
            assert list(follow(address, run))[-1]["state"] == "done"
            kinds = ("summary", "control", "survival", "daily", "replications/0", "theatre")
            return states + [client.get(f"/api/runs/{run}/{kind}").status_code for kind in kinds]

    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(visit, range(20)))
    assert {state for states in found for state in states} == {200}
