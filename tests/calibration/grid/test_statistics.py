"""Statistics of a front, on fronts of which they can be counted by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from redan.calibration.grid import statistics as of
from redan.calibration.grid.record import record_of
from redan.sources.control_maps import ControlGrid
from tests.calibration.grid import invented


def test_cells_fall_by_their_neighbours() -> None:
    shares = np.zeros((5, 6, 6))
    shares[:, 2, 2] = 1.0
    shares[4, 2, 3] = 1.0  # in the fourth week one of its eight neighbours falls
    count = of.falls(invented.record(shares))
    assert count.cells.tolist() == [27, 8, 0, 0, 0, 0, 0, 0, 0]
    assert count.fell.tolist() == [0, 1, 0, 0, 0, 0, 0, 0, 0]
    assert count.chance(1, 1) == 0.125
    assert math.isnan(count.chance(5, 8))
    assert (count + count).fell[1] == 2


def test_gains_are_by_quarter() -> None:
    columns = [1] * 14 + [2] * 8  # the quarter ends after thirteen weeks
    gains = of.gains_by_quarter(invented.advancing(columns))
    assert gains == {"2024 Q1": 0.0, "2024 Q2": pytest.approx(12 * 6.25 / 56)}


def test_bursts() -> None:
    steady = np.array([5.0, 1.0] * 20)
    assert of.autocorrelation(steady) == pytest.approx(-1.0)
    assert of.autocorrelation(np.repeat([4.0, 0.0, 4.0, 0.0, 4.0], 8)) > 0.7
    assert math.isnan(of.autocorrelation(np.ones(9)))
    assert of.quiet_share(np.array([0.0, 0.0, 1.0, 1.01, 3.0])) == 0.5
    assert of.unevenness(np.array([1.0, 3.0])) == 0.5
    assert math.isnan(of.unevenness(np.array([-1.0, 0.0])))


def test_fronts_dwell_before_towns() -> None:
    away = np.array([[12.0, 9.0], [9.0, 8.0], [8.0, 4.0], [7.0, 3.0]])
    stay = of.dwell(away, 7.0)
    assert stay == of.Dwell(28.0, 1)  # two weeks and a stay unfinished, two weeks and an end
    assert stay.mean_days == 28.0
    assert of.Dwell(14.0, 0).mean_days == math.inf


def test_distance_and_towns_are_read_off_the_grid() -> None:
    front = invented.advancing([2, 4])
    town = {"town": (float(front.x_m[5]), float(front.y_m[5]))}
    away = of.distances_km(front, town)
    assert away[:, 0] == pytest.approx([4 * 2.5 - 1.25, 2 * 2.5 - 1.25])
    assert of.taken(front, town)[:, 0].tolist() == [0.0, 0.0]
    assert of.taken(invented.advancing([2, 7]), town)[:, 0].tolist() == [0.0, 1.0]


def test_the_south_edge_does_not_count() -> None:
    n = 9
    shares = np.ones((2, n, 2), np.float32)
    shares[:, :, 1] = np.nan
    inside = np.ones((n, 2), np.bool_)
    inside[:, 1] = False
    grid = ControlGrid(
        np.array(["2022-06-01", "2024-01-01"], "datetime64[D]"),
        invented.axis(2),
        invented.axis(n),
        shares,
        np.zeros_like(shares),
        inside,
    )
    record = record_of(grid)
    assert record.days.tolist() == grid.days[1:].tolist()  # before July 2022 the war was one of movement
    assert record.inside.sum() == n - 5
    assert not record.inside[:5].any()
    assert record.area_km2()[0] == (n - 5) * 6.25
