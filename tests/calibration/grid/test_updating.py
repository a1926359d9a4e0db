"""Forecasts told of the pace of the last months."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from redan.calibration.grid.baselines import Area
from redan.calibration.grid.summaries import signed_log
from redan.calibration.grid.updating import change_sd, pace_weights, resampled

FIRST = dt.date(2023, 1, 1)


def test_a_steady_front_changes_by_nothing_and_a_restless_one_by_its_steps() -> None:
    steady = Area(FIRST, np.arange(400.0))
    assert change_sd(steady, FIRST, FIRST + dt.timedelta(days=360)) == 0.0
    restless = Area(FIRST, np.cumsum(np.repeat([0.0, 1.0, 2.0, 1.0], 90)))
    gains = signed_log(np.array([90.0, 180.0, 90.0, 0.0]))  # back from the last day but one
    found = change_sd(restless, FIRST, FIRST + dt.timedelta(days=359))
    assert found == pytest.approx(np.sqrt(np.mean(np.diff(gains[:3]) ** 2)), rel=0.05)
    with pytest.raises(ValueError, match="two windows"):
        change_sd(steady, FIRST, FIRST + dt.timedelta(days=179))


def test_nothing_later_than_the_forecast_is_looked_at() -> None:
    day = FIRST + dt.timedelta(days=300)
    known = np.cumsum(np.random.default_rng(1).normal(1.0, 3.0, 600))
    later = np.where(np.arange(600) > 300, -9999.0, known)
    assert change_sd(Area(FIRST, known), FIRST, day) == change_sd(Area(FIRST, later), FIRST, day)


def test_draws_that_went_as_fast_as_the_front_count_for_more() -> None:
    simulated = np.array([10.0, 100.0, 200.0, 5000.0])
    weights = pace_weights(simulated, 200.0, 0.5)
    assert weights.sum() == pytest.approx(1.0)
    assert np.argsort(weights).tolist() == [3, 0, 1, 2]
    even = pace_weights(simulated, 200.0, 1e6)  # gains that change by anything tell nothing
    assert even == pytest.approx(np.full(4, 0.25))
    far = pace_weights(simulated, 1e9, 0.01)  # nothing near: the nearest, and no division by 0
    assert far.tolist() == [0.0, 0.0, 0.0, 1.0]


def test_draws_come_as_often_as_they_weigh() -> None:
    chosen = resampled(np.array([0.5, 0.25, 0.25, 0.0]))
    assert np.bincount(chosen, minlength=4).tolist() == [2, 1, 1, 0]
    assert resampled(np.full(5, 0.2)).tolist() == [0, 1, 2, 3, 4]
