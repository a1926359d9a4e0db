"""The whole campaign compiles for a CUDA card: typed, lowered, made PTX and machine code, without a card.

Needs the extra `gpu` (libNVVM and ptxas come with it), and some minutes. It shows that the card's compiler
takes the engine; it measures nothing and runs nothing.
"""

from __future__ import annotations

import re
import subprocess
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from redan.runs.gpu import LEAST, as_records, memory_like
from redan.runs.prepare import prepare
from redan.scenario.load import load_scenario
from redan.theatre.compile import compile_theatre

ARGUMENT_BYTES = 32_764  # that a kernel may have on a card of compute capability 7.0 or newer
STACK_BYTES = 4_096  # of a thread: above it, batches of 34,000 threads would eat into the memory of states


def toolkit() -> Any:
    """The compiler of numba-cuda, and where ptxas lies; skips where there is none."""
    if find_spec("numba_cuda") is None:
        pytest.skip("numba-cuda is not installed: pip install 'redan[gpu]'")
    from numba.cuda.cudadrv.nvvm import NVVM

    try:
        NVVM()
    except Exception as problem:  # it has no error of its own for this
        pytest.skip(f"libNVVM cannot be loaded: {problem}")
    import nvidia

    found = [path for root in nvidia.__path__ for path in Path(root).rglob("ptxas")]
    if not found:
        pytest.skip("ptxas is not installed")
    return found[0]


def argument_types() -> tuple[Any, ...]:
    """Types of what `Gpu` hands to the kernel for the bundled scenario, from arrays on this machine."""
    from numba.cuda import types
    from numba.cuda.typing.typeof import typeof

    scenario = load_scenario("slavyansk-kramatorsk")
    names: Any = {"courses": ["storm"], "replications": 4, "horizon_days": 1095, "seed": 1}
    world = prepare(scenario, compile_theatre(scenario), engine=None, posterior=None, **names).world

    def writable(arrays: Any) -> Any:
        return typeof(type(arrays)(*(np.array(array) for array in arrays)))

    def batch(arrays: Any) -> Any:
        return typeof(type(arrays)(*(np.zeros((2, *array.shape), array.dtype) for array in arrays)))

    state, output = memory_like(world, "storm", with_log=True)
    params, numbers = as_records(world.draw(range(2))), np.arange(2, dtype=np.int64)
    parts = (writable(world.theatre), writable(world.plans["storm"]), typeof(params), types.uint64)
    return (*parts, typeof(numbers), types.int64, batch(state), batch(output))


def ptx_of(monkeypatch: pytest.MonkeyPatch, capability: tuple[int, int]) -> str:
    """The kernel as text for the card's assembler."""
    from numba.cuda import compiler, dispatcher, types

    from redan.engine.gpu import play_batch

    device = SimpleNamespace(compute_capability=capability)
    monkeypatch.setattr(dispatcher, "get_current_device", lambda: device)
    signature = types.void(*argument_types())
    code, _ = compiler.compile(play_batch.py_func, signature, device=False, abi="numba", cc=capability)
    return str(code)


@pytest.mark.timeout(3600)
def test_the_campaign_is_machine_code_of_a_card(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No call is left open, and what a thread needs fits what a card has."""
    ptxas = toolkit()
    code = ptx_of(monkeypatch, LEAST)
    assert code.count(".visible .entry") == 1
    assert re.findall(r"\.extern \.func.*", code) == []  # it calls nothing that is not in it
    entry = code[code.index(".visible .entry") :]
    assert entry[: entry.index("{")].count(".param") * 8 <= ARGUMENT_BYTES
    source, target = tmp_path / "campaign.ptx", tmp_path / "campaign.cubin"
    source.write_text(code)
    command = [ptxas, "-v", f"-arch=sm_{LEAST[0]}{LEAST[1]}", source, "-o", target]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    stacks = [int(size) for size in re.findall(r"(\d+) bytes stack frame", done.stderr)]
    assert stacks, done.stderr[-500:]
    assert max(stacks) <= STACK_BYTES
    assert target.stat().st_size > 100_000
