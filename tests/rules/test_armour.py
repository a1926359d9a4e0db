"""Armour under drones: direction of the losses, and that power and losses are per vehicle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redan.rules.armour import armour_losses, armour_power

SHARE = st.floats(0.0, 1.0)


@given(st.floats(0.0, 10.0), st.floats(0.0, 10.0), SHARE, SHARE)
def test_more_drones_cost_more_vehicles(one: float, other: float, severity: float, fight: float) -> None:
    """As long as a hit on the way costs more than the fight would."""
    low, high = sorted((one, other))
    fight = min(fight, severity)
    few, many = (armour_losses(10.0, pressure, 0.6, severity, fight) for pressure in (low, high))
    assert few <= many + 1e-12
    assert many <= 10.0


@given(st.floats(0.0, 1e4), st.floats(0.01, 100.0))
def test_twice_the_vehicles_twice_the_power_and_losses(vehicles: float, k: float) -> None:
    once, more = (armour_losses(v, 1.0, 0.6, 0.5, 0.04) for v in (vehicles, k * vehicles))
    assert more == pytest.approx(k * once)
    assert armour_power(k * vehicles, 12.0, 0.8) == pytest.approx(k * armour_power(vehicles, 12.0, 0.8))
