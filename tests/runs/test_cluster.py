"""A run on a cluster has the bytes of one thread, whatever becomes of workers and scheduler."""

from __future__ import annotations

import filecmp
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import distributed
import pytest

from redan.forecast.run import resume_forecast, run_forecast
from redan.runs import remote
from redan.runs.chunk import Chunk, ChunkResult
from redan.runs.cluster import connected
from redan.runs.faults import RunError
from redan.views.cli import main as cli
from redan.vocabulary.errors import InputError

local_cluster: Any = distributed.LocalCluster  # it has no types
TINY: dict[str, Any] = {"replications": 12, "horizon_days": 20, "courses": ["storm"]}
TABLES = ("replications", "daily", "control", "events", "series", "forecast")
SLOW_S = 0.5  # [s] that the slow worker lags
FILES = ["manifest.json", *(f"{name}.parquet" for name in TABLES)]


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Any]:
    with local_cluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=":0") as found:
        yield found


@pytest.fixture(scope="module")
def one_thread(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "one-thread"
    run_forecast("two-belts", out=folder, threads=1, **TINY)
    return folder


def same_bytes(one: Path, other: Path) -> bool:
    return filecmp.cmpfiles(one, other, FILES, shallow=False) == (FILES, [], [])


def test_same_bytes_as_one_thread(scheduler: Any, one_thread: Path, tmp_path: Path) -> None:
    with connected(scheduler.scheduler_address) as cluster:
        run_forecast("two-belts", out=tmp_path / "run", elsewhere=cluster, **TINY)
    assert same_bytes(one_thread, tmp_path / "run")


def test_a_lost_scheduler_leaves_what_was_played(one_thread: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    with (
        local_cluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0") as found,
        connected(found.scheduler_address) as cluster,
    ):
        assert cluster is not None

        def leave(done: int, total: int, phase: str) -> None:
            if phase == "campaigns":
                cluster.client.close()  # what a client sees of a scheduler that is gone

        with pytest.raises(RunError, match="the scheduler was lost; every chunk that had arrived"):
            run_forecast("two-belts", out=folder, elsewhere=cluster, progress=leave, **TINY)
    assert list((folder / ".chunks").glob("*.rows")), "what had arrived is on disk"
    resume_forecast(folder, threads=1)
    assert same_bytes(one_thread, folder)


def test_a_scheduler_that_comes_back_ends_the_run(one_thread: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    settings = {"n_workers": 1, "threads_per_worker": 1, "processes": False, "dashboard_address": ":0"}
    settings |= {"protocol": "tcp://", "host": "127.0.0.1"}  # within one process it would have no port
    with local_cluster(**settings) as first:
        address = first.scheduler_address

        def lose(done: int, total: int, phase: str) -> None:
            if phase == "campaigns" and 0 < done < total:
                first.close()

        with connected(address) as cluster, pytest.raises(RunError, match="the scheduler was lost"):
            run_forecast("two-belts", out=folder, elsewhere=cluster, progress=lose, **TINY)
    left = len(list((folder / ".chunks").glob("*.rows")))
    with (
        local_cluster(**settings, scheduler_port=int(address.rpartition(":")[2])) as again,
        connected(address) as cluster,
    ):
        assert again.scheduler_address == address
        assert resume_forecast(folder, elsewhere=cluster).complete
    assert left >= 1, "what had arrived is on disk"
    assert same_bytes(one_thread, folder)


def test_a_slow_worker_changes_no_byte(
    scheduler: Any, one_thread: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[tuple[int, str]] = []
    overtaken = threading.Event()
    as_ever = remote.KeptWorld.play

    def play(kept: remote.KeptWorld, chunk: Chunk) -> ChunkResult:
        if chunk.index == 0:  # whoever has the first chunk is slower than the other
            assert overtaken.wait(60)
            time.sleep(SLOW_S)
        result = as_ever(kept, chunk)
        ended.append((chunk.index, distributed.get_worker().address))
        overtaken.set()
        return result

    monkeypatch.setattr(remote.KeptWorld, "play", play)  # of the workers: they share this process
    with connected(scheduler.scheduler_address) as cluster:
        run_forecast("two-belts", out=tmp_path / "run", elsewhere=cluster, **TINY)
    assert ended[0][0] != 0, "the first chunk was overtaken"
    assert ended[0][1] != dict(ended)[0], "by the other worker"
    assert same_bytes(one_thread, tmp_path / "run")


COMPUTES_WITH = remote.computes_with


def other_machine() -> dict[str, Any]:
    found = COMPUTES_WITH()
    return {**found, "versions": {**found["versions"], "numpy": "0.1"}}


def test_unlike_workers_are_refused_unless_allowed(
    scheduler: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = remote.computes_with()
    address = scheduler.scheduler_address
    monkeypatch.setattr(remote, "computes_with", other_machine)  # of the workers: they share this process
    with connected(address) as cluster:
        assert cluster is not None
        cluster.wanted = here  # as if they had joined after the others were looked at
        with pytest.raises(InputError, match=r"a worker that joined differs: numpy 0\.1 \(here"):
            run_forecast("two-belts", out=tmp_path / "refused", elsewhere=cluster, **TINY)
    with connected(address, allow_mixed=True) as cluster:
        assert cluster is not None
        cluster.wanted = here
        found = run_forecast("two-belts", out=tmp_path / "mixed", elsewhere=cluster, **TINY)
    assert found.complete
    assert found.run.manifest["unlike_workers"] == [f"numpy 0.1 (here {here['versions']['numpy']})"]


def test_what_differs_is_named() -> None:
    here, there = remote.computes_with(), other_machine()
    there["cpu"] = {"name": "other", "features": ""}
    there["versions"]["redan_sources"] = "0"
    said = remote.unlike(here, there)
    assert [text.split(" (here")[0] for text in said] == [
        "numpy 0.1", "other sources of Redan", "the processor other or its features",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--cluster", "no-such-scheme://x"], "--cluster no-such-scheme://x: no scheduler answers ("),
        (["--allow-mixed"], "--allow-mixed true: says nothing without --cluster; leave it out"),
    ],
)
def test_bad_addresses(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["forecast", "two-belts", *arguments]) == cli.INPUT_AT_FAULT
    assert capsys.readouterr().err.startswith(said)


def test_without_the_package(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert cli.run(["forecast", "two-belts", "--cluster", "tcp://127.0.0.1:1"]) == cli.INPUT_AT_FAULT
    assert "install it with: pip install 'redan[cluster]'" in capsys.readouterr().err
