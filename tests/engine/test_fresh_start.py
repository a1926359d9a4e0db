"""A campaign starts from its theatre and parameters alone: nothing played before in that memory counts.

Played on the bundled theatre, where formations are left behind and cut off as they are not on a toy: these
replications once differed with what had been played before them (the front of a stack was not put back).
"""

from __future__ import annotations

import numpy as np
import pytest

from redan.engine.allocate import allocate_output, allocate_state
from redan.engine.campaign import run_campaign
from redan.scenario.load import load_scenario
from redan.scenario.parameters import draw, resolve
from redan.theatre.compile import Compiled, compile_theatre

DAYS = 1095
ONCE_DIFFERENT = [
    ("storm", 45),
    ("storm", 156),
    ("storm", 244),
    ("bypass", 214),
    ("bypass", 637),
    ("hybrid", 390),
]


@pytest.fixture(scope="module")
def bundled() -> Compiled:
    return compile_theatre(load_scenario("slavyansk-kramatorsk"))


@pytest.mark.parametrize(("course", "replication"), ONCE_DIFFERENT)
def test_memory_of_other_campaigns_changes_nothing(bundled: Compiled, course: str, replication: int) -> None:
    theatre, plan = bundled.theatre, bundled.plans[course]
    parameters = resolve(load_scenario("slavyansk-kramatorsk"))
    row = draw(parameters, 1, [replication])[0]
    state, output = allocate_state(theatre, plan), allocate_output(theatre, plan, DAYS)
    run_campaign(theatre, plan, row, 1, replication, DAYS, state, output)
    clean = output.series.copy()
    rng = np.random.default_rng(3)
    for array in state:
        raw = np.asarray(array).view(np.uint8).reshape(-1)
        raw[:] = rng.integers(0, 100, raw.size)
    run_campaign(theatre, plan, row, 1, replication, DAYS, state, output)
    np.testing.assert_array_equal(output.series, clean)
