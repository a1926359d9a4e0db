"""Readers of the grid and the weekly polygons, on small files made here."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from redan.sources import control_maps
from redan.sources.control_maps import read_control_grid, read_weekly_control

SQUARE = [[[37.0, 48.0], [38.0, 48.0], [38.0, 49.0], [37.0, 49.0], [37.0, 48.0]]]


def _feature(day: str, status: str) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {"date": day, "status": status},
        "geometry": {"type": "Polygon", "coordinates": SQUARE},
    }


@pytest.fixture
def weekly(tmp_path: Path) -> Path:
    features = [
        _feature("2025-12-07", "occupied"),
        _feature("2025-11-30", "occupied"),
        _feature("2025-11-30", "unknown"),
    ]
    path = tmp_path / "weekly.geojson.gz"
    path.write_bytes(gzip.compress(json.dumps({"features": features}).encode()))
    return path


def test_weeks_in_order_and_cut_at_the_day_asked(weekly: Path) -> None:
    weeks = read_weekly_control(weekly, until=date(2025, 12, 12))
    assert [week.day for week in weeks] == [date(2025, 11, 30), date(2025, 12, 7)]
    assert weeks[0].unknown.area == pytest.approx(1.0)
    assert weeks[1].unknown.is_empty
    assert len(read_weekly_control(weekly, until=date(2025, 12, 1))) == 1


def test_a_file_that_swells_is_refused(weekly: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control_maps, "POLYGONS_LIMIT_BYTES", 100)
    with pytest.raises(ValueError, match="unpacks to more"):
        read_weekly_control(weekly, until=date(2025, 12, 12))


def test_grid_shares_and_missing_cells(tmp_path: Path) -> None:
    path = tmp_path / "grid.npz"
    np.savez(
        path,
        dates=np.array(["2025-12-01", "2025-12-20"]),
        occupied_pct=np.array([[[100, 255]], [[0, 255]]], dtype=np.uint8),
        unknown_pct=np.array([[[0, 255]], [[40, 255]]], dtype=np.uint8),
        x_utm37n=np.array([1.0, 2.0]),
        y_utm37n=np.array([1.0]),
        inside=np.array([[True, False]]),
    )
    grid = read_control_grid(path, until=date(2025, 12, 12))
    assert grid.days.tolist() == [date(2025, 12, 1)]
    assert grid.occupied[0, 0, 0] == 1.0
    assert np.isnan(grid.occupied[0, 0, 1])
