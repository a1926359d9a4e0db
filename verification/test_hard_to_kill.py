"""Runs killed at random moments, and every evening of many random campaigns: `make hard-to-kill`.

REDAN_KILLS and REDAN_CAMPAIGNS say how many (50 and 10,000).
"""

from __future__ import annotations

import filecmp
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from redan.forecast.run import resume_forecast, run_forecast
from redan.runs.folder import MANIFEST
from redan.runs.run import REQUEST
from redan.runs.store import FOLDER
from redan.testing.campaigns import evenings
from redan.testing.invariants import broken
from tests.engine.worlds import prior_params, random_toy

KILLS = int(os.environ.get("REDAN_KILLS", "50"))
CAMPAIGNS = int(os.environ.get("REDAN_CAMPAIGNS", "10000"))
ATTEMPTS = 4  # [-] runs begun for each kill at most
MOST_DAYS = 40  # of a random campaign: each evening is played from day 0
SEED = 20251212
SETTINGS = {"replications": 40, "horizon_days": 120}
FILES = [MANIFEST, *(f"{name}.parquet" for name in (
    "replications", "daily", "control", "events", "series", "forecast",
))]  # fmt: skip
CHILD = """
import sys
from redan.forecast.run import run_forecast
run_forecast("two-belts", out=sys.argv[1], replications=40, horizon_days=120, threads=1)
"""


def begun(folder: Path) -> tuple[subprocess.Popen[bytes], float]:
    """Start a run in a process of its own; return it and the moment at which its folder was there."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(folder)], env=environment)
    while not (folder / FOLDER).is_dir() and child.poll() is None:
        time.sleep(0.001)
    return child, time.monotonic()


def finished(folder: Path) -> str:
    """Finish a run that was killed, and say where it stood."""
    if not (folder / FOLDER / REQUEST).is_file() and not (folder / MANIFEST).is_file():
        run_forecast("two-belts", out=folder, threads=1, **SETTINGS)
        return "before anything was written down"
    is_last = (folder / MANIFEST).is_file() or any(folder.glob("*.parquet"))
    assert resume_forecast(folder, threads=1).complete
    return "after the last chunk" if is_last else "between chunks"


@pytest.mark.timeout(7200)
def test_killed_at_random_moments(tmp_path: Path) -> None:
    """Error sought: any byte that differs after a kill and a resume, at any of the moments."""
    begun(tmp_path / "warm")[0].wait()  # compiles, so that the next one does not
    whole = tmp_path / "whole"
    child, start = begun(whole)
    assert child.wait() == 0
    lasts_s = time.monotonic() - start
    moments = random.Random(SEED)
    seen = {"before anything was written down": 0, "between chunks": 0, "after the last chunk": 0}
    for attempt in range(ATTEMPTS * KILLS):
        folder = tmp_path / f"run-{attempt}"
        child, start = begun(folder)
        time.sleep(max(0.0, moments.uniform(0.0, lasts_s) - (time.monotonic() - start)))
        if child.poll() is not None:
            continue  # it was quicker than the first and has ended: there is nothing to kill
        child.send_signal(signal.SIGKILL)
        child.wait()
        seen[finished(folder)] += 1
        assert filecmp.cmpfiles(whole, folder, FILES, shallow=False) == (FILES, [], []), f"kill {attempt}"
        left = {path.name for path in folder.iterdir()} - {*FILES, "log.jsonl"}
        assert not left, f"kill {attempt} left {left}"
        if sum(seen.values()) == KILLS:
            break
    assert sum(seen.values()) == KILLS
    sys.stdout.write(f"{KILLS} kills within {lasts_s:.1f} s: {seen}\n")


@pytest.mark.timeout(7200)
def test_every_evening_of_random_campaigns() -> None:
    """Error sought: men, supplies, ground or a number that does not hold on any evening, on any theatre."""
    start, days = time.monotonic(), 0
    for case in range(CAMPAIGNS):
        rng = np.random.default_rng([SEED, case])
        theatre, plan = random_toy(rng)
        params = prior_params(rng)
        last = int(rng.integers(5, MOST_DAYS))
        for day, played in evenings(theatre, plan, params, days=range(1, last + 1), replication=case):
            assert broken(theatre, played.state, played.output) == [], f"case {case}, evening of day {day}"
            days += 1
    took_s = time.monotonic() - start
    sys.stdout.write(f"{CAMPAIGNS:,} campaigns, {days:,} evenings in {took_s:.0f} s\n")
