"""Baselines of area on a front that moves as we say."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from redan.calibration.grid.baselines import Area, climatology, errors, going_on, persistence, rmse

FIRST = dt.date(2024, 1, 1)
END = dt.date(2024, 12, 1)
STEADY = Area(FIRST, 3.0 * np.arange(400.0))
DAY = dt.date(2024, 6, 1)


def test_a_steady_front_goes_on() -> None:
    assert going_on(STEADY, DAY, 90) == pytest.approx(270.0)
    assert errors(STEADY, 90, dt.date(2024, 2, 1), END) == pytest.approx(0.0)
    assert persistence(STEADY, DAY, 90, dt.date(2024, 2, 1), END) == pytest.approx(270.0)
    assert climatology(STEADY, 30, FIRST, END) == pytest.approx(90.0)


def test_a_stop_is_an_error_of_persistence() -> None:
    stopped = Area(FIRST, np.minimum(300.0, 3.0 * np.arange(400.0)))
    day = FIRST + dt.timedelta(days=100)
    assert going_on(stopped, day, 30) == pytest.approx(90.0)
    assert stopped.gain(day, 30) == 0.0
    assert rmse(np.array([3.0, -4.0])) == pytest.approx(np.sqrt(12.5))


def test_nothing_is_known_before_the_record() -> None:
    with pytest.raises(IndexError, match="nothing is known"):
        STEADY.gain(FIRST, -30)
