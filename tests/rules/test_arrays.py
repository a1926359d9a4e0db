"""Rules that fill arrays, walk the graph or return several numbers: values, limits and direction."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redan.rules.contact import list_contact
from redan.rules.routing import price_edges
from redan.rules.supply import neck_km, next_short_days, push_flow
from redan.testing.toys import hex_grid
from tests.rules.nets import CAPACITY, SIDE, Net

WIDTH = 1.2  # [km] of an edge


def edges_of(control: np.ndarray) -> tuple[int, int]:
    """Edges and contact cells of a hexagonal field of 8 by 6 cells."""
    neighbour, _, _ = hex_grid(8, 6)
    n = neighbour.shape[0]
    touching = np.array(
        [sum(b >= 0 and control[b] != control[c] for b in neighbour[c]) for c in range(n)], dtype=np.int32
    )
    counts = np.zeros(4, dtype=np.int64)
    list_contact(control, touching, np.zeros(n, dtype=np.int32), counts)
    return int(counts[0]), int(counts[1])


def inner_cell() -> int:
    neighbour, _, _ = hex_grid(8, 6)
    return int(next(c for c in range(neighbour.shape[0]) if (neighbour[c] >= 0).all()))


@pytest.mark.parametrize("side", [0, 1])
def test_one_side_alone_has_no_line(side: int) -> None:
    neighbour, _, _ = hex_grid(8, 6)
    assert edges_of(np.full(neighbour.shape[0], side, dtype=np.int8)) == (0, 0)


def test_taking_a_cell_moves_the_line() -> None:
    neighbour, _, _ = hex_grid(8, 6)
    control = np.ones(neighbour.shape[0], dtype=np.int8)
    here = inner_cell()
    control[here] = 0
    assert edges_of(control) == (6, 7)  # an island of the attacker and its six neighbours
    control[neighbour[here, 0]] = 0
    edges, cells = edges_of(control)
    assert edges > 6
    assert cells > 7


def chain(cells: int) -> tuple[np.ndarray, np.ndarray]:
    """Neighbours and the side of a row of cells."""
    neighbour = np.full((cells, 6), -1, dtype=np.int32)
    for c in range(cells):
        near = [b for b in (c - 1, c + 1) if 0 <= b < cells]
        neighbour[c, : len(near)] = near
    return neighbour, np.full(cells, SIDE, dtype=np.int8)


def price(road: float, survival: float, other_side: bool = False, spacing_km: float = 2.4) -> int:
    """Cost of the edge from the first of two cells to the second."""
    neighbour, control = chain(2)
    control[1] = 0 if other_side else SIDE
    cost = np.full((2, 6), 99, dtype=np.int32)
    price_edges(neighbour, control, np.full((2, 6), road), np.full(2, survival), spacing_km, cost)
    return int(cost[0, 0])


def test_prices_of_roads() -> None:
    assert [price(road, 1.0) for road in (2000.0, 1500.0, 1000.0, 500.0, 100.0)] == [1, 1, 2, 2, 4]
    assert [price(2000.0, left) for left in (1.0, 0.9, 0.5, 0.0)] == [1, 2, 6, 11]
    assert price(2000.0, 0.96, spacing_km=1.0) == 2  # 4 % lost in a kilometre: twice as long as it is


def test_a_front_cannot_be_crossed() -> None:
    assert price(2000.0, 1.0, other_side=True) == 0
    assert price(0.0, 1.0) == 0  # nor can a road that carries nothing
    assert price(1.0, 0.0, spacing_km=0.3) == 15  # the worst there is still fits the search's buckets


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 3000.0), st.floats(0.0, 3000.0))
def test_danger_never_makes_a_road_cheaper(a: float, b: float, one: float, other: float) -> None:
    low, high = sorted((a, b))
    track, road = sorted((1.0 + one, 1.0 + other))
    assert price(road, high) <= price(road, low)
    assert price(road, low) <= price(track, low)


def test_without_a_source_nothing_arrives() -> None:
    links = [(0, 1, 50.0), (1, 2, 50.0)]
    assert Net(3, links, {}, {2: 10.0}).tonnes() == 0.0
    assert Net(3, links, {0: 1e6}, {2: 10.0}, {1: 0.0}).tonnes() == 0.0  # nor where nothing survives
    assert Net(3, links, {0: 1e6}, {2: 10.0}).tonnes() == pytest.approx(10.0)


@given(
    st.lists(CAPACITY, min_size=1, max_size=6), st.integers(0, 5), st.floats(1.0, 3.0), st.floats(0.5, 60.0)
)
def test_a_wider_road_never_delivers_less_along_a_chain(
    widths: list[float], which: int, factor: float, demand: float
) -> None:
    def arrives(roads: list[float]) -> float:
        links = [(i, i + 1, road) for i, road in enumerate(roads)]
        return Net(len(roads) + 1, links, {0: 1e6}, {len(roads): demand}).tonnes()

    wider = list(widths)
    wider[which % len(widths)] *= factor
    assert arrives(wider) >= arrives(widths) * (1.0 - 1e-9)


def neck(control: np.ndarray, limit_km: float = 1e9) -> float:
    """Corridor of the western column's middle cell to the four eastern columns of an 8 by 6 field."""
    neighbour, column, _ = hex_grid(8, 6)
    n = neighbour.shape[0]
    garrison = np.zeros(n, dtype=np.int32)
    garrison[0] = int(np.flatnonzero(column == 0)[3])
    work = [np.zeros(n, dtype=np.int32) for _ in range(3)]
    return float(
        neck_km(
            neighbour, control, SIDE, garrison, 1, column.astype(np.int32), 4, WIDTH, limit_km, work[0],
            work[1], np.zeros((n, 6), dtype=np.int8), work[2],
        )
    )  # fmt: skip


def test_a_garrison_cut_off_has_no_neck() -> None:
    _, column, _ = hex_grid(8, 6)
    control = np.full(column.shape[0], SIDE, dtype=np.int8)
    free = neck(control)
    assert free > 0.0
    assert neck(control, limit_km=WIDTH) == WIDTH  # and wider than the limit counts as the limit
    control[column == 2] = 0
    assert neck(control) == 0.0


@pytest.mark.parametrize("case", range(12))
def test_a_lost_cell_never_widens_the_neck(case: int) -> None:
    rng = np.random.default_rng(case)
    _, column, _ = hex_grid(8, 6)
    control = np.full(column.shape[0], SIDE, dtype=np.int8)
    before = neck(control)
    for c in rng.permutation(np.flatnonzero(column > 0)):
        control[c] = 0
        after = neck(control)
        assert after <= before
        before = after
    assert before == 0.0


def pushed(*sends: tuple[int, int]) -> np.ndarray:
    """Flow on the edges of a row of three cells after units were sent from cell to cell."""
    neighbour, _ = chain(3)
    used: Any = np.zeros((3, 6), dtype=np.int8)
    for c, b in sends:
        push_flow(neighbour, used, c, int(np.flatnonzero(neighbour[c] == b)[0]), b)
    return np.asarray(used)


def test_a_unit_sent_is_on_its_edge() -> None:
    assert pushed((0, 1)).sum() == 1
    assert pushed((0, 1))[0, 0] == 1
    assert pushed((0, 1), (1, 2)).sum() == 2


def test_a_unit_sent_back_leaves_nothing() -> None:
    assert pushed((0, 1), (1, 0)).sum() == 0
    assert pushed((0, 1), (1, 2), (2, 1)).sum() == 1  # only the unit that runs the other way is cancelled


def test_a_day_of_supply() -> None:
    # nothing comes and half is needed: a day of stock goes; then shortage grows by what is missing
    assert next_short_days(0.0, 4.0, 0.0, 0.5, 2.0, 4.0) == pytest.approx((0.0, 3.0))
    assert next_short_days(2.0, 0.25, 0.25, 0.5, 2.0, 4.0) == pytest.approx((2.25, 0.0))
    # all comes: two days of shortage heal and one of stock
    assert next_short_days(5.0, 1.0, 1.0, 0.5, 2.0, 4.0) == pytest.approx((3.0, 2.0))
    assert next_short_days(1.0, 3.5, 1.0, 0.5, 2.0, 4.0) == pytest.approx((0.0, 4.0))
