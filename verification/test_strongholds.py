"""A city whose edge is the front: what its strongholds are worth in ground and in days.

700 pairs on common luck. With the standard deviation of 66 days seen between pairs, a difference of 10 days
is seen with power 0.90 at level 0.05 by 374 pairs (`redan.testing.assertions.needed`).
"""

# ruff: noqa: D103 - a test is named by what it claims

from __future__ import annotations

import functools

import pytest

from redan.testing.assertions import Interval, assert_paired_higher, mean_interval, power_to_see
from verification.worlds import CITY, Ensemble, play, report

DAYS, REPLICATIONS = 365, 700


@functools.cache
def storm(strongholds: bool) -> Ensemble:
    off = () if strongholds else ("strongholds",)
    return play(CITY, "storm", days=DAYS, replications=REPLICATIONS, layers_off=off)


@pytest.mark.parametrize("event", ["taken", "cleared"])
def test_strongholds_lengthen_the_fight_for_the_city(event: str) -> None:
    name = f"{event}:ironworth"
    held, bare = (storm(on).day(name, DAYS) for on in (True, False))
    found = mean_interval(held - bare)
    report(f"city-fight: days until {event} (restricted to {DAYS}), strongholds on - off", found, "above 0")
    assert power_to_see(15.0, found.sd, found.n) > 0.9
    assert_paired_higher(held, bare, effect=15.0, what=f"days until {event}", level=0.05)


def test_strongholds_and_the_ground_taken() -> None:
    """Reported: a city's strongholds need not cost ground elsewhere, only not win any for the attacker."""
    gained, bare = (storm(on).of("area_gained_km2") for on in (True, False))
    found: Interval = mean_interval(bare - gained)
    report("city-fight: area in km2, strongholds off - on", found, "interval not wholly below 0")
    assert found.high > 0.0
