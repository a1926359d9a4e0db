"""Graph searches on the cell lattice against scipy and against brute force."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from redan.numerics.graph import UNREACHED, bucket_paths, pair_edges, ring_search
from redan.testing.toys import hex_grid

COLUMNS, ROWS = 11, 9
CELLS = COLUMNS * ROWS
CASES = range(12)


def lattice() -> NDArray[np.int32]:
    return hex_grid(COLUMNS, ROWS)[0]


def sides(rng: np.random.Generator) -> NDArray[np.int8]:
    """Two sides in patches, so that both have pockets."""
    return (rng.random(CELLS) < 0.45).astype(np.int8)


def edges(neighbour: NDArray[np.int32]) -> list[tuple[int, int, int]]:
    return [(c, n, int(b)) for c in range(CELLS) for n, b in enumerate(neighbour[c]) if b >= 0]


def sparse(rows: list[int], columns: list[int], values: list[float], nodes: int) -> Any:
    return csr_array(coo_array((values, (rows, columns)), shape=(nodes, nodes)))


@pytest.mark.parametrize("case", CASES)
def test_rings_are_breadth_first_distances(case: int) -> None:
    rng = np.random.default_rng(case)
    neighbour, side = lattice(), sides(rng)
    seeds = rng.choice(CELLS, size=4, replace=False)
    limit = int(rng.integers(1, 9))
    queue, ring, parent = (np.zeros(CELLS, dtype=np.int32) for _ in range(3))
    label = np.full(CELLS, -1, dtype=np.int32)
    queue[: seeds.size] = seeds
    label[seeds] = seeds
    reached = ring_search(neighbour, side, queue, seeds.size, limit, ring, parent, label)
    own = [(c, b) for c, _, b in edges(neighbour) if side[c] == side[b]]
    graph = sparse([c for c, _ in own], [b for _, b in own], [1.0] * len(own), CELLS)
    far = dijkstra(graph, indices=seeds, unweighted=True).min(axis=0)
    expected = np.where(far <= limit, far, UNREACHED)
    np.testing.assert_array_equal(ring, expected)
    assert reached == (expected < UNREACHED).sum()
    for c in np.flatnonzero(ring < UNREACHED):
        assert ring[parent[c]] == max(0, ring[c] - 1)
        assert side[parent[c]] == side[c]
        assert label[c] == label[parent[c]]
        assert label[label[c]] == label[c]


def paths(
    neighbour: NDArray[np.int32], cost: NDArray[np.int32], source: NDArray[np.int8]
) -> tuple[int, NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Cells reached, distance, parent and order."""
    distance, parent, order = (np.full(CELLS, 7, dtype=np.int32) for _ in range(3))
    entry, head = np.zeros((2, CELLS * 7), dtype=np.int32), np.zeros(32, dtype=np.int32)
    reached = bucket_paths(neighbour, cost, source, distance, parent, order, entry, head)
    return reached, distance, parent, order


@pytest.mark.parametrize("case", CASES)
def test_bucket_paths_are_least_cost_paths(case: int) -> None:
    rng = np.random.default_rng(100 + case)
    neighbour = lattice()
    cost = rng.integers(-4, 16, size=neighbour.shape).astype(np.int32)  # 0 and less: closed
    source = np.zeros(CELLS, dtype=np.int8)
    starts = rng.choice(CELLS, size=3, replace=False)
    source[starts] = 1
    reached, distance, parent, order = paths(neighbour, cost, source)
    usable = [(c, b, float(cost[c, n])) for c, n, b in edges(neighbour) if cost[c, n] > 0]
    # a super-source at distance 1, because csgraph drops edges of length 0
    usable += [(CELLS, int(c), 1.0) for c in starts]
    rows, columns, values = (list(part) for part in zip(*usable, strict=True))
    far = dijkstra(sparse(rows, columns, values, CELLS + 1), indices=[CELLS])[0, :CELLS] - 1.0
    np.testing.assert_array_equal(distance, np.where(np.isfinite(far), far, UNREACHED))
    assert reached == np.isfinite(far).sum()
    assert sorted(order[:reached]) == list(np.flatnonzero(np.isfinite(far)))
    assert (np.diff(distance[order[:reached]]) >= 0).all()
    for c in order[:reached]:
        before = int(parent[c])
        if source[c]:
            assert (before, distance[c]) == (c, 0)
        else:
            slot = int(np.flatnonzero(neighbour[before] == c)[0])
            assert distance[c] == distance[before] + cost[before, slot]


def test_the_dearest_edges_still_fit_the_buckets() -> None:
    # Every edge at 15: the queue must not lap itself.
    neighbour = lattice()
    cost = np.where(neighbour >= 0, 15, 0).astype(np.int32)
    source = np.zeros(CELLS, dtype=np.int8)
    source[0] = 1
    reached, distance, _, _ = paths(neighbour, cost, source)
    assert reached == CELLS
    assert distance.max() < 15 * (COLUMNS + ROWS)


def test_a_cell_found_nearer_again_and_again_still_fits_the_queue() -> None:
    # A long straight row is dearer than every detour, so that cells are entered several times.
    neighbour = lattice()
    rng = np.random.default_rng(2)
    cost = np.where(neighbour >= 0, 15 - 14 * (rng.random(neighbour.shape) < 0.5), 0).astype(np.int32)
    source = np.ones(CELLS, dtype=np.int8)
    source[1:] = 0
    reached, _, _, order = paths(neighbour, cost, source)
    assert reached == CELLS
    assert sorted(order) == list(range(CELLS))


def test_edges_are_paired() -> None:
    neighbour = lattice()
    opposite = np.full(neighbour.shape, 9, dtype=np.int8)
    pair_edges(neighbour, opposite)
    for c, n, b in edges(neighbour):
        assert neighbour[b, opposite[c, n]] == c
        assert opposite[b, opposite[c, n]] == n
    assert (opposite[neighbour < 0] == -1).all()
