"""Resolutions 7 and 8 of the bundled scenario: area and losses at 180 days (DESIGN 5: within 10 %).

The bound is the design's own. Where the model does not meet it this test is red and says by how much; it is
not to be widened to what happens to come out.
"""

# ruff: noqa: D103 - a test is named by what it claims

from __future__ import annotations

import functools

import pytest

from redan.testing.assertions import ratio_interval
from verification.worlds import BUNDLED, Ensemble, play, report

DAYS, REPLICATIONS = 180, 200
LOW, HIGH = 0.90, 1.10


@functools.cache
def at(resolution: int) -> Ensemble:
    sets = [f"place.resolution={resolution}"]
    return play(BUNDLED, "as_is", days=DAYS, replications=REPLICATIONS, sets=sets)


@pytest.mark.parametrize("measure", ["area_gained_km2", "losses:attacker", "losses:defender"])
def test_resolutions_agree(measure: str) -> None:
    found = ratio_interval(at(8).of(measure), at(7).of(measure))
    report(f"{BUNDLED}: {measure} at {DAYS} days, resolution 8 / 7", found, f"{LOW} to {HIGH}")
    assert LOW <= found.mean <= HIGH, f"{measure}: ratio {found}"
