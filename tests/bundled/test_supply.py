"""Supply on the bundled theatre: the maximum flow arrives, alike at resolutions 7 and 8."""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from redan.engine.allocate import allocate_output, allocate_state
from redan.engine.campaign import run_campaign
from redan.scenario.load import load_scenario
from redan.scenario.parameters import draw, resolve
from redan.theatre.compile import compile_theatre
from redan.vocabulary.codes import GONE, LINE, SIDES
from tests.rules.nets import Field, brought, most

REPLICATIONS = 4


class Morning(NamedTuple):
    """Formations on day 1: side, men, in the line or not, share of their demand that arrives [f]."""

    side: NDArray[np.int32]
    men: NDArray[np.float64]
    in_line: NDArray[np.bool_]
    share: NDArray[np.float64]


@functools.cache
def first_day(resolution: int) -> tuple[list[Morning], Field]:
    """Day 1 of some replications, and the ground of the last one with its losses left out."""
    scenario = load_scenario("slavyansk-kramatorsk", sets=[f"place.resolution={resolution}"])
    compiled = compile_theatre(scenario)
    theatre, plan = compiled.theatre, compiled.plans["as_is"]
    rows = draw(resolve(scenario), 1, range(REPLICATIONS))
    state, output = allocate_state(theatre, plan), allocate_output(theatre, plan, 1)
    seen = []
    for replication, row in enumerate(rows):
        run_campaign(theatre, plan, row, 1, replication, 1, state, output)
        units = state.formations[state.formations.duty < GONE].copy()
        share = state.cells.supply_share[units.cell].copy()
        seen.append(Morning(units.side, units.men, units.duty == LINE, share))
    ground = Field(
        np.asarray(theatre.cell_neighbour), state.control, np.asarray(theatre.edge_road_t_per_day),
        np.asarray(theatre.cell_source_t_per_day), state.demand_t, np.ones(state.control.size),
        float(theatre.spacing_km[0]),
    )  # fmt: skip
    return seen, ground


@pytest.mark.parametrize("hunger", [1.0, 1.5, 3.0])
@pytest.mark.parametrize("resolution", [7, 8])
def test_the_maximum_flow_arrives(resolution: int, hunger: float) -> None:
    _, ground = first_day(resolution)
    ground = ground._replace(demand=hunger * ground.demand)
    np.testing.assert_allclose(brought(ground), most(ground), rtol=1e-6)


@pytest.mark.parametrize("side", range(2), ids=SIDES)
def test_resolutions_deliver_alike_on_day_1(side: int) -> None:
    coarse, fine = first_day(7)[0], first_day(8)[0]
    for one, other in zip(coarse, fine, strict=True):
        for which in (one.side == side, (one.side == side) & one.in_line):
            a, b = (np.average(x.share[which], weights=x.men[which]) for x in (one, other))
            assert b == pytest.approx(a, rel=0.03)
        apart = np.average(
            np.abs(one.share - other.share)[one.side == side], weights=one.men[one.side == side]
        )
        assert apart < 0.03  # and formation by formation, as far as it stands in a cell of the same place
