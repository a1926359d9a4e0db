"""The benchmark: its keys, its ratio, and what is said when the fresh process fails."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from redan.runs import bench as module
from redan.runs.faults import RunError
from redan.runs.world import World
from tests.runs.fakes import job


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fake campaign instead of the engine, and few repetitions."""
    world: World = job(horizon_days=10).world
    monkeypatch.setattr(module, "bundled_world", lambda: world)
    for name, value in {"CAMPAIGNS": 2, "PAIRS": 3, "PAIR_REPLICATIONS": 2, "PAIR_DAYS": 5}.items():
        monkeypatch.setattr(module, name, value)


def test_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_compile_s", lambda: 20.0)
    monkeypatch.setattr(module, "numpy_over_compiled", lambda _: {"depth": 3.0})
    found = module.bench()
    keys = ["day_us", "replications_per_s", "speedup_2_threads", "compile_s", "peak_mib"]
    assert list(found) == [*keys, "numpy_over_compiled"]
    assert all(found[key] is not None and found[key] > 0 for key in keys)


def test_the_ratio_is_a_median_of_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    spent = iter([2.0, 1.0, 1.0, 1.9, 100.0, 1.0])  # the second pair is played two threads first
    monkeypatch.setattr(module, "_seconds", lambda _: next(spent))
    assert module._speedup(module.bundled_world()) == 2.0


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (subprocess.CompletedProcess([], 0, stdout="12.5\n", stderr=""), None),
        (subprocess.CompletedProcess([], 1, stdout="", stderr="x\nNoSpace: disk full\n"), "disk full"),
        (subprocess.TimeoutExpired("x", 1.0), "not compiled within"),
    ],
)
def test_compile_in_a_fresh_process(monkeypatch: pytest.MonkeyPatch, outcome: Any, said: str | None) -> None:
    def fake(*_: Any, env: dict[str, str], **__: Any) -> Any:
        assert "redan-bench-" in env[module.CACHE_VARIABLE]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(subprocess, "run", fake)
    if said is None:
        assert module._compile_s() == 12.5
    else:
        with pytest.raises(RunError, match=said):
            module._compile_s()
