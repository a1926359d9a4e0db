"""A scheduler and two workers on this machine; one worker is killed; the bytes are those of one thread.

`make cluster-demo`: exits 1 where a byte differs.
"""

from __future__ import annotations

import contextlib
import filecmp
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

FILES = ["manifest.json", *(f"{name}.parquet" for name in (
    "replications", "daily", "control", "events", "series", "forecast",
))]  # fmt: skip
SCENARIO = ["two-belts", "--course", "storm", "--replications", "400", "--horizon-days", "365"]
START_S = 120  # for a scheduler to write its address


def dask(part: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a scheduler or a worker."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{part}", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Give the address of a scheduler and its two workers; all end with it."""
    file = folder / "scheduler.json"
    common = ["--scheduler-file", str(file), "--no-dashboard"]
    started = [dask("scheduler", "--host", "127.0.0.1", "--port", "0", *common)]
    try:
        limit = time.monotonic() + START_S
        while not file.is_file():
            if started[0].poll() is not None or time.monotonic() > limit:
                raise SystemExit("the scheduler did not start")
            time.sleep(0.05)
        place = ["--local-directory", str(folder / "workers"), "--nthreads", "1", "--no-nanny"]
        workers = [dask("worker", *common, *place) for _ in range(2)]
        started += workers
        yield json.loads(file.read_text())["address"], workers
    finally:
        for process in started:
            process.kill()
            process.wait()


def forecast(out: Path, *more: str) -> subprocess.Popen[bytes]:
    """Start `redan forecast` into a folder."""
    command = [sys.executable, "-m", "redan", "forecast", *SCENARIO, "--out", str(out), *more]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "NO_COLOR": "1"})


def arrived(run: Path) -> int:
    """Chunks of a run that are on disk."""
    return len(list((run / ".chunks").glob("*.rows")))


def main() -> int:
    """Play on one thread and on the cluster, kill a worker on the way, and compare."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one, many = folder / "one-thread", folder / "cluster"
        if forecast(one, "--threads", "1").wait() != 0:
            return 1
        with cluster(folder) as (address, workers):
            print(f"scheduler at {address}, two workers")
            run = forecast(many, "--cluster", address)
            while run.poll() is None and arrived(many) < 5:
                time.sleep(0.01)
            workers[0].kill()
            print(f"one worker killed after {arrived(many)} chunks had arrived")
            if run.wait() != 0:
                return 1
        same, other, missing = filecmp.cmpfiles(one, many, FILES, shallow=False)
    print(f"{len(same)} of {len(FILES)} files have the same bytes; other: {other}, missing: {missing}")
    return int(len(same) != len(FILES))


if __name__ == "__main__":
    sys.exit(main())
