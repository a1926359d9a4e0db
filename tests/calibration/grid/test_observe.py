"""The observation operator on invented cases: where ground lies, how late it is shown, what nobody knows."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from redan.calibration.grid.observe import DEGREES, UTM, Reports, build_operator, control_by_day
from tests.calibration.grid import invented


def outlines(boxes: list[tuple[float, float, float, float]]) -> list[object]:
    """Boxes in the plane of the data, m, as polygons in degrees."""
    to_degrees = Transformer.from_crs(UTM, DEGREES, always_xy=True)
    return [
        shapely.transform(
            shapely.segmentize(shapely.box(*box), 200.0),
            lambda xy: np.column_stack(to_degrees.transform(xy[:, 0], xy[:, 1])),
        )
        for box in boxes
    ]


def test_ground_is_spread_by_area() -> None:
    seen = invented.record(np.zeros((1, 4, 4)))
    x, y = seen.x_m, seen.y_m
    south, middle, north = y[0] - 1250.0, y[1] + 1250.0, y[3] + 1250.0
    west, east = x[0] - 1250.0, x[3] + 1250.0
    cut = x[1]  # through the middle of the second column
    cells = [(west, south, cut, middle), (cut, south, east, middle), (west, middle, cut, north)]
    operator = build_operator(outlines(cells), seen)
    shares = operator.occupied(np.array([[1.0, 0.0, 0.0], [1.0, 1.0, 0.0]]))
    assert shares[0, 0] == pytest.approx([1.0, 0.5, 0.0, 0.0], abs=1e-3)
    assert shares[1, 0] == pytest.approx([1.0, 1.0, 1.0, 1.0], abs=1e-3)
    # the north-east has no cell of the theatre: it does not count
    assert operator.inside.tolist() == [[True] * 4] * 2 + [[True, False, False, False]] * 2
    ground = operator.record(invented.days(2), np.array([[1.0, 0.0, 0.0], [1.0, 1.0, 0.0]]))
    assert np.diff(ground.area_km2())[0] == pytest.approx(2 * 2.5 * 6.25, rel=1e-3)


def test_control_changes_hands_on_its_day() -> None:
    held = control_by_day(np.array([0, 1, 1], np.int8), [(2, 1, 0), (4, 1, 1)], 5)
    assert held[:, 0].all()
    assert held[:, 1].tolist() == [False, False, True, True, False, False]
    assert not held[:, 2].any()


def test_reports_are_late() -> None:
    assert Reports(lag_days=2, quiet_share=0.0).shown(6).tolist() == [0, 0, 0, 1, 2, 3, 4]


def test_reports_come_in_batches() -> None:
    shown = Reports(lag_days=0, quiet_share=0.28).shown(20_000, seed=3)
    assert (np.diff(shown) >= 0).all()
    assert (shown <= np.arange(20_001)).all()
    # the standard error of a share of 20,000 days is 0.3 %
    assert (np.diff(shown) == 0).mean() == pytest.approx(0.28, abs=0.015)
    assert shown.tolist() == Reports(0, 0.28).shown(20_000, seed=3).tolist()
    assert shown.tolist() != Reports(0, 0.28).shown(20_000, seed=4).tolist()


def test_unknown_ground_is_an_interval() -> None:
    occupied, unknown = np.zeros((1, 2, 2)), np.zeros((1, 2, 2))
    occupied[0, 0, 0], unknown[0, 0, 1], unknown[0, 1, 1] = 1.0, 0.8, 0.4
    seen = invented.record(occupied, unknown)
    assert seen.area_km2()[0] == pytest.approx(6.25)
    assert seen.area_km2(open_share=1.0)[0] == pytest.approx(6.25 * 2.2)
    assert seen.held().sum() == 1
    assert seen.held(open_share=1.0).sum() == 2
