"""Elements and fields are addressed directly; what is read and written is what plain Python does."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pytest
from numba import types
from numba.core.types.functions import BaseFunction

from redan.numerics.compile import campaign_kernel, kernel, uncached
from redan.numerics.haste import _remembering

RECORD = np.dtype([("men", "f8"), ("cell", "i4"), ("side", "i1")], align=True)


class Ground(NamedTuple):
    """A tuple of arrays of several kinds."""

    line: Any
    square: Any
    cube: Any
    units: Any


@pytest.fixture(autouse=True)
def not_kept() -> Iterator[None]:
    """Leave nothing in the cache."""
    with uncached():
        yield


def bundled(function: Callable[..., Any]) -> Any:
    """The function as one of the package, called by a campaign."""
    function.__module__ = "redan.engine.invented"
    inner = kernel(function)

    def run(ground: Any, out: Any) -> None:
        inner(ground, out)

    return campaign_kernel(run)


def ground() -> Ground:
    """Arrays of one to three axes, the second a view with gaps between its numbers."""
    units = np.zeros(4, RECORD)
    units["men"], units["cell"], units["side"] = [10.5, 20.5, 30.5, 40.5], [3, 0, 2, 1], [1, -1, 0, 1]
    return Ground(
        np.arange(5, dtype=np.int32) * 7,
        np.arange(24.0).reshape(4, 6)[:, ::2],
        np.arange(24.0).reshape(2, 3, 4),
        units.view(np.recarray),
    )


def reading(g: Any, out: Any) -> None:
    """Whole numbers of several widths as indices, a view, a slice, a row, fields in several blocks."""
    units = g.units
    for i in range(units.shape[0]):
        unit = units[i]
        if unit.side > 0:
            out[i] += unit.men + g.line[unit.cell]
        else:
            out[i] -= units[units[i].cell].men * g.cube[1, unit.cell % 3, i]
    out[4] = g.square[2, 1] + g.cube[1][2, 3] + g.cube[0, 1][3] + g.line[1:4][2] + g.square[3][2]
    out[5] = g.line[np.int32(2)] + g.line[int(out[0]) % 5] + g.line[np.uint8(4)]


def writing(g: Any, out: Any) -> None:
    """Numbers cast to what the array holds, records copied, fields of records set, a variable set anew."""
    for i in range(g.line.shape[0]):
        g.line[i] = 2.75 * i
        g.cube[i % 2, i % 3, 3] = i
        g.square[i % 4, 2] = i == 3
    g.units[0] = g.units[1]
    g.units[2].men = g.units[3].cell
    row = g.cube[0]
    for i in range(2):
        row = g.cube[i]
        row[2, 1] = -5
    g.cube[1, 1] = 3.5
    out[0] = row[2, 1] + g.units[0].men


@pytest.mark.parametrize("function", [reading, writing])
def test_the_short_way_reads_and_writes_what_python_does(function: Callable[..., Any]) -> None:
    plain, compiled = ground(), ground()
    expected, found = np.zeros(6), np.zeros(6)
    function(plain, expected)
    bundled(function)(compiled, found)
    assert found.tolist() == expected.tolist()
    assert expected.any()
    for left, right in zip(plain, compiled, strict=True):
        assert left.tobytes() == right.tobytes()


def test_a_compile_leaves_numba_as_it_was() -> None:
    def broken(g: Any, out: Any) -> None:
        out[0] = g.nothing_of_the_kind

    before = BaseFunction.get_call_type, gc.get_threshold()
    with pytest.raises(Exception, match="nothing_of_the_kind"):
        bundled(broken)(ground(), np.zeros(1))
    assert (BaseFunction.get_call_type, gc.get_threshold()) == before


def test_a_remembered_type_is_the_one_found_at_first() -> None:
    asked: list[tuple[Any, ...]] = []

    class Function:
        _code = -1

    def ask(self: Any, context: Any, args: Any, kws: Any) -> str:
        asked.append(args)
        return f"{args}"

    remembering = _remembering(ask)
    function, context = Function(), object()
    for args in ((types.int64,), (types.int32,), (types.int64,), (types.int64, types.int64)):
        assert remembering(function, context, args, {}) == f"{args}"
    assert len(asked) == 3
    assert remembering(function, context, (types.int64,), {"k": types.int8}) == f"{(types.int64,)}"
    assert len(asked) == 4
