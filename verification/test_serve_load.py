"""The server under load: good and bad requests from many clients; nothing dies, nothing leaks.

About a minute. What would be found: a 5xx, a good request refused, files or threads left open, or more than
a few KiB of memory left by each request.
"""

from __future__ import annotations

import os
import random
import resource
import socket
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx

from redan.forecast.run import run_forecast
from redan.scenario.load import load_scenario
from tests.views.web.conftest import SCENARIO, Idle, listening, site

CLIENTS = 20
ROUND_S = 15.0
#: [KiB] of memory that a request may leave on average; what is kept on purpose is there after round one.
LEFT_KIB = 8.0
GOOD = (
    "/", "/api/health", "/api/scenarios", "/api/runs", f"/api/scenarios/{SCENARIO}",
    f"/api/scenarios/{SCENARIO}/theatre", "/api/runs/RUN/summary", "/api/runs/RUN/survival",
    "/api/runs/RUN/daily?measure=front_km", "/api/runs/RUN/control?course=bypass",
    "/api/runs/RUN/replications/3", "/api/runs/RUN/replications/3/trace", "/api/runs/RUN/progress",
    "/api/runs/compare?a=RUN&b=RUN&course_b=bypass",
)  # fmt: skip
BAD = (
    "/api/runs/..%2f..%2fetc/summary", "/api/scenarios/%00", "/api/runs/RUN/replications/" + "9" * 20,
    "/api/runs/RUN/control?course=" + "x" * 5_000, "/api/runs/nothing/progress", "/%ff%fe", "/a" * 500,
)  # fmt: skip
BODIES = (
    b"", b"[" * 50_000, b'{"scenario": "two-belts", "changes": 7}', b"\xff" * 1_000, b" " * (5 * 2**20),
    b'{"scenario": "two-belts", "overlay_yaml": "a: &x [*x]"}',
    b'{"scenario": "two-belts", "edits": [{"kind": "axis", "geometry": {}, "properties": {"course": {}}}]}',
)  # fmt: skip


RUDE = (
    b"", b"GET /api/he", b"\x16\x03\x01\x02\x00", b"GET /api/scenarios HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST /api/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{",
)  # fmt: skip


def hammer(address: str, run: str, seed: int, until: float) -> Counter[str]:
    """Ask good and bad things until a time; count what came back."""
    luck, found = random.Random(seed), Counter[str]()
    with httpx.Client(base_url=address, timeout=60) as client:
        while time.monotonic() < until:
            kind = luck.random()
            if kind < 0.6:
                state = client.get(luck.choice(GOOD).replace("RUN", run)).status_code
                found["good" if state == 200 else f"good refused {state}"] += 1
            elif kind < 0.75:
                found[_sort(client.get(luck.choice(BAD).replace("RUN", run)).status_code)] += 1
            elif kind < 0.9:
                headers = {"content-type": "application/json"}
                with suppress(httpx.WriteError, httpx.ReadError):  # closed while the large body is sent
                    sent = client.post("/api/scenarios/check", content=luck.choice(BODIES), headers=headers)
                    found[_sort(sent.status_code)] += 1
            else:
                _rude(address, luck)
                found["rude"] += 1
    return found


def _sort(state: int) -> str:
    return "bad answered" if state < 500 else f"broken {state}"


def _rude(address: str, luck: random.Random) -> None:
    """A client that breaks off, sends half a request, or is no HTTP client at all."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as one, suppress(OSError):
        one.sendall(luck.choice(RUDE))


def state() -> tuple[int, int, float]:
    """Open files, threads, and memory in KiB."""
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1024
    files = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").is_dir() else 0
    return files, threading.active_count(), resident


def test_nothing_dies_and_nothing_leaks(tmp_path: Path) -> None:
    """No 5xx, no good request refused, no file, thread or memory left behind."""
    run = f"{SCENARIO}-1-00000000"
    run_forecast(load_scenario(SCENARIO), replications=6, horizon_days=60, threads=1, out=tmp_path / run)
    rounds = []
    with site(tmp_path, Idle()) as there, listening(there.app) as address:
        for number in range(4):  # the first fills what is kept on purpose
            until = time.monotonic() + ROUND_S
            with ThreadPoolExecutor(CLIENTS) as pool:
                parts = pool.map(
                    lambda k, u=until, n=number: hammer(address, run, 100 * n + k, u), range(CLIENTS)
                )
                counted = sum(parts, Counter[str]())
            time.sleep(1.0)
            rounds.append((counted, *state()))
            assert set(counted) <= {"good", "bad answered", "rude"}, counted
            assert counted["good"] > 2 * CLIENTS
        assert httpx.get(f"{address}/api/health").status_code == 200
    asked = sum(sum(counted.values()) for counted, *_ in rounds[1:])
    (_, files, threads, memory), (_, files_after, threads_after, memory_after) = rounds[0], rounds[-1]
    left = (memory_after - memory) / asked
    what = f"serve, {CLIENTS} clients, {asked:,} requests"
    open_now = f"{files_after - files}, {threads_after - threads}"
    sys.stdout.write(
        f"| {what}: KiB left by each | {left:.2f} | below {LEFT_KIB:g} |\n"
        f"| the same: files and threads left | {open_now} | at most 2 |\n"
    )
    assert files_after <= files + 2
    assert threads_after <= threads + 2
    assert left < LEFT_KIB
