"""Kernels are linked unoptimised and a campaign is optimised once; the result is numba's own."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numba.core.compiler import Compiler

from redan.numerics import compile as compile_module
from redan.numerics.compile import campaign_kernel, kernel, uncached


def campaign() -> Any:
    """A new campaign of two kernels, one of which calls the other in a loop."""

    @kernel
    def part(x: float, k: int) -> float:
        return math.exp(-x) / (k + 1.0)

    @kernel
    def whole(values: Any) -> float:
        total = 0.0
        for k in range(values.shape[0]):
            total += part(values[k], k)
        return total

    @campaign_kernel
    def run(values: Any, out: Any) -> None:
        out[0] = whole(values)

    run.parts = whole, part  # type: ignore[attr-defined]
    return run


@pytest.fixture(autouse=True)
def not_kept() -> Any:
    """Leave nothing in the cache."""
    with uncached():
        yield


def answer(run: Any) -> float:
    out = np.zeros(1)
    run(np.linspace(0.0, 3.0, 50), out)
    return float(out[0])


def test_only_the_campaign_has_machine_code() -> None:
    run = campaign()
    answer(run)
    for part in run.parts:
        (result,) = part.inside.overloads.values()
        assert result.library.get_pointer_to_function(result.fndesc.mangled_name) == 0
    (result,) = run.overloads.values()
    assert result.library.get_pointer_to_function(result.fndesc.llvm_cpython_wrapper_name) != 0


def test_numbas_own_way_gives_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    linked = answer(campaign())
    for name in ("KERNEL_COMPILER", "OWN_RULE_COMPILER", "CAMPAIGN_COMPILER"):
        monkeypatch.setattr(compile_module, name, Compiler)
    assert answer(campaign()) == linked


def test_a_rule_of_ones_own_may_use_more_of_the_language() -> None:
    @kernel
    def own(x: float) -> float:
        def twice(y: float) -> float:
            return 2.0 * y

        if x < 0.0:
            raise ValueError("below zero")
        return twice(x) + 1.0

    @kernel
    def caller(x: float) -> float:
        return own(x)

    assert caller(3.0) == 7.0


def test_a_rule_of_ones_own_may_count_from_the_end() -> None:
    """The bundled kernels may not; tests.engine.test_uncompiled watches that they do not."""

    def last(values: Any, back: int) -> float:
        return float(values[-back])

    own = kernel(last)

    @kernel
    def caller(values: Any) -> float:
        return own(values, 1)

    assert caller(np.array([1.0, 2.0, 5.0])) == 5.0
