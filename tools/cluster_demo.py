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
    """Give the address of a scheduler; it and its two workers, which all end with this."""
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
        started += [dask("worker", *common, *place) for _ in range(2)]
        yield json.loads(file.read_text())["address"], started
    finally:
        for process in started:
            process.kill()
            process.wait()


def forecast(out: Path, *more: str) -> subprocess.Popen[bytes]:
    """Start `redan forecast` into a folder."""
    return redan("forecast", *SCENARIO, "--out", str(out), *more)


def redan(*arguments: str) -> subprocess.Popen[bytes]:
    """Start a command; what it says of its progress is shown."""
    command = [sys.executable, "-m", "redan", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "NO_COLOR": "1"})


def arrived(run: Path) -> int:
    """Chunks of a run that are on disk."""
    return len(list((run / ".chunks").glob("*.rows")))


def killed_on_the_way(out: Path, which: int) -> int:
    """Play on a cluster, kill its scheduler (0) or a worker (1) on the way; return how the forecast ended."""
    with tempfile.TemporaryDirectory() as name, cluster(Path(name)) as (address, processes):
        run = forecast(out, "--cluster", address)
        while run.poll() is None and arrived(out) < 5:
            time.sleep(0.01)
        processes[which].kill()
        what = ("the scheduler", "a worker")[which]
        print(f"{what} killed after {arrived(out)} chunks had arrived", flush=True)
        return run.wait()


def is_same(one: Path, other: Path) -> bool:
    """Compare two run folders byte by byte, and say so."""
    same, differing, missing = filecmp.cmpfiles(one, other, FILES, shallow=False)
    print(f"{len(same)} of {len(FILES)} files have the same bytes; not: {[*differing, *missing]}", flush=True)
    return len(same) == len(FILES)


def main() -> int:
    """Play on one thread and on clusters that lose a worker and their scheduler, and compare."""
    with tempfile.TemporaryDirectory() as name:
        one, lost_worker, lost_scheduler = (Path(name) / part for part in ("one", "worker", "scheduler"))
        if forecast(one, "--threads", "1").wait() != 0 or killed_on_the_way(lost_worker, 1) != 0:
            return 1
        if not is_same(one, lost_worker):
            return 1
        if killed_on_the_way(lost_scheduler, 0) == 0:
            print("the forecast ended before its scheduler did")
        elif redan("forecast", "--resume", str(lost_scheduler)).wait() != 0:
            return 1
        return int(not is_same(one, lost_scheduler))


if __name__ == "__main__":
    sys.exit(main())
