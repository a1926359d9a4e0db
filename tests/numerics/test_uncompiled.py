"""Every kernel of `numerics` gives the same numbers compiled and as plain Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SUITE = ("test_draws.py", "test_inverse.py", "test_graph.py")
# One line per kernel: its values to the last bit, over a grid of arguments.
PROGRAM = """
import warnings
warnings.simplefilter("ignore", RuntimeWarning)
import numpy as np
from redan.numerics import draws, graph, inverse
from redan.testing.toys import hex_grid
rep = np.uint64(draws.replication_key(np.uint64(9), 3))
keys = [np.uint64(draws.day_key(rep, day)) for day in range(40)]
us = [draws.uniform(key, 5, np.uint64(11)) for key in keys]
print([int(k) for k in keys])
print([float(u).hex() for u in us])
for u in us:
    row = [inverse.normal_quantile(u), inverse.gumbel_quantile(u), inverse.round_random(3.3, u)]
    row += [inverse.count_quantile(u, mean, d) for mean in (0.4, 12.0, 300.0) for d in (0.0, 0.3)]
    print([float(x).hex() for x in row])
found = np.zeros(len(us))
inverse.count_quantiles(np.array(us), np.linspace(0.0, 50.0, len(us)), 0.3, len(us), found)
print(found.tolist(), [(inverse.exp_minus(40.0 * u).hex(), inverse.log_one_plus(u).hex()) for u in us])
neighbour = hex_grid(9, 7)[0]
n = neighbour.shape[0]
side = (np.arange(n) % 5 > 1).astype(np.int8)
queue, ring, parent, label = (np.zeros(n, dtype=np.int32) for _ in range(4))
queue[:2] = 3, 40
print(graph.ring_search(neighbour, side, queue, 2, 6, ring, parent, label), ring.tolist())
cost = ((np.arange(n * 6).reshape(n, 6) * 7) % 16).astype(np.int32)
source = np.zeros(n, dtype=np.int8)
source[5], source[30] = 1, 1
work = [np.zeros(n, dtype=np.int32) for _ in range(3)] + [np.zeros((2, 7 * n), dtype=np.int32)]
print(graph.bucket_paths(neighbour, cost, source, *work, np.zeros(32, dtype=np.int32)), work[0].tolist())
opposite = np.zeros((n, 6), dtype=np.int8)
graph.pair_edges(neighbour, opposite)
print(opposite.tolist())
"""


def python(arguments: list[str], *, jit: bool) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"NUMBA_DISABLE_JIT": "0" if jit else "1"}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
    )


def test_compiled_and_plain_numbers_are_the_same_bits() -> None:
    compiled, plain = (python(["-c", PROGRAM], jit=jit) for jit in (True, False))
    assert compiled.returncode == 0, compiled.stderr
    assert plain.returncode == 0, plain.stderr
    assert compiled.stdout == plain.stdout


@pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="this is already the plain run")
def test_the_suite_passes_without_the_compiler() -> None:
    files = [str(HERE / name) for name in SUITE]
    # fewer examples: the same properties have just been tried on compiled code
    done = python(["-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *files], jit=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
