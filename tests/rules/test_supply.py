"""Supply over a graph: exact where routes are in series or equal in parallel, never more than can flow."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from redan.numerics.graph import UNREACHED, bucket_paths, max_flow
from redan.rules.supply import deliver, neck_km, next_short_days, price_edges
from redan.testing.toys import hex_grid

SIDE = 1


@dataclass
class Net:
    """A road net of one side: links (cell, cell, tonnes a day), sources, demands."""

    cells: int
    links: list[tuple[int, int, float]]
    sources: dict[int, float]
    demands: dict[int, float]
    survival: dict[int, float] = field(default_factory=dict)

    def arrays(self) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        neighbour = np.full((self.cells, 6), -1, dtype=np.int32)
        road = np.zeros((self.cells, 6))
        used = [0] * self.cells
        for a, b, capacity in self.links:
            for one, other in ((a, b), (b, a)):
                neighbour[one, used[one]] = other
                road[one, used[one]] = capacity
                used[one] += 1
        return neighbour, road

    def delivered(self, passes: int = 2) -> NDArray[np.float64]:
        """Share of its demand that reaches each cell, by the engine's own steps."""
        neighbour, road = self.arrays()
        n = self.cells
        control = np.full(n, SIDE, dtype=np.int8)
        supply = np.zeros((2, n))
        survival = np.ones(n)
        for c, tonnes in self.sources.items():
            supply[SIDE, c] = tonnes
        for c, left in self.survival.items():
            survival[c] = left
        cost = np.zeros((n, 6), dtype=np.int32)
        price_edges(neighbour, control, road, survival, cost)
        source = np.where(supply[SIDE] > 0.0, 1, 0).astype(np.int8)
        distance, order, link, back = (np.zeros(n, dtype=np.int32) for _ in range(4))
        reached = bucket_paths(
            neighbour, cost, source, distance, order, link, back, np.zeros(32, dtype=np.int32)
        )
        share = np.ones(n)
        for _ in range(passes):
            flow, capacity = np.zeros(n), np.zeros(n)
            for c, tonnes in self.demands.items():
                flow[c] = tonnes
            deliver(
                neighbour,
                control,
                road,
                supply,
                survival,
                source,
                distance,
                order,
                reached,
                flow,
                capacity,
                share,
            )
        return np.where(distance < UNREACHED, share, 0.0)

    def tonnes(self, passes: int = 2) -> float:
        share = self.delivered(passes)
        return float(sum(share[c] * tonnes for c, tonnes in self.demands.items()))

    def most(self) -> float:
        """Maximum flow from a super-source to a super-sink."""
        n = self.cells
        capacity = np.zeros((n + 2, n + 2))
        for a, b, c in self.links:
            capacity[a, b] += c
            capacity[b, a] += c
        for c, tonnes in self.sources.items():
            capacity[n, c] = tonnes
        for c, tonnes in self.demands.items():
            capacity[c, n + 1] = tonnes
        return float(max_flow(capacity, n, n + 1))


CAPACITY = st.floats(0.5, 40.0)


@given(st.lists(CAPACITY, min_size=1, max_size=8), st.floats(0.5, 60.0), st.floats(0.5, 60.0))
@settings(max_examples=40)
def test_a_chain_carries_what_its_narrowest_link_does(
    links: list[float], supply: float, demand: float
) -> None:
    chain = [(i, i + 1, c) for i, c in enumerate(links)]
    net = Net(len(links) + 1, chain, {0: supply}, {len(links): demand})
    assert net.tonnes() == pytest.approx(min(*links, supply, demand), rel=1e-6)
    assert net.tonnes() == pytest.approx(net.most(), rel=1e-6)


@given(st.integers(1, 5), CAPACITY, st.floats(1.0, 300.0))
@settings(max_examples=40)
def test_equal_routes_side_by_side_add_up(routes: int, capacity: float, demand: float) -> None:
    links = [(0, 1 + i, capacity) for i in range(routes)] + [
        (1 + i, routes + 1, capacity) for i in range(routes)
    ]
    net = Net(routes + 2, links, {0: 1e6}, {routes + 1: demand})
    assert net.tonnes() == pytest.approx(net.most(), rel=1e-6)


def test_cutting_one_of_two_equal_routes_halves_what_arrives() -> None:
    # methods 7, check
    two = [(0, 1, 10.0), (0, 2, 10.0), (1, 3, 10.0), (2, 3, 10.0)]
    whole = Net(4, two, {0: 1e6}, {3: 20.0}).tonnes()
    cut = Net(4, [link for link in two if 2 not in link[:2]], {0: 1e6}, {3: 20.0}).tonnes()
    assert (whole, cut) == pytest.approx((20.0, 10.0))


def test_what_is_lost_on_the_way_does_not_arrive() -> None:
    chain = Net(4, [(0, 1, 50.0), (1, 2, 50.0), (2, 3, 50.0)], {0: 1e6}, {3: 10.0}, {1: 0.9, 2: 0.8, 3: 0.7})
    assert chain.tonnes() == pytest.approx(10.0 * 0.9 * 0.8 * 0.7)


def test_a_wide_and_a_starved_route_carry_no_more_than_their_links() -> None:
    # Route 1 is wide up to the last link of 10 t; route 2 starts with .1 t. No more than 10.1 t can flow.
    links = [(0, 1, 1000.0), (0, 2, 0.1), (1, 3, 10.0), (2, 3, 10.0)]
    net = Net(4, links, {0: 1e6}, {3: 20.0})
    assert net.most() == pytest.approx(10.1)
    assert net.tonnes() <= net.most() * (1.0 + 1e-9)


@st.composite
def nets(draw: st.DrawFn) -> Net:
    """Layered nets of up to three layers of three cells, every pair of neighbours linked or not."""
    layers = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    cells = [[0]]
    for size in layers:
        first = cells[-1][-1] + 1
        cells.append(list(range(first, first + size)))
    links = []
    for before, after in pairwise(cells):
        for b in after:
            some = draw(st.lists(st.sampled_from(before), min_size=1, max_size=3, unique=True))
            links += [(a, b, draw(CAPACITY)) for a in some]
    demands = {c: draw(st.floats(0.0, 20.0)) for c in range(1, cells[-1][-1] + 1)}
    return Net(cells[-1][-1] + 1, links, {0: draw(st.floats(1.0, 200.0))}, demands)


@given(nets(), st.integers(1, 3))
@settings(max_examples=200)
def test_no_more_is_delivered_than_can_flow(net: Net, passes: int) -> None:
    shares = net.delivered(passes)
    assert ((shares >= 0.0) & (shares <= 1.0)).all()
    assert net.tonnes(passes) <= net.most() * (1.0 + 1e-9) + 1e-6 * net.cells


@pytest.mark.parametrize("case", range(25))
def test_the_neck_is_a_minimum_cut(case: int) -> None:
    rng = np.random.default_rng(case)
    neighbour, column, _ = hex_grid(9, 8)
    n = neighbour.shape[0]
    control = np.where(rng.random(n) < 0.75, SIDE, 0).astype(np.int8)
    garrison = rng.choice(np.flatnonzero(column < 4), size=3, replace=False).astype(np.int32)
    control[garrison] = SIDE
    ring = column.astype(np.int32)  # the rear lies east
    safe, width = 6, 1.2
    work: dict[str, Any] = {name: np.zeros(n, dtype=np.int32) for name in ("list", "queue", "parent", "mark")}
    work["list"][:3] = garrison
    used = np.ones((n, 6), dtype=np.int8)  # left over from another search
    found = neck_km(
        neighbour,
        control,
        SIDE,
        work["list"],
        3,
        ring,
        safe,
        width,
        1e9,
        work["queue"],
        work["parent"],
        used,
        work["mark"],
    )
    capacity = np.zeros((n + 2, n + 2), dtype=np.int32)
    for c in range(n):
        for b in neighbour[c]:
            if b >= 0 and control[c] == control[b] == SIDE:
                capacity[c, b] = 1
    capacity[n, garrison] = 1000
    capacity[np.flatnonzero((control == SIDE) & (ring >= safe)), n + 1] = 1000
    flow = maximum_flow(csr_array(capacity), n, n + 1).flow_value
    assert found == pytest.approx(flow * width)


SHARE = st.floats(0.0, 1.0)


@given(st.floats(0.0, 60.0), st.floats(0.0, 4.0), SHARE, st.floats(0.1, 0.9), st.floats(0.0, 4.0))
def test_shortage_and_stock(
    short: float, stock: float, delivered: float, sustain: float, recovery: float
) -> None:
    after, left = next_short_days(short, stock, delivered, sustain, recovery, 4.0)
    assert after >= 0.0
    assert 0.0 <= left <= 4.0
    if delivered >= sustain:  # bare needs are met: it heals
        assert after <= short
        assert left >= stock - 1e-12
    else:  # stocks first, then shortage, and both together make up what is missing
        missing = (sustain - delivered) / sustain
        assert after - short + stock - left == pytest.approx(missing, abs=1e-9)
        assert after - short < 1e-9 or left < 1e-9


@given(SHARE, SHARE, st.floats(0.0, 30.0))
def test_more_delivered_is_never_worse(a: float, b: float, short: float) -> None:
    low, high = sorted((a, b))
    worse, better = (next_short_days(short, 1.0, x, 0.5, 2.0, 4.0) for x in (low, high))
    assert better[0] <= worse[0] + 1e-12
    assert better[1] >= worse[1] - 1e-12
