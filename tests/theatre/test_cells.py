"""Cells: neighbours, areas, distances, pentagons."""

from __future__ import annotations

import h3.api.basic_int as h3
import numpy as np
import pytest
import shapely

from redan.theatre.cells import Cells, Plane, build_cells, geodesic_km

TOWNS = [(37.56779, 48.73106), (37.59739, 48.84974)]


@pytest.fixture(scope="module", params=[7, 8])
def cells(request: pytest.FixtureRequest) -> Cells:
    return build_cells(TOWNS, buffer_km=15.0, resolution=request.param)


def test_cells_are_sorted_by_h3_index(cells: Cells) -> None:
    assert (np.diff(cells.cell_id.astype(object)) > 0).all()


def test_neighbours_are_symmetric_and_fill_the_first_slots(cells: Cells) -> None:
    for i, row in enumerate(cells.neighbour):
        inside = row[row >= 0]
        assert (row[: len(inside)] == inside).all()
        assert (np.diff(inside) > 0).all()
        assert all(i in cells.neighbour[j] for j in inside)


def test_only_cells_with_a_neighbour_outside_are_on_the_rim(cells: Cells) -> None:
    assert (cells.on_rim == (cells.neighbour < 0).any(axis=1)).all()
    assert 0 < cells.on_rim.sum() < cells.n / 2


def test_area_of_the_cells_is_that_of_the_outline(cells: Cells) -> None:
    assert cells.area_km2.sum() == pytest.approx(cells.outline.area, rel=0.02)


def test_outlines_in_the_plane_have_the_geodesic_area(cells: Cells) -> None:
    assert cells.plane_area_km2 == pytest.approx(cells.area_km2, rel=1e-4)


def test_a_cell_is_as_wide_as_its_area_says(cells: Cells) -> None:
    hexagon = np.sqrt(3.0) / 2.0 * cells.spacing_km**2
    assert hexagon == pytest.approx(cells.area_km2.mean(), rel=0.03)


def test_seversk_is_36_km_from_slavyansk() -> None:
    distance = geodesic_km(38.0985, 48.8657, 37.59739, 48.84974)  # the articles's figure is 36 km
    assert float(distance) == pytest.approx(36.8, abs=0.5)


def test_the_plane_is_its_own_inverse_and_keeps_lengths() -> None:
    plane = Plane(37.5, 48.7)
    lon, lat = plane.to_lonlat(30.0, -40.0)
    x_km, y_km = plane.to_km(lon, lat)
    assert (float(x_km), float(y_km)) == pytest.approx((30.0, -40.0), abs=1e-6)
    assert float(geodesic_km(37.5, 48.7, lon, lat)) == pytest.approx(50.0, abs=1e-4)


def test_overlap_of_a_disc_is_its_area(cells: Cells) -> None:
    disc = cells.plane.disc(TOWNS[0], 3.0)
    assert cells.overlap_km2(disc).sum() == pytest.approx(disc.area, rel=1e-9)
    assert disc.area == pytest.approx(np.pi * 9.0, rel=1e-3)


def test_overlap_of_nothing_is_nothing(cells: Cells) -> None:
    assert cells.overlap_km2(shapely.Polygon()).sum() == 0.0


def test_a_pentagon_inside_is_not_on_the_rim() -> None:
    pentagon = h3.get_pentagons(5)[0]
    lat, lon = h3.cell_to_latlng(pentagon)
    cells = build_cells([(lon, lat)], buffer_km=40.0, resolution=5)
    here = cells.index[pentagon]
    assert (cells.neighbour[here] >= 0).sum() == 5
    assert not cells.on_rim[here]


def test_a_theatre_smaller_than_a_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="no cell"):
        build_cells([(37.5, 48.7)], buffer_km=0.001, resolution=5)


def test_no_area_is_refused() -> None:
    with pytest.raises(ValueError, match="no area"):
        build_cells([(37.5, 48.7)], buffer_km=0.0, resolution=7)
