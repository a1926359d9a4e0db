"""The engine as plain Python: the same days as compiled, and single phases that are not worth a compile."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

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


def played() -> State:
    theatre = toy_theatre(SMALL)
    return play(theatre, toy_plan(theatre), toy_params(PUSH), days=DAYS, replication=3).state


def days_of_plain_python(path: str) -> None:
    """Store the state of the last evening: run in a process without the compiler."""
    arrays: dict[str, Any] = {name: np.asarray(array) for name, array in played()._asdict().items()}
    np.savez(path, **arrays)


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )


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
