"""Supply over roads: the most that can flow, shared alike, lost per km, by the less dangerous way."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redan.numerics.graph import SMALLEST_T, UNREACHED, pair_edges
from redan.rules.delivery import unwind_circle
from redan.rules.routing import draw_in_waves, draw_supply, price_edges, raise_rations
from tests.rules.nets import CAPACITY, SIDE, Field, Net, brought, hex_field, most, routed

EXACT = 1e-6  # of the maximum flow


# --- how much arrives -----------------------------------------------------------------------------


@given(st.lists(CAPACITY, min_size=1, max_size=8), st.floats(0.5, 60.0), st.floats(0.5, 60.0))
@settings(max_examples=40)
def test_a_chain_carries_what_its_narrowest_link_does(
    links: list[float], supply: float, demand: float
) -> None:
    chain = [(i, i + 1, c) for i, c in enumerate(links)]
    net = Net(len(links) + 1, chain, {0: supply}, {len(links): demand})
    assert net.tonnes() == pytest.approx(min(*links, supply, demand), rel=EXACT)


@given(st.lists(CAPACITY, min_size=1, max_size=5), st.floats(1.0, 300.0))
@settings(max_examples=40)
def test_routes_side_by_side_add_up(widths: list[float], demand: float) -> None:
    routes = len(widths)
    links = [(0, 1 + i, w) for i, w in enumerate(widths)]
    links += [(1 + i, routes + 1, w) for i, w in enumerate(widths)]
    net = Net(routes + 2, links, {0: 1e6}, {routes + 1: demand})
    assert net.tonnes() == pytest.approx(min(demand, sum(widths)), rel=EXACT)


def test_cutting_one_of_two_equal_routes_halves_what_arrives() -> None:
    # methods 7, check
    two = [(0, 1, 10.0), (0, 2, 10.0), (1, 3, 10.0), (2, 3, 10.0)]
    whole = Net(4, two, {0: 1e6}, {3: 20.0}).tonnes()
    cut = Net(4, [link for link in two if 2 not in link[:2]], {0: 1e6}, {3: 20.0}).tonnes()
    assert (whole, cut) == pytest.approx((20.0, 10.0))


def test_a_wide_and_a_starved_route_carry_what_their_links_do() -> None:
    # Route 1 is wide up to the last link of 10 t; route 2 starts with .1 t. No more than 10.1 t can flow.
    links = [(0, 1, 1000.0), (0, 2, 0.1), (1, 3, 10.0), (2, 3, 10.0)]
    assert Net(4, links, {0: 1e6}, {3: 20.0}).tonnes() == pytest.approx(10.1)


def test_an_overloaded_source_leaves_its_neighbourhood_to_another() -> None:
    # All stand beside the small source; the large one is far.
    row = [(i, i + 1, 50.0) for i in range(8)]
    assert Net(9, row, {0: 5.0, 8: 100.0}, {1: 20.0, 2: 20.0}).tonnes() == pytest.approx(40.0)


def test_demand_for_one_turns_back_what_was_drawn_for_another() -> None:
    # The cheapest way of cell 4 leads through cell 3 and takes its only way; there is a longer one.
    links = [(0, 1, 10.0), (1, 3, 10.0), (3, 4, 10.0), (0, 2, 10.0), (2, 5, 10.0), (5, 6, 10.0), (6, 4, 10.0)]
    assert Net(7, links, {0: 1e6}, {3: 10.0, 4: 10.0}).tonnes() == pytest.approx(20.0)


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


@given(nets())
@settings(max_examples=150)
def test_in_layers_the_maximum_flow_arrives(net: Net) -> None:
    shares = net.delivered()
    assert ((shares >= 0.0) & (shares <= 1.0)).all()
    assert net.tonnes() == pytest.approx(net.most(), rel=EXACT, abs=1e-6)


FIELDS = st.builds(
    lambda seed, columns, rows: hex_field(np.random.default_rng(seed), columns, rows),
    st.integers(0, 10**6),
    st.integers(2, 14),
    st.integers(2, 12),
)


@given(FIELDS)
@settings(max_examples=80)
def test_over_a_field_of_two_sides_the_maximum_flow_arrives(ground: Field) -> None:
    shares = routed(ground).share
    assert ((shares >= 0.0) & (shares <= 1.0)).all()
    np.testing.assert_allclose(brought(ground), most(ground), rtol=EXACT, atol=1e-6)


@given(FIELDS, st.integers(0, 10**6))
@settings(max_examples=40)
def test_closing_a_link_never_brings_more(ground: Field, seed: int) -> None:
    before = brought(ground)
    rng = np.random.default_rng(seed)
    for _ in range(4):
        c, slot = (int(i) for i in rng.choice(np.argwhere(ground.neighbour >= 0)))
        b = int(ground.neighbour[c, slot])
        road = ground.road.copy()
        road[c, slot] = 0.0
        road[b, np.flatnonzero(ground.neighbour[b] == c)[0]] = 0.0
        ground = ground._replace(road=road)
        after = brought(ground)
        assert (after <= before * (1.0 + EXACT) + 1e-6).all()
        before = after


@given(FIELDS)
@settings(max_examples=40)
def test_what_flows_is_conserved_and_fits_the_roads(ground: Field) -> None:
    found = routed(ground)
    drawn, near = found.drawn, np.maximum(ground.neighbour, 0)
    handed = np.where(drawn < -SMALLEST_T, -drawn, 0.0).sum(axis=1)
    needed = found.ration * ground.demand + handed
    met = np.divide(found.flow, needed, out=np.zeros_like(needed), where=needed > 0.0)
    carried = np.where(drawn > SMALLEST_T, drawn, 0.0) * met[near]
    np.testing.assert_allclose(found.taken + carried.sum(axis=1), found.flow, rtol=1e-9, atol=1e-6)
    assert (carried <= ground.road * (1.0 + 1e-9) + 1e-9).all()
    own = ground.supply[ground.control, np.arange(needed.size)]
    assert (found.taken <= own * (1.0 + 1e-9)).all()
    place = np.argsort(found.queue)
    c, slot = np.nonzero(drawn > SMALLEST_T)
    assert (place[near[c, slot]] < place[c]).all(), "each after those it draws on: nothing runs in a circle"


@given(FIELDS, st.integers(-3, 90))
@settings(max_examples=20)
def test_what_the_work_arrays_held_before_does_not_count(ground: Field, dirt: int) -> None:
    np.testing.assert_array_equal(routed(ground, dirt=dirt).share, routed(ground).share)


# --- who gets it ----------------------------------------------------------------------------------


def test_those_behind_one_narrow_road_share_alike() -> None:
    links = [(0, 1, 100.0), (1, 2, 12.0), (2, 3, 100.0), (3, 4, 100.0)]
    shares = Net(5, links, {0: 1e6}, {1: 30.0, 2: 10.0, 3: 20.0, 4: 10.0}).delivered()
    assert shares[1] == pytest.approx(1.0)  # before the narrow road
    np.testing.assert_allclose(shares[2:], 12.0 / 40.0)


def test_of_too_little_each_gets_the_same_share() -> None:
    ring = [(0, 1, 100.0), (1, 2, 100.0), (2, 3, 100.0), (3, 0, 100.0)]
    shares = Net(4, ring, {0: 15.0}, {0: 10.0, 1: 10.0, 2: 20.0, 3: 10.0}).delivered()
    np.testing.assert_allclose(shares, 0.3)


def test_of_two_sources_too_small_together_all_live_alike() -> None:
    row = [(i, i + 1, 100.0) for i in range(6)]
    shares = Net(7, row, {0: 4.0, 6: 20.0}, {1: 20.0, 2: 10.0, 5: 10.0}).delivered()
    np.testing.assert_allclose(shares[[1, 2, 5]], 24.0 / 40.0)


def test_what_some_cannot_be_brought_goes_to_the_others() -> None:
    # Of 30 t, 3 t come through to cell 2; the rest feeds cells 1 and 3 alike.
    links = [(0, 1, 100.0), (1, 2, 3.0), (1, 3, 100.0)]
    shares = Net(4, links, {0: 30.0}, {1: 20.0, 2: 20.0, 3: 20.0}).delivered()
    np.testing.assert_allclose(shares, [27.0 / 40.0, 27.0 / 40.0, 3.0 / 20.0, 27.0 / 40.0])


def test_a_cell_cut_off_gets_nothing() -> None:
    net = Net(5, [(0, 1, 50.0), (1, 2, 50.0), (3, 4, 50.0)], {0: 1e6}, {2: 5.0, 3: 5.0})
    found = routed(net.field())
    np.testing.assert_allclose(found.share, [1.0, 1.0, 1.0, 0.0, 0.0])
    assert (found.distance[3:] == UNREACHED).all()
    assert (found.distance[:3] < UNREACHED).all()


def test_where_nobody_needs_anything_a_little_would_get_what_its_cheapest_way_does() -> None:
    # Cells 3 and 4 are empty; 4 lies behind the hungry cell 2, 3 in front of the narrow road.
    links = [(0, 1, 100.0), (1, 2, 5.0), (1, 3, 100.0), (2, 4, 100.0)]
    shares = Net(5, links, {0: 1e6}, {1: 10.0, 2: 20.0}, {4: 0.5}).delivered()
    np.testing.assert_allclose(shares, [1.0, 1.0, 0.25, 1.0, 0.125])


# --- what is lost on the way ----------------------------------------------------------------------


def test_what_is_lost_on_the_way_does_not_arrive() -> None:
    chain = Net(4, [(0, 1, 50.0), (1, 2, 50.0), (2, 3, 50.0)], {0: 1e6}, {3: 10.0}, {1: 0.9, 2: 0.8, 3: 0.7})
    assert chain.tonnes() == pytest.approx(10.0 * 0.9 * 0.8 * 0.7)


@pytest.mark.parametrize("cells", [6, 10, 27])
def test_loss_per_km_is_the_same_in_cells_of_any_size(cells: int) -> None:
    # methods 7, check: lambda = .0143 per km over 24 km leaves .71
    survival = math.exp(-0.0143 * 24.0 / cells)
    row = [(i, i + 1, 50.0) for i in range(cells)]
    net = Net(cells + 1, row, {0: 1e6}, {cells: 10.0}, dict.fromkeys(range(1, cells + 1), survival))
    assert net.delivered()[cells] == pytest.approx(0.71, abs=0.001)


def test_of_two_like_ways_the_less_dangerous_is_used_first() -> None:
    ways = [(0, 1, 30.0), (0, 2, 30.0), (1, 3, 30.0), (2, 3, 30.0)]
    found = routed(Net(4, ways, {0: 1e6}, {3: 20.0}, {1: 0.7}).field())
    assert found.flow[1] == 0.0
    assert found.flow[2] == pytest.approx(20.0)
    both = routed(Net(4, ways, {0: 1e6}, {3: 40.0}, {1: 0.7}).field())  # and the other when it is full
    assert (both.flow[1], both.flow[2]) == pytest.approx((10.0, 30.0))
    assert both.share[3] == pytest.approx((10.0 * 0.7 + 30.0) / 40.0)


def test_a_long_safe_way_is_not_worth_a_little_danger() -> None:
    ways = [(0, 1, 30.0), (1, 2, 30.0), (0, 3, 30.0), (3, 4, 30.0), (4, 5, 30.0), (5, 6, 30.0), (6, 2, 30.0)]
    flow = routed(Net(7, ways, {0: 1e6}, {2: 10.0}, {1: 0.99}).field()).flow
    assert (flow[1], flow[3]) == (pytest.approx(10.0), 0.0)


# --- one cell, one wave, one circle ---------------------------------------------------------------


class Row:
    """A row of cells of one side with like roads, a source at its start, and its work arrays."""

    def __init__(self, cells: int, road: float, supply: float, missing: dict[int, float]) -> None:
        ground = Net(cells, [(i, i + 1, road) for i in range(cells - 1)], {0: supply}, missing).field()
        self.neighbour, self.road = ground.neighbour, ground.road
        self.opposite = np.zeros((cells, 6), dtype=np.int8)
        pair_edges(self.neighbour, self.opposite)
        self.cost = np.zeros((cells, 6), dtype=np.int32)
        price_edges(self.neighbour, ground.control, self.road, ground.survival, 2.4, self.cost)
        self.source = np.zeros(cells, dtype=np.int8)
        self.source[0] = 1
        self.label = (4 * np.arange(cells)).astype(np.int32)  # a track costs 4
        self.left, self.taken, self.missing = np.zeros(cells), np.zeros(cells), ground.demand
        self.left[0] = supply
        self.drawn = np.zeros((cells, 6))

    def draw(self, c: int, *, farther: int = 1) -> None:
        draw_supply(
            c, farther, self.neighbour, self.opposite, self.road, self.source, self.label, self.cost,
            self.left, self.taken, self.drawn, self.missing,
        )  # fmt: skip

    def wave(self, waves: int, *, farther: int = 1) -> None:
        order = np.arange(self.missing.size, dtype=np.int32)
        draw_in_waves(
            waves, farther, self.neighbour, self.opposite, self.road, self.source, self.label, order,
            order.size, self.cost, self.left, self.taken, self.drawn, self.missing,
        )  # fmt: skip


def test_a_cell_draws_on_the_next_and_passes_on_what_it_lacks() -> None:
    row = Row(3, 10.0, 100.0, {2: 6.0})
    row.draw(2)
    np.testing.assert_allclose(row.missing, [0.0, 6.0, 0.0])
    assert (row.drawn[2, 0], row.drawn[1, row.opposite[2, 0]]) == (6.0, -6.0)
    row.draw(1)
    row.draw(0)
    assert (row.left[0], row.taken[0], row.missing.sum()) == (94.0, 6.0, 0.0)


def test_a_full_road_is_marked_and_the_cell_looks_farther() -> None:
    row = Row(3, 10.0, 100.0, {2: 16.0})
    row.draw(2)
    assert row.missing[2] == pytest.approx(6.0)
    assert row.label[2] == UNREACHED  # it has no other way
    assert row.cost[1, row.opposite[2, 0]] < 0  # full towards it ...
    assert row.cost[2, 0] > 0  # ... and open the other way


def test_a_cell_that_may_not_look_farther_keeps_its_label() -> None:
    row = Row(3, 10.0, 100.0, {2: 16.0})
    row.draw(2, farther=0)
    assert (row.label[2], row.missing[2]) == (8, pytest.approx(6.0))
    empty = Row(3, 10.0, 100.0, {})
    empty.draw(2)
    assert (empty.drawn == 0.0).all()  # nothing lacking, nothing drawn


def test_one_wave_brings_all_along_a_row() -> None:
    row = Row(6, 50.0, 100.0, {2: 6.0, 5: 7.0})
    row.wave(1)
    assert (row.taken[0], row.missing.sum()) == (13.0, 0.0)


def test_without_roads_waves_bring_nothing() -> None:
    row = Row(4, 0.0, 100.0, {3: 6.0})
    row.wave(9)
    assert (row.taken.sum(), row.missing[3]) == (0.0, 6.0)


@given(st.lists(st.floats(0.1, 20.0), min_size=5, max_size=5), st.floats(1.0, 60.0), st.integers(1, 4))
@settings(max_examples=25)
def test_more_waves_never_take_less(missing: list[float], supply: float, waves: int) -> None:
    few, many = (Row(5, 12.0, supply, dict(enumerate(missing))) for _ in range(2))
    few.wave(waves)
    many.wave(waves + 1)
    assert many.taken.sum() >= few.taken.sum() - 1e-9


def rationed(demand: list[float], left: float, *, given: float = 0.0, last: int = 0) -> tuple[float, float]:
    """The rise of the rations of a row's first side, and all that its cells lack after it."""
    n = len(demand) + 1
    control = np.array([SIDE] * len(demand) + [0], dtype=np.int8)  # the last cell is the enemy's
    listed = np.arange(n, dtype=np.int32)
    sources = np.zeros(n)
    sources[0], sources[-1] = left, 1e6
    ration, missing = np.full(n, given), np.zeros(n)
    rise = raise_rations(
        SIDE, last, listed, n, control, np.array([*demand, 50.0]), sources, ration, missing
    )  # fmt: skip
    np.testing.assert_allclose(ration[:-1], given + rise)
    assert (ration[-1], missing[-1]) == (given, 0.0)
    return float(rise), float(missing.sum())


def test_too_little_is_allotted_alike() -> None:
    assert rationed([10.0, 30.0], 10.0) == pytest.approx((0.25, 10.0))
    assert rationed([10.0, 30.0], 10.0, given=0.5) == pytest.approx((0.25, 10.0))
    assert rationed([10.0, 30.0], 90.0, given=0.5) == pytest.approx((0.5, 20.0))


def test_nothing_left_is_allotted_to_nobody() -> None:
    assert rationed([10.0, 30.0], 0.0) == (0.0, 0.0)
    assert rationed([10.0, 30.0], 90.0, given=1.0) == (0.0, 0.0)
    assert rationed([10.0, 30.0], 10.0, last=1) == (1.0, 40.0)  # in the end all ask for all they need


@given(st.lists(st.floats(0.1, 30.0), min_size=1, max_size=5), st.floats(0.0, 90.0), st.floats(0.0, 90.0))
def test_more_in_the_sources_never_lowers_rations(demand: list[float], a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert rationed(demand, high)[0] >= rationed(demand, low)[0] - 1e-12


def ring_of_three(*tonnes: float) -> tuple[list[float], int]:
    """Unwind a ring of three cells, each drawing so much on the one before; what is left, and cells freed."""
    links = [(0, 1, 50.0), (1, 2, 50.0), (2, 0, 50.0)]
    ground = Net(3, links, {0: 1.0}, {}).field()
    opposite = np.zeros((3, 6), dtype=np.int8)
    pair_edges(ground.neighbour, opposite)
    cost, drawn = np.where(ground.neighbour >= 0, 4, 0).astype(np.int32), np.zeros((3, 6))
    slots = [int(np.flatnonzero(ground.neighbour[c] == (c - 1) % 3)[0]) for c in range(3)]
    for c, amount in enumerate(tonnes):
        drawn[c, slots[c]] = amount
        drawn[(c - 1) % 3, opposite[c, slots[c]]] = -amount
    waiting = np.ones(3, dtype=np.int32)
    seen, slot, listed = (np.full(3, -1, dtype=np.int32) for _ in range(3))
    tail = unwind_circle(
        1, 0, ground.neighbour, opposite, cost, drawn, waiting, seen, slot, listed, 0
    )  # fmt: skip
    assert drawn.sum() == pytest.approx(0.0)
    assert sorted(listed[:tail]) == list(np.flatnonzero(waiting == 0))
    return [float(drawn[c, slots[c]]) for c in range(3)], int(tail)


def test_a_circle_loses_its_least_flow() -> None:
    left, freed = ring_of_three(5.0, 3.0, 8.0)
    assert left == pytest.approx([2.0, 0.0, 5.0])
    assert freed == 1


def test_an_even_circle_vanishes() -> None:
    assert ring_of_three(4.0, 4.0, 4.0) == ([0.0, 0.0, 0.0], 3)


@given(*[st.floats(0.01, 50.0)] * 3)
def test_unwinding_never_adds(a: float, b: float, c: float) -> None:
    left, _ = ring_of_three(a, b, c)
    assert all(0.0 <= after <= before for after, before in zip(left, (a, b, c), strict=True))
    assert min(left) == 0.0


@pytest.mark.parametrize("side", [0, SIDE])
def test_each_side_lives_on_its_own(side: int) -> None:
    rng = np.random.default_rng(4)
    ground = hex_field(rng, 12, 9)
    other = ground.supply.copy()
    other[1 - side] = 0.0  # the enemy's sources dry up
    alone = ground._replace(supply=other)
    assert brought(alone)[side] == pytest.approx(brought(ground)[side], rel=1e-9)
    assert brought(alone)[1 - side] == 0.0
