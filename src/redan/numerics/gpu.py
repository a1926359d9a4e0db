"""The same kernels for a CUDA card, one replication a thread; only `--gpu` imports this (extra `gpu`).

Nothing is written twice: what `compile.kernel` wraps is compiled once more, for the card, when code of the
card first calls it. In numba's CUDA simulator every function stays the Python function it is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

import numba
import numpy as np
from numba import cuda, types

from redan.numerics.compile import Kernel, widened

#: numba's simulator stands in for the card; numba reads it from the environment when it is imported.
SIMULATED: Final = bool(numba.config.ENABLE_CUDASIM)

numba.config.CUDA_LOW_OCCUPANCY_WARNINGS = 0  # a last batch may well be small


def card_kernel(function: Callable[..., Any]) -> Any:
    """Compile what the processor starts on the card: `kernel[blocks, threads](...)`."""
    return cuda.jit(function) if SIMULATED else cuda.jit(lto=False)(function)


@cache
def device_function(function: Callable[..., Any]) -> Any:
    """A kernel, a campaign or a plain function as one that a card's kernel may call."""
    if SIMULATED:
        return function
    compiled = cuda.jit(device=True, lto=False)(getattr(function, "py_func", function))
    return widened(compiled)


def row_of(kind: Any) -> Any:
    """A function of the card, `row(batch, i)`: of a named tuple of arrays [r, ...] that of replication i.

    numba knows no loop over the fields of a tuple whose arrays differ, so it is written out here.
    """
    fields = ", ".join(f"batch.{name}[i]" for name in kind._fields)
    scope: dict[str, Any] = {"kind": kind}
    exec(f"def row(batch, i):\n    return kind({fields})", scope)
    return device_function(scope["row"])


def _type_of_kernel(value: Kernel, context: Any) -> Any:
    """Let code of the card see a kernel in the form for the card."""
    return device_function(value)._numba_type_


def _fill(array: Any, value: Any) -> Any:
    """What `array.fill(value)` does; numba has it for the processor only."""

    def fill(array: Any, value: Any) -> None:
        for place in np.ndindex(array.shape):
            array[place] = value

    return fill


if not SIMULATED:
    from numba.cuda.extending import overload_method, typeof_impl

    typeof_impl.register(Kernel, _type_of_kernel)
    overload_method(types.Array, "fill")(_fill)
