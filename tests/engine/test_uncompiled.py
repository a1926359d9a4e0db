"""The engine as plain Python: the same days as compiled, and single phases that are not worth a compile."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from redan.engine.allocate import allocate_state
from redan.testing.campaigns import play
from redan.testing.params import toy_params
from redan.testing.toys import toy_plan, toy_theatre
from redan.vocabulary.state import State
from tests.engine.worlds import PUSH, SMALL

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DAYS = 8
# In-between numbers, not results of a day: work space may differ in what it is left with.
WORK = {"queue", "order", "link", "back", "bucket", "used", "counts", "hops", "hop_parent"}
PROGRAM = """
import warnings
warnings.simplefilter("ignore", RuntimeWarning)
import sys
from tests.engine.test_uncompiled import days_of_plain_python
days_of_plain_python(sys.argv[1])
"""


class Holder(NamedTuple):
    """A tuple of one array."""

    array: Any


class _Forward(np.ndarray):
    """An array that is never counted from its end: compiled kernels would read and write before it."""

    def __getitem__(self, index: Any) -> Any:
        _refuse_negative(index)
        return super().__getitem__(index)

    def __setitem__(self, index: Any, value: Any) -> None:
        _refuse_negative(index)
        super().__setitem__(index, value)


class _ForwardRecords(_Forward, np.recarray):
    """The same with a record at each index."""


def _refuse_negative(index: Any) -> None:
    for one in index if isinstance(index, tuple) else (index,):
        if isinstance(one, int | np.integer) and one < 0:
            raise IndexError(f"index {one} counts from the end")


def forward(arrays: Any) -> Any:
    """A named tuple of arrays, none of which can be counted from its end."""
    kinds = ((array, _Forward if array.dtype.names is None else _ForwardRecords) for array in arrays)
    return type(arrays)(*(np.asarray(array).view(kind) for array, kind in kinds))


def played(*, watched: bool = False) -> State:
    theatre = toy_theatre(SMALL)
    plan = toy_plan(theatre)
    state = allocate_state(theatre, plan)
    if watched:
        theatre, plan, state = forward(theatre), forward(plan), forward(state)
    return play(theatre, plan, toy_params(PUSH), days=DAYS, replication=3, state=state).state


def days_of_plain_python(path: str) -> None:
    """Store the state of the last evening: run in a process without the compiler."""
    last = played(watched=True)._asdict()
    arrays: dict[str, Any] = {name: np.asarray(array) for name, array in last.items()}
    np.savez(path, **arrays)


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_what_watches_indices_sees_those_below_zero() -> None:
    (plain,) = forward(Holder(np.zeros((3, 2))))
    (records,) = forward(Holder(np.zeros(3, dtype=[("men", "f8")])))
    plain[2, 1] = records[2].men
    for wrong in (-1, np.int32(-1), (0, -1)):
        with pytest.raises(IndexError, match="from the end"):
            plain[wrong]
        with pytest.raises(IndexError, match="from the end"):
            plain[wrong] = 1.0
    with pytest.raises(IndexError, match="from the end"):
        records[-1]


@pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="nothing compiled to compare with")
def test_compiled_days_are_those_of_plain_python(tmp_path: Path) -> None:
    done = python("-c", PROGRAM, str(tmp_path / "plain.npz"))
    assert done.returncode == 0, done.stderr[-3000:]
    compiled = played()._asdict()
    with np.load(tmp_path / "plain.npz") as plain:
        for name in set(compiled) - WORK:
            one, other = np.asarray(compiled[name]), plain[name]
            columns = one.dtype.names or (None,)
            for column in columns:
                a, b = (one, other) if column is None else (one[column], other[column])
                np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-9, err_msg=f"{name} {column or ''}")


@pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="this is already the plain run")
def test_single_phases_pass_without_the_compiler() -> None:
    done = python("-m", "pytest", "-q", "-p", "no:cacheprovider", str(HERE / "plain"))
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
