"""Roads and rivers on the edges, the same tonnage at resolutions 7 and 8."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, maximum_flow

from redan.theatre.cells import Cells, Lonlat, build_cells
from redan.theatre.lines import River, Road, length_inside_km, river_edges, road_capacity, road_edges

CENTRE = (37.5, 48.7)
WEST_EAST: list[Lonlat] = [(37.0, 48.72), (37.4, 48.68), (38.0, 48.71)]
NORTH_SOUTH: list[Lonlat] = [(37.5, 48.4), (37.52, 49.0)]


@pytest.fixture(scope="module")
def both() -> dict[int, Cells]:
    return {r: build_cells([CENTRE], buffer_km=15.0, resolution=r) for r in (7, 8)}


def capacity_across(cells: Cells, capacity: np.ndarray, x_km: float) -> float:
    """Greatest flow from the cells west of a line to those east of it."""
    a, slot = np.nonzero(cells.neighbour >= 0)
    b, n = cells.neighbour[a, slot], cells.n
    ends_a = np.flatnonzero(cells.x_km < -abs(x_km))
    ends_b = np.flatnonzero(cells.x_km > abs(x_km))
    big = 10**9
    rows = np.concatenate([a, np.full(len(ends_a), n), ends_b])
    columns = np.concatenate([b, ends_a, np.full(len(ends_b), n + 1)])
    values = np.concatenate([np.round(capacity[a, slot]), np.full(len(ends_a) + len(ends_b), big)])
    graph = csr_array((values.astype(np.int32), (rows, columns)), shape=(n + 2, n + 2))
    return float(maximum_flow(graph, n, n + 1).flow_value)


@pytest.mark.parametrize("resolution", [7, 8])
def test_capacity_is_the_same_both_ways(both: dict[int, Cells], resolution: int) -> None:
    cells = both[resolution]
    capacity = road_capacity(cells, [Road("a", WEST_EAST, 1000.0)], track_t_per_day_per_km=60.0)
    for i, row in enumerate(cells.neighbour):
        for k, j in enumerate(row):
            back = int(np.argmax(cells.neighbour[j] == i))
            assert capacity[i, k] == (capacity[j, back] if j >= 0 else 0.0)


@pytest.mark.parametrize("resolution", [7, 8])
def test_a_road_joins_the_rim_to_the_rim(both: dict[int, Cells], resolution: int) -> None:
    cells = both[resolution]
    pairs = np.array(sorted(road_edges(cells, Road("a", WEST_EAST, 1.0))))
    graph = csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(cells.n, cells.n))
    _, label = connected_components(graph, directed=False)
    on_road = np.unique(pairs)
    assert len(set(label[on_road])) == 1
    assert cells.on_rim[on_road].sum() >= 2


@pytest.mark.parametrize("resolution", [7, 8])
def test_a_single_road_carries_its_capacity_across(both: dict[int, Cells], resolution: int) -> None:
    cells = both[resolution]
    capacity = road_capacity(cells, [Road("a", WEST_EAST, 4000.0)], track_t_per_day_per_km=0.0)
    assert capacity_across(cells, capacity, 5.0) == 4000.0


def test_two_roads_on_one_edge_add_up(both: dict[int, Cells]) -> None:
    cells, road = both[7], Road("a", WEST_EAST, 1000.0)
    once = road_capacity(cells, [road], track_t_per_day_per_km=0.0)
    twice = road_capacity(cells, [road, road], track_t_per_day_per_km=0.0)
    assert (twice == 2.0 * once).all()


def test_tracks_let_the_same_through_at_both_resolutions(both: dict[int, Cells]) -> None:
    flows = {}
    for resolution, cells in both.items():
        capacity = road_capacity(cells, [], track_t_per_day_per_km=6000.0)  # large: flow is in whole t
        flows[resolution] = capacity_across(cells, capacity, 2.0)
    assert flows[7] == pytest.approx(flows[8], rel=0.15)


@pytest.mark.parametrize("resolution", [7, 8])
def test_a_river_parts_its_two_banks(both: dict[int, Cells], resolution: int) -> None:
    cells = both[resolution]
    river = river_edges(cells, [River("a", NORTH_SOUTH, 1.0), River("b", WEST_EAST, 0.4)])
    a, slot = np.nonzero((cells.neighbour >= 0) & (river < 1.0))
    b = cells.neighbour[a, slot]
    graph = csr_array((np.ones(len(a)), (a, b)), shape=(cells.n, cells.n))
    n_parts, _ = connected_components(graph, directed=False)
    assert n_parts == 2
    assert set(np.unique(river)) == {0.0, 0.4, 1.0}


def test_length_inside_is_clipped(both: dict[int, Cells]) -> None:
    assert length_inside_km(both[7], NORTH_SOUTH) == pytest.approx(30.0, abs=1.0)
    assert length_inside_km(both[7], NORTH_SOUTH[:1]) == 0.0
