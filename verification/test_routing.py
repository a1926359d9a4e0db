"""Supply routed at most every 7 days against daily: a shortcut for speed that must not show."""

# ruff: noqa: D103 - a test is named by what it claims

from __future__ import annotations

import functools

import pytest

from redan.testing.assertions import mean_interval
from verification.worlds import BUNDLED, Ensemble, play, report, setting

DAYS, REPLICATIONS, BOUND = 365, 200, 0.05


@functools.cache
def routed(interval: float) -> Ensemble:
    sets = setting("routing_interval_days", interval)
    return play(BUNDLED, "as_is", days=DAYS, replications=REPLICATIONS, sets=sets)


@pytest.mark.parametrize("measure", ["area_gained_km2", "losses:attacker", "losses:defender"])
def test_weekly_routing_is_as_good_as_daily(measure: str) -> None:
    weekly, daily = routed(7.0).of(measure), routed(1.0).of(measure)
    found = mean_interval((daily - weekly) / weekly.mean())
    report(f"{BUNDLED}: {measure} at {DAYS} days, (daily - weekly) / weekly", found, f"within {BOUND:g}")
    assert found.low > -BOUND
    assert found.high < BOUND
