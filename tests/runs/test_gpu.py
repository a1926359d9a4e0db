"""`--gpu`: batches that fit a card, and from numba's simulator the tables of plain Python. Needs no card."""

from __future__ import annotations

import filecmp
import os
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from redan.runs import gpu
from redan.runs.chunk import chunks_of
from redan.runs.folder import RunFolder
from redan.runs.world import World
from redan.views.cli import main as cli
from redan.vocabulary.errors import InputError
from tests.runs import fakes

ROOT = Path(__file__).parents[2]
NO_CARD = "pip install 'redan[gpu]'" if find_spec("numba_cuda") is None else "no CUDA card with a driver"
SIMULATED = dict.fromkeys(gpu.SIMULATOR_SETTINGS, "1")
TABLES = ("replications", "daily", "control", "events", "series", "forecast")
FILES = [f"{name}.parquet" for name in TABLES]
#: Both ways in one process without compiled code; 4 MiB hold one chunk of four campaigns, so three batches.
PROGRAM = """
import sys
from redan.forecast.run import run_forecast
from redan.runs.gpu import SIMULATOR, card
settings = {"replications": 9, "horizon_days": 1, "courses": ["storm"]}
plain = run_forecast("two-belts", out=sys.argv[1] + "/plain", threads=1, **settings)
found = card(asked=True, threads=1)
assert found.name == SIMULATOR
found.memory = 4 * 2**20
run_forecast("two-belts", out=sys.argv[1] + "/card", elsewhere=found, **settings)
"""


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in SIMULATED}
    return subprocess.run(
        [sys.executable, *arguments],
        env=inherited | environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


@pytest.mark.skipif(find_spec("numba.cuda") is None, reason="this numba has no CUDA simulator")
def test_the_simulator_gives_the_tables_of_plain_python(tmp_path: Path) -> None:
    done = process("-c", PROGRAM, str(tmp_path), **SIMULATED)
    assert done.returncode == 0, done.stderr[-3000:]
    plain, card = tmp_path / "plain", tmp_path / "card"
    assert filecmp.cmpfiles(plain, card, FILES, shallow=False) == (FILES, [], [])
    assert RunFolder(plain).manifest["files"] == RunFolder(card).manifest["files"]
    assert RunFolder(card).manifest["unlike_workers"] == [f"--gpu {gpu.SIMULATOR}"]
    assert "not measured on a GPU" in gpu.SIMULATOR


def small_world() -> World:
    """Two courses, whose state is as large as a plan."""
    world = fakes.job(replications=600).world
    engine = replace(world.engine, allocate_state=lambda ground, plan: plan)
    return replace(world, engine=engine)


@pytest.mark.parametrize("campaigns", [9, 40, 10_000])
def test_batches_fit_the_card_and_leave_nothing_out(campaigns: int) -> None:
    world, chunks = small_world(), chunks_of(600, 2)
    needs = max(gpu.bytes_each(world, name, with_log=True) for name in world.courses)
    batches = list(gpu.Gpu("a card", campaigns * needs).batches(world, chunks))
    assert sorted((c.index, c.course) for b in batches for c in b) == [(c.index, c.course) for c in chunks]
    for batch in batches:
        assert len({(chunk.course, gpu.has_log(chunk)) for chunk in batch}) == 1
        each = gpu.bytes_each(world, world.courses[batch[0].course], with_log=gpu.has_log(batch[0]))
        assert sum(chunk.stop - chunk.start for chunk in batch) * each <= campaigns * needs


def test_only_those_who_keep_a_log_need_memory_for_it() -> None:
    world = small_world()
    _, output = gpu.memory_like(world, "storm", with_log=True)
    whole, short = (gpu.bytes_each(world, "storm", with_log=log) for log in (True, False))
    columns: list[Any] = [output.log_day, output.log_kind, output.log_entity, output.log_value]
    assert whole - short == sum(column.nbytes - column.itemsize for column in columns) > 0


def test_a_card_too_small_for_a_chunk_is_refused() -> None:
    world = small_world()
    with pytest.raises(InputError, match=r"--gpu a card: 9 campaigns need .* more than the card has free"):
        list(gpu.Gpu("a card", 1000).batches(world, chunks_of(600, 2)))


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"NUMBA_ENABLE_CUDASIM": "1"}, "--gpu environment: the simulator plays plain Python"),
        ({"NUMBA_DISABLE_JIT": "1"}, "--gpu environment: the simulator plays plain Python"),
        ({}, NO_CARD),
    ],
)
def test_without_a_card_it_is_one_line(
    environment: dict[str, str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in gpu.SIMULATOR_SETTINGS:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cli.run(["forecast", "two-belts", "--gpu"]) == cli.INPUT_AT_FAULT
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_a_card_and_a_cluster_are_not_asked_for_together(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--gpu", "--cluster", "tcp://127.0.0.1:1"]
    assert cli.run(["forecast", "two-belts", *arguments]) == cli.INPUT_AT_FAULT
    assert capsys.readouterr().err.startswith("--gpu true: cannot be given with --cluster")


def test_a_faulty_card_is_one_line_with_the_way_on() -> None:
    class OfNumba(Exception):
        pass

    OfNumba.__module__ = "numba.cuda.cudadrv.driver"
    said = gpu._of_card("a card", OfNumba("out of memory\nand more"), "redan forecast --resume run")
    assert str(said).startswith("--gpu a card: the card failed (out of memory); go on without it: redan")
    other = ValueError("ours")
    assert gpu._of_card("a card", other, "") is other
