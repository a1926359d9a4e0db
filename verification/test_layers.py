"""The bundled scenario without its drone zone, without its works: more ground is taken (as_is, 365 days).

200 pairs: with the deviations seen between pairs (about 630 km2 without drones, 340 without works) a change
of 100 km2 is seen with power 0.99 for works, and one of 300 km2 with power above 0.99 for drones.
"""

# ruff: noqa: D103 - a test is named by what it claims

from __future__ import annotations

import functools

import numpy as np
import pytest
from numpy.typing import NDArray

from redan.testing.assertions import mean_interval, power_to_see
from verification.worlds import BUNDLED, play, report

DAYS, REPLICATIONS = 365, 200
EFFECT = {"drone_zone": 300.0, "works": 100.0}  # km2 the sample must be able to see


@functools.cache
def areas(*off: str) -> NDArray[np.float64]:
    return play(BUNDLED, "as_is", days=DAYS, replications=REPLICATIONS, layers_off=off).of("area_gained_km2")


@pytest.mark.parametrize("layer", list(EFFECT))
def test_a_layer_off_raises_the_ground_taken(layer: str) -> None:
    found = mean_interval(areas(layer) - areas())
    report(f"{BUNDLED}: area in km2 at {DAYS} days, {layer} off - on", found, "90 % interval above 0")
    assert power_to_see(EFFECT[layer], found.sd, found.n) > 0.9
    assert found.low > 0.0
