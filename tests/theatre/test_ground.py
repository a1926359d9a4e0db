"""Ground from scattered rows."""

from __future__ import annotations

import numpy as np
import pytest

from redan.theatre.cells import Cells, build_cells
from redan.theatre.ground import read_ground


@pytest.fixture(scope="module")
def cells() -> Cells:
    return build_cells([(37.5, 48.7)], buffer_km=15.0, resolution=8)


def test_without_a_file_the_ground_is_flat_and_bare(cells: Cells) -> None:
    ground = read_ground(cells, None)
    assert not ground.known.any()
    assert ground.elevation_m.sum() == ground.relief_m.sum() == ground.cover.sum() == 0.0
    assert np.isnan(ground.built).all()


def test_a_cell_takes_the_nearest_row(cells: Cells) -> None:
    table = {
        "lon": np.array([37.4, 37.6]),
        "lat": np.array([48.7, 48.7]),
        "elevation_m": np.array([100.0, 200.0]),
        "cover": np.array([0.1, np.nan]),
    }
    ground = read_ground(cells, table)
    near = ground.known & (cells.x_km > 1.0)
    assert (ground.elevation_m[near] == 200.0).all()
    assert (ground.cover[near] == 0.0).all()
    assert ground.elevation_m[ground.known & (cells.x_km < -1.0)].max() == 100.0


def test_beyond_10_km_nothing_is_known_and_the_ground_is_level(cells: Cells) -> None:
    table = {"lon": np.array([37.3]), "lat": np.array([48.7]), "elevation_m": np.array([150.0])}
    ground = read_ground(cells, table)
    assert ground.known.any()
    assert not ground.known.all()
    assert (ground.elevation_m == 150.0).all()
    assert ground.relief_m.sum() == 0.0


def test_rows_at_the_centres_of_resolution_7_serve_resolution_8(cells: Cells) -> None:
    coarse = build_cells([(37.5, 48.7)], buffer_km=15.0, resolution=7)
    height = 100.0 + coarse.x_km
    table = {"lon": coarse.lon, "lat": coarse.lat, "elevation_m": height}
    assert (read_ground(coarse, table).elevation_m == height).all()
    assert read_ground(cells, table).elevation_m == pytest.approx(100.0 + cells.x_km, abs=2.0)
