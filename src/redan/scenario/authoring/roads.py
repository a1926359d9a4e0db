"""A simple network of roads: the shortest that joins all towns, and shortcuts where the way round is long."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import minimum_spanning_tree, shortest_path

F64 = NDArray[np.float64]
Pair = tuple[int, int]

DETOUR: Final = 1.5  # [-] times the straight way: where the network is longer, a shortcut is added
SHORTCUTS_PER_TOWN: Final = 0.5


def network(xy: F64) -> list[Pair]:
    """Pairs of points [n, 2] that a road joins: a minimum spanning tree, then shortcuts, shortest first."""
    n = len(xy)
    if n < 2:
        return []
    gaps = np.hypot(xy[:, None, 0] - xy[None, :, 0], xy[:, None, 1] - xy[None, :, 1])
    # Points at one place would vanish from the sparse graph.
    tree = minimum_spanning_tree(csr_array(np.maximum(gaps, 1e-6))).tocoo()
    joined = sorted(
        (min(int(a), int(b)), max(int(a), int(b))) for a, b in zip(tree.row, tree.col, strict=True)
    )
    return joined + _shortcuts(gaps, joined, int(n * SHORTCUTS_PER_TOWN))


def _shortcuts(gaps: F64, joined: Sequence[Pair], most: int) -> list[Pair]:
    """Up to `most` further pairs whose way over the network is far longer than the straight one."""
    free = [pair for pair in itertools.combinations(range(len(gaps)), 2) if pair not in joined]
    added: list[Pair] = []
    for a, b in sorted(free, key=lambda pair: (gaps[pair], pair)):
        if len(added) >= most:
            break
        if _way_km(gaps, [*joined, *added], a, b) > DETOUR * gaps[a, b] and not _is_passed(gaps, a, b):
            added.append((a, b))
    return added


def _way_km(gaps: F64, pairs: Sequence[Pair], a: int, b: int) -> float:
    graph = np.zeros_like(gaps)
    for i, j in pairs:
        graph[i, j] = max(gaps[i, j], 1e-6)
    return float(shortest_path(csr_array(graph), directed=False, indices=a)[b])


def _is_passed(gaps: F64, a: int, b: int) -> bool:
    """Whether some third point lies in the circle over the two: the road would go there first."""
    others = [k for k in range(len(gaps)) if k not in (a, b)]
    return any(math.hypot(gaps[a, k], gaps[k, b]) < gaps[a, b] for k in others)
